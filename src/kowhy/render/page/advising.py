"""
A plan as parts of a page: what to do with the reasons, and what one more answer would open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kowhy.checklists import Checklist
from kowhy.danger import Danger
from kowhy.plans import NearMiss, Plan, Recommendation
from kowhy.render.page.marks import Child, Markup, tag
from kowhy.texts import texts

#: How many recommendations of a part stand open; the others can be unfolded.
SHOWN = 3

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-/")


def part_list(plan: Plan, part: str, checklists: Mapping[str, Checklist], *, copies: bool) -> Iterator[Markup]:
    """
    One part of the plan: the best ones in the order in which one uses them, then the rest to unfold.

    Args:
        plan: The whole plan.

        part: One of :data:`kowhy.plans.PARTS`.

        checklists: By WHY, for titles.

        copies: Put a button beside what one may want to copy; it needs the page's script.
    """
    every: tuple[Recommendation, ...] = getattr(plan, part)
    first: tuple[Recommendation, ...] = getattr(plan.head(SHOWN), part)
    more = every[len(first) :]
    if not every:
        yield tag("p", texts("render")["part.empty"], class_="kw-dim")
        return
    yield tag("ol", (_recommendation(one, checklists, copies=copies) for one in first), class_="kw-recs")
    if more:
        rest = (_recommendation(one, checklists, copies=copies) for one in more)
        yield _more(len(more), tag("ol", rest, class_="kw-recs", start=len(first) + 1))


def _more(count: int, content: Markup) -> Markup:
    return tag("details", tag("summary", texts("report")["more"].format(count=count)), content)


def _recommendation(one: Recommendation, checklists: Mapping[str, Checklist], *, copies: bool) -> Markup:
    words, own = texts("render"), texts("report")
    spoken = one.part == "say"
    facts: list[tuple[str, Child]] = []
    if one.moment.rstrip(".").casefold() not in one.name.casefold():
        facts.append((words["label.moment"], one.moment))
    facts += [(words[f"label.{name}"], told) for name in ("count", "stop") if (told := getattr(one, name))]
    if one.homepage:
        seen = own["confirmed"].format(month=one.confirmed) if one.confirmed else ""
        facts.append((words["label.homepage"], [_link(one.homepage), " ", tag("span", seen, class_="kw-dim")]))
    if one.find:
        facts.append((words["label.find"], _copied(one.find, "find", one.find if copies else None)))
    if one.sharpen is not None:
        facts.append((words["label.sharpen"], [one.sharpen.ask, _gain(one.sharpen.gain)]))
    if one.source:
        facts.append((own["source"], one.source))
    text: Markup | None = None
    if one.text and spoken:
        text = tag("blockquote", _copied(one.text, "say", one.name if copies else None))
    elif one.text:
        text = tag("p", one.text, class_="kw-do")
    return tag(
        "li",
        tag("h3", one.name) if one.name else None,
        text,
        tag("p", tag("span", words["label.because"]), " ", one.because, class_="kw-because") if one.because else None,
        tag("dl", ((tag("div", tag("dt", label), tag("dd", told))) for label, told in facts)) if facts else None,
        _drawn_from(one, checklists),
    )


def _drawn_from(one: Recommendation, checklists: Mapping[str, Checklist]) -> Markup | None:
    """
    The items of the profile that called for it.
    """
    found: dict[str, None] = {}
    for cause in one.causes:
        known = {item.key: item.title for item in checklists[cause.why].items}
        if cause.item is not None and cause.item in known:
            found[known[cause.item]] = None
    if not found:
        return None
    return tag("p", texts("report")["from"].format(items=", ".join(found)), class_="kw-from")


def _copied(text: str, kind: str, about: str | None) -> Markup:
    """
    A text with a button that copies it and says *about* what; the button shows itself when it can work.
    """
    words = texts("report")
    button = None
    if about is not None:
        label = tag("span", f" {words[f'copy.{kind}'].format(about=about)}", class_="kw-vh")
        button = tag("button", tag("span", words["copy"]), label, type="button", class_="kw-copy", hidden=True)
    return tag(
        "div",
        tag("p", _live(text) if kind == "say" else text, class_="kw-words", dir="auto"),
        button,
        class_=f"kw-copied kw-{kind}",
    )


def _live(text: str) -> Iterator[Child]:
    """
    *text* with what the speaker fills in on the spot, such as ``[their name]``, made to stand out.
    """
    rest = text
    while True:
        before, opened, after = rest.partition("[")
        inside, closed, rest = after.partition("]")
        if not closed:
            yield f"{before}{opened}{inside}"
            return
        yield before
        yield tag("span", f"[{inside}]", class_="kw-live")


def _link(homepage: str) -> Child:
    """
    A link to a domain; what is no domain stays text.
    """
    if not _LETTERS.issuperset(homepage.lower()) or "." not in homepage.strip("./"):
        return homepage
    return tag("a", homepage, href=f"https://{homepage}", rel="noopener noreferrer", target="_blank")


def _gain(gain: float) -> Child:
    return (" ", tag("strong", f"+{gain:.1f}", class_="kw-plus")) if gain else None


def near_part(plan: Plan) -> Iterator[Markup]:
    """
    What one more answer would open, the best first; the rest to unfold.
    """
    first = plan.head(SHOWN).near_misses
    more = [miss for miss in plan.near_misses if not any(miss is one for one in first)]
    yield _near(first)
    if more:
        yield _more(len(more), _near(more))


def _near(misses: Sequence[NearMiss]) -> Markup:
    words = texts("render")
    return tag(
        "ul",
        (
            tag(
                "li",
                tag("p", words[f"part.{miss.part}"], class_="kw-about"),
                tag("h3", miss.name),
                tag("p", miss.ask, _gain(miss.gain)),
            )
            for miss in misses
        ),
        class_="kw-near",
    )


def problems_part(plan: Plan) -> Markup:
    """
    What went wrong on the way.
    """
    return tag("ul", (tag("li", str(fault)) for fault in plan.problems))


def emergency_part(danger: Danger) -> Markup:
    """
    Where help is.
    """
    return tag(
        "section",
        tag("p", danger.text),
        tag(
            "ul",
            (
                tag("li", tag("span", contact.label), " ", tag("strong", _dialled(contact.number)))
                for contact in danger.numbers
            ),
        )
        if danger.numbers
        else None,
        class_="kw-help",
    )


def _dialled(number: str) -> Child:
    """
    A number with links that dial it; ``"999 or 112"`` are two.
    """
    parts = number.split(" or ")
    links: list[Child] = []
    for part in parts:
        digits = "".join(char for char in part if char in "0123456789+")
        plain = digits and not part.strip("0123456789+ -()")
        links += [" or ", tag("a", part, href=f"tel:{digits}") if plain else part]
    return links[1:]
