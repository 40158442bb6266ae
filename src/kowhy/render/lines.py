"""
A scorecard and a plan as styled lines, which a terminal colours and a pipe prints plain.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from kowhy.bands import band
from kowhy.checklists import Checklist
from kowhy.plans import PARTS, Plan, Recommendation
from kowhy.questions import Question
from kowhy.render.safe import inner_quotes, printable
from kowhy.scorecards import ItemScore, Scorecard, WhyScore
from kowhy.texts import texts
from kowhy.whys import State


@attrs.frozen
class Span:
    """
    A piece of a line.

    Attributes:
        text: What it says.

        style: What it is: ``"title"``, ``"good"``, ``"weak"``, ``"dim"``, ``"say"`` or nothing.
    """

    text: str
    style: str = ""


Line = tuple[Span, ...]


@attrs.frozen(kw_only=True)
class Look:
    """
    How wide the lines are and which characters they may use.

    Attributes:
        width: In characters.

        unicode: Whether bars may use block characters.

        ranks: Whether to show why each recommendation stands where it stands.
    """

    width: int = 88
    unicode: bool = True
    ranks: bool = False

    def bar(self, share: float, length: int) -> tuple[str, str]:
        """
        The full and the empty part of a bar.
        """
        full = round(max(0.0, min(share, 1.0)) * length)
        on, off = ("█", "░") if self.unicode else ("#", ".")
        return on * full, off * (length - full)


def _wrapped(text: str, look: Look, indent: str, first: str | None = None, style: str = "") -> Iterator[Line]:
    lines = textwrap.wrap(
        printable(text),
        width=look.width,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
    for line in lines:
        yield (Span(line, style),)


_RUNG_STYLE = {"missing": "weak", "vague": "weak", "named": "", "specific": "good"}


def score_lines(
    card: Scorecard, questions: Sequence[Question], *, checklists: Mapping[str, Checklist], look: Look
) -> Iterator[Line]:
    """
    The scorecard, WHY by WHY, then what to sharpen next.
    """
    words = texts("render")
    for why, score in card.whys.items():
        yield from _why_lines(card, why, score, checklists[why], look)
        yield ()
    if card.dominant is None:
        names = " / ".join(checklists[why].title for why in card.dominance.candidates)
        yield from _wrapped(words["dominance.open"].format(whys=names), look, "  ")
        yield ()
    for shared in card.overlap:
        first, second = (checklists[why].title for why in shared.whys)
        line = words["overlap"].format(first=first, second=second, words=", ".join(shared.words))
        yield from _wrapped(line, look, "  ")
    if card.overlap:
        yield ()
    # That no WHY leads is said above, with what to do about it.
    noted = [finding for finding in card.findings if finding.text and finding.code != "dominant.missing"]
    if noted:
        yield (Span(words["findings"], "title"),)
        for finding in noted:
            yield from _wrapped(finding.text, look, "    ", "  - ")
        yield ()
    if questions:
        yield (Span(words["sharpen"], "title"),)
        for number, question in enumerate(questions, 1):
            yield from _wrapped(f"{question.text}{gained(question.gain)}", look, "     ", f"  {number}. ")
            for example in question.examples[:1]:
                line = words["example"].format(example=example)
                yield from _wrapped(line, look, "     ", style="dim")


def _why_lines(card: Scorecard, why: str, score: WhyScore, checklist: Checklist, look: Look) -> Iterator[Line]:
    words = texts("render")
    meaning = band(score.band)
    title = checklist.title + (f" ({words['leads']})" if why == card.dominant and len(card.whys) > 1 else "")
    on, off = look.bar(score.score / 100, 20)
    yield (
        Span(f"{title:<36}", "title"),
        Span(on, "good"),
        Span(off, "dim"),
        Span(f"  {score.score:.1f} of 100", "title"),
    )
    yield from _wrapped(f"{meaning.title}: {meaning.meaning}", look, "  ")
    marks = [("clear", score.clear), ("crisp", score.crisp), ("clean", score.clean)]
    told = [words[f"quality.{name}.{'none' if holds is None else 'yes' if holds else 'no'}"] for name, holds in marks]
    yield from _wrapped("; ".join(told), look, "  ", style="dim")
    widest = max(len(item.title) for item in checklist.items)
    for item in checklist.items:
        found = score.items[item.key]
        if found.weight:
            yield _item_line(item.title.ljust(widest), found, score, look)


def _item_line(title: str, item: ItemScore, score: WhyScore, look: Look) -> Line:
    words = texts("render")
    on, off = look.bar(item.level / 3, 3)
    state = item.rung if item.state in (State.GIVEN, State.UNKNOWN) else words[f"state.{item.state.value}"]
    worth = 100 * item.points / score.full if score.full else 0
    room = max(look.width - len(title) - 32, 12)
    answer = printable("; ".join(item.answers))
    answer = answer if len(answer) <= room else f"{answer[: room - 1]}…"
    return (
        Span(f"  {title}  "),
        Span(on, _RUNG_STYLE[item.rung]),
        Span(off, "dim"),
        Span(f" {state:<13}", _RUNG_STYLE[item.rung]),
        Span(f"{worth:5.1f}  ", "dim"),
        Span(answer),
    )


def plan_lines(plan: Plan, *, checklists: Mapping[str, Checklist], look: Look) -> Iterator[Line]:
    """
    The plan in its four parts, then what one more answer would open.
    """
    words = texts("render")
    if plan.emergency is not None:
        yield from _wrapped(plan.emergency.text, look, "", style="title")
        for contact in plan.emergency.numbers:
            yield from _wrapped(f"{contact.label}: {contact.number}", look, "    ", "  - ", style="title")
        return
    lead = leader(plan, checklists)
    title = words["plan.for" if plan.name else "plan"].format(name=printable(plan.name or ""), why=lead)
    yield (Span(title, "title"),)
    asked: set[str | None] = set()
    for part in PARTS:
        yield ()
        yield (Span(words[f"part.{part}"].upper(), "title"),)
        found = getattr(plan, part)
        if not found:
            yield from _wrapped(words["part.empty"], look, "  ", style="dim")
        for number, one in enumerate(found, 1):
            # One question sharpens several recommendations, and is worth saying once.
            question = one.sharpen.ask if one.sharpen else None
            yield from _recommendation(number, one, look, sharper=question not in asked)
            asked.add(question)
    if plan.near_misses:
        yield ()
        yield (Span(words["near"].upper(), "title"),)
        for miss in plan.near_misses:
            yield from _wrapped(f"{miss.name}: {miss.ask}{gained(miss.gain)}", look, "    ", "  - ")
    if plan.problems:
        yield ()
        yield (Span(words["problems"].upper(), "title"),)
        for fault in plan.problems:
            yield from _wrapped(str(fault), look, "    ", "  - ", style="weak")
    yield ()
    yield (Span(words["closing"], "dim"),)


def leader(plan: Plan, checklists: Mapping[str, Checklist]) -> str:
    """
    The WHY that leads, by its title; all of them where none leads.
    """
    shown = plan.whys if plan.dominant is None else (plan.dominant,)
    return " / ".join(checklists[why].title for why in shown)


def _recommendation(number: int, one: Recommendation, look: Look, *, sharper: bool) -> Iterator[Line]:
    words = texts("render")
    indent = "     "
    first = f"{number:>3}. "
    if one.name:
        yield from _wrapped(one.name, look, indent, first, style="title")
    if one.text:
        text = f"“{inner_quotes(one.text)}”" if one.part == "say" else one.text
        yield from _wrapped(text, look, indent, None if one.name else first, style="say" if one.part == "say" else "")
    for name in ("count", "stop", "because", "homepage", "find"):
        text = getattr(one, name)
        if text:
            yield from _wrapped(f"{words[f'label.{name}']} {text}", look, indent, style="dim")
    if look.ranks:
        parts = " + ".join(f"{words.get(f'rank.{name}', name)} {part}" for name, part in one.rank.items() if part)
        line = words["rank"].format(total=one.total, parts=parts or "0", id=one.id).replace("+ -", "- ")
        yield from _wrapped(printable(line), look, indent, style="dim")
    if one.sharpen is not None and sharper:
        line = f"{words['label.sharpen']} {one.sharpen.ask}{gained(one.sharpen.gain)}"
        yield from _wrapped(line, look, indent, style="dim")


def gained(gain: float) -> str:
    """
    What an answer adds, where it adds anything.
    """
    return texts("render")["gain"].format(gain=f"{gain:.1f}") if gain else ""


def plain(lines: Iterable[Line]) -> str:
    """
    Lines as plain text.
    """
    return "".join(f"{''.join(span.text for span in line).rstrip()}\n" for line in lines)
