"""
What follows from what the items of a checklist earn together.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from kowhy.ladder import Cut, Frame, Rise, Sums
from kowhy.scorecards import ItemScore

#: How many cuts a row keeps: the same few items earn the same few points.
CUTS = 16


@attrs.frozen(eq=False)
class Row:
    """
    What is known of one sum of points; few of many profiles differ in that.

    Attributes:
        frame: What the weights fix.

        sums: What decides the score.

        total: The WHY's points.

        score: In hundredths.

        bands: Ids of its band, where the answers are not clear and where they are.

        blanks: The scores of all items, as they are without answers.

        gains: What is known of :meth:`gain`.

        cuts: What is known of :meth:`cut`.
    """

    frame: Frame
    sums: Sums
    total: int
    score: int
    bands: tuple[str, str]
    blanks: dict[str, ItemScore] = attrs.field(factory=dict)
    gains: dict[Rise | None, float] = attrs.field(factory=lambda: {None: 0.0})
    cuts: dict[tuple[int, ...], Sequence[Cut]] = attrs.field(factory=dict)

    def gain(self, rise: Rise | None) -> float:
        """
        How much the score would rise, with two decimals, if one item made that *rise*.
        """
        known = self.gains.get(rise)
        if known is None:
            assert rise is not None
            known = self.gains[rise] = self.frame.gain(self.sums, rise) / 100
        return known

    def cut(self, values: Sequence[int]) -> Sequence[Cut]:
        """
        Which of the items that are not core and earn these *values* add less than they are worth.
        """
        key = tuple(values)
        known = self.cuts.get(key)
        if known is None:
            if len(self.cuts) >= CUTS:
                self.cuts.clear()
            known = self.cuts[key] = self.frame.cut(values, self.sums)
        return known
