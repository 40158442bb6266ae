"""
From a profile to a scorecard: the one place where ratings, weights and checks meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from kowhy._frozen import FrozenMap
from kowhy.answers import Reading, reader_for, reason
from kowhy.bands import band_of
from kowhy.checklists import Checklist
from kowhy.compiled import Compiled, compiled
from kowhy.dominance import find_dominant
from kowhy.errors import Fault, UnknownNameError
from kowhy.findings import finding, findings_of
from kowhy.guards import states_minor
from kowhy.ladder import Frame, Tally, hundredths
from kowhy.overlap import find_overlap
from kowhy.pasted import place
from kowhy.rating.model import Rater
from kowhy.scorecards import Finding, ItemScore, Overlap, Scorecard, WhyScore
from kowhy.whys import WHYS, Profile, State, Why

#: The item that states an age.
AGE = ("social_reasons", "age")

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
    present = sorted(profile.whys, key=lambda why: _ORDER[why.why])
    judged = [_judge(why, compiled(_checklist(why, checklists)), rater) for why in present]
    dominant, dominance = find_dominant({one.why: one.hundredths for one in judged}, explicit=profile.dominant)
    findings = [found for one in judged for found in one.findings]
    minor = any(one.why == AGE[0] and _states_minor(one.score) for one in judged)
    if minor:
        findings.append(finding("adult.minor", *AGE))
    titles = {one.why: one.title for one in judged}
    if dominance.how == "proposed":
        assert dominant is not None
        findings.append(finding("dominant.proposed", dominant, why_title=titles[dominant]))
    elif dominance.how == "open":
        named = ", ".join(titles[why] for why in dominance.candidates)
        findings.append(finding("dominant.missing", candidates=named))
    return Scorecard(
        name=profile.name,
        country=profile.country,
        adult=profile.adult and not minor,
        dominant=dominant,
        dominance=dominance,
        whys=FrozenMap((one.why, one.score) for one in judged),
        overlap=_overlap(judged) if len(judged) > 1 else (),
        findings=tuple(findings),
    )


def _checklist(why: Why, checklists: Mapping[str, Checklist]) -> Checklist:
    try:
        return checklists[why.why]
    except KeyError:
        known = ", ".join(checklists)
        raise UnknownNameError([Fault(code="why.unknown", given=why.why, wanted=f"one of {known}")]) from None


@attrs.frozen
class _Judged:
    """
    One WHY with what became of it.
    """

    why: str
    title: str
    hundredths: int
    score: WhyScore
    findings: tuple[Finding, ...]
    readings: list[Reading]


def _judge(why: Why, checklist: Compiled, rater: Rater) -> _Judged:
    frame = checklist.frame
    reader = reader_for(checklist, rater)
    readings = [reader.read(index, asked.answers(why), rater) for index, asked in enumerate(checklist.asked)]
    _settle_pasted(readings, frame)
    tally = frame.tally([reading.standing.credit for reading in readings])
    now = hundredths(tally.total, frame.full)
    items = FrozenMap(
        [(reading.asked.key, _item_score(why, reading, index, tally, now)) for index, reading in enumerate(readings)]
    )
    findings = tuple(findings_of(why, checklist, readings, rater))
    codes = {found.code.partition(".")[0] for found in findings}
    spoken = sum([reading.spoken[0] for reading in readings])
    clear = "clear" not in codes
    score = WhyScore(
        checklist=checklist.id,
        score=now / 100,
        points=tally.total,
        full=frame.full,
        judged=sum([reading.spoken[1] for reading in readings]) / spoken if spoken else 1.0,
        band=band_of(now, clear=clear).id,
        clear=clear,
        crisp="crisp" not in codes if why.statement and why.statement.strip() else None,
        clean="clean" not in codes,
        items=items,
    )
    return _Judged(checklist.why, checklist.title, now, score, findings, readings)


def _settle_pasted(readings: list[Reading], frame: Frame) -> None:
    """
    Leave each text that stands under several items only where it is worth most.
    """
    where: dict[str, list[int]] = {}
    for index, reading in enumerate(readings):
        # An item that is off takes no text away from another.
        if reading.asked.item.weight:
            for text in reading.groups:
                where.setdefault(text, []).append(index)
    lost: dict[int, dict[str, int]] = {}
    for text, places in where.items():
        if len(places) > 1:
            home = place({index: _worth_alone(readings[index], text, index, frame) for index in places})
            for index in places:
                if index != home:
                    lost.setdefault(index, {})[text] = home
    for index, homes in lost.items():
        # Of several homes the first in the checklist is named, so that the order of answers does not show.
        readings[index] = readings[index].without(homes, to=min(homes.values()))


def _worth_alone(reading: Reading, text: str, index: int, frame: Frame) -> int:
    return frame.worth(index, reading.asked.ladder.standing({text: reading.groups[text]}).credit)


def _item_score(why: Why, reading: Reading, index: int, tally: Tally, now: int) -> ItemScore:
    item = reading.asked.item
    state = State.GIVEN if reading.answers else _silence(why, item.key)
    points = tally.points[index]
    gain = 0
    if reading.target is not None and item.weight and (state is State.GIVEN or state is State.UNKNOWN):
        then = tally.total_with(index, reading.target.credit)
        gain = hundredths(then, tally.frame.full) - now if then > tally.total else 0
    note = None
    if points < tally.raw[index]:
        note = reason("reason.cut") if index in tally.counted else reason("reason.enough", enough=tally.frame.enough)
    return reading.score(
        state,
        private=reading.trait is not None or why.is_private(item.key, sensitive=item.sensitive),
        points=points,
        gain=gain,
        note=note,
    )


def _silence(why: Why, key: str) -> State:
    """
    What it means that nothing is given.
    """
    if key in why.declined:
        return State.DECLINED
    if key in why.not_applicable:
        return State.NOT_APPLICABLE
    return State.UNKNOWN


def _states_minor(score: WhyScore) -> bool:
    item = score.items.get(AGE[1])
    return item is not None and states_minor(item.answers)


def _overlap(judged: Iterable[_Judged]) -> tuple[Overlap, ...]:
    return find_overlap(
        {
            one.why: [
                (key, item.private, reading.words)
                for (key, item), reading in zip(one.score.items.items(), one.readings, strict=True)
                if reading.words
            ]
            for one in judged
        }
    )
