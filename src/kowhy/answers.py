"""
The answers to one item, read once: what they say whatever stands in the other items.
"""

from __future__ import annotations

import weakref
from collections.abc import Collection, Iterable
from functools import lru_cache

import attrs

from kowhy.checks import contradicts, lists_everything
from kowhy.compiled import Asked, Compiled
from kowhy.guards import protected_trait
from kowhy.ladder import MISSING, Standing
from kowhy.overlap import Words, content_words
from kowhy.pasted import folded
from kowhy.rating.model import Rater, Rating, Reason
from kowhy.scorecards import RUNGS, ItemScore
from kowhy.tables import LENGTH, REMEMBERED
from kowhy.texts import texts
from kowhy.whys import State

#: The only WHY whose answers may not pick people by who they are.
JOB = "land_a_job"

#: How many scores one reading keeps: as the other items change, the same few points and gains come again.
SCORES = 64

Groups = dict[str, list[tuple[str, float | None]]]


@lru_cache(maxsize=256)
def reason(code: str, **fields: object) -> Reason:
    """
    A reason that scoring adds to those of the rater.
    """
    return Reason(code=code, text=texts("scoring")[code].format_map(fields))


@attrs.frozen(eq=False)
class Reading:
    """
    What the answers to one item say.

    Attributes:
        asked: The item.

        answers: The texts given.

        groups: The answers that may count: for each folded text its spellings with their ratings.

        levels: Of each answer.

        standing: Where the item stands.

        target: The next rung worth aiming at.

        rated: Whether all answers that count could be rated.

        reasons: Why the answers stand where they stand.

        zeroed: Whether an answer was zeroed.

        spoken: How many answers say anything, and how many of them could be rated.

        faults: Codes of what is not clean about them.

        words: What they share with others, if they do.

        trait: The protected trait by which they pick people, if they do.

        lost_to: Position of the item where a pasted text counts instead, if one is lost.
    """

    asked: Asked
    answers: tuple[str, ...]
    groups: Groups
    levels: tuple[int, ...]
    standing: Standing
    target: Standing | None
    rated: bool
    reasons: tuple[Reason, ...]
    zeroed: bool
    spoken: tuple[int, int]
    faults: tuple[str, ...]
    words: Words
    trait: str | None
    lost_to: int | None = None
    _scores: dict[tuple[object, ...], ItemScore] = attrs.field(factory=dict, init=False)

    @classmethod
    def of(cls, asked: Asked, answers: tuple[str, ...], *, why: str, rater: Rater) -> Reading:
        """
        Read *answers* to an item of the WHY *why*.
        """
        ratings = [rater.rate(answer, ask=asked.ask) for answer in answers]
        groups: Groups = {}
        for answer, rating in zip(answers, ratings, strict=True):
            if rating.zero is None:
                groups.setdefault(folded(answer), []).append((answer, rating.value))
        ladder, kind = asked.ladder, asked.item.kind
        standing = ladder.standing(groups)
        faults = []
        if contradicts(answers):
            faults.append("clean.contradiction")
        if any(lists_everything(answer, kind) for answer in answers):
            faults.append("clean.everything")
        spoken = [rating.rated for rating in ratings if rating.zero is None]
        return cls(
            asked=asked,
            answers=answers,
            groups=groups,
            levels=tuple(0 if rating.zero is not None else ladder.own_level(rating.value) for rating in ratings),
            standing=standing,
            target=ladder.target(standing.level),
            rated=all(spoken),
            reasons=(*_rater_reasons(ratings), *_standing_reasons(asked, groups, standing)),
            zeroed=any(rating.zero is not None for rating in ratings),
            spoken=(len(spoken), sum(spoken)),
            faults=tuple(faults),
            words=content_words(text for group in groups.values() for text, _ in group),
            trait=next(filter(None, map(protected_trait, answers)), None) if why == JOB else None,
        )

    def without(self, lost: Collection[str], *, to: int) -> Reading:
        """
        The same without the pasted texts that count in another item.

        Args:
            lost: The texts, folded.

            to: Position of the item where the last of them counts.
        """
        groups = {text: group for text, group in self.groups.items() if text not in lost}
        standing = self.asked.ladder.standing(groups)
        # A reading ends with the reasons of its own standing, which is another one now.
        own = len(self.reasons) - len(_standing_reasons(self.asked, self.groups, self.standing))
        return attrs.evolve(
            self,
            groups=groups,
            standing=standing,
            target=self.asked.ladder.target(standing.level),
            rated=all(value is not None for group in groups.values() for _, value in group),
            reasons=(
                *self.reasons[:own],
                reason("reason.pasted"),
                *_standing_reasons(self.asked, groups, standing),
            ),
            faults=("clean.pasted", *self.faults),
            lost_to=to,
        )

    def score(self, state: State, *, private: bool, points: int, gain: int, note: Reason | None) -> ItemScore:
        """
        What the item is worth among the others.

        Args:
            state: Given, or what silence means.

            private: Whether the answers stay with the person.

            points: What it adds.

            gain: In hundredths, what its target would add.

            note: Why it earns less than its rung, if it does.
        """
        key = (state, private, points, gain, note and note.code)
        known = self._scores.get(key)
        if known is not None:
            return known
        item, standing = self.asked.item, self.standing
        asked_for = item.weight > 0 and state in (State.GIVEN, State.UNKNOWN)
        made = ItemScore(
            state=state,
            answers=self.answers,
            levels=self.levels,
            rung=RUNGS[standing.level],
            level=standing.level,
            rated=self.rated,
            credit=standing.credit / 100,
            weight=item.weight,
            core=item.core,
            private=private,
            points=points,
            gain=gain / 100,
            gain_to=RUNGS[self.target.level] if self.target and asked_for else None,
            reasons=(*self.reasons, note) if note else self.reasons,
        )
        if len(self._scores) >= SCORES:
            self._scores.clear()
        self._scores[key] = made
        return made


def _rater_reasons(ratings: Iterable[Rating]) -> Iterable[Reason]:
    """
    What the rater said of each answer; the code of a zero is always among it.
    """
    found: dict[Reason, None] = {}
    for rating in ratings:
        found.update(dict.fromkeys(rating.reasons))
        if rating.zero is not None and all(one.code != rating.zero for one in rating.reasons):
            found[Reason(code=rating.zero, text=texts("scoring")["reason.zeroed"])] = None
    return found


def _standing_reasons(asked: Asked, groups: Groups, standing: Standing) -> list[Reason]:
    """
    What scoring made of the ratings.
    """
    counted = [value for group in groups.values() for _, value in group]
    found = [reason("reason.not-rated")] if None in counted else []
    if counted and standing.level < max(map(asked.ladder.own_level, counted)):
        found.append(reason("reason.too-few"))
    return found


@attrs.frozen(eq=False)
class Reader:
    """
    Reads the answers to the items of one checklist with one rater, and remembers the latest.

    A rater always gives the same text the same rating, so what is remembered cannot change a result.

    Attributes:
        why: Id of the WHY.

        blanks: For each item what silence says.
    """

    why: str
    blanks: tuple[Reading, ...]
    _known: dict[tuple[int, tuple[str, ...]], Reading] = attrs.field(factory=dict)

    @classmethod
    def of(cls, compiled: Compiled) -> Reader:
        """
        A reader that knows nothing but what silence is.
        """
        return cls(compiled.why, tuple(_blank(asked) for asked in compiled.asked))

    def read(self, index: int, answers: tuple[str, ...], rater: Rater) -> Reading:
        """
        What *answers* to the item at *index* say.
        """
        if not answers:
            return self.blanks[index]
        key = (index, answers)
        known = self._known.get(key)
        if known is not None:
            return known
        made = Reading.of(self.blanks[index].asked, answers, why=self.why, rater=rater)
        if sum(map(len, answers)) <= LENGTH:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[key] = made
        return made


def _blank(asked: Asked) -> Reading:
    return Reading(
        asked=asked,
        answers=(),
        groups={},
        levels=(),
        standing=MISSING,
        target=asked.ladder.target(0),
        rated=True,
        reasons=(),
        zeroed=False,
        spoken=(0, 0),
        faults=(),
        words={},
        trait=None,
    )


# By identity, for as long as both live; a reader holds neither.
_READERS: dict[tuple[int, int], tuple[weakref.ref[Compiled], weakref.ref[Rater], Reader]] = {}


def reader_for(compiled: Compiled, rater: Rater) -> Reader:
    """
    The reader of a checklist with *rater*; a rater that cannot be referred to weakly gets a new one each time.
    """
    key = (id(compiled), id(rater))
    kept = _READERS.get(key)
    if kept is not None and kept[0]() is compiled and kept[1]() is rater:
        return kept[2]
    made = Reader.of(compiled)
    try:
        refs = [weakref.ref(one, lambda _: _READERS.pop(key, None)) for one in (compiled, rater)]
    except TypeError:
        return made
    _READERS[key] = (refs[0], refs[1], made)  # type: ignore[assignment]  # one of each
    return made
