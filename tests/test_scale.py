"""
Beyond one machine: the same call on workers of a cluster, and on any executor at all.
"""

from __future__ import annotations

import json
import os
import pickle
import runpy
import subprocess
import sys
from collections import deque
from concurrent.futures import Executor
from pathlib import Path

import pytest

from kowhy.engine import Engine

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "dask_scoring.py"
LINES = [
    json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False)
    for path in sorted((ROOT / "examples" / "profiles").glob("*.json"))
]
ENGINE = Engine()


class Promise:
    """
    What a strange executor hands out: it has a result and can be cancelled, and that is all.
    """

    def __init__(self, parcel):
        self.parcel = parcel

    def result(self):
        fn, args, kwargs = pickle.loads(self.parcel)
        return pickle.loads(pickle.dumps(fn(*args, **kwargs)))

    def cancel(self):
        self.parcel = None


class Strange(Executor):
    """
    An executor with futures of its own, whose work shares nothing with this process but what can be pickled.
    """

    def __init__(self):
        self.promised = deque()

    def submit(self, fn, /, *args, **kwargs):
        self.promised.append(Promise(pickle.dumps((fn, args, kwargs))))
        return self.promised[-1]


class TestAnyExecutor:
    @pytest.mark.parametrize("run", [ENGINE.score_many, ENGINE.plan_many], ids=["scores", "plans"])
    def test_futures_of_its_own(self, run):
        """
        An executor needs to hand out no more than something with a result that can be cancelled.
        """
        lines = [*LINES[:3], "{bad"]

        assert list(run(lines, Strange(), 2)) == list(run(lines))

    def test_what_waits_is_cancelled(self):
        """
        Whoever stops taking rows leaves no work behind on the workers.
        """
        executor = Strange()
        rows = ENGINE.score_many(LINES[:5] * 20, executor, 1)
        next(rows)

        rows.close()

        first, *waiting = executor.promised
        assert first.parcel
        assert waiting
        assert not any(one.parcel for one in waiting)


@pytest.fixture(scope="module")
def score_folder():
    """
    The function of the example, which needs Dask to be imported.
    """
    pytest.importorskip("distributed", reason="needs Dask: python -m pip install -e '.[scale]'")
    return runpy.run_path(str(EXAMPLE))["score_folder"]


@pytest.fixture(scope="module")
def executor(score_folder):  # noqa: ARG001  # it skips where Dask is absent
    """
    Dask's executor on a cluster of two processes.
    """
    from dask.distributed import Client, LocalCluster  # noqa: PLC0415  # it may be absent

    with (
        pytest.MonkeyPatch.context() as patch,
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
    ):
        patch.setenv("PYTHONPATH", str(ROOT / "src"))
        with Client(cluster) as client, client.get_executor() as executor:
            yield executor


@pytest.fixture
def folder(tmp_path):
    """
    Three files of profiles, one of them empty, with a bad line here and there, and a place for the rows.
    """
    (tmp_path / "in").mkdir()
    for name, lines in {"a": [*LINES, "{bad"] * 40, "b": ["", *LINES[::-1]], "c": []}.items():
        text = "".join(f"{line}\n" for line in lines)
        (tmp_path / "in" / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


class TestDask:
    def test_a_folder_on_two_workers(self, score_folder, executor, folder):
        """
        Two workers write the same files, byte for byte, as one process does.
        """
        for name, runs in (("here", None), ("there", executor)):
            (folder / name).mkdir()
            score_folder(folder / "in", folder / name, runs)
        here, there = (
            {path.name: path.read_bytes() for path in (folder / name).iterdir()} for name in ("here", "there")
        )

        assert list(map(len, (here, there))) == [3, 3]
        assert here == there

    def test_each_row_says_where_it_comes_from(self, score_folder, executor, folder):
        """
        A row names its file and line, and a bad one says what is wrong.
        """
        score_folder(folder / "in", folder, executor)
        rows = [json.loads(line) for line in (folder / "b.jsonl").read_text(encoding="utf-8").splitlines()]

        assert [(row["file"], row["line"]) for row in rows] == [("b.jsonl", line) for line in range(1, len(LINES) + 2)]
        assert rows[0]["faults"] == ["(document): json.empty; got nothing; wanted a profile in JSON"]
        assert all(row["scores"] for row in rows[1:])

    def test_it_happens_on_two_workers(self, executor):
        """
        The cluster has two processes of its own, and plans come back from them as they are made here.
        """
        workers = set(executor._client.run(os.getpid).values())

        assert len(workers - {os.getpid()}) == 2
        assert executor.submit(os.getpid).result() in workers
        assert list(ENGINE.plan_many(LINES[:4], executor, 1)) == list(ENGINE.plan_many(LINES[:4]))


def test_it_says_what_to_install(tmp_path):
    """
    Without Dask the example says in one line what is missing.
    """
    (tmp_path / "dask.py").write_text("raise ImportError\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(EXAMPLE)],
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT / 'src'}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == "This example runs on Dask; install it with: python -m pip install 'kowhy[scale]'\n"
