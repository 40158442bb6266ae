"""
The arithmetic of a score: which rung the answers reach, what it earns, and what the next one would add.

Everything here is integers: credits are hundredths, points are credit times weight, and a score is rounded once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf
from operator import mul
from typing import Any

import attrs

from kowhy.checklists import Item, Rung

#: Levels of the rungs that are wanted next; a vague answer is never the aim.
VAGUE, NAMED, SPECIFIC = 1, 2, 3

#: What an answer that could not be rated earns where the ladder has no rung ``named``, in hundredths.
UNRATED_CREDIT = 60

#: The answers of one item that count: for each text, folded, its spellings with what the rater said of them.
Groups = Mapping[str, Sequence[tuple[str, float | None]]]


@attrs.frozen
class Step:
    """
    One rung, ready to be tried.

    Attributes:
        level: 1, 2 or 3.

        credit: In hundredths.

        floor: The rating that an answer must reach.

        fewest: How many different answers must reach it.

        holds: For ``contains``: whether one text satisfies it; ``None`` without one.

        fewest_holding: How many of the answers that reach it must satisfy *holds*.
    """

    level: int
    credit: int
    floor: float
    fewest: int = 1
    holds: Callable[[str], bool] | None = None
    fewest_holding: int = 0

    @classmethod
    def of(cls, rung: Rung) -> Step:
        """
        Compile *rung*; only ``contains`` needs a JSON Schema engine, and only when it is first tried.
        """
        schema: Mapping[str, Any] = rung.schema or {}
        wanted = schema.get("minContains", 1) if "contains" in schema else 0
        return cls(
            level=rung.level,
            credit=rung.credit,
            floor=rung.specificity,
            fewest=max(1, int(schema.get("minItems", 1))),
            holds=text_check(schema["contains"]) if wanted else None,
            fewest_holding=int(wanted),
        )

    @property
    def plain(self) -> bool:
        """
        Whether one answer that reaches the floor is enough.
        """
        return self.fewest == 1 and self.holds is None

    def met_by(self, reaching: Sequence[Sequence[str]]) -> bool:
        """
        Whether the answers that reach the floor are enough.

        Args:
            reaching: For each different answer its spellings that reach the floor.
        """
        if len(reaching) < self.fewest:
            return False
        holds = self.holds
        if holds is None:
            return True
        # One spelling is enough, so that adding another spelling of an answer takes nothing away.
        return sum(1 for spellings in reaching if any(map(holds, spellings))) >= self.fewest_holding


def text_check(schema: Any) -> Callable[[str], bool]:
    """
    A test of one text against a JSON Schema; the engine is imported when the first text comes.
    """
    validator: list[Any] = []

    def holds(text: str) -> bool:
        if not validator:
            from jsonschema import Draft202012Validator  # noqa: PLC0415  # costs more than all the rest of a score

            validator.append(Draft202012Validator(_plain(schema)))
        return bool(validator[0].is_valid(text))

    return holds


def _plain(value: Any) -> Any:
    """
    The same JSON value made of dicts and lists only.
    """
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


@attrs.frozen
class Standing:
    """
    Where an item stands.

    Attributes:
        level: 0..3.

        credit: In hundredths.
    """

    level: int
    credit: int


MISSING = Standing(0, 0)


@attrs.frozen
class Ladder:
    """
    The rungs of one item, ready to be climbed.

    Attributes:
        steps: Highest first.

        unrated: Where an answer stands that could not be rated.

        plain: No rung asks for more than one answer, so the best answer decides.

        standings: By level.

        cuts: The rating from which an answer is specific, and the one from which it is named; infinite where the ladder
            has no such rung.

        levels: Of its rungs.

        targets: The next rung worth aiming at, by level.
    """

    steps: tuple[Step, ...]
    unrated: Standing
    plain: bool
    standings: tuple[Standing, Standing, Standing, Standing]
    cuts: tuple[float, float]
    levels: frozenset[int]
    targets: tuple[Standing | None, ...]

    @classmethod
    def of(cls, item: Item) -> Ladder:
        """
        Compile the rungs of *item*.
        """
        steps = tuple(Step.of(rung) for rung in sorted(item.rungs, key=lambda rung: -rung.level))
        credit = {step.level: step.credit for step in steps}
        floors = {step.level: step.floor for step in steps}
        lowest = credit.get(VAGUE, 0)
        top = steps[0].credit if steps else 0
        unrated = Standing(NAMED, credit.get(NAMED, min(max(UNRATED_CREDIT, lowest), top)))
        standings = (
            MISSING,
            Standing(VAGUE, lowest) if VAGUE in credit else MISSING,
            unrated,
            Standing(SPECIFIC, credit.get(SPECIFIC, top)),
        )
        aims = [level for level in (NAMED, SPECIFIC) if level in credit]
        return cls(
            steps=steps,
            unrated=unrated,
            # Below its own floor a vague answer is worth nothing, which the short way cannot tell.
            plain=all(step.plain and (step.level > VAGUE or step.floor <= 0) for step in steps),
            standings=standings,
            cuts=(floors.get(SPECIFIC, inf), floors.get(NAMED, inf)),
            levels=frozenset(credit),
            targets=tuple(
                next((standings[aim] for aim in aims if aim > level), None) for level in range(len(standings))
            ),
        )

    def own_level(self, value: float | None) -> int:
        """
        The level of one answer by its rating alone; an answer that says anything is at least vague.
        """
        if value is None:
            return NAMED
        specific, named = self.cuts
        return SPECIFIC if value >= specific else NAMED if value >= named else VAGUE

    def standing(self, groups: Groups) -> Standing:
        """
        The highest rung that the answers reach together.

        An answer that was not rated counts as far as ``named`` and no further: cannot tell is not zero.
        """
        if not groups:
            return MISSING
        if self.plain:
            return self.standings[max(self.own_level(value) for spellings in groups.values() for _, value in spellings)]
        for step in self.steps:
            reaching = []
            for spellings in groups.values():
                texts = [
                    text for text, value in spellings if (step.level <= NAMED if value is None else value >= step.floor)
                ]
                if texts:
                    reaching.append(texts)
            if reaching and step.met_by(reaching):
                found = self.standings[step.level]
                break
        else:
            found = MISSING
        if found.level < NAMED and not self.has(NAMED):
            unrated = any(value is None for spellings in groups.values() for _, value in spellings)
            return self.unrated if unrated else found
        return found

    def has(self, level: int) -> bool:
        """
        Whether the ladder has a rung of that level.
        """
        return level in self.levels

    def target(self, level: int) -> Standing | None:
        """
        The next rung worth aiming at from *level*: the lowest higher one that is not vague.
        """
        return self.targets[level]


@attrs.frozen
class Frame:
    """
    What a checklist's weights fix once and for all.

    Attributes:
        weights: By item, in the order of the checklist.

        core: Whether the item always counts.

        enough: How many of the others count.

        full_other: The most that the others can add.

        full: The points of a perfect answer.
    """

    weights: tuple[int, ...]
    core: tuple[bool, ...]
    enough: int
    full_other: int
    full: int

    @classmethod
    def of(cls, items: Iterable[Item], *, enough: int) -> Frame:
        """
        Add up the weights of *items*.
        """
        items = tuple(items)
        # Sensitive items can help but are never needed, so they do not raise what full means.
        open_weights = sorted((item.weight for item in items if not item.core and not item.sensitive), reverse=True)
        full_other = 100 * sum(open_weights[:enough])
        return cls(
            weights=tuple(item.weight for item in items),
            core=tuple(item.core for item in items),
            enough=enough,
            full_other=full_other,
            full=100 * sum(item.weight for item in items if item.core) + full_other,
        )

    def worth(self, index: int, credit: int) -> int:
        """
        The points that item *index* would earn with nothing else in the way.
        """
        points = self.weights[index] * credit
        if self.core[index]:
            return points
        return min(points, self.full_other) if self.enough else 0

    def tally(self, credits: Sequence[int]) -> Tally:
        """
        Share out the points of all items.

        Args:
            credits: By item, in hundredths.
        """
        raw = tuple(map(mul, self.weights, credits))
        others = [index for index, core in enumerate(self.core) if not core and raw[index]]
        values = [raw[index] for index in others]
        sums = self.sums(sum([value for value, core in zip(raw, self.core, strict=True) if core]), values)
        cut = {others[at]: (points, counts) for at, points, counts in self.cut(values, sums)}
        return Tally(
            frame=self,
            raw=raw,
            points=tuple(cut[index][0] if index in cut else value for index, value in enumerate(raw)),
            best=frozenset(index for index in others if index not in cut or cut[index][1]),
            sums=sums,
        )

    def sums(self, core_sum: int, values: Sequence[int]) -> Sums:
        """
        What decides the score.

        Args:
            core_sum: Points of the core items.

            values: Weight times credit of the other items that earn anything.
        """
        if len(values) < self.enough:
            return core_sum, sum(values), 0
        best = sorted(values, reverse=True)[: self.enough]
        return core_sum, sum(best), best[-1] if best else 0

    def cut(self, values: Sequence[int], sums: Sums) -> list[Cut]:
        """
        Which items add less than they are worth: the position among *values*, what they add, and whether they count.

        Args:
            values: Weight times credit of the items that are not core and earn anything, in the order of the checklist.

            sums: What decides the score.
        """
        _, left, last = sums
        if self.enough and left <= self.full_other:
            # The usual case: all that count add their worth, and of equals at the end the first ones count.
            room = self.enough - sum([value > last for value in values])
            equal = [index for index, value in enumerate(values) if value == last]
            gone = {*equal[room:]} if len(equal) > room else ()
            return [(index, 0, False) for index, value in enumerate(values) if value < last or index in gone]
        left = self.full_other
        found = []
        # Sorting is stable, also in reverse: ties stay in the order of the checklist.
        for rank, index in enumerate(sorted(range(len(values)), key=values.__getitem__, reverse=True)):
            if rank >= self.enough:
                found.append((index, 0, False))
            elif values[index] > left:
                found.append((index, left, True))
                left = 0
            else:
                left -= values[index]
        return found

    def total(self, sums: Sums) -> int:
        """
        The WHY's points.
        """
        return sums[0] + min(sums[1], self.full_other)

    def score(self, core_sum: int, values: Sequence[int]) -> int:
        """
        The score in hundredths, from the same as :meth:`sums`.
        """
        other_sum = sum(values if len(values) <= self.enough else sorted(values, reverse=True)[: self.enough])
        return hundredths(core_sum + min(other_sum, self.full_other), self.full)

    def total_after(self, sums: Sums, rise: Rise) -> int:
        """
        The WHY's points if one item made a *rise*, all else as it is.
        """
        (core_sum, other_sum, last), (kind, points) = sums, rise
        if kind == CORE:
            return self.total(sums) + points
        if kind == BEST:
            return core_sum + min(other_sum + points, self.full_other)
        return core_sum + min(other_sum - last + max(points, last), self.full_other) if self.enough else core_sum

    def gain(self, sums: Sums, rise: Rise) -> int:
        """
        How much the score would rise, in hundredths, if one item made a *rise*; never less than nothing.
        """
        total, then = self.total(sums), self.total_after(sums, rise)
        return hundredths(then, self.full) - hundredths(total, self.full) if then > total else 0


#: What decides the score: the points of the core items, those of the best others before the cut, and the least of these
#: once there are enough, which a newcomer must beat.
Sums = tuple[int, int, int]

#: An item that adds less than it is worth: its position, what it adds, and whether it counts.
Cut = tuple[int, int, bool]

#: What an item may still do: as a core item or as one of the best others add so many points, or come in with so many.
Rise = tuple[int, int]

CORE, BEST, NEW = 0, 1, 2


@attrs.frozen(kw_only=True)
class Tally:
    """
    Who earned what.

    Attributes:
        frame: The weights.

        raw: Weight times credit, by item.

        points: What each item adds; their sum is the WHY's points.

        best: Which of the items that are not core count.

        sums: What decides the score.
    """

    frame: Frame
    raw: tuple[int, ...]
    points: tuple[int, ...]
    best: frozenset[int]
    sums: Sums

    @property
    def total(self) -> int:
        """
        The WHY's points.
        """
        return self.frame.total(self.sums)

    def total_with(self, index: int, credit: int) -> int:
        """
        The WHY's points if item *index* earned *credit*, all else as it is.
        """
        raw, value = self.raw[index], self.frame.weights[index] * credit
        kind = CORE if self.frame.core[index] else BEST if index in self.best else NEW
        return self.frame.total_after(self.sums, (kind, value if kind == NEW else value - raw))


def hundredths(points: int, full: int) -> int:
    """
    The score in hundredths, rounded once, halves up; 0 where nothing can be earned.
    """
    return (points * 20_000 + full) // (2 * full) if full else 0
