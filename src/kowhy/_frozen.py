"""
A read-only mapping that is hashable, comparable and picklable.

:class:`types.MappingProxyType` can be neither pickled nor hashed, and results of kowhy travel between processes.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from typing import Any, TypeVar, overload

import attrs

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")


class FrozenMap(Mapping[K, V]):
    """
    A mapping that keeps the order of its pairs and never changes.

    Equality is that of :class:`dict`: the order of the pairs does not matter.
    """

    __slots__ = ("_data", "_hash")
    _data: dict[K, V]
    _hash: int | None

    def __init__(self, pairs: Mapping[K, V] | Iterable[tuple[K, V]] = ()) -> None:
        object.__setattr__(self, "_data", dict(pairs))
        object.__setattr__(self, "_hash", None)

    @classmethod
    def holding(cls, data: dict[K, V]) -> FrozenMap[K, V]:
        """
        A map around *data* itself, which nobody may change afterwards.
        """
        made = _new(_Thawed)
        made._data, made._hash = data, None  # noqa: SLF001  # its own
        made.__class__ = cls
        found: FrozenMap[K, V] = made
        return found

    def __setattr__(self, name: str, value: object) -> None:
        msg = f"{type(self).__name__} is read-only"
        raise AttributeError(msg)

    def __delattr__(self, name: str) -> None:
        msg = f"{type(self).__name__} is read-only"
        raise AttributeError(msg)

    def __getitem__(self, key: K) -> V:
        return self._data[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    # What follows comes with a mapping as well, but several times slower.

    def __contains__(self, key: object) -> bool:
        return key in self._data

    @overload
    def get(self, key: K, /) -> V | None: ...
    @overload
    def get(self, key: K, /, default: V | T) -> V | T: ...
    def get(self, key: K, /, default: Any = None) -> Any:
        """
        The value of *key*, or *default*.
        """
        return self._data.get(key, default)

    def keys(self) -> KeysView[K]:
        """
        The keys, in their order.
        """
        return self._data.keys()

    def values(self) -> ValuesView[V]:
        """
        The values, in their order.
        """
        return self._data.values()

    def items(self) -> ItemsView[K, V]:
        """
        The pairs, in their order.
        """
        return self._data.items()

    def copy(self) -> dict[K, V]:
        """
        The same pairs in a mapping that may change.
        """
        return self._data.copy()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, FrozenMap):
            return self._data == other._data
        if isinstance(other, Mapping):
            return self._data == dict(other)
        return NotImplemented

    def __hash__(self) -> int:
        if self._hash is None:
            object.__setattr__(self, "_hash", hash(frozenset(self._data.items())))
        assert self._hash is not None
        return self._hash

    def __reduce__(self) -> tuple[type[FrozenMap[K, V]], tuple[dict[K, V]]]:
        return type(self), (self._data,)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._data!r})"


def thawed(cls: type[object]) -> type[Any]:
    """
    A class of the same shape as the frozen *cls*, whose objects take values until they get their real class.

    To make an object out of values that are known to be right, call ``object.__new__`` with it, set them one by one,
    and then set ``__class__`` to *cls*. This takes a third of the time of a frozen class's own constructor.
    """
    # Both, since Python keeps the two in one place: while either is that of the frozen class, all goes the slow way.
    free = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    return type(cls.__name__, (cls,), {"__slots__": (), **free})


def maker(cls: type[T]) -> Callable[..., T]:
    """
    A constructor for the frozen attrs class *cls* that takes all fields by position and checks nothing.

    For values that are known to be right, and much faster; it is written out as attrs writes its own.
    """
    fields = [field.name for field in attrs.fields(cls)]  # type: ignore[arg-type]  # attrs knows its classes at run time
    stores = "; ".join(f"made.{name} = {name}" for name in fields)
    code = f"def make({', '.join(fields)}):\n made = new(thaw); {stores}; made.__class__ = cls; return made"
    names: dict[str, Any] = {"new": _new, "thaw": thawed(cls), "cls": cls}
    exec(code, names)  # noqa: S102  # the names come from the class alone
    make: Callable[..., T] = names["make"]
    return make


_new = object.__new__
_Thawed = thawed(FrozenMap)
