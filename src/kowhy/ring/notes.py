"""
What is worth knowing about a log: good busy, busy for its own sake, gaps and dry places.
"""

from __future__ import annotations

from collections.abc import Iterator

from kowhy.ring.counting import Counted
from kowhy.ring.results import Review
from kowhy.ring.suggestions import counted, span
from kowhy.scorecards import Finding
from kowhy.tables import table
from kowhy.texts import texts

#: So many cold relationships are more than anybody can warm up at once.
MANY = 10


def notes(found: Review, seen: Counted) -> tuple[Finding, ...]:
    """
    The findings of a review, the weightiest first; none names a person.
    """
    words = texts("ring")
    told = _told(found, seen) if found.rounds else iter([("note.empty", {})])
    said = ((code, words[code].format_map(numbers)) for code, numbers in told)
    return tuple(Finding(code=code, text=f"{text[:1].upper()}{text[1:]}") for code, text in said)


def _told(found: Review, seen: Counted) -> Iterator[tuple[str, dict[str, str]]]:
    weeks = counted(found.recent_weeks, "week")
    lately = sum(track.recent for track in found.tracks.values())
    assert found.last is not None
    if not lately:
        yield "note.silence", {"time": span((found.today - found.last).days)}
    if seen.recent_landed:
        yield "note.landed", {"results": counted(seen.recent_landed, "result"), "weeks": weeks}
    yield from _busy(found, lately, weeks)
    yield from _gaps(found, seen, lately, weeks)
    cold = len(found.cold)
    if cold > MANY:
        yield "note.cold-many", {"number": f"{cold:,}"}
    relabelled = sum(person.is_relabelled for person in seen.people.values())
    if relabelled:
        yield "note.labels", {"people": counted(relabelled, "person")}
    if found.odds is None:
        least = table("ring")["odds"]
        yield (
            "note.no-odds",
            {"rounds": counted(least["least_rounds"], "round"), "time": span(least["least_days"])},
        )


def _busy(found: Review, lately: int, weeks: str) -> Iterator[tuple[str, dict[str, str]]]:
    """
    Whether the rounds fit the plan.
    """
    rules = table("ring")["fit"]
    numbers = {"right": f"{found.recent_right:,}", "rounds": counted(lately, "round"), "weeks": weeks}
    if not found.planned:
        yield "note.no-plan", {}
    elif lately >= rules["least"]:
        if found.recent_right < rules["share"] * lately:
            yield "note.busy-elsewhere", numbers
        elif not found.recent_other:
            yield "note.good-busy", numbers
    if found.dry_run >= rules["change"]:
        yield "note.dry-run", {"rounds": counted(found.dry_run, "round")}


def _gaps(found: Review, seen: Counted, lately: int, weeks: str) -> Iterator[tuple[str, dict[str, str]]]:
    """
    Tracks without a round, places that brought nobody, and a log that is mostly one great week.
    """
    rules = table("ring")["fit"]
    if lately >= rules["least"]:
        for name, track in found.tracks.items():
            if not track.recent:
                yield f"note.no-{name}", {"rounds": counted(lately, "round"), "weeks": weeks}
    dry = [visits for visits, useful in seen.places.values() if visits >= rules["dry"] and not useful]
    if dry:
        yield "note.dry-place", {"places": counted(len(dry), "place"), "rounds": counted(sum(dry), "round")}
    assert found.first is not None
    most = max(week.rounds for week in found.weeks)
    if found.rounds >= rules["least"] and 2 * most > found.rounds and (found.today - found.first).days > 35:
        yield "note.one-week", {"number": f"{most:,}", "rounds": counted(found.rounds, "round")}
