"""
What a range of scores means.
"""

from __future__ import annotations

import pytest

from kowhy.bands import band, band_of, bands


class TestBands:
    def test_they_rise_from_nothing(self):
        """
        Five bands, each with a title and a meaning, the lowest at 0.
        """
        found = bands()

        assert [band.id for band in found] == ["none", "token", "category", "narrowed", "targetable"]
        assert [band.lowest for band in found] == sorted({band.lowest for band in found})
        assert found[0].lowest == 0
        assert all(band.title and band.meaning.endswith(".") for band in found)
        assert found[-1].meaning == "A stranger could name one fitting person or place today."

    @pytest.mark.parametrize(
        ("score", "clear", "band"),
        [
            (0, True, "none"),
            (1, True, "token"),
            (2499, True, "token"),
            (2500, True, "category"),
            (3714, False, "category"),
            (5500, False, "narrowed"),
            (8000, True, "targetable"),
            (8000, False, "narrowed"),
            (10_000, False, "narrowed"),
        ],
    )
    def test_the_top_band_needs_a_clear_why(self, score, clear, band):
        """
        Every other band goes by the score alone.
        """
        assert band_of(score, clear=clear).id == band

    def test_a_band_is_found_by_its_id(self):
        """
        A scorecard holds the id; titles and meanings are looked up.
        """
        assert [band(one.id) for one in bands()] == list(bands())
