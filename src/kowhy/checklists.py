"""
A checklist, read once into plain values.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs

from kowhy._frozen import FrozenMap
from kowhy.errors import Fault, InvalidChecklistError, UnknownNameError, shown
from kowhy.schemas import check, load_schema, pointer
from kowhy.whys import WHYS

#: The rungs that a ladder may have, lowest first, with their levels.
_LEVELS = {"vague": 1, "named": 2, "specific": 3}


@attrs.frozen(kw_only=True)
class Rung:
    """
    One rung of an item's ladder.

    Attributes:
        name: ``"vague"``, ``"named"`` or ``"specific"``.

        level: 1, 2 or 3.

        credit: Hundredths of the weight that it earns, 0..100.

        specificity: The rating that an answer must reach, 0..1.

        schema: What the answers that reach it must satisfy; only ``minItems``, ``contains``, ``minContains``.
    """

    name: str
    level: int
    credit: int
    specificity: float
    schema: FrozenMap[str, Any] | None = None


@attrs.frozen(kw_only=True)
class Item:
    """
    One thing that a checklist asks for.

    Attributes:
        key: Name of the item in profiles.

        title: Its name as people read it.

        description: What it means and why it helps.

        ask: The question that supplies it.

        weight: 0..9; 0 turns the item off.

        core: Always counts, cannot be declined.

        sensitive: Private unless the profile's ``may_say`` names it.

        origin: ``"article"``, or ``"derived"`` with the source after a colon.

        kind: What kind of answer it wants.

        shape: The grammar of a usual answer.

        vague: Example answers that say little.

        specific: Example answers that say it all.

        choices: For items of kind *choice*: the words that settle it, by choice.

        rungs: Its ladder, lowest first.
    """

    key: str
    title: str
    description: str = ""
    ask: str
    weight: int
    core: bool = False
    sensitive: bool = False
    origin: str
    kind: str
    shape: str
    vague: tuple[str, ...] = ()
    specific: tuple[str, ...] = ()
    choices: FrozenMap[str, tuple[str, ...]] = FrozenMap()
    rungs: tuple[Rung, ...]


@attrs.frozen(kw_only=True)
class Checklist:
    """
    What one WHY asks for, and what each answer is worth.

    Attributes:
        id: URN with a version, such as ``"urn:kowhy:checklist:learn:1"``.

        why: Id of the WHY.

        title: Name of the WHY as people read it.

        description: What the WHY is about.

        enough: How many items that are not core suffice for a full score.

        items: In the order in which they are asked.
    """

    id: str
    why: str
    title: str
    description: str = ""
    enough: int
    items: tuple[Item, ...]

    @cached_property
    def by_key(self) -> dict[str, Item]:
        """
        The items by key.
        """
        return {item.key: item for item in self.items}

    def item(self, key: str) -> Item:
        """
        The item *key*.

        Raises:
            UnknownNameError: The checklist has no such item.
        """
        found = self.by_key.get(key)
        if found is not None:
            return found
        known = ", ".join(self.by_key)
        raise UnknownNameError([Fault(code="item.unknown", given=shown(key), wanted=f"an item of {self.why}: {known}")])

    def with_weights(self, weights: Mapping[str, int]) -> Checklist:
        """
        The same checklist with other weights; 0 turns an item off.

        Args:
            weights: By item, whole numbers from 0 to 9; items that are not named keep theirs.

        Raises:
            UnknownNameError: The checklist has no such item.

            InvalidChecklistError: A weight is not a whole number from 0 to 9.
        """
        for key, weight in weights.items():
            self.item(key)
            if type(weight) is not int or not 0 <= weight <= MOST:
                fault = Fault(
                    code="weight.wrong",
                    pointer=pointer([key]),
                    given=shown(weight),
                    wanted=f"a whole number from 0 to {MOST}",
                )
                raise InvalidChecklistError([fault])
        items = tuple(attrs.evolve(item, weight=weights.get(item.key, item.weight)) for item in self.items)
        return attrs.evolve(self, items=items)


#: The largest weight of an item.
MOST = 9


@cache
def load_checklists() -> FrozenMap[str, Checklist]:
    """
    The six checklists of kowhy by WHY, in the order of the article.
    """
    # They are checked by the tests; checking them again at every start would cost more than all the rest.
    return FrozenMap((why, _read(load_schema(f"checklists/{why}"))) for why in WHYS)


def load_checklist(path: str | Path) -> Checklist:
    """
    Read a checklist from a JSON file.

    Raises:
        InvalidChecklistError: With every fault at once.

        OSError: The file cannot be read.
    """
    path = Path(path)
    try:
        document = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        fault = Fault(code="checklist.syntax", given=shown(str(error)), wanted="a JSON text in UTF-8", source=path.name)
        raise InvalidChecklistError([fault]) from None
    return checklist_from_dict(document, source=path.name)


def checklist_from_dict(document: Mapping[str, Any], *, source: str = "") -> Checklist:
    """
    Check *document* and read it.

    Args:
        document: A checklist as a JSON value.

        source: Where it comes from, for faults.

    Raises:
        InvalidChecklistError: With every fault at once.
    """
    faults = check(document, "checklist") or tuple(_faults(document))
    if faults:
        raise InvalidChecklistError(attrs.evolve(fault, source=source) for fault in faults)
    return _read(document)


def _faults(document: Mapping[str, Any]) -> Iterator[Fault]:
    """
    What a schema cannot say: that credits and floors rise, and that an item has one meaning.
    """
    own = WHYS[document["x-kowhy-why"]].item_keys()
    for key, entry in document["properties"].items():
        place = ["properties", key]
        if key not in own and (key in _RESERVED or not key.isidentifier()):
            wanted = "a plain name in small letters that no profile uses otherwise"
            yield Fault(code="item.name", pointer=pointer(place), given=shown(key), wanted=wanted)
        rungs = [(name, entry["x-kowhy-rungs"][name]) for name in _LEVELS if name in entry["x-kowhy-rungs"]]
        for (_, lower), (name, higher) in pairwise(rungs):
            for field, least in (("credit", 0.0), ("specificity", 0.0)):
                below, above = lower.get(field, least), higher.get(field, least)
                if above <= below:
                    yield Fault(
                        code=f"rung.{field}-falls",
                        pointer=pointer([*place, "x-kowhy-rungs", name, field]),
                        given=shown(above),
                        wanted=f"more than {below}, as the rung below has",
                    )
        for name, rung in rungs:
            if abs(rung["credit"] * 100 - round(rung["credit"] * 100)) > _TINY:
                yield Fault(
                    code="rung.credit-too-fine",
                    pointer=pointer([*place, "x-kowhy-rungs", name, "credit"]),
                    given=shown(rung["credit"]),
                    wanted="hundredths, such as 0.15",
                )


#: Keys of a WHY in a profile that are no items.
_RESERVED = frozenset({"why", "statement", "declined", "not_applicable", "private", "may_say", "extra"})

#: What binary fractions may be off.
_TINY = 1e-9


def _read(document: Mapping[str, Any]) -> Checklist:
    return Checklist(
        id=document["$id"],
        why=document["x-kowhy-why"],
        title=document["title"],
        description=document.get("description", ""),
        enough=document["x-kowhy-enough"],
        items=tuple(_read_item(key, entry) for key, entry in document["properties"].items()),
    )


def _read_item(key: str, entry: Mapping[str, Any]) -> Item:
    examples = entry.get("x-kowhy-examples", {})
    choices = entry.get("x-kowhy-choices", {})
    return Item(
        key=key,
        title=entry["title"],
        description=entry.get("description", ""),
        ask=entry["x-kowhy-ask"],
        weight=entry["x-kowhy-weight"],
        core=entry.get("x-kowhy-core", False),
        sensitive=entry.get("x-kowhy-sensitive", False),
        origin=entry["x-kowhy-origin"],
        kind=entry["x-kowhy-kind"],
        shape=entry["x-kowhy-shape"],
        vague=tuple(examples.get("vague", ())),
        specific=tuple(examples.get("specific", ())),
        choices=FrozenMap((choice, tuple(words)) for choice, words in choices.items()),
        rungs=tuple(
            Rung(
                name=name,
                level=level,
                credit=round(100 * rung["credit"]),
                specificity=float(rung.get("specificity", 0.0)),
                schema=FrozenMap(rung["schema"]) if "schema" in rung else None,
            )
            for name, level in _LEVELS.items()
            if (rung := entry["x-kowhy-rungs"].get(name)) is not None
        ),
    )
