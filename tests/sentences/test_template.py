"""
Sentences with slots.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kowhy.sentences import Sentence, SentenceError
from kowhy.sentences.template import CAP


def render(source, **values):
    return Sentence.read(source).render(lambda slot: values.get(slot.name))


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


class TestBars:
    def test_outside_of_brackets_a_bar_is_a_bar(self):
        """
        Only inside brackets does it part two choices.
        """
        assert Sentence.read("a | b | c").render(lambda _: None) == "a | b | c"
        assert Sentence.read("[{x}|b] | c").render(lambda _: None) == "b | c"

    @pytest.mark.parametrize("source", ["a ] b", "a } b", "[a", "{a", "[[[[a]]]]"])
    def test_what_cannot_be_read(self, source):
        """
        A bracket that is not closed or not opened is refused.
        """
        with pytest.raises(SentenceError):
            Sentence.read(source)
