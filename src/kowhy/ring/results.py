"""
The review as plain values.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from kowhy._frozen import FrozenMap
from kowhy.ring.chances import Odds
from kowhy.ring.relationships import Promise, Relationship
from kowhy.ring.suggestions import Suggestion
from kowhy.scorecards import Finding


@attrs.frozen(kw_only=True)
class Week:
    """
    One week that had rounds.

    Attributes:
        start: Its Monday.

        tracks: Rounds of each track.

        right: Rounds that fit the plan; 0 without a plan.

        other: Rounds that do not.

        landed: Results.
    """

    start: dt.date
    tracks: FrozenMap[str, int]
    right: int
    other: int
    landed: int

    @property
    def rounds(self) -> int:
        """
        All rounds of the week.
        """
        return sum(self.tracks.values())


@attrs.frozen(kw_only=True)
class TrackReview:
    """
    One of the four tracks.

    Attributes:
        rounds: All of them.

        recent: Those of the last weeks, as many as ``Review.recent_weeks`` says.

        last: Day of the latest.

        streak: Weeks in a row with at least one, up to this week or the last; a week that is not over breaks nothing.

        best: The longest such row there ever was.
    """

    rounds: int = 0
    recent: int = 0
    last: dt.date | None = None
    streak: int = 0
    best: int = 0


@attrs.frozen(kw_only=True)
class Review:
    """
    What a log says on one day.

    Attributes:
        today: The day.

        rounds: Number of rounds.

        first: Day of the first round.

        last: Day of the latest.

        pace: Rounds a week lately.

        chosen_pace: Rounds a week that the person chose, or the default.

        is_default_pace: Whether it is the default, which is no science.

        recent_weeks: How many weeks count as lately.

        days: Rounds on each day of the last weeks that had any, for a calendar.

        weeks: The weeks that had rounds, oldest first.

        tracks: The four tracks.

        streak: Weeks in a row with at least one round.

        best: The longest such row there ever was.

        planned: Whether there was a plan to compare with.

        right: Rounds that fit the plan: good busy.

        other: Rounds that do not: busy for its own sake.

        recent_right: The same, lately.

        recent_other: The same, lately.

        dry_run: Fitting rounds in a row without a result, up to now.

        landed: Results: punches that landed.

        relationships: All people of the log, the one whose turn it is most first.

        promises: What was promised and not kept yet, the most urgent first.

        next_rounds: At most three rounds worth doing, with the reason for each.

        odds: How likely results are; ``None`` where there is too little to say.

        findings: What is worth knowing.
    """

    today: dt.date
    rounds: int
    first: dt.date | None
    last: dt.date | None
    pace: float
    chosen_pace: int
    is_default_pace: bool
    recent_weeks: int
    days: FrozenMap[dt.date, int]
    weeks: tuple[Week, ...] = attrs.field(repr=False)
    tracks: FrozenMap[str, TrackReview]
    streak: int
    best: int
    planned: bool
    right: int
    other: int
    recent_right: int
    recent_other: int
    dry_run: int
    landed: int
    relationships: tuple[Relationship, ...] = attrs.field(repr=False)
    promises: tuple[Promise, ...]
    next_rounds: tuple[Suggestion, ...] = ()
    odds: Odds | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def cold(self) -> tuple[Relationship, ...]:
        """
        The relationships that go cold, the one furthest over its time first.
        """
        return tuple(one for one in self.relationships if one.state == "cold")

    def shareable(self) -> Review:
        """
        The review without what people are called and what was promised.
        """
        return attrs.evolve(
            self,
            relationships=tuple(one.public() for one in self.relationships),
            promises=tuple(one.public() for one in self.promises),
            next_rounds=tuple(one.public() for one in self.next_rounds),
        )

    def _to_dict_(self) -> dict[str, Any]:
        return {
            "format": "kowhy.review/1",
            "today": self.today.isoformat(),
            "rounds": self.rounds,
            "first": self.first and self.first.isoformat(),
            "last": self.last and self.last.isoformat(),
            "pace": self.pace,
            "chosen_pace": self.chosen_pace,
            "is_default_pace": self.is_default_pace,
            "recent_weeks": self.recent_weeks,
            "days": {day.isoformat(): number for day, number in self.days.items()},
            "weeks": [
                attrs.asdict(one, recurse=False) | {"start": one.start.isoformat(), "tracks": dict(one.tracks)}
                for one in self.weeks
            ],
            "tracks": {
                name: attrs.asdict(one) | {"last": one.last and one.last.isoformat()}
                for name, one in self.tracks.items()
            },
            "streak": self.streak,
            "best": self.best,
            "planned": self.planned,
            "right": self.right,
            "other": self.other,
            "recent_right": self.recent_right,
            "recent_other": self.recent_other,
            "dry_run": self.dry_run,
            "landed": self.landed,
            "relationships": [one._to_dict_() for one in self.relationships],
            "promises": [one._to_dict_() for one in self.promises],
            "next_rounds": [one._to_dict_() for one in self.next_rounds],
            "odds": self.odds and self.odds._to_dict_(),
            "findings": [attrs.asdict(one) for one in self.findings],
        }
