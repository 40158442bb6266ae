"""
The nightly job: a row for each line, faults on the side, and nothing stops it.
"""

from __future__ import annotations

import json

from kowhy.engine import Engine
from tests.examples.running import EXAMPLES, run

SCRIPT, PEOPLE = EXAMPLES / "nightly_batch.py", EXAMPLES / "nightly_batch.jsonl"


def printed(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


class TestJob:
    def test_a_row_for_each_line(self, tmp_path):
        """
        Scores, leading WHY and places are those that each profile gets by itself.
        """
        done = run(SCRIPT, cwd=tmp_path)

        found = printed(done)
        assert [row["line"] for row in found] == [1, 2, 3, 4, 5]
        for row, line in zip(found, PEOPLE.read_text(encoding="utf-8").splitlines(), strict=True):
            if "faults" not in row:
                card, plan = Engine().score(line), Engine().plan(line).head(3)
                assert row["scores"] == {why: one.score for why, one in card.whys.items()}
                assert row["dominant"] == card.dominant
                assert row["where"] == [venue.name for venue in plan.where]

    def test_bad_lines_are_told_without_what_was_given(self, tmp_path):
        """
        Each has its number, its place and what would work, and nothing private reaches the log.
        """
        done = run(SCRIPT, cwd=tmp_path)

        assert [row["faults"] for row in printed(done) if "faults" in row] == [["key.unknown"], ["json.syntax"]]
        assert done.stderr.splitlines() == [
            "line 2, /whys/0/topik: key.unknown; wanted topic",
            "line 4, as a whole: json.syntax; wanted ',' delimiter",
            "3 planned, 2 with faults",
        ]

    def test_a_line_in_another_encoding_stops_nothing(self, tmp_path):
        """
        The lines before and after it are planned.
        """
        good = b'{"whys": [{"why": "learn", "topic": "beekeeping"}]}\n'
        (tmp_path / "people.jsonl").write_bytes(good + '{"name": "Zoë"}\n'.encode("latin-1") + good)

        done = run(SCRIPT, "people.jsonl", cwd=tmp_path)

        assert [row.get("faults") for row in printed(done)] == [None, ["json.encoding"], None]

    def test_danger_to_life_is_not_passed_over(self, tmp_path):
        """
        A row of somebody who needs help at once says so in the place of venues.
        """
        profile = json.loads((EXAMPLES / "profiles" / "hard" / "danger_to_life.json").read_text(encoding="utf-8"))
        (tmp_path / "people.jsonl").write_text(json.dumps(profile), encoding="utf-8")

        (row,) = printed(run(SCRIPT, "people.jsonl", cwd=tmp_path))

        assert row["where"] == []
        assert row["emergency"] == Engine().plan(profile).emergency.text
