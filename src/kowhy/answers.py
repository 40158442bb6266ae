"""
The answers to one item, read once: what they say whatever stands in the other items.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs

from kowhy._frozen import thawed
from kowhy._lazy import Lazy
from kowhy.checks import contradicts, lists_everything
from kowhy.compiled import Asked, Outlook
from kowhy.guards import protected_trait
from kowhy.ladder import NAMED, NEW, SPECIFIC, VAGUE, Rise
from kowhy.overlap import Words, content_words
from kowhy.pasted import folded
from kowhy.rating.model import Rating, Reason
from kowhy.rows import Row
from kowhy.scorecards import RUNGS, Finding, ItemScore
from kowhy.texts import texts
from kowhy.whys import Answers, State

#: How many scores one reading keeps: as the other items change, the same few points and gains come again.
SCORES = 64

# To look one up in its class takes as long as all the rest of a look-up here.
_GIVEN, _UNKNOWN, _DECLINED = State.GIVEN, State.UNKNOWN, State.DECLINED

#: The levels of a single answer.
_SINGLE = ((0,), (1,), (2,), (3,))

#: How the parts of a score are found that are left for later, and what finding them needs to know.
_Later = tuple[Mapping[str, Callable[[Any, Any], object]], object]

Groups = dict[str, list[tuple[str, float | None]]]


@lru_cache(maxsize=256)
def reason(code: str, **fields: object) -> Reason:
    """
    A reason that scoring adds to those of the rater.
    """
    return Reason(code=code, text=texts("scoring")[code].format_map(fields))


@lru_cache(maxsize=64)
def _enough(enough: int) -> Reason:
    return reason("reason.enough", enough=enough)


@attrs.frozen(eq=False)
class Reading(Lazy):
    """
    What the answers to one item say.

    Attributes:
        asked: The item.

        answers: The texts given.

        said: What the rater said, as the scores keep it to find their reasons.

        levels: Of each of them.

        groups: The answers that may count: for each folded text its spellings with their ratings.

        outlook: What follows from where the item stands.

        worth: Weight times credit.

        rise: What the item would still add if it reached its target; both are parts of the outlook, here because every
            score asks for them.

        hidden: Whether its answers stay with the person as long as the profile says nothing about that.

        spoken: How many answers say anything.

        told: How many of them could be rated.

        trait: The protected trait by which they pick people, if they do.

        lost_to: Position of the item where a pasted text counts instead, if one is lost.

        texts: The folded texts that count nowhere else; none where the item is off.

        shared: Whether one of these may be among those of another item.

        key: Name of the item.

        core: Whether the item always counts.

        is_clear: Whether the answers say enough, as far as that matters.

        is_plain: Whether they are clear and all could be rated.

        faults: Codes of what is not clean about the answers.

        words: What the answers share with those to other items, if they do.

        findings: What there is to report about them, once somebody has looked.

        first: What :meth:`given` gave first; before that, one whose gain is less than nothing.

        scores: What else is known of :meth:`given`, by gain, and of :meth:`score`, by all that it depends on;
            none as long as nobody asked.
    """

    asked: Asked
    answers: Answers
    said: _Later
    levels: tuple[int, ...]
    groups: Groups
    outlook: Outlook
    worth: int
    rise: Rise | None
    hidden: bool
    spoken: int
    told: int
    trait: str | None
    lost_to: int | None
    texts: tuple[str, ...]
    shared: bool
    key: str
    core: bool
    is_clear: bool
    is_plain: bool
    faults: tuple[str, ...]
    words: Words
    findings: list[tuple[Finding, ...]]
    first: ItemScore
    scores: dict[object, ItemScore] | None

    @classmethod
    def of(
        cls,
        asked: Asked,
        answers: Answers = (),
        ratings: tuple[Rating, ...] = (),
        *,
        homes: dict[str, int] | None = None,
        lost: tuple[Collection[str], int] | None = None,
    ) -> Reading:
        """
        Read *answers* to an item; without any, it says what silence says.

        Args:
            asked: The item.

            answers: The texts given.

            ratings: What the rater said of each.

            homes: For each folded text of other answers the position of the item under which it stood first; those of
                these answers are added.

            lost: The folded texts that count in another item, if some do, and the position of that item.
        """
        # A new answer leaves as few objects behind as can be: the collector goes through all of them time and again.
        made = _new(_ThawedReading)
        made.asked, made.answers = asked, answers
        made.said = (_ALONE, ratings[0]) if len(ratings) == 1 else (_FINDERS, ratings)
        trait = None
        if asked.guarded:
            trait = next(filter(None, map(protected_trait, answers)), None)
        made.trait = trait
        made.lost_to = None
        if len(ratings) == 1 and lost is None and asked.alone:
            # Most items have one answer; without a list for each part it takes half the time.
            (rating,) = ratings
            if rating.zero is None:
                value = rating.value
                spoken = told = 1
                if value is None:
                    own, told = NAMED, 0
                else:
                    # As Ladder.own_level has it, without the call.
                    specific, named = asked.ladder.cuts
                    own = SPECIFIC if value >= specific else NAMED if value >= named else VAGUE
                text = folded(answers[0])
                texts = answers if text == answers[0] else (text,)
            else:
                own = spoken = told = 0
                texts = ()
            made.levels, outlook = _SINGLE[own], asked.alone[own]
        else:
            outlook, texts, spoken, told = _several(made, ratings, lost)
        made.outlook, made.worth, made.rise = outlook, outlook.worth, outlook.rise
        made.hidden = trait is not None or asked.sensitive
        made.key, made.core = asked.key, asked.core
        made.spoken, made.told = spoken, told
        if asked.weight:
            made.texts = texts
            made.is_clear = clear = spoken == len(ratings) and outlook.clear
        else:
            made.texts = ()
            made.is_clear = clear = True
        made.is_plain = clear and spoken == told
        made.shared = homes is None
        if homes is not None:
            place = asked.place
            for text in made.texts:
                # In one step, so that of two threads with the same text under two items the later one notices.
                if homes.setdefault(text, place) != place:
                    made.shared = True
        made.first, made.scores = _NO_SCORE, None
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
            made = self._score(_GIVEN, self.hidden, self.worth, gain, None)
            # It tells its own gain, so two threads that are both first do no harm.
            _set(self, "first", made)
            return made
        scores = self._scores()
        return scores.get(gain) or _kept(scores, gain, self._score(_GIVEN, self.hidden, self.worth, gain, None))

    def idle(self, row: Row, *, private: bool) -> ItemScore:
        """
        What the item is worth where enough others are worth more.

        Args:
            row: What they earn.

            private: Whether the answers stay with the person.
        """
        scores = self._scores()
        key: object = row.sums if private is self.hidden else (row.sums, private)
        known = scores.get(key)
        if known is None:
            # It stands outside, so it would come in with all that it is worth at its target.
            gain = 0.0 if self.rise is None else row.gain((NEW, self.worth + self.rise[1]))
            note = _enough(row.frame.enough)
            known = _kept(scores, key, self._score(_GIVEN, private, 0, gain, note))
        return known

    def _scores(self) -> dict[object, ItemScore]:
        scores = self.scores
        if scores is None:
            # A thread that does the same at the same time only has to find its score again.
            scores = {}
            _set(self, "scores", scores)
        return scores

    def _left(self) -> list[tuple[float | None, int]]:
        """
        For each answer that is not lost what the rater said, and its own level.
        """
        own_level = self.asked.ladder.own_level
        return [(value, own_level(value)) for group in self.groups.values() for _, value in group]

    @property
    def ratings(self) -> tuple[Rating, ...]:
        """
        What the rater said of each answer.
        """
        said: Any = self.said[1]
        return (said,) if len(self.answers) == 1 else said

    @property
    def zeroed(self) -> bool:
        """
        Whether an answer was zeroed.
        """
        return len(self.answers) > self.spoken

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
        return self.of(self.asked, self.answers, self.ratings, lost=(lost, to))

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
        scores = self._scores()
        return scores.get(key) or _kept(scores, key, self._score(state, private, points, gain, note))

    def _score(self, state: State, private: bool, points: int, gain: float, note: Reason | None) -> ItemScore:  # noqa: FBT001  # the arguments of score(), by position for speed
        made = _new(_Thawed)
        made.state = state
        made.answers = self.answers
        made.levels = self.levels
        made.rung, made.level, made.credit, made.weight, made.core, made.gain_to = self.outlook.shown
        if state is not _GIVEN and state is not _UNKNOWN:
            made.gain_to = None
        made.rated = self.spoken == self.told or self.rated
        made.private = private
        made.points = points
        made.gain = gain
        # Not the reading itself, which keeps its scores: two that hold each other live until somebody clears up.
        if self.lost_to is None:
            made._later = self.said if note is None else (_NOTED, (self.ratings, note))  # noqa: SLF001  # as planned
        else:
            made._later = _LOST, (self.ratings, self._left(), note)  # noqa: SLF001  # as planned
        made.__class__ = ItemScore
        found: ItemScore = made
        return found


def _kept(scores: dict[object, ItemScore], key: object, made: ItemScore) -> ItemScore:
    if len(scores) >= SCORES:
        scores.clear()
    scores[key] = made
    return made


#: What :func:`_several` gives back.
_Several = tuple[Outlook, tuple[str, ...], int, int]


def _several(made: Any, ratings: tuple[Rating, ...], lost: tuple[Collection[str], int] | None) -> _Several:
    """
    Read the answers of a reading in the making, however many they are and whatever the rungs ask for.

    Args:
        made: The reading, which knows what was answered.

        ratings: What the rater said of it.

        lost: The folded texts that count in another item, if some do, and the position of that item.

    Returns:
        What follows from where the item stands, the texts that count nowhere else, how many answers say anything, and
        how many of them could be rated.
    """
    asked: Asked = made.asked
    answers, own_level = made.answers, asked.ladder.own_level
    best = spoken = told = 0
    levels: list[int] = []
    texts: dict[str, None] = {}
    for place, rating in enumerate(ratings):
        level = 0
        if rating.zero is None:
            value = rating.value
            spoken += 1
            told += value is not None
            level = own_level(value)
            best = max(best, level)
            texts[folded(answers[place])] = None
        levels.append(level)
    made.levels = tuple(levels)
    if lost is None and asked.alone:
        return asked.alone[best], tuple(texts), spoken, told
    groups = _groups(made, None)
    if lost is not None:
        gone, made.lost_to = lost
        made.groups = groups = {text: group for text, group in groups.items() if text not in gone}
    return asked.outlooks[asked.ladder.standing(groups).level], tuple(groups), spoken, told


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


def _reasons(score: ItemScore, ratings: tuple[Rating, ...]) -> tuple[Reason, ...]:
    counted = [
        (rating.value, level) for rating, level in zip(ratings, score.levels, strict=True) if rating.zero is None
    ]
    return (*_rater_reasons(ratings), *_standing_reasons(counted, score.level))


def _reasons_alone(score: ItemScore, rating: Rating) -> tuple[Reason, ...]:
    return _reasons(score, (rating,))


def _noted_reasons(score: ItemScore, known: tuple[tuple[Rating, ...], Reason]) -> tuple[Reason, ...]:
    ratings, note = known
    return (*_reasons(score, ratings), note)


def _lost_reasons(
    score: ItemScore, known: tuple[tuple[Rating, ...], Sequence[tuple[float | None, int]], Reason | None]
) -> tuple[Reason, ...]:
    ratings, counted, note = known
    notes = [note] if note else []
    return (*_rater_reasons(ratings), reason("reason.pasted"), *_standing_reasons(counted, score.level), *notes)


_FINDERS, _ALONE = {"reasons": _reasons}, {"reasons": _reasons_alone}
_NOTED, _LOST = {"reasons": _noted_reasons}, {"reasons": _lost_reasons}
_READING_LATER = (
    {
        "faults": _faults,
        "words": _words,
        "groups": _groups,
        "findings": lambda *_: [],
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
