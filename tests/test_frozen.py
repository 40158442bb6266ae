"""
A mapping that never changes, yet can be hashed, compared and pickled.
"""

from __future__ import annotations

import copy
import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kowhy._frozen import FrozenMap, maker

PAIRS = st.dictionaries(st.text(max_size=3), st.integers())


class TestFrozenMap:
    @given(pairs=PAIRS)
    def test_is_the_mapping_it_was_made_from(self, pairs):
        """
        Keys, order, values and length are those of the mapping or of its pairs.
        """
        for made in (FrozenMap(pairs), FrozenMap(pairs.items())):
            assert list(made.items()) == list(pairs.items())
            assert len(made) == len(pairs)
            assert made == pairs

    @given(pairs=PAIRS)
    def test_equal_ones_have_equal_hashes_whatever_their_order(self, pairs):
        """
        The order of the pairs shows when one looks, and nowhere else.
        """
        turned = FrozenMap(reversed(list(pairs.items())))

        assert FrozenMap(pairs) == turned
        assert hash(FrozenMap(pairs)) == hash(turned) == hash(turned)

    @given(pairs=PAIRS)
    def test_travels(self, pairs):
        """
        A pickled or copied one is equal.
        """
        made = FrozenMap(pairs)

        assert pickle.loads(pickle.dumps(made)) == made == copy.deepcopy(made)

    def test_is_read_only(self):
        """
        It can be changed in no way.
        """
        made = FrozenMap({"a": 1})

        with pytest.raises(TypeError):
            made["a"] = 2
        with pytest.raises(AttributeError, match="read-only"):
            made.a = 2
        with pytest.raises(AttributeError, match="read-only"):
            del made._data

    def test_differs_from_what_is_no_mapping(self):
        """
        Comparing it with something else is no error.
        """
        assert FrozenMap() != 5
        assert FrozenMap({"a": 1}) != {"a": 2}
        assert repr(FrozenMap({"a": 1})) == "FrozenMap({'a': 1})"


@attrs.frozen(kw_only=True)
class Point:
    """
    Something with a field that has no default and one that has.
    """

    x: int
    label: str = attrs.field(default="", repr=False)


class TestMaker:
    @given(x=st.integers(), label=st.text())
    def test_makes_what_the_class_would_make(self, x, label):
        """
        Equal to it in every way, of the class itself, and as read-only.
        """
        made, usual = maker(Point)(x, label), Point(x=x, label=label)

        assert type(made) is Point
        assert (made, hash(made), repr(made)) == (usual, hash(usual), repr(usual))
        assert pickle.loads(pickle.dumps(made)) == usual
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            made.x = 1
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            del made.x
