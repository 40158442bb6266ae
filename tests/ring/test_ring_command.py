"""
The command ``kowhy ring``: what a person sees.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import icalendar
import pytest
from click.testing import CliRunner

from kowhy.cli.ring import ring
from kowhy.danger import Danger
from kowhy.errors import InvalidRingError
from kowhy.plans import Plan
from kowhy.render.lines import Look, plain
from kowhy.ring import review
from kowhy.ring.lines import percent, review_lines
from tests.ring.rounds import TODAY, ago, made

ROOT = Path(__file__).parents[2]
LOG = ROOT / "examples" / "rings" / "busy_month_that_lands.json"
PROFILE = ROOT / "examples" / "profiles" / "roofing_referrals.json"


def run(*args, **fields):
    result = CliRunner().invoke(ring, [*map(str, args)], catch_exceptions=False, **fields)
    return result.exit_code, result.output


def shown(*log, **look):
    return plain(review_lines(review(log, today=TODAY), look=Look(**look)))


class TestCommand:
    def test_text(self):
        """
        The review of a log on a day, beside the plan of a profile.
        """
        code, out = run(LOG, "--plan", PROFILE, "--today", "2026-03-28", "--pace", "5")

        assert code == 0
        golden = (ROOT / "tests" / "golden" / "rings" / "busy_month_that_lands.text").read_text(encoding="utf-8")
        assert golden.startswith(out)

    def test_json(self):
        """
        The same as data.
        """
        _, out = run(LOG, "--today", "2026-03-28", "--format", "json")
        form = json.loads(out)

        assert (form["format"], form["rounds"], form["planned"]) == ("kowhy.review/1", 17, False)

    def test_share(self):
        """
        What is shared names nobody.
        """
        assert "Ruth" not in run(LOG, "--today", "2026-03-28", "--share", "--format", "json")[1]
        assert "Father Kelly" in run(LOG, "--today", "2026-03-28")[1]
        assert "Father Kelly" not in run(LOG, "--today", "2026-03-28", "--share")[1]

    def test_today_is_the_default(self, tmp_path):
        """
        A person who runs the command means today.
        """
        log = tmp_path / "log.json"
        day = dt.datetime.now().astimezone().date().isoformat()
        log.write_text(json.dumps({"rounds": [{"date": day, "track": "place"}]}), encoding="utf-8")

        assert run(log)[0] == 0

    def test_standard_input(self):
        """
        A dash reads JSON from standard input.
        """
        assert "There is nothing in the log yet." in run("-", "--today", "2026-03-28", input='{"rounds": []}')[1]

    def test_a_calendar_to_import(self, tmp_path):
        """
        The steps, the follow-ups and the promises come as a calendar file.
        """
        out = tmp_path / "next.ics"
        run(LOG, "--plan", PROFILE, "--today", "2026-03-28", "--ics", out)
        read = icalendar.Calendar.from_ical(out.read_bytes())

        assert len(read.walk("VEVENT")) == 5
        assert len(read.walk("VTODO")) == 2
        assert {str(one["DTSTART"].dt) for one in read.walk("VEVENT")} >= {"2026-03-29"}

    def test_a_calendar_without_a_plan(self, tmp_path):
        """
        Without a plan only what is due is written.
        """
        out = tmp_path / "next.ics"
        run(LOG, "--today", "2026-03-28", "--ics", out)
        read = icalendar.Calendar.from_ical(out.read_bytes())

        assert (len(read.walk("VEVENT")), len(read.walk("VTODO"))) == (0, 2)

    def test_tables_and_calendars_come_in(self, tmp_path):
        """
        A CSV file is read with columns named on the command line, and a calendar as it is.
        """
        table, calendar = tmp_path / "log.csv", tmp_path / "log.ics"
        table.write_text("When,Who\n2026-03-02,Ann\n", encoding="utf-8")
        calendar.write_text(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260302T080000\nEND:VEVENT\nEND:VCALENDAR\n",
            encoding="utf-8",
        )
        columns = ["--column", "date=When", "--column", "label=Who"]

        assert "Ann (met)" in run(table, *columns, "--track", "person", "--today", "2026-03-28")[1]
        assert "one round since 2 March 2026" in run(calendar, "--today", "2026-03-28")[1]
        with pytest.raises(InvalidRingError, match=r"log\.csv, line 2: key\.missing"):
            run(table, *columns)

    def test_faults_name_the_file(self, tmp_path):
        """
        What is wrong is told with the name of the file.
        """
        log = tmp_path / "log.json"
        log.write_text('{"rounds": [{"date": "soon"}]}', encoding="utf-8")

        with pytest.raises(InvalidRingError, match=r"log\.json#/rounds/0/date: date\.wrong"):
            run(log)

    @pytest.mark.parametrize("args", [["--today", "tomorrow"], ["--column", "date"]])
    def test_options_that_make_no_sense(self, args):
        """
        An option that cannot be read ends with code 2 and says how it looks.
        """
        code, out = run(LOG, *args)

        assert code == 2
        assert "looks like" in out

    def test_danger_comes_first(self):
        """
        Where the profile speaks of danger, that is what is shown.
        """
        danger = ROOT / "examples" / "profiles" / "hard" / "danger_to_life.json"
        out = run(LOG, "--plan", danger, "--today", "2026-03-28")[1]

        assert "THE LAST WEEKS" not in out
        assert "112" in out or "911" in out or "call" in out.lower()


class TestLines:
    def test_readable_without_colour(self):
        """
        The calendar has numbers, in plain characters where the terminal has no others.
        """
        log = [*(made(5, "place") for _ in range(12)), *(made(4, "place") for _ in range(3)), made(0, "words")]
        text = shown(*log, unicode=False)
        rows = {
            line.split()[0]: line.split()[1:]
            for line in text.splitlines()
            if line.startswith("  ") and line.split()[:1]
        }

        assert rows["Mon"][-1] == "+"
        assert rows["Tue"][-1] == "3"
        assert rows["Sat"][-1] == "1"
        assert len(rows["Mon"]) == 12
        assert len(rows["Sun"]) == 11
        assert text.isascii()

    @pytest.mark.parametrize("width", [40, 60, 100])
    def test_fits_the_terminal(self, width):
        """
        Lines of text keep within the width; the calendar needs 43 columns.
        """
        log = [
            made(20, person=f"p{number}", label="A long name " * 9, promise="a long list " * 9) for number in range(7)
        ]

        assert max(map(len, shown(*log, width=width).splitlines())) <= max(width, 66)

    def test_months_have_room(self):
        """
        A month stands above its first week, and two never run into each other.
        """
        for back in range(0, 400, 7):
            head = plain(review_lines(review([], today=ago(back)), look=Look())).splitlines()[4]
            names = head.split()

            assert all(len(name) == 3 for name in names)
            assert 2 <= len(names) <= 4

    def test_promises_in_words(self):
        """
        Late, today, soon and without a date: each is said.
        """
        log = [
            made(20, person="p1", label="Ann", promise="the list.", due=ago(3)),
            made(20, person="p2", promise="a name", due=TODAY),
            made(20, person="p3", promise="a book", due=ago(-4)),
            made(20, person="p4", promise="a call"),
        ]
        text = shown(*log)

        assert "- Ann: the list, due 3 days ago" in text
        assert "- the person p2: a name, due today" in text
        assert "- the person p3: a book, due in 4 days" in text
        assert "- the person p4: a call, promised 20 days ago" in text

    def test_what_there_is_nothing_to_say_of_is_left_out(self):
        """
        A part without content has no title either.
        """
        danger = Plan(emergency=Danger(code="x", text="Call.", numbers=()))
        text = plain(review_lines(review([made(1, "place")], today=TODAY, plan=danger), look=Look()))

        assert [line for line in text.splitlines() if line.isupper()] == [
            "THE LAST WEEKS",
            "THE FOUR TRACKS IN THE LAST 4 WEEKS",
        ]

    def test_nothing_raw_reaches_the_terminal(self):
        """
        Escapes in what people are called are made visible.
        """
        assert "\x1b" not in shown(made(20, person="p", label="a\x1b[31mb", promise="\x07"))

    def test_on_the_first_day_of_the_calendar(self):
        """
        Where there are no weeks before, none are shown.
        """
        day = dt.date(1, 1, 3)
        text = plain(review_lines(review([made("0001-01-02", "place")], today=day), look=Look()))

        assert "  Tue    1\n" in text

    @pytest.mark.parametrize(
        ("share", "text"), [(0, "0%"), (0.004, "<1%"), (0.01, "1%"), (0.5, "50%"), (0.994, ">99%"), (1.0, ">99%")]
    )
    def test_chances_are_never_sure(self, share, text):
        """
        Nothing that may happen is told as impossible, and nothing as sure.
        """
        assert percent(share) == text
