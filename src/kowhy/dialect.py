"""
The part of JSON Schema that rule packs may use: what no engine can hang on or disagree about, and nothing to fetch.

Checklists use a smaller part still, which the schema of checklists spells out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from kowhy.errors import Fault, shown
from kowhy.schemas import pointer as pointer_to

#: How deep a schema may be nested, and how many schemas and values it may come to with every reference written out.
DEEPEST, LARGEST = 32, 1_000

#: Beyond this whole numbers are no longer exact everywhere.
EXACT = 2**53

#: The draft, if a schema names one.
DRAFT = "https://json-schema.org/draft/2020-12/schema"

_REFERENCE = "#/$defs/"

_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")

Place = tuple[str | int, ...]


def faults(schema: object, pointer: str = "") -> tuple[Fault, ...]:
    """
    Everything that keeps *schema* from being one of the dialect; none when it is sound.

    A sound schema is a sound JSON Schema of draft 2020-12, all engines give the same verdict on it, and the work of a
    verdict is bounded. It has no ``pattern``, no ``multipleOf``, no ``format``, no identifiers, and references only to
    its own ``$defs``, none of which leads back to itself.

    Args:
        schema: A JSON value.

        pointer: Where it stands, for the faults.
    """
    check = _Check(schema.get("$defs", {}) if isinstance(schema, Mapping) else {})
    check.schema(schema, ())
    if not check.faults:
        check.measure(schema)
    return tuple(attrs.evolve(fault, pointer=f"{pointer}{fault.pointer}") for fault in check.faults)


@attrs.define
class _Check:
    """
    One reading of one schema.

    Attributes:
        defs: The schemas that may be referred to.

        faults: What was found to be wrong so far.

        sizes: How many schemas and values each of the defs comes to, and how many levels; ``None`` while it is counted.
    """

    defs: Any
    faults: list[Fault] = attrs.field(factory=list)
    sizes: dict[str, tuple[int, int] | None] = attrs.field(factory=dict)

    def schema(self, value: object, place: Place) -> None:
        if isinstance(value, bool):
            return
        if not isinstance(value, Mapping):
            self.add("dialect.type", place, value, "a schema: an object, true or false")
            return
        if len(place) > DEEPEST:
            self.add("dialect.depth", place, f"level {len(place)}", f"at most {DEEPEST} levels", plain=True)
            return
        for key, part in value.items():
            known = _KEYWORDS.get(key) if isinstance(key, str) else None
            if known is None or (place and key in _AT_THE_TOP):
                only = " at the top only" if key in _AT_THE_TOP else ""
                wanted = f"{key}{only}" if only else f"one of {', '.join(sorted(_KEYWORDS))}"
                self.add("dialect.keyword", (*place, str(key)), key, wanted)
            else:
                known(self, part, (*place, key))

    def schemas(self, value: object, place: Place) -> None:
        if not isinstance(value, list | tuple) or not value:
            self.add("dialect.type", place, value, "a list of schemas, at least one")
            return
        for index, part in enumerate(value):
            self.schema(part, (*place, index))

    def table(self, value: object, place: Place) -> None:
        if not isinstance(value, Mapping) or not all(map(_is_text, value)):
            self.add("dialect.type", place, value, "a table of schemas by name")
            return
        for key, part in value.items():
            self.schema(part, (*place, key))

    def count(self, value: object, place: Place) -> None:
        if type(value) is not int or not 0 <= value <= EXACT:
            self.add("dialect.type", place, value, "a whole number, 0 or more")

    def number(self, value: object, place: Place) -> None:
        if not _is_number(value):
            self.add("dialect.type", place, value, f"a number within {EXACT} on either side of 0")

    def text(self, value: object, place: Place) -> None:
        if not _is_text(value):
            self.add("dialect.type", place, value, "a text")

    def names(self, value: object, place: Place) -> None:
        if not isinstance(value, list | tuple) or not all(map(_is_text, value)) or len(set(value)) < len(value):
            self.add("dialect.type", place, value, "a list of different texts")

    def names_by_name(self, value: object, place: Place) -> None:
        if not isinstance(value, Mapping) or not all(map(_is_text, value)):
            self.add("dialect.type", place, value, "a table of lists of texts")
            return
        for key, part in value.items():
            self.names(part, (*place, key))

    def types(self, value: object, place: Place) -> None:
        names = value if isinstance(value, list | tuple) else [value]
        if not names or not all(name in _TYPES for name in names) or len(set(names)) < len(names):
            self.add("dialect.type", place, value, f"one or several of {', '.join(_TYPES)}")

    def constant(self, value: object, place: Place) -> None:
        if not (value is None or isinstance(value, bool) or _is_text(value) or _is_number(value)):
            self.add("dialect.type", place, value, "a text, a number, true, false or null")

    def constants(self, value: object, place: Place) -> None:
        if not isinstance(value, list | tuple) or not value:
            self.add("dialect.type", place, value, "a list of texts and numbers, at least one")
            return
        for index, part in enumerate(value):
            self.constant(part, (*place, index))

    def draft(self, value: object, place: Place) -> None:
        if value != DRAFT:
            self.add("dialect.type", place, value, DRAFT)

    def reference(self, value: object, place: Place) -> None:
        name = value.removeprefix(_REFERENCE) if isinstance(value, str) else ""
        # Without signs that a pointer or an address would read as something else.
        if value != _REFERENCE + name or not name.isidentifier() or not name.isascii():
            self.add("dialect.reference", place, value, f"{_REFERENCE} and a plain name; nothing is fetched")
        elif isinstance(self.defs, Mapping) and name not in self.defs:
            known = ", ".join(map(str, self.defs)) or "none is there"
            self.add("dialect.reference", place, value, f"a name under $defs: {known}")

    def measure(self, schema: object) -> None:
        """
        Whether references lead back to where they began, and what all comes to with them written out.
        """
        for name in self.defs:
            self._referred(name, ("$defs", name), 0)
        size, height = self._measured(schema, (), 0)
        if self.faults:
            return
        if height > DEEPEST:
            self.add("dialect.depth", (), f"{height} levels", f"at most {DEEPEST}, references written out", plain=True)
        if size > LARGEST:
            given = f"{size} schemas and values" if size <= EXACT else "far too many schemas and values"
            self.add("dialect.size", (), given, f"at most {LARGEST}, references written out", plain=True)

    def _referred(self, name: str, place: Place, depth: int) -> tuple[int, int]:
        if name in self.sizes:
            found = self.sizes[name]
            if found is None:
                self.add("dialect.recursive", place, name, "a schema that does not lead back to itself")
            return found or (0, 0)
        if depth > 2 * DEEPEST:
            # Deep enough to be refused; whoever goes on could reach the end of Python's patience.
            return 0, depth
        self.sizes[name] = None
        found = self.sizes[name] = self._measured(self.defs[name], ("$defs", name), depth)
        return found

    def _measured(self, value: object, place: Place, depth: int) -> tuple[int, int]:
        """
        How many schemas and values there are in a sound schema, and how many levels.
        """
        size = height = 1
        for key, part in value.items() if isinstance(value, Mapping) else ():
            if key == "$ref":
                found = [self._referred(part.removeprefix(_REFERENCE), (*place, key), depth + 1)]
            elif _KEYWORDS[key] is _Check.schema:
                found = [self._measured(part, (*place, key), depth + 1)]
            elif _KEYWORDS[key] is _Check.schemas:
                found = [self._measured(one, (*place, key, index), depth + 1) for index, one in enumerate(part)]
            elif key == "$defs":
                continue
            elif _KEYWORDS[key] is _Check.table:
                found = [self._measured(one, (*place, key, name), depth + 1) for name, one in part.items()]
            else:
                size += len(part) if isinstance(part, list | tuple | Mapping) else 1
                continue
            size += sum(one for one, _ in found)
            height = max([height, *(1 + levels for _, levels in found)])
        return size, height

    def add(self, code: str, place: Place, given: object, wanted: str, *, plain: bool = False) -> None:
        given = str(given) if plain else shown(given)
        self.faults.append(Fault(code=code, pointer=pointer_to(place), given=given, wanted=wanted))


def _is_text(value: object) -> bool:
    # Half of a surrogate pair is nothing that all engines can read.
    return isinstance(value, str) and (value.isascii() or not any("\ud800" <= char <= "\udfff" for char in value))


def _is_number(value: object) -> bool:
    # What is no number at all, nan, is within no bounds either.
    return isinstance(value, int | float) and not isinstance(value, bool) and -EXACT <= value <= EXACT


_KEYWORDS: dict[str, Callable[[_Check, object, Place], None]] = {
    "$comment": _Check.text,
    "$defs": _Check.table,
    "$ref": _Check.reference,
    "$schema": _Check.draft,
    "additionalProperties": _Check.schema,
    "allOf": _Check.schemas,
    "anyOf": _Check.schemas,
    "const": _Check.constant,
    "contains": _Check.schema,
    "dependentRequired": _Check.names_by_name,
    "description": _Check.text,
    "else": _Check.schema,
    "enum": _Check.constants,
    "exclusiveMaximum": _Check.number,
    "exclusiveMinimum": _Check.number,
    "if": _Check.schema,
    "items": _Check.schema,
    "maxContains": _Check.count,
    "maxItems": _Check.count,
    "maxLength": _Check.count,
    "maxProperties": _Check.count,
    "maximum": _Check.number,
    "minContains": _Check.count,
    "minItems": _Check.count,
    "minLength": _Check.count,
    "minProperties": _Check.count,
    "minimum": _Check.number,
    "not": _Check.schema,
    "oneOf": _Check.schemas,
    "prefixItems": _Check.schemas,
    "properties": _Check.table,
    "propertyNames": _Check.schema,
    "required": _Check.names,
    "then": _Check.schema,
    "title": _Check.text,
    "type": _Check.types,
}

#: Keywords that only the outermost schema may have.
_AT_THE_TOP = ("$defs", "$schema")
