"""
What a person reads of an event: what it is, when, where, and why it fits.
"""

from __future__ import annotations

import attrs

from kowhy import Recommendation
from kowhy.matching import Cause
from kowhy_ics.calendars import When
from kowhy_ics.fitting import Fit

# strftime would write the names in the language of the machine.
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = tuple("January February March April May June July August September October November December".split())

#: How many further dates are named.
FURTHER = 2


def recommendation(fit: Fit) -> Recommendation:
    """
    *fit* as a venue.
    """
    event = fit.event
    texts = {
        "name": event.title,
        "text": f"{_when(event.dates[0])}{f', {event.place}' if event.place else ''}. {_again(event.dates[1:])}",
        "because": f"It speaks of what you name under {fit.item.replace('_', ' ')}: {_listed(fit.words)}.",
        "find": " ".join(filter(None, (event.title, event.place))),
    }
    return attrs.evolve(
        Recommendation.of(event.uid, "where", **texts),
        whys=(fit.why,),
        causes=(Cause(why=fit.why, item=fit.item, words=fit.words),),
        rank=fit.parts,  # type: ignore[arg-type]  # any mapping will do
        source=event.file,
        homepage=event.site,
    )


def _when(when: When) -> str:
    zone = f" ({when.zone})" if when.zone else ""
    clock = f", {when.clock:%H:%M}{zone}" if when.clock is not None else ""
    return f"{DAYS[when.day.weekday()]} {_day(when)}{clock}"


def _day(when: When) -> str:
    return f"{when.day.day} {MONTHS[when.day.month - 1]} {when.day.year}"


def _again(dates: tuple[When, ...]) -> str:
    if not dates:
        return "There is no other date in this period."
    more = f", and {len(dates) - FURTHER} more" if len(dates) > FURTHER else ""
    return f"Again on {' and '.join(map(_day, dates[:FURTHER]))}{more}."


def _listed(words: tuple[str, ...]) -> str:
    quoted = [f"“{word}”" for word in words[:3]]
    return " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
