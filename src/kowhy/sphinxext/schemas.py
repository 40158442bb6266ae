"""
A JSON Schema as a page shows it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docutils import nodes

from kowhy.sphinxext.parts import Cell, code, paragraph, table, text
from kowhy.texts import texts

#: Values of an enumeration that are all named.
SHOWN = 6


def schema_nodes(schema: Mapping[str, Any]) -> Iterator[nodes.Node]:
    """
    A table of the keys, and one for each definition that has keys.
    """
    head = texts("sphinx")["schema.head"]
    yield paragraph(code(schema["$id"]))
    yield paragraph(*text(schema["description"]))
    yield table(head, _keys(schema, ""), widths=(26, 30, 44))
    for name, part in schema.get("$defs", {}).items():
        if "description" in part or "title" in part:
            yield nodes.rubric("", "", code(name))
            yield paragraph(*text(part.get("description", part.get("title"))))
            rows = list(_keys(part, ""))
            yield table(head, rows, widths=(26, 30, 44)) if rows else paragraph(*text(_what(part)))


def _keys(schema: Mapping[str, Any], before: str) -> Iterator[Sequence[Cell]]:
    """
    The keys of a table, and below each those of the tables inside.
    """
    required = schema.get("required", ())
    for key, part in schema.get("properties", {}).items():
        mark = [nodes.Text(f" ({texts('sphinx')['schema.required']})")] if key in required else []
        yield [code(f"{before}{key}"), *mark], text(_what(part)), text(part.get("description", ""))
        yield from _keys(part, f"{before}{key}.")


def _what(schema: Mapping[str, Any]) -> str:
    """
    What a value may be, in a few words.
    """
    words = texts("sphinx")
    match schema:
        case {"$ref": str(ref)}:
            return ref.rpartition("/")[2]
        case {"const": value}:
            return json.dumps(value)
        case {"enum": list(values)} if len(values) > SHOWN:
            first, last = json.dumps(values[0]), json.dumps(values[-1])
            return words["schema.many"].format(count=len(values), first=first, last=last)
        case {"enum": list(values)}:
            return words["schema.or"].join(map(json.dumps, values))
        case {"anyOf": list(parts)}:
            return words["schema.or"].join(dict.fromkeys(map(_what, parts)))
        case {"type": "array", "items": dict(items)}:
            return words["schema.list"].format(what=_what(items))
        case {"type": "object", "additionalProperties": dict(values)}:
            return words["schema.table"].format(what=_what(values))
        case {"type": str(name)}:
            return name
        case {"type": list(names)}:
            return words["schema.or"].join(names)
    return ""
