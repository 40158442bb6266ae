"""
The coach's evening: one overlay, one table, and a sheet for each client.
"""

from __future__ import annotations

import re
import shutil

import pytest

from tests.examples.running import EXAMPLES, run


@pytest.fixture
def room(tmp_path):
    """
    A copy of the example that may be changed.
    """
    for path in EXAMPLES.glob("coach*"):
        shutil.copy(path, tmp_path)
    return tmp_path


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


class TestTable:
    def test_all_clients_stand_in_it(self, room):
        """
        Name, leading WHY, score and the question to sharpen next; who cannot be read is told what would work.
        """
        table = run(room / "coach.py", cwd=room).stdout

        assert re.sub(r" +[0-9.]+  ", " … ", table).splitlines()[1:] == [
            "Noor (fictional)  Land a job … Which story would a former colleague tell to show that you can?",
            "Tom (fictional)   Land a job … Which organisations, by name? Start with five.",
            "Ilse (fictional)  More business … What do you do, in words that a child of ten repeats at supper?",
            "Ana (fictional)   Learn or Social reasons … Are you looking for friends, a romantic partner, or both?",
            "Piet (fictional)  cannot be read:",
            "  /whys/0/job_titel: key.unknown; got 'job_titel'; wanted job_type",
        ]

    def test_an_item_of_the_coach_counts(self, room):
        """
        Who answers the question that only this coach asks has a higher score than without it.
        """
        scores = [run(room / "coach.py", cwd=room).stdout.splitlines()[1].split()[5]]
        change(room / "coach_clients.toml", 'door_opener = "the ward sister of my last placement"\n', "")

        scores += [run(room / "coach.py", cwd=room).stdout.splitlines()[1].split()[5]]

        assert float(scores[0]) > float(scores[1])

    def test_the_overlay_is_what_makes_the_difference(self, room):
        """
        Without the coach's weight for the offer, kowhy's own order of questions is back.
        """
        change(room / "coach_overlay.toml", "x-kowhy-weight = 4\n", "")

        table = run(room / "coach.py", cwd=room).stdout

        assert "  Which industry are your buyers in?" in table

    def test_help_comes_first(self, room):
        """
        The row of a client whose words speak of danger to life says that nothing else matters now.
        """
        (room / "coach_clients.toml").write_text(
            '[[clients]]\nname = "Tom (fictional)"\n[[clients.whys]]\nwhy = "solve_a_problem"\n'
            'problem = "I do not want to live any more"\n',
            encoding="utf-8",
        )

        table = run(room / "coach.py", cwd=room).stdout

        assert table.splitlines()[1].endswith("  first of all the help that the sheet names")


class TestSheets:
    def test_one_for_each_client_that_can_be_read(self, room):
        """
        They go into the folder that is named, under number and name.
        """
        run(room / "coach.py", "this week", cwd=room)

        assert sorted(path.name for path in (room / "this week").iterdir()) == [
            "01-noor-fictional.html",
            "02-tom-fictional.html",
            "03-ilse-fictional.html",
            "04-ana-fictional.html",
        ]

    def test_they_hold_nothing_private(self, room):
        """
        The place that one client keeps private stands in her plan, and not on her sheet.
        """
        run(room / "coach.py", cwd=room)

        sheet = (room / "sheets" / "01-noor-fictional.html").read_text(encoding="utf-8")

        assert "RCN branch" in sheet
        assert "Leeds" in (room / "coach_clients.toml").read_text(encoding="utf-8")
        assert "Leeds" not in sheet

    def test_they_ask_in_the_coach_s_words(self, room):
        """
        What one more answer would open is asked for, and what was answered is named, as the overlay has it.
        """
        run(room / "coach.py", cwd=room)

        sheet = (room / "sheets" / "01-noor-fictional.html").read_text(encoding="utf-8")

        assert "Which story would a former colleague tell to show that you can?" in sheet
        assert "Wish list" in sheet

    def test_a_name_leads_nowhere_else(self, room):
        """
        A name with slashes and dots in it makes a file in the folder of the sheets.
        """
        change(room / "coach_clients.toml", "Noor (fictional)", "../../Noor / (fictional)")

        run(room / "coach.py", cwd=room)

        assert (room / "sheets" / "01-noor-fictional.html").exists()


class TestOverlay:
    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ("x-kowhy-weight = 4", "x-kowhy-weight = 40", "/properties/offer/x-kowhy-weight: value.too-large; got 40"),
            ("x-kowhy-weight = 4", "x-kowhy-wieght = 4", "/properties/offer/x-kowhy-wieght: key.unknown"),
            ("properties.mission]", "properties.mision]", "/properties/mision: key.missing"),
        ],
    )
    def test_a_slip_of_the_pen_is_told_with_its_place(self, room, old, new, told):
        """
        Nobody is scored by half an overlay.
        """
        change(room / "coach_overlay.toml", old, new)

        done = run(room / "coach.py", cwd=room)

        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("coach_overlay.toml#")
        assert told in done.stderr
        assert not (room / "sheets").exists()
