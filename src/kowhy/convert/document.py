"""
From a JSON text to plain values, with everything noticed that the usual parser lets pass.
"""

from __future__ import annotations

import json
import re
from typing import NoReturn

import attrs

from kowhy.errors import Fault, InvalidProfileError


@attrs.frozen(kw_only=True)
class Limits:
    """
    How much of a stranger's input is read.

    Attributes:
        text: Size of a JSON text in bytes of UTF-8; more is refused before anything is parsed.

        depth: Levels of lists and objects in a JSON text.

        answer: Length of one answer, statement or name, in characters.

        answers: Answers to one item; no other list or object may have more entries either.
    """

    text: int = 1_048_576
    depth: int = 64
    answer: int = 10_000
    answers: int = 1_000


@attrs.frozen
class Literal:
    """
    A number as it was written, or one of the constants that JSON does not have, such as ``NaN``.

    No profile holds a number, so none is ever computed: a number of a million digits costs nothing.
    """

    text: str

    @property
    def is_constant(self) -> bool:
        """
        Whether it is one of those that JSON does not have.
        """
        return self.text.endswith(("N", "y"))


class Repeating(dict[str, object]):
    """
    An object in which a key stands twice; the last value counts, as in most readers of JSON.
    """

    repeated: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    seen: set[str] = set()
    twice = dict.fromkeys(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
    repeating = Repeating(found)
    repeating.repeated = tuple(twice)
    return repeating


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=Literal, parse_float=Literal, parse_constant=Literal)

#: Signs at the start of a text in an encoding other than UTF-8. Those of UTF-32 come first: one begins like UTF-16.
_OTHER_ENCODINGS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\x00\x00\x00": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"\x00": "UTF-16",
    b"{\x00\x00": "UTF-32",
    b"{\x00": "UTF-16",
}

# Each alternative takes at least one character and never gives one back, so the scan is linear in any text.
_BRACKETS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{]|[\]}]', re.DOTALL)


def parse(text: object, *, limits: Limits) -> object:
    """
    The value that stands in the JSON *text*; numbers come as :class:`Literal`.

    Raises:
        InvalidProfileError: It is too large, too deep, not in UTF-8, empty or not JSON.
    """
    if not isinstance(text, str | bytes | bytearray):
        _refuse("type.wrong", given=f"a value of type {type(text).__name__}", wanted="a JSON text as str or bytes")
    # A text of 50 MB is refused here, by its length alone; the encoded length matters only close to the limit.
    if len(text) > limits.text or (
        isinstance(text, str)
        and not text.isascii()
        and 4 * len(text) > limits.text
        and len(text.encode(errors="surrogatepass")) > limits.text
    ):
        _refuse("limit.text", given=f"more than {limits.text} bytes", wanted=f"at most {limits.text} bytes")
    source = text if isinstance(text, str) else _decoded(bytes(text))
    source = source.removeprefix("\ufeff")
    if source.count("[") + source.count("{") > limits.depth:
        _check_depth(source, limits.depth)
    try:
        return _DECODER.decode(source)
    except json.JSONDecodeError as error:
        if not source.strip():
            _refuse("json.empty", given="nothing", wanted="a profile in JSON")
        where = f"line {error.lineno}, column {error.colno}"
        expected = error.msg.removeprefix("Expecting ")
        if expected != error.msg:
            _refuse("json.syntax", given=f"something else at {where}", wanted=expected)
        given = f"{error.msg[:1].lower()}{error.msg[1:].removesuffix(' at')} at {where}"
        _refuse("json.syntax", given=given, wanted="a profile in JSON")
    except RecursionError:
        # A caller may allow more levels than the parser can take.
        _refuse("limit.depth", given="too many levels", wanted="fewer levels")


def _decoded(data: bytes) -> str:
    for sign, name in _OTHER_ENCODINGS.items():
        if data.startswith(sign):
            _refuse("json.encoding", given=name, wanted="a text in UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        given = f"byte 0x{data[error.start]:02x} at offset {error.start}"
        _refuse("json.encoding", given=given, wanted="a text in UTF-8")


def _check_depth(source: str, most: int) -> None:
    depth = 0
    for match in _BRACKETS.finditer(source):
        mark = match.group()
        if mark in "]}":
            depth -= 1
        elif mark in "[{":
            depth += 1
            if depth > most:
                line = source.count("\n", 0, match.start()) + 1
                column = match.start() - source.rfind("\n", 0, match.start())
                given = f"level {depth} at line {line}, column {column}"
                _refuse("limit.depth", given=given, wanted=f"at most {most} levels of lists and objects")


def _refuse(code: str, *, given: str, wanted: str) -> NoReturn:
    raise InvalidProfileError([Fault(code=code, given=given, wanted=wanted)]) from None
