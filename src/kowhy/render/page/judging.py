"""
A scorecard as parts of a page: a picture and a table for each WHY, and what to sharpen next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from kowhy._frozen import FrozenMap
from kowhy.bands import Band, band, bands
from kowhy.checklists import Checklist
from kowhy.questions import questions
from kowhy.render.page.marks import Markup, tag
from kowhy.render.page.picture import Row, picture, rows_of
from kowhy.scorecards import Scorecard, WhyScore
from kowhy.texts import texts

#: How many questions stand under "sharpen next".
QUESTIONS = 3


def score_parts(card: Scorecard, checklists: Mapping[str, Checklist]) -> Iterator[Markup]:
    """
    Each WHY with its picture, and what else is worth knowing.

    Args:
        card: The judgement.

        checklists: By WHY, for titles.
    """
    words = texts("render")
    for why, score in card.whys.items():
        yield _why(card, why, score, checklists[why])
    notes: list[str] = []
    if card.dominant is None:
        names = " / ".join(checklists[why].title for why in card.dominance.candidates)
        notes.append(words["dominance.open"].format(whys=names))
    for shared in card.overlap:
        first, second = (checklists[why].title for why in shared.whys)
        notes.append(words["overlap"].format(first=first, second=second, words=", ".join(shared.words)))
    notes += _findings(card, None)
    if notes:
        yield tag("div", tag("h3", words["findings"]), _list(notes), class_="kw-notes")


def _findings(card: Scorecard, why: str | None) -> list[str]:
    """
    What is worth knowing about one WHY, or about none of them in particular.
    """
    return [finding.text for finding in card.findings if finding.text and finding.why == why]


def _list(notes: Sequence[str]) -> Markup:
    return tag("ul", (tag("li", note) for note in notes))


def _why(card: Scorecard, why: str, score: WhyScore, checklist: Checklist) -> Markup:
    words, own = texts("render"), texts("report")
    rows = rows_of(score, ((item.key, item.title) for item in checklist.items))
    meaning = band(score.band)
    notes = _findings(card, why)
    leads = (" ", tag("span", words["leads"], class_="kw-tag")) if why == card.dominant and len(card.whys) > 1 else None
    marks = [("clear", score.clear), ("crisp", score.crisp), ("clean", score.clean)]
    told = [(words[f"quality.{name}.{'none' if it is None else 'yes' if it else 'no'}"], it) for name, it in marks]
    return tag(
        "article",
        tag(
            "div",
            tag("h3", checklist.title, leads),
            tag("p", tag("strong", f"{score.score:.1f}"), " ", own["of"], class_="kw-number"),
            tag("p", tag("strong", meaning.title), ". ", meaning.meaning, class_="kw-band"),
            tag("ul", (tag("li", text, class_="kw-yes" if it else "kw-no") for text, it in told), class_="kw-marks"),
            _ladder(meaning),
            tag("div", tag("h4", words["findings"]), _list(notes), class_="kw-told-notes") if notes else None,
            class_="kw-told",
        ),
        tag("figure", picture(checklist.title, score, rows)),
        tag(
            "details",
            tag("summary", own["table"], tag("span", f": {checklist.title}", class_="kw-vh")),
            _table(checklist.title, rows),
        ),
        class_="kw-score",
    )


def _ladder(reached: Band) -> Markup:
    """
    All bands, lowest first, with the one that was reached.
    """
    own = texts("report")
    return tag(
        "ol",
        (
            tag(
                "li",
                tag("span", one.title),
                " ",
                tag("span", own["band.from"].format(score=one.lowest // 100)) if one.lowest >= 100 else None,
                aria_current="step" if one is reached else None,
            )
            for one in reversed(bands())
        ),
        class_="kw-bands",
        aria_label=own["bands"],
    )


def _table(title: str, rows: Sequence[Row]) -> Markup:
    words = texts("report")
    heads = ("item", "rung", "worth", "gain")
    return tag(
        "table",
        tag("caption", words["table.caption"].format(why=title), class_="kw-vh"),
        tag(
            "thead",
            tag("tr", (tag("th", words[f"table.{name}"], scope="col") for name in heads)),
        ),
        (_row(row) for row in rows),
    )


def _row(row: Row) -> Markup:
    words = texts("report")
    found = row.found
    said: list[Markup] = []
    if found.answers:
        kept = tag("span", words["private"], class_="kw-tag") if found.private else None
        said.append(
            tag("ul", (tag("li", tag("bdi", answer), " ", kept) for answer in found.answers), class_="kw-answers")
        )
    elif found.private and found.level:
        said.append(tag("p", words["kept"]))
    if found.reasons:
        said.append(tag("ul", (tag("li", one.text) for one in found.reasons if one.text), class_="kw-reasons"))
    return tag(
        "tbody",
        tag(
            "tr",
            tag("th", row.title, scope="row"),
            tag("td", row.state, class_=f"kw-rung kw-is-{found.rung}"),
            tag("td", "–" if row.closed else _worth(row)),
            tag("td", f"+{found.gain:.1f}" if found.gain else "–"),
        ),
        tag("tr", tag("td", said, colspan=4)) if said else None,
    )


def _worth(row: Row) -> tuple[str, Markup]:
    return f"{row.worth:.1f}", tag("span", " ", texts("report")["worth.of"].format(most=f"{row.most:.1f}"))


def next_part(card: Scorecard, checklists: Mapping[str, Checklist]) -> Markup:
    """
    The questions whose answers would raise a score most, with what each adds.
    """
    words = texts("report")
    asked = questions(card, checklists=fitting(card, checklists), limit=QUESTIONS)
    if not asked:
        return tag("p", words["next.nothing"])
    items = []
    for one in asked:
        after = card.whys[one.why].score + one.gain
        about = checklists[one.why].item(one.item).title
        if len(card.whys) > 1:
            about = f"{checklists[one.why].title} · {about}"
        items.append(
            tag(
                "li",
                tag("p", about, class_="kw-about"),
                tag("h3", one.text),
                tag(
                    "p",
                    tag("strong", f"+{one.gain:.1f}", class_="kw-plus"),
                    " ",
                    words["next.to"].format(score=f"{after:.1f}"),
                ),
                tag("p", words["next.example"], " ", tag("q", one.examples[0]), class_="kw-dim")
                if one.examples
                else None,
                tag("p", words["next.private"], class_="kw-dim") if one.sensitive else None,
            )
        )
    return tag("ol", items, class_="kw-next")


def fitting(card: Scorecard, checklists: Mapping[str, Checklist]) -> FrozenMap[str, Checklist]:
    """
    The *checklists* as far as *card* knows their items: it may have been made with others.
    """
    return FrozenMap(
        (why, attrs.evolve(one, items=tuple(item for item in one.items if item.key in card.whys[why].items)))
        for why, one in checklists.items()
        if why in card.whys
    )
