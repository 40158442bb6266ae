"""
"Write a plugin in ten minutes", followed from an empty folder.

When an output changes on purpose, write the page anew with ``python -m tests.test_how_to_plugin``.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import site
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from tests.test_docs import ROOT, blocks

PAGE = ROOT / "docs" / "how-to" / "write-a-plugin.md"


def environment(folder):
    """
    A fresh environment in *folder* that sees this checkout and the dependencies of this environment, and asks no index.
    """
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / ".venv"], check=True)
    scripts = Path(sysconfig.get_path("scripts", "venv", {"base": str(folder / ".venv")}))
    command = [scripts / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    own = Path(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())
    places = dict.fromkeys([str(ROOT / "src"), *site.getsitepackages(), sysconfig.get_path("purelib")])
    (own / "dependencies.pth").write_text("".join(f"{place}\n" for place in places), encoding="utf-8")
    return scripts / "python"


def done(line, folder, python):
    """
    What a line of a ``bash`` block prints.
    """
    program, *arguments = shlex.split(line)
    pip = [sys.executable, "-m", "pip", "--python", python, *arguments, "-q", "--no-deps", "--no-index"]
    kowhy = "import sys; sys.argv[0] = 'kowhy'; from kowhy.cli import main; main()"
    command = {
        ".venv/bin/pip": [*pip, "--no-build-isolation"],
        ".venv/bin/kowhy": [python, "-c", kowhy, *arguments],
        ".venv/bin/pytest": [python, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
    }[program]
    variables = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "PYTHON", "KOWHY"))}
    variables |= {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"}
    ran = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env=variables | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    # How long it took is another story each time.
    return re.sub(r" in [0-9.]+s", " in 1.00s", ran.stdout).replace(str(folder), "…").replace(str(ROOT), "…")


def followed(page, folder):
    """
    The page as it would be if all that it shows were what happens now, starting from the empty *folder*.
    """
    lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
    out, read, printed, python = [], 0, None, None
    for block in blocks(page):
        if block.caption:
            (folder / block.caption).write_text(block.text, encoding="utf-8")
        elif block.kind == "bash":
            if python is None:
                # The first block makes the environment, which needs an index elsewhere.
                assert block.text.startswith("python3 -m venv .venv\n.venv/bin/pip install ")
                python = environment(folder)
                continue
            printed = "".join(done(line, folder, python) for line in block.text.splitlines())
        elif block.kind == "text" and printed is not None:
            same = doctest.OutputChecker().check_output(block.text, printed, doctest.ELLIPSIS)
            out += [*lines[read : block.line], block.text if same else f"{printed.rstrip()}\n"]
            read = block.line + block.text.count("\n")
    return "".join([*out, *lines[read:]])


class TestPage:
    def test_it_shows_what_happens(self, tmp_path):
        """
        Whoever starts in an empty folder and does what the page says, in its order, sees what it shows.
        """
        assert PAGE.read_text(encoding="utf-8") == followed(PAGE, tmp_path)

    def test_it_fits_into_ten_minutes(self):
        """
        Nobody types more than a screen or two.
        """
        typed = {block.caption: block.text for block in blocks(PAGE) if block.caption}

        assert sum(text.count("\n") for text in typed.values()) <= 80


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        PAGE.write_text(followed(PAGE, Path(place)), encoding="utf-8")
