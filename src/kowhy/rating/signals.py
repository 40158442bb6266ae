"""
Signals: what makes an answer usable besides its words, such as a number with its unit, a date or an exclusion.
"""

from __future__ import annotations

from collections.abc import Sequence

from kowhy.rating import words as w
from kowhy.rating.tokens import NUMERAL, Unit

#: Roles that can make a signal; a text without any of them needs no second look.
ANY = (
    w.WEEKDAY | w.MONTH | w.SEASON | w.DAYPART | w.RHYTHM | w.TIMEUNIT | w.DISTANCE | w.CURRENCY | w.NUMBER | w.DECADE
    | w.EXCLUDE | w.TRIGGER | w.ZONE | w.DIRECTION | w.BOUND | w.UNIT
)  # fmt: skip

Signals = dict[str, list[str]]

_JOINING = frozenset(("-", "to", "and", "or"))
_AFTER = frozenset(("+", "plus", "over", "older", "younger", "up", "upwards", "above", "under", "below"))
_CLOCK = frozenset(("am", "pm", "o'clock"))
_RATE = frozenset(
    ("a", "an", "per", "every", "each", "once", "twice", "other", "second", "first", "third", "one", "alternate")
)
_DUE = frozenset(("until", "till", "before", "by", "after", "since", "within", "end"))
#: Names of days and months that are also everyday words.
_ALSO_WORDS = frozenset(("may", "march", "mar", "sun", "sat", "second", "wed", "mon", "dec"))


def signals(units: Sequence[Unit], echo: frozenset[str]) -> Signals:  # noqa: C901, PLR0912, PLR0915  # one pass, for speed
    """
    The signals of an answer by name, each with the words that make it.

    Args:
        units: The answer.

        echo: Words of the question; they make a signal only next to a number that is not in the question.
    """
    found: Signals = {}

    def add(name: str, *words: str) -> None:
        found.setdefault(name, []).append(" ".join(words))

    bound = ""
    number = ""  # the number that stands right before, also when "to" or "or" stands between
    last = ""
    joined = False  # such a word stands between
    before = 0
    word_before = ""
    negated, since = "", 0
    beat = 9  # how many words ago a number or a word of rhythm stood
    due = 9  # the same for "until", "before", "by"
    for key, word, raw, name, apart in units:
        _, info, kind, role, _ = word
        own = key not in echo
        if apart:
            negated = number = last = word_before = ""
            joined, before = False, 0
            due = beat = 9
        beat += 1
        due += 1
        if word is NUMERAL:
            if own:
                if joined and last:
                    add("range", last, key)
                elif before & w.AGEBOUND:
                    add("bounded", word_before, key)
                if before & w.MONTH and (not before & w.EMPTY or word_before == "may"):
                    add("date", word_before, key)
                if before & w.CURRENCY:
                    add("measure", word_before, key)
                if raw[-2:] in ("st", "nd", "rd", "th"):
                    add("date", raw)
                if ":" in key:
                    add("clock", key)
                elif key.isdecimal() and len(key) == 5:
                    add("zip", key)
                elif key.isdecimal() and len(key) == 4 and key[:2] in ("19", "20"):
                    add("year", key)
                add("number", key)
                number = key
            else:
                number = ""
            last, joined, before, word_before, negated, beat = key, False, role, key, "", 0
            continue
        if number and not joined and key in _JOINING:
            joined = True
            before, word_before = role, key
            continue
        counted = (number and not joined and number) or (last if before & w.NUMBER and before else "")
        if counted:
            if role & w.TIMEUNIT:
                add("duration", counted, key)
            elif role & w.DISTANCE:
                add("distance", counted, key)
            if role & w.DISTANCE and role & w.TIMEUNIT:
                add("travel", counted, key)
            if role & (w.UNIT | w.CURRENCY):
                add("measure", counted, key)
            elif role & w.MONTH:
                add("date", counted, key)
            elif key in _CLOCK:
                add("clock", counted, key)
            elif (own and info > 0) or (
                own and role & w.VAGUE and kind not in "JDT" and not role & (w.TIMEUNIT | w.NUMBER | w.RHYTHM)
            ):
                add("counted", counted, key)
        if number and key in _AFTER:
            add("bounded", number, key)
        if beat <= 5 and role & (w.TIMEUNIT | w.WEEKDAY | w.DAYPART | w.MONTH) and word_before in _RATE:
            add("frequency", word_before, key)
        elif role & w.TIMEUNIT and word_before in ("a", "an") and beat > 5:
            add("duration", word_before, key)
        if due <= 3 and own and (info > 0.6 or role & (w.MONTH | w.WEEKDAY | w.SEASON)):
            add("deadline", bound, key)
            due = 9
        if own:
            if role & w.WEEKDAY and (key not in _ALSO_WORDS or name):
                add("day", key)
            if (
                role & w.MONTH
                and not counted
                and (key not in _ALSO_WORDS or (raw[0] == "M" and (before & (w.PREPOSITION | w.BOUND) or not before)))
            ):
                add("date", key)
            if role & w.SEASON:
                add("season", key)
            if role & w.DAYPART:
                add("daypart", key)
            if role & w.RHYTHM:
                beat = 0
                if key.endswith("ly"):
                    add("frequency", key)
                else:
                    add("rhythm", key)
            if role & w.ZONE:
                add("zone", key)
            if role & w.DECADE:
                add("range", key)
            if role & w.TRIGGER:
                add("trigger", key)
            if role & w.DIRECTION:
                add("direction", key)
        if role & w.BOUND and key in _DUE:
            bound, due = key, 0
        if negated and own and (info > 0.3 or role & (w.PERSON | w.TIMEUNIT | w.WEAK)):
            add("exclusion", negated, key)
            negated = ""
        if role & w.EXCLUDE:
            negated, since = key, 0
        elif role & (w.FILLER | w.HEDGE) or since > 2:
            negated = ""
        since += 1
        if role & w.NUMBER:
            last = key
            beat = 0
        number, joined, before, word_before = "", False, role, key
    return found
