"""
How many steps a pattern takes through a text: what runs inside of ``re`` and shows in no count of Python.

A pattern is compiled, from the same parse tree as Python's own, for a small machine that goes back as ``re`` does, one
step at a time. ``re`` takes short cuts here and there, so that it takes fewer steps, but never more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from re import _constants as c  # the tree has no other names
from re import _parser
from typing import Any

Test = Callable[[str], bool]

#: More steps than any text of ours takes; a pattern that tries all ways to divide a text would never come to an end.
MOST = 300_000

_CATEGORIES: dict[Any, Test] = {
    c.CATEGORY_DIGIT: str.isdecimal,
    c.CATEGORY_NOT_DIGIT: lambda char: not char.isdecimal(),
    c.CATEGORY_SPACE: str.isspace,
    c.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    c.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    c.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}


def _test(op: Any, value: Any, *, folded: bool) -> Test:
    """
    Whether one character fits.
    """
    if op is c.ANY:
        return lambda char: char != "\n"
    if op is c.CATEGORY:
        return _CATEGORIES[value]
    if op is c.RANGE:
        return lambda char: value[0] <= ord(char) <= value[1]
    if op in (c.LITERAL, c.NOT_LITERAL):
        wanted = chr(value).lower() if folded else chr(value)
        return lambda char: ((char.lower() if folded else char) == wanted) is (op is c.LITERAL)
    assert op is c.IN, op
    negated = value[0][0] is c.NEGATE
    tests = [_test(*one, folded=folded) for one in value if one[0] is not c.NEGATE]
    return lambda char: any(test(char) for test in tests) is not negated


class Machine:
    """
    A pattern as a list of instructions, and how many of them were carried out.
    """

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self.flags = pattern.flags
        self.code: list[tuple[Any, ...]] = []
        self.steps = 0
        self._add(_parser.parse(pattern.pattern, pattern.flags))
        self.code.append(("end",))

    def _add(self, tree: Any) -> None:
        for op, value in tree:
            if op is c.SUBPATTERN:
                self._add(value[3])
            elif op is c.BRANCH:
                self._branch(value[1])
            elif op in (c.MAX_REPEAT, c.MIN_REPEAT):
                self._repeat(*value, greedy=op is c.MAX_REPEAT)
            elif op is c.POSSESSIVE_REPEAT:
                self._inner("atomic", lambda value=value: self._repeat(*value, greedy=True))
            elif op is c.ATOMIC_GROUP:
                self._inner("atomic", lambda value=value: self._add(value))
            elif op in (c.ASSERT, c.ASSERT_NOT):
                back = value[1].getwidth()[1] if value[0] < 0 else 0
                kind = "ahead" if op is c.ASSERT else "not ahead"
                self._inner(kind, lambda value=value: self._add(value[1]), back)
            elif op is c.AT:
                self.code.append(("at", value))
            else:
                is_any = op is c.ANY and self.flags & re.DOTALL
                test = (lambda _: True) if is_any else _test(op, value, folded=bool(self.flags & re.IGNORECASE))
                self.code.append(("char", test))

    def _branch(self, trees: list[Any]) -> None:
        ends = []
        for tree in trees[:-1]:
            fork = self._hole()
            self._add(tree)
            ends.append(self._hole())
            self.code[fork] = ("fork", fork + 1, len(self.code))
        self._add(trees[-1])
        for end in ends:
            self.code[end] = ("fork", len(self.code))

    def _repeat(self, least: int, most: Any, tree: Any, *, greedy: bool) -> None:
        for _ in range(least):
            self._add(tree)
        forks = []
        for _ in range(1 if most is c.MAXREPEAT else most - least):
            forks.append(self._hole())
            self._add(tree)
        if most is c.MAXREPEAT:
            self.code.append(("fork", forks[0]))
        for fork in forks:
            ways = (fork + 1, len(self.code))
            self.code[fork] = ("fork", *(ways if greedy else ways[::-1]))

    def _inner(self, kind: str, add: Callable[[], None], back: int = 0) -> None:
        hole = self._hole()
        add()
        self.code.append(("end",))
        self.code[hole] = (kind, hole + 1, len(self.code), back)

    def _hole(self) -> int:
        self.code.append(())
        return len(self.code) - 1

    def match(self, text: str, start: int, first: int = 0) -> int | None:
        """
        Where the match that begins at *start* ends.
        """
        todo = [(first, start)]
        while todo:
            at, place = todo.pop()
            while True:
                self.steps += 1
                if self.steps > MOST:
                    raise OverflowError
                kind, *rest = self.code[at]
                if kind == "end":
                    return place
                if kind == "char":
                    if place >= len(text) or not rest[0](text[place]):
                        break
                    at, place = at + 1, place + 1
                elif kind == "fork":
                    todo += [(way, place) for way in rest[:0:-1]]
                    at = rest[0]
                elif kind == "at":
                    if not self._is_at(rest[0], text, place):
                        break
                    at += 1
                else:
                    inner, after, back = rest
                    end = self.match(text, place - back, inner) if place >= back else None
                    if (end is None) is (kind != "not ahead"):
                        break
                    at, place = after, end if kind == "atomic" and end is not None else place
        return None

    @staticmethod
    def _is_at(kind: Any, text: str, place: int) -> bool:
        word = [0 <= one < len(text) and (text[one].isalnum() or text[one] == "_") for one in (place - 1, place)]
        return {
            c.AT_BOUNDARY: word[0] != word[1],
            c.AT_NON_BOUNDARY: word[0] == word[1],
            c.AT_BEGINNING: place == 0,
            c.AT_END: place == len(text) or (place == len(text) - 1 and text[place] == "\n"),
        }[kind]

    def scan(self, text: str) -> list[tuple[int, int]]:
        """
        All matches, as ``finditer`` finds them; a pattern that may match nothing is none of ours.
        """
        found, place = [], 0
        while place <= len(text):
            end = self.match(text, place)
            assert end != place
            if end is not None:
                found.append((place, end))
            place = place + 1 if end is None else end
        return found


def letters(tree: Any) -> Iterator[str]:
    """
    Characters that the tree speaks of, one of each kind.
    """
    for op, value in tree:
        if op in (c.LITERAL, c.NOT_LITERAL):
            yield chr(value)
        elif op is c.RANGE:
            yield chr(value[0])
        elif op is c.CATEGORY:
            yield from {c.CATEGORY_DIGIT: "1", c.CATEGORY_SPACE: " ", c.CATEGORY_WORD: "a_"}.get(value, ".")
        elif op is c.IN:
            yield from letters(value)
        elif op is c.BRANCH:
            for one in value[1]:
                yield from letters(one)
        elif op is c.SUBPATTERN:
            yield from letters(value[3])
        elif op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            yield from letters(value[2])
        elif op in (c.ASSERT, c.ASSERT_NOT):
            yield from letters(value[1])
        elif op is c.ATOMIC_GROUP:
            yield from letters(value)


def _sample(pattern: re.Pattern[str]) -> str:
    """
    A shortest text that the beginning of the pattern fits: what an attacker puts before the rest.
    """
    found = ""
    for op, value in _parser.parse(pattern.pattern, pattern.flags):
        if op is not c.LITERAL:
            break
        found += chr(value)
    return found


def hard_texts(pattern: re.Pattern[str]) -> list[tuple[str, str, str]]:
    """
    Beginnings, parts to be repeated, and ends, out of the characters that the pattern speaks of and some that fit none.
    """
    known = list(dict.fromkeys([*letters(_parser.parse(pattern.pattern, pattern.flags)), "a", "1", " ", "é"]))[:14]
    parts = [*known, *("".join(pair) for pair in product(known, repeat=2) if pair[0] != pair[1])]
    begin = _sample(pattern)
    return [(first, part, last) for part in parts for first in dict.fromkeys(("", begin)) for last in ("", "\0")]


def growth(pattern: re.Pattern[str], *, scanned: bool) -> tuple[float, str]:
    """
    How many times as many steps the worst text takes when it gets longer by twice as much, and its part.

    Two is as it should be; a pattern that goes over the text again and again has four.
    """
    worst = (0.0, "")
    for first, part, last in hard_texts(pattern):
        found = []
        for length in (40, 80, 160):
            text = first + part * (length // len(part)) + last
            machine = Machine(pattern)
            try:
                machine.scan(text) if scanned else machine.match(text, 0)
            except OverflowError:
                return float("inf"), part
            found.append(machine.steps)
        before, after = found[1] - found[0], found[2] - found[1]
        # A few steps more may be due to the end of the text.
        worst = max(worst, ((after - 20) / max(before, 40), part))
    return worst
