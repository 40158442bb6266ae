"""
What fits a plan: good busy, and busy for its own sake.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from kowhy.plans import Plan
from kowhy.whys import WHYS

#: A target of up to so many words is sought in the texts of the plan.
PHRASE = 6

#: Shorter targets would be found in any text.
SHORTEST = 3

#: The texts of a recommendation in which a target may stand.
_TEXTS = ("name", "text", "find")


@attrs.define
class Fit:
    """
    Whether rounds fit one plan.

    A round fits when it follows a recommendation of the plan, when its target is one that the plan serves, or when it
    is for somebody whom a fitting round was for before: relationships grow from the right places.

    Attributes:
        plan: The plan.

        ids: Ids of its recommendations.
    """

    plan: Plan
    ids: frozenset[str] = attrs.field(init=False)
    _known: dict[str, bool] = attrs.field(factory=dict)
    _phrases: frozenset[str] | None = None

    def __attrs_post_init__(self) -> None:
        self.ids = frozenset(one.id for one in self.plan.recommendations)

    def has_target(self, target: str) -> bool:
        """
        Whether the plan serves *target*: one of its WHYs, an item that caused some of its advice, or words in it.
        """
        known = self._known.get(target)
        if known is None:
            known = self._known[target] = self._serves(target)
        return known

    def _serves(self, target: str) -> bool:
        plain = target.strip().casefold()
        if plain in WHYS:
            return plain in self.plan.whys
        why, _, item = plain.partition(".")
        if why in WHYS:
            return any(
                (cause.why, cause.item) == (why, item) for one in self.plan.recommendations for cause in one.causes
            )
        words = _words(plain)
        return len(plain) >= SHORTEST and 0 < len(words) <= PHRASE and " ".join(words) in self._all_phrases()

    def _all_phrases(self) -> frozenset[str]:
        # Putting a whole plan into words takes a while, and most logs never need it.
        if self._phrases is None:
            self._phrases = frozenset(self._read())
        return self._phrases

    def _read(self) -> Iterator[str]:
        for one in self.plan.recommendations:
            for name in _TEXTS:
                words = _words(getattr(one, name).casefold())
                for start in range(len(words)):
                    for end in range(start + 1, min(start + PHRASE, len(words)) + 1):
                        yield " ".join(words[start:end])


def _words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in text).split()
