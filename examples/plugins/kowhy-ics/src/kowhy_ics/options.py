"""
What the plugin is told: which files, and which days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kowhy import Fault

#: The longest period, the most events, and what holds where nothing is said.
MOST_DAYS, DAYS, MOST_EVENTS, EVENTS = 366, 60, 20, 3

KNOWN = ("files", "from", "days", "most")


@dataclass(frozen=True, kw_only=True)
class Options:
    """
    Options that can be used.

    Attributes:
        files: Names of iCalendar files.

        start: The first day.

        days: How many days from there.

        most: How many events at most.
    """

    files: tuple[str, ...]
    start: date
    days: int = DAYS
    most: int = EVENTS

    @property
    def end(self) -> date:
        """
        The first day that no longer counts.
        """
        return self.start + timedelta(days=self.days)

    @classmethod
    def read(cls, options: Mapping[str, Any]) -> tuple[Options | None, tuple[Fault, ...]]:
        """
        Read *options*.

        Returns:
            The options, or ``None`` where there are none or something is wrong; and everything that is wrong.
        """
        if not options:
            return None, ()
        faults = tuple(_faults(options))
        if faults:
            return None, faults
        files = options["files"]
        return (
            cls(
                files=(files,) if isinstance(files, str) else tuple(files),
                start=_day(options["from"]) or date.min,
                days=options.get("days", DAYS),
                most=options.get("most", EVENTS),
            ),
            (),
        )


def _faults(options: Mapping[str, Any]) -> Iterator[Fault]:
    for key in options:
        if key not in KNOWN:
            yield _fault(key, key, f"one of {', '.join(KNOWN)}")
    files = options.get("files")
    names = (files,) if isinstance(files, str) else files
    if not isinstance(names, tuple) or not names or not all(isinstance(name, str) and name for name in names):
        yield _fault("files", files, "the name of an iCalendar file, or a list of names")
    if _day(options.get("from")) is None:
        yield _fault(
            "from", options.get("from"), "the first day, such as 2026-12-01; the plugin has no clock of its own"
        )
    for key, usual, most in (("days", DAYS, MOST_DAYS), ("most", EVENTS, MOST_EVENTS)):
        value = options.get(key, usual)
        if type(value) is not int or not 1 <= value <= most:
            yield _fault(key, value, f"a whole number from 1 to {most}")


def _day(value: object) -> date | None:
    """
    A day from TOML, or from a text such as a JSON file has.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _fault(key: str, given: object, wanted: str) -> Fault:
    return Fault(code="ics.option", pointer=f"/{key}", given=repr(given)[:80], wanted=wanted)
