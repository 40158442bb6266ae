"""
Why a rule stands in a plan, or why it does not.
"""

from __future__ import annotations

from typing import Any

import attrs

from kowhy.matching import Outcome, View, evaluate, leading
from kowhy.plans import Plan
from kowhy.rules import Rule
from kowhy.scorecards import Scorecard


@attrs.frozen(kw_only=True)
class Explanation:
    """
    What became of one rule.

    Attributes:
        rule: Id of the rule.

        pack: Id of its pack.

        state: ``"fired"``, ``"near"`` (all holds but one needed item, for which one may ask) or ``"not_fired"``.

        tries: For each WHY of the rule every condition, with what was found and what was wanted; the leading WHY first,
            and WHYs that the profile lacks last.

        shown: Ids of its recommendations in the plan.

        held_back: Why a rule that fired is not in the plan: ``"emergency"`` (the plan says where help is, and nothing
            else), ``"slot"`` (an answer that its texts need is missing or too vague to be said), ``"group"`` (two of
            its group rank higher) or ``"words"`` (its texts cannot be put into words with the answers as they are, or
            lack a place or person of the plan); else empty.

        lacks: The item that is missing, as ``"why.item"``, for a near miss or an empty slot; else ``None``.
    """

    rule: str
    pack: str
    state: str
    tries: tuple[Outcome, ...] = attrs.field(repr=False)
    shown: tuple[str, ...] = ()
    held_back: str = ""
    lacks: str | None = None

    def _to_dict_(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "pack": self.pack,
            "state": self.state,
            "shown": list(self.shown),
            "held_back": self.held_back,
            "lacks": self.lacks,
            "tries": [
                {
                    "why": outcome.why,
                    "fired": outcome.fired,
                    "conditions": [
                        {
                            "kind": one.kind,
                            "key": one.key,
                            "wanted": one.wanted,
                            "found": one.found,
                            "holds": one.holds,
                        }
                        for one in outcome.conditions
                    ],
                }
                for outcome in self.tries
            ],
        }


def explain(rule: Rule, card: Scorecard, plan: Plan) -> Explanation:
    """
    What became of *rule* in *plan*, which was made from *card* with all of its recommendations.
    """
    view = View(card)
    present = [why for why in leading(card) if why in rule.whys]
    absent = [why for why in rule.whys if why not in card.whys]
    tries = tuple(evaluate(rule, view, why) for why in (*present, *absent))
    missing = next((miss for miss in plan.near_misses if miss.rule == rule.id), None)
    if any(outcome.fired for outcome in tries):
        ids = {offer.id for offer in rule.offers}
        shown = tuple(one.id for one in plan.recommendations if one.id in ids)
        held_back = "" if shown else _held_back(rule, plan, is_missing=missing is not None)
        lacks = f"{missing.why}.{missing.item}" if missing and not shown else None
        state = "fired"
    else:
        lacks = next((outcome.lacks for outcome in tries if outcome.lacks), None)
        shown, held_back, state = (), "", "near" if lacks else "not_fired"
    return Explanation(
        rule=rule.id, pack=rule.pack, state=state, tries=tries, shown=shown, held_back=held_back, lacks=lacks
    )


def _held_back(rule: Rule, plan: Plan, *, is_missing: bool) -> str:
    if plan.emergency is not None:
        return "emergency"
    if is_missing:
        return "slot"
    # At most two of a group stand in a plan.
    rivals = [one for one in plan.recommendations if rule.group and one.group == rule.group]
    return "group" if len(rivals) > 1 else "words"
