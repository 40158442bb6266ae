"""
The laws of scoring with the rater and the checklists that ship with the package.
"""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kowhy.checklists import load_checklists
from kowhy.compiled import ask_of
from kowhy.pasted import folded
from kowhy.questions import questions
from kowhy.rating import EnglishRater
from kowhy.scoring import score_profile
from kowhy.whys import WHYS, Profile
from tests.scored import one_why

CHECKLISTS = load_checklists()
RATER = EnglishRater()

FILLERS = ("really", "very", "sort of", "some", "basically", "good", "and so on", "or something", "etc.", "stuff")


def score(why, **fields):
    """
    The score of one WHY.
    """
    profile = Profile(whys=(one_why(why, **fields),))
    return score_profile(profile, checklists=CHECKLISTS, rater=RATER).whys[why]


def examples(item):
    """
    All example answers of an item.
    """
    return (*item.vague, *item.specific)


@st.composite
def profiles(draw):
    """
    A WHY with answers from the checklist's own examples, good and bad, some in the wrong item.
    """
    why = draw(st.sampled_from(list(WHYS)))
    items = CHECKLISTS[why].items
    anything = [text for item in items for text in examples(item)]
    answers = {}
    for item in draw(st.lists(st.sampled_from(items), unique_by=lambda item: item.key)):
        texts = st.one_of(st.sampled_from(examples(item)), st.sampled_from(anything), st.just("asdf qwer"))
        answers[item.key] = tuple(draw(st.lists(texts, min_size=1, max_size=3)))
    return why, answers


class TestLaws:
    @given(case=profiles())
    def test_points_and_gains_add_up(self, case):
        """
        The score is the sum of the points over full, rounded, and lies within 0 and 100.
        """
        why, answers = case

        found = score(why, **answers)

        assert sum(one.points for one in found.items.values()) == found.points
        assert found.score == int(10_000 * found.points / found.full + 0.5) / 100
        assert 0 <= found.score <= 100

    @given(case=profiles(), data=st.data())
    def test_a_new_answer_never_lowers_the_score(self, case, data):
        """
        Whatever is added, as long as it stands in no other item.
        """
        why, answers = case
        item = data.draw(st.sampled_from(CHECKLISTS[why].items))
        text = data.draw(st.one_of(st.sampled_from(examples(item)), st.text(min_size=1), st.just("n/a")))
        assume(all(folded(text) != folded(other) for key in answers if key != item.key for other in answers[key]))

        before, after = score(why, **answers), score(why, **answers | {item.key: (*answers.get(item.key, ()), text)})

        assert after.score >= before.score

    @given(case=profiles(), data=st.data())
    def test_a_better_answer_never_lowers_the_score(self, case, data):
        """
        Replacing an answer by one with a higher rating keeps or raises the score.
        """
        why, answers = case
        assume(answers)
        key = data.draw(st.sampled_from(list(answers)))
        item = CHECKLISTS[why].item(key)
        text = data.draw(st.sampled_from(examples(item)))
        old, new = (RATER.rate(one, ask=ask_of(item, why=why)) for one in (answers[key][0], text))
        assume(new.zero is None and None not in (old.value, new.value))
        assume(old.zero is not None or new.value >= old.value)
        assume(
            all(
                folded(text) != folded(other)
                for other_key in answers
                if other_key != key
                for other in answers[other_key]
            )
        )

        before, after = score(why, **answers), score(why, **answers | {key: (text, *answers[key][1:])})

        assert after.score >= before.score

    @given(case=profiles(), data=st.data())
    def test_padding_never_raises_the_score(self, case, data):
        """
        Fillers before and after an answer, and saying it twice, never help.
        """
        why, answers = case
        assume(answers)
        key = data.draw(st.sampled_from(list(answers)))
        text = answers[key][0]
        before, after = (" ".join(data.draw(st.lists(st.sampled_from(FILLERS), max_size=3))) for _ in range(2))
        padded = data.draw(st.sampled_from([f"{before} {text} {after}".strip(), f"{text} {text}", f"{text}, {text}"]))
        assume(all(text not in answers[other] for other in answers if other != key))

        plain, filled = (score(why, **answers | {key: (one, *answers[key][1:])}) for one in (text, padded))

        assert filled.score <= plain.score

    @given(why=st.sampled_from(list(WHYS)), data=st.data())
    def test_the_question_is_no_answer(self, why, data):
        """
        Echoing title or question of an item earns no more than a vague answer.
        """
        item = data.draw(st.sampled_from(CHECKLISTS[why].items))
        echo = data.draw(st.sampled_from([item.title, item.ask, item.ask.rstrip("?."), item.title.lower()]))

        assert score(why, **{item.key: echo}).items[item.key].level <= 1

    @given(why=st.sampled_from(list(WHYS)), data=st.data())
    def test_a_text_pasted_everywhere_earns_what_it_earns_in_its_best_item(self, why, data):
        """
        No answer is so good that it helps twice.
        """
        items = CHECKLISTS[why].items
        text = data.draw(st.sampled_from([text for item in items for text in item.specific]))

        everywhere = score(why, **{item.key: text for item in items})
        best = max(score(why, **{item.key: text}).score for item in items)

        assert everywhere.score == best

    @given(case=profiles(), data=st.data())
    def test_order_never_matters(self, case, data):
        """
        Answers in another order give the same score, points and gains.
        """
        why, answers = case
        mixed = {key: tuple(data.draw(st.permutations(texts))) for key, texts in answers.items()}

        one, other = score(why, **answers), score(why, **mixed)

        assert [(item.points, item.gain, item.rung) for item in one.items.values()] == [
            (item.points, item.gain, item.rung) for item in other.items.values()
        ]
        assert (one.score, one.band, one.clear, one.clean) == (other.score, other.band, other.clear, other.clean)

    @given(case=profiles(), data=st.data())
    def test_declining_never_changes_the_score(self, case, data):
        """
        Private matters may stay private.
        """
        why, answers = case
        silent = [item.key for item in CHECKLISTS[why].items if not item.core and item.key not in answers]
        chosen = data.draw(st.lists(st.sampled_from(silent), unique=True)) if silent else []

        assert score(why, declined=chosen, **answers).score == score(why, **answers).score


class TestExamples:
    @pytest.mark.parametrize("why", WHYS)
    def test_specific_answers_reach_the_top_and_vague_ones_the_bottom(self, why):
        """
        The checklist's first specific examples make a targetable WHY, its first vague ones no more than a topic.
        """
        items = CHECKLISTS[why].items

        best = score(why, **{item.key: item.specific[:1] for item in items})
        worst = score(why, **{item.key: item.vague[:1] for item in items})

        assert (best.band, best.clear) == ("targetable", True)
        assert worst.band in ("none", "token")

    @pytest.mark.parametrize("why", WHYS)
    def test_no_sensitive_item_is_needed(self, why):
        """
        Core and open items alone reach the top band.
        """
        items = [item for item in CHECKLISTS[why].items if item.core or not item.sensitive]

        assert score(why, **{item.key: item.specific[:1] for item in items}).band == "targetable"

    @pytest.mark.parametrize("why", WHYS)
    def test_the_first_question_is_about_the_heart(self, why):
        """
        An empty WHY is asked for one of its core items first.
        """
        card = score_profile(Profile(whys=(WHYS[why](),)), checklists=CHECKLISTS, rater=RATER)

        first = questions(card, checklists=CHECKLISTS, limit=1)[0]

        assert CHECKLISTS[why].item(first.item).core

    @pytest.mark.parametrize("why", WHYS)
    def test_the_examples_raise_no_alarm(self, why):
        """
        No specific example contradicts itself, lists everything, picks people by a trait or states a minor's age.
        """
        alarms = {"clean.contradiction", "clean.everything", "job.protected-trait", "adult.minor", "clear.zeroed"}
        for item in CHECKLISTS[why].items:
            for text in item.specific:
                profile = Profile(whys=(one_why(why, **{item.key: text}),))
                card = score_profile(profile, checklists=CHECKLISTS, rater=RATER)

                assert alarms.isdisjoint(found.code for found in card.findings), (item.key, text)
