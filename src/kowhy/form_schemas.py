"""
The JSON Schema from which a generator of forms makes a form for one WHY.
"""

from __future__ import annotations

from typing import Any

from kowhy.checklists import Checklist, Item
from kowhy.texts import texts


def form_schema(checklist: Checklist) -> dict[str, Any]:
    """
    A JSON Schema that generators of forms show as they find it, with one text for each item.

    A checklist says how answers are judged, and keeps its questions and examples in words of its own; here they stand
    under the keywords that forms read. What the form collects, with the WHY's id as ``why``, is an entry of ``whys``
    in a profile. Nothing is required, for every answer may be missing.

    Args:
        checklist: One of :func:`load_checklists`, or your own.

    Returns:
        A fresh mapping. Its properties are the items in the order in which they are asked, without those of weight 0;
        each has its name as ``title``, its question as ``description`` and its specific examples as ``examples``. An
        item with choices is one of them or a text (``anyOf``), for a bare choice is less than one could say. Items
        that are core or sensitive carry ``x-kowhy-core`` or ``x-kowhy-sensitive``. All keywords mean the same from
        draft 6 to 2020-12, so it names no draft and any validator takes it.

    .. versionadded:: 0.1.0
    """
    about = {"description": checklist.description} if checklist.description else {}
    return {
        "$comment": f"Made from {checklist.id}",
        "title": checklist.title,
        **about,
        "type": "object",
        "additionalProperties": False,
        "properties": {item.key: _property(item) for item in checklist.items if item.weight},
    }


def _property(item: Item) -> dict[str, Any]:
    examples = {"examples": list(item.specific)} if item.specific else {}
    found: dict[str, Any] = {"title": item.title, "description": item.ask, "type": "string", **examples}
    if item.choices:
        words = texts("form")
        found["anyOf"] = [
            {"title": words["choice.one"], "type": "string", "enum": list(item.choices)},
            {"title": words["choice.words"], "type": "string", **examples},
        ]
    for mark in ("core", "sensitive"):
        if getattr(item, mark):
            found[f"x-kowhy-{mark}"] = True
    return found
