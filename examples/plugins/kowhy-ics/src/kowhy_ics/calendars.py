"""
iCalendar files as events with the dates on which they take place in a period.

Recurring events are counted by the clock on the wall, as people do: a meeting at seven stays at seven when the clocks
change.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # it ships without types
from icalendar import Calendar

from kowhy import Fault

#: The largest file in bytes, the most faults told of one file, and the longest text that is read from an event.
LARGEST, TOLD, LONGEST = 8 * 1024 * 1024, 5, 4_000

#: How often something may recur; what recurs by the minute is no event that one goes to.
SLOW = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")

#: The parts of a rule that calendars use; the others are told, for hardly anybody writes them.
USUAL = ("FREQ", "INTERVAL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS")

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, kw_only=True)
class When:
    """
    One date of an event.

    Attributes:
        day: The day, where the event takes place.

        clock: The time there; ``None`` when it lasts all day.

        zone: Name of the time zone, or empty.
    """

    day: date
    clock: time | None = None
    zone: str = ""

    @property
    def key(self) -> tuple[date, time, str]:
        """
        What dates are sorted by.
        """
        return self.day, self.clock or time.min, self.zone


@dataclass(frozen=True, kw_only=True)
class Event:
    """
    Something that takes place in the period.

    Attributes:
        uid: Stable id.

        title: What it is.

        text: All that is said of it.

        place: Where it is.

        dates: When, the next one first.

        site: Domain of its page.

        file: Name of the file that it comes from.
    """

    uid: str
    title: str
    text: str = ""
    place: str = ""
    dates: tuple[When, ...] = ()
    site: str = ""
    file: str = ""


class _OddError(Exception):
    """
    An event that cannot be read.
    """


def _odd(reason: str) -> NoReturn:
    raise _OddError(reason)


def events(name: str, start: date, end: date) -> Iterator[Event | Fault]:
    """
    The events in the file *name* that take place from *start* until before *end*, and what cannot be read.
    """
    file = Path(name)
    try:
        if file.stat().st_size > LARGEST:
            yield _fault(file, "ics.file", f"more than {LARGEST} bytes", "a smaller file")
            return
        calendars = Calendar.from_ical(file.read_bytes(), multiple=True)
    except OSError as error:
        yield _fault(file, "ics.file", error.strerror or type(error).__name__, "a file that can be read")
        return
    except Exception as error:  # noqa: BLE001  # the parser raises many kinds of error on broken files
        yield _fault(file, "ics.syntax", " ".join(str(error).split())[:120], "an iCalendar file")
        return
    parts = [part for calendar in calendars for part in calendar.walk("VEVENT")]
    if not any(calendar.name == "VCALENDAR" for calendar in calendars):
        yield _fault(file, "ics.syntax", "no calendar", "an iCalendar file")
    faults = 0
    for part in parts:
        if _value(part, "RECURRENCE-ID") is not None:
            continue
        try:
            event = _event(part, parts, start, end, file)
        except Exception as error:  # noqa: BLE001  # one odd event must not cost the others
            faults += 1
            if faults <= TOLD:
                given = f"{_text(part, 'SUMMARY') or 'an event'}: {_reason(error)}"[:200]
                yield _fault(file, "ics.event", given, "an event with a date that can be read")
            continue
        if event is not None:
            yield event


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, _OddError) else f"{type(error).__name__} {error}"


def _event(part: Any, parts: Iterable[Any], start: date, end: date, file: Path) -> Event | None:
    """
    One event with its dates in the period; ``None`` when there is none, or when it was cancelled.
    """
    if _text(part, "STATUS").upper() == "CANCELLED":
        return None
    uid = _text(part, "UID")
    changed = [
        other for other in parts if uid and _value(other, "RECURRENCE-ID") is not None and _text(other, "UID") == uid
    ]
    dates = {when.key: when for when in (*_regular(part, changed, end), *_changed(changed)) if start <= when.day < end}
    if not dates:
        return None
    title = _text(part, "SUMMARY") or "an event without a title"
    first = min(dates)
    categories = _value(part, "CATEGORIES")
    words = [title, _text(part, "DESCRIPTION"), *(str(one) for group in _list(categories) for one in group.cats)]
    return Event(
        uid=(uid or f"{title} {first[0].isoformat()}")[:150],
        title=title[:200],
        text=" ".join(words)[:LONGEST],
        place=_text(part, "LOCATION")[:200],
        dates=tuple(dates[key] for key in sorted(dates)),
        site=_site(_text(part, "URL")),
        file=file.name,
    )


def _regular(part: Any, changed: Iterable[Any], end: date) -> Iterator[When]:
    """
    The dates of an event without those that were called off or moved.
    """
    first = _moment(part, "DTSTART")
    gone = {_naive(moment, like=first) for moment in _moments(part, "EXDATE")}
    gone |= {_naive(_moment(other, "RECURRENCE-ID"), like=first) for other in changed}
    for moment in (*_recurring(part, first, end), *(_naive(one, like=first) for one in _moments(part, "RDATE"))):
        if moment not in gone:
            yield _when(moment, first)


def _changed(changed: Iterable[Any]) -> Iterator[When]:
    for other in changed:
        if _text(other, "STATUS").upper() != "CANCELLED":
            moment = _moment(other, "DTSTART")
            yield _when(_naive(moment), moment)


def _recurring(part: Any, first: date, end: date) -> Iterator[datetime]:
    """
    The dates of the rule by the clock on the wall, up to the end of the period.
    """
    begin = _naive(first)
    rule = _value(part, "RRULE")
    if rule is None:
        yield begin
        return
    if isinstance(rule, list):
        _odd("more than one rule of recurrence")
    keys = {str(key).upper(): value for key, value in rule.items()}
    if (keys.get("FREQ") or [""])[0] not in SLOW:
        _odd(f"recurs {(keys.get('FREQ') or ['without a frequency'])[0]}")
    count = (keys.pop("COUNT", None) or [None])[0]
    last = datetime.combine(end, time.min)
    for until in keys.pop("UNTIL", None) or []:
        # The last date is often given in UTC, whatever the zone of the event.
        last = min(
            last, _naive(until, like=first) if isinstance(until, datetime) else datetime.combine(until, time.max)
        )
    # Counted dates are counted here, so that every rule has an end in time.
    yield from islice(_dates(keys, begin, last), count)


def _dates(keys: dict[str, Any], begin: datetime, last: datetime) -> Iterator[datetime]:
    parts = {key: [_plain(one) for one in value] for key, value in keys.items()}
    is_daily = parts["FREQ"] == ["DAILY"]
    rare = next((key for key in parts if key not in USUAL or (key == "BYSETPOS" and is_daily)), None)
    if rare is not None:
        _odd(f"recurs by {rare}")
    if is_daily:
        # A search among days would go on to the year 9999 where no day ever fits.
        return _daily(parts, begin, last)
    text = ";".join(f"{key}={','.join(value)}" for key, value in parts.items())
    dates: Iterator[datetime] = iter(rrulestr(text, dtstart=begin).replace(until=last))
    return dates


def _daily(parts: dict[str, list[str]], begin: datetime, last: datetime) -> Iterator[datetime]:
    step = timedelta(days=max(1, int(parts.get("INTERVAL", ["1"])[0])))
    months, days = (set(map(int, parts.get(key, ()))) for key in ("BYMONTH", "BYMONTHDAY"))
    while begin <= last:
        back = begin.day - monthrange(begin.year, begin.month)[1] - 1
        if (
            ("BYDAY" not in parts or WEEKDAYS[begin.weekday()] in parts["BYDAY"])
            and (not months or begin.month in months)
            and (not days or begin.day in days or back in days)
        ):
            yield begin
        begin += step


def _plain(value: object) -> str:
    return value.to_ical().decode() if hasattr(value, "to_ical") else str(value)


def _moments(part: Any, key: str) -> Iterator[date]:
    for entry in _list(_value(part, key)):
        for one in entry.dts:
            # A period begins with its date.
            yield one.dt[0] if isinstance(one.dt, tuple) else one.dt


def _moment(part: Any, key: str) -> date:
    value = _value(part, key)
    if value is None:
        _odd(f"{key} is missing")
    try:
        found: object = value.dt
    except Exception:  # noqa: BLE001  # what a value that could not be read does differs between versions of icalendar
        found = None
    if not isinstance(found, date):
        _odd(f"{key} cannot be read")
    return found


def _naive(moment: date, *, like: date | None = None) -> datetime:
    """
    *moment* by the clock on the wall, in the zone of *like* if both have one.
    """
    if not isinstance(moment, datetime):
        clock = like.time() if isinstance(like, datetime) else time.min
        return datetime.combine(moment, clock)
    if moment.tzinfo and isinstance(like, datetime) and like.tzinfo:
        moment = moment.astimezone(like.tzinfo)
    return moment.replace(tzinfo=None)


def _when(moment: datetime, first: date) -> When:
    if not isinstance(first, datetime):
        return When(day=moment.date())
    return When(day=moment.date(), clock=moment.time().replace(second=0, microsecond=0), zone=_zone(first.tzinfo))


def _zone(zone: tzinfo | None) -> str:
    name = getattr(zone, "key", None) or getattr(zone, "zone", None)
    if name:
        return str(name)
    return "" if zone is None else str(zone.tzname(None) or "UTC" if zone.utcoffset(None) == timedelta(0) else "")


def _value(part: Any, key: str) -> Any:
    return part.get(key)


def _list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _text(part: Any, key: str) -> str:
    """
    A text in one line, without anything that does not print.
    """
    found = _list(_value(part, key))
    text = " ".join(str(found[0]).split()) if found else ""
    return "".join(char for char in text if char.isprintable())


def _site(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "") if url.startswith(("http://", "https://")) else ""
    except ValueError:
        return ""


def _fault(file: Path, code: str, given: str, wanted: str) -> Fault:
    return Fault(code=code, source=file.name, given=given, wanted=wanted)
