"""
Words for faults: where something is, what it is, and which known name was probably meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from kowhy import schemas
from kowhy.convert.document import Literal

#: How alike two names must be for one to be suggested for the other, 0..1.
ALIKE = 0.7

#: Names longer than this are no typing errors of ours.
LONGEST = 40

Where = tuple[str | int, ...]


def pointer(where: Where) -> str:
    """
    The JSON pointer to *where*.

    Half of a surrogate pair cannot be written as UTF-8, so it comes out as a replacement character.
    """
    text = schemas.pointer(where)
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def kind(value: object) -> str:
    """
    What kind of value it is; the value itself may be private and is not repeated.
    """
    if isinstance(value, Literal):
        return value.text if value.is_constant else "a number"
    if value is None:
        return "null"
    for types, name in _KINDS:
        if isinstance(value, types):
            return name
    return f"a value of type {type(value).__name__}"


_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (str, "a text"),
    (bool, "true or false"),
    ((int, float), "a number"),
    (Mapping, "an object"),
    ((list, tuple), "a list"),
)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """
    The one of the *known* names that *name* was probably meant to be.

    A name counts as meant when one of its words was given, or when the two are alike.
    """
    if len(name) > LONGEST:
        return None
    plain = "_".join(name.casefold().replace("-", " ").replace("_", " ").split())
    best, found = 0.0, None
    for one in known:
        ratio = _alike(plain, one)
        if ratio > best:
            best, found = ratio, one
    return found if best >= ALIKE else None


def _alike(plain: str, known: str) -> float:
    matcher = SequenceMatcher(None, plain, known, autojunk=False)
    ratio = matcher.ratio()
    words = known.split("_")
    if len(words) > 1:
        # "business" for "more_business" is no typing error, but clear enough; a little less so than the whole name.
        parts = [SequenceMatcher(None, plain, word, autojunk=False).ratio() for word in words if len(word) > 2]
        ratio = max(ratio, *(0.95 * part for part in parts))
    return ratio


def one_of(known: Sequence[str]) -> str:
    """
    What would work in place of a name that nobody knows.
    """
    return f"one of {', '.join(known)}"
