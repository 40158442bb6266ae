"""
What one more answer would open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from operator import itemgetter

import attrs

from kowhy._frozen import maker
from kowhy.filed import Filed, Place
from kowhy.filling import Fillings
from kowhy.matching import Match
from kowhy.offers import Offer
from kowhy.plans import NearMiss, Wording, wording
from kowhy.sentences import Voice
from kowhy.whys import State

#: What one would rather hear that an answer opens.
_OPENS = {part: place for place, part in enumerate(("where", "whom", "say", "how"))}

_by_part = itemgetter(0, 1)

_near_miss = maker(NearMiss)

# To look it up in its class takes long.
_READ = Voice.READ


#: Some rules that lack the same answer, with the offer, if it is this that lacks it.
_Some = tuple[tuple[Filed, ...], Offer | None]


@attrs.define(eq=False)
class Near:
    """
    Finds the near misses of one plan.

    Attributes:
        match: What the rules made of it.

        fillings: What their slots may hold.

        held: What fired and has a slot that stays empty, with the rule.

        dismissed: Ids of recommendations that stay away.
    """

    match: Match
    fillings: Fillings
    held: Iterable[tuple[Offer, Filed]]
    dismissed: Collection[str]

    def misses(self, *, one_an_item: bool = False) -> Iterator[NearMiss]:
        """
        What one more answer would open, the largest gain first.

        Args:
            one_an_item: Only the first thing that an item would open.
        """
        order = {why: index for index, why in enumerate(self.match.whys)}
        scores = self.fillings.scores
        found = self._lacking()
        for where in sorted(found, key=lambda where: (-scores[where].gain, order[where[0]], where[1])):
            why, key = where
            ask, gain = self.fillings.item(why, key).ask, scores[where].gain
            for _, rule, offer, one in sorted(self._opened(found[where]), key=_by_part):
                gapped = self._with_a_gap(offer, one, where)
                if gapped.is_sayable:
                    yield _near_miss(rule, offer.part, why, key, ask, gain, gapped)
                    if one_an_item:
                        break

    def _opened(self, every: Iterable[_Some]) -> Iterator[tuple[int, str, Offer, Filed]]:
        for rules, held in every:
            for one in rules:
                rule = one.rule
                offer = held or rule.offers[0]
                if rule.id not in self.dismissed:
                    yield _OPENS[offer.part], rule.id, offer, one

    def _lacking(self) -> dict[Place, list[_Some]]:
        """
        The rules that lack one answer, by that answer; with the offer, if it is this that lacks it.
        """
        scores = self.fillings.scores
        found: dict[Place, list[_Some]] = {}
        for rules, where in self.match.nearly:
            if where in scores:
                found.setdefault(where, []).append((rules, None))
        for offer, one in self.held:
            # It fired but has a slot that is still empty: near, for want of that answer.
            for where in one.used(offer):
                score = scores.get(where)
                if score is None or score.gain <= 0 or score.state not in (State.UNKNOWN, State.GIVEN):
                    continue
                if not self.fillings.is_filled(*where) and self._with_a_gap(offer, one, where).is_sayable:
                    found.setdefault(where, []).append(((one,), offer))
                    break
        return found

    def _with_a_gap(self, offer: Offer, one: Filed, where: Place) -> Wording:
        texts = offer.draft.texts
        sentence = texts.get("name") or texts["then"]
        return wording(sentence, self.fillings.with_a_gap(one, where), _READ, True)  # noqa: FBT003  # by position, for speed
