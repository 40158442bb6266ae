"""
How specific is one answer: what a rater is asked, what it answers, and the rater for English that ships with kowhy.
"""

from __future__ import annotations

from kowhy.rating.model import Ask, NotTextError, Rater, Rating, Reason

__all__ = ["Ask", "EnglishRater", "NotTextError", "Rater", "Rating", "Reason"]


def __getattr__(name: str) -> object:
    # The rater brings its tables of words; who only needs the names does not pay for them.
    if name == "EnglishRater":
        from kowhy.rating.rater import EnglishRater  # noqa: PLC0415

        globals()[name] = EnglishRater
        return EnglishRater
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
