"""
Lines on a terminal, in colour where there is one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from kowhy.render.lines import Line, Look, plain

STYLES = {"title": "bold", "good": "green", "weak": "yellow", "dim": "dim", "say": "cyan"}

#: Wider lines are hard to read.
WIDEST = 100


def console() -> Console:
    """
    The terminal, or standard output as it is.
    """
    return Console(highlight=False, soft_wrap=True)


def look(*, ranks: bool = False) -> Look:
    """
    What standard output can show.

    Args:
        ranks: Show why each recommendation stands where it stands.
    """
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    width = console().width if sys.stdout.isatty() else 88
    return Look(width=max(40, min(width, WIDEST)), unicode=encoding.startswith("utf"), ranks=ranks)


def show(lines: Iterable[Line]) -> None:
    """
    Print *lines*: with styles on a terminal, plain when piped or when ``NO_COLOR`` is set.
    """
    out = console()
    if not out.is_terminal or os.environ.get("NO_COLOR"):
        write(plain(lines))
        return
    for line in lines:
        out.print(Text.assemble(*((span.text, STYLES.get(span.style, "")) for span in line)))


def write(text: str) -> None:
    """
    Print *text* as it is; what the encoding of the terminal lacks becomes a question mark.
    """
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
    sys.stdout.flush()
