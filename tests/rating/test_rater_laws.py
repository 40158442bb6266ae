"""
Laws of the rater for English: padding never helps, case hardly matters, and the value stays on its ladder.
"""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from kowhy.checklists import load_checklists
from kowhy.compiled import ask_of
from kowhy.rating import EnglishRater

RATER = EnglishRater()
ITEMS = {ask_of(item, why=why): item for why, one in load_checklists().items() for item in one.items}

FILLERS = (
    "really|very|sort of|kind of|some|basically|good|nice|great|and so on|or something|etc.|stuff|"
    "things|you know|I think|I mean|to be honest|in general|at the end of the day|maybe|perhaps|"
    "possibly|probably|more or less|or whatever|actually|just|quite|in a way|that kind of thing|"
    "and things like that|of course|somehow|generally speaking|a bit|so to speak|I guess|anyway|"
    "and all that"
).split("|")
NOISE = ("asdf", "qwer", "fjdksla", "sdfsdf", "zxcvbnm", "hjkl", "xkjq", "dfgkjh", "qqqqq")
JUNK = (
    "asdf qwer",
    "tbd",
    "n/a",
    "I don't know",
    "12345",
    "see my website",
    "lorem ipsum",
    "What are you looking for?",
    "A1 B2 C3",
)

asks = st.sampled_from(list(ITEMS))


@st.composite
def answers(draw):
    """
    An item and a text: one of its examples, one of another item's, junk, or a made-up one with hard corners.
    """
    ask = draw(asks)
    other = ITEMS[draw(asks)]
    words = (
        "May",
        "the",
        "12",
        "15k",
        "no",
        "people",
        "Leeds",
        "every",
        "a",
        "month",
        "over",
        "65",
        "in",
        "roofers",
        "two",
        "not",
        "of",
        "until",
    )
    text = draw(
        st.one_of(
            st.sampled_from((*ITEMS[ask].vague, *ITEMS[ask].specific)),
            st.sampled_from((*other.vague, *other.specific)),
            st.sampled_from(JUNK),
            st.lists(st.sampled_from(words), min_size=1, max_size=7).map(" ".join),
        )
    )
    return draw(st.sampled_from((ask, None))), text


def worth(text, ask):
    """
    The value, after making sure that it can be told.
    """
    found = RATER.rate(text, ask=ask)
    assume(found.value is not None)
    return found.value


class TestPadding:
    @given(
        case=answers(),
        before=st.lists(st.sampled_from(FILLERS), max_size=3),
        after=st.lists(st.sampled_from(FILLERS), max_size=3),
    )
    def test_fillers_and_hedges_never_help(self, case, before, after):
        """
        Whatever is said around an answer, it is worth no more.
        """
        ask, text = case

        assert worth(" ".join((*before, text, *after)), ask) <= worth(text, ask)

    @given(case=answers(), noise=st.lists(st.sampled_from(NOISE), min_size=1, max_size=3), first=st.booleans())
    def test_noise_never_helps(self, case, noise, first):
        """
        Keys hit at random add nothing.
        """
        ask, text = case
        padded = " ".join((*noise, text) if first else (text, *noise))

        assert worth(padded, ask) <= worth(text, ask)

    @given(case=answers(), times=st.integers(2, 5), joint=st.sampled_from([" ", ", ", ". ", "; "]))
    def test_repetition_never_helps(self, case, times, joint):
        """
        Saying it again says nothing new.
        """
        ask, text = case

        assert worth(joint.join([text] * times), ask) <= worth(text, ask)

    @given(
        case=answers(),
        form=st.sampled_from(["{q} {t}", "{t} {q}", "{title}: {t}", "{title} {t}", "{t} {title}", "{title} {q} {t}"]),
    )
    def test_the_question_never_helps(self, case, form):
        """
        Repeating the question or the title is worth nothing.
        """
        ask, text = case
        assume(ask is not None)

        assert worth(form.format(q=ask.question, title=ask.title, t=text), ask) <= worth(text, ask)


class TestLadder:
    @given(case=answers())
    def test_values_lie_between_nothing_and_everything(self, case):
        """
        0 ≤ value ≤ 1, and what is zeroed is worth nothing.
        """
        ask, text = case

        found = RATER.rate(text, ask=ask)

        assert found.value is None or 0 <= found.value <= 1
        assert found.zero is None or found.value == 0
        assert found.reasons

    @given(text=st.text(max_size=60), ask=st.one_of(asks, st.none()))
    def test_any_text_has_an_answer(self, text, ask):
        """
        No text breaks the rater, and the same text always gets the same rating.
        """
        assert RATER.rate(text, ask=ask) == EnglishRater().rate(text, ask=ask)

    @given(ask=asks, data=st.data())
    def test_case_hardly_matters(self, ask, data):
        """
        A good answer in small letters is no vague one, and title case makes no vague answer good.
        """
        good, bad = data.draw(st.sampled_from(ITEMS[ask].specific)), data.draw(st.sampled_from(ITEMS[ask].vague))
        assume(worth(good, ask) >= 0.7)

        assert worth(good.lower(), ask) >= 0.35
        assert worth(bad.title(), ask) < 0.6
