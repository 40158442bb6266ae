"""
A checklist, read once into plain values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from kowhy._frozen import FrozenMap


@attrs.frozen(kw_only=True)
class Rung:
    """
    One rung of an item's ladder.

    Attributes:
        name: ``"vague"``, ``"named"`` or ``"specific"``.

        level: 1, 2 or 3.

        credit: Hundredths of the weight that it earns, 0..100.

        specificity: The rating that an answer must reach, 0..1.

        schema: What the answers that reach it must satisfy; only ``minItems``, ``contains``, ``minContains``.
    """

    name: str
    level: int
    credit: int
    specificity: float
    schema: FrozenMap[str, Any] | None = None


@attrs.frozen(kw_only=True)
class Item:
    """
    One thing that a checklist asks for.

    Attributes:
        key: Name of the item in profiles.

        title: Its name as people read it.

        description: What it means and why it helps.

        ask: The question that supplies it.

        weight: 0..9; 0 turns the item off.

        core: Always counts, cannot be declined.

        sensitive: Private unless the profile's ``may_say`` names it.

        origin: ``"article"``, or ``"derived"`` with the source after a colon.

        kind: What kind of answer it wants.

        shape: The grammar of a usual answer.

        vague: Example answers that say little.

        specific: Example answers that say it all.

        choices: For items of kind *choice*: the words that settle it, by choice.

        rungs: Its ladder, lowest first.
    """

    key: str
    title: str
    description: str = ""
    ask: str
    weight: int
    core: bool = False
    sensitive: bool = False
    origin: str
    kind: str
    shape: str
    vague: tuple[str, ...] = ()
    specific: tuple[str, ...] = ()
    choices: FrozenMap[str, tuple[str, ...]] = FrozenMap()
    rungs: tuple[Rung, ...]


@attrs.frozen(kw_only=True)
class Checklist:
    """
    What one WHY asks for, and what each answer is worth.

    Attributes:
        id: URN with a version, such as ``"urn:kowhy:checklist:learn:1"``.

        why: Id of the WHY.

        title: Name of the WHY as people read it.

        description: What the WHY is about.

        enough: How many items that are not core suffice for a full score.

        items: In the order in which they are asked.
    """

    id: str
    why: str
    title: str
    description: str = ""
    enough: int
    items: tuple[Item, ...]

    def with_weights(self, weights: Mapping[str, int]) -> Checklist:
        """
        The same checklist with other weights; 0 turns an item off.
        """
        raise NotImplementedError
