"""
Find, load and check the JSON Schemas that ship with the package.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kowhy.errors import Fault, UnknownNameError, shown

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

#: The schemas by name; ``"checklist"`` describes checklists, the others what their names say.
NAMES = ("checklist", "pack", "plan", "profile", "ring", "scorecard")


def schema_root() -> Traversable:
    """
    The folder of JSON Schemas: inside an installed package, else at the top of the checkout.

    Raises:
        FileNotFoundError: It is in neither place, so the installation is broken.
    """
    packaged = files("kowhy").joinpath("schemas")
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parents[2] / "schemas"
    if checkout.is_dir():
        return checkout
    msg = f"no schemas in {packaged} nor in {checkout}"
    raise FileNotFoundError(msg)


def load_schema(name: str) -> dict[str, Any]:
    """
    One of the schemas, as a fresh mapping.

    Args:
        name: One of :data:`NAMES`, or ``"checklists/<why>"``.

    Raises:
        UnknownNameError: There is no such schema.
    """
    folder, _, rest = name.rpartition("/")
    known = (*NAMES, *(f"checklists/{why}" for why in checklist_names()))
    if name not in known:
        raise UnknownNameError([Fault(code="schema.unknown", given=shown(name), wanted=f"one of {', '.join(known)}")])
    room = schema_root().joinpath(folder) if folder else schema_root()
    schema: dict[str, Any] = json.loads(room.joinpath(f"{rest}.json").read_text(encoding="utf-8"))
    return schema


@cache
def checklist_names() -> tuple[str, ...]:
    """
    The WHYs that have a checklist among the files, by alphabet.
    """
    room = schema_root().joinpath("checklists")
    return tuple(sorted(entry.name.removesuffix(".json") for entry in room.iterdir() if entry.name.endswith(".json")))


@cache
def _validator(name: str) -> Draft202012Validator:
    # The engine costs more to import than all of kowhy, so it is imported by those who check something.
    from jsonschema import Draft202012Validator  # noqa: PLC0415

    return Draft202012Validator(load_schema(name))


def check(document: object, name: str) -> tuple[Fault, ...]:
    """
    Everything that is wrong with *document*, in the order of the document.

    Args:
        document: A JSON value.

        name: The schema that it should satisfy, one of :data:`NAMES`.

    Returns:
        One fault for each thing; none when the document is sound.
    """
    found = {fault: None for error in _validator(name).iter_errors(document) for fault in _faults(error)}
    return tuple(sorted(found, key=lambda fault: (fault.pointer, fault.code, fault.given)))


def pointer(path: Iterable[object]) -> str:
    """
    *path* as a JSON pointer (RFC 6901).
    """
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)


def _faults(error: ValidationError) -> Iterator[Fault]:
    if error.validator == "anyOf" and error.context:
        yield from _of_alternatives(error)
        return
    path = list(error.absolute_path)
    # The engine types these three as wide as a schema can be.
    schema: Any = error.schema
    instance: Any = error.instance
    value: Any = error.validator_value
    if error.validator == "additionalProperties":
        known = sorted(schema.get("properties", {}))
        for key in sorted(set(instance) - set(known)):
            yield Fault(code="key.unknown", pointer=pointer([*path, key]), given=shown(key), wanted=_known(key, known))
    elif error.validator == "required":
        for key in value:
            if key not in instance and repr(key) in error.message:
                yield Fault(code="key.missing", pointer=pointer(path), given="nothing", wanted=f"the key {key!r}")
    else:
        code, wanted = _said(error)
        yield Fault(code=code, pointer=pointer(path), given=shown(instance), wanted=wanted)


def _of_alternatives(error: ValidationError) -> Iterator[Fault]:
    """
    What keeps the instance from the alternative that it comes nearest to: the one whose type it has.
    """
    branches: dict[object, list[ValidationError]] = {}
    for part in error.context:
        branches.setdefault(part.schema_path[0], []).append(part)
    if all(part.validator == "required" for part in error.context):
        alternatives: list[Any] = [part.validator_value for part in error.context]
        keys = [key for required in alternatives for key in required]
        wanted = f"one of the keys {', '.join(keys)}"
        yield Fault(code="key.missing", pointer=pointer(error.absolute_path), given="nothing", wanted=wanted)
        return
    fitting = [branch for branch in branches.values() if all(part.validator != "type" or part.path for part in branch)]
    if len(fitting) == 1:
        for part in fitting[0]:
            yield from _faults(part)
        return
    wanted = " or ".join(dict.fromkeys(_said(part)[1] for branch in branches.values() for part in branch))
    yield Fault(
        code="type.wrong" if not fitting else "value.unknown",
        pointer=pointer(error.absolute_path),
        given=shown(error.instance),
        wanted=wanted,
    )


_TYPES = {
    "string": "a text",
    "array": "a list",
    "object": "a table",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}


def _said(error: ValidationError) -> tuple[str, str]:
    """
    Code of the fault, and what would work, for one keyword of a schema.
    """
    value: Any = error.validator_value
    match error.validator:
        case "type":
            names = [value] if isinstance(value, str) else value
            return "type.wrong", " or ".join(_TYPES[name] for name in names)
        case "enum":
            return "value.unknown", f"one of {', '.join(map(str, value))}"
        case "const":
            return "value.unknown", shown(value)
        case "minimum" | "minLength" | "minItems" | "minProperties":
            return "value.too-small", f"{_MEASURED[error.validator]}at least {value}"
        case "maximum" | "maxLength" | "maxItems" | "maxProperties":
            return "value.too-large", f"{_MEASURED[error.validator]}at most {value}"
        case _:
            return f"schema.{error.validator}", shown(value)


_MEASURED = {
    "minimum": "",
    "maximum": "",
    "minLength": "characters: ",
    "maxLength": "characters: ",
    "minItems": "entries: ",
    "maxItems": "entries: ",
    "minProperties": "keys: ",
    "maxProperties": "keys: ",
}


def _known(key: str, known: list[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  # only for misspelt keys

    near = get_close_matches(key, known, n=1)
    return f"{near[0]!r}, perhaps" if near else f"one of {', '.join(known)}"
