"""
What people get: the scorecard and the plan of every example profile, reviewed as prose.

When a text is changed on purpose, write the files anew with ``python -m tests.test_golden_plans``, and read what
differs.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kowhy.engine import Engine
from kowhy.errors import InvalidProfileError
from kowhy.render.lines import Look, plain, plan_lines, score_lines

PROFILES = Path(__file__).parents[1] / "examples" / "profiles"
GOLDEN = Path(__file__).parent / "golden"
EVERY = sorted(PROFILES.rglob("*.json"))
ENGINE = Engine()


def told(path):
    """
    What the command prints for a profile: its score, then its plan; or what is wrong with it.
    """
    source = path.read_text(encoding="utf-8")
    try:
        card = ENGINE.score(source)
    except InvalidProfileError as error:
        return f"{error}\n"
    look = Look()
    score = score_lines(card, ENGINE.next_questions(source), checklists=ENGINE.checklists, look=look)
    plan = plan_lines(ENGINE.plan(source).head(3), checklists=ENGINE.checklists, look=look)
    return f"{plain(score)}\n{'=' * look.width}\n\n{plain(plan)}"


def golden(path):
    return GOLDEN / path.relative_to(PROFILES).with_suffix(".txt")


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_says_what_was_reviewed(path):
    """
    The text is, letter for letter, the one that was read and found good.
    """
    assert told(path) == golden(path).read_text(encoding="utf-8")


def test_no_text_without_its_profile():
    """
    A profile that goes takes its text with it.
    """
    assert sorted(GOLDEN.rglob("*.txt")) == sorted(map(golden, EVERY))


if __name__ == "__main__":
    for one in EVERY:
        golden(one).parent.mkdir(parents=True, exist_ok=True)
        golden(one).write_text(told(one), encoding="utf-8")
