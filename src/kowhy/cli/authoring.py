"""
The commands for people who write packs, checklists and plugins.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from kowhy.cli import files, output
from kowhy.engine import Engine
from kowhy.errors import KowhyError
from kowhy.explaining import Explanation
from kowhy.linting import lint
from kowhy.packs import own_packs
from kowhy.render.lines import Line, Span
from kowhy.render.safe import printable
from kowhy.texts import texts


def explanation_lines(found: Explanation) -> Iterator[Line]:
    """
    Every condition of a rule: whether it holds, what was found, and what was wanted.
    """
    words = texts("cli")
    state = words[f"why.{found.state}"].format(item=found.lacks)
    yield (Span(f"{found.rule} ({found.pack}): {state}", "title"),)
    if found.held_back:
        yield (Span(f"  {words[f'why.held-back.{found.held_back}'].format(item=found.lacks)}", "weak"),)
    for outcome in found.tries:
        yield (Span(f"  {words['why.for'].format(why=outcome.why)}", "dim"),)
        for one in outcome.conditions:
            mark = words["why.holds" if one.holds else "why.fails"]
            key = f" {one.key}" if one.key and one.kind not in ("for", "with") else ""
            line = words["why.condition"].format(
                kind=one.kind, key=key, wanted=printable(one.wanted), found=printable(one.found) or words["why.nothing"]
            )
            yield (Span(f"    {mark} ", "good" if one.holds else "weak"), Span(line))


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--rule", nargs=2, metavar="ID PROFILE", help="Say what becomes of the rule ID for the profile in the file PROFILE."
)
def check(paths: tuple[Path, ...], rule: tuple[str, str] | None) -> None:
    """
    Look over rule packs (TOML or JSON) and checklists (JSON) before they are used.
    """
    engine = Engine()
    found = lint(paths, checklists=engine.checklists, rater=engine.rater)
    if found.faults:
        raise KowhyError(found.faults)
    words = texts("cli")
    click.echo(words["check.fine"].format(count=len(paths), rules=sum(len(pack.rules) for pack in found.packs)))
    if rule is not None:
        mine = {pack.id for pack in found.packs}
        packs = [*(pack for pack in own_packs() if pack.id not in mine), *found.packs]
        engine = Engine(checklists=found.checklists, packs=packs)
        profile = files.read_profile(rule[1], checklists=engine.checklists)
        output.show(explanation_lines(engine.explain(profile, rule[0])))


@click.command()
def plugins() -> None:
    """
    List the installed plugins, what became of each, and why.
    """
    words = texts("cli")
    installed = Engine.with_plugins().installed
    rows = [
        (one.plugin.package, one.plugin.version, one.plugin.group, one.plugin.name, words[f"plugins.{one.state}"])
        for one in installed.outcomes
    ]
    if not rows:
        click.echo(words["plugins.none"])
        return
    head = tuple(words["plugins.head"].split("|"))
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    reasons = ["", *("; ".join(map(str, one.faults)) for one in installed.outcomes)]
    for row, reason in zip((head, *rows), reasons, strict=True):
        line = "  ".join(printable(cell).ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(f"{line}  {printable(reason)}".rstrip())
