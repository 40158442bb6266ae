"""
Answers in sentences, for each voice.
"""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kowhy._frozen import FrozenMap
from kowhy.sentences import Phrase, Sentence, Value, Values, Voice, can_speak, speak, speak_name
from kowhy.sentences import values as sentences
from kowhy.sentences.values import WORDINGS


def value(*texts, shape="noun", kind="industry", private=False, foreign=False):
    return Value(texts=texts, shape=shape, kind=kind, private=private, foreign=foreign)


def values(*, phrases=None, plain=None, **items):
    made = {
        name: Phrase(
            item=entry["item"],
            wordings=FrozenMap((k, Sentence.read(v)) for k, v in entry.items() if k != "item"),
        )
        for name, entry in (phrases or {}).items()
    }
    return Values(values=FrozenMap(items), phrases=FrozenMap(made), plain=FrozenMap(plain or {}))


#: Answers that are not worded alike: nouns, verbs, places, whole sentences, and such as hold nothing.
TELLING = [
    "practice manager", "to fix bikes", "walking in the hills, daily", "we need help", "within 40 km of Leeds",
    "phone only", "every Tuesday", "walking distance", "to", "...", "(", "The", "my mother", "2 miles",
]  # fmt: skip


def say(source, given, voice=Voice.SAY):
    return speak(Sentence.read(source), given, voice)


class TestSpeak:
    @pytest.mark.parametrize(
        ("source", "item", "expected"),
        [
            ("we meet {x|a}", value("practice manager"), "We meet a practice manager."),
            ("we meet {x|plural}", value("practice manager"), "We meet practice managers."),
            ("for {x}", value("Commercial roofing."), "For commercial roofing."),
            ("for {x}", value("roofing", "tiling", "paving", "masonry"), "For roofing, tiling and paving."),
            ("for {x|or}", value("roofing", "tiling"), "For roofing or tiling."),
            ("for {x|first}", value("roofing", "tiling"), "For roofing."),
            ("for {x}", value("they need us"), "For “they need us”."),
            ("for {x|quote}", value("say “hi”"), "For “say ‘hi’”."),
            ("for {x}", value("line\nbreak <b>"), "For “line break <b>”."),
            ("for {x}", value("für Bäckereien", foreign=True), "For “für Bäckereien”."),
            ("I can {x}", value("fix bikes", shape="verb"), "I can fix bikes."),
            ("I can {x}", value("to fix bikes", shape="verb"), "I can fix bikes."),
            ("I can {x}", value("bike repair", shape="verb"), "I can “bike repair”."),
            ("now[ {x|noun}| like this]", value("fix the bikes"), "Now like this."),
            ("we meet {x|in}", value("Leeds", "York", shape="place", kind="place"), "We meet in Leeds and York."),
            ("we meet {x|in}", value("online", "York", shape="place", kind="place"), "We meet online and in York."),
            ("we meet {x|in|first}", value("Leeds", "York", shape="place", kind="place"), "We meet in Leeds."),
            ("we meet[ {x|in}]", value("phone only", shape="place", kind="place"), "We meet."),
            ("ask {x}", value("Siemens Gamesa", kind="organisations"), "Ask Siemens Gamesa."),
            ("I come {x}", value("every Tuesday", "daily", shape="time", kind="time"), "I come every Tuesday."),
        ],
    )
    def test_wording(self, source, item, expected):
        """
        An answer stands in a sentence as a person would say it, and what does not fit is quoted.
        """
        assert say(source, values(x=item)) == expected

    def test_reader_is_spoken_to(self):
        """
        What the person reads says "your" where they wrote "my"; what they say keeps it.
        """
        given = values(x=value("my own tickets"))

        assert say("for {x}", given, Voice.READ) == "For your own tickets."
        assert say("for {x}", given, Voice.SAY) == "For my own tickets."

    def test_private_answers_are_never_said(self):
        """
        A private answer may be read by the person but never said, and is gone from the public values.
        """
        given = values(x=value("debts", private=True), phrases={"p": {"item": "x", "noun": "about {it}"}})

        assert say("about {x}", given, Voice.SAY) is None
        assert say("{p}", given, Voice.SAY) is None
        assert say("about {x}", given, Voice.READ) == "About debts."
        assert say("about {x}", given.public(), Voice.READ) is None

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("lost the bookkeeper", "When they have lost the bookkeeper."),
            ("opening a second site", "When they are opening a second site."),
            ("partner retiring soon", "After a partner retiring soon."),
            ("it depends, you know", "Hear “it depends, you know”."),
        ],
    )
    def test_phrase_has_a_wording_for_each_shape(self, text, expected):
        """
        A phrase takes the wording of the answer's shape, and quotes the rest.
        """
        phrase = {
            "item": "x",
            "past": "when they have {it}",
            "gerund": "when they are {it}",
            "noun": "after {it|a}",
            "quote": "hear {it}",
        }

        assert say("{p}", values(x=value(text), phrases={"p": phrase})) == expected

    def test_phrase_joins_nouns_and_takes_the_first_of_the_rest(self):
        """
        Nouns are joined; of other shapes, or of a mixture, only the first is used.
        """
        phrase = {"p": {"item": "x", "noun": "{it}", "gerund": "{it}"}}

        assert (
            say("for {p}", values(x=value("tiling", "bikes", "cars"), phrases=phrase)) == "For tiling, bikes and cars."
        )
        assert say("for {p}", values(x=value("fixing the bikes", "cars"), phrases=phrase)) == "For fixing the bikes."

    def test_phrase_without_a_fitting_wording_stays_empty(self):
        """
        A phrase that has neither a wording nor a quotation for a shape fills nothing.
        """
        given = values(x=value("they need us"), phrases={"p": {"item": "x", "noun": "{it}"}})

        assert say("for[ {p}] now", given) == "For now."

    def test_plain_slots(self):
        """
        Plain slots are ready words.
        """
        assert say("hello, I'm {name}", values(plain={"name": "Dana"})) == "Hello, I'm Dana."

    def test_words_are_remembered_up_to_a_limit(self, monkeypatch):
        """
        An answer is worded once for each slot, the same way however many slots ask for it.
        """
        item = Value.of(("roofing", "tiling"), shape="noun", kind="industry", private=False, foreign=False)
        given = values(**{f"x{number}": item for number in range(WORDINGS + 2)})

        worded = []
        words = sentences._words
        monkeypatch.setattr(
            sentences, "_words", lambda value, slot, *rest: worded.append(slot) or words(value, slot, *rest)
        )

        for number in (*range(WORDINGS + 2), WORDINGS + 1, 0):
            assert say(f"for {{x{number}|or}}", given) == "For roofing or tiling."
        assert len(worded) == WORDINGS + 3  # the last but one was remembered, and the last one no longer
        assert Value.of(item.texts, shape="noun", kind="industry", private=False, foreign=False) is item

    def test_long_answers_are_not_kept(self):
        """
        What is long is worded as well, and does not stay in the memory.
        """
        made = [Value.of(("x" * 300,), shape="noun", kind="industry", private=False, foreign=False) for _ in range(2)]

        assert made[0] == made[1]
        assert made[0] is not made[1]

    @pytest.mark.parametrize(
        ("item", "expected"),
        [
            (value("the independent dental practices, mostly"), "independent dental practices meeting"),
            (value("flat roof repair for restaurants and small shops"), "flat roof repair meeting"),
            (value("red blue green pink grey teal black brown"), "red blue green pink grey teal meeting"),
            (value("I"), None),
            (value("within 40 km of Leeds", kind="place", shape="place"), "Leeds meeting"),
            (value("online", kind="place", shape="place"), None),
        ],
    )
    def test_search_phrase(self, item, expected):
        """
        A search phrase is short, without articles, and by the place's name; what is too long is left out.
        """
        assert say("{x} meeting", values(x=item), Voice.FIND) == expected

    def test_search_phrase_in_plural(self):
        """
        A search for people is in the plural.
        """
        assert say("{x|plural} forum", values(x=value("practice manager")), Voice.FIND) == "practice managers forum"

    def test_what_never_changes_is_worded_once(self, monkeypatch):
        """
        A sentence without slots is put into words once for each way to word it, and travels without them.
        """
        rendered = []
        render = Sentence.render
        monkeypatch.setattr(Sentence, "render", lambda self, words: rendered.append(1) or render(self, words))
        sentence = Sentence.read("go early[ and stay].")
        ways = [
            lambda: speak(sentence, values(), Voice.READ),
            lambda: speak(sentence, values(), Voice.SAY),
            lambda: speak(sentence, values(), Voice.FIND),
            lambda: speak_name(sentence, values()),
        ]

        first, again = ([way() for way in ways] for _ in range(2))

        prose, bare = "Go early and stay.", "go early and stay"
        assert first == again == [prose, prose, f"{bare}.", bare]
        assert len(rendered) == 3
        assert pickle.dumps(sentence) == pickle.dumps(Sentence.read(sentence.source))

    def test_name_has_no_full_stop(self):
        """
        A name can stand inside another sentence.
        """
        assert speak_name(Sentence.read("a fair for  {x}."), values(x=value("bikes"))) == "a fair for bikes"
        assert speak_name(Sentence.read("a fair for {y}"), values()) is None

    @given(st.text(min_size=1, max_size=60), st.sampled_from(["noun", "verb", "place", "time", "clause"]))
    def test_hostile_answers_make_one_clean_line(self, text, shape):
        """
        No answer breaks the line, doubles a mark or leaves a slot open.
        """
        for voice in (Voice.SAY, Voice.READ):
            spoken = say("I meet {x} there[, {x|in}].", values(x=value(text, shape=shape)), voice)

            assert "\n" not in spoken
            assert "{x" not in spoken.replace(text, "")
            assert spoken.isprintable() or any(not char.isprintable() for char in " ".join(text.split()))

    @given(
        texts=st.lists(st.sampled_from([*TELLING, "", "…"]) | st.text(min_size=1, max_size=30), min_size=1, max_size=3),
        shape=st.sampled_from(["noun", "verb", "gerund", "clause", "place", "time"]),
        kind=st.sampled_from(["industry", "place", "organisations"]),
        slots=st.sets(st.sampled_from(["x", "p", "r"]), min_size=1),
        words=st.sampled_from(["", "|noun", "|verb", "|gerund", "|in", "|place", "|in|first", "|a|short", "|quote"]),
        phrase=st.sampled_from([{}, {"quote": "on {it}"}, {"noun": "of {it}"}, {"role": "as {it}", "verb": "to {it}"}]),
        private=st.booleans(),
        foreign=st.booleans(),
    )
    def test_what_can_be_said_is_known_beforehand(self, *, texts, shape, kind, slots, words, phrase, private, foreign):
        """
        Whether there are words for a sentence is told without them, and always rightly.
        """
        item = value(*texts, shape=shape, kind=kind, private=private, foreign=foreign)
        given_ = values(x=item, phrases={"p": {"item": "x"} | phrase}, plain={"r": "Ada (fictional)"})
        sentence = Sentence.read("so " + " ".join(f"{{{name}{words}}}" for name in sorted(slots)) + "[ or {no}].")

        for voice in Voice:
            assert can_speak(sentence, given_, voice) is (speak(sentence, given_, voice) is not None)


class TestAsTyped:
    @pytest.mark.parametrize(
        ("item", "expected"),
        [
            (value("ADVICE ON WELDING"), "For advice on welding."),
            (value("NHS"), "For NHS."),
            (value("The Red Lion", kind="organisations"), "For The Red Lion."),
            (value("Red Cross e.V.", kind="organisations"), "For Red Cross e.V."),
        ],
    )
    def test_capitals_and_names(self, item, expected):
        """
        What was shouted is said, abbreviations and names stay as they are.
        """
        assert say("for {x}", values(x=item)) == expected

    def test_a_long_gerund_cut_short(self):
        """
        What follows the comma is left out where only a short phrase fits.
        """
        item = value("walking in the hills, one Munro a month", shape="gerund")

        assert say("for {x|short}", values(x=item)) == "For walking in the hills."

    def test_a_missing_place_keeps_its_preposition(self):
        """
        Ready words stand after "in" where a place would.
        """
        assert say("an evening {x|in}", values(plain={"x": "[geography]"})) == "An evening in [geography]."

    def test_a_place_inside_a_phrase(self):
        """
        A place that was typed in small letters is a name, wherever it stands.
        """
        phrases = {"p": {"item": "x", "place": "{it}"}}

        assert say("around {p}", values(x=value("bucks county", kind="place", shape="place"), phrases=phrases)) == (
            "Around Bucks County."
        )
