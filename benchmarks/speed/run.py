"""
How fast profiles are read, scored and planned for, in times of `json.loads` of the same profile.

    python benchmarks/speed/run.py            # prints the tables
    python benchmarks/speed/run.py --write    # and writes them into docs/explanation/speed.md

All run in one process, in turn, for several rounds, and what is compared are ratios within a round: absolute times say
more of a machine than of a program. pyperf and pytest-benchmark run one subject after the other, each in processes or
rounds of its own, so that a busy neighbour would hit one and spare the next; hence a clock of our own.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import attrs

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]

from making import examples, generated, renewed  # noqa: E402  # the paths come first
from peers import BySchema, jsonschema_in_rust, python_jsonschema  # noqa: E402  # the paths come first
from spread import Spread  # noqa: E402  # the paths come first

import kowhy  # noqa: E402  # the paths come first
from kowhy.compiled import compiled  # noqa: E402  # the paths come first
from kowhy.convert import profile_from_json, to_dict  # noqa: E402  # the paths come first
from kowhy.engine import Engine  # noqa: E402  # the paths come first
from kowhy.rating import EnglishRater  # noqa: E402  # the paths come first
from kowhy.scoring import bare_scores, score_profile  # noqa: E402  # the paths come first
from kowhy.whys import Profile  # noqa: E402  # the paths come first

PAGE = ROOT / "docs" / "explanation" / "speed.md"
BEGIN, END = "<!-- written by benchmarks/speed/run.py: begin -->", "<!-- end -->"

#: How long one subject is measured in a round, at least, in seconds.
LEAST = 0.02

Work = Callable[[], object]


def timed(work: Work) -> float:
    """
    Seconds of processor time; what runs beside takes nothing from it.
    """
    begin = time.process_time()
    work()
    return time.process_time() - begin


def in_turn(works: dict[str, Work], rounds: int) -> dict[str, list[float]]:
    """
    The seconds of each work in each round.
    """
    times = {name: max(1, round(LEAST / max(timed(work), 1e-9))) for name, work in works.items()}
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        gc.collect()
        for name, work in works.items():
            found[name].append(timed(lambda work=work, name=name: [work() for _ in range(times[name])]) / times[name])
    return found


def drain(results: Iterable[object]) -> None:
    """
    Let all results come about and keep none of them: to find room for thousands would cost more than to make them.
    """
    deque(results, maxlen=0)


def ratios(found: dict[str, list[float]], name: str, base: str) -> list[float]:
    return [one / other for one, other in zip(found[name], found[base], strict=True)]


@attrs.frozen
class Line:
    """
    One line of a table: what was measured, and what was asked for.
    """

    what: str
    spread: Spread
    asked: str = ""


class Known:
    """
    Profiles with answers that were rated before.
    """

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.engine = Engine(packs=())
        self.profiles = [self.engine.profile(text) for text in texts]
        self.rater = self.engine.rater
        by_python, by_rust = (BySchema(prepare, self.rater) for prepare in (python_jsonschema, jsonschema_in_rust))
        self.alike = [profile for profile in self.profiles if by_python.scores(profile) == self.bare(profile)]
        self.by = {"python-jsonschema": by_python, "jsonschema-rs": by_rust}

    def bare(self, profile: Profile) -> dict[str, float]:
        return bare_scores(profile, checklists=self.engine.checklists, rater=self.rater)[0]

    def works(self) -> dict[str, Work]:
        checklists, rater = self.engine.checklists, self.rater
        return {
            "loads": lambda: drain(map(json.loads, self.texts)),
            "convert": lambda: drain(profile_from_json(text, checklists=checklists) for text in self.texts),
            "score": lambda: drain(score_profile(one, checklists=checklists, rater=rater) for one in self.profiles),
            "read": lambda: drain(
                hash(score_profile(one, checklists=checklists, rater=rater)) for one in self.profiles
            ),
            "bare": lambda: drain(map(self.bare, self.profiles)),
            "many": lambda: drain(self.engine.score_many(self.profiles)),
            "many texts": lambda: drain(self.engine.score_many(self.texts)),
        }

    def peers(self) -> dict[str, Work]:
        checklists, rater = self.engine.checklists, self.rater
        return {
            "bare": lambda: drain(map(self.bare, self.alike)),
            "score": lambda: drain(score_profile(one, checklists=checklists, rater=rater) for one in self.alike),
            **{name: lambda peer=peer: drain(map(peer.scores, self.alike)) for name, peer in self.by.items()},
        }

    def lines(self, rounds: int) -> Iterator[Line]:
        found = in_turn(self.works(), rounds)
        for name, what, asked in (
            ("convert", "JSON text to `Profile`", "2.5"),
            ("score", "whole scorecard", "6"),
            ("read", "whole scorecard, every part of it read and hashed", ""),
            ("bare", "bare scores", "2.5"),
            ("many", "`score_many`, profiles", ""),
            ("many texts", "`score_many`, JSON texts", ""),
        ):
            yield Line(what, Spread.of(ratios(found, name, "loads")), f"at most {asked}" if asked else "")

    def peer_lines(self, rounds: int) -> Iterator[Line]:
        found = in_turn(self.peers(), rounds)
        asked = {("python-jsonschema", "bare"): "at least 12"}
        for peer in self.by:
            for name, what in (("bare", "bare scores"), ("score", "whole scorecard")):
                spread = Spread.of(ratios(found, peer, name))
                yield Line(f"{peer}, in times of kowhy's {what}", spread, asked.get((peer, name), ""))


def new_answers(texts: list[str], rounds: int) -> Iterator[Line]:
    """
    Scorecards of answers that nobody has seen, beside the ratings of as many others that nobody has seen either.
    """
    engine, rater, fresh = Engine(packs=()), EnglishRater(), renewed(texts)
    share, whole, rates = [], [], []
    for _ in range(rounds):
        gc.collect()
        loads = timed(lambda: drain(json.loads(text) for _ in range(10) for text in texts)) / 10
        asked = [
            (answer, item.ask)
            for text in next(fresh)
            for why in engine.profile(text).whys
            for item in compiled(engine.checklists[why.why]).asked
            for answer in item.answers(why)
        ]
        rate = timed(lambda asked=asked: drain(rater.rate(answer, ask=ask) for answer, ask in asked))
        profiles = [engine.profile(text) for text in next(fresh)]
        score = timed(lambda profiles=profiles: drain(map(engine.score, profiles)))
        share.append((score - 6 * loads) / rate)
        whole.append(score / loads)
        rates.append(rate / loads)
    yield Line("whole scorecard, new answers", Spread.of(whole))
    yield Line("`rate()` of the new answers", Spread.of(rates))
    yield Line("whole scorecard less 6 × `json.loads`, in times of `rate()`", Spread.of(share), "at most 1.25")


def plans(texts: list[str], rounds: int) -> Iterator[Line]:
    """
    Plans with the whole catalogue, and three a part in words.
    """
    engine = Engine()
    profiles = [engine.profile(text) for text in texts]

    def rendered(profile: Profile) -> object:
        return to_dict(engine.plan(profile).head(3))

    def count(profile: Profile) -> int:
        """
        The texts of a plan that are put into words: those of what it recommends, and the names of what is near.
        """
        head = engine.plan(profile).head(3)
        return sum(len(one.wordings) for one in head.recommendations) + len(head.near_misses)

    words = sum(map(count, profiles))
    found = in_turn(
        {
            "loads": lambda: drain(map(json.loads, texts)),
            "score": lambda: drain(map(engine.score, profiles)),
            "plan": lambda: drain(map(engine.plan, profiles)),
            "rendered": lambda: drain(map(rendered, profiles)),
        },
        rounds,
    )
    yield Line("plan, nothing rendered", Spread.of(ratios(found, "plan", "loads")))
    each = len(texts) / words
    extra = [
        (whole - score) / loads * each
        for whole, score, loads in zip(found["rendered"], found["score"], found["loads"], strict=True)
    ]
    yield Line("plan, three a part rendered, less its score, for each text", Spread.of(extra), "at most 2")


HELP = "import sys; sys.argv = ['kowhy', '--help']; from kowhy.cli import main; main()"


def starts(rounds: int) -> Iterator[Line]:
    """
    What a new Python needs, in times of one that imports attrs; compiled files are there before the clock runs.
    """
    with tempfile.TemporaryDirectory() as cache:
        env = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONPYCACHEPREFIX": cache}
        env.pop("PYTHONDONTWRITEBYTECODE", None)

        def start(code: str) -> float:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-c", code], env=env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # this Python and nothing else
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

        codes = {"attrs": "import attrs", "kowhy": "import kowhy", "help": HELP}
        for code in codes.values():
            start(code)
        found: dict[str, list[float]] = {name: [] for name in codes}
        for _ in range(rounds):
            for name, code in codes.items():
                found[name].append(start(code))
    yield Line("`import kowhy`", Spread.of(ratios(found, "kowhy", "attrs")), "at most 1.4")
    yield Line("`kowhy --help`", Spread.of(ratios(found, "help", "attrs")), "at most 2.5")


def table(head: str, *columns: Sequence[Line]) -> list[str]:
    """
    The same lines measured on one or two sets of profiles, side by side.
    """
    found = [head, "| --- |" + " ---: |" * (len(columns) + 1)]
    for lines in zip(*columns, strict=True):
        cells = [lines[0].what, *[str(line.spread) for line in lines], lines[0].asked]
        found.append(f"| {' | '.join(cells)} |")
    return [*found, ""]


def measure(rounds: int, number: int) -> list[str]:
    """
    Everything, as lines of Markdown.
    """
    sets = [Known(generated(number)), Known(examples())]
    size = [f"{sum(map(len, each.texts)) / len(each.texts):.0f}" for each in sets]
    both = "| | generated | examples | asked for |"
    agreed = ", ".join(f"{len(each.alike):,} of {len(each.texts):,}" for each in sets)
    return [
        (
            f"Run on {datetime.now(UTC):%Y-%m-%d} with Python {platform.python_version()} on {platform.machine()}, "
            f"{rounds} rounds; {_versions()}."
        ),
        f"{number:,} generated profiles of {size[0]} characters, {len(sets[1].texts)} examples of {size[1]}.",
        "",
        "In times of `json.loads` of the same profiles, all answers known:",
        "",
        *table(both, *[list(each.lines(rounds)) for each in sets]),
        (
            "The same checklists evaluated with prebuilt validators, one for each rung, in times of kowhy "
            f"({agreed} profiles, on which all agree):"
        ),
        "",
        *table(both, *[list(each.peer_lines(rounds)) for each in sets]),
        "In times of `json.loads` unless it says otherwise, with answers that were never seen before, and with plans:",
        "",
        *table(both, *[list(new_answers(each.texts[:100], rounds)) for each in sets]),
        *table(both, *[list(plans(each.texts[:100], rounds)) for each in sets]),
        "In times of a new Python that imports attrs:",
        "",
        *table("| | | asked for |", list(starts(rounds))),
    ]


def _versions() -> str:
    found = [f"kowhy {kowhy.__version__}"]
    for name in ("attrs", "jsonschema", "jsonschema-rs"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"no {name}")
    return ", ".join(found)


def write(lines: Sequence[str]) -> None:
    """
    Put the tables into their page.
    """
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, tail = rest.partition(END)
    body = "\n".join(lines).strip()
    PAGE.write_text(f"{head}{BEGIN}\n\n{body}\n\n{END}{tail}", encoding="utf-8")


def main() -> None:
    """
    Measure, print, and write if asked to.
    """
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=9, help="how often all are measured in turn, at least 7")
    parser.add_argument("--profiles", type=int, default=1_000, help="how many profiles are generated")
    parser.add_argument("--write", action="store_true", help=f"write the tables into {PAGE.name}")
    options = parser.parse_args()
    lines = measure(max(7, options.rounds), options.profiles)
    print("\n".join(lines))
    if options.write:
        write(lines)


if __name__ == "__main__":
    main()
