"""
What says nothing, however long it is: noise, placeholders, refusals, pointers elsewhere, questions back.
"""

from __future__ import annotations

import re

from kowhy.rating import words as w
from kowhy.rating.model import Ask
from kowhy.rating.tokens import Text

#: Kinds whose answers may be numbers alone.
_NUMBERS = frozenset(("age", "segment", "goal", "terms", "time", "date"))
#: Kinds whose answers may be questions.
_QUESTIONS = frozenset(("subject", "situation", "activity"))
#: Kinds whose answers may be made of names that nobody knows.
_NAMES = frozenset(("place", "organisations"))
_WH = frozenset(("who", "what", "which", "where", "when", "why", "how", "whom", "whose"))
_ORDERS = frozenset(
    (
        "describe",
        "tell",
        "please",
        "name",
        "give",
        "enter",
        "type",
        "list",
        "explain",
        "choose",
        "select",
        "write",
        "insert",
    )
)

#: Roles of words that need a closer look; without them one word that says something is enough.
_SUSPECT = w.PLACEHOLDER | w.POINTER | w.REFUSAL | w.UNSURE | w.ADDRESS
_SAYS = 0.6
#: Roles of words that may stand before a question.
_SKIPPED = w.FUNCTION | w.FILLER | w.HEDGE | w.QUANTIFIER
#: Roles that make a number one of something.
_TELLING = (
    w.WEAK | w.UNIT | w.TIMEUNIT | w.CURRENCY | w.DISTANCE | w.WEEKDAY | w.MONTH | w.DAYPART | w.SEASON | w.RHYTHM
)  # fmt: skip

_NOT_APPLICABLE = re.compile(r"\b[nN]/[aA]\b")
_TAG = re.compile(r"<[^<>]{0,200}>|\{[^{}]{0,200}\}|\[[^\[\]]{0,200}\]|&[#0-9A-Za-z]{2,8};|[{}<>\[\]]")


def cleaned(text: str) -> tuple[str, str | None]:
    """
    *text* without markup, slots of forms and addresses, and a code for what was taken out.
    """
    code = None
    if "/" in text:
        text = _NOT_APPLICABLE.sub("na", text)
    if "<" in text or "{" in text or "[" in text or "&" in text:
        shorter = _TAG.sub(" . ", text)
        if shorter != text:
            text, code = shorter, "zero.placeholder"
    if "@" in text or "://" in text or "www." in text or ".com" in text:
        kept = [part for part in text.split() if not _address(part)]
        shorter = " ".join(kept)
        if len(kept) < len(text.split()):
            text, code = shorter, "zero.pointer"
    return text, code


def _address(part: str) -> bool:
    return "://" in part or "www." in part or ".com" in part or ("@" in part[1:-1] and "." in part)


def zero(found: Text, ask: Ask | None, taken: str | None) -> str | None:  # noqa: C901, PLR0912, PLR0915
    """
    The code of the reason why an answer counts as none at all; ``None`` when it counts.

    Fillers, hedges and words of the question are looked through, so adding them never turns nothing into something.

    Args:
        found: What was read.

        ask: What it answers.

        taken: A code for what was taken out before reading.
    """
    units = found.units
    if not (
        found.roles & _SUSPECT
        or found.noise
        or taken
        or found.again > 2
        or len(found.unknown) > 1
        or "?" in found.marks
    ) and any(unit.word[1] > _SAYS for unit in units):
        return None
    kind = ask.kind if ask is not None else ""
    solid = codes = refused = unsure = doubtful = pointers = placeholders = negators = words = numbers = told = 0
    first = ""
    second = False
    for key, word, _, _, _ in units:
        info, letter, role = word[1], word[2], word[3]
        if not letter or letter == "#":
            numbers += letter == "#"
            continue
        words += 1
        if not first and (key in _WH or key in _ORDERS or not role & _SKIPPED):
            first = key
        if role & _TELLING and not role & w.FILLER:
            told += 1
        if role & w.ADDRESS:
            second = True
        if role & w.NEGATOR:
            negators += 1
        if role & w.PLACEHOLDER:
            placeholders += 1
        elif role & w.POINTER:
            pointers += 1
        elif role & w.REFUSAL:
            refused += 1
        elif role & w.UNSURE:
            unsure += 1
            doubtful += not role & w.EMPTY
        elif role & w.EMPTY or len(key) < 2:
            pass
        elif info <= 0.6 and letter == "B":
            codes += 1
        else:
            solid += 1
    if not negators:
        solid += doubtful
    if not words and not numbers:
        if found.noise:
            return "zero.gibberish"
        if taken is not None:
            return taken
        return "zero.echo" if found.echoed else "zero.empty"
    if taken is not None and not solid:
        return taken
    if placeholders and solid <= placeholders:
        return "zero.placeholder"
    if not solid:
        if refused or (unsure and negators):
            return "zero.refusal"
        if pointers:
            return "zero.pointer"
        if codes > 1 or (codes and found.noise):
            return "zero.code"
        if numbers and not told and (kind not in _NUMBERS or numbers > 3):
            return "zero.numbers"
    if pointers > 1 and solid <= 1:
        return "zero.pointer"
    if len(found.noise) >= max(1, solid):
        return "zero.gibberish"
    if len(found.unknown) >= max(2, solid) and not told and kind not in _NAMES:
        return "zero.gibberish"
    if found.again >= 3 and found.again >= 2 * (solid + placeholders + pointers + refused):
        return "zero.repeated"
    if second and ((first in _ORDERS and solid <= 3) or ("?" in found.marks and first in _WH)):
        return "zero.question"
    if "?" in found.marks and first in _WH and ask is not None and kind not in _QUESTIONS:
        return "zero.question"
    return None
