"""
What README, docs and examples show is what happens.

A page is one session, in a folder of its own that holds the examples: its ``pycon`` blocks share their names, and a
``code-block`` with a caption is the file of that name. ``console`` blocks show commands and what they print, and so
does a ``text`` block behind an ``sh`` block. A line ``...`` stands for anything, as in :mod:`doctest`.

When an output changes on purpose, write the pages anew with ``python -m tests.test_docs`` and read what differs.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest

from kowhy import load_checklists

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
#: Packages that npm has installed bring pages of their own.
PAGES = (
    README,
    ROOT / "CONTRIBUTING.md",
    *sorted(page for page in (ROOT / "docs").glob("**/*.md") if "node_modules" not in page.parts),
)
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
SHOWCASE = ROOT / "docs" / "how-to" / "examples.md"

#: What an example needs beside kowhy, by its name: the extra that brings it, and what it imports.
NEEDS = {"dask_scoring": ("scale", "distributed"), "web_form": ("examples", "fastapi", "httpx2")}

#: As much code as is read at one go: lines that are neither empty nor part of a docstring.
SCREEN = 60


class Block(NamedTuple):
    """
    A fenced block of a page.
    """

    page: Path
    line: int
    kind: str
    caption: str
    text: str


def name(path):
    """
    *path* as people write it, for the names of the tests.
    """
    return path.relative_to(ROOT).as_posix()


def blocks(page):
    """
    The fenced blocks of *page*, in its order.
    """
    found, inside = [], None
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if inside is None:
            if fence := re.fullmatch(r"```(?:\{code-block\} )?(\S+)", line):
                inside = (number, fence[1], [])
        elif line == "```":
            start, kind, lines = inside
            caption = lines.pop(0).removeprefix(":caption: ") if lines and lines[0].startswith(":caption: ") else ""
            found.append(Block(page, start, kind, caption, "".join(f"{one}\n" for one in lines).lstrip("\n")))
            inside = None
        else:
            inside[2].append(line)
    assert inside is None, f"{page}: the block of line {inside} has no end"
    return found


def prints(command, folder):
    """
    What *command* prints in *folder*, faults included: ``kowhy …`` or ``python FILE``.
    """
    program, *arguments = shlex.split(command)
    if program == "kowhy":
        arguments = ["-c", "import sys; sys.argv[0] = 'kowhy'; from kowhy.cli import main; main()", *arguments]
    else:
        assert program == "python"
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


def kept(shown, printed):
    """
    *shown* while it is what was *printed*, but for lines ``...``; else what was printed.
    """
    same = doctest.OutputChecker().check_output(shown, printed, doctest.ELLIPSIS)
    return shown if same else f"{printed.rstrip()}\n"


def session(text, names):
    """
    A ``pycon`` block with what its lines print now.
    """
    for part in doctest.DocTestParser().parse(text):
        if isinstance(part, str):
            yield part
            continue
        first, *rest = part.source.splitlines()
        yield "".join([f">>> {first}\n", *(f"... {line}".rstrip() + "\n" for line in rest)])
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(part.source, "<page>", "single"), names)  # noqa: S102  # our own pages
        yield kept(part.want, printed.getvalue()) if part.want or printed.getvalue() else ""


def commands(text, folder):
    """
    A ``console`` block with what its commands print now.
    """
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, shown = part.split("\n", 1)
        yield f"$ {command}\n{kept(shown, prints(command, folder))}"


def renewed(page, folder):
    """
    *page* as it would be if all that it shows were what happens now in *folder*.
    """
    lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
    out, done, names, before = [], 0, {}, None
    with contextlib.chdir(folder):
        for block in blocks(page):
            new = None
            if block.caption:
                (folder / block.caption).write_text(block.text, encoding="utf-8")
            elif block.kind == "pycon":
                new = session(block.text, names)
            elif block.kind == "console":
                new = commands(block.text, folder)
            elif block.kind == "text" and before is not None and before.kind == "sh":
                new = [kept(block.text, prints(before.text.rsplit(" && .venv/bin/", 1)[1], folder))]
            if new is not None:
                out += [*lines[done : block.line], *new]
                done = block.line + block.text.count("\n")
            before = block
    return "".join([*out, *lines[done:]])


def with_examples(folder):
    """
    *folder*, with the examples in it as after a clone.
    """
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


class TestPages:
    @pytest.mark.parametrize("page", PAGES, ids=name)
    def test_it_shows_what_happens(self, page, tmp_path):
        """
        Whoever types what a page says, in its order, sees what it shows.
        """
        assert page.read_text(encoding="utf-8") == renewed(page, with_examples(tmp_path))

    @pytest.mark.parametrize("page", PAGES, ids=name)
    def test_links_to_files_lead_somewhere(self, page):
        """
        No relative link of a page is dead.
        """
        targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))

        assert [target for target in targets if not (page.parent / target).exists()] == []


class TestPlayground:
    def test_it_leads_to_the_form_of_each_why(self):
        """
        The page has a link to each form, by the name of its WHY and in the order of the article.
        """
        page = (ROOT / "docs" / "playground.md").read_text(encoding="utf-8")
        links = re.findall(r'<a href="form/index.html#(\w+)">(.*?)</a>', page)

        assert links == [(why, checklist.title) for why, checklist in load_checklists().items()]


class TestReadme:
    def test_two_lines_do_all_the_set_up(self):
        """
        Its first two shell blocks are one line each, so that both can be pasted as they are.
        """
        first, second = [block.text for block in blocks(README) if block.kind == "sh"][:2]

        assert [text.count("\n") for text in (first, second)] == [1, 1]
        assert " && .venv/bin/kowhy plan " in first
        assert second.endswith(" && .venv/bin/pytest -q\n")

    def test_it_shows_what_its_first_line_prints(self):
        """
        The result of the first shell block stands below it, where the test above compares it.
        """
        kinds = [block.kind for block in blocks(README)]

        assert kinds[:3] == ["sh", "text", "sh"]

    def test_its_picture_is_what_kowhy_says_today(self):
        """
        The picture is drawn from an example profile and its plan, and nothing in it is out of date.
        """
        drawing = runpy.run_path(str(ROOT / "docs" / "readme_picture.py"))

        assert drawing["PICTURE"].read_text(encoding="utf-8") == drawing["picture"]()
        assert "](docs/readme-picture.svg)" in README.read_text(encoding="utf-8")


class TestExamples:
    @pytest.mark.parametrize("example", EXAMPLES, ids=name)
    def test_it_runs_from_anywhere(self, example, tmp_path):
        """
        An example prints something, without a warning, whatever the folder it is started in.
        """
        extra, *modules = NEEDS.get(example.stem, ("",))
        for module in modules:
            pytest.importorskip(module, reason=f"no {module}: python -m pip install '.[{extra}]'")
        done = subprocess.run(
            [sys.executable, "-W", "error", str(example)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()

    @pytest.mark.parametrize("example", EXAMPLES, ids=name)
    def test_it_opens_with_what_it_shows_and_fits_a_screen(self, example):
        """
        Its first words say what it shows, and there is no scrolling.
        """
        text = example.read_text(encoding="utf-8")

        lines = text.splitlines()
        assert lines[0] == '"""'
        assert lines[1].endswith((".", "?"))
        assert lines[2] in ("", '"""')
        code = re.sub(r'^ *"""\n.*?^ *"""\n', "", text, flags=re.MULTILINE | re.DOTALL)
        assert len(list(filter(str.strip, code.splitlines()))) <= SCREEN

    @pytest.mark.parametrize("example", [*EXAMPLES, ROOT / "examples" / "notebook.ipynb"], ids=name)
    def test_the_docs_say_what_it_teaches(self, example):
        """
        Each has a line of its own on the page that lists them.
        """
        link = f"- [{example.name}](../../examples/{example.name}): "

        assert SHOWCASE.read_text(encoding="utf-8").count(link) == 1


if __name__ == "__main__":
    for one in PAGES:
        with tempfile.TemporaryDirectory() as place:
            one.write_text(renewed(one, with_examples(Path(place))), encoding="utf-8")
