"""
A checklist made ready for answers, once.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import NamedTuple

import attrs

from kowhy.checklists import Checklist, Item
from kowhy.ladder import BEST, CORE, NAMED, NEW, Frame, Ladder, Rise, Standing
from kowhy.rating.model import Ask
from kowhy.scorecards import RUNGS
from kowhy.whys import WHYS, Answers, Why

#: The only WHY whose answers may not pick people by who they are.
JOB = "land_a_job"


class Outlook(NamedTuple):
    """
    What an item that stands at some level is worth.

    Attributes:
        level: 0..3.

        target: The next rung worth aiming at, if there is one.

        worth: Weight times credit.

        rise: What it would still add if it reached its target, as long as what it earns counts; ``None`` at the top.

        clear: Whether that is enough, as far as it matters.

        shown: What a scorecard says of it: rung, level, credit, weight, whether it always counts, and the name of the
            target where the item has a weight.
    """

    level: int
    target: Standing | None
    worth: int
    rise: Rise | None
    clear: bool
    shown: tuple[str, int, float, int, bool, str | None]

    @classmethod
    def of(cls, item: Item, standing: Standing, target: Standing | None) -> Outlook:
        """
        What follows from where *item* stands, and from its *target*.
        """
        weight, core, level = item.weight, item.core, standing.level
        worth = weight * standing.credit
        clear = not (weight and core and level < NAMED)
        shown = (RUNGS[level], level, standing.credit / 100, weight, core, None)
        if target is None or not weight:
            return cls(level, target, worth, None, clear, shown)
        aim = weight * target.credit
        rise = (CORE, aim - worth) if core else (BEST, aim - worth) if worth else (NEW, aim)
        return cls(level, target, worth, rise, clear, (*shown[:-1], RUNGS[target.level]))


@attrs.frozen(eq=False)
class Asked:
    """
    One item of a checklist, ready for answers.

    Attributes:
        place: Its position in the checklist.

        key: Name of the item in profiles.

        item: What the checklist says of it.

        ask: What a rater is asked about its answers.

        ladder: Its rungs.

        weight: 0..9.

        core: Whether it always counts.

        sensitive: Whether its answers stay with the person as long as nothing else is said.

        guarded: Whether its answers may not pick people by who they are; only those about work may not.

        own: Whether the class of the WHY has a field for it; other items stand in ``extra``.

        outlooks: What follows from where it stands, by level.

        alone: What follows from the level of its only answer, where no rung asks for more than one.
    """

    place: int
    key: str
    item: Item
    ask: Ask
    ladder: Ladder
    weight: int
    core: bool
    sensitive: bool
    guarded: bool
    own: bool
    outlooks: tuple[Outlook, ...] = attrs.field(init=False, repr=False)
    alone: tuple[Outlook, ...] | None = attrs.field(init=False, repr=False)

    @outlooks.default
    def _look(self) -> tuple[Outlook, ...]:
        credit = {standing.level: standing.credit for standing in self.ladder.standings}
        return tuple(
            [
                Outlook.of(self.item, Standing(level, credit.get(level, 0)), target)
                for level, target in enumerate(self.ladder.targets)
            ]
        )

    @alone.default
    def _look_alone(self) -> tuple[Outlook, ...] | None:
        ladder = self.ladder
        return tuple([self.outlooks[standing.level] for standing in ladder.standings]) if ladder.plain else None

    def answers(self, why: Why) -> Answers:
        """
        What *why* says to it; items that the class lacks stand in its ``extra``.
        """
        answers: Answers = getattr(why, self.key) if self.own else why.extra.get(self.key, ())
        return answers


@attrs.frozen(eq=False)
class Compiled:
    """
    A checklist, ready for answers.

    Attributes:
        id: URN of the checklist.

        why: Id of the WHY.

        title: Name of the WHY as people read it.

        asked: Its items, in order.

        frame: What its weights fix.

        added: Keys of the items that the class of the WHY lacks.

        core: Keys of the items that cannot be declined.

        statement: What a rater is asked about the statement.

        fetch: Gives the answers to all items in their order.
    """

    id: str
    why: str
    title: str
    asked: tuple[Asked, ...]
    frame: Frame
    added: frozenset[str]
    core: frozenset[str]
    statement: Ask
    fetch: Callable[[Why], Sequence[Answers]]

    @classmethod
    def of(cls, checklist: Checklist) -> Compiled:
        """
        Make *checklist* ready.
        """
        own = WHYS[checklist.why].item_keys()
        asked = tuple(
            Asked(
                place=place,
                key=item.key,
                item=item,
                ask=ask_of(item, why=checklist.why),
                ladder=Ladder.of(item),
                weight=item.weight,
                core=item.core,
                sensitive=item.sensitive,
                guarded=checklist.why == JOB,
                own=item.key in own,
            )
            for place, item in enumerate(checklist.items)
        )
        return cls(
            id=checklist.id,
            why=checklist.why,
            title=checklist.title,
            asked=asked,
            frame=Frame.of(checklist.items, enough=checklist.enough),
            added=frozenset(item.key for item in checklist.items if item.key not in own),
            core=frozenset(item.key for item in checklist.items if item.core),
            statement=Ask(why=checklist.why, item="statement", kind="statement", title=checklist.title),
            fetch=_fetch(asked),
        )


def _fetch(asked: Sequence[Asked]) -> Callable[[Why], Sequence[Answers]]:
    if len(asked) > 1 and all(one.own for one in asked):
        # One call for all of them, where the class has all of them.
        return attrgetter(*[one.key for one in asked])
    return lambda why: [one.answers(why) for one in asked]


def ask_of(item: Item, *, why: str) -> Ask:
    """
    What a rater is asked about the answers to *item*.
    """
    return Ask(
        why=why,
        item=item.key,
        kind=item.kind,
        title=item.title,
        question=item.ask,
        choices=tuple(word for words in item.choices.values() for word in words),
    )


# By identity, for as long as the checklist lives: comparing two checklists would cost more than a whole score. What is
# kept follows from the checklist alone, so it cannot change a result.
_KNOWN: dict[int, tuple[weakref.ref[Checklist], Compiled]] = {}


def compiled(checklist: Checklist) -> Compiled:
    """
    *checklist* made ready, at the first call; the same object afterwards.
    """
    key = id(checklist)
    kept = _KNOWN.get(key)
    if kept is not None and kept[0]() is checklist:
        return kept[1]
    made = Compiled.of(checklist)
    _KNOWN[key] = (weakref.ref(checklist, lambda _: _KNOWN.pop(key, None)), made)
    return made
