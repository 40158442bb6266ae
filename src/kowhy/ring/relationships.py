"""
The relationships in a log: how far they have come, whose turn it is, and what was promised.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import attrs

from kowhy.ring.counting import Person
from kowhy.ring.log import Contact, Stage
from kowhy.tables import table

#: What a relationship can be; those whose turn it is come first.
STATES = ("cold", "warm", "waiting", "resting", "dormant")

_STAGES = tuple(Stage)


@attrs.frozen(kw_only=True)
class Relationship:
    """
    One person of the log.

    Attributes:
        person: With the latest label.

        stage: The furthest stage reached; ``met`` when none was ever told.

        state: ``cold``: longer without contact than the cadence of the stage allows. ``warm``: in time.
            ``waiting``: tried lately, nobody answered. ``resting``: nothing to do, because nothing came of it or
            several tries stayed without an answer. ``dormant``: no contact for a year or more.

        rounds: How many were for them.

        first: Day of the first.

        last: Day of the last real contact; ``None`` while nobody answered.

        days: Days since then, or since the first round.

        cadence: Days that may pass at this stage.

        tries: Tries without an answer since the last contact.

        fits: Whether a round that fits the plan was for them.
    """

    person: Contact
    stage: Stage
    state: str
    rounds: int
    first: dt.date
    last: dt.date | None
    days: int
    cadence: int
    tries: int
    fits: bool

    def public(self) -> Relationship:
        """
        The same without what the person is called.
        """
        return attrs.evolve(self, person=Contact(id=self.person.id))

    def _to_dict_(self) -> dict[str, Any]:
        found = {field.name: getattr(self, field.name) for field in attrs.fields(type(self))}
        return found | {
            "person": self.person._to_dict_(),
            "stage": str(self.stage),
            "first": self.first.isoformat(),
            "last": self.last and self.last.isoformat(),
        }


def relationships(
    people: Mapping[str, Person], *, today: dt.date, cadence: Mapping[str, int]
) -> tuple[Relationship, ...]:
    """
    Everybody in the log, the one who is furthest over the time of their stage first.
    """
    now = today.toordinal()
    rules = table("ring")["relationship"]
    found = [_relationship(person, now, cadence, rules) for person in people.values()]
    found.sort(key=lambda one: (STATES.index(one.state), -one.days / one.cadence, one.person.id))
    return tuple(found)


def _relationship(person: Person, now: int, cadence: Mapping[str, int], rules: Mapping[str, int]) -> Relationship:
    stage = _STAGES[max(person.stage, 0)]
    days, most = now - (person.contacted or person.first), cadence[stage]
    if person.is_closed or person.tries >= rules["tries"]:
        state = "resting"
    elif person.tries and now - person.tried < rules["try_days"]:
        state = "waiting"
    elif days <= most:
        state = "warm"
    else:
        state = "cold" if days < rules["dormant_days"] else "dormant"
    return Relationship(
        person=person.contact,
        stage=stage,
        state=state,
        rounds=person.rounds,
        first=dt.date.fromordinal(person.first),
        last=dt.date.fromordinal(person.contacted) if person.contacted else None,
        days=days,
        cadence=most,
        tries=person.tries,
        fits=person.is_right,
    )


@attrs.frozen(kw_only=True)
class Promise:
    """
    Something promised and not kept yet.

    Attributes:
        person: To whom.

        text: What; only the person reads it.

        made: When.

        due: By when.

        has_date: Whether that day was promised too; otherwise it is a default.

        days: Days that it is over its time; below 0 while there is time.

        age: Days since it was made.

        round: Id of the round, if it has one.
    """

    person: Contact
    text: str = attrs.field(repr=False)
    made: dt.date
    due: dt.date
    has_date: bool
    days: int
    age: int
    round: str = ""

    def public(self) -> Promise:
        """
        The same without what was promised, and to whom in words.
        """
        return attrs.evolve(self, person=Contact(id=self.person.id), text="")

    def _to_dict_(self) -> dict[str, Any]:
        found = {field.name: getattr(self, field.name) for field in attrs.fields(type(self))}
        found |= {"person": self.person._to_dict_(), "made": self.made.isoformat(), "due": self.due.isoformat()}
        return {key: value for key, value in found.items() if value != ""}


def promises(people: Mapping[str, Person], *, today: dt.date) -> tuple[Promise, ...]:
    """
    What is promised to everybody, the most urgent first.
    """
    wait = dt.timedelta(days=table("ring")["relationship"]["promise_days"])
    found = []
    for person in people.values():
        for one in person.promised:
            due = one.due or _later(one.date, wait)
            found.append(
                Promise(
                    person=person.contact,
                    text=one.promise,
                    made=one.date,
                    due=due,
                    has_date=one.due is not None,
                    days=(today - due).days,
                    age=(today - one.date).days,
                    round=one.id,
                )
            )
    return tuple(sorted(found, key=lambda one: (one.due, one.made, one.person.id)))


def _later(day: dt.date, wait: dt.timedelta) -> dt.date:
    return day + wait if dt.date.max - day >= wait else dt.date.max
