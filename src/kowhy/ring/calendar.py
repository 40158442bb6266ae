"""
A plan and what is due, as a calendar (RFC 5545); needs the extra ``ics``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import attrs

from kowhy.errors import Fault, InvalidRingError, MissingExtraError, shown
from kowhy.plans import Plan, Recommendation
from kowhy.render.safe import printable
from kowhy.ring.results import Review
from kowhy.texts import texts

if TYPE_CHECKING:
    from icalendar import Calendar, Component

#: Days between two steps, and how many promises and follow-ups are taken into a calendar.
APART, MOST = 1, 5

#: How long a step takes in a calendar.
_LENGTH = dt.timedelta(minutes=30)


def to_ics(
    plan: Plan,
    *,
    start: dt.date,
    review: Review | None = None,
    zone: str | None = None,
    apart: int = APART,
    most: int = MOST,
    salt: str = "",
) -> str:
    """
    The steps of *plan* as events, and what is due by *review* as to-dos.

    Ids follow from what an entry is about, so a calendar that imports the text twice holds everything once; a step
    that is exported with a new start moves. Nothing private stands in it: no names, no promises, no private answers.

    Args:
        plan: Its steps become events; ``plan.head(3)`` takes the best three.

        start: Of the first step: a date for entries of whole days, or a time. A time without a zone is meant wherever
            the reader is, unless *zone* says otherwise.

        review: Adds a to-do for each promise and each relationship that goes cold, the most urgent ones.

        zone: Name of a time zone, such as ``"Europe/London"``. The hour on the clock there stays the same when summer
            time comes or goes; what is written is the moment in UTC.

        apart: Days between two steps.

        most: How many promises, and how many follow-ups, at most.

        salt: Mixed into the ids; give each person one of their own where ids of people could be guessed.

    Raises:
        MissingExtraError: The extra is not installed.

        InvalidRingError: There is no such zone, it stands beside a date or a time that has one, or a step would lie
            beyond the calendar.
    """
    icalendar = needed()
    first = _start(start, zone)
    made: Calendar = icalendar.Calendar()
    made.add("prodid", "-//kowhy//kowhy//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", texts("ring")["ics.name"])
    # There is no clock here, so the stamp is the beginning of the plan.
    day = first.date() if isinstance(first, dt.datetime) else first
    stamp = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
    try:
        for event in _events(plan.shareable(), first, apart, salt):
            _put(made, icalendar.Event(), event, stamp)
        for todo in _todos(review, day, most, salt) if review is not None else ():
            _put(made, icalendar.Todo(), todo, stamp)
    except OverflowError:
        wanted = "an earlier start"
        raise InvalidRingError(
            [Fault(code="start.late", pointer="start", given=shown(str(start)), wanted=wanted)]
        ) from None
    text: str = made.to_ical().decode("utf-8")
    return text


def needed() -> Any:
    """
    The library, which is not needed by those who make no calendars.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        import icalendar  # noqa: PLC0415  # the extra
    except ImportError:
        wanted = "python -m pip install 'kowhy[ics]'"
        raise MissingExtraError([Fault(code="extra.missing", given="no package icalendar", wanted=wanted)]) from None
    return icalendar


def zone_of(name: str) -> ZoneInfo:
    """
    The time zone of that name.

    Raises:
        InvalidRingError: There is none.
    """
    try:
        return ZoneInfo(name)
    # What cannot be found, what leads out of the folder, what is no text for a path: each is another error.
    except (LookupError, ValueError, OSError, TypeError):
        wanted = "a time zone, such as Europe/London"
        raise InvalidRingError([Fault(code="zone.unknown", pointer="zone", given=shown(name), wanted=wanted)]) from None


def _start(start: dt.date, zone: str | None) -> dt.date:
    if zone is None:
        return start
    found = zone_of(zone)
    if isinstance(start, dt.datetime) and start.tzinfo is None:
        return start.replace(tzinfo=found)
    wanted = "a start with a time and without a zone"
    raise InvalidRingError([Fault(code="zone.clash", pointer="zone", given=shown(zone), wanted=wanted)])


@attrs.frozen(kw_only=True)
class _Entry:
    uid: str
    summary: str
    description: str
    start: dt.date | None = None
    end: dt.date | None = None
    due: dt.date | None = None


def _events(plan: Plan, first: dt.date, apart: int, salt: str) -> Iterator[_Entry]:
    words = texts("ring")
    for index, step in enumerate(plan.how):
        begin = first + dt.timedelta(days=index * apart)
        if isinstance(begin, dt.datetime) and begin.tzinfo is not None:
            # A moment in UTC means the same to every reader; descriptions of zones do not.
            begin = begin.astimezone(dt.UTC)
        name = step.name
        yield _Entry(
            uid=_uid(salt, "step", step.id),
            summary=words["ics.step"].format(name=name) if name else words["ics.step.plain"],
            description="\n".join(_said(step)),
            start=begin,
            end=begin + (_LENGTH if isinstance(begin, dt.datetime) else dt.timedelta(days=1)),
        )


def _said(step: Recommendation) -> Iterator[str]:
    labels = texts("render")
    yield step.text
    for name in ("count", "stop"):
        if text := getattr(step, name):
            yield f"{labels[f'label.{name}']} {text}"


def _todos(review: Review, day: dt.date, most: int, salt: str) -> Iterator[_Entry]:
    words = texts("ring")
    for promise in review.promises[:most]:
        yield _Entry(
            uid=_uid(salt, "promise", promise.person.id, promise.round, promise.made.isoformat(), promise.text),
            summary=words["ics.promise"],
            description=words["ics.promise.text"],
            due=max(promise.due, day),
        )
    for index, one in enumerate(review.cold[:most]):
        yield _Entry(
            uid=_uid(salt, "follow-up", one.person.id, str(one.last or one.first)),
            summary=words["ics.follow-up"],
            description=words["ics.follow-up.text"],
            due=day + dt.timedelta(days=index),
        )


def _uid(salt: str, *parts: str) -> str:
    """
    The same for the same parts, and not to be read backwards.
    """
    text = "\n".join(f"{len(part)} {part}" for part in (salt, *parts))
    return f"{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}@kowhy"


def _put(calendar: Calendar, component: Component, entry: _Entry, stamp: dt.datetime) -> None:
    component.add("uid", entry.uid)
    component.add("dtstamp", stamp)
    component.add("summary", printable(entry.summary))
    component.add("description", "\n".join(map(printable, entry.description.split("\n"))))
    component.add("class", "PRIVATE")
    for name, value in (("dtstart", entry.start), ("dtend", entry.end), ("due", entry.due)):
        if value is not None:
            component.add(name, value)
    if entry.start is not None:
        # A step is a reminder and makes nobody look busy.
        component.add("transp", "TRANSPARENT")
    calendar.add_component(component)
