"""
Guards: what a profile must not be used for, whoever asks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import takewhile

import attrs

from kowhy.tables import remembers, table

_CLAUSES = re.compile(r"[,.;:!?()\n]|\bbut\b|\bwhere\b")
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_NUMBERS = re.compile(r"(?<![\w.])\d{1,3}(?!\d)")

#: Leaves of UTF-8 only the letters and digits of ASCII, which all telling words consist of.
_PLAIN = bytes(code if code < 128 and chr(code).isalnum() else 32 for code in range(256))

#: Below this age nobody is an adult.
ADULT = 18

#: Most small words between a demand and those whom it is about.
REACH = 6

#: How far around a number to look for what it measures, in characters.
SIGHT = 40


def _flat(text: str) -> str:
    if text.isascii():
        return text.casefold()
    return unicodedata.normalize("NFKC", text).casefold().replace("’", "'")


@attrs.frozen
class _Words:
    """
    The words of the guard against protected traits, as sets.
    """

    before: frozenset[str]
    after: frozenset[str]
    fillers: frozenset[str]
    company: frozenset[str]
    demands: frozenset[str]
    colleagues: frozenset[str]
    people: frozenset[str]
    served: frozenset[str]
    weak: frozenset[str]
    aged: frozenset[str]
    bounds: frozenset[str]


@cache
def _words() -> _Words:
    data = table("guards")["protected"]
    return _Words(*(frozenset(data[field.name]) for field in attrs.fields(_Words)))


@cache
def _traits(kind: str) -> dict[str, str]:
    return {word: trait["name"] for trait in table("guards")["protected"]["trait"] for word in trait[kind]}


@cache
def _telling() -> frozenset[bytes]:
    """
    The words without one of which a text names no trait.
    """
    return frozenset(map(str.encode, {*_traits("adjectives"), *_traits("groups"), *_words().bounds}))


def _pieces(flat: str) -> list[bytes]:
    """
    The words of a text that are letters and digits of ASCII, and pieces of others; four times as fast as reading it.
    """
    return flat.encode(errors="replace").translate(_PLAIN).split()


def protected_trait(text: str) -> str | None:
    """
    The protected trait by which *text* picks colleagues or employers, if it does.

    Whom the work serves is no such trait: "paediatric nurse" and "women's health clinic" pass.
    """
    flat = _flat(text)
    # Most texts hold no word that could be such a trait, whatever stands around it.
    if _telling().isdisjoint(_pieces(flat)):
        return None
    for clause in _CLAUSES.split(flat.replace("no one", "noone")):
        words = _WORDS.findall(clause)
        trait = _trait_by_words(words) or _trait_by_years(words)
        if trait:
            return trait
    return None


def _trait_by_words(words: list[str]) -> str | None:
    known = _words()
    adjectives, groups = _traits("adjectives"), _traits("groups")
    serves = not known.served.isdisjoint(words)
    for index, word in enumerate(words):
        trait = adjectives.get(word) or groups.get(word)
        if trait is None:
            continue
        rest = [other for other in words[index + 1 : index + 1 + REACH] if other not in known.company]
        follower = rest[0] if rest else ""
        worked_with = follower in known.colleagues
        asked = _asked(words, index, rest[1:] if worked_with or follower in known.people else rest)
        if worked_with and (asked or word not in known.weak):
            return trait
        if word in adjectives and _demanded(words[max(0, index - REACH) : index]):
            return trait
        if asked and not serves and (word in groups or follower in known.people):
            return trait
    return None


def _asked(words: list[str], index: int, rest: list[str]) -> bool:
    """
    Whether the people around *index* are asked for or ruled out.
    """
    known = _words()
    back = words[max(0, index - REACH) : index][::-1]
    adjectives = _traits("adjectives")
    skipped = len(list(takewhile(lambda word: word in known.fillers or word in adjectives, back)))
    return bool((skipped < len(back) and back[skipped] in known.before) or (rest and rest[0] in known.after))


def _demanded(before: list[str]) -> bool:
    """
    Whether the few words before a trait demand it of the people that one works with ("the boss must be").
    """
    known = _words()
    return not known.colleagues.isdisjoint(before) and not known.demands.isdisjoint(before)


def _trait_by_years(words: list[str]) -> str | None:
    known = _words()
    if not known.served.isdisjoint(words):
        return None
    for index, word in enumerate(words):
        if word not in known.bounds:
            continue
        number = next((other for other in words[index + 1 : index + 3] if other != "than"), "")
        who = words[max(0, index - 2) : index]
        if number.isdecimal() and not known.aged.isdisjoint(who):
            return "age"
        if number.endswith("s") and number[:-1].isdecimal() and _asked(words, index, words[index + 2 : index + 3]):
            return "age"
    return None


def states_minor(answers: Iterable[str]) -> bool:
    """
    Whether *answers* about age state one below 18; in doubt they do.
    """
    return any(map(_minor, answers))


@remembers
def _minor(text: str) -> bool:
    data = table("guards")["minor"]
    text = _flat(text)
    words = _WORDS.findall(text)
    if not frozenset(data["words"]).isdisjoint(words):
        return True
    flat = f" {' '.join(words)} "
    if any(f" {phrase} " in flat for phrase in data["phrases"]):
        return True
    return any(_ages(text, data["spans_before"], data["spans_after"]))


def _ages(text: str, spans_before: list[str], spans_after: list[str]) -> Iterator[bool]:
    for match in _NUMBERS.finditer(text):
        # A few words around are enough; taking all of them would make long texts slow.
        before = text[max(0, match.start() - SIGHT) : match.start()].split()
        after = " ".join(text[match.end() : match.end() + SIGHT].split())
        span = (before and before[-1] in spans_before) or after.startswith(tuple(spans_after))
        yield int(match.group()) < ADULT and not span
