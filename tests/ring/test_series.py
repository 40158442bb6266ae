"""
The days of a series: those that another library finds, and quickly even where there are none.
"""

from __future__ import annotations

import datetime as dt

import pytest
from dateutil.rrule import rrulestr
from icalendar import vRecur

from kowhy.ring.series import days_of, is_understood
from tests.work.counting import counted

START, LAST = dt.date(2024, 1, 31), dt.date(2028, 3, 1)


class TestDays:
    @pytest.mark.parametrize("count", [None, 3])
    @pytest.mark.parametrize("start", [START, dt.date(2024, 2, 29), dt.date(2024, 11, 4)])
    @pytest.mark.parametrize(
        "rule",
        [
            "FREQ=DAILY",
            "FREQ=DAILY;INTERVAL=5",
            "FREQ=DAILY;BYMONTH=2,7;BYDAY=MO,SU",
            "FREQ=DAILY;BYMONTHDAY=13,-1",
            "FREQ=WEEKLY",
            "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU,TU",
            "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU,TU;WKST=SU",
            "FREQ=WEEKLY;BYMONTH=3,4",
            "FREQ=MONTHLY",
            "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=29,-2",
            "FREQ=MONTHLY;BYDAY=2TU,-1FR",
            "FREQ=MONTHLY;BYDAY=5WE",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1,3",
            "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
            "FREQ=MONTHLY;BYMONTH=1,6;BYDAY=1SA",
            "FREQ=YEARLY",
            "FREQ=YEARLY;INTERVAL=2;BYMONTH=2,5",
            "FREQ=YEARLY;BYMONTHDAY=1,-1",
            "FREQ=YEARLY;BYDAY=20MO,-1SU",
            "FREQ=YEARLY;BYDAY=TU;BYSETPOS=2",
            "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
            "FREQ=YEARLY;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        ],
    )
    def test_agrees_with_another_library(self, rule, start, count):
        """
        Whatever the parts of a rule, the days are those that a library for series finds.
        """
        other = rrulestr(f"{rule};UNTIL={LAST:%Y%m%d}T000000", dtstart=dt.datetime.combine(start, dt.time()))
        parsed = vRecur.from_ical(rule if count is None else f"{rule};COUNT={count}")

        assert is_understood(parsed)
        assert [*days_of(parsed, start, LAST)] == [moment.date() for moment in other][:count]

    def test_any_and_one_of_a_weekday_together(self):
        """
        Days with and without a number are added up, as RFC 5545 says; some libraries keep only those that are both.
        """
        rule = vRecur.from_ical("FREQ=MONTHLY;BYDAY=MO,1TU")

        assert [day.day for day in days_of(rule, dt.date(2026, 3, 1), dt.date(2026, 3, 31))] == [2, 3, 9, 16, 23, 30]

    @pytest.mark.parametrize("often", ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
    def test_a_series_that_never_comes_round_ends_soon(self, often):
        """
        A rule without a day costs no more than one with many.
        """
        never = vRecur.from_ical(f"FREQ={often};BYMONTH=2;BYMONTHDAY=30")
        many = vRecur.from_ical(f"FREQ={often};BYMONTHDAY={','.join(map(str, range(1, 32)))}")
        with counted() as done:
            assert list(days_of(many, START, LAST))

        with counted(most=done()):
            assert list(days_of(never, START, LAST)) == []

    @pytest.mark.parametrize("often", ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
    @pytest.mark.parametrize("day", [dt.date.min, dt.date(9999, 12, 27), dt.date.max])
    def test_at_the_ends_of_the_calendar(self, often, day):
        """
        The first and the last day there is are days like others.
        """
        assert list(days_of(vRecur.from_ical(f"FREQ={often};WKST=SU"), day, day)) == [day]

    @pytest.mark.parametrize(
        "rule",
        [
            "FREQ=HOURLY",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=YEARLY;BYWEEKNO=20",
            "FREQ=YEARLY;BYYEARDAY=100",
            "FREQ=WEEKLY;BYDAY=2MO",
            "FREQ=MONTHLY;BYDAY=99MO",
        ],
    )
    def test_what_is_not_understood(self, rule):
        """
        A rule with a part that is not followed is refused as a whole, for half of it would give wrong days.
        """
        assert not is_understood(vRecur.from_ical(rule))

    @pytest.mark.parametrize(
        "rule", [{}, {"FREQ": ["DAILY"], "BYDAY": ["XX"]}, {"FREQ": ["MONTHLY"], "BYDAY": ["x1MO"]}]
    )
    def test_what_makes_no_sense(self, rule):
        """
        No frequency, or a day that is none.
        """
        assert not is_understood(rule)
