"""
Which of several WHYs leads.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

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
        return explicit, _EXPLICIT
    if len(scores) == 1:
        return next(iter(scores)), _ONLY
    far = max(scores.values()) - AHEAD
    close = [why for why, score in scores.items() if score > far]
    if len(close) == 1:
        return close[0], _PROPOSED
    # Sorting is stable, also in reverse: ties stay in the order of the article.
    return None, _open(*sorted(close, key=scores.__getitem__, reverse=True))


_EXPLICIT, _ONLY, _PROPOSED = (Dominance(how=how) for how in ("explicit", "only", "proposed"))


@lru_cache(maxsize=256)
def _open(*candidates: str) -> Dominance:
    return Dominance(how="open", candidates=candidates)
