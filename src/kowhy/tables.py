"""
Small tables of data that ship with the package, and a memory for what follows from one short text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache, lru_cache, wraps
from importlib.resources import files
from typing import Any, ParamSpec, TypeVar

from kowhy._frozen import FrozenMap


@cache
def table(name: str) -> FrozenMap[str, Any]:
    """
    The table ``catalogue/<name>.toml``, read once.

    Args:
        name: Of the file, without its ending.
    """
    return FrozenMap(tomllib.loads(files("kowhy").joinpath("catalogue", f"{name}.toml").read_text(encoding="utf-8")))


P = ParamSpec("P")
R = TypeVar("R")

#: How many answers are remembered, and up to which length: most are a few words and come again on the next keystroke.
REMEMBERED, LENGTH = 4096, 200


def remembers(rule: Callable[P, R]) -> Callable[P, R]:
    """
    Let *rule* remember its latest results; its first argument is a text, and its result follows from its arguments.

    Long texts are not kept, so that the memory stays small whoever writes.
    """
    known = lru_cache(maxsize=REMEMBERED)(rule)

    @wraps(rule)
    def recalled(*args: P.args, **kwargs: P.kwargs) -> R:
        text = args[0]
        assert isinstance(text, str)
        if len(text) > LENGTH:
            return rule(*args, **kwargs)
        return known(*args, **kwargs)  # type: ignore[arg-type]  # the arguments are texts, so they can be hashed

    return recalled
