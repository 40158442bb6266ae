"""
What one profile costs in a long run, and what a hundred million cost then, on paper.

    python benchmarks/speed/cost.py            # prints the tables
    python benchmarks/speed/cost.py --write    # and writes them into docs/how-to/score-on-a-cluster.md

Each measure runs in a process of its own, which is what a worker is. Answers that come again are remembered, so both
ends are measured: profiles that share their answers, and profiles of which no two share one. What the process that
reads and writes needs for a profile is measured beside; it says how many workers one reader can feed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks"), str(Path(__file__).parent)]

from making import generated, renewed  # noqa: E402  # the paths come first
from spread import Spread  # noqa: E402  # the paths come first

import kowhy  # noqa: E402  # the paths come first
from kowhy.batch import Row  # noqa: E402  # the paths come first
from kowhy.engine import Engine  # noqa: E402  # the paths come first

PAGE = ROOT / "docs" / "how-to" / "score-on-a-cluster.md"
BEGIN, END = "<!-- written by benchmarks/speed/cost.py: begin -->", "<!-- end -->"

#: How many profiles the paper run has.
MANY = 100_000_000

#: What is done, whether the answers come again, and how many profiles are enough to measure it.
CASES = {
    "scores, answers that come again": ("score_many", True, 20_000),
    "scores, no answer twice": ("score_many", False, 5_000),
    "plans, answers that come again": ("plan_many", True, 400),
    "plans, no answer twice": ("plan_many", False, 400),
}


class Cost(NamedTuple):
    """
    What a profile costs: microseconds of processor time, bytes out, and the MiB that its worker needed at most.
    """

    micros: float
    out: float
    memory: float


def line(row: Row) -> str:
    """
    The row as ``kowhy batch`` writes it.
    """
    plan = {} if row.plan is None else {"plan": dict(row.plan)}
    found = {"line": row.line, "scores": dict(row.scores), "dominant": row.dominant} | plan
    return f"{json.dumps(found, ensure_ascii=False)}\n"


def one(name: str) -> None:
    """
    Do the work of a case here and say what it cost; a first part of it runs before the clock does.
    """
    call, again, number = CASES[name]
    texts = generated(number) if again else next(renewed(generated(number)))
    first = number // 10
    many = getattr(Engine(), call)
    assert not any(row.faults for row in many(texts[:first]))
    begin = time.process_time()
    out = sum(len(line(row).encode()) for row in many(texts[first:]))
    seconds = time.process_time() - begin
    left = number - first
    print(seconds / left * 1e6, out / left, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def cost(name: str) -> Cost:
    code = f"import cost; cost.one({name!r})"
    done = subprocess.run(  # noqa: S603  # this Python and nothing else
        [sys.executable, "-c", code], cwd=Path(__file__).parent, check=True, capture_output=True, text=True
    )
    return Cost(*map(float, done.stdout.split()))


def reader(number: int, *, plans: bool) -> float:
    """
    Microseconds of processor time for a profile in the process that reads lines, sends chunks and writes rows.
    """
    engine, texts = Engine(), generated(number)
    with ProcessPoolExecutor(2) as executor, Path(os.devnull).open("w", encoding="utf-8") as out:
        many = engine.plan_many if plans else engine.score_many
        list(many(texts[:100], executor, 50))
        begin = time.process_time()
        out.writelines(line(row) for row in many(texts, executor, 50 if plans else 1_000))
        return (time.process_time() - begin) / number * 1e6


def measure(rounds: int) -> list[str]:
    """
    The tables as lines of Markdown.
    """
    texts = generated(5_000)
    size = sum(len(text.encode()) + 1 for text in texts) / len(texts)
    found: dict[str, list[Cost]] = {name: [] for name in CASES}
    for _ in range(rounds):
        for name in CASES:
            found[name].append(cost(name))
    feeding = {
        "score_many": [reader(20_000, plans=False) for _ in range(rounds)],
        "plan_many": [reader(400, plans=True) for _ in range(rounds)],
    }
    head = (
        f"Run on {datetime.now(UTC):%Y-%m-%d} with Python {platform.python_version()} on {platform.machine()}, "
        f"{rounds} rounds; kowhy {kowhy.__version__}; generated profiles of {size:.0f} bytes."
    )
    measured = [
        "| one profile | microseconds of a core (µ) | of the reader (r) | bytes out | MiB of a worker |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    paper = [
        f"| {MANY:,} profiles | core hours | time on 64 cores | readers | memory of 64 workers | in | out |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, (call, *_) in CASES.items():
        micros = Spread.of([each.micros for each in found[name]])
        feeds = Spread.of(feeding[call])
        out = found[name][0].out
        memory = max(each.memory for each in found[name])
        measured.append(f"| {name} | {micros} | {feeds} | {out:,.0f} | {memory:.0f} |")
        hours = MANY * micros.middle / 3.6e9
        readers = -(-64 * feeds.middle // micros.middle)
        paper.append(
            f"| {name} | {_short(hours)} | {_time(hours / 64)} | {readers:.0f} | {64 * memory / 1024:.0f} GiB "
            f"| {MANY * size / 1e9:.0f} GB | {_short(MANY * out / 1e9)} GB |"
        )
    return [head, "", *measured, "", *paper]


def _time(hours: float) -> str:
    minutes = round(60 * hours)
    return f"{hours:.1f} hours" if hours >= 1 else "a minute" if minutes < 2 else f"{minutes} minutes"


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 10 else f"{number:.2g}"


def write(lines: list[str]) -> None:
    """
    Put the tables into their page.
    """
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, tail = rest.partition(END)
    body = "\n".join(lines)
    PAGE.write_text(f"{head}{BEGIN}\n\n{body}\n\n{END}{tail}", encoding="utf-8")


def main() -> None:
    """
    Measure, print, and write if asked to.
    """
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=5, help="how often all are measured in turn")
    parser.add_argument("--write", action="store_true", help=f"write the tables into {PAGE.name}")
    options = parser.parse_args()
    lines = measure(max(1, options.rounds))
    print("\n".join(lines))
    if options.write:
        write(lines)


if __name__ == "__main__":
    main()
