"""
Venues for kowhy from iCalendar files: events whose text fits what a person is after, with date, place and the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kowhy import Fault, Recommendation, Scorecard
from kowhy_ics.calendars import events
from kowhy_ics.fitting import Fit, fits
from kowhy_ics.options import Options
from kowhy_ics.wording import recommendation

__all__ = ["kowhy_api", "kowhy_min", "recommend"]

#: The contract that this plugin was written for, and the oldest kowhy that it works with.
kowhy_api = 1
kowhy_min = "0.1.0"


def recommend(scorecard: Scorecard, *, options: Mapping[str, Any]) -> Iterator[Recommendation | Fault]:
    """
    The events that fit best, and a fault for each file or event that cannot be read.

    Args:
        scorecard: What the person is after.

        options: ``files``, ``from``, ``days`` and ``most``, as the README tells; without them there is no calendar, and
            so nothing to recommend.
    """
    wanted, faults = Options.read(options)
    yield from faults
    if wanted is None:
        return
    found: dict[str, Fit] = {}
    for name in wanted.files:
        for event in events(name, wanted.start, wanted.end):
            if isinstance(event, Fault):
                yield event
                continue
            fit = fits(event, scorecard)
            # One event that stands in two calendars is one event.
            if fit is not None:
                found.setdefault(event.uid, fit)
    best = sorted(found.values(), key=lambda fit: (-fit.rank, fit.event.dates[0].key, fit.event.uid))
    yield from map(recommendation, best[: wanted.most])
