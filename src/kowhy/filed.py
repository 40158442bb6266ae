"""
Rules as they are tried for one WHY: all that can be told of them before there is a scorecard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import attrs

from kowhy.offers import PLAN_SLOTS, Offer
from kowhy.rules import RANK, Mention, Rule
from kowhy.sentences import Phrase, Slot, suits_all

Place = tuple[str, str]

#: A place with the lowest level that suffices there.
Need = tuple[Place, int]


@attrs.frozen
class Gate:
    """
    What a rule asks for beside words: many rules share one, and it is checked once for all of them.

    Attributes:
        why: Id of the WHY for which the rules are tried.

        together: WHYs that must be present besides.

        countries: Only there; empty is everywhere.

        adult: Only for adults.

        needs: Places in a scorecard with the lowest level that suffices.
    """

    why: str
    together: tuple[str, ...]
    countries: tuple[str, ...]
    adult: bool
    needs: tuple[Need, ...]

    @classmethod
    def of(cls, rule: Rule, why: str) -> Gate:
        """
        The gate of *rule*, tried for *why*.
        """
        needs = ((place(key, why), level) for key, level in rule.needs.items())
        return cls(why, rule.together, rule.countries, rule.adult, tuple(sorted(needs)))


#: The places in which some words may stand, and the words.
Listening = tuple[tuple[Place, ...], frozenset[str]]


class Wants(NamedTuple):
    """
    What must be there before an offer can be put into words.

    Attributes:
        read: The items whose answers are read in it, as its slots name them.

        said: Those whose answers are said in it.

        choosy_read: The slots among the first that not every answer suits, and those that no answer fills.

        choosy_said: The same among the second.
    """

    read: frozenset[str]
    said: frozenset[str]
    choosy_read: frozenset[Slot]
    choosy_said: frozenset[Slot]

    @classmethod
    def of(cls, offer: Offer, phrases: Mapping[str, Phrase]) -> Wants | None:
        """
        What *offer* wants; ``None`` where that is nothing.
        """
        if not offer.read and not offer.said:
            return None
        (read, choosy_read), (said, choosy_said) = (_split(slots, phrases) for slots in (offer.read, offer.said))
        return cls(read, said, choosy_read, choosy_said)


def _split(slots: frozenset[Slot], phrases: Mapping[str, Phrase]) -> tuple[frozenset[str], frozenset[Slot]]:
    items: set[str] = set()
    choosy: set[Slot] = set()
    for slot in slots:
        phrase = phrases.get(slot.name)
        if slot.name in PLAN_SLOTS or not suits_all(slot, phrase):
            choosy.add(slot)
        else:
            items.add(phrase.item if phrase else slot.name)
    return frozenset(items), frozenset(choosy)


@attrs.frozen(eq=False)
class Filed:
    """
    A rule as it is tried for one WHY.

    Attributes:
        rule: The rule.

        why: Id of the WHY.

        gate: What it asks for beside words.

        number: Of the gate, on the shelf.

        whys: The WHYs that its advice is for.

        rows: What it offers: the part of the plan, what it adds to a rank without a look at the profile, the id, the
            group, the offer, and what it wants.

        needed: Where its needs are.

        mentions: Where it waits for which words.

        unless: Where which words keep it from firing.
    """

    rule: Rule
    why: str
    gate: Gate
    number: int
    whys: tuple[str, ...] = attrs.field(init=False)
    rows: tuple[tuple[str, int, str, str, Offer, Wants | None], ...] = attrs.field(init=False, repr=False)
    needed: tuple[Place, ...] = attrs.field(init=False)
    mentions: tuple[Listening, ...] = attrs.field(init=False)
    unless: tuple[Listening, ...] = attrs.field(init=False)
    _used: dict[str, tuple[Place, ...]] = attrs.field(init=False, factory=dict, repr=False)
    _leaning: dict[str, tuple[Place, ...]] = attrs.field(init=False, factory=dict, repr=False)

    @whys.default
    def _served(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.why, *self.rule.together)))

    @rows.default
    def _offer(self) -> tuple[tuple[str, int, str, str, Offer, Wants | None], ...]:
        rule = self.rule
        worth = sum(rule.rank_parts.values()) + RANK["several"] * (len(self.whys) - 1)
        return tuple([(one.part, worth, one.id, rule.group, one, Wants.of(one, rule.phrases)) for one in rule.offers])

    @needed.default
    def _need(self) -> tuple[Place, ...]:
        return tuple([place(key, self.why) for key in self.rule.needs])

    @mentions.default
    def _wait_for(self) -> tuple[Listening, ...]:
        return tuple(_listening(self.rule.mentions, self.why))

    @unless.default
    def _fear(self) -> tuple[Listening, ...]:
        return tuple(_listening(self.rule.unless, self.why))

    @property
    def waits_once(self) -> bool:
        """
        Whether it asks for no more than its gate and one of some words in one place.
        """
        if len(self.mentions) != 1 or self.unless or self.rule.when is not None:
            return False
        places, _ = self.mentions[0]
        return len(places) == 1

    def leaning_on(self, offer: Offer) -> tuple[Place, ...]:
        """
        Its needs and what the slots of one of its offers may hold, each once.
        """
        found = self._leaning.get(offer.id)
        if found is None:
            found = self._leaning[offer.id] = tuple(dict.fromkeys((*self.needed, *self.used(offer))))
        return found

    def used(self, offer: Offer) -> tuple[Place, ...]:
        """
        What the slots of one of its offers may hold, each once, whether there are such items or not.
        """
        found = self._used.get(offer.id)
        if found is None:
            phrases = self.rule.phrases
            keys = [phrases[slot.name].item if slot.name in phrases else slot.name for slot in offer.slots]
            found = self._used[offer.id] = tuple(dict.fromkeys([place(key, self.why) for key in keys]))
        return found


def _listening(mentions: Iterable[Mention], why: str) -> Iterator[Listening]:
    for mention in mentions:
        yield tuple(place(key, why) for key in mention.keys), mention.words


#: A rule that fires, the sum of the levels (0..3 each) of the items that make it fire, and where it heard its mentions.
Hit = tuple[Filed, int, tuple[Place, ...]]

#: One candidate: its rank, less being better, with its id; its group; what is offered; and the hits of the rule that
#: offers it for which it can be put into words, the one that counts first.
Offered = tuple[tuple[int, str], str, Offer, tuple[Hit, ...]]


class Offers(NamedTuple):
    """
    What the rules of one bundle offer.

    Attributes:
        ready: By part of the plan what can be offered to everybody.

        wordy: The part, what can only be offered where there are words for its slots, and what it wants.

        shared: What fires perhaps for another WHY as well.
    """

    ready: tuple[tuple[str, list[Offered]], ...]
    wordy: list[tuple[str, Offered, Wants]]
    shared: list[Hit]


@attrs.frozen(eq=False)
class Bundle:
    """
    Rules behind one gate that fire together: all that ask for nothing else, or one that waits for a word.

    Attributes:
        why: Id of the WHY.

        rules: As they are tried for it.

        heard: Where the word is said.
    """

    why: str
    rules: tuple[Filed, ...]
    heard: tuple[Place, ...] = ()
    #: What they offer, by the arguments of :meth:`offers`; few are possible, for a gate has few needs.
    known: dict[tuple[int, int, bool], Offers] = attrs.field(init=False, factory=dict, repr=False)

    def hits(self, levels: int) -> list[Hit]:
        """
        All of them, fired by items whose levels add up to *levels*.
        """
        return [(one, levels, self.heard) for one in self.rules]

    def offers(self, levels: int, lead: int, alone: bool) -> Offers:  # noqa: FBT001  # what is remembered takes its arguments as they come
        """
        What they offer, which follows from these few.

        Args:
            levels: The sum of the levels of the items that make them fire.

            lead: What the WHY adds to a rank.

            alone: Whether it is the only WHY of the profile.
        """
        # Two threads may both make the same.
        made = self.known[levels, lead, alone] = self._offer(levels, lead, alone=alone)
        return made

    def _offer(self, levels: int, lead: int, *, alone: bool) -> Offers:
        ready: dict[str, list[Offered]] = {}
        wordy: list[tuple[str, Offered, Wants]] = []
        shared: list[Hit] = []
        for hit in self.hits(levels):
            if not alone and len(hit[0].rule.whys) > 1:
                shared.append(hit)
                continue
            for part, row, wants in offered((hit,), lead):
                if wants is None:
                    ready.setdefault(part, []).append(row)
                else:
                    wordy.append((part, row, wants))
        return Offers(tuple(ready.items()), wordy, shared)


def offered(hits: tuple[Hit, ...], lead: int) -> Iterator[tuple[str, Offered, Wants | None]]:
    """
    What the rule of *hits* offers, ranked by the first of them.

    Returns:
        For each offer the part of the plan, the candidate, and what it wants.
    """
    one, levels, _ = hits[0]
    bonus = RANK["specificity"] * levels + lead
    for part, worth, id_, group, offer, wants in one.rows:
        yield part, ((-worth - bonus, id_), group, offer, hits), wants


def place(key: str, why: str) -> Place:
    """
    The WHY and the item that *key* (``"item"`` or ``"why.item"``) stands for in a rule tried for *why*.
    """
    whose, _, item = key.rpartition(".")
    return whose or why, item
