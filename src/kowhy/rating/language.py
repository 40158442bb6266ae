"""
Other languages and scripts: what an English rater must not judge.
"""

from __future__ import annotations

import re

from kowhy.rating import words as w
from kowhy.rating.tokens import Text, Unit
from kowhy.rating.words import foreign

#: From how many words on a text in Latin letters shows its language.
FEWEST = 4
#: A word rarer than this is no proof of English.
_EVERYDAY = 1.6
#: Small words inside names, such as those of dishes, streets and towns.
_PARTICLES = frozenset(
    "de la del der den am an di do da dos das du des van von le les el los las zum zur im aan op sur aux ten ter "
    "e y et en sans au al por".split()
)

#: Endings of Spanish, Portuguese, Italian, French, German, Dutch and Polish that English words hardly have, folded;
#: they tell the words of a language from the terms of a trade.
_ENDING = re.compile(
    r"(?:cion|ciones|cao|coes|zione|zioni|mente|[aei]ndo|dades?|eux|euse|ungen|keit|heit|schaft|(?:lich|isch)(?:e[mnrs]?)?"
    r"|heid|ijke?|tjes?|[iy]ch|ego|ow[aey]j?|osci?|ami|ach|nie|cie)$"
)

# What one word says for another language …
_EVERYDAY_ELSEWHERE = 2  # an everyday word of one, which is rare in English
_NOBODY_KNOWS = 2  # a word that English does not know, beside one of the others: alone it may be a term of a trade
_SMALL = 1  # a small word that names have as well
#: … and how much of it must come together.
_ENOUGH = 4
_ENOUGH_ALONE = 3  # where nothing speaks for English
# What one word says for English.
_GRAMMAR = 6  # "and", "with", "from": nobody needs them in another language
_KNOWN = 3  # words travel, so that others prove less


def other_language(found: Text) -> tuple[str, ...]:
    """
    Words that show that the text is in another script or language; empty when it can be rated.

    Names prove nothing: *Rio de Janeiro* is English enough. So words with a capital count neither way, nor do the small
    words inside a name.
    """
    units = found.units
    if found.strange and len(found.strange) * 2 >= sum(1 for unit in units if unit.word[2] != "#"):
        return found.strange[:5]
    if sum(1 for unit in units if unit.word[2] not in _NO_WORDS) < FEWEST - 1:
        return ()
    elsewhere, english, shown, unknown = _evidence(units)
    enough = _ENOUGH if english else _ENOUGH_ALONE
    if shown and elsewhere >= enough and elsewhere > english:
        return tuple([*shown, *unknown][:5])
    return ()


#: What marks and numerals have where words have their kind.
_NO_WORDS = ("", "#")


def _evidence(units: list[Unit]) -> tuple[int, int, list[str], list[str]]:
    """
    How much speaks for another language and how much for English, with the words that show it and those nobody knows.
    """
    table = foreign()
    shown: list[str] = []
    unknown: list[str] = []
    elsewhere = english = 0
    names = True
    for at, (key, word, raw, _, _) in enumerate(units):
        letter, role = word[2], word[3]
        if letter in _NO_WORDS:
            continue
        if raw[0].isupper():
            if at or key not in table:
                continue
        elif key not in _PARTICLES:
            names = False
        if key in table and not role & w.EMPTY:
            is_small = key in _PARTICLES
            if not (is_small and at + 1 < len(units) and units[at + 1].raw[0].isupper()):
                elsewhere += _SMALL if is_small else _EVERYDAY_ELSEWHERE
                shown.append(raw)
        elif role & w.SHARED or len(key) < 2:
            pass
        elif role & w.FUNCTION:
            english += _GRAMMAR
        elif role & w.EMPTY or (letter != "U" and word[4] < _EVERYDAY):
            english += _KNOWN
        elif letter == "U":
            # English has borrowed the words that it writes with marks, so that it knows them.
            (shown if _ENDING.search(key) or not raw.isascii() else unknown).append(raw)
            elsewhere += _NOBODY_KNOWS
    # A text whose small letters are all in particles is a name: "Casa de la Cultura".
    return (0, english, [], []) if names else (elsewhere, english, shown, unknown)
