"""
From a profile to a scorecard: the one place where ratings, weights and checks meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kowhy._frozen import FrozenMap, thawed
from kowhy.answers import Reading, reason
from kowhy.checklists import Checklist
from kowhy.compiled import Compiled
from kowhy.dominance import find_dominant
from kowhy.errors import Fault, UnknownNameError
from kowhy.findings import finding, findings_of, of_statement
from kowhy.guards import states_minor
from kowhy.ladder import Frame
from kowhy.overlap import Words, find_overlap
from kowhy.pasted import place
from kowhy.rating.model import Rater
from kowhy.readers import Reader, reader_for
from kowhy.rows import Row
from kowhy.scorecards import Finding, ItemScore, Overlap, Scorecard, WhyScore
from kowhy.whys import WHYS, Profile, State, Why

#: The item that states an age.
AGE = ("social_reasons", "age")

# To look one up in its class takes long, and this runs on every keystroke.
_GIVEN, _DECLINED, _NOT_APPLICABLE, _UNKNOWN = State

_ORDER = {why: place for place, why in enumerate(WHYS)}


def score_profile(profile: Profile, *, checklists: Mapping[str, Checklist], rater: Rater) -> Scorecard:
    """
    How specific *profile* is, item by item, with the reasons.

    Args:
        profile: The facts.

        checklists: What each WHY asks for, by WHY; every WHY of the profile needs one.

        rater: Says how specific one answer is.

    Returns:
        The judgement; the same arguments always give an equal one.

    Raises:
        UnknownNameError: A WHY of the profile has no checklist.
    """
    judged = [_judge(why, _reader(why, checklists, rater), rater) for why in _in_order(profile.whys)]
    scores: dict[str, int] = {}
    whys: dict[str, WhyScore] = {}
    for one in judged:
        why = one.checklist.why
        scores[why], whys[why] = one.hundredths, one.score
    dominant, dominance = find_dominant(scores, explicit=profile.dominant)
    card = _new(_ThawedCard)
    card.name = profile.name
    card.country = profile.country
    card.adult = profile.adult and not _is_minor(judged)
    card.dominant = dominant
    card.dominance = dominance
    card.whys = FrozenMap.holding(whys)
    card._later = _CARD_FINDERS, judged  # noqa: SLF001  # as planned
    card.__class__ = Scorecard
    made: Scorecard = card
    return made


_new = object.__new__
_ThawedCard = thawed(Scorecard)
_ThawedScore = thawed(WhyScore)


def _in_order(whys: tuple[Why, ...]) -> Iterable[Why]:
    return sorted(whys, key=_place) if len(whys) > 1 else whys


def _place(why: Why) -> int:
    return _ORDER[why.why]


def _reader(why: Why, checklists: Mapping[str, Checklist], rater: Rater) -> Reader:
    checklist = checklists.get(why.why)
    if checklist is None:
        known = ", ".join(checklists)
        raise UnknownNameError([Fault(code="why.unknown", given=why.why, wanted=f"one of {known}")])
    return reader_for(checklist, rater)


class _Judged(NamedTuple):
    """
    One WHY with what became of it.
    """

    checklist: Compiled
    hundredths: int
    score: WhyScore
    readings: list[Reading]
    silent: list[Reading]
    about_statement: tuple[Finding, ...]


def _judge(why: Why, reader: Reader, rater: Rater) -> _Judged:
    checklist = reader.checklist
    frame = checklist.frame
    readings, core_sum, others, values = _read(why, reader, rater)
    sums = frame.sums(core_sum, values)
    row = reader.rows.get(sums) or reader.row(sums, frame)
    items = row.blanks.copy()
    # Mostly a profile says nothing about what is private.
    whole, telling = readings, why if why.private or why.may_say else None
    if len(values) > frame.enough or row.sums[1] > frame.full_other:
        cut = _put_cut(items, others, values, row, telling)
        whole = [reading for reading in readings if reading.key not in cut] if cut else readings
    if telling:
        _put_given(items, whole, row, telling)
    else:
        gains = row.gains
        for reading in whole:
            gain = gains.get(reading.rise)
            if gain is None:
                gain = row.gain(reading.rise)
            first = reading.first
            items[reading.key] = first if first.gain == gain else reading.given(gain)
    if telling or why.declined or why.not_applicable:
        _put_silence(items, why, reader, row)
    odd = [reading for reading in readings if not reading.is_plain]
    silent = [blank for blank in reader.core if not items[blank.key].answers]
    statement = why.statement
    about_statement = of_statement(statement, checklist, reader=reader, rater=rater) if statement else ()
    clear = not silent and (not odd or all(reading.is_clear for reading in odd))
    score = _new(_ThawedScore)
    score.checklist = checklist.id
    score.score = row.score / 100
    score.points = row.total
    score.full = frame.full
    score.judged = _judged(readings) if odd and any(one.told < one.spoken for one in odd) else 1.0
    score.band = row.bands[clear]
    score.clear = clear
    score.crisp = not about_statement if statement and not statement.isspace() else None
    score._later = _SCORE_FINDERS, readings  # noqa: SLF001  # as planned
    score.items = FrozenMap.holding(items)
    score.__class__ = WhyScore
    return _Judged(checklist, row.score, score, readings, silent, about_statement)


def _is_clean(_: WhyScore, readings: list[Reading]) -> bool:
    return not any(reading.asked.weight and reading.faults for reading in readings)


_SCORE_FINDERS = {"clean": _is_clean}


def _findings(card: Scorecard, judged: list[_Judged]) -> tuple[Finding, ...]:
    """
    What is worth knowing: WHY by WHY, then about all of them.
    """
    found = []
    for one in judged:
        readings = sorted([*one.silent, *one.readings], key=lambda reading: reading.asked.place)
        found += findings_of(one.checklist, readings, one.about_statement)
    if _is_minor(judged):
        found.append(finding("adult.minor", *AGE))
    titles = {one.checklist.why: one.checklist.title for one in judged}
    dominant, dominance = card.dominant, card.dominance
    if dominance.how == "proposed":
        assert dominant is not None
        found.append(finding("dominant.proposed", dominant, why_title=titles[dominant]))
    elif dominance.how == "open":
        found.append(finding("dominant.missing", candidates=", ".join([titles[why] for why in dominance.candidates])))
    return tuple(found)


def _judged(readings: list[Reading]) -> float:
    """
    The share of the answers that say anything that could be rated, of which there is one.
    """
    return sum([reading.told for reading in readings]) / sum([reading.spoken for reading in readings])


#: What the answers to the items say that have any; what the core items earn; the others that earn anything; and what
#: these are worth.
_Read = tuple[list[Reading], int, list[Reading], list[int]]


def _read(why: Why, reader: Reader, rater: Rater) -> _Read:
    """
    What the answers say and are worth, with each text only where it is worth most.
    """
    readings = reader.read(reader.checklist.fetch(why), rater)
    doubtful = False
    core = 0
    others: list[Reading] = []
    values: list[int] = []
    for reading in readings:
        if reading.shared:
            doubtful = True
        worth = reading.worth
        if worth:
            if reading.core:
                core += worth
            else:
                others.append(reading)
                values.append(worth)
    if doubtful and _pasted(readings):
        _settle_pasted(readings, reader.checklist.frame)
        core = sum([reading.worth for reading in readings if reading.core])
        others = [reading for reading in readings if reading.worth and not reading.core]
        values = [reading.worth for reading in others]
    return readings, core, others, values


def _pasted(readings: list[Reading]) -> bool:
    """
    Whether a text stands under several items.
    """
    texts = [text for reading in readings for text in reading.texts]
    return len(set(texts)) < len(texts)


def _settle_pasted(readings: list[Reading], frame: Frame) -> None:
    """
    Leave each text that stands under several items only where it is worth most.
    """
    where: dict[str, list[int]] = {}
    for index, reading in enumerate(readings):
        for text in reading.texts:
            where.setdefault(text, []).append(index)
    lost: dict[int, dict[str, int]] = {}
    for text, indexes in where.items():
        if len(indexes) > 1:
            home = place({index: _worth_alone(readings[index], text, frame) for index in indexes})
            for index in indexes:
                if index != home:
                    lost.setdefault(index, {})[text] = readings[home].asked.place
    for index, homes in lost.items():
        # Of several homes the first in the checklist is named, so that the order of answers does not show.
        readings[index] = readings[index].without(homes, to=min(homes.values()))


def _worth_alone(reading: Reading, text: str, frame: Frame) -> int:
    standing = reading.asked.ladder.standing({text: reading.groups[text]})
    return frame.worth(reading.asked.place, standing.credit)


def _put_given(items: dict[str, ItemScore], readings: list[Reading], row: Row, why: Why) -> None:
    """
    The scores of the items that have answers, where the profile says what is private.
    """
    for reading in readings:
        private = _is_private(reading, why)
        gain = row.gain(reading.rise)
        if private is reading.hidden:
            items[reading.key] = reading.given(gain)
        else:
            items[reading.key] = reading.score(_GIVEN, private=private, points=reading.worth, gain=gain, note=None)


def _is_private(reading: Reading, why: Why) -> bool:
    """
    Whether the answers stay with the person; those that pick people by a protected trait always do.
    """
    return reading.trait is not None or why.is_private(reading.key, sensitive=reading.asked.sensitive)


def _put_cut(
    items: dict[str, ItemScore], others: list[Reading], values: list[int], row: Row, telling: Why | None
) -> set[str]:
    """
    The scores of the items that add less than they are worth.

    Args:
        items: The scores of all items, which take these.

        others: The items that are not core and earn anything.

        values: What these are worth.

        row: What follows from that.

        telling: The WHY, where it says anything about what is private.

    Returns:
        The keys of these items.
    """
    found = set()
    for index, points, counts in row.cut(values):
        reading = others[index]
        private = reading.hidden if telling is None else _is_private(reading, telling)
        if counts:
            gain, note = row.gain(reading.rise), reason("reason.cut")
            items[reading.key] = reading.score(_GIVEN, private=private, points=points, gain=gain, note=note)
        else:
            items[reading.key] = reading.idle(row, private=private)
        found.add(reading.key)
    return found


def _put_silence(items: dict[str, ItemScore], why: Why, reader: Reader, row: Row) -> None:
    """
    The scores of the items without answers of which the profile says something.
    """
    states = dict.fromkeys((*why.private, *why.may_say), _UNKNOWN)
    states.update(dict.fromkeys(why.not_applicable, _NOT_APPLICABLE))
    states.update(dict.fromkeys(why.declined, _DECLINED))
    for key, state in states.items():
        item = items.get(key)
        if item is not None and not item.answers:
            blank = reader.by_key[key]
            private = _is_private(blank, why)
            gain = row.gain(blank.rise) if state is _UNKNOWN else 0.0
            items[key] = blank.score(state, private=private, points=0, gain=gain, note=None)


def _is_minor(judged: Iterable[_Judged]) -> bool:
    """
    Whether an age below 18 is stated.
    """
    for one in judged:
        if one.checklist.why == AGE[0]:
            item = one.score.items.get(AGE[1])
            return item is not None and states_minor(item.answers)
    return False


def _overlap(_: Scorecard, judged: list[_Judged]) -> tuple[Overlap, ...]:
    if len(judged) == 1:
        return ()
    places: dict[str, list[tuple[str, bool, Words]]] = {}
    for one in judged:
        places[one.checklist.why] = found = []
        for reading in one.readings:
            if reading.words:
                key = reading.asked.key
                found.append((key, one.score.items[key].private, reading.words))
    return find_overlap(places)


_CARD_FINDERS = {"findings": _findings, "overlap": _overlap}


def bare_scores(
    profile: Profile, *, checklists: Mapping[str, Checklist], rater: Rater
) -> tuple[dict[str, float], str | None]:
    """
    The scores of :func:`score_profile` and the WHY that leads, and nothing else.

    It skips items, gains, reasons and findings, which cost most of a scorecard.

    Returns:
        The score by WHY in the order of the article, 0..100 with two decimals, and the id of the dominant WHY or
        ``None``.
    """
    found: dict[str, int] = {}
    for why in _in_order(profile.whys):
        reader = _reader(why, checklists, rater)
        _, core_sum, _, values = _read(why, reader, rater)
        found[why.why] = reader.checklist.frame.score(core_sum, values)
    dominant, _ = find_dominant(found, explicit=profile.dominant)
    return {why: score / 100 for why, score in found.items()}, dominant
