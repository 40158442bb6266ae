"""
Checks of wording that never change a score: is a WHY crisp, is an item clean?
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import attrs

from kowhy.overlap import words_of
from kowhy.tables import remembers, table

# Commas inside numbers ("1,800") part nothing.
_PARTS = re.compile(r"(?:,(?!\d)|[;/|\n•&]|\band\b|\bor\b)", re.IGNORECASE)

#: Most words between two wishes for a joining word to join them.
NEAR = 3


def crisp_limit() -> int:
    """
    The most words of a crisp statement.
    """
    return int(table("checks")["crisp"]["limit"])


def word_count(text: str) -> int:
    """
    How many words *text* has; a dash between spaces is none.
    """
    return sum(1 for word in text.split() if any(map(str.isalnum, word)))


@remembers
def crisp_faults(statement: str) -> tuple[str, ...]:
    """
    Codes of what keeps *statement* from being crisp.
    """
    faults = {
        "crisp.several-lines": len(statement.strip().splitlines()) > 1,
        "crisp.too-long": word_count(statement) > crisp_limit(),
        "crisp.waffle": next(_waffle().found_in(words_of(statement)), None) is not None,
    }
    return tuple(code for code, found in faults.items() if found)


@attrs.frozen
class Phrases:
    """
    Phrases to look for, by their first word.
    """

    by_first: dict[str, tuple[tuple[tuple[str, ...], int], ...]]

    @classmethod
    def of(cls, phrases: Iterable[tuple[str, int]]) -> Phrases:
        """
        Index *phrases*, each with a number that tells what it stands for.
        """
        found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for phrase, meaning in phrases:
            words = words_of(phrase)
            found.setdefault(words[0], []).append((words, meaning))
        # The longest first: "only online" before "online".
        return cls({first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()})

    def found_in(self, words: tuple[str, ...]) -> Iterator[tuple[int, int, int]]:
        """
        Where each phrase stands in *words*: meaning, start, end.
        """
        for start, word in enumerate(words):
            for phrase, meaning in self.by_first.get(word, ()):
                if words[start : start + len(phrase)] == phrase:
                    yield meaning, start, start + len(phrase)


@cache
def _waffle() -> Phrases:
    return Phrases.of((phrase, 0) for phrase in table("checks")["crisp"]["waffle"])


@cache
def _wishes() -> Phrases:
    """
    Wishes that rule each other out: pair *n* has the meanings 2n and 2n + 1.
    """
    pairs = table("checks")["clean"]["contradiction"]
    return Phrases.of(
        (phrase, 2 * number + side)
        for number, pair in enumerate(pairs)
        for side, name in enumerate(("one", "other"))
        for phrase in pair[name]
    )


@cache
def _clean_words(name: str) -> frozenset[str]:
    return frozenset(table("checks")["clean"][name])


@remembers
def _makes_a_wish(answer: str) -> bool:
    return next(_wishes().found_in(words_of(answer)), None) is not None


def contradicts(answers: Sequence[str]) -> bool:
    """
    Whether the answers to one item ask for two things that rule each other out.

    "Remote or on site daily" offers a choice and "remote, not on site daily" says one thing twice: neither contradicts.
    """
    if not any(map(_makes_a_wish, answers)):
        return False
    words: list[str] = []
    for answer in answers:
        # The line break keeps a phrase from running over from one answer to the next.
        words += [*words_of(answer), "\n"]
    last: dict[int, tuple[int, int]] = {}
    refusals, joins = _clean_words("refusals"), _clean_words("joins")
    for meaning, start, end in _wishes().found_in(tuple(words)):
        if start and words[start - 1] in refusals:
            continue
        pair, side = divmod(meaning, 2)
        if pair in last and last[pair][0] != side:
            between = words[last[pair][1] : start]
            if len(between) > NEAR or joins.isdisjoint(between):
                return True
        last[pair] = (side, end)
    return False


@remembers
def lists_everything(answer: str, kind: str) -> bool:
    """
    Whether one answer lists so many alternatives that a listener remembers none.
    """
    if kind not in _clean_words("kinds"):
        return False
    clean = table("checks")["clean"]
    counts = [count for count in map(word_count, _PARTS.split(answer)) if count]
    return len(counts) > int(clean["most"]) and max(counts) <= int(clean["longest"])
