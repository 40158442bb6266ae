"""
From a scorecard to a plan: what fired becomes advice, each piece when somebody reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

import attrs

from kowhy._frozen import FrozenMap, thawed
from kowhy.checklists import Checklist
from kowhy.errors import Fault
from kowhy.filed import Filed, Hit
from kowhy.filling import Fillings
from kowhy.matching import Cause, Match
from kowhy.near import Near
from kowhy.offers import FIRST_OF, Offer
from kowhy.plans import PARTS, Plan, Recommendation, Sharpen, Wording, as_dict, sharpening, wording
from kowhy.ranking import Ranking, Row, rank, rank_parts, served, why_of
from kowhy.rules import ORIGIN
from kowhy.scorecards import Scorecard
from kowhy.sentences import Values, Voice, speak_name


def make_plan(
    card: Scorecard,
    match: Match,
    *,
    checklists: Mapping[str, Checklist],
    dismissed: Collection[str] = (),
    more: Iterable[Recommendation] = (),
    problems: Iterable[Fault] = (),
    packs: Iterable[str] = (),
) -> Plan:
    """
    Put a plan together.

    Args:
        card: The judgement.

        match: What the rules made of it.

        checklists: For the questions and the grammar of the items.

        dismissed: Ids of recommendations that stay away.

        more: Recommendations of plugins.

        problems: What went wrong before.

        packs: Ids of the packs that took part.
    """
    fillings = Fillings(match.view, checklists)
    ranking = rank(card, match, fillings, more=more, dismissed=dismissed)
    near = Near(match, fillings, ranking.held, dismissed)
    made = _new(_ThawedPlan)
    made.name = card.name
    made.country = card.country
    made.dominant = card.dominant
    made.whys = match.whys
    made.emergency = None
    made.problems = tuple(problems)
    made.packs = tuple(packs)
    made._later = _PLAN_FINDERS, _Making(match, fillings, ranking, near)  # noqa: SLF001  # as planned
    made.__class__ = Plan
    plan: Plan = made
    return plan


@attrs.define(eq=False)
class _Making:
    """
    Makes the pieces of one plan as they are asked for; it keeps none of them.
    """

    match: Match
    fillings: Fillings
    ranking: Ranking
    near: Near
    _named: dict[int, Values] = attrs.field(factory=dict, init=False)
    _firsts: dict[str, tuple[dict[str, str], frozenset[str]]] = attrs.field(factory=dict, init=False)

    def part(self, part: str) -> Iterator[Recommendation]:
        """
        The recommendations of a part, best first.
        """
        for row in self.ranking.parts[part]:
            # A step may name a place or a person that the plan turns out not to have.
            if part != "how" or self._can_be_taken(row):
                yield self._made(row)

    def _can_be_taken(self, step: Row) -> bool:
        offer, hits = step[2:]
        if isinstance(offer, Recommendation) or not offer.draft.read:
            return True
        return self.filling(offer, hits[0][0]).can_fill(offer.draft.read, Voice.READ)

    def _made(self, row: Row) -> Recommendation:
        offer, hits = row[2:]
        if isinstance(offer, Recommendation):
            return offer
        made = _new(_ThawedRecommendation)
        made.id = offer.id
        made.part = offer.part
        made.order = hits[0][0].rule.order
        made._later = _FINDERS, _Piece(self, offer, hits)  # noqa: SLF001  # as planned
        made.__class__ = Recommendation
        found: Recommendation = made
        return found

    def filling(self, offer: Offer, one: Filed) -> Values:
        """
        What the slots of an offer may hold; those of a step may also ask for the first place and person of its WHY.
        """
        values = self.fillings.of(one)
        if not offer.names_first:
            return values
        if id(values) not in self._named:
            names, own = self._first_names(one.why)
            self._named[id(values)] = values.with_plain(names, own=own)
        return self._named[id(values)]

    def _first_names(self, why: str) -> tuple[dict[str, str], frozenset[str]]:
        """
        The names of the place and the person that steps for *why* may name, and which of them hold something private.
        """
        if why not in self._firsts:
            names, own = {}, set()
            for slot, part in FIRST_OF.items():
                rows = self.ranking.parts[part]
                # What joins two WHYs is rarely the place or person that the steps of one WHY are about.
                fitting = (row for row in rows if why_of(row) == why and not _joins(row))
                row = next(fitting, rows[0] if rows else None)
                if row is not None:
                    names[slot] = self._name(row)
                    if self._is_secret(row):
                        own.add(slot)
            self._firsts[why] = names, frozenset(own)
        return self._firsts[why]

    def _name(self, row: Row) -> str:
        offer, hits = row[2:]
        if isinstance(offer, Recommendation):
            return offer.wording("name")
        return speak_name(offer.draft.texts["name"], self.fillings.of(hits[0][0])) or ""

    def _is_secret(self, row: Row) -> bool:
        offer, hits = row[2:]
        if not self.fillings.secret:
            return False
        if isinstance(offer, Offer):
            one, _, heard = hits[0]
            if self.fillings.are_open((*one.needed, *heard, *one.used(offer))):
                return False
        return self._made(row).public(self.fillings.private) is None


def _joins(row: Row) -> bool:
    offer, hits = row[2:]
    return bool(offer.rank.get("together") if isinstance(offer, Recommendation) else hits[0][0].rule.together)


@attrs.define(eq=False)
class _Piece:
    """
    What a recommendation is made from.
    """

    making: _Making
    offer: Offer
    hits: tuple[Hit, ...]

    def whys(self) -> tuple[str, ...]:
        """
        The WHYs that it serves.
        """
        return served(self.hits)

    def wordings(self) -> FrozenMap[str, Wording]:
        """
        The texts, ready to be put into words.
        """
        values = self.making.filling(self.offer, self.hits[0][0])
        texts = self.offer.texts
        return FrozenMap.holding(
            {name: wording(sentence, values, voice, is_name) for name, sentence, voice, is_name in texts}
        )

    def shown(self) -> Mapping[str, str]:
        """
        The texts in words, as one reads them.
        """
        return self.offer.worded(self.making.filling(self.offer, self.hits[0][0]))

    def to_dict(self) -> dict[str, Any]:
        """
        It as it is written into JSON, without a look at what else it is made of.
        """
        offer, hits = self.offer, self.hits
        return as_dict(
            offer.id,
            offer.part,
            served(hits),
            self.shown(),
            self.making.match.causes(hits[0]),
            rank_parts(hits, self.making.ranking.lead),
            hits[0][0].rule.origin,
            self.sharpen(),
        )

    def causes(self) -> tuple[Cause, ...]:
        """
        The items that caused it.
        """
        return self.making.match.causes(self.hits[0])

    def rank(self) -> FrozenMap[str, int]:
        """
        Its rank by named parts.
        """
        return FrozenMap.holding(rank_parts(self.hits, self.making.ranking.lead))

    def sharpen(self) -> Sharpen | None:
        """
        The answer among those used that would gain most.
        """
        one, _, heard = self.hits[0]
        fillings = self.making.fillings
        scores = fillings.scores
        most, best = 0.0, None
        for where in (*one.needed, *heard, *one.used(self.offer)) if heard else one.leaning_on(self.offer):
            score = scores.get(where)
            if score is not None and score.gain > most:
                most, best = score.gain, where
        if best is None:
            return None
        why, key = best
        return sharpening(why, key, fillings.item(why, key).ask, most)


def _finder(name: str) -> Callable[[Recommendation, _Piece], object]:
    find = getattr(_Piece, name)
    return lambda _, piece: find(piece)


def _told(name: str) -> Callable[[Recommendation, _Piece], object]:
    return lambda _, piece: getattr(piece.hits[0][0].rule, name)


#: What a recommendation that nobody looks at need not know.
_FINDERS = {name: _finder(name) for name in ("whys", "wordings", "causes", "rank", "sharpen")} | {
    name: _told(name) for name in ORIGIN
}


def _part(name: str) -> Callable[[Plan, _Making], object]:
    return lambda _, making: tuple(making.part(name))


#: What a plan holds is made when it is read, and its head makes no more than it shows.
_PLAN_FINDERS: dict[str, Callable[[Plan, _Making], object]] = {
    **{part: _part(part) for part in PARTS},
    "near_misses": lambda _, making: tuple(making.near.misses()),
    "private": lambda _, making: making.fillings.private,
}

_new = object.__new__
_ThawedRecommendation, _ThawedPlan = thawed(Recommendation), thawed(Plan)
