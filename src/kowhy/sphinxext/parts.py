"""
Small parts of a page: texts, tables, definitions. Whatever they are given becomes plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from docutils import nodes

_SLOT = re.compile(r"(\{[^{}]*\})")

Cell = Sequence[nodes.Node]


def text(words: object) -> list[nodes.Node]:
    """
    *words* as they are.
    """
    return [nodes.Text(str(words))]


def code(words: object) -> nodes.Node:
    """
    *words* as something that is typed.
    """
    return nodes.literal(str(words), str(words))


def sentence(source: str) -> list[nodes.Node]:
    """
    The source of a sentence, with its slots set apart.
    """
    return [code(part) if part.startswith("{") else nodes.Text(part) for part in _SLOT.split(source) if part]


def paragraph(*parts: nodes.Node) -> nodes.paragraph:
    """
    *parts* as a paragraph, letter by letter: what a file holds is quoted and not typeset.
    """
    return nodes.paragraph("", "", *parts, support_smartquotes=False)


def table(head: str, rows: Iterable[Sequence[Cell]], *, widths: Sequence[int]) -> nodes.table:
    """
    A table.

    Args:
        head: The heads of its columns with ``|`` between them.

        rows: The cells of each row.

        widths: How wide the columns are, beside each other.
    """
    group = nodes.tgroup("", *(nodes.colspec("", colwidth=width) for width in widths), cols=len(widths))
    group += nodes.thead("", _row([text(title) for title in head.split("|")]))
    group += nodes.tbody("", *(_row(row) for row in rows))
    return nodes.table("", group)


def _row(cells: Iterable[Cell]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", *_blocks(cell)) for cell in cells))


def _blocks(cell: Cell) -> Cell:
    """
    *cell* as paragraphs, whether it has any or is a line.
    """
    return cell if any(isinstance(part, nodes.paragraph) for part in cell) else [paragraph(*cell)]


def definitions(entries: Iterable[tuple[Cell, Iterable[nodes.Node]]]) -> nodes.definition_list:
    """
    Terms, each with what is said of it.
    """
    return nodes.definition_list(
        "",
        *(
            nodes.definition_list_item("", nodes.term("", "", *term), nodes.definition("", *said))
            for term, said in entries
        ),
    )


def labelled(label: str, parts: Iterable[nodes.Node]) -> nodes.paragraph:
    """
    *parts* after a word that says what they are.
    """
    return paragraph(nodes.emphasis(label, label), nodes.Text(" "), *parts)
