"""
A checklist made ready for answers, once.
"""

from __future__ import annotations

import weakref

import attrs

from kowhy.checklists import Checklist, Item
from kowhy.ladder import Frame, Ladder
from kowhy.rating.model import Ask
from kowhy.whys import WHYS, Why


@attrs.frozen(eq=False)
class Asked:
    """
    One item of a checklist, ready for answers.

    Attributes:
        key: Name of the item in profiles.

        item: What the checklist says of it.

        ask: What a rater is asked about its answers.

        ladder: Its rungs.

        own: Whether the class of the WHY has a field for it; other items stand in ``extra``.
    """

    key: str
    item: Item
    ask: Ask
    ladder: Ladder
    own: bool

    def answers(self, why: Why) -> tuple[str, ...]:
        """
        What *why* says to it; items that the class lacks stand in its ``extra``.
        """
        answers: tuple[str, ...] = getattr(why, self.key) if self.own else why.extra.get(self.key, ())
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
    """

    id: str
    why: str
    title: str
    asked: tuple[Asked, ...]
    frame: Frame

    @classmethod
    def of(cls, checklist: Checklist) -> Compiled:
        own = WHYS[checklist.why].item_keys()
        return cls(
            id=checklist.id,
            why=checklist.why,
            title=checklist.title,
            asked=tuple(
                Asked(
                    key=item.key,
                    item=item,
                    ask=ask_of(item, why=checklist.why),
                    ladder=Ladder.of(item),
                    own=item.key in own,
                )
                for item in checklist.items
            ),
            frame=Frame.of(checklist.items, enough=checklist.enough),
        )


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
