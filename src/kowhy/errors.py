"""
What can go wrong, as data: one root error that carries faults.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs


@attrs.frozen(kw_only=True)
class Fault:
    """
    One thing that is wrong, where it is, and what would work.

    Attributes:
        code: Stable name of the kind of fault, such as ``"key.unknown"``.

        pointer: JSON pointer (RFC 6901) to the place; ``""`` is the whole document.

        given: What was found there, shortened; never a private text in full.

        wanted: What would work instead.

        source: The file, pack or package it came from; empty when it came from the call itself.
    """

    code: str
    pointer: str = ""
    given: str = ""
    wanted: str = ""
    source: str = ""

    def __str__(self) -> str:
        where = f"{self.source}{'#' if self.source and self.pointer else ''}{self.pointer}" or "(document)"
        parts = [f"{where}: {self.code}"]
        if self.given:
            parts.append(f"got {self.given}")
        if self.wanted:
            parts.append(f"wanted {self.wanted}")
        return "; ".join(parts)


class KowhyError(Exception):
    """
    The root of all errors that kowhy raises on purpose.

    Args:
        faults: Everything that is wrong, in the order of the document.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class InvalidProfileError(KowhyError, ValueError):
    """
    A profile that cannot be read; nothing of it was used.
    """


class InvalidChecklistError(KowhyError, ValueError):
    """
    A checklist that is not a valid kowhy checklist.
    """


class InvalidPackError(KowhyError, ValueError):
    """
    A rule pack that is not valid.
    """


class InvalidOptionsError(KowhyError, ValueError):
    """
    Options for plugins that cannot be read.
    """


class InvalidRingError(KowhyError, ValueError):
    """
    A log of rounds that cannot be read or reviewed; nothing of it was used.
    """


class InvalidFrameError(KowhyError, ValueError):
    """
    A data frame in which no profiles are found, or that has no room for the scores; nothing was scored.
    """


class UnknownNameError(KowhyError, LookupError):
    """
    A WHY, an item, a rule or a plugin was asked for that nobody knows.
    """


class PluginError(KowhyError, RuntimeError):
    """
    A plugin that was asked for, or that must not fail, fails.
    """


class MissingExtraError(KowhyError, ImportError):
    """
    A feature needs an optional dependency that is not installed.
    """


#: Longest text that a fault repeats of what was given, in characters.
SHOWN = 60


def shown(value: object) -> str:
    """
    A short, printable form of *value* for a fault.

    Control characters are escaped by ``repr``; long values are cut in the middle.
    """
    text = repr(value[: 2 * SHOWN]) if isinstance(value, str) else repr(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 20]}…{text[-16:]}"
