"""
Which WHY leads.
"""

from __future__ import annotations

import pytest

from kowhy.dominance import find_dominant
from kowhy.scorecards import Dominance


class TestFindDominant:
    @pytest.mark.parametrize(
        ("scores", "explicit", "leads", "how", "candidates"),
        [
            ({"learn": 0}, None, "learn", "only", ()),
            ({"learn": 0}, "learn", "learn", "explicit", ()),
            ({"learn": 0, "land_a_job": 9000}, "learn", "learn", "explicit", ()),
            ({"learn": 1000, "land_a_job": 0}, None, "learn", "proposed", ()),
            ({"learn": 999, "land_a_job": 0}, None, None, "open", ("learn", "land_a_job")),
            ({"learn": 5, "land_a_job": 900}, None, None, "open", ("land_a_job", "learn")),
            ({"a": 0, "b": 0, "c": 0}, None, None, "open", ("a", "b", "c")),
            ({"a": 5000, "b": 7000, "c": 6001, "d": 6000}, None, None, "open", ("b", "c")),
        ],
    )
    def test_a_mark_then_a_clear_lead_then_nobody(self, scores, explicit, leads, how, candidates):
        """
        Ten points ahead of all others is a lead; ties stay in the order given.
        """
        assert find_dominant(scores, explicit=explicit) == (leads, Dominance(how=how, candidates=candidates))
