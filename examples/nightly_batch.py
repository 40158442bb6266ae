"""
A nightly job: scores and a plan for every profile of a file, on all cores, and a bad line stops nothing.

``python examples/nightly_batch.py people.jsonl > plans.jsonl`` does it with a file of yours, one profile a line.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from kowhy import Engine


def main(source: Path) -> None:
    """
    Print a row for each line of *source*, and tell what is wrong on the side.
    """
    good = bad = 0
    # As bytes, so that a line in another encoding is one bad line; read as they are needed, however many there are.
    with source.open("rb") as lines, ProcessPoolExecutor() as executor:
        # Who wants the scores alone takes score_many, which is faster.
        for row in Engine().plan_many(lines, executor, chunksize=100):
            for fault in row.faults:
                # What was given may be private and stays out of the log.
                wrong = f"line {row.line}, {fault.pointer or 'as a whole'}: {fault.code}; wanted {fault.wanted}"
                print(wrong, file=sys.stderr)
            if row.plan is None:
                bad += 1
                found = {"line": row.line, "faults": [fault.code for fault in row.faults]}
            else:
                good += 1
                # For the eyes of that person: an answer may stand in such a name, a private one as well.
                places = [venue["name"] for venue in row.plan["where"]]
                found = {"line": row.line, "dominant": row.dominant, "scores": dict(row.scores), "where": places}
                if "emergency" in row.plan:  # somebody writes of danger to life, and needs help instead of a plan
                    found["emergency"] = row.plan["emergency"]["text"]
            print(json.dumps(found, ensure_ascii=False), flush=True)
    print(f"{good} planned, {bad} with faults", file=sys.stderr)


if __name__ == "__main__":  # each worker imports this file, and must not start the job again
    main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).with_suffix(".jsonl"))
