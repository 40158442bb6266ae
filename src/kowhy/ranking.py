"""
What comes first in each part of a plan, and what has no place in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from operator import itemgetter

import attrs

from kowhy.filed import Filed, Hit
from kowhy.filling import Fillings
from kowhy.matching import Match, leading
from kowhy.plans import PARTS, Recommendation
from kowhy.rules import RANK, Offer
from kowhy.scorecards import Scorecard

#: How many of one group may stand in a plan; more would be the same advice again.
OF_A_GROUP = 2

# Read for each rule that fires.
_SPECIFICITY, _DOMINANT, _SEVERAL = RANK["specificity"], RANK["dominant"], RANK["several"]

#: One candidate: its rank, less being better; its id; its group; what is offered, or what a plugin recommends; and the
#: hits of the rule that offers it for which it can be put into words, the one that counts first.
Row = tuple[int, str, str, Offer | Recommendation, tuple[Hit, ...]]

_by_rank = itemgetter(0, 1)


@attrs.frozen(kw_only=True)
class Ranking:
    """
    All that a plan may hold.

    Attributes:
        parts: For each part of the plan its rows, best first.

        held: What fired and has a slot that stays empty, with the first rule for which it does.
    """

    parts: dict[str, list[Row]]
    held: list[tuple[Offer, Filed]]


def rank(
    card: Scorecard,
    match: Match,
    fillings: Fillings,
    *,
    more: Iterable[Recommendation] = (),
    dismissed: Collection[str] = (),
) -> Ranking:
    """
    Sort what fired into the parts of a plan.

    Args:
        card: The judgement.

        match: What the rules made of it.

        fillings: What their slots may hold.

        more: Recommendations of plugins.

        dismissed: Ids of recommendations that stay away.
    """
    parts: dict[str, list[Row]] = {part: [] for part in PARTS}
    for one in more:
        parts[one.part].append((-one.total, one.id, one.group, one, ()))
    held: list[tuple[Offer, Filed]] = []
    lead = {why: _DOMINANT * leads(card, why) for why in card.whys}
    for hits in match.by_rule:
        first, levels, _ = hits[0]
        bonus = _SPECIFICITY * levels + lead[first.why]
        for part, worth, id_, group, offer, needs_words in first.rows:
            good = hits
            total = worth + bonus
            if needs_words:
                good = tuple([hit for hit in hits if fillings.of(hit[0]).can_fill_both(offer.read, offer.said)])
                if not good:
                    held.append((offer, first))
                    continue
            if len(hits) > 1:
                total = sum(rank_parts(card, good).values())
            parts[part].append((-total, id_, group, offer, good))
    if dismissed:
        parts = {part: [row for row in rows if row[1] not in dismissed] for part, rows in parts.items()}
    order = leading(card) if card.dominant is None else ()
    return Ranking(parts=_arranged(parts, order), held=held)


def leads(card: Scorecard, why: str) -> bool:
    """
    Whether *why* leads the plan, perhaps with others.
    """
    # A rule of the second WHY that joins both is still advice for the second.
    return why == card.dominant or (card.dominant is None and why in card.dominance.candidates)


def served(hits: tuple[Hit, ...]) -> tuple[str, ...]:
    """
    The WHYs that a recommendation serves, the leading one first.
    """
    first = hits[0][0].whys
    return first if len(hits) == 1 else tuple(dict.fromkeys((*first, *(hit[0].why for hit in hits))))


def rank_parts(card: Scorecard, hits: tuple[Hit, ...]) -> dict[str, int]:
    """
    The rank of a recommendation by its named parts.
    """
    one, levels, _ = hits[0]
    found = one.rule.rank_parts.copy()
    found["specificity"] = _SPECIFICITY * levels
    found["dominant"] = _DOMINANT * leads(card, one.why)
    found["several"] = _SEVERAL * (len(served(hits)) - 1)
    return found


def _arranged(parts: dict[str, list[Row]], order: tuple[str, ...]) -> dict[str, list[Row]]:
    """
    The best first, and no more than two of a group.

    Args:
        parts: The rows of each part.

        order: The WHYs, if none of them leads.
    """
    found: dict[str, list[Row]] = {}
    groups: dict[str, int] = {}
    for part in PARTS:
        best = sorted(parts[part], key=_by_rank)
        kept = found[part] = []
        for row in _interleaved(best, order) if order else best:
            group = row[2]
            if group:
                seen = groups.get(group, 0)
                if seen >= OF_A_GROUP:
                    continue
                groups[group] = seen + 1
            kept.append(row)
    return found


def _interleaved(best: list[Row], order: tuple[str, ...]) -> Iterator[Row]:
    """
    One of each WHY in turn, since none of them leads.
    """
    queues: dict[str, list[Row]] = {why: [] for why in order}
    for row in best:
        queues[why_of(row) or order[0]].append(row)
    for turn in range(max(map(len, queues.values()))):
        for queue in queues.values():
            yield from queue[turn : turn + 1]


def why_of(row: Row) -> str:
    """
    The first WHY that a candidate serves; empty if it says none.
    """
    made = row[3]
    return "".join(made.whys[:1]) if isinstance(made, Recommendation) else row[4][0][0].why
