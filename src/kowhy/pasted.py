"""
The same text under several items: one answer counts once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping


def folded(text: str) -> str:
    """
    *text* as it is compared with others: capitals, width of letters, spaces and a last full stop make no difference.
    """
    flat = text if text.isascii() else unicodedata.normalize("NFKC", text)
    words = flat.casefold()
    # All spaces but the plain one are not printable.
    if "  " in words or not words.isprintable() or words[:1] == " " or words[-1:] == " ":
        words = " ".join(words.split())
    return words.rstrip(" .,;:!?…") or words


def place(worth: Mapping[int, int]) -> int:
    """
    The one item where a pasted text counts: where it is worth most by itself, the first of equals.

    What else is answered plays no part. So an answer that is added later never moves a pasted text, never lowers a
    score and raises it by just the gain that was promised.

    Args:
        worth: What the text alone would earn, by position of the item in the checklist.
    """
    return min(worth, key=lambda index: (-worth[index], index))
