"""
Bands: a plain meaning for a range of scores.
"""

from __future__ import annotations

from functools import cache

import attrs

from kowhy.tables import table


@attrs.frozen(kw_only=True)
class Band:
    """
    What a range of scores means.

    Attributes:
        id: Stable name, such as ``"targetable"``.

        lowest: The lowest score of the band, in hundredths of a point.

        title: Its name as people read it.

        meaning: What it means in plain words.
    """

    id: str
    lowest: int
    title: str
    meaning: str


@cache
def bands() -> tuple[Band, ...]:
    """
    All bands, lowest first.
    """
    return tuple(
        Band(id=row["id"], lowest=round(100 * row["from"]), title=row["title"], meaning=row["meaning"])
        for row in table("bands")["band"]
    )


def band(id: str) -> Band:  # noqa: A002  # the field's own name
    """
    The band with this id.
    """
    return next(found for found in bands() if found.id == id)


def band_of(score: int, *, clear: bool) -> Band:
    """
    The band of a score.

    Args:
        score: In hundredths of a point.

        clear: Whether the WHY is clear; the top band needs that too.
    """
    every = bands()
    found = next(band for band in reversed(every) if score >= band.lowest)
    return every[-2] if found is every[-1] and not clear else found
