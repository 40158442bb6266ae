"""
What a log says about places, words, people and relationships, and what to do next.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

import attrs

from kowhy._frozen import FrozenMap
from kowhy.errors import Fault, InvalidRingError, shown
from kowhy.plans import Plan
from kowhy.ring.chances import Odds, odds
from kowhy.ring.counting import LANDED, OTHER, RIGHT, TRACKS, Counted, count, streaks
from kowhy.ring.fit import Fit
from kowhy.ring.log import Ring, Round, Stage, Track, is_day
from kowhy.ring.next import next_rounds
from kowhy.ring.notes import notes
from kowhy.ring.pace import is_count, pace_faults
from kowhy.ring.reading import ring_from_dict, ring_from_json
from kowhy.ring.relationships import promises, relationships
from kowhy.ring.results import Review, TrackReview, Week
from kowhy.tables import table

Log = Ring | Iterable[Round] | Mapping[str, Any] | str | bytes

_DATE = attrgetter("date")


def review(
    rounds: Log,
    *,
    today: dt.date,
    plan: Plan | None = None,
    pace: int | None = None,
    cadence: Mapping[str, int] | None = None,
) -> Review:
    """
    What a log says on the day *today*.

    Args:
        rounds: A :class:`~kowhy.Ring`, rounds in any order, a mapping or JSON text.

        today: The day; kowhy never looks at a clock.

        plan: What the rounds should fit; without it nobody can tell what was busy for its own sake.

        pace: Rounds a week that the person chose; ``None`` takes a default, which is no science.

        cadence: Days between contacts by stage, in place of the defaults.

    Raises:
        InvalidRingError: The log cannot be read, a round lies in the future, or a number makes no sense; every fault
            at once.
    """
    numbers = table("ring")
    ring = _ring(rounds)
    faults = [*_argument_faults(today, pace, cadence)]
    if not faults:
        faults = [*_future_faults(ring.rounds, today)]
    if faults:
        raise InvalidRingError(faults)
    if plan is not None and plan.emergency is not None:
        # Such a plan has one thing to say, and how busy somebody was is not it.
        return attrs.evolve(
            review(ring, today=today, pace=pace, cadence=cadence), findings=(), next_rounds=(), odds=None
        )
    counted = count(ring.rounds, today=today, fit=None if plan is None else Fit(plan))
    chosen = numbers["pace"] if pace is None else pace
    lately = sum(counted.recent)
    streak, best = streaks(counted.weeks, today)
    found = Review(
        today=today,
        rounds=len(ring.rounds),
        first=counted.first,
        last=counted.last,
        pace=lately / _weeks(counted, today),
        chosen_pace=chosen,
        is_default_pace=pace is None,
        recent_weeks=numbers["recent_weeks"],
        days=FrozenMap((dt.date.fromordinal(day), number) for day, number in sorted(counted.days.items())),
        weeks=tuple(_week(week, row) for week, row in sorted(counted.weeks.items())),
        tracks=FrozenMap((str(track), _track(index, counted, today)) for index, track in enumerate(Track)),
        streak=streak,
        best=best,
        planned=plan is not None,
        right=counted.right,
        other=counted.other,
        recent_right=counted.recent_right,
        recent_other=counted.recent_other,
        dry_run=counted.dry_run,
        landed=counted.landed,
        relationships=relationships(counted.people, today=today, cadence={**numbers["cadence"], **(cadence or {})}),
        promises=promises(counted.people, today=today),
        odds=_odds(counted, chosen, today),
    )
    found = attrs.evolve(found, findings=notes(found, counted))
    return attrs.evolve(found, next_rounds=next_rounds(found, counted, plan))


def _ring(log: Log) -> Ring:
    if isinstance(log, Ring):
        return log
    if isinstance(log, str | bytes):
        return ring_from_json(log)
    return ring_from_dict(log) if isinstance(log, Mapping) else Ring(rounds=log)


def _argument_faults(today: object, pace: object, cadence: Mapping[str, object] | None) -> Iterator[Fault]:
    if not is_day(today):
        given = f"a value of type {type(today).__name__}"
        yield Fault(code="type.wrong", pointer="today", given=given, wanted="a date without a time")
    yield from pace_faults(pace)
    for stage, days in (cadence or {}).items():
        if stage not in Stage.__members__.values():
            wanted = f"one of {', '.join(Stage)}"
            yield Fault(code="value.unknown", pointer=f"cadence/{stage}", given=shown(stage), wanted=wanted)
        elif not is_count(days):
            yield Fault(code="cadence.wrong", pointer=f"cadence/{stage}", given=shown(days), wanted="days, at least 1")


def _future_faults(rounds: Sequence[Round], today: dt.date) -> Iterator[Fault]:
    if not rounds or max(map(_DATE, rounds)) <= today:
        return
    for index, one in enumerate(rounds):
        if one.date > today:
            given, wanted = one.date.isoformat(), f"{today} or earlier: a log holds what was done"
            yield Fault(code="date.future", pointer=f"/rounds/{index}/date", given=given, wanted=wanted)


def _weeks(counted: Counted, today: dt.date) -> float:
    """
    Over how many weeks the pace is taken: fewer when the log is younger, but never less than one.
    """
    if counted.first is None:
        return 1.0
    return max(1.0, min(float(table("ring")["recent_weeks"]), ((today - counted.first).days + 1) / 7))


def _week(week: int, row: list[int]) -> Week:
    return Week(
        start=dt.date.fromordinal(7 * week + 1),
        tracks=FrozenMap(zip(map(str, Track), row, strict=False)),
        right=row[RIGHT],
        other=row[OTHER],
        landed=row[LANDED],
    )


def _track(index: int, counted: Counted, today: dt.date) -> TrackReview:
    weeks = [week for week, row in counted.weeks.items() if row[index]]
    streak, best = streaks(weeks, today)
    last = counted.latest[index]
    return TrackReview(
        rounds=sum(row[index] for row in counted.weeks.values()),
        recent=counted.recent[index],
        last=dt.date.fromordinal(last) if last else None,
        streak=streak,
        best=best,
    )


def _odds(counted: Counted, chosen: int, today: dt.date) -> Odds | None:
    """
    The odds at the present pace, at twice that and at the chosen one; ``None`` when the record is too short.
    """
    least = table("ring")["odds"]
    rounds = sum(sum(row[:TRACKS]) for row in counted.weeks.values())
    if counted.first is None or rounds < least["least_rounds"] or (today - counted.first).days < least["least_days"]:
        return None
    present = sum(counted.recent) / _weeks(counted, today)
    return odds(rounds=rounds, landed=counted.landed, paces={present, 2 * present, float(chosen)} - {0.0})
