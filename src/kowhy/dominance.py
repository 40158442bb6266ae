"""
Which of several WHYs leads.
"""

from __future__ import annotations

from collections.abc import Mapping

from kowhy.scorecards import Dominance

#: How far ahead a WHY must be to be proposed, in hundredths of a point.
AHEAD = 1000


def find_dominant(scores: Mapping[str, int], *, explicit: str | None) -> tuple[str | None, Dominance]:
    """
    The WHY that leads, and how it was found; never a silent pick between two that are close.

    Args:
        scores: In hundredths, by WHY, in the order of the article.

        explicit: The WHY that the person marked, if any.
    """
    if explicit is not None:
        return explicit, Dominance(how="explicit")
    # Sorting is stable, also in reverse: ties stay in the order of the article.
    ranked = sorted(scores, key=scores.__getitem__, reverse=True)
    if len(ranked) == 1:
        return ranked[0], Dominance(how="only")
    best = scores[ranked[0]]
    close = tuple(why for why in ranked if best - scores[why] < AHEAD)
    if len(close) == 1:
        return close[0], Dominance(how="proposed")
    return None, Dominance(how="open", candidates=close)
