"""
What a profile may hold but a terminal or a page must not receive raw.
"""

from __future__ import annotations


def printable(text: str) -> str:
    r"""
    *text* with every control or formatting character as a visible escape.

    Escape sequences, line breaks and marks that turn the direction of writing come out as ``\x1b`` or ``\u202e``.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


_MARKDOWN = {ord(char): f"\\{char}" for char in "\\`*_[]#|~"} | {
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord("&"): "&amp;",
}


def markdown(text: str) -> str:
    """
    *text* so that Markdown shows it as it is.
    """
    return printable(text).translate(_MARKDOWN)


def inner_quotes(text: str) -> str:
    """
    *text* ready to stand in quotation marks: those inside become single ones.
    """
    return text.replace("“", "‘").replace("”", "’")
