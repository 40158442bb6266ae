"""
The judgement as plain values: what a scorecard holds.
"""

from __future__ import annotations

import attrs

from kowhy._frozen import FrozenMap
from kowhy._lazy import Lazy
from kowhy.rating.model import Reason
from kowhy.whys import State

#: The rungs of the one ladder, lowest first; the position is the level.
RUNGS = ("missing", "vague", "named", "specific")


@attrs.frozen(kw_only=True)
class Finding:
    """
    Something worth knowing that never changes a score.

    Attributes:
        code: Stable name, such as ``"clear.core-missing"``.

        why: Id of the WHY it is about, if one.

        item: Key of the item it is about, if one.

        text: In plain English.
    """

    code: str
    why: str | None = None
    item: str | None = None
    text: str = ""


@attrs.frozen(kw_only=True)
class ItemScore(Lazy):
    """
    What one item is worth.

    Attributes:
        state: Given, declined, not applicable or unknown.

        answers: The texts given.

        levels: For each answer its own level, 0..3, as :data:`RUNGS` counts them.

        rung: The item's rung.

        level: The same as a number, 0..3.

        rated: False when some answer that counts could not be rated, for example one in another language.

        credit: Share of the weight that the rung earns, 0..1 in hundredths.

        weight: 0..9; 0 means that the item is off.

        core: Core items always count and cannot be declined.

        private: The answers stay with the person.

        points: What the item adds to the WHY's points.

        gain: How much the score would rise if the item reached *gain_to*, in points of the score (two decimals).

        gain_to: The lowest higher rung, except vague; ``None`` at the top.

        reasons: Why the answers stand where they stand.
    """

    state: State
    answers: tuple[str, ...] = attrs.field(default=(), repr=False)
    levels: tuple[int, ...] = ()
    rung: str
    level: int
    rated: bool = True
    credit: float
    weight: int
    core: bool
    private: bool
    points: int
    gain: float
    gain_to: str | None
    reasons: tuple[Reason, ...] = attrs.field(default=(), repr=False)


@attrs.frozen(kw_only=True)
class WhyScore(Lazy):
    """
    What one WHY is worth.

    Attributes:
        checklist: URN of the checklist that was used.

        score: 0..100, exactly ``100 * points / full`` rounded to two decimals.

        points: Sum of the items' points.

        full: The points of a perfect answer.

        judged: Share of the given answers that could be rated, 0..1; 1 when none was given.

        band: Id of the band of the score.

        clear: Every core item is at least named and no answer was zeroed.

        crisp: The statement is short and without waffle; ``None`` without a statement.

        clean: No text stands under two items, nothing contradicts.

        items: All items of the checklist, in its order.
    """

    checklist: str
    score: float
    points: int
    full: int
    judged: float
    band: str
    clear: bool
    crisp: bool | None
    clean: bool
    items: FrozenMap[str, ItemScore]


@attrs.frozen(kw_only=True)
class Dominance:
    """
    How the leading WHY was found.

    Attributes:
        how: ``"explicit"``, ``"only"`` (there is just one), ``"proposed"`` (far enough ahead) or ``"open"``.

        candidates: When open: the WHYs that are too close to call, best first.
    """

    how: str
    candidates: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Overlap:
    """
    What two WHYs share.

    Attributes:
        whys: Their ids, in the order of the article.

        items: The items in which it shows, as ``"why.item"``.

        words: The shared words.
    """

    whys: tuple[str, str]
    items: tuple[str, ...]
    words: tuple[str, ...] = attrs.field(default=(), repr=False)


@attrs.frozen(kw_only=True)
class Scorecard(Lazy):
    """
    How specific a profile is, item by item, with the reasons.

    Attributes:
        name: The person's name, if given.

        country: ISO 3166-1 alpha-2 code, if given.

        adult: Whether romance may play a part.

        dominant: Id of the WHY that leads, or ``None`` when it is open.

        dominance: How it was found.

        whys: The score of each WHY, in the order of the article.

        overlap: What pairs of WHYs share.

        findings: What is worth knowing.
    """

    name: str | None = None
    country: str | None = None
    adult: bool = False
    dominant: str | None
    dominance: Dominance
    whys: FrozenMap[str, WhyScore]
    overlap: tuple[Overlap, ...] = ()
    findings: tuple[Finding, ...] = ()

    def without_private(self) -> Scorecard:
        """
        The same scorecard without the texts of private answers, for anything that leaves the person's hands.

        Rungs, credits and points stay; answers, and the reasons that would quote them, go.
        """
        private = {(why, key) for why, score in self.whys.items() for key, item in score.items.items() if item.private}
        whys = FrozenMap(
            (
                why,
                attrs.evolve(
                    score,
                    items=FrozenMap(
                        (key, attrs.evolve(item, answers=(), levels=(), reasons=()) if item.private else item)
                        for key, item in score.items.items()
                    ),
                ),
            )
            for why, score in self.whys.items()
        )
        overlap = tuple(
            shared
            for shared in self.overlap
            if not any(tuple(place.split(".", 1)) in private for place in shared.items)
        )
        findings = tuple(finding for finding in self.findings if (finding.why or "", finding.item or "") not in private)
        return attrs.evolve(self, whys=whys, overlap=overlap, findings=findings)

    def _repr_html_(self) -> str:
        from kowhy.render.notebook import html_of  # noqa: PLC0415  # only a notebook asks for it

        return html_of(self)

    def _repr_markdown_(self) -> str:
        from kowhy.render.notebook import markdown_of  # noqa: PLC0415  # only a notebook asks for it

        return markdown_of(self)
