"""
HTML and SVG in which every text is escaped unless it was made here.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from kowhy.render.safe import printable


class Markup(str):
    """
    A text that is markup already; only this module makes one.
    """

    __slots__ = ()


#: What stands in an element: a text, markup, several of them, or nothing.
Child = str | Iterable["Child"] | None

#: An attribute: a text, a number, ``True`` for one without a value; ``None`` and ``False`` leave it out.
Attribute = str | float | bool | None

_VOID = frozenset({"link", "meta"})


def text(value: str) -> Markup:
    """
    *value* as a page shows it: markup as text, control characters as visible escapes.
    """
    return Markup(escape(printable(value)))


def join(*children: Child) -> Markup:
    """
    All *children*, one after the other, those that are no markup escaped.
    """
    return Markup("".join(_parts(children)))


def _parts(children: Iterable[Child]) -> Iterable[str]:
    for child in children:
        if isinstance(child, Markup):
            yield child
        elif isinstance(child, str):
            yield text(child)
        elif child is not None:
            yield from _parts(child)


def tag(name: str, /, *children: Child, **attributes: Attribute) -> Markup:
    """
    An element.

    Args:
        name: Of the element.

        children: What stands in it.

        attributes: By name; ``class_`` is ``class``, and an underscore between letters is a hyphen.
    """
    written = "".join(map(_attribute, attributes, attributes.values()))
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{join(*children)}</{name}>")


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    shown = value if isinstance(value, str) else number(value)
    return f' {name}="{text(shown)}"'


def number(value: float) -> str:
    """
    *value* with two decimals at most, and none that says nothing.
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")


def raw(name: str, content: str) -> Markup:
    """
    A style or a script of our own, as it is.

    Args:
        name: ``"style"`` or ``"script"``.

        content: Comes from a file of this package, never from a profile.
    """
    return Markup(f"<{name}>{content}</{name}>")
