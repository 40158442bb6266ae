"""
The command ``kowhy ring``: what a log says, and what to do next.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable
from pathlib import Path

import attrs
import click

from kowhy.cli import files, output
from kowhy.engine import default_engine
from kowhy.errors import Fault, InvalidRingError
from kowhy.plans import Plan
from kowhy.render.lines import plan_lines
from kowhy.ring import Ring, Round, review, ring_from_json, rounds_from_csv, rounds_from_ics, steps_for, to_ics
from kowhy.ring.lines import review_lines
from kowhy.ring.reading import LIMITS


def _day(_: click.Context, __: click.Parameter, value: str | None) -> dt.date:
    # A person runs the command, so it may look at the clock; the library never does.
    if value is None:
        return dt.datetime.now().astimezone().date()
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        msg = "a day looks like 2026-03-28"
        raise click.BadParameter(msg) from None


def _pairs(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    pairs = [one.partition("=") for one in value]
    if not all(mark for _, mark, _ in pairs):
        msg = "a column looks like date=When"
        raise click.BadParameter(msg)
    return {field: name for field, _, name in pairs}


@click.command()
@click.argument("file")
@click.option("--plan", "profile", metavar="PROFILE", help="The profile whose plan the rounds should fit.")
@click.option("--today", metavar="YYYY-MM-DD", callback=_day, help="Look at the log on this day, not today.")
@click.option("--pace", type=int, metavar="N", help="Rounds a week that you aim at.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to print."
)
@click.option("--share", is_flag=True, help="Leave out what people are called and what was promised.")
@click.option("--ics", metavar="OUT", help="Write the next steps and what is due into this calendar file.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    callback=_pairs,
    help="For a CSV file: the column that holds a field; may be repeated.",
)
@click.option("--track", default=None, metavar="TRACK", help="For CSV and iCalendar: the track of rounds without one.")
def ring(
    file: str,
    *,
    profile: str | None,
    today: dt.date,
    pace: int | None,
    form: str,
    ics: str | None,
    columns: dict[str, str],
    track: str | None,
    share: bool,
) -> None:
    """
    Review the log in FILE: JSON, CSV (.csv) or a calendar (.ics); - is JSON on standard input.
    """
    log = _read(file, today=today, columns=columns, track=track)
    plan = None
    if profile is not None:
        engine = default_engine()
        plan = engine.plan(files.read_profile(profile, checklists=engine.checklists))
        if plan.emergency is not None:
            output.show(plan_lines(plan, checklists=engine.checklists, look=output.look()))
            return
    found = review(log, today=today, plan=plan, pace=pace)
    if ics is not None:
        # Without a plan there are only follow-ups and promises to write down.
        steps = Plan() if plan is None else attrs.evolve(plan, how=(*steps_for(found, plan), *plan.head(3).how))
        files.write_atomically(Path(ics), to_ics(steps, start=today + dt.timedelta(days=1), review=found))
    if share:
        found = found.shareable()
    if form == "json":
        output.write(f"{json.dumps(found._to_dict_(), ensure_ascii=False, indent=2)}\n")
    else:
        output.show(review_lines(found, look=output.look()))


def _read(file: str, *, today: dt.date, columns: dict[str, str], track: str | None) -> Ring | Iterable[Round]:
    """
    The log in *file*, by the ending of its name.

    Raises:
        InvalidRingError: With every fault at once, and the file's name.

        OSError: The file cannot be read.
    """
    most = LIMITS.text + 1
    if file == "-":
        data = sys.stdin.buffer.read(most)
    else:
        with Path(file).open("rb") as opened:
            data = opened.read(most)
    try:
        if file.endswith(".csv"):
            defaults = {} if track is None else {"track": track}
            return rounds_from_csv(data, columns=columns or None, defaults=defaults)
        if file.endswith(".ics"):
            return rounds_from_ics(data, today=today, track=track or "place")
        return ring_from_json(data)
    except InvalidRingError as error:
        raise InvalidRingError(attrs.evolve(fault, source=_source(file, fault)) for fault in error.faults) from None


def _source(file: str, fault: Fault) -> str:
    return f"{file}, {fault.source}" if fault.source else file
