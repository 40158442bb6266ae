"""
Frozen objects of which some parts are found when somebody reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any


class Lazy:
    """
    Something of which some parts are left to be found when somebody reads them.

    What is kept for that says how each is found, and holds what finding it needs to know beside the object itself.
    """

    __slots__ = ("_later",)
    _later: tuple[Mapping[str, Callable[[Any, Any], object]], object]

    if not TYPE_CHECKING:  # pragma: no branch

        def __getattr__(self, name: str) -> object:
            # Python asks here for what is in no slot yet.
            if name != "_later":
                finders, known = self._later
                if name in finders:
                    found = finders[name](self, known)
                    object.__setattr__(self, name, found)
                    return found
            msg = f"{type(self).__name__!r} object has no attribute {name!r}"
            raise AttributeError(msg, name=name, obj=self)
