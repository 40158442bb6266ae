"""
A text as the rater reads it: each word once, folded, without the echo of the question.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from kowhy.rating import words as w
from kowhy.rating.model import Ask
from kowhy.rating.noise import gibberish, unlikely
from kowhy.rating.words import Word, lexicon, rare, worth

#: What is read of a text, in characters; nobody needs more to answer one question.
READ = 4_000

#: Three words in a row that are rarer than this are odd.
VERY_RARE = 2.1

_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*(?:[^\W\d_]+)?|[^\W_]+(?:['’][^\W_]+)*|[^\w\s]")
_GLUED = re.compile(r"(\d+(?:[.,:/]\d+)*)([^\W\d_]+)")
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "đ": "d", "ı": "i", "’": "'", "œ": "oe", "ð": "d", "þ": "th"}
)
_OCCUPATION = re.compile(r"(?:er|or|ist|eer|ician|smith|wright|keeper|monger|man|woman)s?$")
_ORDINAL = frozenset(("st", "nd", "rd", "th", "s"))
#: Say nothing however often they stand there, and belong to the word after them.
_ARTICLES = frozenset(("a", "an", "the", "of"))
_ENDS = frozenset(".!?;:\n")

NUMERAL: Word = (0.0, 0.0, "#", w.NUMBER, 0.0)
_PLUS: Word = (0.0, 0.0, "", w.AGEBOUND, 0.0)
_COIN: Word = (0.0, 0.0, "", w.CURRENCY, 0.0)
_PERCENT: Word = (0.0, 0.0, "", w.UNIT, 0.0)
_MARK: Word = (0.0, 0.0, "", 0, 0.0)
_UNKNOWN: Word = (2.4, 1.6, "U", 0, 1.5)
_UNKNOWN_NAME: Word = (4.0, 2.2, "N", 0, 2.0)
_UNKNOWN_TRADE: Word = (1.8, 2.0, "P", 0, 2.0)
_ACRONYM: Word = (1.4, 1.6, "B", 0, 1.6)
_LETTER: Word = (0.0, 0.0, "D", w.FUNCTION, 0.0)
_CODE: Word = (0.6, 0.6, "B", 0, 0.6)


class Unit(NamedTuple):
    """
    One word or number of an answer, where it first stands.

    Attributes:
        key: Folded.

        word: What is known of it.

        raw: As written.

        name: Written like a name: with a capital, not at the start of a sentence.

        apart: A comma, a full stop, another mark or something said before stands in front of it.
    """

    key: str
    word: Word
    raw: str
    name: bool
    apart: bool


_unit = tuple.__new__


class Text:
    """
    What was read of one text.

    Attributes:
        units: Its words and numbers, each once.

        roles: All roles together, as bits.

        count: How many words and numbers stand in it, repeated ones too.

        again: How many words that say something were said before.

        odd: How many of them are very rare.

        noise: Words that cannot be words.

        strange: Words in other scripts.

        marks: Characters that are neither letters, digits nor spaces, the first few.

        echoed: Whether the question or the title was found in it and left out.
    """

    units: list[Unit]
    roles = 0
    count = 0
    again = 0
    odd = 0
    marks = ""
    echoed = False
    noise: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()

    def __init__(self) -> None:
        self.units = []


class Echo(NamedTuple):
    """
    What an answer must not earn anything by: the words of its title and its question.

    Attributes:
        title: Words of the title, folded; they earn nothing.

        question: Words of the question; by themselves they earn little.

        runs: Three of them in a row; they are read past.

        pair: A title of one or two words.

        forms: All words of both as they are usually written, to tell at a glance that nothing is repeated.

        least: How many of them must stand in an answer before it is looked at more closely.
    """

    title: frozenset[str]
    question: frozenset[str]
    runs: frozenset[tuple[str, ...]]
    pair: tuple[str, ...]
    forms: frozenset[str]
    least: int


@lru_cache(maxsize=512)
def echo_of(ask: Ask) -> Echo:
    """
    The words of title and question, and their runs of three.
    """
    title = [fold(token) for token in split(ask.title) if token[0].isalnum()]
    question = [fold(token) for token in split(ask.question) if token[0].isalnum()]
    runs: set[tuple[str, ...]] = set()
    for keys in (title, question):
        runs.update(zip(keys, keys[1:], keys[2:], strict=False))
    forms = {form for key in (*title, *question) for form in (key, key.capitalize(), key.upper())}
    forms.update(token for token in (*split(ask.title), *split(ask.question)) if token[0].isalnum())
    pair = tuple(title) if len(title) <= 2 else ()
    return Echo(
        frozenset(title), frozenset(question), frozenset(runs), pair, frozenset(forms), 1 if len(pair) == 1 else 2
    )


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """
    Small letters without marks.
    """
    word = word.casefold()
    if not word.isascii():
        flat = unicodedata.normalize("NFKD", word.translate(_PLAIN))
        word = "".join(char for char in flat if not unicodedata.combining(char))
    return word


def split(text: str) -> list[str]:
    """
    The words, numbers and marks of *text*, in order.
    """
    if len(text) > READ:
        text = text[:READ]
    # Most answers are plain words with blanks between them, which need no pattern.
    if text.isascii() and text.replace(" ", "").isalpha():
        return text.split()
    return _TOKEN.findall(text)


def known(key: str) -> Word | None:
    """
    What is known of the folded word *key*, also as a plural or with a possessive.
    """
    found = lexicon().get(key) or rare(key)
    if found is None and key.endswith("s") and len(key) > 3:
        found = lexicon().get(key[:-1]) or rare(key[:-1])
    return found


def read(text: str, echo: Echo | None = None) -> Text:  # noqa: C901, PLR0912, PLR0915  # one pass, for speed
    """
    Read *text*, past what it repeats of its question.
    """
    out = Text()
    tokens = split(text)
    # Folding is costly; of an echo with odd capitals at least two words must be left as they are usually written.
    if echo is not None and len(echo.forms.intersection(tokens)) >= echo.least:
        tokens = _without(tokens, echo, out)
    table = lexicon()
    seen: set[str] = set()
    units = out.units
    # A capital shows a name where no sentence begins, or right after "in", "at", "near"; fillers change neither.
    start, led, apart = True, False, False
    roles = count = again = odd = 0
    marks = ""
    for raw in tokens:
        found = table.get(raw)
        key = raw
        capital = False
        if found is None:
            first = raw[0]
            if not first.isalnum():
                if len(marks) < 64:
                    marks += raw
                if first in _ENDS:
                    start, led = True, False
                if first in "-–—":
                    if units and units[-1].word is NUMERAL:
                        units.append(Unit(key="-", word=_MARK, raw=raw, name=False, apart=False))
                elif first in "$€£¥₹₦%":
                    if first not in seen:
                        seen.add(first)
                        units.append(
                            Unit(key=first, word=_PERCENT if first == "%" else _COIN, raw=raw, name=False, apart=False)
                        )
                        roles |= w.CURRENCY
                elif first == "+" and units and units[-1].word is NUMERAL:
                    units.append(Unit(key="+", word=_PLUS, raw=raw, name=False, apart=False))
                elif first not in "'’/&+":
                    apart = True
                continue
            count += 1
            if first.isdecimal():
                roles |= w.NUMBER
                _number(raw, out, seen, apart=apart)
                start = led = apart = False
                continue
            key = fold(raw)
            if key.endswith("'s") and key not in table:
                key = key[:-2]
            if key in seen and key not in _ARTICLES:
                again += 1
                apart = True
                continue
            capital = first.isupper()
            found = table.get(key)
            if found is None:
                seen.add(key)
                found = _unlisted(key, raw, out)
                if found is None:
                    continue
        else:
            count += 1
            if key in seen and key not in _ARTICLES:
                if not found[3] & w.EMPTY:
                    again += 1
                apart = True
                continue
        seen.add(key)
        role = found[3]
        roles |= role
        empty = role & w.EMPTY
        units.append(_unit(Unit, (key, found, raw, capital and not empty and (led or not start), apart)))
        apart = False
        if not empty:
            start = led = False
            if found[4] > VERY_RARE:
                odd += 1
        elif role & w.PREPOSITION:
            led = True
        elif not role & w.FUNCTION:
            led = False
    out.roles, out.count, out.again, out.odd, out.marks = roles, count, again, odd, marks
    return out


def _number(raw: str, out: Text, seen: set[str], *, apart: bool) -> None:
    """
    Read a number, with what is glued to it.
    """
    glued = _GLUED.fullmatch(raw)
    digits, tail = glued.groups() if glued else (raw, "")
    tail = fold(tail)
    if tail and tail not in _ORDINAL:
        word = lexicon().get(tail)
        role = word[3] if word else 0
        if not role & (w.UNIT | w.TIMEUNIT | w.CURRENCY | w.DAYPART | w.DISTANCE) and tail not in ("am", "pm"):
            # "6g" or "4x4" may be a code that colleagues know; it narrows down a little, and is no number of anything.
            if raw.casefold() not in seen:
                seen.add(raw.casefold())
                if len(raw) <= 4:
                    out.units.append(Unit(key=raw.casefold(), word=_CODE, raw=raw, name=False, apart=apart))
                else:
                    out.noise += (raw,)
            return
    if digits not in seen:
        seen.add(digits)
        out.units.append(Unit(key=digits, word=NUMERAL, raw=raw, name=False, apart=apart))
    if tail and tail not in seen and tail not in _ORDINAL:
        seen.add(tail)
        word = lexicon().get(tail, _MARK)
        out.roles |= word[3]
        out.units.append(Unit(key=tail, word=word, raw=tail, name=False, apart=False))


def _unlisted(key: str, raw: str, out: Text) -> Word | None:
    """
    The entry of a word that is not in the table; ``None`` when it says nothing.
    """
    if not key.isascii():
        out.strange += (raw,)
        return None
    if not key:
        return None
    if len(key) == 1:
        return _LETTER
    if not key.replace("'", "").isalpha():
        letters = key.rstrip("0123456789")
        if letters.isalpha() and len(letters) > 3 and known(letters):
            return known(letters)
        if len(key) <= 4:
            return _CODE
        out.noise += (raw,)
        return None
    found = known(key)
    if found is not None and not unlikely(key):
        return found
    if raw.isupper() and 2 <= len(raw) <= 5:
        out.unknown += (key,)
        return _ACRONYM
    if gibberish(key):
        out.noise += (raw,)
        return None
    joined = _compound(key)
    if joined is not None:
        return joined
    out.unknown += (key,)
    if raw[0].isupper():
        return _UNKNOWN_NAME
    if _OCCUPATION.search(key) and len(key) > 5 and known(_OCCUPATION.sub("", key)):
        return _UNKNOWN_TRADE
    return _UNKNOWN


def _compound(key: str) -> Word | None:
    """
    The entry of a word that is two common words written as one, such as *toolmakers*: that of the second, but rarer.
    """
    table = lexicon()
    for at in range(4, len(key) - 3):
        last = table.get(key[at:])
        if last is not None and last[1] > 0 and key[:at] in table:
            return worth(2.4, last[2], 0)
    return None


def _without(tokens: list[str], echo: Echo, out: Text) -> list[str]:
    """
    *tokens* without the runs that stand in the question.
    """
    places = [index for index, token in enumerate(tokens) if token[0].isalnum()]
    keys = [fold(tokens[index]) for index in places]
    gone: set[int] = set()
    for at, run in enumerate(zip(keys, keys[1:], keys[2:], strict=False)):
        if run in echo.runs:
            gone.update(places[at : at + 3])
    if len(echo.pair) == 1:
        gone.update(place for place, key in zip(places, keys, strict=True) if key == echo.pair[0])
    elif echo.pair:
        for at, pair in enumerate(pairwise(keys)):
            if pair == echo.pair:
                gone.update(places[at : at + 2])
    if not gone:
        return tokens
    out.echoed = True
    return ["." if index in gone else token for index, token in enumerate(tokens)]
