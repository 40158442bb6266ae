"""
How many rounds a week: the person's choice, within reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from kowhy.errors import Fault, shown
from kowhy.tables import table


def is_count(value: object) -> TypeGuard[int]:
    """
    Whether *value* is a whole number of at least 1.
    """
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def pace_faults(pace: object) -> Iterator[Fault]:
    """
    What is wrong with a chosen pace; nothing is when none was chosen.
    """
    most = table("ring")["most_pace"]
    if pace is not None and not (is_count(pace) and pace <= most):
        wanted = f"a whole number of rounds a week, 1 to {most}"
        yield Fault(code="pace.wrong", pointer="pace", given=shown(pace), wanted=wanted)
