"""
Examples as people run them, and what some of them need.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


def run(example, *arguments, cwd):
    """
    What became of ``python example arguments…`` in the folder *cwd*; a warning is an error.
    """
    return subprocess.run(
        [sys.executable, "-W", "error", str(example), *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def needs(*modules):
    """
    Skip the tests of a file where one of *modules* is not installed; where ``KOWHY_EXAMPLES`` is set, they then fail.
    """
    if not os.environ.get("KOWHY_EXAMPLES"):
        for module in modules:
            pytest.importorskip(module, reason=f"no {module}: python -m pip install '.[examples]'")
