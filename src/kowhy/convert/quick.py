"""
The short way from a JSON text to a profile, for texts in which nothing is wrong.

It takes most profiles in one go and gives up at the first thing that is unusual. Then the careful way begins anew and
finds all that is wrong, or that nothing is. A law holds the two together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NoReturn

from kowhy._frozen import FrozenMap, thawed
from kowhy.checklists import Checklist, load_checklists
from kowhy.compiled import compiled
from kowhy.convert.checking import FORMAT, LISTS, RESERVED
from kowhy.convert.document import Limits, Literal
from kowhy.whys import COUNTRIES, WHYS, Answers, Profile, Why

Checklists = Mapping[str, Checklist] | None

# Numbers stay as they are written here as well, so that a number of a million digits costs nothing.
_scan: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder(
    parse_int=Literal, parse_float=Literal, parse_constant=Literal
).scan_once  # type: ignore[attr-defined]  # the stubs leave it out

_SPACE = " \t\n\r"

#: Escapes that may hide half of a surrogate pair, or a colon.
_HIDING = ("\\ud", "\\uD", "\\u003")


class _UnusualError(Exception):
    """
    The careful way must have a look.
    """


def read(text: object, *, checklists: Checklists, limits: Limits) -> Profile | None:
    """
    The profile in the JSON *text*, or ``None`` where the careful way must have a look.

    Args:
        text: As a caller gave it.

        checklists: Whose items are legal beside those of the classes, by WHY; ``None`` for no others.

        limits: How much is read.
    """
    try:
        if type(text) is str:
            source = text
        elif type(text) is bytes:
            # What is too long is not even decoded.
            if len(text) > limits.text:
                return None
            source = text.decode()
        else:
            return None
        # No answer is longer than the whole, and no character takes more than four bytes.
        if len(source) > limits.answer or 4 * len(source) > limits.text:
            return None
        if not source.isascii():
            # Half of a surrogate pair has no place in a text.
            source.encode()
        if "\\" in source and any(sign in source for sign in _HIDING):
            return None
        source = source.strip(_SPACE)
        document, end = _scan(source, 0)
        if end != len(source):
            return None
        return _profile(document, source, checklists, limits.answers)
    except (_UnusualError, ValueError, TypeError, LookupError, StopIteration, RecursionError):
        return None


def _profile(document: Any, source: str, checklists: Checklists, most: int) -> Profile:
    if type(document) is not dict:
        raise _UnusualError
    entries = document.get("whys")
    if type(entries) is not list:
        raise _UnusualError
    readers = _readers()
    keys = len(document)
    found: dict[str, Why] = {}
    for entry in entries:
        # What is no object has no "why" and raises.
        why: str = entry["why"]
        found[why] = readers[why](entry, checklists, most)
        keys += len(entry)
    if not found or len(found) != len(entries) or keys > most:
        raise _UnusualError
    # Each key has its colon. A key that stands twice leaves one over, as does a colon in a text.
    if source.count(":") != keys and _keys(source, document, entries) != keys:
        raise _UnusualError
    return _with_person(document, found, len(document) - 1)


def _with_person(document: dict[str, Any], found: dict[str, Why], left: int) -> Profile:
    """
    The profile out of its WHYs and what the document says about the person.

    Args:
        document: The whole of it.

        found: The WHYs.

        left: How many keys the document has beside that of the WHYs.
    """
    get = document.get
    made = _new(_Thawed)
    made.whys = tuple(found.values())
    # A key that nobody knows is left over in the count, and so is one with null.
    made.name = name = get("name")
    if name is not None:
        left -= 1
        if type(name) is not str:
            raise _UnusualError
    made.country = country = get("country")
    if country is not None:
        left -= 1
        if country not in COUNTRIES:
            raise _UnusualError
    made.dominant = dominant = get("dominant")
    if dominant is not None:
        left -= 1
        if dominant not in found:
            raise _UnusualError
    adult = get("adult")
    if adult is None:
        made.adult = False
    else:
        left -= 1
        if type(adult) is not bool:
            raise _UnusualError
        made.adult = adult
    if left and (left != 1 or get("format") != FORMAT):
        raise _UnusualError
    made.__class__ = Profile
    profile: Profile = made
    return profile


def _keys(source: str, document: dict[str, Any], entries: list[dict[str, Any]]) -> int:
    """
    How many keys stand in *source*, in whose texts stand colons.
    """
    if not ("\\" in source or " :" in source or "\n" in source or "\t" in source or "\r" in source):
        # A quotation mark ends each text here, and a colon right behind it makes the text a key.
        return source.count('":')
    return source.count(":") - sum([_colons(part) for part in (document, *entries)])


def _colons(part: dict[str, Any]) -> int:
    """
    How many colons stand in the texts of one object.
    """
    found = 0
    for value in part.values():
        if type(value) is str:
            found += value.count(":")
        elif type(value) is list:
            found += sum([text.count(":") for text in value if type(text) is str])
    return found


def _give_up() -> NoReturn:
    raise _UnusualError


def _answers(value: object, most: int) -> Answers:
    """
    The answers in a list of texts.
    """
    if type(value) is not list or len(value) > most:
        raise _UnusualError
    blank = False
    for text in value:
        if type(text) is not str:
            raise _UnusualError
        blank = blank or not text or text.isspace()
    return tuple([text for text in value if text and not text.isspace()] if blank else value)


_new = object.__new__
_Thawed = thawed(Profile)


@cache
def _readers() -> dict[str, Callable[[dict[str, Any], Checklists, int], Why]]:
    return {why: _reader(cls) for why, cls in WHYS.items()}


def _reader(cls: type[Why]) -> Callable[[dict[str, Any], Checklists, int], Why]:
    """
    Reads a WHY of one class.

    Its code is written out as attrs writes a constructor: a loop over the fields takes half as long again.
    """
    items = cls.item_keys()
    code = ["def read(entry, checklists, most):", " get, made, left = entry.get, new(thaw), len(entry) - 1"]
    for key in items:
        code += [
            f" value = get({key!r})",
            f" if value is None: made.{key} = ()",
            " else:",
            "  left -= 1",
            f"  if type(value) is str: made.{key} = (value,) if value and not value.isspace() else ()",
            f"  else: made.{key} = answers(value, most)",
        ]
    code += [
        " value = get('statement')",
        " made.statement = value",
        " if value is not None:",
        "  left -= 1",
        "  if type(value) is not str: give_up()",
        " if left: rest(made, entry, left, checklists, most)",
        " else:",
        f"  {' = '.join(f'made.{name}' for name in LISTS)} = ()",
        "  made.extra = nothing",
        " made.__class__ = cls",
        " return made",
    ]
    names: dict[str, Any] = {
        "new": object.__new__,
        "thaw": thawed(cls),
        "cls": cls,
        "answers": _answers,
        "give_up": _give_up,
        "nothing": _NOTHING,
        "rest": _rest(cls),
    }
    exec("\n".join(code), names)  # noqa: S102  # the names come from the class alone
    found: Callable[[dict[str, Any], Checklists, int], Why] = names["read"]
    return found


def _rest(cls: type[Why]) -> Callable[[Any, dict[str, Any], int, Checklists, int], None]:
    """
    Reads the lists of item names of one class, and the items that it lacks.
    """
    own = frozenset(cls.item_keys())

    def rest(made: Any, entry: dict[str, Any], left: int, checklists: Checklists, most: int) -> None:
        added, core = _of_checklist(cls.why, checklists)
        made.extra = extra = _NOTHING
        if added:
            there = sorted(added.intersection(entry))
            left -= len(there)
            texts = ((key, _answers([entry[key]] if type(entry[key]) is str else entry[key], most)) for key in there)
            made.extra = extra = FrozenMap((key, found) for key, found in texts if found)
        legal = own | added if added else own
        for name in LISTS:
            value = entry.get(name)
            if value is None:
                setattr(made, name, ())
                continue
            left -= 1
            if type(value) is not list or len(value) > most or not legal.issuperset(value):
                raise _UnusualError
            setattr(made, name, tuple(value))
        if left:
            raise _UnusualError
        closed = (*made.declined, *made.not_applicable)
        if closed:
            if not core.isdisjoint(made.declined) or len(set(closed)) < len(closed):
                raise _UnusualError
            for key in closed:
                if key in extra if key in added else getattr(made, key):
                    raise _UnusualError

    return rest


_NOTHING: FrozenMap[str, Answers] = FrozenMap()
_NONE: frozenset[str] = frozenset()


def _of_checklist(why: str, checklists: Checklists) -> tuple[frozenset[str], frozenset[str]]:
    """
    The items that a checklist adds to those of its class, and its core items.
    """
    try:
        checklist = load_checklists()[why] if checklists is None else checklists[why]
    except KeyError:
        return _NONE, _NONE
    made = compiled(checklist)
    added = made.added
    return (added - RESERVED if added and checklists is not None else _NONE), made.core
