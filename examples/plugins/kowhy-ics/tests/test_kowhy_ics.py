"""
Events from real iCalendar files: which fit, when they take place, and what is said of files that are broken.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import kowhy_ics
import pytest
from kowhy_ics.calendars import TOLD, Event, events

from kowhy import Engine, Fault, Plan
from kowhy.testing import RecommenderConformance

EVENINGS = str(Path(__file__).with_name("evenings.ics"))
DECEMBER: dict[str, Any] = {"files": [EVENINGS], "from": date(2026, 12, 1), "days": 31}
ORGAN: dict[str, Any] = {
    "whys": [{"why": "learn", "topic": "playing the church organ", "place_format": "on Tuesdays in Leeds"}]
}


class TestConformance(RecommenderConformance):
    """
    The laws of all recommenders.
    """

    recommender = kowhy_ics
    part = "where"
    options = DECEMBER
    fits = ORGAN


def plan(profile: Mapping[str, Any], **options: Any) -> Plan:
    """
    The plan of an engine with this plugin and nothing else.
    """
    fields: dict[str, Any] = {"recommenders": [kowhy_ics], "options": {"kowhy_ics": DECEMBER | options}}
    return Engine(packs=(), **fields).plan(profile)


class TestPlan:
    """
    What stands in a plan.
    """

    def test_an_event_with_date_place_and_reason(self) -> None:
        """
        An event whose text fits stands in the plan with all that one needs to go there.
        """
        [one] = plan(ORGAN).where

        assert one.id == "kowhy_ics.organ@example.org"
        assert one.name == "Organ evening for beginners"
        assert one.text == (
            "Tuesday 1 December 2026, 19:00 (Europe/London), Leeds Minster, Leeds. "
            "Again on 16 December 2026 and 29 December 2026."
        )
        assert one.because == "It speaks of what you name under topic: “church” and “organ”."
        assert one.find == "Organ evening for beginners Leeds Minster, Leeds"
        assert (one.homepage, one.source) == ("minster.example.org", "evenings.ics")
        assert dict(one.rank) == {"fit": 60, "place": 25}
        assert one.causes[0].words == ("church", "organ")

    def test_words_meet_in_any_of_their_forms(self) -> None:
        """
        An answer about roofing finds what is for roofers, categories included, and an event of a whole day has no time.
        """
        [one] = plan({"whys": [{"why": "more_business", "industry": "commercial roofing"}]}).where

        assert one.text == "Saturday 12 December 2026, York. There is no other date in this period."

    @pytest.mark.parametrize(
        "profile",
        [
            {"whys": [{"why": "learn", "topic": "beekeeping in cities"}]},
            {"whys": [{"why": "learn", "topic": "playing the church organ", "private": ["topic"]}]},
            {"whys": [{"why": "learn", "level_now": "I play the church organ"}]},
        ],
        ids=["another subject", "private", "not a subject"],
    )
    def test_what_does_not_fit_stays_away(self, profile: Mapping[str, Any]) -> None:
        """
        Nothing is recommended to fill a plan, and nothing for a private reason.
        """
        assert plan(profile).where == ()

    def test_a_broken_file_costs_only_itself(self, tmp_path: Path) -> None:
        """
        The events of the other files stand in the plan, and each broken file is a problem.
        """
        broken, gone = tmp_path / "broken.ics", tmp_path / "gone.ics"
        broken.write_text("no calendar", encoding="utf-8")

        found = plan(ORGAN, files=[str(broken), EVENINGS, str(gone)])

        assert [one.name for one in found.where] == ["Organ evening for beginners"]
        assert [problem.code for problem in found.problems][:1] == ["ics.syntax"]

    def test_an_event_in_two_files_counts_once(self, tmp_path: Path) -> None:
        """
        Two calendars with the same event give one recommendation.
        """
        copy = tmp_path / "copy.ics"
        copy.write_bytes(Path(EVENINGS).read_bytes())

        assert len(plan(ORGAN, files=[EVENINGS, str(copy)]).where) == 1

    def test_without_options_there_is_nothing(self) -> None:
        """
        Who has named no calendar is not bothered.
        """
        fields: dict[str, Any] = {"recommenders": [kowhy_ics]}
        found = Engine(packs=(), **fields).plan(ORGAN)

        assert (found.where, found.problems) == ((), ())

    @pytest.mark.parametrize(
        ("options", "pointers"),
        [
            ({"files": 5}, ["/files"]),
            ({"files": []}, ["/files"]),
            ({"files": [""]}, ["/files"]),
            ({"from": "soon"}, ["/from"]),
            ({"from": None}, ["/from"]),
            ({"days": 0}, ["/days"]),
            ({"days": True, "most": 21}, ["/days", "/most"]),
            ({"colour": "red"}, ["/colour"]),
            ({"files": None}, ["/files"]),
        ],
    )
    def test_wrong_options(self, options: dict[str, Any], pointers: list[str]) -> None:
        """
        Every wrong option is told with what would work.
        """
        given = {"files": (EVENINGS,), "from": "2026-12-01"} | options
        given["files"] = tuple(given["files"]) if isinstance(given["files"], list) else given["files"]
        card = Engine(packs=()).score(ORGAN)

        faults = list(kowhy_ics.recommend(card, options=given))

        assert [fault.pointer for fault in faults if isinstance(fault, Fault)] == pointers
        assert all(isinstance(fault, Fault) and fault.code == "ics.option" and fault.wanted for fault in faults)

    @pytest.mark.parametrize("start", ["2026-12-01", datetime(2026, 12, 1, 8)])  # noqa: DTZ001  # TOML has such moments
    def test_one_file_and_a_day_in_other_forms(self, start: object) -> None:
        """
        A file needs no list, and a day may be a text, as in JSON, or a moment.
        """
        assert len(plan(ORGAN, files=EVENINGS, **{"from": start}).where) == 1


HEAD = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y//EN\n"


def read(
    tmp_path: Path, *parts: str, start: date = date(2026, 3, 1), end: date = date(2026, 5, 1)
) -> list[Event | Fault]:
    """
    What stands in a calendar of *parts*, each the lines of an event.
    """
    file = tmp_path / "x.ics"
    inside = "".join(f"BEGIN:VEVENT\n{part}\nEND:VEVENT\n" for part in parts)
    file.write_text(f"{HEAD}{inside}END:VCALENDAR\n", encoding="utf-8")
    return list(events(str(file), start, end))


def days(found: list[Event | Fault]) -> list[tuple[int, int, time | None]]:
    """
    Month, day and time of each date of the only event.
    """
    [event] = found
    assert isinstance(event, Event)
    return [(when.day.month, when.day.day, when.clock) for when in event.dates]


SEVEN = time(19)

#: The lines of an event, and its dates in March and April 2026.
DATES = {
    "once": ("DTSTART:20260302T190000", [(3, 2, SEVEN)]),
    "before": ("DTSTART:20260228T190000", None),
    "after": ("DTSTART:20260501T000000", None),
    "all day": ("DTSTART;VALUE=DATE:20260302", [(3, 2, None)]),
    "over the change of the clocks": (
        "DTSTART;TZID=Europe/London:20260324T190000\nRRULE:FREQ=WEEKLY;COUNT=2",
        [(3, 24, SEVEN), (3, 31, SEVEN)],
    ),
    "in UTC": ("DTSTART:20260302T190000Z", [(3, 2, SEVEN)]),
    "counted from long ago": ("DTSTART:20260220T190000\nRRULE:FREQ=DAILY;COUNT=11", [(3, 1, SEVEN), (3, 2, SEVEN)]),
    "until a moment in UTC": (
        "DTSTART;TZID=America/New_York:20260302T190000\nRRULE:FREQ=DAILY;UNTIL=20260304T000000Z",
        [(3, 2, SEVEN), (3, 3, SEVEN)],
    ),
    "until a day": ("DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=DAILY;UNTIL=20260303", [(3, 2, None), (3, 3, None)]),
    "for ever from long ago": (
        "DTSTART:19800105T190000\nRRULE:FREQ=MONTHLY;BYDAY=1MO",
        [(3, 2, SEVEN), (4, 6, SEVEN)],
    ),
    "never again": ("DTSTART:20200101T190000\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", None),
    "counted but never": ("DTSTART:20200101T190000\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", None),
    "on working days of a month": (
        "DTSTART:20260225T190000\nRRULE:FREQ=DAILY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR;BYMONTH=2,3;UNTIL=20260310T000000",
        [(3, 3, SEVEN), (3, 5, SEVEN), (3, 9, SEVEN)],
    ),
    "on the last day of each month": (
        "DTSTART:20260131T190000\nRRULE:FREQ=DAILY;BYMONTHDAY=-1",
        [(3, 31, SEVEN), (4, 30, SEVEN)],
    ),
    "called off": (
        "DTSTART;TZID=Europe/Berlin:20260302T190000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260302T180000Z,20260303T180000Z",
        [(3, 4, SEVEN)],
    ),
    "further dates": (
        "DTSTART:20260302T190000\nRDATE:20260310T190000\nRDATE;VALUE=PERIOD:20260312T190000/PT1H",
        [(3, 2, SEVEN), (3, 10, SEVEN), (3, 12, SEVEN)],
    ),
}


class TestDates:
    """
    When something takes place.
    """

    @pytest.mark.parametrize("case", DATES)
    def test_the_dates_of_an_event(self, tmp_path: Path, case: str) -> None:
        """
        Recurring events, time zones and whole days come out as a calendar on the wall would show them.
        """
        lines, wanted = DATES[case]

        found = read(tmp_path, f"UID:1\nSUMMARY:x\n{lines}")

        assert found == [] if wanted is None else days(found) == wanted

    def test_a_moved_and_a_cancelled_date(self, tmp_path: Path) -> None:
        """
        A date that was moved stands where it is now, and one that was called off does not stand there.
        """
        regular = "UID:1\nDTSTART;TZID=Europe/London:20260302T190000\nRRULE:FREQ=DAILY;COUNT=3"
        moved = "UID:1\nRECURRENCE-ID:20260303T190000Z\nDTSTART;TZID=Europe/London:20260310T200000"
        off = "UID:1\nRECURRENCE-ID;VALUE=DATE:20260304\nSTATUS:CANCELLED\nDTSTART:20260304T190000Z"

        assert days(read(tmp_path, regular, moved, off)) == [(3, 2, SEVEN), (3, 10, time(20))]

    @pytest.mark.parametrize(
        ("start", "zone"),
        [
            ("DTSTART;TZID=Europe/London:20260302T190000", "Europe/London"),
            ("DTSTART:20260302T190000Z", "UTC"),
            ("DTSTART:20260302T190000", ""),
        ],
    )
    def test_the_zone_is_told(self, tmp_path: Path, start: str, zone: str) -> None:
        """
        A time comes with the name of its zone, and without one where the calendar says none.
        """
        [event] = read(tmp_path, f"UID:1\n{start}")

        assert isinstance(event, Event)
        assert event.dates[0].zone == zone
        assert event.title == "an event without a title"

    def test_texts_hold_nothing_that_does_not_print(self, tmp_path: Path) -> None:
        """
        Line breaks and control characters of a calendar do not reach a plan, and neither does an address that is none.
        """
        lines = "UID:1\nSUMMARY:one\\n two\u202e\nURL:http://[x\nDTSTART:20260302T190000"

        [event] = read(tmp_path, lines)

        assert isinstance(event, Event)
        assert (event.title, event.site) == ("one two", "")


#: The lines of an event and what is said of it.
ODD = {
    "no date": ("SUMMARY:x", "x: DTSTART is missing"),
    "date of junk": ("SUMMARY:x\nDTSTART:tomorrow", "x: DTSTART cannot be read"),
    "every second": ("SUMMARY:x\nDTSTART:20260302T190000\nRRULE:FREQ=SECONDLY", "x: recurs SECONDLY"),
    "no frequency": ("DTSTART:20260302T190000\nRRULE:COUNT=5", "an event: recurs without a frequency"),
    "by the week of the year": (
        "SUMMARY:x\nDTSTART:20260302T190000\nRRULE:FREQ=YEARLY;BYWEEKNO=10",
        "x: recurs by BYWEEKNO",
    ),
    "every second day of each day": (
        "SUMMARY:x\nDTSTART:20260302T190000\nRRULE:FREQ=DAILY;BYSETPOS=2",
        "x: recurs by BYSETPOS",
    ),
    "two rules": (
        "SUMMARY:x\nDTSTART:20260302T190000\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY",
        "x: more than one rule of recurrence",
    ),
    "rule of junk": ("SUMMARY:x\nDTSTART:20260302T190000\nRRULE:FREQ=DAILY;BYDAY=2XX", "x: "),
}


class TestFaults:
    """
    What is said of what cannot be read.
    """

    @pytest.mark.parametrize("case", ODD)
    def test_an_odd_event_costs_only_itself(self, tmp_path: Path, case: str) -> None:
        """
        An event that cannot be read is told with its title, and the next one still counts.
        """
        lines, given = ODD[case]

        fault, event = read(tmp_path, f"UID:1\n{lines}", "UID:2\nDTSTART:20260303T190000")

        assert isinstance(fault, Fault)
        assert (fault.code, fault.source) == ("ics.event", "x.ics")
        assert fault.given.startswith(given)
        assert isinstance(event, Event)

    def test_many_odd_events_are_told_a_few_times(self, tmp_path: Path) -> None:
        """
        A calendar that is all wrong does not fill the plan with problems.
        """
        assert len(read(tmp_path, *(["SUMMARY:x"] * 50))) == TOLD

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "ics.syntax"),
            (b"hello", "ics.syntax"),
            (b"\xff\xfe\x00", "ics.syntax"),
            (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "ics.syntax"),
            (b"BEGIN:VTODO\nEND:VTODO\n", "ics.syntax"),
            (b"x" * (8 * 1024 * 1024 + 1), "ics.file"),
        ],
        ids=["empty", "text", "bytes", "cut off", "something else", "too large"],
    )
    def test_a_file_that_is_no_calendar(self, tmp_path: Path, content: bytes, code: str) -> None:
        """
        One clear fault names the file.
        """
        file = tmp_path / "x.ics"
        file.write_bytes(content)

        found = list(events(str(file), date(2026, 3, 1), date(2026, 5, 1)))

        assert [(one.code, one.source) for one in found if isinstance(one, Fault)] == [(code, "x.ics")]
        assert len(found) == 1

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        """
        A missing file is told by its name.
        """
        [fault] = events(str(tmp_path / "gone.ics"), date(2026, 3, 1), date(2026, 5, 1))

        assert isinstance(fault, Fault)
        assert (fault.code, fault.source, fault.given) == ("ics.file", "gone.ics", "No such file or directory")
