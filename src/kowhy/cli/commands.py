"""
The commands for people with a profile, each as thin as can be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from kowhy.cli import files, output
from kowhy.cli.authoring import explanation_lines
from kowhy.cli.interview import Interview
from kowhy.cli.template import template
from kowhy.convert import to_json
from kowhy.engine import Engine, default_engine
from kowhy.render.html import to_html
from kowhy.render.lines import Line, Span, plan_lines, score_lines
from kowhy.render.markdown import plan_markdown, score_markdown
from kowhy.render.safe import printable
from kowhy.scorecards import RUNGS
from kowhy.texts import texts
from kowhy.whys import WHYS, Profile, why_class

_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "json"]),
    default="text",
    show_default=True,
    help="What to print.",
)


def _known(whys: tuple[str, ...]) -> tuple[str, ...]:
    for why in whys:
        why_class(why)
    return tuple(dict.fromkeys(whys))


@click.command()
@click.argument("whys", nargs=-1, required=True, metavar="WHY...")
def new(whys: tuple[str, ...]) -> None:
    """
    Print a profile to fill in, with the questions as comments.

    WHY is one of more_business, land_a_job, learn, social_reasons, pay_it_forward, solve_a_problem; the first leads.
    """
    output.write(template(_known(whys), checklists=default_engine().checklists))


@click.command()
@click.argument("why")
def show(why: str) -> None:
    """
    Show what a WHY asks for: its items, questions and examples.
    """
    why_class(why)
    checklist = default_engine().checklists[why]
    words = texts("cli")

    def lines() -> Iterator[Line]:
        yield (Span(f"{checklist.title} ({checklist.why})", "title"),)
        yield (Span(f"  {checklist.description}"),)
        for item in checklist.items:
            marks = [words[f"template.{mark}"] for mark in ("core", "sensitive") if getattr(item, mark)]
            yield ()
            yield (Span(f"{item.title} ({item.key}, weight {item.weight})", "title"),)
            yield (Span(f"  {item.ask}" + (f" ({'; '.join(marks)})" if marks else "")),)
            yield (Span("  vague:    ", "dim"), Span("; ".join(item.vague), "weak"))
            yield (Span("  specific: ", "dim"), Span("; ".join(item.specific), "good"))

    output.show(lines())


@click.command()
@click.argument("file")
@_FORMAT
def score(file: str, form: str) -> None:
    """
    Rate how specific the profile in FILE is (JSON or TOML; - is standard input).
    """
    engine = default_engine()
    profile = files.read_profile(file, checklists=engine.checklists)
    card = engine.score(profile)
    questions = engine.next_questions(profile)
    if form == "json":
        output.write(f"{to_json(card, indent=2)}\n")
    elif form == "markdown":
        output.write(score_markdown(card, questions, checklists=engine.checklists))
    elif form == "html":
        output.write(to_html(card, checklists=engine.checklists))
    else:
        output.show(score_lines(card, questions, checklists=engine.checklists, look=output.look()))


@click.command()
@click.argument("file")
@_FORMAT
@click.option("--all", "everything", is_flag=True, help="Show all recommendations, not three a part.")
@click.option("--dismiss", multiple=True, metavar="ID", help="Leave out a recommendation; may be repeated.")
@click.option("--share", is_flag=True, help="Leave out everything private, so that the plan can be handed on.")
@click.option(
    "--why", "rule", metavar="RULE", help="Say why the rule stands in the plan, or why not, condition by condition."
)
@click.option(
    "--options", "option_file", metavar="FILE.toml", help="Options for plugins: a table for each, by its name."
)
@click.option("--ranks", is_flag=True, help="Show why each recommendation stands where it stands.")
@click.option("--strict", is_flag=True, help="Fail where a plugin or a pack has a problem.")
def plan(
    file: str,
    form: str,
    dismiss: tuple[str, ...],
    rule: str | None,
    option_file: str | None,
    *,
    everything: bool,
    ranks: bool,
    share: bool,
    strict: bool,
) -> None:
    """
    Make an action plan from the profile in FILE (JSON or TOML; - is standard input).
    """
    engine = default_engine()
    if option_file or strict:
        options = files.read_options(option_file) if option_file else {}
        engine = Engine.with_plugins(options=options, strict=strict)
    profile = files.read_profile(file, checklists=engine.checklists)
    if rule is not None:
        output.show(explanation_lines(engine.explain(profile, rule)))
        return
    found = engine.plan(profile, dismissed=dismiss)
    if share:
        found = found.shareable()
    if not everything:
        found = found.head(3)
    if form == "json":
        output.write(f"{to_json(found, indent=2)}\n")
    elif form == "markdown":
        output.write(plan_markdown(found, checklists=engine.checklists))
    elif form == "html":
        output.write(to_html(found, scorecard=engine.score(profile), checklists=engine.checklists, share=share))
    else:
        output.show(plan_lines(found, checklists=engine.checklists, look=output.look(ranks=ranks)))


@click.command()
@click.argument("text")
@click.option("--item", metavar="WHY.ITEM", help="What the text answers, such as social_reasons.age.")
def rate(text: str, item: str | None) -> None:
    """
    Rate how specific one answer is, and say why.
    """
    engine = default_engine()
    words = texts("cli")
    rating = engine.rate(text, item)

    def lines() -> Iterator[Line]:
        if rating.value is None:
            yield (Span(words["rate.none"], "weak"),)
        else:
            rung = RUNGS[_level(engine, item, rating.value, zeroed=rating.zero is not None)]
            yield (Span(words["rate.value"].format(value=f"{rating.value:.2f}", rung=rung), "title"),)
        for reason in rating.reasons:
            yield (Span(f"  - {printable(reason.text)}"),)

    output.show(lines())


def _level(engine: Engine, item: str | None, value: float, *, zeroed: bool) -> int:
    """
    The rung that *value* reaches on the ladder of *item*, or of a usual item.
    """
    if zeroed:
        return 0
    why, _, key = (item or "more_business.industry").partition(".")
    rungs = engine.checklists[why].item(key).rungs
    return max((rung.level for rung in rungs if value >= rung.specificity), default=1)


@click.command()
@click.argument("file", default="kowhy-profile.json")
def ask(file: str) -> None:
    """
    Ask the question that would raise the score most, again and again, and save the profile in FILE.
    """
    path = Path(file)
    engine = default_engine()
    profile = files.read_profile(file, checklists=engine.checklists) if path.exists() else _choose(engine)
    target = path.with_suffix(".json") if path.suffix == ".toml" else path
    interview = Interview(engine, profile)

    def save() -> None:
        files.write_atomically(target, f"{to_json(interview.profile, indent=2)}\n")

    save()
    try:
        _interview(interview, save)
    except (KeyboardInterrupt, EOFError, click.Abort):
        click.echo()
    save()
    click.echo(texts("cli")["ask.saved"].format(file=printable(str(target))))


def _choose(engine: Engine) -> Profile:
    words = texts("cli")
    for number, why in enumerate(WHYS, 1):
        click.echo(f"  {number}. {engine.checklists[why].title}")
    while True:
        typed = click.prompt(words["ask.which"], prompt_suffix="\n> ").replace(",", " ").split()
        if typed and all(part in map(str, range(1, len(WHYS) + 1)) for part in typed):
            break
        click.echo(words["ask.which-again"].format(count=len(WHYS)))
    whys = tuple(dict.fromkeys(list(WHYS)[int(part) - 1] for part in typed))
    return Profile(whys=tuple(why_class(why)() for why in whys), dominant=whys[0] if len(whys) > 1 else None)


def _interview(interview: Interview, save: Callable[[], None]) -> None:
    words = texts("cli")
    click.echo(words["ask.hint"])
    while (question := interview.question()) is not None:
        before = interview.card.whys[question.why].score
        item = interview.item(question)
        private = f" {words['ask.private']}" if item.sensitive else ""
        text = click.prompt(f"\n{question.text}{private}", default="", show_default=False, prompt_suffix="\n> ").strip()
        if text == "q":
            return
        if text == "<":
            if not interview.back():
                click.echo(words["ask.no-back"])
        elif text == "x":
            if not interview.decline(question):
                click.echo(words["ask.core"])
        elif not text:
            interview.skip(question)
        else:
            _take(interview, question.why, question.item, text, before)
        save()
    click.echo(words["ask.done"])


def _take(interview: Interview, why: str, key: str, text: str, before: float) -> None:
    words = texts("cli")
    question = interview.question()
    assert question is not None
    interview.answer(question, text)
    score = interview.card.whys[why]
    title = interview.engine.checklists[why].title
    on, off = output.look().bar(score.score / 100, 20)
    line = words["ask.score"].format(title=title, before=f"{before:.0f}", after=f"{score.score:.0f}")
    output.show([(Span(f"  {line}  "), Span(on, "good"), Span(off, "dim"))])
    found = score.items[key]
    if found.level < RUNGS.index("named") and found.gain > 0:
        reason = found.reasons[0].text if found.reasons else ""
        click.echo(f"  {words['ask.vague'].format(reason=printable(reason))}".rstrip())
        for example in question.examples[:1]:
            click.echo(f"  {words['ask.example'].format(example=example)}")
