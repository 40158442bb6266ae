"""
What is imported when: nobody pays for what they do not use.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src"

#: What costs more to import than the facts do, and what only some callers need.
ENGINES = {"jsonschema", "jsonschema_rs", "referencing"}
FACES = {"click", "rich", "icalendar", "narwhals", "pandas", "polars"}
OTHERS = {"cattrs", "importlib.metadata"}

LEARN = '{\\"whys\\": [{\\"why\\": \\"learn\\", \\"topic\\": \\"the piano\\"}]}'

HELP = """
import contextlib, io
sys.argv = ["kowhy", "--help"]
from kowhy.cli import main
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
    main()
"""

#: What somebody does, and what must not be imported for it.
CASES = {
    "import": ("import kowhy", ENGINES | FACES | OTHERS | {"attr", "attrs", "json"}),
    "dir": ("import kowhy; dir(kowhy)", ENGINES | FACES | OTHERS | {"attr", "attrs"}),
    "facts": (
        "import kowhy; kowhy.Profile(whys=kowhy.Learn(topic='the piano'))",
        ENGINES | FACES | OTHERS | {"kowhy.checklists", "kowhy.engine", "kowhy.rating"},
    ),
    "read": (
        f'import kowhy; kowhy.profile_from_json("{LEARN}")',
        ENGINES | FACES | OTHERS | {"kowhy.engine", "kowhy.rating.rater"},
    ),
    "score": (f'import kowhy; kowhy.Engine(packs=()).score("{LEARN}")', ENGINES | FACES | OTHERS),
    "rate": ("import kowhy; kowhy.rate('the piano')", ENGINES | FACES | {"cattrs"}),
    "plan": (f'import kowhy; kowhy.Engine().plan("{LEARN}")', ENGINES | FACES | OTHERS),
    "frames": ("from kowhy.frames import score_frame", ENGINES | FACES),
    "help": (HELP, ENGINES | {"attr", "cattrs", "icalendar", "kowhy.engine", "kowhy.convert", "rich.console"}),
}


def imported(code):
    """
    The modules that a new Python has after *code*.
    """
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(SRC)},
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(("code", "spared"), CASES.values(), ids=CASES)
def test_only_what_is_needed(code, spared):
    """
    Each use imports what it needs and leaves the rest alone.
    """
    found = imported(code)

    assert found & spared == set()
    assert "kowhy" in found


def test_merely_importing_imports_nothing_of_ours():
    """
    The package is one small module until somebody asks for a name.
    """
    assert [name for name in imported("import kowhy") if name.startswith("kowhy")] == ["kowhy"]
