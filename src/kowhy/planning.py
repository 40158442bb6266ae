"""
From a scorecard to a plan: what fired becomes advice, each piece when somebody reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from operator import itemgetter

import attrs

from kowhy._frozen import FrozenMap, thawed
from kowhy.checklists import Checklist
from kowhy.errors import Fault
from kowhy.filed import Filed, Hit
from kowhy.filling import Fillings
from kowhy.matching import Match, leading
from kowhy.plans import PARTS, NearMiss, Plan, Recommendation, Sharpen, Wording
from kowhy.ranking import Ranking, Row, rank, rank_parts, served, why_of
from kowhy.rules import Offer
from kowhy.scorecards import Scorecard
from kowhy.sentences import Values, Voice, speak, speak_name
from kowhy.whys import State


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
    fillings = Fillings(card, checklists)
    ranking = rank(card, match, fillings, more=more, dismissed=dismissed)
    made = _new(_ThawedPlan)
    made.name = card.name
    made.country = card.country
    made.dominant = card.dominant
    made.whys = leading(card)
    made.emergency = None
    made.problems = tuple(problems)
    made.packs = tuple(packs)
    made.private = fillings.private
    made._later = _PLAN_FINDERS, _Kitchen(card, match, fillings, ranking, dismissed)  # noqa: SLF001  # as planned
    made.__class__ = Plan
    plan: Plan = made
    return plan


@attrs.define(eq=False)
class _Kitchen:
    """
    Makes the pieces of one plan as they are asked for; it keeps none of them.
    """

    card: Scorecard
    match: Match
    fillings: Fillings
    ranking: Ranking
    dismissed: Collection[str]
    _named: dict[int, Values] = attrs.field(factory=dict, init=False)
    _firsts: dict[str, tuple[dict[str, str], frozenset[str]]] = attrs.field(factory=dict, init=False)

    def each(self, name: str) -> Iterator[Recommendation] | Iterator[NearMiss]:
        """
        The pieces of a part of the plan, best first, or the near misses.
        """
        return self.near_misses() if name == "near_misses" else self.part(name)

    def part(self, part: str) -> Iterator[Recommendation]:
        """
        The recommendations of a part, best first.
        """
        for row in self.ranking.parts[part]:
            # A step may name a place or a person that the plan turns out not to have.
            if part != "how" or self._can_be_taken(row):
                yield self._made(row)

    def _can_be_taken(self, step: Row) -> bool:
        offer, hits = step[3:]
        if isinstance(offer, Recommendation):
            return True
        return self.filling(offer, hits[0][0]).can_fill(offer.draft.read, Voice.READ)

    def _made(self, row: Row) -> Recommendation:
        offer, hits = row[3:]
        if isinstance(offer, Recommendation):
            return offer
        rule = hits[0][0].rule
        made = _new(_ThawedRecommendation)
        made.id = offer.id
        made.part = offer.part
        made.whys = served(hits)
        made.pack = rule.pack
        made.source = rule.source
        made.homepage = rule.homepage
        made.confirmed = rule.confirmed
        made.group = rule.group
        made.order = rule.order
        made._later = _FINDERS, _Dish(self, offer, hits)  # noqa: SLF001  # as planned
        made.__class__ = Recommendation
        found: Recommendation = made
        return found

    def near_misses(self) -> Iterator[NearMiss]:
        """
        What one more answer would open, the largest gain first.
        """
        order = {why: index for index, why in enumerate(leading(self.card))}
        found = []
        for offer, one, why, key in self._misses():
            if one.rule.id not in self.dismissed:
                gain = self.fillings.scores[why, key].gain
                place = (-gain, order[why], key, _OPENS.index(offer.part), one.rule.id)
                found.append((place, offer, one, why, key))
        for (less, *_), offer, one, why, key in sorted(found, key=itemgetter(0)):
            wording = self._with_a_gap(offer, one, why, key)
            if wording.is_sayable:
                yield NearMiss(
                    rule=one.rule.id,
                    part=offer.part,
                    why=why,
                    item=key,
                    ask=self.fillings.item(why, key).ask,
                    gain=-less,
                    wording=wording,
                )

    def _misses(self) -> Iterator[tuple[Offer, Filed, str, str]]:
        """
        What lacks one answer, and that answer.
        """
        for one in self.match.nearly:
            where = self.match.missing(one)
            if where in self.fillings.scores:
                yield one.rule.offers[0], one, *where
        for offer, one in self.ranking.held:
            # It fired but has a slot that is still empty: near, for want of that answer.
            for why, key in self.fillings.used(offer, one):
                score = self.fillings.scores[why, key]
                is_open = score.state in (State.UNKNOWN, State.GIVEN) and score.gain > 0
                if not is_open or self.fillings.is_filled(why, key):
                    continue
                if self._with_a_gap(offer, one, why, key).is_sayable:
                    yield offer, one, why, key
                    break

    def _with_a_gap(self, offer: Offer, one: Filed, why: str, key: str) -> Wording:
        texts = offer.draft.texts
        sentence = texts.get("name") or texts["then"]
        return Wording(sentence, self.fillings.with_a_gap(one, why, key), Voice.READ, is_name=True)

    def filling(self, offer: Offer, one: Filed) -> Values:
        """
        What the slots of an offer may hold; those of a step may also ask for the first place and person of its WHY.
        """
        values = self.fillings.of(one)
        if offer.part != "how" or all(slot.name not in _FIRST_OF for slot in offer.slots):
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
            for slot, part in _FIRST_OF.items():
                rows = self.ranking.parts[part]
                # What joins two WHYs is rarely the place or person that the steps of one WHY are about.
                fitting = (row for row in rows if why_of(row) == why and not _joins(row))
                row = next(fitting, rows[0] if rows else None)
                if row is not None:
                    first = self._made(row)
                    names[slot] = first.wording("name")
                    if self.fillings.secret and first.public(self.fillings.private) is None:
                        own.add(slot)
            self._firsts[why] = names, frozenset(own)
        return self._firsts[why]


#: The slots of steps that name what the plan recommends first.
_FIRST_OF = {"place": "where", "person": "whom"}


def _joins(row: Row) -> bool:
    offer, hits = row[3:]
    return bool(offer.rank.get("together") if isinstance(offer, Recommendation) else hits[0][0].rule.together)


@attrs.define(eq=False)
class _Dish:
    """
    What a recommendation is made from.
    """

    kitchen: _Kitchen
    offer: Offer
    hits: tuple[Hit, ...]

    def wordings(self) -> FrozenMap[str, Wording]:
        """
        The texts, ready to be put into words.
        """
        values = self.kitchen.filling(self.offer, self.hits[0][0])
        texts = self.offer.texts
        return FrozenMap.holding(
            {name: Wording(sentence, values, voice, is_name) for name, sentence, voice, is_name in texts}
        )

    def said(self) -> dict[str, str | None]:
        """
        The texts in words.
        """
        found = self.offer.fixed.copy()
        if self.offer.open:
            values = self.kitchen.filling(self.offer, self.hits[0][0])
            for name, sentence, voice, is_name in self.offer.open:
                found[name] = (speak_name if is_name else speak)(sentence, values, voice)
        return found

    def reasons(self) -> dict[str, object]:
        """
        Why it is recommended, and what would make it fit better: who asks for one mostly asks for all of them.
        """
        return {
            "causes": self.kitchen.match.causes(self.hits[0]),
            "rank": FrozenMap.holding(rank_parts(self.kitchen.card, self.hits)),
            "sharpen": self._sharpen(),
        }

    def _sharpen(self) -> Sharpen | None:
        """
        The answer among those used that would gain most.
        """
        one, _, heard = self.hits[0]
        fillings = self.kitchen.fillings
        most, best = 0.0, None
        for where in (*one.needed, *heard, *fillings.used(self.offer, one)):
            gain = fillings.scores[where].gain
            if gain > most:
                most, best = gain, where
        if best is None:
            return None
        return Sharpen(why=best[0], item=best[1], ask=fillings.item(*best).ask, gain=most)


def _wordings(_: Recommendation, dish: _Dish) -> FrozenMap[str, Wording]:
    return dish.wordings()


def _reason(name: str) -> Callable[[Recommendation, _Dish], object]:
    def find(made: Recommendation, dish: _Dish) -> object:
        reasons = dish.reasons()
        for each, value in reasons.items():
            object.__setattr__(made, each, value)
        return reasons[name]

    return find


#: What a recommendation that nobody looks at need not know.
_FINDERS = {"wordings": _wordings} | {name: _reason(name) for name in ("causes", "rank", "sharpen")}

#: What a plan holds is made when it is read, and its head makes no more than it shows.
_PLAN_FINDERS = {name: lambda _, kitchen, name=name: tuple(kitchen.each(name)) for name in (*PARTS, "near_misses")}

_new = object.__new__
_ThawedRecommendation, _ThawedPlan = thawed(Recommendation), thawed(Plan)

#: What one would rather hear that an answer opens.
_OPENS = ("where", "whom", "say", "how")
