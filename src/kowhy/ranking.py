"""
What comes first in each part of a plan, and what has no place in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from operator import itemgetter

import attrs

from kowhy.filed import Filed, Hit, offered
from kowhy.filling import Fillings
from kowhy.matching import Match, by_rule
from kowhy.offers import Offer
from kowhy.plans import PARTS, Recommendation
from kowhy.rules import RANK
from kowhy.scorecards import Scorecard

#: How many of one group may stand in a plan; more would be the same advice again.
OF_A_GROUP = 2

# Read for each rule that fires.
_SPECIFICITY, _DOMINANT, _SEVERAL = RANK["specificity"], RANK["dominant"], RANK["several"]

#: One candidate; it may come from a plugin, and then no rule was hit.
Row = tuple[tuple[int, str], str, Offer | Recommendation, tuple[Hit, ...]]

_by_rank = itemgetter(0)


@attrs.frozen(kw_only=True)
class Ranking:
    """
    All that a plan may hold.

    Attributes:
        parts: For each part of the plan its rows, best first.

        held: What fired and has a slot that stays empty, with the first rule for which it does.

        lead: What each WHY adds to a rank.
    """

    parts: dict[str, list[Row]]
    held: list[tuple[Offer, Filed]]
    lead: dict[str, int]


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
    for made in more:
        parts[made.part].append(((-made.total, made.id), made.group, made, ()))
    held: list[tuple[Offer, Filed]] = []
    lead = {why: _DOMINANT * leads(card, why) for why in card.whys}
    alone = len(lead) == 1
    hits = list(match.heard)
    for bundle, levels in match.open:
        key = levels, lead[bundle.why], alone
        offers = bundle.known.get(key) or bundle.offers(*key)
        for part, rows in offers.ready:
            parts[part] += rows
        for part, row, needed in offers.wordy:
            one = row[3][0][0]
            if fillings.suit(one, needed):
                parts[part].append(row)
            else:
                held.append((row[2], one))
        hits += offers.shared
    for some in [(hit,) for hit in hits] if alone else by_rule(hits):
        one = some[0][0]
        for part, row, wants in offered(some, lead[one.why]):
            good = some if wants is None else tuple([hit for hit in some if fillings.suit(hit[0], wants)])
            if not good:
                held.append((row[2], one))
            elif len(some) > 1:
                parts[part].append(((-sum(rank_parts(good, lead).values()), row[0][1]), *row[1:3], good))
            else:
                parts[part].append(row)
    if dismissed:
        parts = {part: [row for row in rows if row[0][1] not in dismissed] for part, rows in parts.items()}
    order = match.whys if card.dominant is None else ()
    return Ranking(parts=_arranged(parts, order), held=held, lead=lead)


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


def rank_parts(hits: tuple[Hit, ...], lead: Mapping[str, int]) -> dict[str, int]:
    """
    The rank of a recommendation by its named parts.

    Args:
        hits: Of the rule that makes it.

        lead: What each WHY adds to a rank.
    """
    one, levels, _ = hits[0]
    found = one.rule.rank_parts.copy()
    found["specificity"] = _SPECIFICITY * levels
    found["dominant"] = lead[one.why]
    found["several"] = _SEVERAL * (len(one.whys if len(hits) == 1 else served(hits)) - 1)
    return found


def _arranged(parts: dict[str, list[Row]], order: tuple[str, ...]) -> dict[str, list[Row]]:
    """
    The best first, and no more than two of a group.

    Args:
        parts: The rows of each part.

        order: The WHYs, if none of them leads.
    """
    found: dict[str, list[Row]] = {}
    sizes: dict[str, int] = {}
    for rows in parts.values():
        for row in rows:
            group = row[1]
            if group:
                sizes[group] = sizes.get(group, 0) + 1
    room = {group: OF_A_GROUP for group, size in sizes.items() if size > OF_A_GROUP}
    for part in PARTS:
        rows = sorted(parts[part], key=_by_rank)
        if order:
            rows = list(_interleaved(rows, order))
        found[part] = [row for row in rows if row[1] not in room or _takes(room, row[1])] if room else rows
    return found


def _takes(room: dict[str, int], group: str) -> bool:
    """
    Whether there is room for one more of *group*, which it takes.
    """
    room[group] -= 1
    return room[group] >= 0


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
    made = row[2]
    return "".join(made.whys[:1]) if isinstance(made, Recommendation) else row[3][0][0].why
