"""
Which words meet which.
"""

from __future__ import annotations

import pytest

from kowhy.forms import fold, forms


class TestFold:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Café Müller’s, Zürich!", ("cafe", "muller", "zurich")),
            ("STRASSE/Straße", ("strasse", "strasse")),
            ("co-op", ("co", "op")),
            ("", ()),
        ],
    )
    def test_words(self, text, words):
        """
        Case, accents and punctuation do not matter.
        """
        assert fold(text) == words


class TestForms:
    @pytest.mark.parametrize(
        ("word", "meets"),
        [
            ("roof", "roof roofs roofing roofer roofers roofed"),
            ("bake", "bake bakes baking baker bakers baked"),
            ("plan", "plan plans planning planner planned"),
            ("study", "study studies studied studying"),
            ("church", "church churches"),
            ("coach", "coach coaches coaching coached coacher"),
            ("run", "run runs running runner runners"),
            ("shop", "shop shops shopping shopper shopped"),
            ("clinic", "clinic clinics"),
            ("toy", "toy toys"),
            ("paint", "paint paints painting painter painted"),
            ("design", "design designs designing designer designers designed"),
            ("box", "box boxes boxing boxed"),
            ("it", "it its"),
        ],
    )
    def test_meets(self, word, meets):
        """
        A plain word stands for the forms that English makes of it.
        """
        assert set(meets.split()) <= forms(word)

    @pytest.mark.parametrize(
        ("word", "never"),
        [
            ("roof", "proof roofless"),
            ("car", "care career carer cart caring"),
            ("art", "arter party article"),
            ("bar", "bare barely baring"),
            ("law", "lawn"),
            ("plan", "plane planet planing"),
            ("ski", "skin"),
            ("it", "item"),
        ],
    )
    def test_never_meets(self, word, never):
        """
        Another word that only begins alike is another word.
        """
        assert not set(never.split()) & forms(word)
