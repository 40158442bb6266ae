"""
The same text under several items.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kowhy.pasted import folded, place


class TestFolded:
    @pytest.mark.parametrize(
        ("text", "same"),
        [
            ("Roofing", "roofing"),
            (" cold  chain\tfood ", "cold chain food"),
            ("ＣＨＥＳＳ", "chess"),
            ("Straße", "STRASSE"),
            ("Leeds.", "leeds"),
            ("what else?!", "what else"),
        ],
    )
    def test_what_makes_no_other_text(self, text, same):
        """
        Capitals, width, spaces and punctuation at the end.
        """
        assert folded(text) == folded(same)

    @pytest.mark.parametrize(("text", "other"), [("C++", "C"), ("?", "!"), ("no. 4", "no 4"), ("resume", "résumé")])
    def test_what_does(self, text, other):
        """
        Signs that mean something, and texts that are nothing but signs.
        """
        assert folded(text) != folded(other)

    @given(text=st.text())
    def test_folding_twice_changes_nothing(self, text):
        """
        A folded ASCII text stays as it is.
        """
        once = folded(text.encode("ascii", "ignore").decode())

        assert folded(once) == once

    @given(text=st.text(st.sampled_from("aB. \t\n\u00a0\u2003\u2028\u3000\x1fß!é")))
    def test_spaces_are_one_space_between_words(self, text):
        """
        Whatever spaces there are, it is the words that count.
        """
        assert folded(text) == folded(" ".join(text.split())) == " ".join(folded(text).split())


class TestPlace:
    @pytest.mark.parametrize(("worth", "home"), [({0: 5, 3: 7}, 3), ({3: 5, 1: 5, 2: 4}, 1), ({4: 0, 2: 0}, 2)])
    def test_where_it_is_worth_most(self, worth, home):
        """
        Of equals, the first in the checklist.
        """
        assert place(worth) == home
