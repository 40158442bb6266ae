"""
A scorecard, a plan, or both as one page for a browser.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kowhy.checklists import Checklist, load_checklists
from kowhy.plans import PARTS, Plan
from kowhy.render.lines import leader
from kowhy.render.page.advising import emergency_part, near_part, part_list, problems_part
from kowhy.render.page.judging import next_part, score_parts
from kowhy.render.page.marks import Child, Markup, tag
from kowhy.render.page.shell import document, fragment
from kowhy.render.sharing import has_private, shareable
from kowhy.scorecards import Scorecard
from kowhy.texts import texts


def to_html(
    x: Scorecard | Plan,
    *,
    scorecard: Scorecard | None = None,
    checklists: Mapping[str, Checklist] | None = None,
    share: bool = False,
) -> str:
    """
    One page that shows a scorecard, a plan, or both, in a browser and on paper.

    It holds all it needs and asks nobody for anything, so it works from a file; whatever a profile holds shows as text.
    Of a plan with more than three recommendations a part the best three stand open and the rest can be unfolded.

    Args:
        x: A scorecard, or a plan.

        scorecard: With a plan: the scorecard that it was made from, shown above it.

        checklists: By WHY, for titles and questions; without it those of kowhy.

        share: Leave out everything private, so that the page can be handed on.
    """
    own = texts("report")
    plan, card = _pair(x, scorecard, share=share)
    private = has_private(plan, card)
    known = load_checklists() if checklists is None else checklists
    title = _title(plan, card, known)
    sections = tuple(_sections(plan, card, known, copies=True))
    links = [tag("a", name, href=f"#{key}") for key, name, _ in sections]
    footer = [tag("p", texts("render")["closing"])] if plan is not None else []
    if share or private:
        footer.append(tag("p", own["footer.share" if share else "footer.private"], class_="kw-dim"))
    body = tag(
        "div",
        tag("header", _heading(title, plan), tag("nav", links, aria_label=own["nav"]) if links else None),
        tag("main", _emergency(plan), (_section(*section, ids=True) for section in sections)),
        tag("footer", footer) if sections and footer else None,
        tag(
            "p",
            id="said",
            class_="kw-vh",
            role="status",
            data_done=own["copy.done"],
            data_failed=own["copy.failed"],
            data_label=own["copy.label"],
        ),
        class_="kowhy kw-page",
    )
    return document(title, body)


def to_fragment(
    x: Scorecard | Plan,
    *,
    scorecard: Scorecard | None = None,
    checklists: Mapping[str, Checklist] | None = None,
) -> str:
    """
    The same to be put into another page, such as a notebook, which is often handed on: it holds nothing private.

    Args:
        x: A scorecard, or a plan.

        scorecard: With a plan: the scorecard that it was made from, shown above it.

        checklists: By WHY, for titles and questions; without it those of kowhy.
    """
    plan, card = _pair(x, scorecard, share=True)
    known = load_checklists() if checklists is None else checklists
    sections = (_section(*section, ids=False) for section in _sections(plan, card, known, copies=False))
    return str(fragment(_heading(_title(plan, card, known), plan), _emergency(plan), sections))


def _pair(x: Scorecard | Plan, scorecard: Scorecard | None, *, share: bool) -> tuple[Plan | None, Scorecard | None]:
    """
    The plan and the scorecard that are to be shown.
    """
    plan, card = (None, x) if isinstance(x, Scorecard) else (x, scorecard)
    if share:
        return plan and plan.shareable(), card and shareable(card)
    return plan, card


def _title(plan: Plan | None, card: Scorecard | None, checklists: Mapping[str, Checklist]) -> str:
    words, own = texts("render"), texts("report")
    if plan is not None and plan.emergency is not None:
        return own["help"]
    if plan is not None:
        return words["plan.for" if plan.name else "plan"].format(name=plan.name, why=leader(plan, checklists))
    assert card is not None
    return own["score.for" if card.name else "score"].format(name=card.name)


def _heading(title: str, plan: Plan | None) -> Markup:
    calm = plan is None or plan.emergency is None
    return tag("div", tag("p", texts("report")["eyebrow"], class_="kw-eyebrow") if calm else None, tag("h1", title))


def _emergency(plan: Plan | None) -> Markup | None:
    return None if plan is None or plan.emergency is None else emergency_part(plan.emergency)


def _sections(
    plan: Plan | None, card: Scorecard | None, checklists: Mapping[str, Checklist], *, copies: bool
) -> Iterator[tuple[str, str, Child]]:
    """
    What stands on the page: the id, the heading and the content of each section.
    """
    words, own = texts("render"), texts("report")
    if plan is not None and plan.emergency is not None:
        # Whoever is in danger is shown where help is, and nothing that takes the eye off it.
        return
    if card is not None:
        yield "score", own["section.score"], score_parts(card, checklists)
        yield "next", words["sharpen"], next_part(card, checklists)
    if plan is None:
        return
    for part in PARTS:
        yield part, words[f"part.{part}"], part_list(plan, part, checklists, copies=copies)
    if plan.near_misses:
        yield "near", words["near"], near_part(plan)
    if plan.problems:
        yield "problems", words["problems"], problems_part(plan)


def _section(key: str, heading: str, content: Child, *, ids: bool) -> Markup:
    hint = texts("report").get(f"hint.{key}")
    return tag(
        "section",
        tag("div", tag("h2", heading), tag("p", hint) if hint else None, class_="kw-head"),
        tag("div", content, class_="kw-body"),
        id=key if ids else None,
        class_=f"kw-section kw-section-{key}",
    )
