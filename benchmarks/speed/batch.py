"""
What many profiles cost in memory, and what a second process gains.

    python benchmarks/speed/batch.py            # a million profiles beside ten thousand, one process beside two

Each memory is that of a process of its own. How many cores were free is measured beside, with two processes that only
count, since a busy neighbour takes from two what it does not take from one.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(Path(__file__).parent))

from making import generated  # noqa: E402  # the paths come first

from kowhy.engine import Engine  # noqa: E402


def peak(number: int) -> tuple[float, float]:
    """
    The memory in MiB that *number* profiles need at most, and the profiles of one second.
    """
    code = f"import batch; batch.one({number})"
    done = subprocess.run(  # noqa: S603  # this Python and nothing else
        [sys.executable, "-c", code], cwd=Path(__file__).parent, check=True, capture_output=True, text=True
    )
    memory, speed = done.stdout.split()
    return float(memory), float(speed)


def one(number: int) -> None:
    """
    Score *number* profiles here and say what it took.
    """
    texts = generated(5_000)
    begin = time.process_time()
    rows = sum(1 for row in Engine(packs=()).score_many(islice(cycle(texts), number)) if not row.faults)
    seconds = time.process_time() - begin
    if rows != number:
        raise RuntimeError(rows)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, number / seconds)


def spin(turns: int) -> int:
    """
    Work that needs a core and nothing else.
    """
    return sum(turn % 7 for turn in range(turns))


def gains(number: int, rounds: int) -> tuple[list[float], list[float]]:
    """
    In each round, how many times as fast two processes are as one: at scoring, and at counting.
    """
    texts, engine = generated(number), Engine(packs=())
    with ProcessPoolExecutor(1) as alone, ProcessPoolExecutor(2) as pair:
        found: tuple[list[float], list[float]] = ([], [])

        def took(pool: ProcessPoolExecutor, *, scoring: bool) -> float:
            begin = time.perf_counter()
            if scoring:
                for row in engine.score_many(texts, pool, 1_000):
                    assert not row.faults
            else:
                list(pool.map(spin, [1_500_000] * 8))
            return time.perf_counter() - begin

        for pool in (alone, pair):
            took(pool, scoring=True)
        for _ in range(rounds):
            for place, scoring in enumerate((True, False)):
                found[place].append(took(alone, scoring=scoring) / took(pair, scoring=scoring))
    return found


def main() -> None:
    """
    Measure and print.
    """
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--few", type=int, default=10_000)
    parser.add_argument("--many", type=int, default=1_000_000)
    options = parser.parse_args()
    (few, _), (many, speed) = peak(options.few), peak(options.many)
    print(f"{options.few:,} profiles: {few:.0f} MiB; {options.many:,}: {many:.0f} MiB, {many / few:.2f} times as much")
    print(f"{speed:,.0f} profiles a second of processor time")
    scoring, counting = gains(20_000, options.rounds)
    for what, ratios in (("scoring", scoring), ("counting, which shows the cores that were free", counting)):
        middle = statistics.median(ratios)
        print(f"two processes beside one, {what}: {middle:.2f} ({min(ratios):.2f}–{max(ratios):.2f})")


if __name__ == "__main__":
    main()
