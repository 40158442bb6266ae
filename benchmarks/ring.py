"""
What a review costs beside reading the same log with :func:`json.loads`, conversion apart.

Run it with ``python benchmarks/ring.py``; the two are measured in turn, so that a busy machine slows both alike.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import kowhy.ring
from kowhy.engine import Engine
from kowhy.plans import Plan

#: What is asked for: a review of so many rounds takes at most so many times as long as reading their JSON.
ROUNDS, MOST = 100_000, 2.0

_ROOT = Path(__file__).parents[1]
_TODAY = dt.date(2026, 3, 1)


def numbers(seed: int = 7) -> Iterator[int]:
    """
    Numbers that look like chance and are the same on every machine.
    """
    while True:
        seed = (seed * 6364136223846793005 + 1442695040888963407) % 2**64
        yield seed >> 33


def log(rounds: int, plan: Plan, *, people: int = 10_000) -> kowhy.ring.Ring:
    """
    A log of ten years in which each kind of round comes up, in no order.
    """
    draw = numbers()
    ids = [one.id for one in plan.recommendations]
    tracks, stages = list(kowhy.ring.Track), list(kowhy.ring.Stage)
    made = []
    for index in range(rounds):
        track = tracks[next(draw) % 4]
        person = next(draw) % people if next(draw) % 5 < 3 else None
        made.append(
            kowhy.ring.Round(
                id=f"r{index}",
                date=_TODAY - dt.timedelta(days=next(draw) % 3650),
                track=track,
                recommendation=ids[next(draw) % len(ids)] if next(draw) % 3 else None,
                target="land_a_job" if next(draw) % 10 == 0 else None,
                person=None if person is None else kowhy.ring.Contact(id=f"p{person}", label=f"Person {person}"),
                stage=None if person is None else stages[next(draw) % 6],
                result=kowhy.ring.Result.LANDED if next(draw) % 30 == 0 else kowhy.ring.Result.OPEN,
                note="talked about the flat roof and the leak" if next(draw) % 2 else "",
            )
        )
    return kowhy.ring.Ring(rounds=made)


def seconds(call: Callable[[], object]) -> float:
    """
    How long *call* keeps a processor busy; what else runs on the machine does not count.
    """
    start = time.process_time()
    call()
    return time.process_time() - start


def ratio(rounds: int, plan: Plan, *, times: int) -> tuple[float, float, float]:
    """
    Middle times of reading and of reviewing, and the middle of their ratios.
    """
    ring = log(rounds, plan)
    text = kowhy.ring.ring_to_json(ring)
    pairs = [
        (seconds(lambda: json.loads(text)), seconds(lambda: kowhy.ring.review(ring, today=_TODAY, plan=plan)))
        for _ in range(times)
    ]
    return (
        statistics.median(read for read, _ in pairs),
        statistics.median(done for _, done in pairs),
        statistics.median(done / read for read, done in pairs),
    )


def main() -> None:
    """
    Measure for growing logs, and fail when the largest takes too long.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=7, help="how often each is measured")
    times = parser.parse_args().times
    profile = (_ROOT / "examples" / "profiles" / "roofing_referrals.json").read_text(encoding="utf-8")
    plan = Engine().plan(profile)
    for rounds in (ROUNDS // 100, ROUNDS // 10, ROUNDS):
        read, done, middle = ratio(rounds, plan, times=times)
        print(f"{rounds:>7} rounds: json.loads {read * 1e3:8.2f} ms, review {done * 1e3:8.2f} ms, ratio {middle:.2f}")
    if middle > MOST:
        msg = f"a review of {ROUNDS} rounds took {middle:.2f} times json.loads; wanted at most {MOST}"
        raise SystemExit(msg)


if __name__ == "__main__":
    main()
