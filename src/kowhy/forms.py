"""
Words as rules mention them: a plain word stands for a finite set of forms, made once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=4096)
def fold(text: str) -> tuple[str, ...]:
    """
    The words of *text*: casefolded, without marks above or below letters, split at everything else.
    """
    flat = text.casefold()
    if not flat.isascii():
        flat = "".join(char for char in unicodedata.normalize("NFKD", flat) if not unicodedata.combining(char))
    # The possessive says nothing of its own: "owner's" is the word "owner".
    flat = " ".join(word.rstrip('.,;:!?)"”').removesuffix("'s") for word in flat.replace("’", "'").split())
    return tuple("".join(char if char.isalnum() else " " for char in flat).split())


#: Plurals that no rule makes; they hold for the ends of words too, as in grandchild and salesperson.
_PLURALS = (("man", "men"), ("child", "children"), ("person", "people"), ("foot", "feet"), ("tooth", "teeth"))

#: Words that look like a form of a shorter one and are words of their own: a bee has nothing to do with beer.
_OWN = frozenset(
    "banner banners batter batters beer beers better bitter brother brothers butter caper capers center centers "
    "charter charters copper coppers corner corners cover covers dinner dinners easter evening evenings feed "
    "flatter flower flowers gutter gutters hammer hammers herring herrings hunger ladder ladders letter letters "
    "litter litters liver livers manner manners master masters matter matters mister mother mothers need number "
    "numbers peer peers pepper peppers pier piers platter platters quarter quarters rubber rubbers seed shed shower "
    "showers summer summers supper suppers temper tempers tender tenders tier tiers".split()
)


@lru_cache(maxsize=16384)
def forms(word: str) -> frozenset[str]:
    """
    The forms that the plain word *word* stands for: itself, its plural, and with -ing, -er, -ers, -ed.

    Some are no words; that does no harm, for nobody writes them. What would do harm is a form that is another word.

    Args:
        word: One folded word.
    """
    if len(word) < 3 or not word.isalpha():
        # "as" and "us" have no plural, and "uses" is another word.
        return frozenset({word} if word.endswith("s") else {word, f"{word}s"})
    found = frozenset({word, *_plurals(word), *_endings(word)})
    return found if word in _OWN else found - _OWN


def _plurals(word: str) -> Iterator[str]:
    if not word.endswith(("s", "x", "z", "sh")):
        # With -ch too: stomachs, techs.
        yield f"{word}s"
    if word.endswith("z") and _doubles(word):
        yield f"{word}zes"
    elif word.endswith(("s", "x", "z", "ch", "sh")) or (word.endswith("o") and word[-2] not in _VOWELS):
        yield f"{word}es"
    if word.endswith("y") and word[-2] not in _VOWELS:
        yield f"{word[:-1]}ies"
    if len(word) > 5 and word.endswith("sis"):
        yield f"{word[:-2]}es"
    if len(word) > 3 and word.endswith("f") and not word.endswith("ff"):
        yield f"{word[:-1]}ves"
    if word.endswith("ife"):
        # Not every -fe: a cafe is no cave, and who is safe does not save.
        yield f"{word[:-2]}ves"
    for one, several in _PLURALS:
        if word.endswith(one):
            yield word.removesuffix(one) + several


def _endings(word: str) -> Iterator[str]:
    """
    The forms with -ing, -ed, -er and -ers.
    """
    if word.endswith("y") and word[-2] not in _VOWELS:
        stem = word[:-1]
        yield from (f"{word}ing", f"{stem}ied", f"{stem}ier", f"{stem}iers")
    elif word.endswith("e"):
        # Seeing, shoeing and dyeing keep the e; tying has a y.
        keeps = word.endswith(("ee", "oe", "ye"))
        stem = word if keeps else f"{word[:-2]}y" if word.endswith("ie") else word[:-1]
        yield from (f"{stem}ing", f"{stem}ings", f"{word}d", f"{word}r", f"{word}rs")
    else:
        for stem in _stems(word):
            yield from (f"{stem}ing", f"{stem}ings", f"{stem}ed")
            # "art" must not meet "arter", nor "sew" "sewer": -er needs a stem of four letters or a doubled end.
            if len(stem) >= 4:
                yield from (f"{stem}er", f"{stem}ers")


def _stems(word: str) -> tuple[str, ...]:
    if _doubles(word):
        return (word + word[-1],)
    if word[-1] in "lmnprt" and _is_short(word):
        # Of several syllables some double and some do not, and the British and Americans differ: travel, program.
        return (word, word + word[-1])
    return (word,)


def _doubles(word: str) -> bool:
    # One syllable, consonant-vowel-consonant: run, plan, shop, quiz; not w, x, y at the end.
    flat = word.replace("qu", "qw")
    starts = sum(char in _VOWELS and (not at or flat[at - 1] not in _VOWELS) for at, char in enumerate(flat))
    return starts == 1 and word[-1] not in "wxy" and _is_short(word)


def _is_short(word: str) -> bool:
    """
    Whether *word* ends in one vowel between consonants.
    """
    flat = word.replace("qu", "qw")
    return flat[-1] not in _VOWELS and flat[-2] in _VOWELS and flat[-3] not in _VOWELS
