"""
Sentences with slots.
"""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kowhy.sentences import Sentence, SentenceError
from kowhy.sentences.template import CAP, WORDINGS


def render(source, **values):
    sentence = Sentence.read(source)
    return sentence.render([values.get(slot.name) for slot in sentence.slots])


class TestSentence:
    @pytest.mark.parametrize(
        ("source", "values", "expected"),
        [
            ("plain", {}, "plain"),
            ("a {x} b", {"x": "1"}, "a 1 b"),
            ("a {x} b", {}, None),
            ("a[ {x}] b", {}, "a b"),
            ("a[ {x}] b", {"x": "1"}, "a 1 b"),
            ("a[ {x}[ {y}]]", {"x": "1"}, "a 1"),
            ("a[ {x}[ {y}]]", {"y": "1"}, "a"),
            ("[{x}|{y}|none]", {"y": "2"}, "2"),
            ("[{x}|{y}|none]", {}, "none"),
        ],
    )
    def test_slots_and_parts(self, source, values, expected):
        """
        A needed slot that stays empty gives no sentence; a part in brackets is dropped or replaced.
        """
        assert render(source, **values) == expected

    @pytest.mark.parametrize(
        ("source", "word"),
        [
            ("{x", "not closed"),
            ("[x", "not closed"),
            ("[x|y", "not closed"),
            ("x]", "without '['"),
            ("x}", "without '{'"),
            ("{}", "no plain name"),
            ("{x.__class__.y}", "no plain name"),
            ("{x()}", "no plain name"),
            ("{x|loud}", "unknown word 'loud'"),
            ("[a[b[c[d]]]]", "deeper than three"),
        ],
    )
    def test_unreadable(self, source, word):
        """
        A sentence that cannot be read says where and why.
        """
        with pytest.raises(SentenceError) as caught:
            Sentence.read(source)

        assert word in str(caught.value)

    @given(st.text(max_size=60))
    def test_values_are_only_text(self, value):
        """
        Whatever a value holds, it comes out as it went in: nothing in it is read as a slot.
        """
        assert render("<{x}>", x=value) == f"<{value}>"

    def test_long_values_are_cut(self):
        """
        No sentence grows beyond its cap.
        """
        text = render("{x}{x}", x="a" * CAP)

        assert len(text) == CAP
        assert text.endswith("…")

    def test_needed_slots(self):
        """
        Slots inside brackets are not needed.
        """
        sentence = Sentence.read("{a} [{b}|{c}]")

        assert [slot.name for slot in sentence.slots] == ["a", "b", "c"]
        assert [slot.name for slot in sentence.needed] == ["a"]

    def test_each_slot_once(self):
        """
        A slot that stands in several places is filled once.
        """
        sentence = Sentence.read("{a}[ or {b|a}, {a}]")

        assert [slot.source for slot in sentence.slots] == ["a", "b|a"]
        assert sentence.render(["x", "a y"]) == "x or a y, x"

    def test_what_the_speaker_fills_in(self):
        """
        A slot that the speaker fills in on the spot stands in brackets wherever it is, and needs no value.
        """
        sentence = Sentence.read("hello {their_name}[, {x} of {their_name}|, you]").with_live(["their_name"])

        assert [slot.name for slot in sentence.slots] == ["x"]
        assert sentence.render(["friend"]) == "hello [their name], friend of [their name]"
        assert sentence.render([None]) == "hello [their name], you"
        assert sentence.source == "hello {their_name}[, {x} of {their_name}|, you]"
        assert sentence.with_live(["their_name"]) is sentence

    def test_slots_travel(self):
        """
        A slot is the same one after a journey, so that sets of slots are still soon compared.
        """
        sentence = Sentence.read("{a} {b|plural}")

        assert [id(slot) for slot in pickle.loads(pickle.dumps(sentence)).slots] == [
            id(slot) for slot in sentence.slots
        ]

    def test_wordings_are_remembered_up_to_a_limit(self):
        """
        The same words are put together once, long ones are not kept, and the memory stays small.
        """
        sentence, finished = Sentence.read("go to {x}"), []

        def finish(text):
            finished.append(text)
            return text.upper()

        for words in ["a"] * 3 + ["b" * 500] * 2 + [str(number) for number in range(WORDINGS)] + ["a"]:
            assert sentence.worded((words,), finish) == f"GO TO {words.upper()}"
        assert sentence.worded((None,), finish) is None

        assert finished.count("go to a") == 2
        assert len(finished) == 2 + 2 + WORDINGS


class TestBars:
    def test_outside_of_brackets_a_bar_is_a_bar(self):
        """
        Only inside brackets does it part two choices.
        """
        assert render("a | b | c") == "a | b | c"
        assert render("[{x}|b] | c") == "b | c"

    @pytest.mark.parametrize("source", ["a ] b", "a } b", "[a", "{a", "[[[[a]]]]"])
    def test_what_cannot_be_read(self, source):
        """
        A bracket that is not closed or not opened is refused.
        """
        with pytest.raises(SentenceError):
            Sentence.read(source)
