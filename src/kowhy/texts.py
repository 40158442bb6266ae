"""
The English texts behind stable codes, one file a subject, so that an app can translate them.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from kowhy._frozen import FrozenMap


@cache
def texts(subject: str) -> FrozenMap[str, str]:
    """
    The texts of one subject by code, read from ``catalogue/texts/<subject>.toml``.

    A text may hold named fields for :meth:`str.format_map`; its code never changes, its wording may.
    """
    source = files("kowhy").joinpath("catalogue", "texts", f"{subject}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)
    return FrozenMap((code, str(text)) for code, text in table["texts"].items())
