"""
A scorecard and a plan as Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kowhy.bands import band
from kowhy.checklists import Checklist
from kowhy.plans import PARTS, Plan, Recommendation
from kowhy.questions import Question
from kowhy.render.lines import gained, leader
from kowhy.render.safe import markdown
from kowhy.scorecards import Scorecard
from kowhy.texts import texts
from kowhy.whys import State


def score_markdown(card: Scorecard, questions: Sequence[Question], *, checklists: Mapping[str, Checklist]) -> str:
    """
    The scorecard as Markdown: a table for each WHY, then the next questions.
    """
    words = texts("render")
    out: list[str] = []
    for why, score in card.whys.items():
        meaning = band(score.band)
        checklist = checklists[why]
        out += [
            f"## {markdown(checklist.title)}: {score.score:.1f} of 100",
            "",
            f"*{meaning.title}*: {meaning.meaning}",
            "",
        ]
        out += ["| item | rung | worth | answers |", "| --- | --- | ---: | --- |"]
        for item in checklist.items:
            found = score.items[item.key]
            if not found.weight:
                continue
            state = found.rung if found.state in (State.GIVEN, State.UNKNOWN) else words[f"state.{found.state.value}"]
            worth = 100 * found.points / score.full if score.full else 0
            answers = markdown("; ".join(found.answers))
            out.append(f"| {markdown(item.title)} | {state} | {worth:.1f} | {answers} |")
        out.append("")
    if questions:
        out += [f"## {words['sharpen']}", ""]
        for number, question in enumerate(questions, 1):
            out.append(f"{number}. {markdown(question.text)}{gained(question.gain)}")
        out.append("")
    return "\n".join(out)


def plan_markdown(plan: Plan, *, checklists: Mapping[str, Checklist]) -> str:
    """
    The plan as Markdown, scripts as quotations.
    """
    words = texts("render")
    if plan.emergency is not None:
        numbers = [f"- **{markdown(one.label)}**: {markdown(one.number)}" for one in plan.emergency.numbers]
        return "\n".join([markdown(plan.emergency.text), "", *numbers, ""])
    lead = leader(plan, checklists)
    title = words["plan.for" if plan.name else "plan"].format(name=markdown(plan.name or ""), why=lead)
    out = [f"# {title}", ""]
    for part in PARTS:
        out += [f"## {words[f'part.{part}']}", ""]
        found = getattr(plan, part)
        if not found:
            out += [words["part.empty"], ""]
        for number, one in enumerate(found, 1):
            out += [*_recommendation(number, one), ""]
    if plan.near_misses:
        out += [f"## {words['near']}", ""]
        for miss in plan.near_misses:
            out.append(f"- {markdown(miss.name)}: {markdown(miss.ask)}{gained(miss.gain)}")
        out.append("")
    if plan.problems:
        out += [f"## {words['problems']}", "", *(f"- {markdown(str(fault))}" for fault in plan.problems), ""]
    out += [f"*{words['closing']}*", ""]
    return "\n".join(out)


def _recommendation(number: int, one: Recommendation) -> Iterator[str]:
    words = texts("render")
    indent = " " * (len(str(number)) + 2)
    yield f"{number}. **{markdown(one.name)}**" if one.name else f"{number}. {markdown(one.text)}"
    if one.name and one.text:
        yield ""
        yield f"{indent}> {markdown(one.text)}" if one.part == "say" else f"{indent}{markdown(one.text)}"
    labelled = [(name, getattr(one, name)) for name in ("count", "stop", "because", "homepage", "find")]
    if any(text for _, text in labelled):
        yield ""
    for name, text in labelled:
        if text:
            shown = f"`{text.replace('`', '')}`" if name == "find" else markdown(text)
            yield f"{indent}- {words[f'label.{name}']} {shown}"
