"""
The command line itself: which commands there are, and how it ends when something is wrong.

What a command needs is imported when it is called, so that help comes at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import click

import kowhy

#: Bad input ends with this code, after one line per fault on standard error.
BAD_INPUT = 2

#: For each command its module and its first line of help, which a test holds to what the command itself says.
COMMANDS = {
    "ask": (
        "commands",
        "Ask the question that would raise the score most, again and again, and save the profile in FILE.",
    ),
    "batch": (
        "batch",
        "Score every profile in IN, one in JSON a line (.gz too), and write one row each to OUT (.gz too).",
    ),
    "check": ("authoring", "Look over rule packs (TOML or JSON) and checklists (JSON) before they are used."),
    "new": ("commands", "Print a profile to fill in, with the questions as comments."),
    "plan": ("commands", "Make an action plan from the profile in FILE (JSON or TOML; - is standard input)."),
    "plugins": ("authoring", "List the installed plugins, what became of each, and why."),
    "rate": ("commands", "Rate how specific one answer is, and say why."),
    "ring": ("ring", "Review the log in FILE: JSON, CSV (.csv) or a calendar (.ics); - is JSON on standard input."),
    "score": ("commands", "Rate how specific the profile in FILE is (JSON or TOML; - is standard input)."),
    "show": ("commands", "Show what a WHY asks for: its items, questions and examples."),
}


@contextmanager
def _faults_as_lines() -> Iterator[None]:
    """
    Turn what can go wrong into lines on standard error.
    """
    try:
        yield
    except BrokenPipeError:  # pragma: no cover  # a test closes the pipe of a process of its own
        # The reader of the pipe has gone; whatever is left goes nowhere, and that is no fault of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except OSError as error:
        _fail(f"{error.filename or 'file'}: {error.strerror or error}")
    except Exception as error:
        from kowhy.errors import KowhyError  # noqa: PLC0415  # help needs no errors

        if not isinstance(error, KowhyError):
            raise
        _fail(*map(str, error.faults))


def _fail(*lines: str) -> None:
    from kowhy.render.safe import printable  # noqa: PLC0415  # as above

    for line in lines:
        click.echo(f"kowhy: {printable(line)}", err=True)
    raise SystemExit(BAD_INPUT)


class _Group(click.Group):
    """
    Commands that are imported when they are called, and report faults in the same way.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # the contract of click
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # as above
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"kowhy.cli.{COMMANDS[cmd_name][0]}"), cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # as above
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        with _faults_as_lines():
            return super().invoke(ctx)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(kowhy.__version__, prog_name="kowhy")
def command() -> None:
    """
    Turn a vague wish to network into a clear purpose and a plan.

    Start with "kowhy ask", or with "kowhy new more_business > me.toml" and then "kowhy plan me.toml".
    """
