"""
A checklist as a page shows it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator

from docutils import nodes

from kowhy.checklists import Checklist, Item
from kowhy.ladder import Frame, hundredths
from kowhy.sphinxext.parts import code, definitions, labelled, paragraph, table, text
from kowhy.texts import texts


def checklist_nodes(
    checklist: Checklist, *, compact: bool, anchor: Callable[[str, nodes.Element], None]
) -> Iterator[nodes.Node]:
    """
    A table of all items, and unless compact a description of each.

    Args:
        checklist: What is shown.

        compact: Whether the table is enough.

        anchor: Makes a name lead to a node.
    """
    words = texts("sphinx")
    frame = Frame.of(checklist.items, enough=checklist.enough)
    usual = Counter(_ladder(item) for item in checklist.items).most_common(1)[0][0]
    yield paragraph(*text(checklist.description))
    yield paragraph(*text(words["checklist.about"].format(id=checklist.id, enough=checklist.enough)))
    rows = []
    for index, item in enumerate(checklist.items):
        most = hundredths(frame.worth(index, 100), frame.full)
        rows.append([[code(item.key)], text(_weight(item)), text(f"{most / 100:.2f}"), text(item.ask)])
    yield table(words["checklist.head"], rows, widths=(22, 12, 10, 56))
    if compact:
        return
    yield labelled(words["checklist.ladder-usual"], text(usual))
    entries = []
    for item in checklist.items:
        term = nodes.inline("", "", code(item.key), nodes.Text(f" {item.title}"))
        anchor(f"{checklist.why}-{item.key}", term)
        entries.append(([term], list(_said(item, usual))))
    yield definitions(entries)


def _weight(item: Item) -> str:
    words = texts("sphinx")
    marks = [words[f"checklist.{mark}"] for mark in ("core", "sensitive") if getattr(item, mark)]
    return ", ".join([str(item.weight) if item.weight else words["checklist.off"], *marks])


def _said(item: Item, usual: str) -> Iterator[nodes.Node]:
    words = texts("sphinx")
    if item.description:
        yield paragraph(*text(item.description))
    if item.choices:
        yield labelled(words["checklist.choices"], text(", ".join(item.choices)))
    if item.vague:
        yield labelled(words["checklist.vague"], text("; ".join(item.vague)))
    if item.specific:
        yield labelled(words["checklist.specific"], text("; ".join(item.specific)))
    yield labelled(words["checklist.origin"], text(item.origin))
    ladder = _ladder(item)
    if ladder != usual:
        yield labelled(words["checklist.ladder"], text(ladder))


def _ladder(item: Item) -> str:
    words = texts("sphinx")
    said = []
    for rung in item.rungs:
        form = words["checklist.rung-from" if rung.specificity else "checklist.rung"]
        line = form.format(name=rung.name, credit=rung.credit, specificity=f"{rung.specificity:.2f}")
        schema = dict(rung.schema or {})
        fewest = schema.pop("minItems", 1)
        line += words["checklist.fewest"].format(count=fewest) if fewest > 1 else ""
        line += words["checklist.schema"].format(schema=json.dumps(schema)) if schema else ""
        said.append(line)
    return ", ".join(said)
