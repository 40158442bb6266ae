"""
The rater for English.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from math import exp, log1p
from typing import NamedTuple

import attrs

from kowhy._frozen import thawed
from kowhy.errors import Fault, shown
from kowhy.rating import words as w
from kowhy.rating.junk import cleaned, zero
from kowhy.rating.kinds import HALF, KINDS, UNFIT_MOST, Kind
from kowhy.rating.language import FEWEST, other_language
from kowhy.rating.model import Ask, NotTextError, Rating, Reason
from kowhy.rating.reasons import reason, reasons
from kowhy.rating.signals import ANY, Signals, signals
from kowhy.rating.tokens import NUMERAL, READ, VERY_RARE, Echo, Text, echo_of, read
from kowhy.rating.words import lexicon
from kowhy.tables import table

#: How many ratings are remembered, and of texts up to which length.
REMEMBERED, LENGTH = 8192, 400
#: What is left of a word that hangs in the air.
STUFFED = 0.1
#: In a text with more words that say something, odd neighbours are a matter of style.
SHORT = 6

#: What the name of an industry is worth where one is asked for: it names a class, however common the word is.
CLASS = 0.4

NOTHING: frozenset[str] = frozenset()

# Weights of a text without a question, fitted to people's ratings of sentences and rounded.
RARE = 1.0  # the words that narrow down most, saturating
MANY = 0.09  # how many words say something; kept low, so that length alone buys little
PLAIN = 0.25  # plain words that nobody would use for show: a text full of them tells a story
EASY = 2.0  # how rare a word is that is no longer plain
WEAK = 0.6  # what is left of a word that is vague as an answer, beside words that tell something
BEST = 7  # how many of the best words count
ENOUGH = 17  # how much the best words must hold together until more adds little
A_NUMBER = 2.5  # a number counts as much as a rare word
WRITTEN_AS_NAME = 0.63  # a common word with a capital; low, because many people write without capitals


@attrs.frozen
class EnglishRater:
    """
    Rates how specific an English answer is, by words, signals and the kind of answer that is wanted.

    All raters of this class are equal and share one bounded memory of what they rated.
    """

    def rate(self, text: str, *, ask: Ask | None = None) -> Rating:
        """
        Rate *text*, as an answer to *ask* or by itself.

        Raises:
            NotTextError: *text* is not a :class:`str`.
        """
        if not isinstance(text, str):
            raise NotTextError([Fault(code="rating.type", given=shown(text), wanted="a text")])
        if len(text) > LENGTH:
            return _rated(text, ask)
        return _remembered(text, ask)


def _rated(text: str, ask: Ask | None) -> Rating:
    plain, taken = cleaned(text)
    echo = echo_of(ask) if ask is not None else None
    found = read(plain, echo)
    foreign = other_language(found) if found.count >= FEWEST or found.strange else ()
    if foreign:
        return Rating(value=None, reasons=(reason("not-rated.language", foreign),))
    why = zero(found, ask, taken)
    if why is not None:
        return Rating(value=0.0, zero=why, reasons=(reason(why, found.noise or found.unknown),))
    made = _new(_Thawed)
    made.value = _judged(found, ask, echo).value
    made.zero = None
    made._later = _finders(ask), text  # noqa: SLF001  # as planned
    made.__class__ = Rating
    rating: Rating = made
    return rating


@lru_cache(maxsize=512)
def _finders(ask: Ask | None) -> dict[str, Callable[[Rating, str], tuple[Reason, ...]]]:
    """
    What is left for later, for all answers to *ask*.
    """
    return {"reasons": lambda _, text: _reasons(text, ask)}


def _reasons(text: str, ask: Ask | None) -> tuple[Reason, ...]:
    """
    Why a text is worth what it is; it is read once more, since few who want a value want to know.
    """
    echo = echo_of(ask) if ask is not None else None
    found = read(cleaned(text)[0], echo)
    verdict = _judged(found, ask, echo)
    made = reasons(
        found,
        ask,
        value=verdict.value,
        said=verdict.said,
        marks=verdict.marks,
        weights=verdict.kind.signals,
        loose=verdict.loose,
        fits=verdict.fits,
    )
    return (*made, reason("read.part")) if len(text) > READ else made


_new, _Thawed = object.__new__, thawed(Rating)

_remembered = lru_cache(maxsize=REMEMBERED)(_rated)


def hanging(found: Text, *, asked: bool = False) -> frozenset[str]:
    """
    Words that hang in the air, as stuffed ones do.

    That is a noun right after the end of a thought ("more clients obelisk"), one right before the start of a thought
    ("obelisk anyone"), and three or more very rare words in a row, which hardly anybody writes who means them.

    Args:
        found: What was read.

        asked: It answers a question; then words that nobody knows are as suspicious as very rare ones, where they stand
            beside two of those. In a text alone they may be a slip or a dish.
    """
    loose: set[str] = set()
    run: list[str] = []  # words that say something, in a row
    rare: list[str] = []  # very rare ones, in a row; a comma does not end it when something vague stands before
    after = vague = False
    solid = 0
    for key, word, raw, _, apart in found.units:
        _, info, letter, role, rareness = word
        if apart:
            run, after = [], False
            if not vague:
                rare = []
        if info > 0:
            solid += 1
            if letter in "VDT" or role & (w.TRIGGER | w.NUMBER) or key.endswith(("ing", "ed")):
                run, rare, after = [], [], False
                continue
            run.append(key)
            if after:
                loose.add(key)
            if (rareness > VERY_RARE or (asked and letter == "U")) and not raw[0].isupper():
                rare.append(key)
                # Words of which nobody knows any may all be terms of one trade, and "outpatient dialysis clinics" is
                # the name of a class.
                named = key.endswith("s") and not vague
                if len(rare) >= 3 and not named and sum(one not in found.unknown for one in rare) >= 2:
                    loose.update(rare)
            else:
                rare = []
        elif role & w.QUANTIFIER and run:
            loose.update(run)
            run, rare, after = [], [], bool(role & w.PLURAL)
            vague = True
        elif role & w.PLURAL:
            run, rare, after, vague = [], [], True, True
        elif role & (w.VAGUE | w.HEDGE):
            vague = True
            rare = []
        elif role & w.FUNCTION or word is NUMERAL or not letter:
            run, rare, after = [], [], False
    return frozenset(loose) if solid <= SHORT else NOTHING


class _Verdict(NamedTuple):
    """
    What an answer is worth, with all that its reasons are made of.
    """

    value: float
    said: list[tuple[float, str]]
    marks: Signals
    kind: Kind
    loose: frozenset[str]
    fits: bool


def _judged(found: Text, ask: Ask | None, echo: Echo | None) -> _Verdict:
    """
    The worth of what was read.
    """
    roles = found.roles
    asked = ask is not None
    odd = found.odd + asked * len(found.unknown)
    loose = hanging(found, asked=asked) if roles & (w.PLURAL | w.QUANTIFIER) or odd > 2 else NOTHING
    said: list[tuple[float, str]] = []
    hedges = buzz = 0
    if roles & (w.HEDGE | w.BUZZ):
        for unit in found.units:
            role = unit.word[3]
            if role & w.HEDGE:
                hedges += 1
            elif role & w.BUZZ:
                buzz += 1
    if ask is None or echo is None:
        marks = signals(found.units, NOTHING) if roles & ANY else {}
        kind = KINDS[""]
        fits = True
        # Without a question nothing is owed, so that a hedge is read past and costs nothing.
        value = alone(found, loose, said)
    else:
        marks = signals(found.units, echo.title) if roles & ANY else {}
        kind = KINDS.get(ask.kind) or KINDS[""]
        value, fits = answered(found, ask, kind, echo, marks, loose, said)
        if ask.kind == "industry" and value < CLASS:
            named = [unit for unit in found.units if unit.key in industries() and unit.key not in echo.title]
            if named:
                value, fits = CLASS, True
                said += [(CLASS, unit.raw) for unit in named]
        value *= 0.8 ** min(4, hedges) * 0.92 ** min(6, buzz)
    return _Verdict(round(value, 4), said, marks, kind, loose, fits)


@cache
def industries() -> frozenset[str]:
    """
    Names of whole industries.
    """
    return frozenset(table("rating")["industries"].split())


def alone(found: Text, loose: frozenset[str], said: list[tuple[float, str]]) -> float:
    """
    The value of a text without a question; the words that counted are added to *said*.
    """
    rare, many, plain = measures(found, loose, said)
    return calibrated(RARE * rare + MANY * many + PLAIN * plain)


def measures(found: Text, loose: frozenset[str], said: list[tuple[float, str]]) -> tuple[float, float, float]:
    """
    How rare the best words are, how many words say something, and how plain they are.
    """
    infos = []
    weak = []
    solid = plain = most = 0.0
    number, numbers = False, 0
    for key, word, raw, name, _ in found.units:
        value, _, letter, role, rareness = word
        if word is NUMERAL:
            numbers += 1
            number = True
            continue
        if number and role & _COUNTED:
            infos.append(A_NUMBER)
            numbers -= 1
        number = False
        if len(key) < 2:
            continue
        if not role & w.EMPTY:
            if name and letter not in "NLR" and rareness > 0.3:
                value = max(value, rareness) + WRITTEN_AS_NAME
            if key in loose:
                value *= STUFFED
            infos.append(value)
            said.append((value, raw))
            solid += 1
            plain += max(0.0, EASY - rareness)
            most = max(most, EASY - rareness)
        elif role & (w.WEAK | w.PERSON):
            weak.append((value, max(0.0, EASY - rareness)))
    # What is vague as an answer tells a little beside words that tell something, and never without them.
    weak.sort(reverse=True)
    for value, easy in weak[: int(2 * solid)]:
        infos.append(WEAK * value)
        solid += 0.5
        plain += easy / 2
    if solid:
        # A number among words that say nothing says nothing: of what?
        infos.extend([A_NUMBER] * numbers)
    infos.sort(reverse=True)
    # One or two plain words are no story yet.
    plain = (plain - most) * min(1.0, max(0.0, solid - 2))
    return 1 - exp(-sum(infos[:BEST]) / ENOUGH), log1p(solid), 1 - exp(-plain / 4)


#: Where the sum of a text alone stands on the ladder: pairs of sum and value, straight between them.
_LADDER = ((0.0, 0.0), (0.155, 0.35), (0.215, 0.6), (0.57, 0.88), (1.5, 1.0))


def calibrated(total: float) -> float:
    """
    The value of a sum, so that the rungs begin where they do for answers with a question.
    """
    low, start = _LADDER[0]
    for high, end in _LADDER[1:]:
        if total < high:
            return start + (end - start) * (total - low) / (high - low)
        low, start = high, end
    return 1.0


def answered(  # noqa: C901, PLR0912, PLR0915, PLR0917  # one pass over the words, for speed
    found: Text, ask: Ask, kind: Kind, echo: Echo, marks: Signals, loose: frozenset[str], said: list[tuple[float, str]]
) -> tuple[float, bool]:
    """
    The value of an answer to *ask*, and whether anything in it is of the kind that was asked for.

    The words that counted are added to *said*.
    """
    weights = kind.words
    total = 0.0
    seen: set[str] = set(marks)
    link = placed = False
    links = names = spoken = 0
    firsts = 0
    asked = echo.question
    title = echo.title
    fits = True
    fresh = False
    # Under a place, what is written with capitals throughout is a name: Chapel Hill, The Woodlands.
    proper = kind.place and all(unit.raw[0].isupper() or unit.word[3] & w.FUNCTION for unit in found.units)
    wide = _wide(found) if kind.place else NOTHING
    for key, word, raw, name, apart in found.units:
        _, info, letter, role, _ = word
        if proper and info and letter not in "LR" and not role & _WHEN:
            letter, name = "N", True  # noqa: PLW2901
        if wide and key in wide:
            letter, role, name = "R", role | w.WIDE, False  # noqa: PLW2901
            info = max(info, 0.9)
        if apart or role & _SAID_EMPTY:
            placed = False
        if role & _STRUCTURE:
            if role & w.LINK and spoken:
                link = True
            if role & w.PREPOSITION:
                placed = True
            if role & w.HEAD:
                seen.add("head")
            if role & w.REMOTE:
                seen.add("remote")
            if role & w.PERSON:
                seen.add("person")
        if not info or key in title:
            if kind.vague and role & w.VAGUE and key not in title:
                total += kind.vague * word[0]
            continue
        # Whoever writes a common word like a name gains by it or nothing; nobody loses by a capital.
        if name and letter not in "LRP" and weights["N"] * max(info, 1.6) > weights[letter] * info:
            info = max(info, 1.6)
            letter = "N"
        if (name or letter == "N") and not role & w.WIDE:
            names += 1
            seen.add("name")
        elif raw[0].isupper():
            firsts += 1
        if role & w.WIDE:
            letter = "R"
        if key in asked:
            info *= 0.5
        else:
            fresh = True
        if role & w.HEAD:
            info *= 0.85
        else:
            seen.add(letter)
        if placed and letter in "OGWAB" and info > 0.8:
            seen.add("setting")
        if link:
            links += 1
            link = False
        if not role & w.HEAD:
            spoken += 1
        worth = weights[letter] * info * (STUFFED if key in loose else 1.0)
        if worth > 0.2:
            said.append((worth, raw))
        total += worth
    if marks:
        weighed = kind.signals
        for signal, words in marks.items():
            weight = weighed.get(signal)
            if weight is not None:
                total += weight if len(words) == 1 else 1.5 * weight
    if links:
        total += kind.link * min(2, links)
    if names:
        total += kind.name if names == 1 else kind.name + kind.several
    elif firsts:
        total += kind.first
    for sign, weight in kind.bonuses:
        if sign in seen:
            total += weight
    if spoken and kind.manager and "head" in seen:
        total += kind.manager
        seen.add("P")
    if spoken and kind.person and "person" in seen:
        total += kind.person
    if kind.choice:
        chosen = choices_of(ask).intersection(unit.key for unit in found.units)
        if chosen:
            total += kind.choice if len(chosen) == 1 else kind.choice + kind.clause
        else:
            total *= kind.unfit
            fits = False
    if not fresh and not marks and not kind.choice:
        total *= 0.5
    if kind.fits and not kind.fits & seen:
        total = min(total * kind.unfit, UNFIT_MOST)
        fits = False
    return total * total / (total * total + HALF * HALF), fits


def _wide(found: Text) -> frozenset[str]:
    """
    The words that name a country or another place where millions live.
    """
    table = lexicon()
    units = [unit for unit in found.units if not unit.word[3] & w.FUNCTION]
    wide: set[str] = set()
    for at, unit in enumerate(units):
        if unit.word[3] & w.WIDE:
            wide.add(unit.key)
        if unit.word[3] & w.ADMIN and at and units[at - 1].word[1] > 0:
            wide.update((units[at - 1].key, unit.key))
        for size in (2, 3):
            keys = [other.key for other in units[at : at + size]]
            if len(keys) == size and table.get("_".join(keys), _NONE)[3] & w.WIDE:
                wide.update(keys)
    return frozenset(wide)


_NONE = ("", 0.0, "", 0, 0.0)

_COUNTED = w.PERSON | w.UNIT | w.TIMEUNIT | w.MONTH | w.CURRENCY | w.DAYPART
_WHEN = w.WEEKDAY | w.MONTH | w.DAYPART | w.TIMEUNIT | w.SEASON
_SAID_EMPTY = w.FILLER | w.HEDGE | w.BUZZ
_STRUCTURE = w.LINK | w.PREPOSITION | w.HEAD | w.REMOTE | w.PERSON


@lru_cache(maxsize=256)
def choices_of(ask: Ask) -> frozenset[str]:
    """
    The words that settle a choice.
    """
    found: set[str] = set()
    for choice in ask.choices:
        parts = choice.casefold().replace("-", " ").split()
        found.update(part for part in parts if part not in ("a", "and", "of", "the", "no", "above", "all", "non"))
    return frozenset(found)
