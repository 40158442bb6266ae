"""
An import from a CRM: each contact gets a score and the next question, and what is wrong with a row stands beside it.

``python examples/crm_import.py contacts.csv > scored.csv`` does it with an export of yours.
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from kowhy import Engine, Fault, KowhyError

COLUMNS = {  # of the export, by what they are called in a profile
    "name": "First Name",
    "country": "Country Code",
    "business_type": "Services Wanted",
    "industry": "Target Industry",
    "profession": "Target Job Title",
    "geography": "Target Territory",
}
ADDED = ["kowhy score", "kowhy asks", "kowhy problem"]  # in front, so that they stand right however long a row is
engine = Engine()


def judged(cells: list[str], header: list[str]) -> tuple[str, str, str]:
    """
    Score, next question and problem of one contact.
    """
    if len(cells) != len(header):
        return "", "", f"got {len(cells)} cells; wanted {len(header)}; put quotes around a cell that holds a comma"
    contact = dict(zip(header, cells, strict=True))
    given = {key: contact[column].strip() for key, column in COLUMNS.items()}
    profile = {key: given.pop(key) for key in ("name", "country") if given[key]}
    # Several values of one field stand in one cell, with semicolons between them.
    answers = {item: cell.split(";") for item, cell in given.items() if cell}
    try:
        read = engine.profile(profile | {"whys": [{"why": "more_business"} | answers]})
    except KowhyError as error:
        return "", "", " and ".join(map(told, error.faults))
    score = engine.score(read).whys["more_business"].score
    asked = " ".join(question.text for question in engine.next_questions(read, limit=1))
    return f"{score:.2f}", asked, ""


def told(fault: Fault) -> str:
    """
    A fault with the name of its column.
    """
    place = next((COLUMNS[part] for part in fault.pointer.split("/") if part in COLUMNS), fault.pointer)
    return f"{place}: got {fault.given}; wanted {fault.wanted}"


source = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).with_suffix(".csv")
try:
    text = source.read_bytes().decode("utf-8-sig")
except (OSError, UnicodeDecodeError) as error:
    sys.exit(f"{source}: {error}; wanted a file in UTF-8, which spreadsheets export as 'CSV UTF-8'")
rows = csv.reader(io.StringIO(text, newline=""))
header = next(rows, [])
if missing := [name for name in COLUMNS.values() if name not in header]:
    sys.exit(f"{source}: got the columns {', '.join(header)}; wanted also {', '.join(missing)}")

scored = csv.writer(sys.stdout, lineterminator="\n")
scored.writerow([*ADDED, *header])
line, problems = rows.line_num + 1, []
for cells in rows:
    if cells:
        score, asks, problem = judged(cells, header)
        scored.writerow([score, asks, problem, *cells])
        if problem:
            problems.append(f"{source.name}, line {line}: {problem}\n")
    line = rows.line_num + 1  # a cell may run over several lines
sys.stdout.flush()
sys.stderr.writelines(problems)
