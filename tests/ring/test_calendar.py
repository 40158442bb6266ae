"""
The plan and what is due as a calendar: read back by two libraries, the same twice, and private.
"""

from __future__ import annotations

import datetime as dt
import sys
from zoneinfo import ZoneInfo

import attrs
import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from kowhy.engine import Engine
from kowhy.errors import InvalidRingError, MissingExtraError
from kowhy.plans import Plan, Recommendation
from kowhy.ring import review, rounds_from_ics, steps_for, to_ics
from tests.ring.rounds import SECRETS, TODAY, ago, day, logs, made


def step(key, **texts):
    return attrs.evolve(Recommendation.of(key, "how", **texts), whys=("learn",))


PLAN = Plan(
    whys=("learn",),
    how=(
        step(
            "s1", when="it is Monday", then="I write one message; nothing more, nothing less, é\n", count="once a week"
        ),
        step("s2", name="Keep your word", when="I plan", then="I first keep it", stop="Stop when it hurts"),
        step("s3", when="it is evening", then="I sit down " + "and think " * 20),
    ),
)
NINE = dt.datetime.fromisoformat("2026-03-28T09:00")
REVIEW = review(
    [
        made(20, person="p1", label=SECRETS[0], promise=SECRETS[1], due=ago(2)),
        made(5, person="p2", promise="later", due=ago(-9)),
        made(30, person="p3", label=SECRETS[2]),
        made(40, person="p4"),
    ],
    today=TODAY,
)


def entries(text, name):
    """
    The entries of a calendar as the second library reads them.
    """
    return getattr(vobject.readOne(text), f"{name}_list", [])


class TestReadBack:
    def test_whole_days(self):
        """
        With a date, each step is an event of a whole day, one a day.
        """
        found = entries(to_ics(PLAN, start=day("2026-03-30")), "vevent")

        assert [(str(one.dtstart.value), str(one.dtend.value)) for one in found] == [
            ("2026-03-30", "2026-03-31"),
            ("2026-03-31", "2026-04-01"),
            ("2026-04-01", "2026-04-02"),
        ]
        assert [one.summary.value for one in found] == [
            "Networking: a step of your plan",
            "Networking: Keep your word",
            "Networking: a step of your plan",
        ]
        assert found[0].description.value == (
            "When it is Monday, then I write one message; nothing more, nothing less, é\nHow often: once a week"
        )
        assert found[1].description.value.endswith("\nStop rule: Stop when it hurts")

    @pytest.mark.parametrize(
        ("zone", "start", "offsets"),
        [
            ("Europe/London", "2026-03-28T09:00", [0, 1, 1]),
            ("America/New_York", "2026-10-31T18:30", [-4, -5, -5]),
            ("Australia/Sydney", "2026-04-04T07:15", [11, 10, 10]),
            ("Asia/Kolkata", "2026-03-28T09:00", [5.5, 5.5, 5.5]),
        ],
    )
    def test_the_hour_on_the_clock_stays(self, zone, start, offsets):
        """
        When summer time comes or goes, the hour stays; what is written is a moment that every reader understands.
        """
        begin = dt.datetime.fromisoformat(start)
        text = to_ics(PLAN, start=begin, zone=zone)
        found = entries(text, "vevent")
        there = [one.dtstart.value.astimezone(ZoneInfo(zone)) for one in found]

        assert [one.replace(tzinfo=None) for one in there] == [begin + dt.timedelta(days=number) for number in range(3)]
        assert [one.utcoffset() / dt.timedelta(hours=1) for one in there] == offsets
        assert {one.dtend.value - one.dtstart.value for one in found} == {dt.timedelta(minutes=30)}
        assert to_ics(PLAN, start=begin.replace(tzinfo=ZoneInfo(zone))) == text

    def test_times_in_utc_and_times_without_a_zone(self):
        """
        A time in UTC stays one; a time without a zone is meant wherever the reader is.
        """
        (utc, *_) = entries(to_ics(PLAN, start=NINE.replace(tzinfo=dt.UTC)), "vevent")
        (floating, *_) = entries(to_ics(PLAN, start=NINE), "vevent")

        assert utc.dtstart.value.utcoffset() == dt.timedelta(0)
        assert floating.dtstart.value == NINE

    def test_to_dos(self):
        """
        Promises are due on their day, or at the start where that is past; follow-ups are spread, the coldest first.
        """
        found = entries(to_ics(PLAN, start=day("2026-03-30"), review=REVIEW), "vtodo")

        assert [(one.summary.value, str(one.due.value)) for one in found] == [
            ("Networking: a promise is due", "2026-03-30"),
            ("Networking: a promise is due", "2026-04-06"),
            ("Networking: a follow-up is due", "2026-03-30"),
            ("Networking: a follow-up is due", "2026-03-31"),
            ("Networking: a follow-up is due", "2026-04-01"),
        ]
        assert len(entries(to_ics(PLAN, start=TODAY, review=REVIEW, most=1), "vtodo")) == 2

    def test_both_libraries_read_the_same(self):
        """
        The library that wrote it and another one find the same ids, titles and times.
        """
        text = to_ics(PLAN, start=NINE, zone="Europe/Berlin", review=REVIEW)
        ours = icalendar.Calendar.from_ical(text)
        first = {(str(one["UID"]), str(one["SUMMARY"]), one["DTSTART"].dt.isoformat()) for one in ours.walk("VEVENT")}
        second = {(one.uid.value, one.summary.value, one.dtstart.value.isoformat()) for one in entries(text, "vevent")}

        assert first == second
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))

    def test_our_own_reader_reads_it_too(self):
        """
        A plan that was carried out can come back as rounds.
        """
        found = rounds_from_ics(to_ics(PLAN, start=ago(2)), today=TODAY)

        assert [one.date for one in found] == [ago(2), ago(1), ago(0)]


class TestIds:
    def test_importing_twice_makes_no_doubles(self):
        """
        The same plan has the same text and the same ids; a later start moves the same entries.
        """
        first = to_ics(PLAN, start=TODAY, review=REVIEW)
        later = to_ics(PLAN, start=TODAY + dt.timedelta(days=7), review=REVIEW)

        def ids(text):
            return [one.uid.value for one in (*entries(text, "vevent"), *entries(text, "vtodo"))]

        assert to_ics(PLAN, start=TODAY, review=REVIEW) == first
        assert ids(first) == ids(later)
        assert len(set(ids(first))) == len(ids(first)) == 8

    def test_a_new_contact_is_a_new_follow_up(self):
        """
        After the follow-up is done, the next one for the same person is another entry.
        """
        before = review([made(40, person="p1")], today=TODAY)
        after = review([made(40, person="p1"), made(20, person="p1")], today=TODAY)

        assert to_ics(Plan(), start=TODAY, review=before) != to_ics(Plan(), start=TODAY, review=after)

    def test_salt(self):
        """
        With a salt of their own, nobody can find out whose id stands behind an entry by trying ids.
        """
        one, other = (
            {line for line in to_ics(PLAN, start=TODAY, salt=salt).split() if line.startswith("UID")} for salt in "ab"
        )

        assert len(one) == len(other) == 3
        assert not one & other


class TestPrivacy:
    @settings(max_examples=40)
    @given(log=logs(), days=st.integers(0, 400))
    def test_nothing_private(self, log, days):
        """
        No label, promise, note, target or id of a person stands in a calendar, folded or not.
        """
        found = review(log, today=TODAY)
        plan = attrs.evolve(PLAN, how=(*steps_for(found, PLAN), *PLAN.how))
        text = to_ics(plan, start=TODAY + dt.timedelta(days=days), review=found).replace("\r\n ", "")

        assert not any(secret in text for secret in (*SECRETS, "ü/~"))
        assert "CLASS:PRIVATE" in text

    def test_private_answers_of_the_plan(self):
        """
        What a shareable plan would not say, a calendar does not say.
        """
        profile = {
            "whys": [
                {
                    "why": "land_a_job",
                    "profession": "xylographer",
                    "industry": "zymurgy",
                    "job_type": "quillwright",
                    "private": ["profession", "industry", "job_type"],
                }
            ]
        }
        plan = Engine().plan(profile)
        text = to_ics(plan, start=TODAY).replace("\r\n ", "")

        assert plan.how
        assert not any(word in text for word in ("xylographer", "zymurgy", "quillwright"))

    def test_control_characters(self):
        """
        What a terminal or a calendar could stumble over is made visible.
        """
        plan = Plan(whys=("learn",), how=(step("s", name="a\x1b[31mb", when="x", then="y\u202e"),))
        text = to_ics(plan, start=TODAY)

        assert "\x1b" not in text
        assert "\u202e" not in text


class TestRefusals:
    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"start": NINE, "zone": "Mars/Base"}, "zone.unknown"),
            ({"start": NINE, "zone": "../../etc/passwd"}, "zone.unknown"),
            ({"start": NINE, "zone": ""}, "zone.unknown"),
            ({"start": TODAY, "zone": "Europe/London"}, "zone.clash"),
            ({"start": NINE.replace(tzinfo=dt.UTC), "zone": "Europe/London"}, "zone.clash"),
            ({"start": dt.date.max}, "start.late"),
        ],
    )
    def test_a_start_that_cannot_be(self, fields, code):
        """
        Zones that do not exist or do not fit, and the end of the calendar, are told.
        """
        with pytest.raises(InvalidRingError) as caught:
            to_ics(PLAN, **fields)

        assert [fault.code for fault in caught.value.faults] == [code]

    def test_without_the_extra(self, monkeypatch):
        """
        Without the library one is told what to install.
        """
        monkeypatch.setitem(sys.modules, "icalendar", None)

        with pytest.raises(MissingExtraError, match=r"pip install 'kowhy\[ics\]'"):
            to_ics(PLAN, start=TODAY)
