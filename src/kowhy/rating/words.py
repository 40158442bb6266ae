"""
What is known of words: how much they narrow down, what they denote, and what they do in an answer.

The files in ``data`` are made by ``benchmarks/specificity/build_words.py``; origin and licences: ``data/NOTICE.md``.
"""

from __future__ import annotations

import zlib
from functools import cache
from itertools import repeat
from pkgutil import get_data

from kowhy.tables import table

# What a word does in an answer, as bits. The first five say nothing, whatever is asked.
FUNCTION, FILLER, HEDGE, VAGUE, BUZZ, WEAK = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5
LINK, PREPOSITION, QUANTIFIER, PLURAL, SHARED, EXCLUDE = 1 << 6, 1 << 7, 1 << 8, 1 << 9, 1 << 10, 1 << 11
NEGATOR, NUMBER, TIMEUNIT, WEEKDAY, MONTH, DAYPART = 1 << 12, 1 << 13, 1 << 14, 1 << 15, 1 << 16, 1 << 17
RHYTHM, BOUND, TRIGGER, HEAD, PERSON, UNIT = 1 << 18, 1 << 19, 1 << 20, 1 << 21, 1 << 22, 1 << 23
DISTANCE, CURRENCY, AGEBOUND, ADDRESS, SEASON, DIRECTION = 1 << 24, 1 << 25, 1 << 26, 1 << 27, 1 << 28, 1 << 29
# Seldom met: beyond thirty bits Python counts more slowly.
ZONE, DECADE, WIDE, ADMIN, REMOTE, PLACEHOLDER = 1 << 30, 1 << 31, 1 << 32, 1 << 33, 1 << 34, 1 << 35
REFUSAL, POINTER, UNSURE = 1 << 36, 1 << 37, 1 << 38
EMPTY = FUNCTION | FILLER | HEDGE | VAGUE | BUZZ

_SAYS = {"function": FUNCTION, "filler": FILLER, "hedge": HEDGE, "vague": VAGUE, "buzz": BUZZ, "praise": BUZZ}
_DOES = {
    "weekday": WEEKDAY,
    "month": MONTH,
    "season": SEASON,
    "daypart": DAYPART,
    "rhythm": RHYTHM,
    "timeunit": TIMEUNIT,
    "unit": UNIT,
    "distance": DISTANCE,
    "currency": CURRENCY,
    "number": NUMBER,
    "decade": DECADE,
    "agebound": AGEBOUND,
    "exclude": EXCLUDE,
    "trigger": TRIGGER,
    "preposition": PREPOSITION,
    "bound": BOUND,
    "person": PERSON,
    "zone": ZONE,
    "direction": DIRECTION,
    "wide": WIDE,
    "link": LINK,
    "quantifier": QUANTIFIER,
    "plural": PLURAL,
    "placeholder": PLACEHOLDER,
    "refusal": REFUSAL,
    "pointer": POINTER,
    "head": HEAD,
    "admin": ADMIN,
    "negator": NEGATOR,
    "unsure": UNSURE,
    "remote": REMOTE,
    "shared": SHARED,
    "address": ADDRESS,
}

#: One known word: information in a text that stands alone, information in an answer, its kind, its role, its rareness.
#:
#: The kind is one letter for what it denotes: N name, L town, R wide place, P person by role, Q person by praise,
#: O thing, G group, W other place, A act, V verb, C idea, M message, T time, J quality, K belonging to a field,
#: D adverb, B new word or brand, U not known, # number.
Word = tuple[float, float, str, int, float]

#: How much of its rareness a word of each kind keeps in a text that stands alone; fitted to people's ratings.
_ALONE = {
    "W": 1.0,  # a sort of place, a thing, a person by what they do can be pointed at
    "O": 0.9,
    "P": 0.85,
    "Q": 0.4,
    "A": 0.65,  # an act is seen, but only while it lasts
    "G": 0.6,
    "B": 0.5,  # not in the dictionary: often a brand, sometimes slang
    "C": 0.3,  # ideas and messages are wide
    "K": 0.25,  # "dental" limits what follows
    "M": 0.4,
    "V": 0.35,  # verbs and qualities are shared by many things
    "J": 0.25,
    "T": 0.2,
    "D": 0.2,
}
#: A name tells more than a rare word.
_NAME_BASE, _NAME_MORE = 0.3, 2.0
#: No word narrows down more than this, by itself and in an answer.
_MOST_ALONE, _MOST = 2.2, 2.6
#: An abstract ending takes this share away.
_ABSTRACT = 0.8
#: In an answer a word of each kind tells this much however common it is, and this much more for each step of rareness.
_ANSWER = {
    "N": (1.2, 0.55),  # names
    "L": (1.2, 0.55),
    "R": (0.8, 0.3),
    "P": (0.7, 0.75),  # what can be pointed at tells something even when it is common: a boiler, a nurse, a kitchen
    "O": (0.7, 0.75),
    "G": (0.6, 0.75),
    "W": (0.7, 0.7),
    "K": (0.5, 0.75),
    "B": (0.6, 0.75),
    "A": (0.55, 0.75),
    "M": (0.4, 0.6),
    "C": (0.3, 0.55),  # ideas tell little until they are rare
    "V": (0.4, 0.6),
    "J": (0.2, 0.45),
    "Q": (0.3, 0.45),
    "T": (0.2, 0.4),
    "D": (0.05, 0.15),
    "U": (0.5, 0.75),
}

#: Kinds of the rare words, in the order of their three bits.
_RARE_KINDS = "NLPOACVJ"
_MASK = (1 << 64) - 1


def worth(rareness: float, kind: str, role: int, *, abstract: bool = False) -> Word:
    """
    The entry of a word.

    Args:
        rareness: 0 for the commonest words; one for each power of ten.

        kind: What it denotes.

        role: What it does.

        abstract: Whether it has an abstract ending, such as -tion.
    """
    if role & (PLACEHOLDER | REFUSAL):
        role |= FILLER
    if kind in "NLR":
        alone = max(min(rareness, _MOST_ALONE), _NAME_BASE) + _NAME_MORE
    else:
        alone = min(rareness, _MOST_ALONE) * _ALONE.get(kind, 1.0)
    if role & EMPTY:
        # What is vague as an answer still tells a little in a longer text; fillers and hedges never do.
        if role & VAGUE and kind not in "JDT" and not role & (QUANTIFIER | PLURAL):
            role |= WEAK
        else:
            alone = 0.0
        return alone, 0.0, kind, role, rareness
    least, more = _ANSWER[kind]
    info = least + more * min(rareness, _MOST)
    return alone, info * _ABSTRACT if abstract else info, kind, role, rareness


def _read(name: str) -> bytes:
    # Ten times as fast as importlib.resources, and as good in an archive.
    data = get_data("kowhy.rating", f"data/{name}")
    assert data is not None
    return data


@cache
def lexicon() -> dict[str, Word]:
    """
    The common words, and all that have a role.
    """
    found: dict[str, Word] = {}
    # One line for words that are alike: their kind, "-" for an abstract ending, how rare they are in fifths.
    for line in zlib.decompress(_read("words.z")).decode("ascii").split("\n"):
        head, *words = line.split(" ")
        entry = worth(max(0, int(head[2:]) - 1) / 5, head[0], WIDE if head[0] == "R" else 0, abstract=head[1] == "-")
        found.update(zip(words, repeat(entry)))
    alike: dict[tuple[float, str, int], Word] = {}
    for word, role in _roles().items():
        old = found.get(word)
        if old is not None:
            about = (old[4], old[2], role | old[3] & WIDE)
        elif role != SHARED:
            about = (1.0, "D", role)
        else:
            continue
        entry_ = alike.get(about)
        if entry_ is None:
            entry_ = alike[about] = worth(*about)
        found[word] = entry_
    return found


@cache
def _roles() -> dict[str, int]:
    rows = table("rating")
    roles: dict[str, int] = {}
    for name, bit in _SAYS.items():
        for word in rows["words"][name].split():
            roles.setdefault(word, bit)
    for name in ("vague", "praise"):
        for word in rows["words"][name].split():
            if word[-1] not in "sy":
                roles.setdefault(f"{word}s", _SAYS[name])
            elif word[-1] == "y":
                roles.setdefault(f"{word[:-1]}ies", _SAYS[name])
    for name, bit in (("vague_verbs", VAGUE), ("buzz_verbs", BUZZ)):
        for verb in rows["words"][name].split():
            stem = verb.removesuffix("e")
            for word in (verb, f"{verb}s", f"{verb}d" if verb != stem else f"{verb}ed", f"{stem}ing"):
                roles.setdefault(word, bit)
    for name, bit in _DOES.items():
        for word in rows["signals"][name].split():
            roles[word] = roles.get(word, 0) | bit
    return roles


@cache
def _cells() -> bytes:
    return _read("rare.bin")


@cache
def _rare_words() -> dict[str, Word]:
    return {kind: worth(2.6, kind, 0) for kind in _RARE_KINDS}


def rare(word: str) -> Word | None:
    """
    The entry of a rare word, or ``None`` when it is not known at all.

    A filter of three cells a word answers; one unknown word in thirty-two is taken for a known one.
    """
    cells = _cells()
    block = len(cells) // 3
    mixed = zlib.crc32(word.encode()) * 0x9E3779B97F4A7C15 & _MASK
    mixed ^= mixed >> 29
    mixed = mixed * 0xBF58476D1CE4E5B9 & _MASK
    cell = (
        cells[(mixed & 0xFFFFF) * block >> 20]
        ^ cells[block + ((mixed >> 20 & 0xFFFFF) * block >> 20)]
        ^ cells[2 * block + ((mixed >> 40 & 0x7FFFF) * block >> 19)]
    )
    return _rare_words()[_RARE_KINDS[cell >> 5]] if cell & 31 == mixed >> 59 else None


@cache
def foreign() -> frozenset[str]:
    """
    Everyday words of other languages that are rare in English.
    """
    return frozenset(zlib.decompress(_read("foreign.z")).decode("ascii").split())
