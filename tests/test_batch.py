"""
Many profiles at once: in order, lazy, on any executor, and resumable after a kill.
"""

from __future__ import annotations

import gzip
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kowhy import batch as many
from kowhy.cli.app import command
from kowhy.convert import to_json
from kowhy.engine import Engine
from kowhy.whys import Learn, Profile

ROOT = Path(__file__).parents[1]
GOOD = sorted((ROOT / "examples" / "profiles").glob("*.json"))
TEXTS = [path.read_text(encoding="utf-8") for path in GOOD]
LINES = [json.dumps(json.loads(text), ensure_ascii=False) for text in TEXTS]
ENGINE = Engine()


class Lazy(Executor):
    """
    An executor that works only when asked for a result, and counts what waits.
    """

    def __init__(self):
        self.submitted = 0

    def submit(self, fn, /, *args, **kwargs):
        self.submitted += 1
        future = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class TestRows:
    def test_the_scores_of_a_scorecard(self):
        """
        A row holds the scores and the leader that a full scorecard holds.
        """
        for row, text in zip(ENGINE.score_many(TEXTS), TEXTS, strict=True):
            card = ENGINE.score(text)

            assert dict(row.scores) == {why: score.score for why, score in card.whys.items()}
            assert row.dominant == card.dominant
            assert row.plan is None

    def test_plans(self):
        """
        With plans a row holds the best three of each part.
        """
        (row,) = ENGINE.plan_many(TEXTS[:1])

        assert row.plan == json.loads(json.dumps(dict(row.plan)))
        assert {len(row.plan[part]) for part in ("where", "say", "whom", "how")} == {3}

    def test_every_form_of_a_profile(self):
        """
        Profiles, mappings, texts and bytes give the same row.
        """
        profile = Profile(whys=(Learn(topic="three Satie pieces"),), name="Ana")
        forms = [profile, {"name": "Ana", "whys": [{"why": "learn", "topic": "three Satie pieces"}]}]
        forms += [json.dumps(forms[1]), json.dumps(forms[1]).encode()]

        assert len({row.scores for row in ENGINE.score_many(forms)}) == 1
        assert len({row.scores for row in ENGINE.score_many(forms, Lazy(), 1)}) == 1

    @pytest.mark.parametrize("executor", [None, Lazy()], ids=["here", "elsewhere"])
    @pytest.mark.parametrize("bad", ["{bad", "", b"\xff", "[]", '{"whys": []}', {"whys": {1, 2}}, 5, None, object()])
    def test_a_bad_one_never_stops_the_run(self, executor, bad):
        """
        What cannot be read becomes a row with its position and faults; those around it are scored.
        """
        rows = list(ENGINE.score_many([TEXTS[0], bad, TEXTS[0]], executor))

        assert [row.line for row in rows] == [1, 2, 3]
        assert rows[0].scores == rows[2].scores != {}
        assert rows[1].faults
        assert not rows[1].scores


class TestOrder:
    @given(
        lines=st.lists(st.sampled_from([*LINES[:4], "{bad"]), max_size=12),
        chunksize=st.integers(1, 13),
        plans=st.booleans(),
    )
    def test_chunks_make_no_difference(self, lines, chunksize, plans):
        """
        However the work is cut, the rows are those of one engine in a row.
        """
        run = ENGINE.plan_many if plans else ENGINE.score_many

        assert list(run(lines, Lazy(), chunksize)) == list(run(lines))

    @pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
    def test_real_executors(self, pool):
        """
        Threads and processes give the same rows.
        """
        lines = [*LINES, "{bad"] * 3
        with pool(2) as executor:
            assert list(ENGINE.score_many(lines, executor, 7)) == list(ENGINE.score_many(lines))

    def test_own_weights_travel(self):
        """
        A worker scores with the engine that was asked, not with the usual one.
        """
        engine = ENGINE.with_weights({"learn": {"topic": 9, "scope": 0}})
        text = '{"whys": [{"why": "learn", "topic": "three Satie pieces"}]}'

        (here,), (there,), (usual,) = (
            list(run([text], x))
            for run, x in ((engine.score_many, None), (engine.score_many, Lazy()), (ENGINE.score_many, None))
        )

        assert here == there != usual

    def test_lazy_in_and_out(self):
        """
        Items are read only as rows are taken, with a bounded number of chunks ahead.
        """
        read = []

        def items():
            for number in range(10_000):
                read.append(number)
                yield LINES[0]

        executor = Lazy()
        rows = ENGINE.score_many(items(), executor, 5)
        next(rows)

        assert executor.submitted == many.AHEAD
        assert len(read) == 5 * many.AHEAD
        rows.close()
        rows = ENGINE.score_many(items())
        read.clear()
        next(rows)
        assert len(read) == 1

    @pytest.mark.parametrize("run", [ENGINE.score_many, ENGINE.plan_many], ids=["scores", "plans"])
    def test_as_many_chunks_ahead_as_allowed(self, run):
        """
        A large cluster is kept busy by more chunks on their way.
        """
        executor = Lazy()
        next(run([LINES[0]] * 50, executor, 1, ahead=40))

        assert executor.submitted == 40

    def test_chunksize_and_ahead(self):
        """
        A chunk holds one item or more, and one chunk or more is on its way.
        """
        with pytest.raises(ValueError, match="chunksize must be 1 or more, not 0"):
            ENGINE.score_many([], None, 0)
        with pytest.raises(ValueError, match="ahead must be 1 or more, not -1"):
            ENGINE.score_many([], None, ahead=-1)

    def test_engine_pickles(self):
        """
        An engine that went to another process and back is the same.
        """
        assert pickle.loads(pickle.dumps(ENGINE)) == ENGINE

    def test_what_an_engine_has_heard_stays_where_it_is(self):
        """
        An engine that travels takes its rules along, and nothing of the answers that it has seen.
        """
        engine = Engine()
        before = pickle.dumps(engine)
        plan = engine.plan({"whys": [{"why": "solve_a_problem", "problem": "roofing debts in Ouagadougou"}]})
        first = pickle.dumps(plan.head(3))

        assert pickle.dumps(engine) == before
        assert to_json(plan.head(3)) == to_json(pickle.loads(first).head(3))
        assert pickle.dumps(plan.head(3)) == first


def kowhy(*arguments):
    return CliRunner().invoke(command, ["batch", *map(str, arguments)])


class TestCommand:
    @pytest.mark.parametrize("workers", [1, 2])
    def test_jsonl(self, tmp_path, workers):
        """
        One row a line; bad lines say what is wrong with their number.
        """
        source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_text("\n".join([LINES[0], "{bad", LINES[1]]) + "\n", encoding="utf-8")

        done = kowhy(source, target, "--workers", workers)
        rows = [json.loads(line) for line in target.read_text("utf-8").splitlines()]

        assert done.exit_code == 0
        assert [row["line"] for row in rows] == [1, 2, 3]
        assert rows[1]["faults"][0]["code"] == "json.syntax"
        assert rows[0]["scores"]
        assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]

    def test_csv_and_gz(self, tmp_path):
        """
        The ending says the form, packed in and out; the same rows give the same bytes.
        """
        source, target, again = tmp_path / "in.jsonl.gz", tmp_path / "out.csv.gz", tmp_path / "again.csv.gz"
        source.write_bytes(gzip.compress("\n".join([LINES[0], "{bad"]).encode()))

        kowhy(source, target)
        kowhy(source, again)
        head, first, second = gzip.decompress(target.read_bytes()).decode().splitlines()

        assert head.startswith("line,dominant,more_business,")
        assert first.startswith("1,")
        assert "json.syntax" in second
        assert target.read_bytes() == again.read_bytes()

    def test_plans(self, tmp_path):
        """
        Plans are added when asked for, and have no place in a table.
        """
        source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_text(f"{LINES[0]}\n", encoding="utf-8")

        assert kowhy(source, target, "--plans").exit_code == 0
        assert json.loads(target.read_text("utf-8"))["plan"]["where"]
        assert "batch.plans-as-csv" in kowhy(source, tmp_path / "out.csv", "--plans").stderr

    def test_a_line_beyond_all_limits(self, tmp_path):
        """
        An overlong line is one bad row, and the next line is read as usual.
        """
        source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_text(f'{{"x": "{"x" * 5_000_000}"}}\n{LINES[0]}\n', encoding="utf-8")

        kowhy(source, target)
        rows = [json.loads(line) for line in target.read_text("utf-8").splitlines()]

        assert [row["line"] for row in rows] == [1, 2]
        assert rows[0]["faults"][0]["code"] == "limit.text"
        assert rows[1]["scores"]

    def test_parts_of_another_run(self, tmp_path):
        """
        Parts that were made from another input are not mixed in.
        """
        source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_text(f"{LINES[0]}\n", encoding="utf-8")
        parts = tmp_path / "out.jsonl.parts"
        parts.mkdir()
        (parts / "manifest.json").write_text('{"sha256": "other"}', encoding="utf-8")

        done = kowhy(source, target)

        assert done.exit_code == 2
        assert "batch.other-run" in done.stderr
        assert not target.exists()

    def test_killed_in_the_middle(self, tmp_path):
        """
        After a kill the same command goes on, and the output is byte for byte that of a run in one go.
        """
        source, whole, target = (tmp_path / name for name in ("in.jsonl", "whole.jsonl", "out.jsonl"))
        source.write_text("\n".join([*LINES, "{bad"] * 1_200) + "\n", encoding="utf-8")
        assert kowhy(source, whole).exit_code == 0
        code = "from kowhy.cli import main; main()"
        process = subprocess.Popen(
            [sys.executable, "-c", code, "batch", str(source), str(target), "--workers", "2"],
            env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        parts = tmp_path / "out.jsonl.parts"
        while not list(parts.glob("*.part")) and process.poll() is None:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        kept = {path.name: path.stat().st_mtime_ns for path in parts.glob("*.part")}
        assert kept
        assert not target.exists()

        assert kowhy(source, target).exit_code == 0

        assert target.read_bytes() == whole.read_bytes()
        assert not parts.exists()


def test_a_mapping_that_misbehaves():
    """
    Whatever a strange object does when it is read, it costs one row.
    """

    class Odd(dict):
        def __iter__(self):
            raise ValueError

        items = keys = __iter__

    (row,) = ENGINE.score_many([Odd(whys=[])])

    assert row.faults
