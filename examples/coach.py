"""
A coach with many clients: own questions and weights as one overlay, a table of all, and a sheet to print for each.

``python examples/coach.py`` writes the sheets into the folder ``sheets``, or into the one named behind it.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from kowhy import Engine, KowhyError, to_html
from kowhy.checklists import checklist_from_dict
from kowhy.schemas import load_schema

HERE = Path(__file__).parent
sheets = Path(sys.argv[1] if sys.argv[1:] else "sheets")


def laid_over(base: dict[str, Any], overlay: dict[str, Any]) -> dict[str, Any]:
    """
    *base* with all that stands in *overlay*, however deep.
    """
    return base | {
        key: laid_over(base.get(key, {}), value) if isinstance(value, dict) else value for key, value in overlay.items()
    }


overlay = tomllib.loads((HERE / "coach_overlay.toml").read_text(encoding="utf-8"))
clients = tomllib.loads((HERE / "coach_clients.toml").read_text(encoding="utf-8"))["clients"]
try:
    engine = Engine(
        checklists=[
            checklist_from_dict(laid_over(load_schema(f"checklists/{why}"), changes), source="coach_overlay.toml")
            for why, changes in overlay.items()
        ]
    )
except KowhyError as error:
    sys.exit(str(error))  # every slip of the pen in the overlay, before any client is scored

sheets.mkdir(parents=True, exist_ok=True)
print(f"{'client':18}{'leading WHY':25}{'score':>6}  sharpen next")
for number, client in enumerate(clients, 1):
    name = str(client.get("name", f"client {number}"))
    try:
        card, plan = engine.score(client), engine.plan(client)
    except KowhyError as error:
        print(f"{name:18}cannot be read:", *error.faults, sep="\n  ")
        continue
    leading = [card.dominant] if card.dominant else card.dominance.candidates
    titles = " or ".join(engine.checklists[why].title for why in leading)
    asked = [one.text for one in engine.next_questions(client, limit=99) if one.why in leading]
    nudge = "first of all the help that the sheet names" if plan.emergency else (asked or ["nothing"])[0]
    print(f"{name:18}{titles:25}{card.whys[leading[0]].score:6.1f}  {nudge}")
    # The best of each part, to keep it short. A sheet leaves the room, so nothing private may stand on it.
    page = to_html(plan.head(1), checklists=engine.checklists, share=True)
    slug = "-".join(re.findall(r"\w+", name.casefold()))
    (sheets / f"{number:02}-{slug}.html").write_text(page, encoding="utf-8")
