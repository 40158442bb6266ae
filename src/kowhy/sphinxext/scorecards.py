"""
A scorecard as a page shows it.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from docutils import nodes

from kowhy.bands import band
from kowhy.checklists import Checklist
from kowhy.convert import to_dict
from kowhy.engine import Engine
from kowhy.errors import Fault, InvalidProfileError, KowhyError, shown
from kowhy.schemas import check
from kowhy.sphinxext.parts import Cell, paragraph, table, text
from kowhy.texts import texts
from kowhy.whys import State


def scorecard_nodes(card: Mapping[str, Any], *, checklists: Mapping[str, Checklist]) -> Iterator[nodes.Node]:
    """
    For each WHY a table whose points add up, and what is worth knowing.

    Args:
        card: A scorecard in its JSON form.

        checklists: By WHY, for the titles.
    """
    words = texts("sphinx")
    for why, score in card["whys"].items():
        checklist = checklists[why]
        leads = card["dominant"] == why and len(card["whys"]) > 1
        title = words["score.leads" if leads else "score.title"].format(title=checklist.title, score=score["score"])
        yield nodes.rubric("", title)
        yield paragraph(*text(_qualities(score)))
        yield table(words["score.head"], _items(score, checklist), widths=(20, 30, 12, 8, 10, 10, 10))
        yield paragraph(*text(words["score.formula"].format_map(score)))
    if card["findings"]:
        yield nodes.rubric("", words["score.findings"])
        said = [nodes.list_item("", paragraph(*text(finding["text"]))) for finding in card["findings"]]
        yield nodes.bullet_list("", *said)


def read_scorecard(path: Path, *, checklists: Mapping[str, Checklist]) -> dict[str, Any]:
    """
    The scorecard in a file, or that of the profile in it, in its JSON form.

    Raises:
        KowhyError: It is neither; every fault at once.

        OSError: The file cannot be read.
    """
    try:
        source = path.read_bytes().decode("utf-8")
        document: Any = tomllib.loads(source) if path.suffix == ".toml" else json.loads(source)
    except (ValueError, RecursionError) as error:
        wanted = "a profile or a scorecard, in JSON or TOML"
        fault = Fault(code="document.syntax", source=path.name, given=shown(str(error)), wanted=wanted)
        raise InvalidProfileError([fault]) from None
    if isinstance(document, dict) and str(document.get("format", "")).startswith("kowhy.scorecard/"):
        if faults := check(document, "scorecard"):
            raise KowhyError(faults)
        return document
    # Which plugins are installed where the docs are built must not change them.
    return to_dict(Engine(checklists=checklists).score(document))


def _qualities(score: Mapping[str, Any]) -> str:
    words = texts("render")
    marks = {True: "yes", False: "no", None: "none"}
    said = "; ".join(words[f"quality.{name}.{marks[score[name]]}"] for name in ("clear", "crisp", "clean"))
    found = band(score["band"])
    return f"{found.title}: {found.meaning} {said[:1].upper()}{said[1:]}."


def _items(score: Mapping[str, Any], checklist: Checklist) -> Iterator[Sequence[Cell]]:
    words = texts("sphinx")
    titles = {item.key: item.title for item in checklist.items}
    full = score["full"] or 1
    for key, item in score["items"].items():
        answers = words["score.private"] if item["private"] and item["answers"] else "; ".join(item["answers"])
        if item["state"] in (State.DECLINED, State.NOT_APPLICABLE):
            answers = words[f"score.{item['state']}"]
        share = f"{100 * item['points'] / full:.2f}"
        gain = f"+{item['gain']:.2f}" if item["gain"] else ""
        cells = (titles.get(key, key), answers, item["rung"], item["weight"], item["points"], share, gain)
        yield [text(cell) for cell in cells]
    cells = (words["score.total"], "", "", "", score["points"], f"{score['score']:.2f}", "")
    yield [text(cell) for cell in cells]
