"""
Check the frozen weights of the rater and print every figure beside what length alone reaches.

Run ``python benchmarks/specificity/run.py [FOLDER]``; the folder holds the public and hand-made sets that are not
part of the project (by default a folder ``sets`` here, which git ignores). What is absent is skipped. The answers
beside this file were written for the project while the rater was made, so they show that nothing broke rather than
how well it does on answers nobody has seen; the later ones were written when the weights stood.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

from kowhy.checklists import load_checklists  # noqa: E402  # the paths come first
from kowhy.compiled import ask_of  # noqa: E402  # the paths come first
from kowhy.rating import Ask, EnglishRater  # noqa: E402  # the paths come first
from kowhy.rating import rater as insides  # noqa: E402  # the paths come first
from kowhy.rating.tokens import read  # noqa: E402  # the paths come first

HERE = Path(__file__).parent
RATER = EnglishRater()
ASKS = {
    f"{why}.{item.key}": ask_of(item, why=why)
    for why, checklist in load_checklists().items()
    for item in checklist.items
}
#: Which item each field of ``pairs.tsv`` answers.
FIELDS = {
    "social activity": "social_reasons.common_interests",
    "social who": "social_reasons.demographic",
    "social when": "social_reasons.rhythm",
    "social where": "social_reasons.geography",
    "social ask": "social_reasons.common_interests",
    "solve a problem who": "solve_a_problem.help_kind",
    "solve a problem goal": "solve_a_problem.done_when",
    "solve a problem problem": "solve_a_problem.problem",
    "solve a problem deadline": "solve_a_problem.urgency",
    "solve a problem tried": "solve_a_problem.tried",
    "land a job when": "land_a_job.start_by",
    "land a job company": "land_a_job.market_segment",
    "land a job role": "land_a_job.job_type",
    "land a job where": "land_a_job.geography",
    "land a job skills": "land_a_job.proof",
    "land a job goal": "land_a_job.job_type",
    "pay it forward offer": "pay_it_forward.service",
    "pay it forward when": "pay_it_forward.commitment",
    "pay it forward why": "pay_it_forward.cause",
    "pay it forward cause": "pay_it_forward.cause",
    "pay it forward who": "pay_it_forward.beneficiary",
    "more business who": "more_business.demographic",
    "more business where": "more_business.geography",
    "more business offer": "more_business.offer",
    "learn ask": "learn.topic",
    "learn topic": "learn.topic",
    "learn who": "learn.teacher_kind",
    "learn format": "learn.place_format",
}
TOWNS = ("Zanzibar", "Ouagadougou", "Vladivostok", "Reykjavik", "Guadalajara", "Kathmandu")
NUMBERS = ("17", "42 17", "3 88 1204")
ODD = ("obelisk tarragon quixotic", "zeppelin marzipan quokka", "isotope gondola alabaster", "plinth kumquat sextant")

Judge = Callable[[str, Ask | None], float]


def value(text: str, ask: Ask | None = None) -> float:
    """
    The rating; what is not rated stands in the middle.
    """
    found = RATER.rate(text, ask=ask).value
    return 0.5 if found is None else found


def length(text: str, ask: Ask | None = None) -> float:  # noqa: ARG001  # stands where the rater stands
    """
    The baseline: how long the text is.
    """
    return float(len(text))


def show(name: str, figure: float, asked: str, baseline: float | None = None) -> None:
    """
    One line of the table.
    """
    beside = "" if baseline is None else f"{baseline:8.3f}"
    print(f"{name:62} {figure:8.3f} {beside:>8}   {asked}")


def rows(path: Path) -> list[list[str]]:
    """
    The rows of a table with a head.
    """
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def ranks(values: Sequence[float]) -> list[float]:
    """
    Ranks from 0 to 1; equal values share theirs.
    """
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for at in range(start, end + 1):
            found[order[at]] = (start + end) / 2 / len(values)
        start = end + 1
    return found


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    """
    The rank correlation.
    """
    left, right = centred(ranks(one)), centred(ranks(other))
    return dot(left, right) / (dot(left, left) * dot(right, right)) ** 0.5


def centred(values: Sequence[float]) -> list[float]:
    """
    Less their mean.
    """
    mean = sum(values) / len(values)
    return [one - mean for one in values]


def dot(one: Sequence[float], other: Sequence[float]) -> float:
    """
    The sum of the products.
    """
    return sum(a * b for a, b in zip(one, other, strict=True))


def measured(texts: Iterable[str]) -> list[tuple[float, float]]:
    """
    The two sums whose weights are fitted: rare words with the fixed small share of their number, and plainness.
    """
    share = insides.MANY / insides.RARE
    found = []
    for text in texts:
        seen = read(text)
        rare, many, plain = insides.measures(seen, insides.hanging(seen), [])
        found.append((rare + share * many, plain))
    return found


def fitted(texts: Sequence[str], ratings: Sequence[float]) -> tuple[float, float]:
    """
    Least squares on the ranks of *ratings*, as written and in small letters, with a little ridge, no weight below 0.
    """
    target = centred(ranks(ratings)) * 2
    halves = [measured(texts), measured(text.lower() for text in texts)]
    one, two = ([value for half in halves for value in centred([pair[at] for pair in half])] for at in (0, 1))
    ridge = 0.03 * len(target)
    scale_one, scale_two = (dot(one, one) / len(one)) ** 0.5, (dot(two, two) / len(two)) ** 0.5
    one, two = [x / scale_one for x in one], [x / scale_two for x in two]
    a, b, c = dot(one, one) + ridge, dot(one, two), dot(two, two) + ridge
    p, q = dot(one, target), dot(two, target)
    first, second = (p * c - q * b) / (a * c - b * b), (q * a - p * b) / (a * c - b * b)
    if second < 0:
        first, second = p / a, 0.0
    return first / scale_one, second / scale_two


def people(folder: Path) -> None:
    """
    Ratings of sentences by people.
    """
    sets = {}
    for name in ("movie", "yelp"):
        path = folder / f"{name}_ratings.tsv"
        if path.exists():
            table = rows(path)
            sets[name] = ([row[1] for row in table], [float(row[0]) for row in table])
    wanted = {"movie": "≥ 0.81", "yelp": "≥ 0.78"}
    for name, (texts, ratings) in sets.items():
        for other, (their_texts, theirs) in sets.items():
            if other != name:
                weights = fitted(their_texts, theirs)
                plain, small = (
                    spearman([dot(pair, weights) for pair in measured(case)], ratings)
                    for case in (texts, [text.lower() for text in texts])
                )
                base = spearman([length(text) for text in texts], ratings)
                show(f"Spearman, {name}, fitted on {other}", plain, wanted[name], base)
                show("  lost in small letters", plain - small, "≤ 0.03")
        whole = spearman([value(text) for text in texts], ratings)
        show(f"Spearman, {name}, shipped weights", whole, "")
        show("  lost in small letters", whole - spearman([value(text.lower()) for text in texts], ratings), "≤ 0.03")
    if sets:
        texts = [text for name in sets for text in sets[name][0]]
        ratings = [rank for name in sets for rank in ranks(sets[name][1])]
        print(f"  weights fitted on all of it: {fitted(texts, ratings)}; shipped: {(insides.RARE, insides.PLAIN)}")


def pairs(folder: Path) -> None:
    """
    A vague and a specific answer to the same question.
    """
    path = folder / "pairs.tsv"
    if path.exists():
        table = [(ASKS[FIELDS[f"{row[0]} {row[1]}"]], row[2], row[3]) for row in rows(path)]
        for name, asked, given in (("with their items", "≥ 0.96", True), ("text alone", "≥ 0.98", False)):
            show(
                f"pairs, {name}: in order",
                *ordered([(ask if given else None, low, high) for ask, low, high in table], asked),
            )
        show(
            "pairs: vague above the 20th percentile of the specific",
            above(table, value),
            "≤ 0.06",
            above(table, length),
        )
    path = folder / "pairs_adversarial.tsv"
    if path.exists():
        show("adversarial pairs: in order", *ordered([(None, low, high) for low, high in rows(path)], "≥ 0.95"))


def ordered(table: Sequence[tuple[Ask | None, str, str]], asked: str) -> tuple[float, str, float]:
    """
    The share of pairs in order, by the rater and by length.
    """
    right, base = (
        sum(judge(high, ask) > judge(low, ask) for ask, low, high in table) / len(table) for judge in (value, length)
    )
    return right, asked, base


def above(table: Sequence[tuple[Ask | None, str, str]], judge: Judge) -> float:
    """
    The share of vague answers above the 20th percentile of the specific ones.
    """
    bar = sorted(judge(high, ask) for ask, _, high in table)[len(table) // 5]
    return sum(judge(low, ask) >= bar for ask, low, _ in table) / len(table)


def junk(path: Path, name: str) -> None:
    """
    What must never count: passing is to be at least named.
    """
    if path.exists():
        texts = path.read_text(encoding="utf-8").splitlines()
        show(f"junk, {name}: passing, text alone", sum(_passes(text) for text in texts) / len(texts), "≤ 0.04")
        share = sum(_passes(text, ask) for text in texts for ask in ASKS.values()) / len(texts) / len(ASKS)
        show(f"junk, {name}: passing under any of the {len(ASKS)} items", share, "≤ 0.04")


def _passes(text: str, ask: Ask | None = None) -> bool:
    return (RATER.rate(text, ask=ask).value or 0.0) >= 0.35


def taxonomy(folder: Path) -> None:
    """
    The child is the more specific; equal counts half.
    """
    path = folder / "taxonomy.tsv"
    if not path.exists():
        return
    for source, ask, asked in (("geo", ASKS["social_reasons.geography"], "≥ 0.88"), ("wordnet", None, "≥ 0.78")):
        table = [row[1:] for row in rows(path) if row[0].startswith(source)]
        right, base = (
            sum(
                (judge(child, ask) > judge(parent, ask)) + (judge(child, ask) == judge(parent, ask)) / 2
                for parent, child in table
            )
            / len(table)
            for judge in (value, length)
        )
        show(f"taxonomy, {source}: in order", right, asked, base)


def stuffing(folder: Path) -> None:
    """
    Vague answers of the catalogue with something specific stuffed in; passing is to reach the top rung.
    """
    path = folder.parent / "catalogue.json"
    if not path.exists():
        return
    answers = [
        (ASKS[f"{why['why']}.{item['key']}"], text)
        for why in json.loads(path.read_text())
        for item in why["items"]
        for text in item["vague"]
    ]
    for name, stuffs, spared in (
        ("a foreign place", TOWNS, {"place"}),
        ("bare numbers", NUMBERS, {"age", "segment", "time"}),
        ("three rare words", ODD, set()),
    ):
        tried = [
            (ask, form)
            for ask, text in answers
            if ask.kind not in spared
            for stuff in stuffs
            for form in (f"{text} {stuff}", f"{stuff} {text}", f"{text}, {stuff}")
        ]
        share = sum(value(text, ask) >= 0.6 for ask, text in tried) / len(tried)
        show(f"stuffing with {name}: passing", share, "≤ 0.25")


def examples(folder: Path) -> None:
    """
    Every specific example above every vague one of its item.
    """
    tables = {
        "checklists": [
            (ASKS[f"{why}.{item.key}"], item.vague, item.specific)
            for why, one in load_checklists().items()
            for item in one.items
        ]
    }
    path = folder.parent / "catalogue.json"
    if path.exists():
        tables["catalogue"] = [
            (ASKS[f"{why['why']}.{item['key']}"], item["vague"], item["specific"])
            for why in json.loads(path.read_text())
            for item in why["items"]
        ]
    for name, table in tables.items():
        every = [(ask, low, high) for ask, vague, specific in table for low in vague for high in specific]
        show(
            f"examples of the {name}: in order ({len(every)})",
            *ordered(every, "≥ 0.97" if name == "catalogue" else "1"),
        )


def own_answers() -> None:
    """
    The answers that were written while the rater was made.
    """
    table: dict[str, dict[str, list[str]]] = {}
    for line in (HERE / "answers.txt").read_text(encoding="utf-8").splitlines()[1:]:
        name, rung, texts = line.split("|")
        table.setdefault(name, {"V": [], "S": []})[rung] += [text.strip() for text in texts.split(";")]
    for name, change in (("as written", str), ("in small letters", str.lower), ("in title case", str.title)):
        every = [
            (ASKS[item], change(low), change(high))
            for item, one in table.items()
            for low in one["V"]
            for high in one["S"]
        ]
        show(f"own answers, {name}: in order", *ordered(every, ""))
    rated = {rung: [value(text, ASKS[item]) for item, one in table.items() for text in one[rung]] for rung in "VS"}
    show("own answers: vague at least named", sum(one >= 0.35 for one in rated["V"]) / len(rated["V"]), "")
    show("own answers: specific at least named", sum(one >= 0.35 for one in rated["S"]) / len(rated["S"]), "")
    show("own answers: specific on the top rung", sum(one >= 0.6 for one in rated["S"]) / len(rated["S"]), "")
    texts = [text for one in table.values() for rung in one.values() for text in rung]
    flagged = sum(RATER.rate(text).value is None for text in texts)
    show("own answers taken for another language", flagged / len(texts), "≤ 0.01")


def later() -> None:
    """
    Pairs and junk that were written when the weights stood, and to which nothing was fitted since.
    """
    table = [(ASKS[item], low, high) for item, low, high in rows(HERE / "later_pairs.tsv")]
    show(f"later pairs ({len(table)}): in order", *ordered(table, "≥ 0.96"))
    show("later pairs: vague at least named", sum(_passes(low, ask) for ask, low, _ in table) / len(table), "")
    show(
        "later pairs: specific on the top rung", sum(value(high, ask) >= 0.6 for ask, _, high in table) / len(table), ""
    )
    junk(HERE / "later_junk.txt", "later")


def languages() -> None:
    """
    Answers in other languages, and English ones full of foreign names.
    """
    table = [row for row in rows(HERE / "languages.tsv") if len(row) == 2]
    for name, wanted, asked in (
        ("seven languages, four words and more", {"es", "de", "fr", "it", "pt", "nl", "pl"}, "≥ 0.90"),
        ("other scripts", {"ru", "zh", "ar", "he", "ja", "ko", "hi", "el", "th", "uk"}, "≥ 0.90"),
        ("English with foreign names", {"en"}, "≤ 0.01"),
    ):
        texts = [text for language, text in table if language in wanted]
        show(
            f"not rated: {name} ({len(texts)})",
            sum(RATER.rate(text).value is None for text in texts) / len(texts),
            asked,
        )
    shorter = [
        " ".join(text.split()[:3]) for language, text in table if language in {"es", "de", "fr", "it", "pt", "nl", "pl"}
    ]
    show(
        "not rated: the first three words of the same",
        sum(RATER.rate(text).value is None for text in shorter) / len(shorter),
        "told apart",
    )


def speed() -> None:
    """
    New and repeated short answers against finding their words.
    """
    answers = []
    for line in (HERE / "answers.txt").read_text(encoding="utf-8").splitlines()[1:]:
        name, _, texts = line.split("|")
        answers += [(text.strip(), ASKS[name]) for text in texts.split(";")]

    works: dict[str, Callable[[str, Ask], object]] = {
        "finding": lambda text, _: re.findall(r"\w+", text),
        "new": insides._rated,  # noqa: SLF001  # past the memory
        "known": lambda text, ask: RATER.rate(text, ask=ask),
    }
    # All in turn, so that a busy neighbour hits them alike; the best of each is what the machine can do.
    best = dict.fromkeys(works, float("inf"))
    for _ in range(15):
        for name, work in works.items():
            start = time.process_time()
            for text, ask in answers:
                work(text, ask)
            best[name] = min(best[name], time.process_time() - start)
    show("speed: a new answer, times finding its words", best["new"] / best["finding"], "≤ 25")
    show("speed: a repeated answer, times faster than a new one", best["new"] / best["known"], "≥ 20")


def main(folder: Path) -> None:
    """
    Print every figure.
    """
    print(f"{'':62} {'reached':>8} {'length':>8}   asked")
    if not folder.exists():
        print(f"(the sets in {folder} are absent; their figures are skipped)")
    people(folder)
    pairs(folder)
    junk(folder / "junk.txt", "the folder's")
    junk(HERE / "junk.txt", "own")
    taxonomy(folder)
    stuffing(folder)
    examples(folder)
    own_answers()
    later()
    languages()
    speed()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent / "sets")
