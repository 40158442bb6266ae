"""
Rounds from a calendar: what was attended, on which day it was, errors by line, and nothing half-read.
"""

from __future__ import annotations

import sys

import pytest

from kowhy.errors import InvalidRingError, MissingExtraError
from kowhy.ring import rounds_from_ics
from tests.ring.rounds import day

TODAY = day("2026-03-28")


def calendar(*events, end="END:VCALENDAR\n"):
    blocks = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{blocks}{end}"


def event(start, uid="u1", *more):
    return "\n".join([f"UID:{uid}", f"DTSTART{start}", "SUMMARY:Chamber breakfast", *more])


def days(*events, **options):
    return [str(one.date) for one in rounds_from_ics(calendar(*events), **{"today": TODAY} | options)]


def faults(text):
    with pytest.raises(InvalidRingError) as caught:
        rounds_from_ics(text, today=TODAY)
    return [(fault.code, fault.source) for fault in caught.value.faults]


class TestEvents:
    def test_what_becomes_of_an_event(self):
        """
        The title is a note for the person, the id is stable, and words in the title say which advice was followed.
        """
        text = calendar(event(":20260302T073000", "u1"), event(";VALUE=DATE:20260301", "u2"))
        found = rounds_from_ics(
            text.replace("\n", "\r\n").encode(), today=TODAY, belongs={"golf": "x", "CHAMBER": "venue.chamber"}
        )

        assert [(str(one.date), one.track, one.id, one.note, one.recommendation) for one in found] == [
            ("2026-03-01", "place", "u2", "Chamber breakfast", "venue.chamber"),
            ("2026-03-02", "place", "u1", "Chamber breakfast", "venue.chamber"),
        ]

    def test_only_what_was_attended(self):
        """
        What is yet to come, was cancelled or was declined is left out.
        """
        events = [
            event(":20260329T073000", "later"),
            event(":20260302T073000", "off", "STATUS:CANCELLED"),
            event(
                ":20260303T073000",
                "no",
                "ATTENDEE;PARTSTAT=DECLINED:mailto:Dana@example.org",
                "ATTENDEE:mailto:b@example.org",
            ),
            event(":20260304T073000", "yes", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:dana@example.org"),
        ]

        assert days(*events, me="dana@example.org") == ["2026-03-04"]
        assert days(*events) == ["2026-03-03", "2026-03-04"]

    @pytest.mark.parametrize(
        ("start", "zone", "expected"),
        [
            (":20260302T233000Z", None, "2026-03-02"),
            (":20260302T233000Z", "Europe/Berlin", "2026-03-03"),
            (":20260302T033000Z", "America/New_York", "2026-03-01"),
            (";TZID=America/New_York:20260302T233000", "Europe/Berlin", "2026-03-02"),
            (";TZID=Nowhere/Land:20260302T233000", "Europe/Berlin", "2026-03-02"),
            (":20260302T233000", "Europe/Berlin", "2026-03-02"),
        ],
    )
    def test_the_day_on_the_wall(self, start, zone, expected):
        """
        An event is on the day that the clock on the wall showed; a time in UTC is put where the person is.
        """
        assert days(event(start), zone=zone) == [expected]

    def test_who_else_was_there_is_not_read(self):
        """
        No guest of an event becomes part of the log.
        """
        (one,) = rounds_from_ics(
            calendar(event(":20260302T073000", "u", "ATTENDEE;CN=Ann Lee:mailto:ann@example.org")), today=TODAY
        )

        assert one.person is None
        assert "nn" not in repr(one)


class TestSeries:
    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            (["RRULE:FREQ=WEEKLY"], ["03-02", "03-09", "03-16", "03-23"]),
            (["RRULE:FREQ=WEEKLY;COUNT=2"], ["03-02", "03-09"]),
            (["RRULE:FREQ=WEEKLY;UNTIL=20260316T080000Z"], ["03-02", "03-09", "03-16"]),
            (["RRULE:FREQ=WEEKLY;UNTIL=20260316"], ["03-02", "03-09", "03-16"]),
            (["RRULE:FREQ=WEEKLY;UNTIL=20260316T060000Z"], ["03-02", "03-09"]),
            (["RRULE:FREQ=MONTHLY;BYDAY=1MO,4MO"], ["03-02", "03-23"]),
            (["RRULE:FREQ=DAILY;INTERVAL=10;BYHOUR=7,8"], ["03-02", "03-12", "03-22"]),
            (["RRULE:FREQ=WEEKLY", "EXDATE:20260309T073000", "EXDATE:20260316T073000"], ["03-02", "03-23"]),
            (["RDATE:20260305T073000,20260401T073000"], ["03-02", "03-05"]),
            (["RDATE;VALUE=PERIOD:20260305T073000Z/PT1H"], ["03-02", "03-05"]),
            (["RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"], ["03-02"]),
            (["RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3"], ["03-02"]),
        ],
    )
    def test_each_day_of_a_series_up_to_today(self, more, expected):
        """
        A series counts once a day, without the days that were left out, and one that never comes round ends.
        """
        assert days(event(":20260302T073000", "u1", *more)) == [f"2026-{one}" for one in expected]

    def test_a_day_that_was_moved_or_cancelled(self):
        """
        A single day of a series may be another day, or none.
        """
        series = event(":20260302T073000", "u1", "RRULE:FREQ=WEEKLY")
        moved = event(":20260310T073000", "u1", "RECURRENCE-ID:20260309T073000")
        gone = event(":20260316T073000", "u1", "RECURRENCE-ID:20260316T073000", "STATUS:CANCELLED")
        found = rounds_from_ics(calendar(series, moved, gone), today=TODAY)

        assert [str(one.date)[5:] for one in found] == ["03-02", "03-10", "03-23"]
        assert len({one.id for one in found}) == 3

    def test_until_in_the_zone_of_the_event(self):
        """
        The end of a series in UTC is read in the zone in which the series takes place.
        """
        late = event(";TZID=America/New_York:20260302T200000", "u1", "RRULE:FREQ=DAILY;UNTIL=20260305T010000Z")

        assert days(late) == ["2026-03-02", "2026-03-03", "2026-03-04"]


class TestFaults:
    def test_all_at_once_by_line(self):
        """
        Every broken event is told with the line on which it begins, and nothing is given back.
        """
        text = calendar(
            event(":20260302T073000", "good"),
            event(":yesterday", "bad"),
            "UID:none\nSUMMARY:nothing",
            event(":20260302T073000", "u", "RRULE:FREQ=SECONDLY"),
            event(":20260302T073000", "u", "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"),
            event(":20260302T073000", "u", "RRULE:FREQ=DAILY;BYDAY=XX"),
            event(":20260302T073000", "u", "this is no line"),
        )

        assert faults(text) == [
            ("ics.value", "line 8"),
            ("ics.no-start", "line 13"),
            ("ics.repeats", "line 17"),
            ("ics.repeats", "line 23"),
            ("ics.value", "line 30"),
            ("ics.syntax", "line 36"),
        ]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", ("ics.none", "line 1")),
            ("date,track\n", ("ics.none", "line 1")),
            ("BEGIN:VCARD\nEND:VCARD\n", ("ics.none", "line 1")),
            (calendar(event(":20260302T073000"), end=""), ("ics.unclosed", "line 1")),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VCALENDAR\n", ("ics.nesting", "line 4")),
            ("BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR\n", ("ics.nesting", "line 3")),
            (b"BEGIN:VCALENDAR\nX:\xff\nEND:VCALENDAR\n", ("ics.encoding", "line 2")),
            (calendar(event(":20260302T073000", "u", "RRULE:FREQ=YEARLY;BYEASTER=1")), ("ics.repeats", "line 3")),
            (calendar(event(":20260302T073000", "u", "RRULE:FREQ=DAILY;INTERVAL=0")), ("ics.repeats", "line 3")),
            (calendar(event(":20260302T073000", "u", "RRULE:FREQ=DAILY;BYWEEKNO=20")), ("ics.repeats", "line 3")),
            (calendar(event(":20260302T073000", "u", "DTSTART:20260303T073000")), ("ics.syntax", "line 3")),
            (calendar(event(";VALUE=PERIOD:20260302T073000/PT1H", "u")), ("ics.value", "line 3")),
        ],
    )
    def test_texts_that_are_no_calendar(self, text, expected):
        """
        A text that is no calendar, or breaks off, is refused as a whole.
        """
        assert faults(text) == [expected]

    def test_an_end_inside_a_folded_line_is_no_end(self):
        """
        A line that begins with a space goes on with the one before, whatever stands in it.
        """
        assert days(event(":20260302T073000", "u1", "DESCRIPTION:about", " END:VEVENT")) == ["2026-03-02"]

    def test_too_large(self, monkeypatch):
        """
        A calendar that is larger than any log is refused unread.
        """
        monkeypatch.setattr("kowhy.ring.ics_reading.LIMITS", type("Limits", (), {"text": 20}))

        assert faults(calendar()) == [("limit.text", "")]

    def test_an_unknown_zone(self):
        """
        A zone that does not exist is told.
        """
        with pytest.raises(InvalidRingError, match=r"zone\.unknown; got 'Mars/Base'"):
            rounds_from_ics(calendar(), today=TODAY, zone="Mars/Base")

    def test_an_unknown_track(self):
        """
        A track that is none is told.
        """
        with pytest.raises(InvalidRingError, match=r"track: value\.unknown; got 'plaze'"):
            rounds_from_ics(calendar(), today=TODAY, track="plaze")

    def test_without_the_extra(self, monkeypatch):
        """
        Without the library one is told what to install.
        """
        monkeypatch.setitem(sys.modules, "icalendar", None)

        with pytest.raises(MissingExtraError, match=r"pip install 'kowhy\[ics\]'"):
            rounds_from_ics(calendar(), today=TODAY)
