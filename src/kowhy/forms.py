"""
Words as rules mention them: a plain word stands for a finite set of forms, made once.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=4096)
def fold(text: str) -> tuple[str, ...]:
    """
    The words of *text*: casefolded, without marks above or below letters, split at everything else.
    """
    flat = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    # The possessive says nothing of its own: "owner's" is the word "owner".
    flat = " ".join(word.rstrip('.,;:!?)"”').removesuffix("'s") for word in flat.replace("’", "'").split())
    return tuple("".join(char if char.isalnum() else " " for char in flat).split())


def forms(word: str) -> frozenset[str]:
    """
    The forms that the plain word *word* stands for: itself, its plural, and with -ing, -er, -ers, -ed.

    Args:
        word: One folded word.
    """
    found = {word}
    if len(word) < 3 or not word.isalpha():
        return frozenset({word, f"{word}s"})
    sibilant = word.endswith(("s", "x", "z", "ch", "sh"))
    found.add(f"{word}es" if sibilant else f"{word}s")
    stems = {word}
    if word.endswith("y") and word[-2] not in _VOWELS:
        found |= {f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word[:-1]}ier", f"{word[:-1]}iers"}
        found.add(f"{word}ing")
        return frozenset(found)
    if word.endswith("e"):
        found |= {f"{word}d", f"{word}r", f"{word}rs", f"{word[:-1]}ing", f"{word[:-1]}ings"}
        return frozenset(found)
    if _doubles(word):
        stems = {word + word[-1]}
    for stem in stems:
        found |= {f"{stem}ing", f"{stem}ings", f"{stem}ed"}
        # "car" must not meet "career", nor "art" "arter": -er needs a stem of four letters or a doubled end.
        if len(stem) >= 4:
            found |= {f"{stem}er", f"{stem}ers"}
    return frozenset(found)


def _doubles(word: str) -> bool:
    # One syllable, consonant-vowel-consonant: run, plan, shop; not w, x, y at the end.
    vowels = sum(
        1 for index, char in enumerate(word) if char in _VOWELS and (not index or word[index - 1] not in _VOWELS)
    )
    return (
        vowels == 1
        and word[-1] not in _VOWELS
        and word[-1] not in "wxy"
        and word[-2] in _VOWELS
        and word[-3] not in _VOWELS
    )
