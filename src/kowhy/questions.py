"""
What to ask next: the question whose answer would raise the score most.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from kowhy.checklists import Checklist
from kowhy.scorecards import Scorecard
from kowhy.whys import State

_CLOSED = (State.DECLINED, State.NOT_APPLICABLE)


@attrs.frozen(kw_only=True)
class Question:
    """
    A question worth asking.

    Attributes:
        why: Id of the WHY.

        item: Key of the item that it supplies.

        code: Stable name, ``"ask.<why>.<item>"``; an app translates by it.

        text: The question in plain English.

        gain: What the score of the WHY would gain, in points.

        gain_to: The rung that an answer would have to reach.

        examples: Answers that say it all.

        sensitive: The answer would be private.
    """

    why: str
    item: str
    code: str
    text: str
    gain: float
    gain_to: str
    examples: tuple[str, ...] = ()
    sensitive: bool = False


def questions(
    scorecard: Scorecard, *, checklists: Mapping[str, Checklist], limit: int | None = None
) -> tuple[Question, ...]:
    """
    The questions whose answers would raise a score, the largest gain first.

    Of equal gains the dominant WHY comes first, then what is not sensitive. What the person declined is never asked,
    and neither is what would add nothing.

    Args:
        scorecard: What is known so far.

        checklists: By WHY; the ones that the scorecard was made with.

        limit: How many at most; ``None`` for all.
    """
    found = []
    for why, score in scorecard.whys.items():
        for item in checklists[why].items:
            standing = score.items[item.key]
            if standing.state in _CLOSED or not standing.gain or standing.gain_to is None:
                continue
            found.append(
                Question(
                    why=why,
                    item=item.key,
                    code=f"ask.{why}.{item.key}",
                    text=item.ask,
                    gain=standing.gain,
                    gain_to=standing.gain_to,
                    examples=item.specific,
                    sensitive=item.sensitive,
                )
            )
    found.sort(key=lambda question: (-question.gain, question.why != scorecard.dominant, question.sensitive))
    return tuple(found if limit is None else found[: max(0, limit)])
