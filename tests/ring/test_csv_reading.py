"""
Rounds from a table, whatever its columns are called; errors by line, and nothing half-read.
"""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kowhy.errors import InvalidRingError
from kowhy.ring import Ring, ring_to_dict, rounds_from_csv
from kowhy.ring.csv_reading import FIELDS
from tests.ring.rounds import SECRETS, logs

SPREADSHEET = """\
When;What;Who;How far;What came of it;Remarks

03.02.2026;went to;;;;"a cold hall;
nobody from the trade"
05.02.2026;Person;Ann Lee;1st call;yes!;
5.2.2026;person;ann  LEE;Followed up;;
"""


def read_spreadsheet(text=SPREADSHEET, **changes):
    options = {
        "columns": {
            "date": "when",
            "track": "What",
            "label": "Who",
            "stage": "How far",
            "result": "What came of it",
            "note": "REMARKS",
        },
        "values": {"track": {"went to": "place"}, "stage": {"1st Call": "met"}, "result": {"YES!": "landed"}},
        "date_format": "%d.%m.%Y",
    }
    return rounds_from_csv(text, **options | changes)


def faults(text, **options):
    with pytest.raises(InvalidRingError) as caught:
        rounds_from_csv(text, **options)
    return [(fault.code, fault.source, fault.pointer) for fault in caught.value.faults]


class TestTables:
    def test_a_spreadsheet_as_people_keep_it(self):
        """
        Other names, other words, other dates, semicolons, line breaks in cells and names in place of ids.
        """
        first, second, third = read_spreadsheet()

        assert (str(first.date), first.track, first.note) == (
            "2026-02-03",
            "place",
            "a cold hall;\nnobody from the trade",
        )
        assert (second.stage, second.result, second.person.label) == ("met", "landed", "Ann Lee")
        assert (third.stage, third.result) == ("followed_up", "open")
        assert second.person.id == third.person.id
        assert "Ann" not in second.person.id

    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    def test_columns_called_like_fields(self, mark):
        """
        Without a mapping, columns that are called like fields count and others are passed over.
        """
        head = ["Date", "track ", "with", "label", "kept", "weather"]
        line = ["2026-02-03", "relationship", "p1", "Sam", "Yes", "rain"]
        (one,) = rounds_from_csv(f"{mark.join(head)}\r\n{mark.join(line)}\r\n".encode("utf-8-sig"))

        assert (one.track, one.person.id, one.person.label, one.kept) == ("relationship", "p1", "Sam", True)

    def test_defaults(self):
        """
        A default fills in where there is no column or an empty cell.
        """
        found = rounds_from_csv(
            "date,stage,with\n2026-02-03,,p1\n2026-02-04,asked,p1\n", defaults={"track": "place", "stage": "met"}
        )

        assert [(one.track, one.stage) for one in found] == [("place", "met"), ("place", "asked")]

    @settings(max_examples=40)
    @given(log=logs(max_size=6))
    def test_what_is_written_as_a_table_is_read(self, log):
        """
        Each field of a round can stand in a cell.
        """
        out = io.StringIO()
        table = csv.DictWriter(out, FIELDS, restval="")
        table.writeheader()
        for entry in ring_to_dict(Ring(rounds=log))["rounds"]:
            person = entry.pop("with", {})
            table.writerow(entry | {"with": person.get("id", ""), "label": person.get("label", "")})

        assert rounds_from_csv(out.getvalue()) == tuple(log)


class TestFaults:
    def test_all_at_once_by_line(self):
        """
        Every fault is told with its line and the table's own column, and no round is given back.
        """
        text = SPREADSHEET + "31.02.2026;person;Jo;friend;;\n06.02.2026;;;;;\n;;;;;\n07.02.2026;person;;1st call;;\n"

        with pytest.raises(InvalidRingError) as caught:
            read_spreadsheet(text)

        assert [(fault.code, fault.source, fault.pointer, fault.wanted) for fault in caught.value.faults] == [
            ("date.wrong", "line 7", "/When", "a date as %d.%m.%Y"),
            ("value.unknown", "line 7", "/How far", "one of met, followed_up, helped, asked, introduced, landed"),
            ("key.missing", "line 8", "", "a track in each line, or a default"),
            ("round.nobody", "line 10", "/How far", "with: the id of the person it is about"),
        ]
        assert str(caught.value).splitlines()[0].startswith("line 7#/When: date.wrong")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", ("csv.empty", "line 1", "")),
            ("\n\n", ("csv.empty", "line 1", "")),
            ("date,track\n2026-02-03,place,more\n", ("row.too-long", "line 2", "")),
            ("date,track\n2026-02-03\n", ("row.too-short", "line 2", "")),
            ('date,track\n2026-02-03,"place\n', ("csv.syntax", "line 2", "")),
            ("date,track\n03/02/2026,place\n", ("date.wrong", "line 2", "/date")),
            ("date,track,kept,with\n2026-02-03,place,perhaps,p\n", ("type.wrong", "line 2", "/kept")),
            (b"date,track\n2026-02-03,pl\xe4ce\n", ("csv.encoding", "line 2", "")),
            ("date,track,id\n2026-02-03,place,a\n\n2026-02-03,place,a\n", ("id.repeated", "line 4", "/id")),
            ("date,track,label\n2026-02-03,place," + "x" * 10_001, ("value.too-large", "line 2", "/label")),
            ("date,track,with\n2026-02-03,place," + "x" * 201, ("value.too-large", "line 2", "/with")),
        ],
    )
    def test_one_thing_wrong(self, text, expected):
        """
        What is wrong with a table is told by line.
        """
        assert faults(text) == [expected]

    def test_columns_that_are_not_there(self):
        """
        A mapping names columns that exist.
        """
        found = faults("When,What\n", columns={"date": "Wann", "track": "what", "note": "Why"})

        assert found == [("column.missing", "line 1", ""), ("column.missing", "line 1", "")]

    def test_fields_that_are_not_there(self):
        """
        Columns, values and defaults are for fields that a round has.
        """
        found = faults("x", columns={"when": "When"}, values={"stages": {}}, defaults={"tracks": "place"})

        assert found == [
            ("field.unknown", "", "columns/when"),
            ("field.unknown", "", "values/stages"),
            ("field.unknown", "", "defaults/tracks"),
        ]

    def test_too_large(self, monkeypatch):
        """
        A table that is larger than any log is refused unread.
        """
        monkeypatch.setattr("kowhy.ring.csv_reading.LIMITS", type("Limits", (), {"text": 20}))

        assert faults("date,track\n2026-02-03,place\n") == [("limit.text", "", "")]

    def test_a_cell_that_csv_refuses(self):
        """
        A cell beyond what the reader takes is told by line, wherever it stands.
        """
        assert faults("date,track,note\n2026-02-03,place," + "x" * 200_000)[0][:2] == ("csv.syntax", "line 2")
        assert faults("x" * 200_000)[0][:2] == ("csv.empty", "line 1")

    @given(
        cells=st.lists(
            st.lists(
                st.sampled_from(["", "2026-02-03", "place", "met", *SECRETS, "p1", '"', "\n"]), min_size=4, max_size=6
            ),
            max_size=5,
        )
    )
    def test_shifted_columns_give_nobody_away(self, cells):
        """
        Names that slipped into other columns are not repeated in faults.
        """
        out = io.StringIO()
        csv.writer(out).writerows([["date", "track", "stage", "with", "label"], *cells])
        try:
            rounds_from_csv(out.getvalue())
        except InvalidRingError as error:
            assert not any(secret in str(error) for secret in SECRETS)  # noqa: PT017  # most documents are sound or not
