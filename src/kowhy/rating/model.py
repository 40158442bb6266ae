"""
What a rater is asked, and what it answers.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import attrs

from kowhy._lazy import Lazy
from kowhy.errors import KowhyError

#: Where the rungs begin, the same for every kind of item: a name or class that limits, and one a stranger could act on.
NAMED, SPECIFIC = 0.35, 0.60


class NotTextError(KowhyError, TypeError):
    """
    Something that is no text was to be rated.
    """


@attrs.frozen(kw_only=True)
class Reason:
    """
    One thing that raised, lowered or settled a judgement.

    Attributes:
        code: Stable name, such as ``"signal.place"``; an app translates by it.

        words: The words of the answer that it is about.

        text: The same in plain English.
    """

    code: str
    words: tuple[str, ...] = ()
    text: str = ""


@attrs.frozen(kw_only=True, cache_hash=True)
class Ask:
    """
    What an answer is an answer to.

    Attributes:
        why: Id of the WHY, such as ``"social_reasons"``.

        item: Key of the item, such as ``"age"``.

        kind: What kind of answer the item wants, one of the kinds of the checklist meta-schema.

        title: The item's name as people read it.

        question: The item's question; an answer that only echoes it says nothing.

        choices: For items of kind *choice*: the words that settle it.
    """

    why: str
    item: str
    kind: str
    title: str = ""
    question: str = ""
    choices: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Rating(Lazy):
    """
    How specific one answer is.

    Attributes:
        value: From 0 (says nothing) to 1 (nothing left to ask); ``None`` when it was not rated.

        reasons: Why, most important first.

        zero: Code of the reason why the answer counts as none at all (junk, refusal, echo); else ``None``.
    """

    value: float | None
    reasons: tuple[Reason, ...] = ()
    zero: str | None = None

    @property
    def rated(self) -> bool:
        """
        Whether the rater could tell.
        """
        return self.value is not None

    @property
    def rung(self) -> str | None:
        """
        The rung of the common ladder: ``missing``, ``vague``, ``named`` or ``specific``; ``None`` when not rated.
        """
        if self.value is None:
            return None
        if self.zero is not None:
            return "missing"
        return "specific" if self.value >= SPECIFIC else "named" if self.value >= NAMED else "vague"


@runtime_checkable
class Rater(Protocol):
    """
    Anything that rates answers; the seam behind which raters of other languages stand.
    """

    def rate(self, text: str, *, ask: Ask | None = None) -> Rating:
        """
        Rate *text*, as an answer to *ask* or by itself.

        The same text and ask must always give the same rating.
        """
        ...
