"""
One walk over the rounds, from the oldest to the latest; everything else in a review follows from what it counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

import attrs

from kowhy.ring.fit import Fit
from kowhy.ring.log import Contact, Result, Round, Stage, Track
from kowhy.tables import table

#: The places in the row of a week: the four tracks, then what fits, what does not, and results.
TRACKS = len(Track)
RIGHT, OTHER, LANDED = TRACKS, TRACKS + 1, TRACKS + 2

_DATE = attrgetter("date")
_TRACK = {track: index for index, track in enumerate(Track)}
_STAGE = {stage: index for index, stage in enumerate(Stage)}


@attrs.define
class Person:
    """
    What the log says of one person so far; days are ordinals.

    Attributes:
        contact: With the latest label.

        first: Day of the first round.

        stage: Position of the furthest stage reached, ``-1`` before the first.

        rounds: How many.

        contacted: Day of the last real contact; 0 if there was none.

        tried: Day of the last try that nobody answered; 0 if there was none since the last contact.

        tries: How many of them since the last contact.

        has_landed: Something good came of it.

        is_closed: It is known that nothing will come of the last round.

        is_right: A round that fits the plan was for this person.

        is_relabelled: There were different labels for the same id.

        promised: Rounds with promises that are not kept yet.
    """

    contact: Contact
    first: int
    stage: int = -1
    rounds: int = 0
    contacted: int = 0
    tried: int = 0
    tries: int = 0
    has_landed: bool = False
    is_closed: bool = False
    is_right: bool = False
    is_relabelled: bool = False
    promised: list[Round] = attrs.field(factory=list)

    def take(self, one: Round, day: int) -> None:
        """
        Add a round of this person.
        """
        contact = one.person
        if contact is not self.contact and contact is not None:
            self._rename(contact)
        self.rounds += 1
        if one.result is Result.NO_ANSWER:
            self.tried = day
            self.tries += 1
        else:
            self.contacted, self.tried, self.tries = day, 0, 0
            self.is_closed = one.result is Result.NOTHING
        stage = one.stage
        if stage is not None and _STAGE[stage] > self.stage:
            self.stage = _STAGE[stage]
        if one.kept:
            self.promised = []
        if one.promise:
            self.promised.append(one)

    def _rename(self, contact: Contact) -> None:
        """
        Take the latest label there is.
        """
        label = contact.label
        if label and label != self.contact.label:
            self.is_relabelled = self.is_relabelled or bool(self.contact.label)
            self.contact = contact


@attrs.define
class Counted:
    """
    What the walk counted; days are ordinals, weeks are numbered from Monday, 1 January of the year 1.

    Attributes:
        weeks: A row of numbers for each week that had rounds.

        days: Rounds on each of the last days.

        recent: Rounds of each track lately.

        latest: Day of the latest round of each track; 0 if there was none.

        people: By id, in the order in which they appear.

        tried: Rounds that followed each recommendation.

        places: For what a place was visited: rounds there, and rounds there on days with a person or a result.

        first: Day of the first round.

        last: Day of the last round.

        right: Rounds that fit the plan.

        other: Rounds that do not.

        recent_right: The same, lately.

        recent_other: The same, lately.

        dry_run: Fitting rounds in a row without a result, up to now.

        landed: Results.

        recent_landed: The same, lately.
    """

    weeks: dict[int, list[int]] = attrs.field(factory=dict)
    days: dict[int, int] = attrs.field(factory=dict)
    recent: list[int] = attrs.field(factory=lambda: [0] * TRACKS)
    latest: list[int] = attrs.field(factory=lambda: [0] * TRACKS)
    people: dict[str, Person] = attrs.field(factory=dict)
    tried: dict[str, int] = attrs.field(factory=dict)
    places: dict[str, list[int]] = attrs.field(factory=dict)
    first: dt.date | None = None
    last: dt.date | None = None
    right: int = 0
    other: int = 0
    recent_right: int = 0
    recent_other: int = 0
    dry_run: int = 0
    landed: int = 0
    recent_landed: int = 0


def count(rounds: Sequence[Round], *, today: dt.date, fit: Fit | None) -> Counted:
    """
    Walk over *rounds*, none of which is later than *today*.

    Args:
        rounds: In any order; those of one day count in the order in which they stand.

        today: The day of the review.

        fit: What is right; ``None`` when there is no plan.
    """
    numbers = table("ring")
    now = today.toordinal()
    lately = now - 7 * numbers["recent_weeks"]
    shown = now - today.weekday() - 7 * (numbers["heat_weeks"] - 1)
    found = Counted()
    for date, group in groupby(sorted(rounds, key=_DATE), key=_DATE):
        day = date.toordinal()
        found.first, found.last = found.first or date, date
        row = found.weeks.setdefault((day - 1) // 7, [0] * (LANDED + 1))
        batch = [*group]
        if day >= shown:
            found.days[day] = len(batch)
        before = tuple(row)
        _walk(found, batch, day, row, fit)
        if day > lately:
            added = [now_is - was for was, now_is in zip(before, row, strict=True)]
            found.recent = [sum(pair) for pair in zip(found.recent, added, strict=False)]
            found.recent_right += added[RIGHT]
            found.recent_other += added[OTHER]
            found.recent_landed += added[LANDED]
    found.right = sum(row[RIGHT] for row in found.weeks.values())
    found.other = sum(row[OTHER] for row in found.weeks.values())
    found.landed = sum(row[LANDED] for row in found.weeks.values())
    return found


def _walk(found: Counted, batch: Iterable[Round], day: int, row: list[int], fit: Fit | None) -> None:
    """
    Add the rounds of one *day* to the *row* of its week, and to all else.
    """
    people, latest, tried = found.people, found.latest, found.tried
    visited: list[list[int]] = []
    is_useful = False
    for one in batch:
        index = _TRACK[one.track]
        row[index] += 1
        latest[index] = day
        person = None
        if one.person is not None:
            person = people.get(one.person.id)
            if person is None:
                person = people[one.person.id] = Person(one.person, day)
            person.take(one, day)
        is_landed = one.result is Result.LANDED or (
            one.stage is Stage.LANDED and person is not None and not person.has_landed
        )
        if is_landed:
            row[LANDED] += 1
            if person is not None:
                person.has_landed, person.stage = True, _STAGE[Stage.LANDED]
        place = one.recommendation
        if place is not None:
            tried[place] = tried.get(place, 0) + 1
        else:
            place = one.target
        if index == 0 and place is not None:
            visited.append(found.places.setdefault(place, [0, 0]))
        is_useful = is_useful or is_landed or person is not None
        if fit is not None:
            fits = _fits(one, person, fit)
            row[RIGHT if fits else OTHER] += 1
            if fits:
                found.dry_run = 0 if is_landed else found.dry_run + 1
    for there in visited:
        # Whoever was met on that day was probably met there.
        there[0] += 1
        there[1] += is_useful


def _fits(one: Round, person: Person | None, fit: Fit) -> bool:
    if (
        one.recommendation in fit.ids
        or (person is not None and person.is_right)
        or (one.target is not None and fit.has_target(one.target))
    ):
        if person is not None:
            person.is_right = True
        return True
    return False


def streaks(weeks: Iterable[int], today: dt.date) -> tuple[int, int]:
    """
    Weeks in a row up to now, and the longest such row.

    A row that ended last week still stands, for this week is not over.
    """
    best = run = 0
    before = None
    for week in sorted(weeks):
        run = run + 1 if before is not None and week == before + 1 else 1
        best = max(best, run)
        before = week
    this = (today.toordinal() - 1) // 7
    return (run if before is not None and before >= this - 1 else 0), best
