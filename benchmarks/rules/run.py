"""
How fast rules are found: kowhy beside JSON Schema and beside public rule engines, on the same rules and profiles.

    python -m pip install -r benchmarks/rules/requirements.txt   # the peers; without them they are skipped
    python benchmarks/rules/run.py            # prints the table
    python benchmarks/rules/run.py --write    # and writes it into docs/explanation/rules-speed.md

All run in one process, in turn, for several rounds, and what is compared are ratios within a round: absolute times say
more of a machine than of a program. Before any clock runs, each engine must have found the same rules as kowhy.
"""

from __future__ import annotations

import argparse
import gc
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]

from making import Deck, decks, scorecards  # noqa: E402  # the paths come first
from peers import PEERS, Contender, Facts, JsonSchema, JsonSchemaTexts, Linear, installed  # noqa: E402  # the paths come first
from spread import Spread  # noqa: E402  # the paths come first

from kowhy.forms import fold  # noqa: E402  # the paths come first
from kowhy.matching import Matcher  # noqa: E402  # the paths come first
from kowhy.rules import Rule  # noqa: E402  # the paths come first
from kowhy.scorecards import Scorecard  # noqa: E402  # the paths come first

PAGE = ROOT / "docs" / "explanation" / "rules-speed.md"
BEGIN, END = "<!-- written by benchmarks/rules/run.py: begin -->", "<!-- end -->"

#: How long one engine is measured in a round, at least, in seconds.
LEAST = 0.05


class Kowhy:
    """
    The index of kowhy; what may be read besides is each condition of what fired, or what nearly did.

    It remembers which words an answer holds; with ``"new"`` it has to look at each answer again.
    """

    def __init__(self, rules: Sequence[Rule], cards: Sequence[Scorecard], *, read: str = "") -> None:
        self.matcher = Matcher.of(rules)
        self.cards = cards
        self.read = read

    def fired(self, number: int) -> set[str]:
        if self.read == "new":
            fold.cache_clear()
            for shelf in self.matcher._index._shelves.values():  # noqa: SLF001  # nobody else has to forget
                shelf.words.known.clear()
        match = self.matcher.match(self.cards[number])
        if self.read == "conditions":
            _ = [outcome.conditions for outcomes in match.fired for outcome in outcomes]
        elif self.read == "near":
            _ = match.near
        return {outcomes[0].rule.id for outcomes in match.fired}


def clock(contender: Contender, profiles: int) -> Callable[[], float]:
    """
    Measures the seconds of processor time that *contender* takes for one profile.
    """

    def once(times: int) -> float:
        begin = time.process_time()
        for _ in range(times):
            for number in range(profiles):
                contender.fired(number)
        return (time.process_time() - begin) / times / profiles

    times = max(1, round(LEAST / max(once(1) * profiles, 1e-9)))
    return lambda: once(times)


def check(name: str, contender: Contender, wanted: Sequence[set[str]]) -> None:
    """
    Make sure that *contender* finds the rules that are *wanted*.

    Raises:
        RuntimeError: It finds others.
    """
    for number, ids in enumerate(wanted):
        found = contender.fired(number)
        if found != ids:
            msg = f"{name} finds other rules on profile {number}: {sorted(found ^ ids)[:5]}"
            raise RuntimeError(msg)


def build(deck: Deck, cards: Sequence[Scorecard]) -> tuple[dict[str, Contender], dict[str, float], list[str]]:
    """
    Every engine that is installed, checked against kowhy; the seconds that each takes to get ready; who is missing.
    """
    made: dict[str, Contender] = {}
    took: dict[str, float] = {}
    missing: list[str] = []

    def add(name: str, make: Callable[[], Contender]) -> None:
        begin = time.process_time()
        contender = make()
        # Once round, for kowhy builds the shelf of a WHY when it is first asked for.
        found = [contender.fired(number) for number in range(len(cards))]
        took[name] = time.process_time() - begin
        if name == "kowhy":
            wanted.extend(found)
        check(name, contender, wanted)
        made[name] = contender

    wanted: list[set[str]] = []
    facts = tuple(Facts.of(deck.rules, card) for card in cards)
    add("kowhy", lambda: Kowhy(deck.rules, cards))
    add("kowhy, answers that it has not heard before", lambda: Kowhy(deck.rules, cards, read="new"))
    add("kowhy, conditions read", lambda: Kowhy(deck.rules, cards, read="conditions"))
    add("kowhy, near misses read", lambda: Kowhy(deck.rules, cards, read="near"))
    add("kowhy, each rule checked", lambda: Linear(deck.rules, facts))
    add("python-jsonschema, over the answers", lambda: JsonSchemaTexts(deck.rules, facts))
    add("python-jsonschema, words found beforehand", lambda: JsonSchema(deck.rules, facts))
    for package, (name, cls) in PEERS.items():
        if installed(package) is None:
            missing.append(package)
        else:
            add(name, lambda cls=cls: cls(deck.rules, facts))
    return made, took, missing


def measure(rounds: int, small: int, large: int) -> list[str]:
    """
    The lines of the page's table and what stands around it.
    """
    cards = scorecards(ROOT / "examples" / "profiles")
    three = decks(cards, small=small, large=large, fire=max(1, small * 9 // 100), nearly=small * 6 // 100, seed=7)
    ready = []
    for deck in three:
        print(f"{deck.name}: making ready", file=sys.stderr)
        ready.append(build(deck, cards))
    missing = ready[0][2]
    clocks = [{name: clock(one, len(cards)) for name, one in made.items()} for made, _, _ in ready]
    gc.collect()
    gc.freeze()
    times: list[list[dict[str, float]]] = []
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
        times.append([{name: tick() for name, tick in named.items()} for named in clocks])
    return [*_about(three, cards, rounds), "", *_table(three, times), "", *_notes(three, times, ready, missing)]


def _about(three: Sequence[Deck], cards: Sequence[Scorecard], rounds: int) -> list[str]:
    packages = ["kowhy", "jsonschema", *(package for package in PEERS if installed(package))]
    versions = ", ".join(f"{package} {installed(package) or _own()}" for package in packages)
    python = f"Python {platform.python_version()} on {platform.machine()}"
    lines = [
        f"Run on {datetime.now(UTC):%Y-%m-%d} with {python}, {rounds} rounds, {len(cards)} profiles.",
        f"Versions: {versions}.",
    ]
    for deck in three:
        fired, near = sum(deck.fired), sum(deck.near)
        mean = f"{fired / len(cards):.1f} rules fire on a profile and {near / len(cards):.1f} nearly do"
        lines.append(f"{deck.name}: {mean}.")
    return lines


def _own() -> str:
    from kowhy import __version__

    return __version__


def _table(three: Sequence[Deck], times: Sequence[Sequence[dict[str, float]]]) -> list[str]:
    heads = [deck.name for deck in three]
    lines = [
        "Times as long as kowhy takes for `Match.fired`, in the middle of the rounds (least–most):",
        "",
        f"| | {' | '.join(heads)} |",
        f"| --- |{' ---: |' * len(heads)}",
    ]
    for name in times[0][0]:
        if name != "kowhy":
            cells = [
                str(Spread.of([one[index][name] / one[index]["kowhy"] for one in times])) for index in range(len(three))
            ]
            lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def _notes(
    three: Sequence[Deck],
    times: Sequence[Sequence[dict[str, float]]],
    ready: Sequence[tuple[dict[str, Contender], dict[str, float], list[str]]],
    missing: Sequence[str],
) -> list[str]:
    def growth(name: str, index: int) -> Spread:
        return Spread.of([one[index][name] / one[0][name] for one in times])

    peers = [name for name, _ in PEERS.values() if name in times[0][0] and name != "jsonschema-rs"]
    size = len(three[1].rules) / len(three[0].rules)
    read = "kowhy, near misses read"
    lines = [f"With {size:.0f} times the rules, of which as many fire, kowhy takes {growth('kowhy', 1)} times as long."]
    lines.append(f"With near misses read it takes {growth(read, 1)} times as long.")
    lines.append(
        f"Where near misses are as frequent as they come, the two are {growth('kowhy', 2)} and {growth(read, 2)}."
    )
    if peers:
        best = min(peers, key=lambda name: statistics.median(one[1][name] / one[1]["kowhy"] for one in times))
        ratio = Spread.of([one[1][best] / one[1]["kowhy"] for one in times])
        lines.append(f"The fastest rule engine on {three[1].name} is {best}: {ratio} times as long as kowhy.")
    took = ready[1][1]
    parts = [f"{name} {seconds:.2f} s" for name, seconds in took.items() if "read" not in name]
    lines.append(f"Getting ready for {three[1].name} and going once over the profiles: {', '.join(parts)}.")
    lines += [f"Not measured, for it is not installed: {package}." for package in missing]
    return lines


def write(lines: Sequence[str]) -> None:
    """
    Put *lines* between the marks of the page.
    """
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text("\n".join([before + BEGIN, "", *lines, "", END]) + after, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="seven are the least that say something of the spread")
    parser.add_argument("--small", type=int, default=1_000, help="rules in the small deck")
    parser.add_argument("--large", type=int, default=10_000, help="rules in the large decks")
    parser.add_argument("--write", action="store_true", help="write the result into the page")
    given = parser.parse_args()
    lines = measure(given.rounds, given.small, given.large)
    print("\n".join(lines))
    if given.write:
        write(lines)


if __name__ == "__main__":
    main()
