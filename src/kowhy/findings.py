"""
What is worth knowing about a profile beside its score.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kowhy.answers import Reading
from kowhy.checks import crisp_faults, crisp_limit, word_count
from kowhy.compiled import Compiled
from kowhy.ladder import NAMED
from kowhy.rating.model import Ask, Rater
from kowhy.scorecards import Finding
from kowhy.texts import texts
from kowhy.whys import Why


@lru_cache(maxsize=1024)
def finding(code: str, why: str | None = None, item: str | None = None, **fields: object) -> Finding:
    """
    A finding with its text.

    Args:
        code: Names the text as well.

        why: Id of the WHY that it is about.

        item: Key of the item that it is about.

        fields: What the text wants to know; titles as ``why_title`` and ``item_title``, never an answer.
    """
    titles = {"why": fields.pop("why_title", why), "item": fields.pop("item_title", item)}
    return Finding(code=code, why=why, item=item, text=texts("scoring")[code].format_map(titles | fields))


def findings_of(why: Why, checklist: Compiled, readings: Sequence[Reading], rater: Rater) -> Iterator[Finding]:
    """
    Everything worth knowing about one WHY, in the order of its items, what concerns its statement last.

    Args:
        why: The facts.

        checklist: What was asked.

        readings: What the answers say, by position of the item.

        rater: Says whether the statement is more than junk.
    """
    if not checklist.frame.full:
        yield finding("score.nothing-counts", checklist.why, why_title=checklist.title)
    for reading in readings:
        # Most items have nothing to report, and this runs on every keystroke.
        if reading.answers or reading.asked.item.core:
            for code, field in _codes(reading, checklist):
                yield finding(
                    code,
                    checklist.why,
                    reading.asked.key,
                    why_title=checklist.title,
                    item_title=reading.asked.item.title,
                    **field,
                )
    statement = why.statement
    if statement and statement.strip():
        ask = Ask(why=checklist.why, item="statement", kind="statement", title=checklist.title)
        if rater.rate(statement, ask=ask).zero is not None:
            yield finding("crisp.says-nothing", checklist.why, why_title=checklist.title)
        for code in crisp_faults(statement):
            count, limit = word_count(statement), crisp_limit()
            yield finding(code, checklist.why, why_title=checklist.title, count=count, limit=limit)


def _codes(reading: Reading, checklist: Compiled) -> Iterator[tuple[str, dict[str, str]]]:
    """
    Codes of the findings about one item, each with what its text wants to know.
    """
    item = reading.asked.item
    if reading.trait:
        yield "job.protected-trait", {"trait": reading.trait}
    if not item.weight:
        return
    if item.core and reading.standing.level < NAMED:
        yield ("clear.core-vague" if reading.standing.level else "clear.core-missing"), {}
    if reading.zeroed:
        yield "clear.zeroed", {}
    for code in reading.faults:
        other = {} if reading.lost_to is None else {"other": checklist.asked[reading.lost_to].item.title}
        yield code, other
