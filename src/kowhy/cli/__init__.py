"""
The command ``kowhy``.
"""

from __future__ import annotations

import sys

__all__ = ["main"]

_NEEDS = "the command kowhy needs the extra 'cli'; install it with: python -m pip install 'kowhy[cli]'"


def main() -> None:
    """
    Run the command; the entry point of the package.

    Without the extra ``cli`` it says what to install and exits with code 2.
    """
    try:
        import click  # noqa: F401, PLC0415  # asked for here, so that its absence can be explained
        import rich  # noqa: F401, PLC0415  # the same
    except ImportError:
        sys.stderr.write(f"{_NEEDS}\n")
        raise SystemExit(2) from None
    from kowhy.cli.app import command  # noqa: PLC0415  # needs click

    command()
