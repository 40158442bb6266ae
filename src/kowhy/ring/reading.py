"""
The log from JSON and to JSON: whole, or with every fault at once.

A fault never repeats what stands in the log, for somebody's name may stand anywhere in it; only dates, sizes and
misspelt keys are told.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

import attrs

from kowhy.convert.checking import SUGGESTED
from kowhy.convert.document import Limits, Repeating, parse
from kowhy.convert.names import Where, kind, nearest, one_of, pointer
from kowhy.errors import Fault, InvalidProfileError, InvalidRingError
from kowhy.ring.log import (
    FORMAT,
    IDS,
    KEYS,
    LONGEST_ID,
    LONGEST_TEXT,
    Contact,
    Result,
    Ring,
    Round,
    Stage,
    Track,
    clashes,
    disagreements,
    is_writable,
)

#: How much of a log is read: more than a busy person fills in a life.
LIMITS = Limits(text=67_108_864, depth=8)

E = TypeVar("E", bound=StrEnum)


def ring_from_json(text: str | bytes, *, limits: Limits = LIMITS) -> Ring:
    """
    The log in a JSON text.

    Args:
        text: JSON, in UTF-8 when it comes as bytes; a byte order mark is dropped.

        limits: How much is read.

    Raises:
        InvalidRingError: With every fault at once.
    """
    try:
        document = parse(text, limits=limits)
    except InvalidProfileError as error:
        # The parser is that of profiles and speaks of them.
        raise InvalidRingError(
            attrs.evolve(fault, wanted=fault.wanted.replace("a profile in JSON", "a log in JSON"))
            for fault in error.faults
        ) from None
    return ring_from_dict(document)  # type: ignore[arg-type]  # what else it may be becomes a fault


def ring_from_dict(mapping: Mapping[str, Any]) -> Ring:
    """
    The log in a mapping, such as JSON gives it.

    Raises:
        InvalidRingError: With every fault at once.
    """
    check = Check()
    rounds = check.ring(mapping)
    if check.faults:
        raise InvalidRingError(check.faults)
    return Ring(rounds=rounds)


def ring_to_dict(ring: Ring) -> dict[str, Any]:
    """
    The canonical form of *ring* in dicts, lists and texts, as JSON has them; what has its default is left out.
    """
    return ring._to_dict_()


def ring_to_json(ring: Ring, *, indent: int | None = None) -> str:
    """
    The canonical form of *ring* as JSON text, without a line break at its end.
    """
    return json.dumps(ring_to_dict(ring), ensure_ascii=False, allow_nan=False, indent=indent)


@attrs.define
class Check:
    """
    One reading of one log.

    Attributes:
        faults: What was found to be wrong so far.
    """

    faults: list[Fault] = attrs.field(factory=list)
    _sought: int = 0

    def ring(self, document: object) -> list[Round]:
        """
        The sound rounds of *document*; only when there are no faults are they all.
        """
        if not self._is_object(document, (), ("format", "rounds")):
            return []
        assert isinstance(document, Mapping)
        form = document.get("format", FORMAT)
        if not isinstance(form, str):
            self._wrong(("format",), form, FORMAT)
        elif form != FORMAT:
            self.add("format.unknown", ("format",), _sized(form), FORMAT)
        if "rounds" not in document:
            self.add("key.missing", (), "no key 'rounds'", "rounds: a list of rounds")
            return []
        entries = document["rounds"]
        if not isinstance(entries, list | tuple):
            self._wrong(("rounds",), entries, "a list of rounds")
            return []
        read = [self._round(entry, ("rounds", index)) for index, entry in enumerate(entries)]
        self.faults += clashes(fields.get("id", "") if fields else "" for fields in read)
        return [] if self.faults else [Round(**fields) for fields in read if fields is not None]

    def _round(self, entry: object, where: Where) -> dict[str, Any] | None:
        if not self._is_object(entry, where, KEYS):
            return None
        assert isinstance(entry, Mapping)
        before = len(self.faults)
        for key in ("date", "track"):
            if key not in entry:
                self.add("key.missing", where, f"no key {key!r}", f"{key}: {_WANTED[key]}")
        fields = {key: self.field(key, value, (*where, key)) for key, value in entry.items() if key in KEYS}
        if "with" in fields:
            fields["person"] = fields.pop("with")
        if len(self.faults) == before:
            self.agree(fields, where)
        return fields

    def agree(self, fields: Mapping[str, Any], where: Where) -> None:
        """
        Add what does not go together in the *fields* of one round.
        """
        prefix = pointer(where)
        self.faults += (attrs.evolve(fault, pointer=f"{prefix}{fault.pointer}") for fault in disagreements(fields))

    def field(self, key: str, value: object, where: Where) -> Any:
        """
        The value of one field of a round; ``None`` after a fault.
        """
        if key in ("date", "due"):
            return self._date(value, where)
        if key in _ENUMS:
            return self._member(_ENUMS[key], value, where)
        if key == "with":
            return self._contact(value, where)
        if key == "kept":
            if not isinstance(value, bool):
                self._wrong(where, value, _WANTED[key])
            return value
        return self._text(value, where, longest=LONGEST_ID if key in IDS else LONGEST_TEXT)

    def _date(self, value: object, where: Where) -> dt.date | None:
        if not isinstance(value, str):
            self._wrong(where, value, _WANTED["date"])
            return None
        found = day(value)
        if found is None:
            is_number = value.isascii() and len(value) <= 12 and not any(map(str.isalpha, value))
            self.add("date.wrong", where, repr(value) if is_number else "a text that is no date", _WANTED["date"])
        return found

    def _member(self, known: type[E], value: object, where: Where) -> E | None:
        if not isinstance(value, str):
            self._wrong(where, value, one_of(tuple(known)))
            return None
        if value not in known.__members__.values():
            wanted = self._near(value, tuple(known)) or one_of(tuple(known))
            self.add("value.unknown", where, _sized(value), wanted)
            return None
        return known(value)

    def _contact(self, value: object, where: Where) -> Contact | None:
        # An object with other keys may have a name for a key, so they are not repeated.
        if not self._is_object(value, where, ("id", "label"), is_open=False):
            return None
        assert isinstance(value, Mapping)
        if "id" not in value:
            self.add("key.missing", where, "no key 'id'", "id: an opaque id")
            return None
        label = self._text(value.get("label", ""), (*where, "label"), longest=LONGEST_TEXT)
        found = self._text(value["id"], (*where, "id"), longest=LONGEST_ID)
        if found is not None and not found.strip():
            self.add("value.too-small", (*where, "id"), "nothing", "an id")
        return None if not found or not found.strip() or label is None else Contact(id=found, label=label)

    def _text(self, value: object, where: Where, *, longest: int) -> str | None:
        if not isinstance(value, str):
            self._wrong(where, value, "a text")
        elif len(value) > longest:
            self.add("value.too-large", where, f"{len(value)} characters", f"at most {longest} characters")
        elif not is_writable(value):
            self.add("text.surrogate", where, "half of a surrogate pair", "whole characters")
        else:
            return value
        return None

    def _is_object(self, value: object, where: Where, known: tuple[str, ...], *, is_open: bool = True) -> bool:
        if not isinstance(value, Mapping):
            self._wrong(where, value, f"an object with the keys {', '.join(known)}")
            return False
        for key in value.repeated if isinstance(value, Repeating) else ():
            self.add(
                "key.repeated", (*where, key) if key in known else where, "a key that stands twice", "each key once"
            )
        for key in value:
            if key not in known:
                near = self._near(key, known) if isinstance(key, str) else None
                is_slip = near is not None and is_open and abs(len(key) - len(near)) <= 2
                given = repr(key) if is_slip else "an unknown key"
                self.add("key.unknown", (*where, key) if is_slip else where, given, near or one_of(known))
        return True

    def _near(self, value: str, known: tuple[str, ...]) -> str | None:
        """
        The known name that was probably meant; no more is sought after many slips, for seeking takes long.
        """
        self._sought += 1
        return nearest(value, known) if self._sought <= SUGGESTED else None

    def _wrong(self, where: Where, value: object, wanted: str) -> None:
        self.add("type.wrong", where, kind(value), wanted)

    def add(self, code: str, where: Where, given: str, wanted: str) -> None:
        """
        Add a fault.
        """
        self.faults.append(Fault(code=code, pointer=pointer(where), given=given, wanted=wanted))


_ENUMS: Mapping[str, type[StrEnum]] = {"track": Track, "stage": Stage, "result": Result}
_WANTED = {"date": "a date as YYYY-MM-DD", "track": one_of(tuple(Track)), "kept": "true or false"}


def _sized(text: str) -> str:
    return f"a text of {len(text)} characters"


def day(text: str) -> dt.date | None:
    """
    The date in *text*, which must be written as ``YYYY-MM-DD``; ``None`` if there is no such day.
    """
    # The library reads "20260302" and "2026-W10-1" as well, which other readers of the same file do not.
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
