"""
What people get: the review of every example log, and the steps that follow, reviewed as prose.

When a text is changed on purpose, write the files anew with ``python -m tests.ring.test_golden_rings`` and read what
differs.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from kowhy.engine import Engine
from kowhy.render.lines import Look, plain
from kowhy.ring import review, ring_from_json, steps_for
from kowhy.ring.lines import review_lines
from kowhy.schemas import check

ROOT = Path(__file__).parents[2]
RINGS = ROOT / "examples" / "rings"
#: Not ``.txt``: those are the texts of profiles.
GOLDEN = ROOT / "tests" / "golden" / "rings"
EVERY = sorted(RINGS.glob("*.json"))
ENGINE = Engine()

#: Whose plan each log follows, the day of the review, and the pace that the person chose.
SETTINGS = {
    "back_after_years": ("electrician_repair_cafe", "2026-03-16", None),
    "busy_at_the_wrong_places": ("warsaw_translator", "2026-03-18", None),
    "busy_month_that_lands": ("roofing_referrals", "2026-03-28", 5),
    "first_week": ("son_refuses_school", "2026-03-21", 2),
    "fundraiser": ("pastry_chef_fundraiser", "2026-05-02", None),
    "gone_cold": ("new_in_glasgow", "2026-02-01", 2),
    "job_search_twelve_weeks": ("nurse_to_dialysis", "2026-03-28", None),
    "one_great_week": ("software_tester_berlin", "2026-03-20", None),
    "right_but_nothing_lands": ("bakery_weddings", "2026-03-20", None),
    "slow_and_steady": ("retired_teacher_piano", "2026-03-14", 1),
}


def told(name):
    """
    What the command prints for a log, and the steps that join the plan.
    """
    profile, today, pace = SETTINGS[name]
    plan = ENGINE.plan((ROOT / "examples" / "profiles" / f"{profile}.json").read_text(encoding="utf-8"))
    ring = ring_from_json((RINGS / f"{name}.json").read_text(encoding="utf-8"))
    found = review(ring, today=dt.date.fromisoformat(today), plan=plan, pace=pace)
    steps = [
        f"- {step.name}. {step.text}\n  {step.count}\n  {step.because}\n  {step.stop}\n".replace("  \n", "")
        for step in steps_for(found, plan)
    ]
    return f"{plain(review_lines(found, look=Look()))}\n{'=' * Look().width}\n\n{''.join(steps)}"


def golden(path):
    return GOLDEN / path.with_suffix(".text").name


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_says_what_was_reviewed(path):
    """
    The text is, letter for letter, the one that was read and found good.
    """
    assert told(path.stem) == golden(path).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_satisfies_the_schema_and_follows_its_plan(path):
    """
    Each log has the published form, and each recommendation in it is one that the plan gives.
    """
    ring = ring_from_json(path.read_text(encoding="utf-8"))
    profile = ROOT / "examples" / "profiles" / f"{SETTINGS[path.stem][0]}.json"
    known = {one.id for one in ENGINE.plan(profile.read_text(encoding="utf-8")).recommendations}

    assert check(json.loads(path.read_text(encoding="utf-8")), "ring") == ()
    assert {one.recommendation for one in ring.rounds} - {None} <= known


def test_no_text_without_its_log():
    """
    A log that goes takes its text with it, and each has its place in the readme.
    """
    readme = (RINGS / "README.md").read_text(encoding="utf-8")

    assert sorted(GOLDEN.glob("*.text")) == sorted(map(golden, EVERY))
    assert [path.name for path in EVERY if f"`{path.name}`" not in readme] == []


if __name__ == "__main__":
    for one in EVERY:
        GOLDEN.mkdir(parents=True, exist_ok=True)
        golden(one).write_text(told(one.stem), encoding="utf-8")
