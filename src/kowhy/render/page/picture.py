"""
The picture of a score: what each item earns, what it could earn, and what one answer would add.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import attrs

from kowhy.bands import bands
from kowhy.render.page.marks import Markup, tag
from kowhy.render.safe import printable
from kowhy.scorecards import ItemScore, WhyScore
from kowhy.texts import texts
from kowhy.whys import State

#: As wide as the column of a phone, so that letters keep their size there.
WIDTH = 320

#: The height of the meter, of an item's row and of its bar, and the room above the first row and below the last.
METER, ROW, BAR, HEAD, FOOT = 20, 38, 10, 56, 34

#: Titles that are wider, in letters, are cut.
TITLE = 30

#: Colours on paper, for a picture that stands alone; the style of the page overrides them by the class.
COLOURS = {
    "ink": "#23292f",
    "soft": "#59626a",
    "track": "#e6e1d6",
    "specific": "#0e6b64",
    "named": "#3c87a6",
    "vague": "#b3741a",
}


@attrs.frozen(kw_only=True)
class Row:
    """
    One item as the page shows it.

    Attributes:
        title: Its name.

        found: Its score.

        worth: What it earns, in points of the score.

        most: What it would earn on its top rung if it counted in full.
    """

    title: str
    found: ItemScore
    worth: float
    most: float

    @property
    def closed(self) -> bool:
        """
        Whether the person said that it is not to be asked, which costs nothing.
        """
        return self.found.state in (State.DECLINED, State.NOT_APPLICABLE)

    @property
    def spare(self) -> bool:
        """
        Whether there is an answer that need not count, because others are worth more.
        """
        return bool(self.found.level and not self.found.points and not self.found.gain)

    @property
    def state(self) -> str:
        """
        Its rung, or why it has none.
        """
        return texts("render")[f"state.{self.found.state.value}"] if self.closed else self.found.rung


def rows_of(score: WhyScore, titles: Iterable[tuple[str, str]]) -> tuple[Row, ...]:
    """
    The items that are on, in the order of their checklist.

    Args:
        score: Of the WHY.

        titles: Names by key; an item without one is shown by its key.
    """
    known = dict(titles)
    full = score.full or 1
    return tuple(
        Row(
            title=known.get(key) or key.replace("_", " ").capitalize(),
            found=found,
            worth=100 * found.points / full,
            # Points are weight times hundredths of credit, as in the score itself.
            most=100 * found.weight * 100 / full,
        )
        for key, found in score.items.items()
        if found.weight
    )


def picture(title: str, score: WhyScore, rows: Sequence[Row]) -> Markup:
    """
    The picture of one WHY as SVG, with a title and a description for those who do not see it.

    Args:
        title: Of the WHY.

        score: Of the WHY.

        rows: Its items.
    """
    words = texts("report")
    height = HEAD + ROW * len(rows) + FOOT
    described = [
        words["picture.closed" if row.closed else "picture.item"].format(
            item=row.title, state=row.state, worth=f"{row.worth:.1f}", most=f"{row.most:.1f}", gain=_added(row)
        )
        for row in rows
    ]
    return tag(
        "svg",
        tag("title", words["picture.title"].format(why=title, score=f"{score.score:.1f}")),
        tag("desc", " ".join(described)),
        _meter(rows),
        _items(rows),
        _legend(height - 12),
        class_="kw-picture",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        font_family="system-ui, sans-serif",
    )


def _added(row: Row) -> str:
    return texts("report")["picture.gain"].format(gain=f"{row.found.gain:.1f}") if row.found.gain else ""


def _meter(rows: Sequence[Row]) -> Iterator[Markup]:
    """
    All that was earned in one bar from 0 to 100, with the marks of the bands.
    """
    yield _bar("track", 0, 0, WIDTH, METER)
    left = 0.0
    for row in rows:
        wide = WIDTH * row.worth / 100
        if wide:
            gap = min(1.5, wide / 3) if left + wide < WIDTH - 0.1 else 0
            hint = tag("title", f"{row.title}: {row.worth:.1f}")
            yield _bar(row.found.rung, left, 0, wide - gap, METER, hint)
        left += wide
    for band in bands():
        if 100 <= band.lowest < 10000:
            place = WIDTH * band.lowest / 10000
            yield tag("path", d=f"M{place:.1f} {METER}v6", stroke=COLOURS["soft"], class_="kw-stroke-soft")
            yield _text(f"{band.lowest // 100}", place, METER + 18, size=11, anchor="middle", colour="soft")
    yield _text("0", 0, METER + 18, size=11, colour="soft")
    yield _text("100", WIDTH, METER + 18, size=11, anchor="end", colour="soft")


def _items(rows: Sequence[Row]) -> Iterator[Markup]:
    words = texts("report")
    scale = WIDTH / max((row.most for row in rows), default=1)
    for index, row in enumerate(rows):
        top = HEAD + ROW * index
        state = f"{row.state} · {row.worth:.1f}" if row.worth else row.state
        if row.spare:
            state = f"{row.state} · {words['picture.spare']}"
        parts = [
            tag("title", f"{row.title}: {state}{_added(row)}"),
            _text(_cut(row.title), 0, top + 13, size=13),
            _text(state, WIDTH, top + 13, size=12, anchor="end", colour="soft"),
        ]
        if not row.closed:
            parts.append(_bar("track", 0, top + 19, row.most * scale, BAR))
        if row.worth:
            parts.append(_bar(row.found.rung, 0, top + 19, row.worth * scale, BAR))
        if row.found.gain:
            # It may be more than what is left of the track where a better answer replaces another that counted.
            wide = min(row.found.gain * scale, WIDTH - row.worth * scale)
            parts.append(_added_bar(row.worth * scale, top + 19, wide))
        yield tag("g", parts)


def _legend(base: float) -> Iterator[Markup]:
    words = texts("report")
    yield _bar("specific", 0, base - 9, 14, BAR)
    yield _text(words["legend.earned"], 20, base, size=11, colour="soft")
    yield _added_bar(72, base - 9, 14)
    yield _text(words["legend.gain"], 92, base, size=11, colour="soft")
    yield _bar("track", 246, base - 9, 14, BAR)
    yield _text(words["legend.room"], 266, base, size=11, colour="soft")


def _bar(colour: str, x: float, y: float, width: float, height: float, *children: Markup) -> Markup:
    return tag(
        "rect",
        children,
        class_=f"kw-fill-{colour}",
        x=x,
        y=y,
        width=width,
        height=height,
        rx=min(3, width / 2),
        fill=COLOURS[colour],
    )


def _added_bar(x: float, y: float, width: float) -> Markup:
    return tag(
        "rect",
        class_="kw-gain",
        x=x + 0.75,
        y=y + 0.75,
        width=max(width - 1.5, 0.5),
        height=BAR - 1.5,
        rx=min(2.5, width / 2),
        fill="#ffffff",
        stroke=COLOURS["specific"],
        stroke_width="1.5",
        stroke_dasharray="3 2",
    )


def _text(
    words: str,
    x: float,
    y: float,
    *,
    size: int,
    anchor: str | None = None,
    colour: str = "ink",
) -> Markup:
    return tag(
        "text",
        words,
        class_=f"kw-fill-{colour}",
        x=x,
        y=y,
        font_size=size,
        text_anchor=anchor,
        fill=COLOURS[colour],
    )


def _cut(title: str) -> str:
    """
    *title* as far as there is room; letters of East Asia take two places.
    """
    title = printable(title)
    room = TITLE
    for index, char in enumerate(title):
        room -= 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if room < 0:
            return f"{title[: index - 1]}…"
    return title
