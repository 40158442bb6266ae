"""
What follows from what the items of a checklist earn together.
"""

from __future__ import annotations

from itertools import permutations

from kowhy.bands import bands
from kowhy.compiled import compiled
from kowhy.readers import Reader
from kowhy.rows import CUTS
from tests.scored import checklist, item

KEYS = ("topic", "level", "format", "scope")
READER = Reader.of(compiled(checklist("learn", *[item(key) for key in KEYS], enough=2)))
FRAME = READER.checklist.frame


def row_of(values):
    """
    A new row for items that are not core and earn *values*.
    """
    reader = Reader.of(READER.checklist)
    return reader.row(FRAME.sums(0, values), FRAME)


class TestCut:
    def test_the_same_values_are_cut_once(self):
        """
        What was found is there when they come again.
        """
        row = row_of([200, 120, 120])

        assert row.cut([200, 120, 120]) is row.cut([200, 120, 120])

    def test_the_order_of_the_values_matters(self):
        """
        Of equals the first ones count, whoever asked before.
        """
        row = row_of([200, 120, 120])

        assert row.cut([200, 120, 120]) == [(2, 0, False)]
        assert row.cut([120, 200, 120]) == [(2, 0, False)]
        assert row.cut([120, 120, 200]) == [(1, 0, False)]

    def test_a_full_memory_is_emptied(self):
        """
        What is cut is what would be cut without a memory, and the memory stays small.
        """
        row = row_of([200, 200, 120, 120, 30])

        for values in [*permutations([200, 200, 120, 120, 30])] * 2:
            assert row.cut(values) == FRAME.cut(values, row.sums)
            assert len(row.cuts) <= CUTS


class TestBands:
    def test_both_are_there(self):
        """
        The best band needs clear answers.
        """
        assert row_of([200, 200]).bands == (bands()[-2].id, bands()[-1].id)
