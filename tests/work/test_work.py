"""
Nothing is slow by accident: twice as many answers, items, WHYs, rules or letters are twice the work, not four times.

Work is counted, not timed; :mod:`tests.work.counting` says how, and :mod:`tests.work.measures` what is done.
"""

from __future__ import annotations

import ast
import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.work import counting
from tests.work.measures import MEASURES
from tests.work.steps import Machine, growth, hard_texts

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "kowhy"

#: How many times as much work the second doubling may add as the first: twice is linear, four times is quadratic, and
#: counts are exact enough to see a little of the second on top of much of the first.
MOST = 2.15

#: For WHYs: each pair of them may share words. There are six, hence fifteen pairs at most.
MOST_OF_PAIRS = 2.5

#: Less is not looked at: a line here or there.
LITTLE = 300


def added(counts):
    """
    How many times as much the second doubling adds as the first; what is always the same drops out.
    """
    first, second, third = counts
    return (third - second - LITTLE) / max(second - first, LITTLE)


@pytest.fixture(scope="module")
def counts():
    """
    The counts of all measures, from a process that reads kowhy with counters in it.
    """
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.work.measures"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "PYTHONHASHSEED": "0"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class TestMeasures:
    @pytest.mark.parametrize("name", MEASURES)
    def test_twice_as_much_is_twice_the_work(self, counts, name):
        """
        With one thing doubled, and doubled again, the work that comes with it doubles as well.
        """
        steps = counts[name]
        most = MOST_OF_PAIRS if name.startswith("whys_") else MOST

        assert any(third > first for first, _, third in steps.values())
        assert {step: found for step, found in steps.items() if added(found) > most} == {}


#: What goes through something again and again, in each way that is one line of Python or one call into C.
ACCIDENTS = {
    "loops": "for x in xs:\n    for y in xs: pass",
    "comprehensions": "[y for x in xs for y in xs]",
    "in_a_list": "[x for x in xs if x in xs[-9:] or -1 in xs]",
    "index": "[xs.index(x) for x in xs]",
    "slice": "while xs: xs = xs[1:]",
    "front": "while xs: xs.pop(0)",
    "sum_of_tuples": "found = ()\nfor x in xs: found += (x,)",
    "sum_of_texts": "found = ''\nfor x in xs: found = found + 'x'",
    "union": "found = frozenset()\nfor x in xs: found |= {x}",
    "star": "found = []\nfor x in xs: found = [*found, x]",
    "dict_of_dicts": "found = {}\nfor x in xs: found = {**found, x: x}",
    "f_string": "found = ''\nfor x in xs: found = f'{found}x'",
    "copy": "for x in xs: set(xs)",
    "sorted": "for x in xs: sorted(xs)",
    "longest": "for x in xs: max(xs)",
    "joined": "for x in xs: ''.join(texts)",
    "count": "[text.count('x') for x in xs]",
    "find": "[text.find('y') for x in xs]",
    "count_from": "[text.count('x', x) for x in xs]",
    "folded": "[text.casefold() for x in xs]",
    "same": "[text == other for x in xs]",
    "searched": "[pattern.search(other) for x in xs]",
    "called": "def inner(some):\n    for one in some: pass\nfor x in xs: inner(xs)",
}

#: What goes through it once.
FINE = {
    "loop": "for x in xs: pass",
    "in_a_set": "known = set(xs)\n[x for x in xs if x in known]",
    "grown": "found = []\nfor x in xs: found += [x]",
    "merged": "found = set()\nfor x in xs: found |= {x}",
    "sorted": "sorted(xs)",
    "joined": "''.join(texts)",
    "end": "while xs: xs.pop()",
    "length": "[len(xs) for x in xs]",
    "looked_up": "known = dict.fromkeys(xs)\n[known.get(x) for x in xs]",
    "found_at_once": "[text.find('x', x) for x in xs]",
    "matched": "[pattern.match(text, x) for x in xs]",
}


def counted(code, number):
    """
    The work of *code*, in a function, with so many things.
    """
    body = "".join(f"    {line}\n" for line in code.splitlines())
    tree = ast.parse(f"def work(xs, texts, text, other, pattern):\n{body}")
    names = dict(counting.HELPERS)
    exec(compile(ast.fix_missing_locations(counting.Wrapping().visit(tree)), "<work>", "exec"), names)  # noqa: S102  # the code above
    things = (list(range(number)), ["x"] * number, "x" * number, "y" * number, re.compile("x"))
    with counting.counted() as done:
        names["work"](*things)
    return done()


class TestCounting:
    @pytest.mark.parametrize("name", ACCIDENTS)
    def test_an_accident_shows(self, name):
        """
        Whatever goes through all of it for each of it is counted as often, also where C does the going.
        """
        assert added([counted(ACCIDENTS[name], number) for number in (200, 400, 800)]) > MOST

    @pytest.mark.parametrize("name", FINE)
    def test_what_is_fine_does_not(self, name):
        """
        Going through it once is not taken for more.
        """
        assert added([counted(FINE[name], number) for number in (200, 400, 800)]) <= MOST


def used_patterns():
    """
    Each pattern of kowhy: where it is made, the pattern, and whether a text is scanned with it.
    """
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")
        used = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                used.setdefault(node.value.id, set()).add(node.attr)
        named = {
            id(node.value): node.targets[0].id
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and re.fullmatch(r"re\.\w+", ast.unparse(node.func))):
                continue
            call = node.func.attr
            if call == "escape":
                continue
            if call == "compile":
                name = named[id(node)]
                pattern, ways = getattr(importlib.import_module(module), name), used[name]
            else:
                name, pattern, ways = call, re.compile(ast.literal_eval(node.args[0])), {call}
            yield pytest.param(pattern, bool(ways - {"match", "fullmatch"}), id=f"{module}.{name}")


PATTERNS = tuple(used_patterns())


class TestPatterns:
    @pytest.mark.parametrize(("pattern", "scanned"), PATTERNS)
    def test_no_pattern_goes_over_a_text_again_and_again(self, pattern, scanned):
        """
        Texts made of what a pattern speaks of, the harder the better, take steps by their length.
        """
        worst, part = growth(pattern, scanned=scanned)

        assert worst <= MOST, f"with {part!r} again and again"

    @pytest.mark.parametrize(("pattern", "scanned"), PATTERNS)
    def test_the_machine_finds_what_python_finds(self, pattern, scanned):
        """
        The steps are those of the pattern as Python reads it: both find the same.
        """
        texts = ["".join((first, part * 5, last)) for first, part, last in hard_texts(pattern)]

        assert [Machine(pattern).scan(text) for text in texts] == [
            [match.span() for match in pattern.finditer(text)] for text in texts
        ]

    @pytest.mark.parametrize(
        ("pattern", "scanned"), [(r"\s+$", True), (r"\w+@", True), (r"\d+(?:,\d+)*x", True), (r"(a+)+$", False)]
    )
    def test_a_slow_pattern_shows(self, pattern, scanned):
        """
        A pattern that begins anew at each letter, or divides a text in every way, is told from the others.
        """
        assert growth(re.compile(pattern), scanned=scanned)[0] > MOST

    def test_none_is_made_on_the_way(self):
        """
        Every pattern stands in the source, where the tests above find it.
        """
        found = [param.id for param in PATTERNS]

        assert len(found) == len(set(found)) > 15
