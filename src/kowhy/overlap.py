"""
What several WHYs of one person share.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import attrs

from kowhy.scorecards import Overlap
from kowhy.tables import table

#: Content words by their form without a plural s, as they are written.
Words = Mapping[str, str]

#: For each WHY: the item, whether it is private, and the words of its answers.
Places = Mapping[str, Sequence[tuple[str, bool, Words]]]

#: Shorter words say too little to be shared on purpose.
SHORTEST = 3


@cache
def _ignored() -> frozenset[str]:
    return frozenset(stem(word) for word in table("checks")["overlap"]["ignored"].split())


def words_of(text: str) -> tuple[str, ...]:
    """
    The words of *text*, folded: casefolded, in their compatibility form, split at what is neither letter nor digit.
    """
    flat = unicodedata.normalize("NFKC", text).casefold().replace("'s", "").replace("’s", "")
    return tuple("".join(char if char.isalnum() else " " for char in flat).split())


def stem(word: str) -> str:
    """
    *word* without the s of a plural: enough to see that two answers speak of the same thing.
    """
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word.removesuffix("s")


def content_words(texts: Iterable[str]) -> Words:
    """
    The words of *texts* that carry meaning: by their form without a plural s, the spelling that is first by alphabet.
    """
    ignored = _ignored()
    found: dict[str, str] = {}
    for text in texts:
        for word in words_of(text):
            root = stem(word)
            if len(root) >= SHORTEST and root not in ignored and word.isalpha():
                found[root] = min(word, found.get(root, word))
    return found


def find_overlap(places: Places) -> tuple[Overlap, ...]:
    """
    What each pair of WHYs shares: the content words that stand in answers of both.

    Words that also stand in a private answer are told apart from the others, so that leaving private texts out of a
    scorecard keeps what may be shown.

    Args:
        places: The words of the answers by WHY, in the order of the article.
    """
    roots = {why: set[str]().union(*[words for _, _, words in items]) for why, items in places.items()}
    overlaps: list[Overlap] = []
    whys = list(places)
    for position, first in enumerate(whys):
        for second in whys[position + 1 :]:
            shared = roots[first] & roots[second]
            if shared:
                overlaps += _between((first, second), shared, places)
    return tuple(overlaps)


@attrs.frozen
class _Place:
    """
    One item in which a shared word stands, with its first spelling there.
    """

    why: str
    key: str
    private: bool
    word: str


def _between(whys: tuple[str, str], shared: set[str], places: Places) -> list[Overlap]:
    """
    The overlap of two WHYs: first what may be shown, then what touches private answers.
    """
    found: dict[str, list[_Place]] = {}
    for why in whys:
        for key, private, words in places[why]:
            for root in shared.intersection(words):
                found.setdefault(root, []).append(_Place(why, key, private, words[root]))
    items: tuple[set[tuple[str, str]], set[tuple[str, str]]] = (set(), set())
    spoken: tuple[set[str], set[str]] = (set(), set())
    for there in found.values():
        hidden = len({place.why for place in there if not place.private}) < len(whys)
        counted = [place for place in there if hidden or not place.private]
        items[hidden].update((place.why, place.key) for place in counted)
        spoken[hidden].add(min(place.word for place in counted))
    return [
        Overlap(
            whys=whys,
            items=tuple(f"{why}.{key}" for why in whys for key, _, _ in places[why] if (why, key) in items[hidden]),
            words=tuple(sorted(spoken[hidden])),
        )
        for hidden in (False, True)
        if spoken[hidden]
    ]
