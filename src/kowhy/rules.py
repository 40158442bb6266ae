"""
Rules as plain values: conditions, recommendations, and the packs that hold them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import attrs

from kowhy._frozen import FrozenMap
from kowhy.forms import fold, forms
from kowhy.offers import Draft, Offer
from kowhy.sentences import Phrase, Sentence

#: What is told of the rule that recommends something, where there is something to tell.
ORIGIN = ("pack", "source", "homepage", "confirmed", "group")

#: The parts of the rank and what one unit of each is worth. Serving the leading WHY outweighs two needs and a mention;
#: a rule that joins two WHYs comes before what either would get alone.
RANK = FrozenMap(
    {"needs": 8, "mentions": 20, "specificity": 3, "dominant": 45, "together": 30, "several": 5, "priority": 1}
)

#: The fewest letters before ``*`` in a word that answers may hold; the beginnings are filed by so many.
PREFIX = 4

#: Up to how many words an answer is remembered with what it meets, and how many answers a mention remembers.
WORDS, ANSWERS = 40, 32


@attrs.frozen(kw_only=True)
class Mention:
    """
    Words of which an answer must hold one.

    Attributes:
        key: The item, as ``"item"`` or ``"why.item"``; several with ``|`` between them, of which any will do.

        single: All forms of the plain and exact words.

        prefixes: Beginnings of words, of four letters or more.

        runs: Several words next to each other, each with its forms; the last one may be a beginning.

        whole: Answers that meet only as a whole, folded.

        source: As the pack writes them.

        keys: The items in which the words may stand.

        words: The source, each once.
    """

    key: str
    single: frozenset[str]
    prefixes: tuple[str, ...]
    runs: tuple[tuple[frozenset[str] | str, ...], ...]
    whole: frozenset[tuple[str, ...]] = frozenset()
    source: tuple[str, ...]
    keys: tuple[str, ...] = attrs.field(init=False, eq=False, repr=False)
    words: frozenset[str] = attrs.field(init=False, eq=False, repr=False)

    @keys.default
    def _split(self) -> tuple[str, ...]:
        return tuple(self.key.split("|"))

    @words.default
    def _gather(self) -> frozenset[str]:
        return frozenset(self.source)

    @cached_property
    def _known(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """
        What short answers met; no field, so that it neither travels nor shows.
        """
        return {}

    @classmethod
    def read(cls, key: str, words: Iterable[str]) -> Mention:
        """
        Make the forms of *words*.
        """
        single: set[str] = set()
        prefixes: list[str] = []
        runs: list[tuple[frozenset[str] | str, ...]] = []
        whole: set[tuple[str, ...]] = set()
        source = tuple(words)
        for word in source:
            tokens = fold(word)
            if word.startswith("=="):
                whole.add(tokens)
            elif len(tokens) > 1:
                exact = word.startswith("=")
                run: list[frozenset[str] | str] = [frozenset({token}) if exact else forms(token) for token in tokens]
                if word.endswith("*"):
                    run[-1] = tokens[-1]
                runs.append(tuple(run))
            elif word.endswith("*"):
                prefixes.append(tokens[0])
            elif word.startswith("="):
                single.add(tokens[0])
            else:
                single |= forms(tokens[0])
        return cls(
            key=key,
            single=frozenset(single),
            prefixes=tuple(prefixes),
            runs=tuple(runs),
            whole=frozenset(whole),
            source=source,
        )

    def found(self, tokens: tuple[str, ...]) -> tuple[str, ...]:
        """
        The first words among *tokens*, those of one answer, that meet; empty when none does.

        Those of short answers are remembered: on the next keystroke most answers are as they were.
        """
        found = self._known.get(tokens)
        if found is None:
            found = self._find(tokens)
            if len(tokens) <= WORDS:
                if len(self._known) >= ANSWERS:
                    self._known.clear()
                self._known[tokens] = found
        return found

    def _find(self, tokens: tuple[str, ...]) -> tuple[str, ...]:
        if tokens in self.whole:
            return tokens
        for index, token in enumerate(tokens):
            if token in self.single or token.startswith(self.prefixes or ("\0",)):
                return (token,)
            for run in self.runs:
                part = tokens[index : index + len(run)]
                if len(part) == len(run) and all(map(_meets, part, run)):
                    return part
        return ()


def _meets(word: str, known: frozenset[str] | str) -> bool:
    return word.startswith(known) if isinstance(known, str) else word in known


@attrs.frozen(kw_only=True)
class Rule:
    """
    Condition and recommendations, as data.

    Attributes:
        id: Stable and unique.

        whys: It fires for any of these WHYs that is present.

        together: WHYs that must be present besides.

        needs: Item (``"item"`` or ``"why.item"``) to the lowest level that suffices.

        mentions: All of them must be found.

        unless: None of them may be found.

        adult: Only where the profile says adult.

        countries: Only there; empty is everywhere.

        when: A JSON Schema over the scorecard, checked last; or ``None``.

        because: The reason, as the person reads it.

        group: At most two of a group stand in a plan.

        priority: Added to the rank.

        rank: Further named parts of the rank, such as ``tie`` or ``rhythm``.

        order: Where several of a part are shown, the lower comes first among those chosen.

        source: Where the advice comes from.

        homepage: Domain where the organisation that it names is found, or empty.

        confirmed: Year and month in which somebody last saw that it is there, as ``"2026-11"``; or empty.

        live: Slots that the speaker fills in on the spot.

        drafts: What it recommends.

        pack: Id of its pack.

        phrases: The phrases of its pack.

        replaces: Id of the rule of another pack in whose place it stands.

        offers: Its drafts with the ids of what they recommend.

        rank_parts: All parts of its rank in their order, with 0 for those that depend on the profile.
    """

    id: str
    whys: tuple[str, ...]
    together: tuple[str, ...] = ()
    needs: FrozenMap[str, int] = FrozenMap()
    mentions: tuple[Mention, ...] = ()
    unless: tuple[Mention, ...] = ()
    adult: bool = False
    countries: tuple[str, ...] = ()
    when: FrozenMap[str, Any] | None = None
    because: Sentence
    group: str = ""
    priority: int = 0
    rank: FrozenMap[str, int] = FrozenMap()
    order: int = 0
    source: str = ""
    homepage: str = ""
    confirmed: str = ""
    live: tuple[str, ...] = ()
    drafts: tuple[Draft, ...]
    pack: str
    phrases: FrozenMap[str, Phrase] = attrs.field(default=FrozenMap(), repr=False)
    replaces: str = ""
    offers: tuple[Offer, ...] = attrs.field(init=False, eq=False, repr=False)
    rank_parts: FrozenMap[str, int] = attrs.field(init=False, eq=False, repr=False)

    @cached_property
    def origin(self) -> dict[str, str]:
        """
        What is told of where it comes from, as far as there is something to tell.
        """
        return {name: value for name in ORIGIN if (value := getattr(self, name))}

    @offers.default
    def _offer(self) -> tuple[Offer, ...]:
        several = len(self.drafts) > 1
        ids = (f"{self.id}.{number}" if several else self.id for number in range(1, len(self.drafts) + 1))
        return tuple([Offer(id_, draft, self.because) for id_, draft in zip(ids, self.drafts, strict=False)])

    @rank_parts.default
    def _weigh(self) -> FrozenMap[str, int]:
        return FrozenMap.holding(
            {
                "needs": RANK["needs"] * len(self.needs),
                "mentions": RANK["mentions"] * len(self.mentions),
                "specificity": 0,
                "dominant": 0,
                "together": RANK["together"] * bool(self.together),
                "priority": RANK["priority"] * self.priority,
                **self.rank,
                "several": 0,
            }
        )


@attrs.frozen(kw_only=True)
class Override:
    """
    Other texts or numbers for a rule of another pack, without a copy of the rule.

    Attributes:
        rule: Id of the rule.

        numbers: New values of ``priority`` and ``order``.

        texts: New texts by place: ``"because"``, or kind and name such as ``"venue.name"``.
    """

    rule: str
    numbers: FrozenMap[str, int] = FrozenMap()
    texts: FrozenMap[str, Sentence] = FrozenMap()


@attrs.frozen(kw_only=True)
class Pack:
    """
    A file of rules.

    Attributes:
        id: Stable and unique, such as ``"kowhy.venues"``.

        title: What people read.

        rules: In the order of the file.

        disables: Ids of rules of other packs that it turns off.

        overrides: What it changes in rules of other packs.
    """

    id: str
    title: str
    rules: tuple[Rule, ...]
    disables: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()
