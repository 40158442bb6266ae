"""
What is worth knowing about a profile beside its score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from kowhy.answers import Reading
from kowhy.checks import crisp_faults, crisp_limit, word_count
from kowhy.compiled import Compiled
from kowhy.ladder import NAMED
from kowhy.rating.model import Rater
from kowhy.readers import Reader
from kowhy.scorecards import Finding
from kowhy.texts import texts


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


def findings_of(checklist: Compiled, readings: Iterable[Reading], about_statement: Iterable[Finding]) -> list[Finding]:
    """
    Everything worth knowing about one WHY, in the order of its items, what concerns its statement last.

    Args:
        checklist: What was asked.

        readings: What the answers say, of the items about which there may be something to report, in the order of the
            checklist.

        about_statement: What was found about the statement.
    """
    found = []
    if not checklist.frame.full:
        found.append(finding("score.nothing-counts", checklist.why, why_title=checklist.title))
    for reading in readings:
        if not reading.findings:
            reading.findings.append(tuple(_of_item(reading, checklist)))
        found += reading.findings[0]
    return [*found, *about_statement]


def of_statement(statement: str | None, checklist: Compiled, *, reader: Reader, rater: Rater) -> tuple[Finding, ...]:
    """
    What is worth knowing about a statement; nothing when there is none.

    Args:
        statement: The statement.

        checklist: What was asked.

        reader: Remembers what was found before.

        rater: Says whether the statement is more than junk.
    """
    if not statement or statement.isspace():
        return ()
    known = reader.statements.get(statement)
    if known is None:
        known = tuple(_of_statement(statement, checklist, rater))
        reader.remember(statement, known)
    return known


def _of_item(reading: Reading, checklist: Compiled) -> Iterator[Finding]:
    for code, field in _codes(reading, checklist):
        yield finding(
            code,
            checklist.why,
            reading.asked.key,
            why_title=checklist.title,
            item_title=reading.asked.item.title,
            **field,
        )


def _of_statement(statement: str, checklist: Compiled, rater: Rater) -> Iterator[Finding]:
    if rater.rate(statement, ask=checklist.statement).zero is not None:
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
    if item.core and reading.outlook.level < NAMED:
        yield ("clear.core-vague" if reading.outlook.level else "clear.core-missing"), {}
    if reading.zeroed:
        yield "clear.zeroed", {}
    for code in reading.faults:
        other = {} if reading.lost_to is None else {"other": checklist.asked[reading.lost_to].item.title}
        yield code, other
