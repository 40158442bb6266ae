"""
The log as plain values: rounds, with whom, and how far a relationship has come.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import attrs

from kowhy.errors import Fault, InvalidRingError


class Track(StrEnum):
    """
    The four things to be busy at: the right places, words, people and relationships.
    """

    PLACE = "place"
    WORDS = "words"
    PERSON = "person"
    RELATIONSHIP = "relationship"


class Stage(StrEnum):
    """
    How far a relationship has come, nearest to the start first.
    """

    MET = "met"
    FOLLOWED_UP = "followed_up"
    HELPED = "helped"
    ASKED = "asked"
    INTRODUCED = "introduced"
    LANDED = "landed"


class Result(StrEnum):
    """
    What became of a round.

    ``open``: nobody can tell yet. ``landed``: something good came of it, large or small. ``nothing``: it is known
    that nothing will. ``no_answer``: a call or a message that nobody answered; it is work, but no contact.
    """

    OPEN = "open"
    LANDED = "landed"
    NOTHING = "nothing"
    NO_ANSWER = "no_answer"


#: Longest id and longest text of a round, in characters.
LONGEST_ID, LONGEST_TEXT = 200, 10_000

#: The form of a log as JSON.
FORMAT = "kowhy.ring/1"

#: The keys of a round in its canonical order; ``with`` is the field ``person``, for Python keeps that word to itself.
KEYS = (
    "id",
    "date",
    "track",
    "recommendation",
    "target",
    "with",
    "stage",
    "result",
    "note",
    "promise",
    "due",
    "kept",
)

#: The fields of a round that are short names, and those that hold what a person wrote.
IDS = ("id", "recommendation")
TEXTS = ("target", "note", "promise")


@attrs.frozen(kw_only=True)
class Contact:
    """
    Somebody whom the person knows.

    Attributes:
        id: Opaque and stable, such as ``"p17"``; better no name and no address.

        label: What the person calls them; only the person reads it, and no repr, fault or calendar entry holds it.
    """

    id: str
    label: str = attrs.field(default="", repr=False)

    def __attrs_post_init__(self) -> None:
        faults = [*_text_faults("id", self.id, longest=LONGEST_ID), *_text_faults("label", self.label)]
        if not faults and not self.id.strip():
            faults.append(Fault(code="value.too-small", pointer="/id", given="nothing", wanted="an id"))
        if faults:
            raise InvalidRingError(faults)

    def _to_dict_(self) -> dict[str, str]:
        return {"id": self.id} | ({"label": self.label} if self.label else {})


def _track(value: object) -> object:
    return Track(value) if isinstance(value, str) and value in Track.__members__.values() else value


def _stage(value: object) -> object:
    return Stage(value) if isinstance(value, str) and value in Stage.__members__.values() else value


def _result(value: object) -> object:
    return Result(value) if isinstance(value, str) and value in Result.__members__.values() else value


def _given(value: object) -> object:
    return None if value == "" else value


def _rounds(value: Iterable[Round]) -> tuple[Round, ...]:
    return tuple(value)


@attrs.frozen(kw_only=True)
class Round:
    """
    One entry of the log: something done on one day, for one of the four tracks.

    Attributes:
        date: The day; a :class:`datetime.date` without a time.

        track: A :class:`Track` or its name.

        id: Stable, and no other round of the log has it; empty when the app has none.

        recommendation: Id of the recommendation of the plan that was followed.

        target: What else it was for: the id of a WHY, an item such as ``"land_a_job.target_companies"``, or a name in
            the person's words.

        person: With whom.

        stage: How far the relationship has come by this round.

        result: A :class:`Result` or its name.

        note: For the person alone.

        promise: What was promised to that person in this round.

        due: By when.

        kept: With this round, what was promised to that person before is kept.

    Raises:
        InvalidRingError: With every fault at once.
    """

    date: dt.date
    track: Track = attrs.field(converter=_track)
    id: str = ""
    recommendation: str | None = attrs.field(default=None, converter=_given)
    target: str | None = attrs.field(default=None, converter=_given, repr=False)
    person: Contact | None = None
    stage: Stage | None = attrs.field(default=None, converter=_stage)
    result: Result = attrs.field(default=Result.OPEN, converter=_result)
    note: str = attrs.field(default="", repr=False)
    promise: str = attrs.field(default="", repr=False)
    due: dt.date | None = None
    kept: bool = False

    def __attrs_post_init__(self) -> None:
        faults = [*_type_faults(self)]
        faults = faults or list(disagreements(attrs.asdict(self, recurse=False)))
        if faults:
            raise InvalidRingError(faults)

    def _to_dict_(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key in KEYS:
            value = self.person if key == "with" else getattr(self, key)
            if value in (None, "", False) or value is Result.OPEN:
                continue
            if isinstance(value, Contact):
                value = value._to_dict_()
            elif isinstance(value, dt.date):
                value = value.isoformat()
            found[key] = str(value) if isinstance(value, StrEnum) else value
        return found


def _type_faults(one: Round) -> Iterator[Fault]:
    if not is_day(one.date):
        yield _wrong("date", one.date, "a date without a time")
    if one.due is not None and not is_day(one.due):
        yield _wrong("due", one.due, "a date without a time, or None")
    for key, kind in (("track", Track), ("stage", Stage), ("result", Result)):
        value = getattr(one, key)
        if not isinstance(value, kind) and not (key == "stage" and value is None):
            yield _wrong(key, value, f"one of {', '.join(kind)}")
    if one.person is not None and not isinstance(one.person, Contact):
        yield _wrong("with", one.person, "a Contact, or None")
    if not isinstance(one.kept, bool):
        yield _wrong("kept", one.kept, "true or false")
    for key in (*IDS, *TEXTS):
        value = getattr(one, key)
        if not (value is None and key in ("recommendation", "target")):
            yield from _text_faults(key, value, longest=LONGEST_ID if key in IDS else LONGEST_TEXT)


def is_day(value: object) -> bool:
    """
    Whether *value* is a date; a point in time is none, for on which day it lies depends on where one stands.
    """
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def _text_faults(key: str, value: object, *, longest: int = LONGEST_TEXT) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield _wrong(key, value, "a text")
    elif len(value) > longest:
        wanted = f"at most {longest} characters"
        yield Fault(code="value.too-large", pointer=f"/{key}", given=f"{len(value)} characters", wanted=wanted)
    elif not is_writable(value):
        given, wanted = "half of a surrogate pair", "whole characters"
        yield Fault(code="text.surrogate", pointer=f"/{key}", given=given, wanted=wanted)


def is_writable(text: str) -> bool:
    """
    Whether *text* can be written as UTF-8; half of a surrogate pair cannot.
    """
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)


def _wrong(key: str, value: object, wanted: str) -> Fault:
    # The value may be somebody's name in the wrong place, so only its type is told.
    return Fault(code="type.wrong", pointer=f"/{key}", given=f"a value of type {type(value).__name__}", wanted=wanted)


def disagreements(fields: Mapping[str, Any]) -> Iterator[Fault]:
    """
    Fields of one round, each sound by itself, that do not go together.

    Args:
        fields: By the names of :class:`Round`; those left out have their defaults.
    """
    if fields.get("person") is None:
        for key in ("stage", "promise", "kept"):
            if fields.get(key):
                wanted = "with: the id of the person it is about"
                yield Fault(code="round.nobody", pointer=f"/{key}", given=f"{key} without a person", wanted=wanted)
    due, date = fields.get("due"), fields.get("date")
    if due is not None and not fields.get("promise"):
        yield Fault(code="round.no-promise", pointer="/due", given="due without a promise", wanted="promise: a text")
    elif due is not None and date is not None and due < date:
        yield Fault(code="round.due-before", pointer="/due", given=due.isoformat(), wanted=f"{date} or later")
    if fields.get("stage") is Stage.LANDED and fields.get("result") in (Result.NOTHING, Result.NO_ANSWER):
        given = f"{fields['result']} at the stage landed"
        yield Fault(code="round.contradiction", pointer="/result", given=given, wanted="landed or open")


@attrs.frozen(kw_only=True)
class Ring:
    """
    The log: rounds in any order.

    Attributes:
        rounds: The entries.

    Raises:
        InvalidRingError: Two rounds have the same id.
    """

    rounds: tuple[Round, ...] = attrs.field(default=(), converter=_rounds)

    def __attrs_post_init__(self) -> None:
        for one in self.rounds:
            # Callers without a type checker may pass anything.
            if type(one) is not Round and not isinstance(one, Round):
                msg = f"got a {type(one).__name__} among the rounds; wanted a Round"
                raise TypeError(msg)
        faults = clashes(one.id for one in self.rounds)
        if faults:
            raise InvalidRingError(faults)

    def _to_dict_(self) -> dict[str, Any]:
        return {"format": FORMAT, "rounds": [one._to_dict_() for one in self.rounds]}


def clashes(ids: Iterable[str]) -> list[Fault]:
    """
    A fault for each id that an earlier round has already; the empty id is none.
    """
    first: dict[str, int] = {}
    faults = []
    for index, one in enumerate(ids):
        if one and first.setdefault(one, index) != index:
            given = f"the id of /rounds/{first[one]}"
            faults.append(Fault(code="id.repeated", pointer=f"/rounds/{index}/id", given=given, wanted="each id once"))
    return faults
