"""
Score a folder of profiles on a cluster: `score_many` takes Dask's executor as it takes a pool of processes.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import Executor
from pathlib import Path
from tempfile import TemporaryDirectory

from kowhy import Engine

try:
    from dask.distributed import Client, LocalCluster
except ImportError:
    sys.exit("This example runs on Dask; install it with: python -m pip install 'kowhy[scale]'")


def score_folder(source: Path, target: Path, executor: Executor | None) -> None:
    """
    Write one file of rows for each file of profiles, line for line; a bad line becomes a row with its faults.
    """
    engine = Engine()
    for path in sorted(source.glob("*.jsonl")):
        with path.open("rb") as lines, (target / path.name).open("w", encoding="utf-8") as out:
            for row in engine.score_many(lines, executor, chunksize=500):
                found = {"scores": dict(row.scores)} if row.scores else {"faults": [str(fault) for fault in row.faults]}
                print(json.dumps({"file": path.name, "line": row.line} | found), file=out)


if __name__ == "__main__":  # each worker imports this file as well, and must not start workers of its own
    with TemporaryDirectory() as place, LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as pair:
        (people := Path(place, "people")).mkdir()
        for town in ("ghent.jsonl", "leeds.jsonl"):
            people.joinpath(town).write_text('{"whys": [{"why": "learn", "topic": "Welsh"}]}\n[]\n', encoding="utf-8")
        with Client(pair) as client, client.get_executor() as executor:
            score_folder(people, Path(place), executor)
        print(*[path.read_text(encoding="utf-8") for path in sorted(Path(place).glob("*.jsonl"))], sep="", end="")
