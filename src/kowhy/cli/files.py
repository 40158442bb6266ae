"""
Profiles in files: read whole or not at all, written whole or not at all.
"""

from __future__ import annotations

import os
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kowhy.checklists import Checklist
from kowhy.convert import Limits, profile_from_dict, profile_from_json
from kowhy.errors import Fault, InvalidOptionsError, InvalidProfileError, shown
from kowhy.whys import Profile


def read_bytes(name: str) -> bytes:
    """
    The content of the file *name*, or of standard input for ``-``.

    No more is read than tells that it is too much.
    """
    most = Limits().text + 1
    if name == "-":
        return sys.stdin.buffer.read(most)
    with Path(name).open("rb") as file:
        return file.read(most)


def read_profile(name: str, *, checklists: Mapping[str, Checklist]) -> Profile:
    """
    The profile in the JSON or TOML file *name*; ``-`` is standard input.

    Raises:
        InvalidProfileError: With every fault at once, and the file's name.

        OSError: The file cannot be read.
    """
    data = read_bytes(name)
    text = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if name.endswith(".toml") or (name == "-" and text and not text.startswith(b"{")):
        return profile_from_dict(_toml(data), checklists=checklists)
    return profile_from_json(data, checklists=checklists)


def read_options(name: str) -> dict[str, Any]:
    """
    The options for plugins in the TOML file *name*: a table for each plugin, by its name.

    Raises:
        InvalidOptionsError: It is no TOML, or something in it is no table.

        OSError: The file cannot be read.
    """
    try:
        options = tomllib.loads(Path(name).read_bytes().decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        fault = Fault(code="options.syntax", source=name, given=shown(str(error)), wanted="a text in TOML")
        raise InvalidOptionsError([fault]) from None
    wanted = "a table of options, such as [kowhy-ics]"
    faults = [
        Fault(code="options.no-table", source=name, pointer=f"/{key}", given=shown(value), wanted=wanted)
        for key, value in options.items()
        if not isinstance(value, dict)
    ]
    if faults:
        raise InvalidOptionsError(faults)
    return options


def _toml(data: bytes) -> dict[str, Any]:
    if len(data) > Limits().text:
        fault = Fault(code="toml.too-large", given=f"more than {Limits().text} bytes", wanted="a smaller file")
        raise InvalidProfileError([fault])
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        fault = Fault(code="toml.encoding", given=f"byte {error.start}", wanted="a text in UTF-8")
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        fault = Fault(code="toml.syntax", given=shown(str(error)), wanted="a profile in TOML or JSON")
    raise InvalidProfileError([fault]) from None


def write_atomically(path: Path, text: str) -> None:
    """
    Put *text* into *path*, so that whoever reads it finds either the old or the new content.

    Raises:
        OSError: The folder cannot be written to; the old content stays.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files that only their owner may read; a profile keeps the mode it had.
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o600)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
