"""
The packs of the chamber: sound, and there for those whom they are for.
"""

from __future__ import annotations

from pathlib import Path

import kowhy_chamber
import pytest

from kowhy import Engine, load_pack
from kowhy.testing import PackConformance

PACKS = [load_pack(path) for path in sorted(Path(*kowhy_chamber.__path__).glob("packs/*.toml"))]


class TestConformance(PackConformance):
    """
    The laws of all packs.
    """

    package = kowhy_chamber


class TestPlans:
    """
    Who is sent where.
    """

    @pytest.mark.parametrize(
        ("why", "answers", "places"),
        [
            ("more_business", {"industry": "commercial roofing"}, ["builders", "breakfast"]),
            ("more_business", {"industry": "organic dairy farms"}, ["kitchens", "breakfast"]),
            ("more_business", {"industry": "piano tuning"}, ["breakfast"]),
            ("land_a_job", {"job_type": "site electrician"}, ["open-yard"]),
            ("pay_it_forward", {"service": "repairing bicycles"}, ["hands-for-a-day"]),
        ],
    )
    def test_the_right_table(self, why: str, answers: dict[str, str], places: list[str]) -> None:
        """
        Each person in Harrowmere finds the tables that fit.
        """
        profile = {"whys": [{"why": why, "geography": "Harrowmere and 10 km around", **answers}]}

        plan = Engine(packs=PACKS).plan(profile)

        assert [one.id for one in plan.where] == [f"harrowmere.venue.{place}" for place in places]
        assert all(one.text for one in plan.say)

    def test_nobody_elsewhere(self) -> None:
        """
        Whoever lives somewhere else hears nothing of Harrowmere.
        """
        profile = {
            "whys": [{"why": "more_business", "geography": "Bucks County, PA", "industry": "commercial roofing"}]
        }

        assert Engine(packs=PACKS).plan(profile).recommendations == ()
