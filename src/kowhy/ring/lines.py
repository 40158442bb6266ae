"""
A review as styled lines: a calendar of the last weeks, the tracks as bars, and what to do next.

Everything can be read without colour: days are numbers, and what is good or weak is said.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator

from kowhy.render.lines import Line, Look, Span
from kowhy.render.safe import printable
from kowhy.ring.chances import Chance, Odds
from kowhy.ring.relationships import Promise
from kowhy.ring.results import Review
from kowhy.ring.steps import per_week
from kowhy.ring.suggestions import counted, span, who
from kowhy.tables import table
from kowhy.texts import texts

#: How many relationships and promises are told one by one.
TOLD = 5

#: Length of a bar.
_BAR = 20


def review_lines(review: Review, *, look: Look) -> Iterator[Line]:
    """
    The review from the calendar to the odds.
    """
    words = texts("ring")
    yield (Span(words["head"].format(day=_day(review.today)), "title"),)
    yield from _wrapped(_summary(review), look, "  ")
    for part in (_calendar, _tracks, _fit, _promises, _cold, _next, _odds, _notes):
        lines = [*part(review, look)]
        if lines:
            yield ()
            yield from lines


def _wrapped(text: str, look: Look, indent: str, first: str | None = None, style: str = "") -> Iterator[Line]:
    start = indent if first is None else first
    for line in textwrap.wrap(
        printable(text), look.width, initial_indent=start, subsequent_indent=indent, break_on_hyphens=False
    ):
        yield (Span(line, style),)


def _day(day: dt.date) -> str:
    return f"{day.day} {texts('ring')['months'].split()[day.month - 1]} {day.year}"


def _summary(review: Review) -> str:
    words = texts("ring")
    if review.first is None:
        return words["head.empty"]
    weeks = counted(review.streak, "week")
    code = "none" if not review.streak else "best" if review.streak == review.best and review.streak > 1 else "now"
    return words["head.rounds"].format(
        rounds=counted(review.rounds, "round"),
        first=_day(review.first),
        landed=counted(review.landed, "result") if review.landed else words["head.none"],
        streak=words[f"streak.{code}"].format(weeks=weeks),
    )


def _title(code: str, **said: str) -> Line:
    return (Span(texts("ring")[code].format_map(said).upper(), "title"),)


def _calendar(review: Review, look: Look) -> Iterator[Line]:
    """
    A column for each week, a row for each day of the week.
    """
    words = texts("ring")
    number = table("ring")["heat_weeks"]
    monday = review.today.toordinal() - review.today.weekday()
    starts = [monday - 7 * back for back in reversed(range(number))]
    # In the first weeks of the calendar there is no week before.
    starts = [start for start in starts if start >= 1]
    yield _title("calendar")
    yield (Span(f"       {_months(starts)}", "dim"),)
    yield (Span(f"       {''.join(f'{dt.date.fromordinal(start).day:>3}' for start in starts)}", "dim"),)
    for index, name in enumerate(words["days"].split()):
        cells = [_cell(review, start + index) for start in starts]
        yield (Span(f"  {name}  "), *cells)
    yield from _wrapped(words["calendar.legend"], look, "  ", style="dim")


def _months(starts: list[int]) -> str:
    """
    The name of a month above the first of its weeks.
    """
    names = texts("ring")["months"].split()
    months = [dt.date.fromordinal(start).month for start in starts]
    line = ""
    for before, month, after in zip([0, *months], months, [*months[1:], 0], strict=False):
        # A name takes a whole column, so the month of a first week that is the last of its month has no room.
        is_new = month != before and (before or month == after)
        line += f"{names[month - 1][:3] if is_new else '':>3}"
    return line.rstrip()


def _cell(review: Review, day: int) -> Span:
    today = review.today.toordinal()
    if day > today:
        return Span("   ")
    rounds = review.days.get(dt.date.fromordinal(day), 0)
    text = "." if not rounds else str(rounds) if rounds < 10 else "+"
    return Span(f"{text:>3}", "good" if rounds > 1 else "" if rounds else "dim")


def _tracks(review: Review, look: Look) -> Iterator[Line]:
    words = texts("ring")
    yield _title("tracks", weeks=counted(review.recent_weeks, "week"))
    most = max(1, *(track.recent for track in review.tracks.values()))
    for name, track in review.tracks.items():
        on, off = look.bar(track.recent / most, _BAR)
        text = counted(track.recent, "round")
        if track.streak > 1:
            text += f", {words['streak.now'].format(weeks=counted(track.streak, 'week'))}"
        yield (
            Span(f"  {words[f'track.{name}']:<14}  "),
            Span(on, "good"),
            Span(off, "dim"),
            Span(f"  {text}", "" if track.recent else "weak"),
        )


def _fit(review: Review, look: Look) -> Iterator[Line]:
    if review.planned and review.rounds:
        yield _title("fit")
        on, off = look.bar(review.right / review.rounds, _BAR)
        said = {"right": f"{review.right:,}", "rounds": counted(review.rounds, "round"), "other": f"{review.other:,}"}
        text = texts("ring")["fit.row" if review.other else "fit.all"].format_map(said)
        yield (Span(f"  {'':<14}  "), Span(on, "good"), Span(off, "dim"), Span(f"  {text}"))


def _promises(review: Review, look: Look) -> Iterator[Line]:
    words = texts("ring")
    if review.promises:
        yield _title("promises")
    for one in review.promises[:TOLD]:
        code = "promises.row" if one.text else "promises.plain"
        text = words[code].format(who=who(one.person), what=one.text.strip().rstrip("."), when=_when(one))
        yield from _wrapped(text, look, "    ", "  - ", style="weak" if one.days > 0 else "")
    yield from _more(len(review.promises), look)


def _when(promise: Promise) -> str:
    if not promise.has_date:
        return texts("ring")["promises.undated"].format(time=span(promise.age))
    code = "late" if promise.days > 0 else "soon" if promise.days else "today"
    return texts("ring")[f"promises.{code}"].format(time=span(abs(promise.days)))


def _cold(review: Review, look: Look) -> Iterator[Line]:
    words = texts("ring")
    cold = review.cold
    if cold:
        yield _title("cold")
    for one in cold[:TOLD]:
        said = {"who": who(one.person), "stage": words[f"stage.{one.stage}"], "time": span(one.days)}
        yield from _wrapped(words["cold.row"].format_map(said), look, "    ", "  - ", style="weak")
    yield from _more(len(cold), look)


def _more(number: int, look: Look) -> Iterator[Line]:
    if number > TOLD:
        yield from _wrapped(texts("ring")["more"].format(number=f"{number - TOLD:,}"), look, "    ", style="dim")


def _next(review: Review, look: Look) -> Iterator[Line]:
    words = texts("ring")
    if review.next_rounds:
        yield _title("next")
    for number, one in enumerate(review.next_rounds, 1):
        yield from _wrapped(one.text, look, "     ", f"{number:>3}. ", style="title")
        yield from _wrapped(words["because"].format(because=one.because), look, "     ", style="dim")


def _odds(review: Review, look: Look) -> Iterator[Line]:
    """
    A row for each pace, a column for each number of weeks.
    """
    odds = review.odds
    if odds is None:
        return
    words = texts("ring")
    weeks = sorted({one.weeks for one in odds.at})
    rows = [("", *(words["odds.head"].format(weeks=counted(number, "week")) for number in weeks), "")]
    for pace in sorted({one.pace for one in odds.at}):
        cells = (_chance(one) for one in odds.at if one.pace == pace)
        rows.append((words["odds.pace"].format(pace=per_week(pace)), *cells, _mark(review, pace)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield _title("odds")
    for row in rows:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield (Span(f"  {line.rstrip()}", "" if row[0] else "dim"),)
    yield from _wrapped(_basis(odds), look, "  ", style="dim")


def _chance(one: Chance) -> str:
    said = {"chance": percent(one.chance), "low": percent(one.low), "high": percent(one.high)}
    return texts("ring")["odds.cell"].format_map(said)


def _mark(review: Review, pace: float) -> str:
    words = texts("ring")
    if pace == review.pace:
        return words["odds.present"]
    return words["odds.chosen"] if pace == review.chosen_pace else ""


def _basis(odds: Odds) -> str:
    words = texts("ring")
    return words["odds.basis"].format(
        landed=counted(odds.landed, "result") if odds.landed else words["head.none"],
        rounds=counted(odds.rounds, "round"),
        weight=counted(round(sum(odds.prior)), "round"),
        level=f"{10 * odds.level:g}",
    )


def percent(share: float) -> str:
    """
    A chance in whole percent; nothing that may happen is told as sure or as impossible.
    """
    words = texts("ring")
    if 0 < share < 0.01:
        return words["odds.never"]
    return words["odds.surely"] if share > 0.99 else f"{share:.0%}"


def _notes(review: Review, look: Look) -> Iterator[Line]:
    if review.findings:
        yield _title("notes")
    for finding in review.findings:
        yield from _wrapped(finding.text, look, "    ", "  - ")
