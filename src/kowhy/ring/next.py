"""
The next three rounds worth doing.
"""

from __future__ import annotations

from collections.abc import Iterator

from kowhy._frozen import FrozenMap
from kowhy.plans import Plan, Recommendation
from kowhy.ring.counting import Counted
from kowhy.ring.log import Track
from kowhy.ring.relationships import Promise, Relationship
from kowhy.ring.results import Review
from kowhy.ring.suggestions import Suggestion, counted, span
from kowhy.tables import table

#: How many are told, and how many of them at most are for people who wait: the rest is for fresh ground.
NEXT, WAITING = 3, 2

#: The part of the plan that each track follows.
_PARTS = {Track.PLACE: "where", Track.WORDS: "say", Track.PERSON: "whom", Track.RELATIONSHIP: "how"}


def next_rounds(found: Review, seen: Counted, plan: Plan | None) -> tuple[Suggestion, ...]:
    """
    What to do next: keep promises, warm up what goes cold, then fresh ground in the track that was quiet the longest.
    """
    waiting: dict[str, Suggestion] = {}
    for one in _waiting(found):
        assert one.person is not None
        waiting.setdefault(one.person.id, one)
        if len(waiting) == WAITING:
            break
    fresh = [one for one in _fresh(found, seen, plan) if not (waiting and one.track is Track.RELATIONSHIP)]
    return (*waiting.values(), *fresh)[:NEXT]


def _waiting(found: Review) -> Iterator[Suggestion]:
    """
    For people who wait, the most urgent first.
    """
    rules = table("ring")["relationship"]
    for promise in found.promises:
        # After a year nobody waits for it any more.
        if -rules["soon_days"] <= promise.days < rules["dormant_days"]:
            yield _promised(promise)
    # Whoever was met where the plan leads comes before the others.
    for one in sorted(found.cold, key=lambda one: not one.fits):
        numbers = FrozenMap({"time": span(one.days), "cadence": span(one.cadence)})
        code, reason = ("try", "try") if one.last is None else (f"cold.{one.stage}", "cold")
        yield Suggestion(code=code, reason=reason, track=Track.RELATIONSHIP, person=one.person, numbers=numbers)
    for one in found.relationships:
        if one.state == "dormant":
            yield _dormant(one)


def _promised(promise: Promise) -> Suggestion:
    if not promise.has_date:
        reason, days = "promise.undated", promise.age
    elif promise.days > 0:
        reason, days = "promise.late", promise.days
    else:
        reason, days = ("promise.soon" if promise.days else "promise.today"), -promise.days
    return Suggestion(
        code="promise",
        reason=reason,
        track=Track.RELATIONSHIP,
        person=promise.person,
        what=promise.text.strip().rstrip("."),
        numbers=FrozenMap({"time": span(days)}),
    )


def _dormant(one: Relationship) -> Suggestion:
    return Suggestion(
        code="dormant",
        reason="dormant",
        track=Track.RELATIONSHIP,
        person=one.person,
        numbers=FrozenMap({"time": span(one.days)}),
    )


def _fresh(found: Review, seen: Counted, plan: Plan | None) -> Iterator[Suggestion]:
    """
    One for each track, the one with the fewest rounds lately first.
    """
    total = sum(track.recent for track in found.tracks.values())
    weeks = counted(found.recent_weeks, "week")
    for track in sorted(Track, key=lambda track: found.tracks[track].recent):
        recent = found.tracks[track].recent
        numbers = FrozenMap({"rounds": f"{recent:,}", "total": counted(total, "round"), "weeks": weeks})
        reason = f"{track}.{'some' if recent else 'none' if found.rounds else 'start'}"
        advice = _untried(plan, track, seen)
        if advice is None:
            yield Suggestion(code=f"{track}.generic", reason=reason, track=track, numbers=numbers)
            continue
        assert plan is not None
        public = advice.public(plan.private) if advice.whys else None
        yield Suggestion(
            code=str(track),
            reason=reason,
            track=track,
            recommendation=advice.id,
            what=_said(advice),
            public_what="" if public is None else _said(public),
            numbers=numbers,
        )


def _untried(plan: Plan | None, track: Track, seen: Counted) -> Recommendation | None:
    """
    The best recommendation for *track* that was followed least often.
    """
    advice = [one for one in getattr(plan, _PARTS[track], ()) if _said(one)]
    return min(advice, key=lambda one: seen.tried.get(one.id, 0), default=None)


def _said(advice: Recommendation) -> str:
    return (advice.name or advice.text).rstrip(".")
