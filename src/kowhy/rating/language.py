"""
Other languages and scripts: what an English rater must not judge.
"""

from __future__ import annotations

from kowhy.rating import words as w
from kowhy.rating.tokens import Text
from kowhy.rating.words import foreign

#: From how many words on a text in Latin letters shows its language.
FEWEST = 4
#: A word rarer than this is no proof of English.
_EVERYDAY = 1.6
#: Small words inside names.
_PARTICLES = frozenset(
    "de la del der den am an di do da dos das du des van von le les el los las zum zur im aan op sur aux ten ter "
    "e y et en sans".split()
)


def other_language(found: Text) -> tuple[str, ...]:
    """
    Words that show that the text is in another script or language; empty when it can be rated.

    Names prove nothing: *Rio de Janeiro* is English enough. So words with a capital count neither way, nor do the small
    words inside a name.
    """
    units = found.units
    if found.strange and len(found.strange) * 2 >= sum(1 for unit in units if unit.word[2] != "#"):
        return found.strange[:5]
    table = foreign()
    hits: list[str] = []
    english = odd = size = 0
    begun = False
    for at, (key, word, raw, _, _) in enumerate(units):
        if not word[2] or word[2] == "#":
            continue
        size += 1
        capital = raw[0].isupper() and begun
        begun = True
        if capital:
            continue
        role = word[3]
        if key in table and not role & w.EMPTY:
            if key not in _PARTICLES or at + 1 == len(units) or not units[at + 1].raw[0].isupper():
                hits.append(raw)
        elif role & w.SHARED or len(key) < 2:
            pass
        elif role & w.EMPTY or (word[2] != "U" and word[4] < _EVERYDAY):
            english += 1
        else:
            odd += 1
    if size < FEWEST - 1:
        return ()
    if len(hits) >= 2 and len(hits) > english:
        return tuple(hits[:5])
    if hits and not english and len(hits) + odd >= 3:
        return tuple(hits[:5])
    return ()
