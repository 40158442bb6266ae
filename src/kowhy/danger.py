"""
Danger to life in a profile: whoever writes of it is shown help, not a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from operator import attrgetter

import attrs

from kowhy.forms import fold
from kowhy.tables import remembers, table
from kowhy.whys import WHYS, Answers, Profile, SolveAProblem, Why

#: Most words that "~" in a phrase stands for.
GAP = 3

_NUMBER = "#"
_Places = tuple[tuple[frozenset[str], int], ...]
_ENDS = str.maketrans(dict.fromkeys("!?;", "."))


@attrs.frozen(kw_only=True)
class Contact:
    """
    Somebody to call.

    Attributes:
        label: Who answers.

        number: To dial, as one writes it there.

        country: ISO 3166-1 alpha-2 code of the country in which it works.
    """

    label: str
    number: str
    country: str


@attrs.frozen(kw_only=True)
class Danger:
    """
    What to say instead of a plan to somebody whose profile speaks of danger to life.

    It repeats nothing of the profile, so it may be shown, kept and logged.

    Attributes:
        code: Stable, such as ``"danger.self-harm"``.

        text: What to say, in plain words.

        numbers: Whom to call, the most urgent first; empty where the country is not known, and then the text says so.
    """

    code: str
    text: str
    numbers: tuple[Contact, ...]


def find(profile: Profile) -> Danger | None:
    """
    The danger to life of which *profile* speaks, if it does.

    Every text of a problem counts, private ones as well, because the answer goes to nobody but the person. In the other
    WHYs only what people say of wanting to die themselves counts: there, words of danger mostly belong to a trade.
    In doubt a problem is taken seriously; the price is one plan, and the text says how to get it. The words are a list,
    so danger that is put in an unusual way goes unseen: no danger found does not mean that there is none.
    """
    found = [rank for why in profile.whys for rank in _ranks(why) if rank is not None]
    if not found:
        return None
    kind = table("danger")["kind"][min(found)]
    numbers = _contacts(profile.country, ("emergency", *kind["lines"]))
    contacts = table("danger")["contacts"]
    parts = (kind["say"], *(() if numbers else (contacts["unknown"],)), contacts["closing"])
    return Danger(code=kind["code"], text=" ".join(parts), numbers=numbers)


def _ranks(why: Why) -> list[int | None]:
    """
    For each text the rank of the kind of danger of which it speaks.
    """
    problem = isinstance(why, SolveAProblem)
    texts = [text for answers in (*_ITEMS[why.why](why), *why.extra.values()) for text in answers]
    if why.statement:
        texts.append(why.statement)
    return [_rank(text, problem) for text in texts]


#: By WHY, one call for the answers to all items.
_ITEMS: dict[str, Callable[[Why], tuple[Answers, ...]]] = {
    why: attrgetter(*cls.item_keys()) for why, cls in WHYS.items()
}


@remembers
def _rank(text: str, problem: bool) -> int | None:  # noqa: FBT001  # what is remembered takes its arguments as they come
    return min(_signs(text, problem=problem), default=None)


def _contacts(country: str | None, lines: Iterable[str]) -> tuple[Contact, ...]:
    data = table("danger")["contacts"]
    if country is None:
        return ()
    if country in data:
        known = data[country]
        return tuple(
            Contact(label=one["label"], number=one["number"], country=country)
            for line in lines
            for one in known.get(line, ())
        )
    if country in data["european"]:
        return (Contact(label=data["european_label"], number=data["european_number"], country=country),)
    return ()


@attrs.frozen
class _Phrase:
    """
    A row of words; each place takes one of several words, and some words may stand before it.

    Attributes:
        places: For each place the words, and how many words may be skipped before them.

        rank: Of the kind of danger it is a sign of.
    """

    places: _Places
    rank: int

    def ends(self, words: tuple[str, ...], start: int) -> frozenset[int]:
        """
        Where the phrase may end when its first word is at *start*.
        """
        ends = {start}
        for accepted, gap in self.places:
            ends = {
                at + 1
                for end in ends
                for at in range(end, min(end + gap + 1, len(words)))
                if words[at] in accepted or (_NUMBER in accepted and words[at].isdecimal())
            }
            if not ends:
                break
        return frozenset(ends)


_Index = Mapping[str, tuple[_Phrase, ...]]


def _phrases(sources: Iterable[str], rank: int = 0) -> Iterator[_Phrase]:
    named = table("danger")["words"]
    for source in sources:
        gap = 0
        places: list[list[_Places]] = []
        for place in source.split():
            if place == "~":
                gap = GAP
                continue
            several = [
                word for part in place.split("|") for word in (named[part[1:-1]] if part.startswith("{") else (part,))
            ]
            folded = [(word,) if word == _NUMBER else fold(word) for word in several]
            single = frozenset(words[0] for words in folded if len(words) == 1)
            ways: list[_Places] = [((single, gap),)] if single else []
            ways += [
                tuple((frozenset({word}), 0 if at else gap) for at, word in enumerate(words))
                for words in folded
                if len(words) > 1
            ]
            places.append(ways)
            gap = 0
        for way in product(*places):
            yield _Phrase(tuple(place for part in way for place in part), rank)


def _index(phrases: Iterable[_Phrase]) -> _Index:
    found: dict[str, list[_Phrase]] = {}
    for phrase in phrases:
        for word in sorted(phrase.places[0][0]):
            found.setdefault(word, []).append(phrase)
    return {word: tuple(some) for word, some in found.items()}


@cache
def _danger(problem: bool) -> _Index:  # noqa: FBT001  # a cached function takes its arguments as they come
    kinds = table("danger")["kind"]
    return _index(
        phrase
        for rank, kind in enumerate(kinds)
        for phrase in _phrases((*kind.get("everywhere", ()), *(kind["signs"] if problem else ())), rank)
    )


@cache
def _harmless(problem: bool) -> _Index:  # noqa: FBT001  # as above
    data = table("danger")["harmless"]
    return _index(_phrases((*data["everywhere"], *(() if problem else data["elsewhere"]))))


def _signs(text: str, *, problem: bool) -> Iterator[int]:
    """
    The ranks of the kinds of danger of which *text* speaks.

    A sign inside a harmless phrase is none. The time is linear in the length of *text*: at each word a bounded number
    of phrases of bounded length is tried.
    """
    danger, harmless = _danger(problem), _harmless(problem)
    for clause in text.translate(_ENDS).split("."):
        words = fold(clause)
        # Of what is no danger nobody needs to know that it is harmless.
        if danger.keys().isdisjoint(words):
            continue
        covered = 0
        for start, word in enumerate(words):
            for phrase in harmless.get(word, ()):
                covered = max(covered, *phrase.ends(words, start), 0)
            for phrase in danger.get(word, ()):
                ends = phrase.ends(words, start)
                if ends and min(ends) > covered:
                    yield phrase.rank
