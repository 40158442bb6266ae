"""
The answers to one item, read once: what they say whatever stands in the other items.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

import attrs

from kowhy._frozen import thawed
from kowhy._lazy import Lazy
from kowhy.checks import contradicts, lists_everything
from kowhy.compiled import Asked
from kowhy.guards import protected_trait
from kowhy.ladder import MISSING, NAMED, Rise, Standing
from kowhy.overlap import Words, content_words
from kowhy.pasted import folded
from kowhy.rating.model import Rating, Reason
from kowhy.scorecards import RUNGS, Finding, ItemScore
from kowhy.texts import texts
from kowhy.whys import Answers, State

#: The only WHY whose answers may not pick people by who they are.
JOB = "land_a_job"

#: How many scores one reading keeps: as the other items change, the same few points and gains come again.
SCORES = 64

# To look one up in its class takes as long as all the rest of a look-up here.
_GIVEN, _UNKNOWN, _DECLINED = State.GIVEN, State.UNKNOWN, State.DECLINED

#: The levels of a single answer.
_SINGLE = ((0,), (1,), (2,), (3,))

Groups = dict[str, list[tuple[str, float | None]]]


@lru_cache(maxsize=256)
def reason(code: str, **fields: object) -> Reason:
    """
    A reason that scoring adds to those of the rater.
    """
    return Reason(code=code, text=texts("scoring")[code].format_map(fields))


@attrs.frozen(eq=False)
class Reading(Lazy):
    """
    What the answers to one item say.

    Attributes:
        asked: The item.

        answers: The texts given.

        ratings: What the rater said of each.

        levels: Of each of them.

        groups: The answers that may count: for each folded text its spellings with their ratings.

        standing: Where the item stands.

        target: The next rung worth aiming at.

        worth: Weight times credit.

        rise: What the item would still add if it reached its target, as long as what it earns counts; ``None`` at the
            top.

        hidden: Whether its answers stay with the person as long as the profile says nothing about that.

        spoken: How many answers say anything.

        told: How many of them could be rated.

        trait: The protected trait by which they pick people, if they do.

        lost_to: Position of the item where a pasted text counts instead, if one is lost.

        texts: The folded texts that count nowhere else; none where the item is off.

        key: Name of the item.

        core: Whether the item always counts.

        is_clear: Whether the answers say enough, as far as that matters.

        is_plain: Whether they are clear and all could be rated.

        faults: Codes of what is not clean about the answers.

        words: What the answers share with those to other items, if they do.

        findings: What there is to report about them, once somebody has looked.

        first: What :meth:`given` gave first; before that, one whose gain is less than nothing.

        scores: What else is known of :meth:`given`, by gain, and of :meth:`score`, by all that it depends on.
    """

    asked: Asked
    answers: Answers
    ratings: tuple[Rating, ...]
    levels: tuple[int, ...]
    groups: Groups
    standing: Standing
    target: Standing | None
    worth: int
    rise: Rise | None
    hidden: bool
    spoken: int
    told: int
    trait: str | None
    lost_to: int | None
    texts: tuple[str, ...]
    key: str
    core: bool
    is_clear: bool
    is_plain: bool
    faults: tuple[str, ...]
    words: Words
    findings: list[tuple[Finding, ...]]
    first: ItemScore
    scores: dict[object, ItemScore]

    @classmethod
    def of(cls, asked: Asked, answers: Answers, ratings: tuple[Rating, ...], *, why: str) -> Reading:
        """
        Read *answers* to an item of the WHY *why*, of which a rater said *ratings*.
        """
        trait = next(filter(None, map(protected_trait, answers)), None) if why == JOB else None
        return cls._made(asked, answers, ratings, trait)

    @classmethod
    def blank(cls, asked: Asked) -> Reading:
        """
        What silence says.
        """
        return cls._made(asked, (), (), None)

    # A new answer leaves as few objects behind as can be: the collector goes through all of them time and again.

    @classmethod
    def _made(
        cls,
        asked: Asked,
        answers: Answers,
        ratings: tuple[Rating, ...],
        trait: str | None,
        lost: tuple[Collection[str], int] | None = None,
    ) -> Reading:
        """
        The reading with all that follows from these.

        Args:
            asked: The item.

            answers: The texts given.

            ratings: What the rater said of each.

            trait: The protected trait by which they pick people, if they do.

            lost: The folded texts that count in another item, if some do, and the position of that item.
        """
        made = _new(_ThawedReading)
        made.asked, made.answers, made.ratings = asked, answers, ratings
        made.trait = trait
        weight = asked.weight
        ladder = asked.ladder
        spoken = told = 0
        levels, texts = [], []
        for answer, rating in zip(answers, ratings, strict=True):
            if rating.zero is None:
                value = rating.value
                spoken += 1
                told += value is not None
                levels.append(ladder.own_level(value))
                texts.append(folded(answer))
            else:
                levels.append(0)
        made.levels = _SINGLE[levels[0]] if len(levels) == 1 else tuple(levels)
        made.spoken, made.told = spoken, told
        made.lost_to = None
        if lost is not None:
            gone, made.lost_to = lost
            texts = [text for text in texts if text not in gone]
            made.groups = {text: group for text, group in _groups(made, None).items() if text not in gone}
        if not texts:
            standing = MISSING
        elif ladder.plain and lost is None:
            standing = ladder.standings[max(levels)]
        else:
            standing = ladder.standing(_groups(made, None) if lost is None else made.groups)
        made.standing = standing
        made.target, made.worth, made.rise = asked.outlooks[standing.level]
        made.hidden = trait is not None or asked.item.sensitive
        if not weight:
            made.texts = ()
        elif len(texts) == 1:
            made.texts = answers if len(answers) == 1 and texts[0] == answers[0] else tuple(texts)
        else:
            made.texts = tuple(dict.fromkeys(texts))
        made.key, made.core = asked.key, asked.core
        made.is_clear = clear = not (weight and (spoken < len(ratings) or (asked.core and standing.level < NAMED)))
        made.is_plain = clear and spoken == told
        made.first = _NO_SCORE
        made._later = _READING_LATER  # noqa: SLF001  # as planned
        made.__class__ = cls
        reading: Reading = made
        return reading

    def given(self, gain: float) -> ItemScore:
        """
        What the item is worth where nothing is cut and the profile says nothing about what is private.
        """
        first = self.first
        if first.gain == gain:
            return first
        if first is _NO_SCORE:
            made = self._score(_GIVEN, private=self.hidden, points=self.worth, gain=gain, note=None)
            # It tells its own gain, so two threads that are both first do no harm.
            _set(self, "first", made)
            return made
        known = self.scores.get(gain)
        if known is None:
            known = self._score(_GIVEN, private=self.hidden, points=self.worth, gain=gain, note=None)
            self._keep(gain, known)
        return known

    def idle(self, gain: float, *, private: bool, enough: int) -> ItemScore:
        """
        What the item is worth where *enough* others are worth more.
        """
        key = gain, private, enough
        known = self.scores.get(key)
        if known is None:
            note = reason("reason.enough", enough=enough)
            known = self._score(_GIVEN, private=private, points=0, gain=gain, note=note)
            self._keep(key, known)
        return known

    def _keep(self, key: object, score: ItemScore) -> None:
        if len(self.scores) >= SCORES:
            self.scores.clear()
        self.scores[key] = score

    @property
    def zeroed(self) -> bool:
        """
        Whether an answer was zeroed.
        """
        return len(self.ratings) > self.spoken

    @property
    def rated(self) -> bool:
        """
        Whether all answers that count could be rated.
        """
        return self.spoken == self.told or all(
            value is not None for group in self.groups.values() for _, value in group
        )

    def without(self, lost: Collection[str], *, to: int) -> Reading:
        """
        The same without the pasted texts that count in another item.

        Args:
            lost: The texts, folded.

            to: Position of the item where the last of them counts.
        """
        return self._made(self.asked, self.answers, self.ratings, self.trait, (lost, to))

    def score(self, state: State, *, private: bool, points: int, gain: float, note: Reason | None) -> ItemScore:
        """
        What the item is worth among the others.

        Args:
            state: Given, or what silence means.

            private: Whether the answers stay with the person.

            points: What it adds.

            gain: What its target would add to the score.

            note: Why it earns less than its rung, if it does.
        """
        # An enumeration takes long to be hashed.
        key = (points, gain, private, state is _UNKNOWN, state is _DECLINED, note and note.code)
        known = self.scores.get(key)
        if known is not None:
            return known
        made = self._score(state, private=private, points=points, gain=gain, note=note)
        self._keep(key, made)
        return made

    def _score(self, state: State, *, private: bool, points: int, gain: float, note: Reason | None) -> ItemScore:
        item, standing, target = self.asked.item, self.standing, self.target
        made = _new(_Thawed)
        made.state = state
        made.answers = self.answers
        made.levels = self.levels
        made.rung = RUNGS[standing.level]
        made.level = standing.level
        made.rated = self.rated
        made.credit = standing.credit / 100
        made.weight = item.weight
        made.core = item.core
        made.private = private
        made.points = points
        made.gain = gain
        asked_for = item.weight > 0 and (state is _GIVEN or state is _UNKNOWN)
        made.gain_to = RUNGS[target.level] if target and asked_for else None
        # Not the reading itself, which keeps its scores: two that hold each other live until somebody clears up.
        if note is None and self.lost_to is None:
            made._later = _PLAIN_FINDERS, self.ratings  # noqa: SLF001  # as planned
        else:
            made._later = _FINDERS, (self.asked, self.ratings, self.groups, self.lost_to, note)  # noqa: SLF001  # as planned
        made.__class__ = ItemScore
        found: ItemScore = made
        return found


def _groups(reading: Reading, _: None) -> Groups:
    groups: Groups = {}
    for answer, rating in zip(reading.answers, reading.ratings, strict=True):
        if rating.zero is None:
            groups.setdefault(folded(answer), []).append((answer, rating.value))
    return groups


def _faults(reading: Reading, _: None) -> tuple[str, ...]:
    kind = reading.asked.item.kind
    found = {
        "clean.pasted": reading.lost_to is not None,
        "clean.contradiction": contradicts(reading.answers),
        "clean.everything": any(lists_everything(answer, kind) for answer in reading.answers),
    }
    return tuple(code for code, holds in found.items() if holds)


def _words(reading: Reading, _: None) -> Words:
    return content_words(
        answer for answer, rating in zip(reading.answers, reading.ratings, strict=True) if rating.zero is None
    )


def _plain_reasons(score: ItemScore, ratings: tuple[Rating, ...]) -> tuple[Reason, ...]:
    counted = [
        (rating.value, level) for rating, level in zip(ratings, score.levels, strict=True) if rating.zero is None
    ]
    return (*_rater_reasons(ratings), *_standing_reasons(counted, score.level))


def _reasons(score: ItemScore, known: _Why) -> tuple[Reason, ...]:
    asked, ratings, groups, lost_to, note = known
    own_level = asked.ladder.own_level
    counted = [(value, own_level(value)) for group in groups.values() for _, value in group]
    lost = [] if lost_to is None else [reason("reason.pasted")]
    notes = [note] if note else []
    return (*_rater_reasons(ratings), *lost, *_standing_reasons(counted, score.level), *notes)


#: What the reasons of a score are made of, where some answers are lost or something else is to be noted.
_Why = tuple[Asked, tuple[Rating, ...], Groups, int | None, Reason | None]


_FINDERS, _PLAIN_FINDERS = {"reasons": _reasons}, {"reasons": _plain_reasons}
_READING_LATER = (
    {
        "faults": _faults,
        "words": _words,
        "groups": _groups,
        "findings": lambda *_: [],
        "scores": lambda *_: {},
    },
    None,
)
_new, _set = object.__new__, object.__setattr__
_Thawed, _ThawedReading = thawed(ItemScore), thawed(Reading)
_NO_SCORE = ItemScore(
    state=_UNKNOWN,
    rung=RUNGS[0],
    level=0,
    credit=0.0,
    weight=0,
    core=False,
    private=False,
    points=0,
    gain=-1.0,
    gain_to=None,
)


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


def _standing_reasons(counted: Sequence[tuple[float | None, int]], level: int) -> list[Reason]:
    """
    What scoring made of the answers that count.

    Args:
        counted: For each of them what the rater said, and its own level.

        level: Where the item stands.
    """
    found = [reason("reason.not-rated")] if any(value is None for value, _ in counted) else []
    if counted and level < max(own for _, own in counted):
        found.append(reason("reason.too-few"))
    return found
