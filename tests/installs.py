"""
Packages that are really installed: folders on the path with code and metadata, as pip leaves them behind.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import attrs


@attrs.frozen
class Site:
    """
    A folder for packages; it takes part once it is on the path.
    """

    folder: Path

    def install(self, package, version="1.0", *, plugins=(), files=(), metadata=None):
        """
        Install a package.

        Args:
            package: Its name.

            version: Of the package.

            plugins: Rows of group, name and value.

            files: Texts by path.

            metadata: Instead of a sound list of entry points.
        """
        groups = {}
        for group, name, value in plugins:
            groups.setdefault(group, []).append(f"{name} = {value}")
        listed = "\n".join(f"[{group}]\n" + "\n".join(rows) for group, rows in groups.items())
        info = f"{package.replace('-', '_')}-{version}.dist-info"
        content = dict(files) | {
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n",
            f"{info}/entry_points.txt": listed if metadata is None else metadata,
            f"{info}/INSTALLER": "pip\n",
        }
        content[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in (*content, f"{info}/RECORD"))
        for path, text in content.items():
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        importlib.invalidate_caches()
        return self


def forget(folder):
    """
    Forget the modules that were imported from below *folder*.
    """
    for name, module in list(sys.modules.items()):
        places = [getattr(module, "__file__", None) or "", *list(getattr(module, "__path__", ()))]
        if any(str(place).startswith(str(folder)) for place in places):
            del sys.modules[name]


#: The head of every plugin module below.
HEAD = "from kowhy import Fault, KowhyError, Recommendation\n"


def module(body):
    """
    A module with a function ``recommend``; *body* is what it does.
    """
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return f"{HEAD}\n\ndef recommend(scorecard, *, options):\n{lines}\n"


PACK = """
[pack]
id = "{id}"
title = "A pack"

[[rule]]
id = "{id}.fair"
for = ["learn"]
because = "They teach it."
[rule.venue]
name = "the {id} fair"
"""
