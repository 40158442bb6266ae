"""
Rounds from a calendar (RFC 5545): the events that somebody went to; needs the extra ``ics``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import islice
from typing import Any

import attrs

from kowhy.convert.names import one_of
from kowhy.errors import Fault, InvalidRingError, shown
from kowhy.ring.calendar import needed, zone_of
from kowhy.ring.log import LONGEST_ID, Round, Track
from kowhy.ring.reading import LIMITS
from kowhy.ring.series import REPEATS, days_of, is_understood

#: A series is read for so many days at most.
MOST_DAYS = 20_000

#: What is read of an event; other values may be broken.
_READ = frozenset({"DTSTART", "RRULE", "EXDATE", "RDATE", "RECURRENCE-ID", "ATTENDEE", "STATUS", "UID"})


def rounds_from_ics(
    text: str | bytes,
    *,
    today: dt.date,
    zone: str | None = None,
    track: str = Track.PLACE,
    belongs: Mapping[str, str] | None = None,
    me: str | None = None,
) -> tuple[Round, ...]:
    """
    One round for each day on which an event was attended, the oldest first.

    An event counts as attended when it is over by *today*, was not cancelled, and *me* did not decline it. A series
    counts once for each of its days. Who else was there is not read; the title becomes the note.

    Args:
        text: The calendar.

        today: The day until which events are over.

        zone: Where the person is; times in UTC are put on the day that it was there.

        track: The track of all rounds.

        belongs: Words that may stand in a title, and the recommendation that such an event follows; the first that
            fits counts.

        me: The person's own address, to see what was declined.

    Raises:
        MissingExtraError: The extra is not installed.

        InvalidRingError: With every fault at once; the source of each is the line on which its event begins.
    """
    icalendar = needed()
    home = dt.UTC if zone is None else zone_of(zone)
    if track not in Track.__members__.values():
        raise InvalidRingError(
            [Fault(code="value.unknown", pointer="track", given=shown(track), wanted=one_of(tuple(Track)))]
        )
    faults: list[Fault] = []
    events: list[tuple[_Event, list[dt.date]]] = []
    for line, block in _blocks(_text(text)):
        try:
            event = _event(icalendar.Event.from_ical(block), line, home)
            days = [*_days(event, today, home)]
        except _WrongError as error:
            faults.append(_fault(line, error.code, error.given, error.wanted))
        # The libraries raise whatever their parts raise.
        except Exception:  # noqa: BLE001
            faults.append(_fault(line, "ics.syntax", "an event that cannot be read", "an event as in RFC 5545"))
        else:
            events.append((event, days))
    if faults:
        raise InvalidRingError(faults)
    moved = {(event.uid, event.instead) for event, _ in events if event.instead is not None}
    found: dict[str, Round] = {}
    for event, days in events:
        for day in days if not event.is_off(me) else ():
            if day <= today and (event.instead is not None or (event.uid, day) not in moved):
                one = _round(event, day, track, belongs or {})
                found.setdefault(one.id, one)
    return tuple(sorted(found.values(), key=lambda one: (one.date, one.id)))


@attrs.define(kw_only=True)
class _WrongError(Exception):
    """
    Something in an event that is not as it should be.
    """

    code: str
    given: str
    wanted: str


def _fault(line: int, code: str, given: str, wanted: str) -> Fault:
    return Fault(code=code, given=given, wanted=wanted, source=f"line {line}")


def _text(text: str | bytes) -> str:
    if len(text) > LIMITS.text:
        fault = Fault(code="limit.text", given=f"more than {LIMITS.text} bytes", wanted=f"at most {LIMITS.text} bytes")
        raise InvalidRingError([fault])
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        given = f"byte 0x{text[error.start]:02x}"
        raise InvalidRingError([_fault(line, "ics.encoding", given, "a text in UTF-8")]) from None


def _blocks(source: str) -> Iterator[tuple[int, str]]:
    """
    Each event with the number of its first line.

    Raises:
        InvalidRingError: The text is no calendar, or breaks off.
    """
    open_at: list[tuple[str, int]] = []
    block: list[str] = []
    is_calendar = False
    for number, raw in enumerate(source.removeprefix("\ufeff").split("\n"), 1):
        line = raw.removesuffix("\r")
        # A line that begins with a space goes on with the one before.
        mark, _, name = line.rstrip().upper().partition(":")
        if mark == "BEGIN":
            is_calendar = is_calendar or name == "VCALENDAR"
            open_at.append((name, number))
            if not is_calendar:
                break
            if name == "VEVENT":
                block = []
        if any(name == "VEVENT" for name, _ in open_at):
            block.append(line)
        if mark == "END":
            if not open_at or open_at[-1][0] != name:
                wanted = f"END:{open_at[-1][0]}" if open_at else "BEGIN:VCALENDAR"
                raise InvalidRingError([_fault(number, "ics.nesting", "an END that closes nothing", wanted)])
            _, begun = open_at.pop()
            if name == "VEVENT":
                yield begun, "\r\n".join(block)
    if not is_calendar:
        raise InvalidRingError([_fault(1, "ics.none", "something else", "BEGIN:VCALENDAR")])
    if open_at:
        name, begun = open_at[-1]
        raise InvalidRingError([_fault(begun, "ics.unclosed", "a part that does not end", "its END")])


@attrs.frozen(kw_only=True)
class _Event:
    uid: str
    start: dt.date
    begin: dt.datetime
    zone: dt.tzinfo | None
    title: str
    status: str
    answers: tuple[tuple[str, str], ...]
    instead: dt.date | None
    rule: Any
    added: tuple[dt.date, ...]
    left_out: tuple[dt.date, ...]

    def is_off(self, me: str | None) -> bool:
        """
        Whether it did not take place, at least not with *me*.
        """
        if self.status == "CANCELLED":
            return True
        return me is not None and (me.strip().casefold(), "DECLINED") in self.answers


def _event(event: Any, line: int, home: dt.tzinfo) -> _Event:
    broken = {name for name, _ in event.errors}
    if None in broken:
        raise _WrongError(code="ics.syntax", given="a line without a name and a value", wanted="lines as in RFC 5545")
    if broken & _READ:
        given = f"{', '.join(sorted(broken & _READ))} that cannot be read"
        raise _WrongError(code="ics.value", given=given, wanted="a value as in RFC 5545")
    if "DTSTART" not in event:
        raise _WrongError(code="ics.no-start", given="no DTSTART", wanted="a day or a time at which it begins")
    rule = event.get("RRULE")
    if rule is not None and (isinstance(rule, list) or not is_understood(rule)):
        wanted = f"one rule with FREQ={' or '.join(REPEATS)}"
        raise _WrongError(code="ics.repeats", given="a series that cannot be read", wanted=wanted)
    start = event["DTSTART"].dt
    day = _day(start, home)
    zone = start.tzinfo if isinstance(start, dt.datetime) and not _is_utc(start) else None
    uid = str(event.get("UID", f"line-{line}"))
    return _Event(
        uid=uid if len(uid) <= LONGEST_ID - 20 else sha256(uid.encode("utf-8", "surrogatepass")).hexdigest(),
        start=day,
        begin=_wall(start, zone or home) if isinstance(start, dt.datetime) else dt.datetime.combine(day, dt.time()),
        zone=zone,
        title=str(event.get("SUMMARY", "")),
        status=str(event.get("STATUS", "")).upper(),
        answers=tuple(_answers(event)),
        instead=_day(event["RECURRENCE-ID"].dt, home) if "RECURRENCE-ID" in event else None,
        rule=rule,
        added=tuple(_dates(event, "RDATE", home)),
        left_out=tuple(_dates(event, "EXDATE", home)),
    )


def _day(value: Any, home: dt.tzinfo) -> dt.date:
    """
    The day on the wall where it happens; for a time in UTC, where the person is.
    """
    if not isinstance(value, dt.datetime):
        if isinstance(value, dt.date):
            return value
        raise _WrongError(code="ics.value", given="a date that is none", wanted="a day or a time")
    return (value.astimezone(home) if _is_utc(value) else value).date()


def _is_utc(value: dt.datetime) -> bool:
    return value.tzinfo is not None and value.tzname() == "UTC"


def _dates(event: Any, name: str, home: dt.tzinfo) -> Iterator[dt.date]:
    value = event.get(name, [])
    for part in value if isinstance(value, list) else [value]:
        for one in part.dts:
            # A period counts by its beginning.
            yield _day(one.dt[0] if isinstance(one.dt, tuple) else one.dt, home)


def _answers(event: Any) -> Iterator[tuple[str, str]]:
    value = event.get("ATTENDEE", [])
    for one in value if isinstance(value, list) else [value]:
        address = str(one).casefold().removeprefix("mailto:").strip()
        yield address, str(one.params.get("PARTSTAT", "")).upper()


def _days(event: _Event, today: dt.date, home: dt.tzinfo) -> Iterator[dt.date]:
    """
    The days of an event, those of a series up to *today*.
    """
    every = {event.start, *event.added}
    if event.rule is not None:
        every.update(_series(event, today, home))
    yield from sorted(every.difference(event.left_out))


def _series(event: _Event, today: dt.date, home: dt.tzinfo) -> Iterator[dt.date]:
    last = dt.datetime.combine(today, dt.time.max)
    until = event.rule.get("UNTIL")
    if until is not None:
        last = min(last, _wall(until[0], event.zone or home))
    end = last.date()
    if last.time() < event.begin.time() and end > dt.date.min:
        end -= dt.timedelta(days=1)
    return islice(days_of(event.rule, event.start, end), MOST_DAYS)


def _wall(value: Any, zone: dt.tzinfo) -> dt.datetime:
    """
    *value* as a clock in *zone* shows it; a day is over at its end.
    """
    if not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time.max)
    return value if value.tzinfo is None else value.astimezone(zone).replace(tzinfo=None)


def _round(event: _Event, day: dt.date, track: str, belongs: Mapping[str, str]) -> Round:
    title = event.title.casefold()
    follows = next((one for words, one in belongs.items() if words.casefold() in title), None)
    is_series = event.rule is not None or event.instead is not None or event.added
    return Round(
        id=f"{event.uid}@{day.isoformat()}" if is_series else event.uid,
        date=day,
        track=Track(track),
        recommendation=follows,
        note=event.title[:1000],
    )
