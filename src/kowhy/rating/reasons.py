"""
Reasons a person understands, in the order in which they matter.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import cache
from operator import itemgetter

from kowhy.rating import words as w
from kowhy.rating.model import NAMED, SPECIFIC, Ask, Reason
from kowhy.rating.signals import Signals
from kowhy.rating.tokens import Text
from kowhy.texts import texts

#: How many words a reason names.
SHOWN = 5
#: How many reasons speak for an answer.
MOST = 3
#: Signals that are shown under another one, or that say too little to be shown.
_SILENT = frozenset(("link", "rhythm", "number"))


@cache
def _texts() -> dict[str, tuple[str, str, str]]:
    """
    The texts by code, split at the place for the words.
    """
    return {code: text.partition("{words}") for code, text in texts("rating").items()}


def reason(code: str, words: Sequence[str] = ()) -> Reason:
    """
    The reason *code* about *words*, the first few.
    """
    start, slot, end = _texts()[code]
    if not slot:
        return Reason(code=code, text=start)
    shown = tuple(words[:SHOWN])
    return Reason(code=code, words=shown, text=f"{start}{', '.join(shown)}{end}")


_first = itemgetter(0)


def reasons(
    found: Text,
    ask: Ask | None,
    *,
    value: float,
    said: list[tuple[float, str]],
    marks: Signals,
    weights: Container[str],
    loose: frozenset[str],
    fits: bool,
) -> tuple[Reason, ...]:
    """
    Why an answer is worth *value*.

    Args:
        found: What was read.

        ask: What it answers.

        value: Its rating.

        said: The words that counted, each with what it added.

        marks: The signals.

        weights: Names of the signals that the kind of answer counts.

        loose: Words that hang in the air.

        fits: Whether anything in it is of the kind that was asked for.
    """
    up: list[Reason] = []
    down: list[Reason] = []
    if said:
        if len(said) > 1:
            said.sort(key=_first, reverse=True)
        up.append(reason("words.said", [word for _, word in said]))
    for name, words in marks.items():
        if name in weights and name not in _SILENT and len(up) < MOST:
            up.append(reason(f"signal.{name}", words))
    if not fits and ask is not None and f"kind.{ask.kind}" in _texts():
        down.append(reason(f"kind.{ask.kind}"))
    roles = found.roles
    if loose:
        down.append(reason("words.loose", [unit.raw for unit in found.units if unit.key in loose]))
    if roles & w.HEDGE:
        down.append(reason("words.hedge", [unit.raw for unit in found.units if unit.word[3] & w.HEDGE]))
    if roles & w.BUZZ:
        down.append(reason("words.buzz", [unit.raw for unit in found.units if unit.word[3] & w.BUZZ]))
    # When enough is said, only what takes something away is worth a word.
    if roles & w.VAGUE and value < SPECIFIC:
        down.append(reason("words.vague", [unit.raw for unit in found.units if unit.word[3] & w.VAGUE]))
    if not up and not down:
        down.append(reason("words.none"))
    return tuple(down + up) if value < NAMED else tuple(up + down)
