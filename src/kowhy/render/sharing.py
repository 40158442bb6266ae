"""
What of a scorecard and a plan may leave the person's hands.
"""

from __future__ import annotations

from collections.abc import Iterator

from kowhy.forms import fold
from kowhy.plans import Plan
from kowhy.recommending import SECRET_WORDS, public
from kowhy.scorecards import Scorecard


def shareable(card: Scorecard) -> Scorecard:
    """
    *card* without private texts, also where one of them stands in an answer that is not private.
    """
    folded = map(fold, _private_texts(card))
    return public(card, [words for words in folded if len(words) >= SECRET_WORDS])


def has_private(*shown: Scorecard | Plan | None) -> bool:
    """
    Whether something in what is *shown* must stay with the person.
    """
    return any(
        bool(one.private) if isinstance(one, Plan) else any(True for _ in _private_texts(one))
        for one in shown
        if one is not None
    )


def _private_texts(card: Scorecard) -> Iterator[str]:
    for score in card.whys.values():
        for item in score.items.values():
            if item.private:
                yield from item.answers
