"""
What the laws of all kinds of plugin have in common.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import ModuleType
from typing import NoReturn, TypeVar

from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st

from kowhy.errors import Fault
from kowhy.plans import Recommendation
from kowhy.rating.model import Ask
from kowhy.scorecards import Scorecard
from kowhy.whys import Profile

T = TypeVar("T")

#: The same cases at every run, nothing kept in the folder of the author, and one clear failure at a time.
KIT = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    report_multiple_bugs=False,
    print_blob=False,
    verbosity=Verbosity.quiet,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


def for_all(values: st.SearchStrategy[T], law: Callable[[T], None]) -> None:
    """
    Try *law* on many *values*, and show the smallest one on which it breaks.
    """

    @KIT
    @given(value=values)
    def holds(value: T) -> None:
        __tracebackhide__ = True
        seen = _seen(law, value)
        if seen:
            fail(seen, f"for: {_case(value)}")

    __tracebackhide__ = True
    holds()


def _seen(law: Callable[[T], None], value: T) -> str:
    """
    How *law* breaks on *value*; empty if it holds.
    """
    try:
        law(value)
    except AssertionError as error:
        return str(error)
    return ""


def _case(value: object) -> str:
    """
    A case in one line: what a profile says, or the value itself.
    """
    said: dict[str, dict[str, list[str]]] = {}
    if isinstance(value, Scorecard):
        for why, score in value.whys.items():
            said[why] = {key: list(item.answers) for key, item in score.items.items() if item.answers}
    elif isinstance(value, Profile):
        for one in value.whys:
            keys = (*one.item_keys(), *one.extra)
            said[one.why] = {key: list(one.answers(key)) for key in keys if one.answers(key)}
    elif isinstance(value, tuple):
        return " as an answer to ".join(_case(part) for part in value if part is not None)
    elif isinstance(value, Ask):
        return f"{value.why}.{value.item}"
    text = repr(said or value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


#: The longest case that is shown whole, in characters.
LONGEST = 600


def fail(law: str, *details: object) -> NoReturn:
    """
    Fail with a law: what should hold, and what was seen instead.

    Raises:
        AssertionError: Always.
    """
    __tracebackhide__ = True
    raise AssertionError("\n  ".join((law, *map(str, details))))


def without_faults(law: str, faults: Iterable[Fault]) -> None:
    """
    Fail with *law* and every fault, if there is any.

    Raises:
        AssertionError: There is one.
    """
    told = tuple(faults)
    if told:
        fail(law, *told)


def texts_of(one: Recommendation) -> Iterator[tuple[str, str]]:
    """
    The texts of a recommendation as people read them, by name.
    """
    for name in ("name", "moment", "text", "find", "because", "count", "stop"):
        text = getattr(one, name)
        if text:
            yield name, text


#: What a text shows when a value was missing or a slot stayed open.
GAPS = ("{", "}", "None", "nan", "()", "[]", "  ")


def gaps(text: str, given: Iterable[str] = ()) -> tuple[str, ...]:
    """
    The gaps in *text* that do not come from an answer.

    Args:
        text: As people read it.

        given: All answers.
    """
    answers = tuple(given)
    words = text.replace(",", " ").replace(".", " ").split()
    return tuple(
        gap
        for gap in GAPS
        if (gap in words if gap.isalpha() else gap in text) and not any(gap in answer for answer in answers)
    )


def folder_of(package: ModuleType | None, folder: Traversable | Path | None, name: str) -> Path:
    """
    The folder *name* of *package*, or *folder* itself.

    Raises:
        AssertionError: The test class says neither.
    """
    if folder is None:
        if package is None:
            fail("The test class says what it tests.", f"wanted: package = the package with the folder {name}")
        folder = files(package).joinpath(name)
    with as_file(folder) as path:
        return Path(path)
