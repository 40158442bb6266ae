"""
The functions of the package, which use one engine with everything that is installed.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kowhy.engine import Source, default_engine
from kowhy.plans import Plan
from kowhy.questions import Question
from kowhy.rating.model import Rating
from kowhy.scorecards import Scorecard

if TYPE_CHECKING:
    from kowhy.ring.results import Review


def rate(text: str, item: str | None = None) -> Rating:
    """
    How specific one answer is.

    Args:
        text: The answer.

        item: What it answers, as ``"social_reasons.age"``; without it the text is rated alone.

    Raises:
        UnknownNameError: There is no such item.
    """
    return default_engine().rate(text, item)


def score(profile: Source) -> Scorecard:
    """
    How specific a profile is, item by item, with the reasons.

    Args:
        profile: A :class:`~kowhy.Profile`, a mapping or JSON text.

    Raises:
        InvalidProfileError: The mapping or text is not a profile; every fault at once.
    """
    return default_engine().score(profile)


def next_questions(profile: Source, limit: int = 3) -> tuple[Question, ...]:
    """
    The questions whose answers would raise the score most.

    Args:
        profile: A :class:`~kowhy.Profile`, a mapping or JSON text.

        limit: How many at most.
    """
    return default_engine().next_questions(profile, limit)


def plan(profile: Source, *, dismissed: Collection[str] = (), review: Review | None = None) -> Plan:
    """
    An action plan: where to go, what to say, with whom, and how.

    Args:
        profile: A :class:`~kowhy.Profile`, a mapping or JSON text.

        dismissed: Ids of recommendations that stay away.

        review: What the person's log says; the steps that follow from it come first in ``how``.
    """
    return default_engine().plan(profile, dismissed=dismissed, review=review)
