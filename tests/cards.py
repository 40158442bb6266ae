"""
Scorecards made by hand, for tests of what reads them.
"""

from __future__ import annotations

from kowhy._frozen import FrozenMap
from kowhy.checklists import Checklist, Item, Rung
from kowhy.scorecards import RUNGS, Dominance, ItemScore, Scorecard, WhyScore
from kowhy.whys import WHYS, State

RUNG_LADDER = (
    Rung(name="vague", level=1, credit=15, specificity=0.0),
    Rung(name="named", level=2, credit=60, specificity=0.35),
    Rung(name="specific", level=3, credit=100, specificity=0.6),
)

#: Shapes and kinds that are not "noun" and "statement".
SHAPES = {"geography": ("place", "place"), "service": ("verb", "activity"), "commitment": ("time", "time")}


def checklist(why):
    """
    A checklist of the WHY's own items, each of weight 1.
    """
    items = []
    for key in WHYS[why].item_keys():
        shape, kind = SHAPES.get(key, ("noun", "statement"))
        title = key.replace("_", " ").capitalize()
        items.append(
            Item(
                key=key,
                title=title,
                ask=f"Which {title.lower()}?",
                weight=1,
                origin="article",
                kind=kind,
                shape=shape,
                rungs=RUNG_LADDER,
            )
        )
    return Checklist(id=f"urn:kowhy:checklist:{why}:1", why=why, title=why, enough=4, items=tuple(items))


CHECKLISTS = FrozenMap((why, checklist(why)) for why in WHYS)


def item(*answers, level=3, state=None, private=False, gain=0.0, rated=True):
    """
    An item's score: *answers* at *level*.
    """
    state = state or (State.GIVEN if answers else State.UNKNOWN)
    level = level if answers else 0
    return ItemScore(
        state=state,
        answers=answers,
        levels=(level,) * len(answers),
        rung=RUNGS[level],
        level=level,
        rated=rated,
        credit=1.0,
        weight=1,
        core=False,
        private=private,
        points=0,
        gain=gain,
        gain_to=None,
    )


def card(dominant="only", country=None, name=None, *, adult=False, **whys):
    """
    A scorecard of *whys*, each a mapping of item to :func:`item`; what is not given is missing with a gain of 5.
    """
    scores = {}
    for why in WHYS:
        if why in whys:
            items = {key: whys[why].get(key, item(gain=5.0)) for key in WHYS[why].item_keys()}
            scores[why] = WhyScore(
                checklist=f"urn:kowhy:checklist:{why}:1",
                score=50.0,
                points=50,
                full=100,
                judged=1.0,
                band="category",
                clear=True,
                crisp=None,
                clean=True,
                items=FrozenMap(items),
            )
    lead = next(iter(scores)) if dominant == "only" else dominant
    dominance = Dominance(how="explicit") if lead else Dominance(how="open", candidates=tuple(scores))
    return Scorecard(
        name=name, country=country, adult=adult, dominant=lead, dominance=dominance, whys=FrozenMap(scores)
    )
