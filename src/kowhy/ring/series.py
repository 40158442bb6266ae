"""
The days of a series of events (RFC 5545), up to a last one.

The usual libraries look for the next day until the year 9999 when a rule never holds, which takes seconds for each
event of a calendar that somebody else wrote. Here the work is bounded by the last day.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

#: How often a series may repeat; hours and less make no further round of the same day.
REPEATS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")

#: The parts of a rule that are understood, and those that say nothing about days.
_PARTS = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"})
_PASSED = frozenset({"COUNT", "UNTIL", "BYHOUR", "BYMINUTE", "BYSECOND"})

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

#: One day after the last of all.
_END = dt.date.max.toordinal() + 1

#: No weekday comes more often in a year.
_MOST = 53


def is_understood(rule: Mapping[str, Sequence[Any]]) -> bool:
    """
    Whether every part of *rule* is one that :func:`days_of` follows.
    """
    often = str(rule.get("FREQ", [""])[0]).upper()
    if often not in REPEATS or not {key.upper() for key in rule} <= _PARTS | _PASSED:
        return False
    # The first, the last and the like of a weekday is a matter of months and years.
    places = [_weekday(one) for one in rule.get("BYDAY", ())]
    has_sense = all(name in _WEEKDAYS and abs(place) <= _MOST for place, name in places) and not (
        often in REPEATS[:2] and any(place for place, _ in places)
    )
    # A step of nothing would never come to an end.
    return has_sense and int(rule.get("INTERVAL", [1])[0]) >= 1 and str(rule.get("WKST", ["MO"])[0]) in _WEEKDAYS


def days_of(rule: Mapping[str, Sequence[Any]], start: dt.date, last: dt.date) -> Iterator[dt.date]:
    """
    The days from *start* to *last* on which a series that is understood takes place.
    """
    left = int(rule["COUNT"][0]) if "COUNT" in rule else None
    for period in _periods(rule, start, last):
        found = [day for day in period if _holds(rule, day, start)]
        if "BYSETPOS" in rule:
            places = {place - 1 if place > 0 else len(found) + place for place in map(int, rule["BYSETPOS"])}
            found = [day for place, day in enumerate(found) if place in places]
        for day in found:
            if day > last or left == 0:
                return
            if day >= start:
                yield day
                left = None if left is None else left - 1


def _periods(rule: Mapping[str, Sequence[Any]], start: dt.date, last: dt.date) -> Iterator[list[dt.date]]:
    """
    The days of each day, week, month or year that the series looks at.
    """
    often, step = str(rule["FREQ"][0]).upper(), int(rule.get("INTERVAL", [1])[0])
    end = last.toordinal()
    if often in ("DAILY", "WEEKLY"):
        length = 1 if often == "DAILY" else 7
        first = start.toordinal()
        if often == "WEEKLY":
            first -= (start.weekday() - _WEEKDAYS.index(str(rule.get("WKST", ["MO"])[0]))) % 7
        for begin in range(first, end + 1, length * step):
            yield [dt.date.fromordinal(day) for day in range(max(begin, 1), min(begin + length, _END))]
        return
    # Months are numbered from the year 0, so that a step can lead over the end of a year.
    length = 1 if often == "MONTHLY" else 12
    first = 12 * start.year + (start.month - 1 if often == "MONTHLY" else 0)
    for begin in range(first, 12 * last.year + last.month, length * step):
        months = [divmod(month, 12) for month in range(begin, begin + length)]
        yield [
            dt.date(year, month + 1, day)
            for year, month in months
            for day in range(1, monthrange(year, month + 1)[1] + 1)
        ]


def _holds(rule: Mapping[str, Sequence[Any]], day: dt.date, start: dt.date) -> bool:
    """
    Whether the series takes place on *day*; what the rule leaves open is as on the first day.
    """
    often = str(rule["FREQ"][0]).upper()
    months, dates, weekdays = (rule.get(key, ()) for key in ("BYMONTH", "BYMONTHDAY", "BYDAY"))
    if months:
        if day.month not in map(int, months):
            return False
    elif often == "YEARLY" and not dates and not weekdays and day.month != start.month:
        return False
    if dates:
        length = monthrange(day.year, day.month)[1]
        if not {day.day, day.day - length - 1} & set(map(int, dates)):
            return False
    elif not weekdays and often in ("MONTHLY", "YEARLY") and day.day != start.day:
        return False
    if weekdays:
        is_yearly = often == "YEARLY" and not months
        return any(_is_the(day, *_weekday(one), is_yearly=is_yearly) for one in weekdays)
    return often != "WEEKLY" or day.weekday() == start.weekday()


def _weekday(text: object) -> tuple[int, str]:
    """
    The parts of a weekday such as ``MO``, ``2TU`` or ``-1FR``; the number is 0 where there is none.
    """
    plain = str(text).upper()
    number = plain[:-2]
    is_number = number.removeprefix("-").removeprefix("+").isdecimal() and len(number) <= 3
    return (int(number) if is_number else 0 if not number else _MOST + 1), plain[-2:]


def _is_the(day: dt.date, place: int, name: str, *, is_yearly: bool) -> bool:
    """
    Whether *day* is a weekday of that name: any, or the one at that *place* in its month or year.
    """
    if _WEEKDAYS[day.weekday()] != name:
        return False
    if is_yearly:
        before, after = day.timetuple().tm_yday - 1, (dt.date(day.year, 12, 31) - day).days
    else:
        before, after = day.day - 1, monthrange(day.year, day.month)[1] - day.day
    return place == 0 or place in (before // 7 + 1, -(after // 7 + 1))
