"""
The import from a CRM: what it adds, what it refuses, and that it loses nothing.
"""

from __future__ import annotations

import csv
import io

import pytest

from kowhy.engine import Engine
from tests.examples.running import EXAMPLES, run

SCRIPT, EXPORT = EXAMPLES / "crm_import.py", EXAMPLES / "crm_import.csv"
HEADER = "First Name,Country Code,Services Wanted,Target Industry,Target Job Title,Target Territory\n"


def rows(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def imported(tmp_path, data):
    """
    What became of an export with *data* in it.
    """
    (tmp_path / "export.csv").write_bytes(data)
    return run(SCRIPT, "export.csv", cwd=tmp_path)


class TestExport:
    def test_nothing_is_lost(self, tmp_path):
        """
        Behind the three new columns every row stands as it came, in its place, the bad ones as well.
        """
        done = run(SCRIPT, cwd=tmp_path)

        assert done.returncode == 0
        assert [row[3:] for row in rows(done.stdout)] == rows(EXPORT.read_text(encoding="utf-8"))

    def test_good_rows_get_a_score_and_a_question(self, tmp_path):
        """
        Score and question are those of the profile that a person would write by hand.
        """
        ilse = {
            "why": "more_business",
            "business_type": "tuning contracts for grand pianos",
            "industry": "concert halls",
            "profession": ["house technician", "stage manager"],
            "geography": "Ghent and 40 km around",
        }
        profile = {"name": "Ilse (fictional)", "country": "BE", "whys": [ilse]}
        score = Engine().score(profile).whys["more_business"].score
        (question,) = Engine().next_questions(profile, limit=1)

        first = rows(run(SCRIPT, cwd=tmp_path).stdout)[1]

        assert first[:3] == [f"{score:.2f}", question.text, ""]

    def test_bad_rows_are_told_with_line_column_and_what_would_work(self, tmp_path):
        """
        Each stands in its row and on the side, and has neither score nor question.
        """
        done = run(SCRIPT, cwd=tmp_path)

        bad = {row[3]: row[:3] for row in rows(done.stdout) if row[2] and row[3].isdigit()}
        country = "Country Code: got 'Scotland'; wanted an ISO 3166-1 alpha-2 code in capitals such as DE or GB"
        cells = "got 10 cells; wanted 9; put quotes around a cell that holds a comma"
        assert bad == {"90103": ["", "", country], "90104": ["", "", cells]}
        assert done.stderr.splitlines() == [f"crm_import.csv, line 4: {country}", f"crm_import.csv, line 5: {cells}"]


class TestOwnFile:
    def test_lines_are_counted_as_an_editor_does(self, tmp_path):
        """
        Neither a cell of several lines, nor an empty line, nor a mark at the start of the file shifts the number.
        """
        good = '\r\nAda,GB,"fences,\r\nand gates",,,Leeds\r\n\r\n'
        data = f"\ufeff{HEADER.strip()}{good}Bo,Wales,hedges,,,\r\n".encode()

        done = imported(tmp_path, data)

        assert done.stderr.startswith("export.csv, line 5: Country Code: got 'Wales'; wanted ")
        assert len(rows(done.stdout)) == 3

    def test_several_values_of_a_cell_are_several_answers(self, tmp_path):
        """
        Each is rated by itself, so a vague one beside a specific one does no harm.
        """
        done = imported(tmp_path, f"{HEADER}Ada,GB,,,practice manager,\nBo,GB,,,anybody;practice manager,\n".encode())

        one, several = rows(done.stdout)[1:]
        assert several[0] == one[0] > "0"

    def test_a_missing_column_is_named(self, tmp_path):
        """
        Without a column that it needs nothing is written, and the message says which is missing.
        """
        done = imported(tmp_path, HEADER.replace(",Target Territory", ",Region").encode())

        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.rstrip().endswith("Region; wanted also Target Territory")

    @pytest.mark.parametrize("data", [HEADER.encode("utf-16"), f"{HEADER}Zo\xeb,NL,,,,\n".encode("latin-1")])
    def test_another_encoding_is_refused_as_a_whole(self, tmp_path, data):
        """
        A file that is not in UTF-8 is not guessed at.
        """
        done = imported(tmp_path, data)

        assert (done.returncode, done.stdout) == (1, "")
        assert "CSV UTF-8" in done.stderr

    def test_a_file_that_is_not_there(self, tmp_path):
        """
        It is named in one line.
        """
        done = run(SCRIPT, "gone.csv", cwd=tmp_path)

        assert done.returncode == 1
        assert done.stderr.startswith("gone.csv: ")
        assert done.stderr.count("\n") == 1
