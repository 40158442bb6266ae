"""
The interview: the question with the largest gain, again and again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from kowhy.checklists import Item
from kowhy.engine import Engine
from kowhy.questions import Question
from kowhy.scorecards import Scorecard
from kowhy.whys import Profile, Why

#: More than anybody will be asked.
ALL = 1_000


@attrs.define
class Interview:
    """
    A profile on its way; every change is a new profile, so one can always go back.
    """

    engine: Engine
    profile: Profile
    skipped: set[tuple[str, str]] = attrs.field(factory=set)
    _past: list[tuple[Profile, frozenset[tuple[str, str]]]] = attrs.field(factory=list)

    @property
    def card(self) -> Scorecard:
        """
        The score so far.
        """
        return self.engine.score(self.profile)

    def question(self) -> Question | None:
        """
        What to ask next; ``None`` when nothing is left.
        """
        for question in self.engine.next_questions(self.profile, limit=ALL):
            if (question.why, question.item) not in self.skipped:
                return question
        return None

    def item(self, question: Question) -> Item:
        """
        The item that *question* is about.
        """
        return self.engine.checklists[question.why].item(question.item)

    def answer(self, question: Question, text: str) -> None:
        """
        Take *text* as the answer, in place of a vague one.

        Several answers may stand in one text with semicolons between them.
        """
        texts = tuple(part.strip() for part in text.split(";") if part.strip())
        self._change(question, answers=texts)

    def skip(self, question: Question) -> None:
        """
        Ask it no more this time.
        """
        self._remember()
        self.skipped.add((question.why, question.item))

    def decline(self, question: Question) -> bool:
        """
        Note that the person does not want to answer; false where the item is core and can only be skipped.
        """
        if self.item(question).core:
            return False
        self._change(question, declined=True)
        return True

    def back(self) -> bool:
        """
        Undo the last step; false when there is none.
        """
        if not self._past:
            return False
        self.profile, skipped = self._past.pop()
        self.skipped = set(skipped)
        return True

    def _remember(self) -> None:
        self._past.append((self.profile, frozenset(self.skipped)))

    def _change(self, question: Question, *, answers: tuple[str, ...] = (), declined: bool = False) -> None:
        self._remember()
        old = self.profile.why(question.why)
        assert old is not None
        changes: dict[str, Any] = {}
        if question.item in type(old).item_keys():
            changes[question.item] = answers
        else:
            changes["extra"] = {**old.extra, question.item: answers}
        if declined:
            changes["declined"] = (*old.declined, question.item)
        new: Why = attrs.evolve(old, **changes)
        whys = tuple(new if one.why == question.why else one for one in self.profile.whys)
        self.profile = attrs.evolve(self.profile, whys=whys)
        gain = self.engine.score(self.profile).whys[question.why].items[question.item].gain
        # Asked once more at most: whoever cannot be more specific now should not be nagged.
        if gain > 0 and (question.why, question.item) in self._asked():
            self.skipped.add((question.why, question.item))

    def _asked(self) -> Mapping[tuple[str, str], None]:
        """
        The items that were answered before in this interview.
        """
        found: dict[tuple[str, str], None] = {}
        for (before, _), (after, _) in zip(self._past, self._past[1:], strict=False):
            for old, new in zip(before.whys, after.whys, strict=False):
                for key in type(old).item_keys():
                    if old.answers(key) != new.answers(key):
                        found[old.why, key] = None
        return found
