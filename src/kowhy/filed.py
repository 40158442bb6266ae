"""
Rules as they are tried for one WHY: all that can be told of them before there is a scorecard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from kowhy.rules import RANK, Mention, Offer, Rule

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
            group, the offer, and whether words for slots are needed.

        needed: Where its needs are.

        mentions: Where it waits for which words.

        unless: Where which words keep it from firing.
    """

    rule: Rule
    why: str
    gate: Gate
    number: int
    whys: tuple[str, ...] = attrs.field(init=False)
    rows: tuple[tuple[str, int, str, str, Offer, bool], ...] = attrs.field(init=False, repr=False)
    needed: tuple[Place, ...] = attrs.field(init=False)
    mentions: tuple[Listening, ...] = attrs.field(init=False)
    unless: tuple[Listening, ...] = attrs.field(init=False)
    _used: dict[str, tuple[Place, ...]] = attrs.field(init=False, factory=dict, repr=False)

    @whys.default
    def _served(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.why, *self.rule.together)))

    @rows.default
    def _offer(self) -> tuple[tuple[str, int, str, str, Offer, bool], ...]:
        rule = self.rule
        worth = sum(rule.rank_parts.values()) + RANK["several"] * (len(self.whys) - 1)
        return tuple([(one.part, worth, one.id, rule.group, one, bool(one.read or one.said)) for one in rule.offers])

    @needed.default
    def _need(self) -> tuple[Place, ...]:
        return tuple([place(key, self.why) for key in self.rule.needs])

    @mentions.default
    def _wait_for(self) -> tuple[Listening, ...]:
        return tuple(_listening(self.rule.mentions, self.why))

    @unless.default
    def _fear(self) -> tuple[Listening, ...]:
        return tuple(_listening(self.rule.unless, self.why))

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


def place(key: str, why: str) -> Place:
    """
    The WHY and the item that *key* (``"item"`` or ``"why.item"``) stands for in a rule tried for *why*.
    """
    whose, _, item = key.rpartition(".")
    return whose or why, item
