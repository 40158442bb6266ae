"""
Errors carry their faults as data, and travel.
"""

from __future__ import annotations

import copy
import pickle

import pytest

from kowhy import errors
from kowhy.errors import Fault, KowhyError, shown

EVERY = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, KowhyError)]
FAULTS = (Fault(code="a.b", pointer="/x/0", given="5", wanted="a text"), Fault(code="c.d", source="mine.toml"))


@pytest.mark.parametrize("kind", EVERY)
class TestEvery:
    def test_travels(self, kind):
        """
        An error that was pickled or copied has the same faults.
        """
        error = kind(FAULTS)

        for other in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
            assert type(other) is kind
            assert other.faults == FAULTS

    def test_one_line_per_fault(self, kind):
        """
        Its text has a line for each fault: where, what, what was given, what would work.
        """
        assert str(kind(iter(FAULTS))).splitlines() == ["/x/0: a.b; got 5; wanted a text", "mine.toml: c.d"]

    def test_has_a_fitting_builtin(self, kind):
        """
        Each but the root is caught as a builtin error too.
        """
        bases = (ValueError, LookupError, ImportError, RuntimeError, TypeError)

        assert kind is KowhyError or issubclass(kind, bases)


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (Fault(code="x"), "(document): x"),
        (Fault(code="x", source="a.toml", pointer="/b"), "a.toml#/b: x"),
        (Fault(code="x", wanted="more"), "(document): x; wanted more"),
    ],
)
def test_fault_in_words(fault, text):
    """
    A fault says where it is, with the file if there is one.
    """
    assert str(fault) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("a\x1b[31m", "'a\\x1b[31m'"), (5, "5"), (None, "None"), ("ok", "'ok'")],
)
def test_shown(value, text):
    """
    What was given is printable, whatever it was.
    """
    assert shown(value) == text


def test_shown_is_short():
    """
    Long values are cut in the middle.
    """
    text = shown("x" * 10_000_000)

    assert len(text) < 70
    assert "…" in text
