"""
Progress: what changed between two scorecards or two reviews, in words and as data.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import attrs

from kowhy.bands import band
from kowhy.checklists import load_checklists
from kowhy.ring.log import Stage
from kowhy.ring.results import Review
from kowhy.ring.suggestions import counted
from kowhy.scorecards import ItemScore, Scorecard, WhyScore
from kowhy.texts import texts
from kowhy.whys import State

T = TypeVar("T", Scorecard, Review)


@attrs.frozen(kw_only=True)
class Change:
    """
    One thing that changed.

    Attributes:
        code: Stable name, such as ``"score.up"``.

        why: Id of the WHY that it is about, if one.

        item: Key of the item that it is about, if one.

        before: What it was: a number, a rung, an id; ``None`` where there was nothing.

        after: What it is.

        text: In plain English.
    """

    code: str
    why: str | None = None
    item: str | None = None
    before: str | float | None = None
    after: str | float | None = None
    text: str


@attrs.frozen(kw_only=True)
class Progress:
    """
    What changed between two scorecards or two reviews.

    Attributes:
        kind: ``"scorecard"`` or ``"review"``.

        changes: One by one, the weightiest first; none quotes an answer or names a person.
    """

    kind: str
    changes: tuple[Change, ...] = ()

    @property
    def text(self) -> str:
        """
        All of it in words, a line each.
        """
        return "\n".join(one.text for one in self.changes) or texts("ring")["change.none"]

    def _to_dict_(self) -> dict[str, Any]:
        return {
            "format": "kowhy.progress/1",
            "kind": self.kind,
            "changes": [
                {key: value for key, value in attrs.asdict(one).items() if value is not None} for one in self.changes
            ],
            "text": self.text,
        }


def compare(before: T, after: T) -> Progress:
    """
    What changed from *before* to *after*: two scorecards of one profile, or two reviews of one log.

    Raises:
        TypeError: They are not both scorecards or both reviews.
    """
    if isinstance(before, Scorecard) and isinstance(after, Scorecard):
        return Progress(kind="scorecard", changes=tuple(_scorecards(before, after)))
    if isinstance(before, Review) and isinstance(after, Review):
        return Progress(kind="review", changes=tuple(_reviews(before, after)))
    msg = f"got a {type(before).__name__} and a {type(after).__name__}; wanted two scorecards or two reviews"
    raise TypeError(msg)


def _change(
    code: str,
    *words: tuple[str, str],
    why: str | None = None,
    item: str | None = None,
    before: str | float | None = None,
    after: str | float | None = None,
) -> Change:
    """
    A change in the words of ``change.<code>``.

    Args:
        code: Of the change.

        words: What stands in the words, where it is not the value itself.

        why: As in :class:`Change`, and so are the others.

        item: See there.

        before: See there.

        after: See there.
    """
    said = {"before": str(before), "after": str(after)} | dict(words)
    text = texts("ring")[f"change.{code}"].format_map(said)
    return Change(code=code, why=why, item=item, before=before, after=after, text=f"{text[:1].upper()}{text[1:]}")


def _title(why: str) -> str:
    checklists = load_checklists()
    return checklists[why].title if why in checklists else why


def _item(why: str, key: str) -> str:
    checklist = load_checklists().get(why)
    found = [item.title for item in checklist.items if item.key == key] if checklist else []
    return f"{found[0] if found else key} ({_title(why)})"


def _scorecards(before: Scorecard, after: Scorecard) -> Iterator[Change]:
    for why in (*before.whys, *(why for why in after.whys if why not in before.whys)):
        title = ("title", _title(why))
        if why not in after.whys:
            yield _change("why.removed", title, why=why)
        elif why not in before.whys:
            yield _change("why.added", title, why=why)
        else:
            yield from _why(why, before.whys[why], after.whys[why])
    if before.dominant != after.dominant:
        code = "dominant.set" if before.dominant is None else "dominant.open" if after.dominant is None else "dominant"
        names = [(key, _title(why)) for key, why in (("before", before.dominant), ("after", after.dominant)) if why]
        yield _change(code, *names, before=before.dominant, after=after.dominant)


def _why(why: str, before: WhyScore, after: WhyScore) -> Iterator[Change]:
    title = ("title", _title(why))
    if before.score != after.score:
        code = f"score.{'up' if after.score > before.score else 'down'}"
        said = (("before", f"{before.score:.1f}"), ("after", f"{after.score:.1f}"))
        yield _change(code, title, *said, why=why, before=before.score, after=after.score)
    if before.band != after.band:
        said = (("before", band(before.band).title), ("after", band(after.band).title))
        yield _change("band", title, *said, why=why, before=before.band, after=after.band)
    for key, now in after.items.items():
        if key in before.items:
            yield from _of_item(why, key, before.items[key], now)
    for quality in ("clear", "crisp", "clean"):
        was, is_now = getattr(before, quality), getattr(after, quality)
        # Without a statement there is nothing to call crisp, and that is no loss.
        if was != is_now and is_now is not None and (was is not None or is_now):
            yield _change(f"{quality}.{'yes' if is_now else 'no'}", title, why=why)


def _of_item(why: str, key: str, before: ItemScore, after: ItemScore) -> Iterator[Change]:
    name = ("item", _item(why, key))
    if after.state is not before.state and after.state in (State.DECLINED, State.NOT_APPLICABLE):
        yield _change(f"state.{after.state.value}", name, why=why, item=key)
    elif after.level != before.level:
        code = f"rung.{'up' if after.level > before.level else 'down'}"
        yield _change(code, name, why=why, item=key, before=before.rung, after=after.rung)


def _reviews(before: Review, after: Review) -> Iterator[Change]:
    for name, noun in (("landed", "result"), ("rounds", "round")):
        was, now = getattr(before, name), getattr(after, name)
        if now != was:
            code = name if now > was else f"{name}.fewer"
            yield _change(code, ("number", counted(abs(now - was), noun)), before=was, after=now)
    yield from _fit(before, after)
    for name, track in after.tracks.items():
        was, now = before.tracks[name].recent, track.recent
        if now != was:
            title = ("track", texts("ring")[f"track.{name}"])
            said = (("before", f"{was:,}"), ("after", counted(now, "round")))
            yield _change(f"track.{'up' if now > was else 'down'}", title, *said, item=name, before=was, after=now)
    if after.streak != before.streak and (after.streak > before.streak or after.streak == 0):
        code = "streak.up" if after.streak else "streak.broken"
        said = (("before", counted(before.streak, "week")), ("after", counted(after.streak, "week")))
        yield _change(code, *said, before=before.streak, after=after.streak)
    yield from _people(before, after)
    was, now = len(before.promises), len(after.promises)
    if now != was:
        said = (("before", f"{was:,}"), ("after", counted(now, "promise")))
        yield _change(f"promises.{'up' if now > was else 'down'}", *said, before=was, after=now)


def _fit(before: Review, after: Review) -> Iterator[Change]:
    """
    How much of the rounds lately fits, where both reviews had a plan to tell and rounds to tell it of.
    """
    shares = [
        (one.recent_right / total) if one.planned and (total := one.recent_right + one.recent_other) else None
        for one in (before, after)
    ]
    was, now = shares
    if was is None or now is None or was == now:
        return
    said = (("before", f"{was:.0%}"), ("after", f"{now:.0%}"))
    yield _change(f"fit.{'up' if now > was else 'down'}", *said, before=round(was, 4), after=round(now, 4))


def _people(before: Review, after: Review) -> Iterator[Change]:
    """
    Who is new, who moved on to which stage, and who went cold or warm again, counted.
    """
    known = {one.person.id: one for one in before.relationships}
    new = sum(one.person.id not in known for one in after.relationships)
    if new:
        yield _change("people", ("number", counted(new, "person")), before=len(known), after=len(after.relationships))
    pairs = [(known[one.person.id], one) for one in after.relationships if one.person.id in known]
    for stage in reversed(Stage):
        moved = sum(now.stage is stage and was.stage is not stage for was, now in pairs)
        if moved:
            said = (("number", counted(moved, "person")), ("stage", texts("ring")[f"stage.{stage}"]))
            yield _change("stage", *said, item=str(stage), after=moved)
    for code, first, second in (("warmed", "cold", "warm"), ("cooled", "warm", "cold")):
        number = sum((was.state, now.state) == (first, second) for was, now in pairs)
        if number:
            yield _change(code, ("number", counted(number, "relationship")), after=number)
