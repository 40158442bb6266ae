"""
Scores in a data frame: one profile a row, in pandas, Polars, PyArrow and whatever else narwhals reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from typing import Any, TypeVar

from kowhy.batch import CHUNK, Row, run
from kowhy.checklists import Checklist
from kowhy.convert.checking import LISTS
from kowhy.convert.names import nearest, one_of
from kowhy.engine import Engine, default_engine
from kowhy.errors import Fault, InvalidFrameError, MissingExtraError, shown
from kowhy.whys import WHYS

F = TypeVar("F")

#: The columns that are added: what to do with a profile, then those of ``kowhy batch``.
ADDED = ("score", "band", "next_item", "next_question", "dominant", *WHYS, "faults")

#: Those that hold numbers; the others hold texts.
NUMBERS = frozenset({"score", *WHYS})


def score_frame(
    frame: F,
    *,
    column: str | None = "profile",
    prefix: str = "",
    engine: Engine | None = None,
    executor: Executor | None = None,
    chunksize: int = CHUNK,
) -> F:
    """
    The same frame with the scores of each row's profile beside it.

    Rows keep their number, order and index. A profile that cannot be read has its faults in its row and is null in
    the other new columns; so has a row without a profile. The new columns:

    - ``score`` (0..100) and ``band`` of the WHY that leads or, where none does, of the one with the highest score
    - ``next_item`` and ``next_question``: what to sharpen next, as ``"learn.scope"`` and in words; null when nothing
      would add to a score
    - ``dominant``: the WHY that leads, or null
    - one for each WHY, such as ``learn``: its score, null where the profile does not have it
    - ``faults``: what is wrong, as text; null where all is well

    Args:
        frame: A frame in memory that narwhals reads, such as of pandas, Polars or PyArrow.

        column: The one that holds a profile in each row, as JSON text (or, in pandas, as a mapping). With ``None``
            each column that is named after an item, such as ``learn.topic``, holds answers to it: a text, a list of
            texts, or null; a WHY is in the profile when one of its columns says something.

        prefix: Stands before the name of each new column.

        engine: Scores the profiles; ``None`` takes the one of the functions of the package.

        executor: Any :class:`concurrent.futures.Executor`; ``None`` does the work here.

        chunksize: Rows sent to a worker at once.

    Raises:
        InvalidFrameError: There is no such column, a column looks like an item that does not exist, a new column has
            the name of an old one, or the frame is lazy.

        MissingExtraError: narwhals is not installed.

        TypeError: It is no frame.

        ValueError: *chunksize* is less than 1.
    """
    nw = _narwhals()
    table = _in_memory(nw, frame)
    engine = engine or default_engine()
    names = list(table.columns)
    _check_free(names, prefix)
    if column is None:
        items: Iterable[Any] = _from_answers(table, _answer_columns(names, engine.checklists))
    elif column in names:
        items = map(_profile, table[column].to_list())
    else:
        raise InvalidFrameError([_no_column(column, names)])
    cells: dict[str, list[Any]] = {name: [] for name in ADDED}
    for row in run(engine, items, executor=executor, chunksize=chunksize, wanted="question"):
        for name, value in _cells(row).items():
            cells[name].append(value)
    # The types are given, since an empty column or one of nulls would not show them.
    made = [
        nw.new_series(
            f"{prefix}{name}", cells[name], nw.Float64 if name in NUMBERS else nw.String, backend=table.implementation
        )
        for name in ADDED
    ]
    found: F = table.with_columns(*made).to_native()
    return found


def _narwhals() -> Any:
    try:
        import narwhals  # noqa: PLC0415  # the extra
    except ImportError:
        wanted = "python -m pip install 'kowhy[frames]'"
        raise MissingExtraError([Fault(code="extra.missing", given="no package narwhals", wanted=wanted)]) from None
    return narwhals


def _in_memory(nw: Any, frame: object) -> Any:
    """
    *frame* as narwhals sees it, if it is one that has rows to look at.
    """
    try:
        table = nw.from_native(frame, pass_through=True)
    except nw.exceptions.DuplicateError as error:
        given = " ".join(str(error).split())
        raise InvalidFrameError([Fault(code="frame.column-twice", given=given, wanted="each name once")]) from None
    if isinstance(table, nw.LazyFrame):
        wanted = "a frame in memory, as its collect() gives; or let it apply score_frame to each of its parts"
        raise InvalidFrameError([Fault(code="frame.lazy", given=f"a {type(frame).__name__}", wanted=wanted)])
    if not isinstance(table, nw.DataFrame):
        msg = f"got a {type(frame).__name__}; wanted a data frame, such as one of pandas, Polars or PyArrow"
        raise TypeError(msg)
    return table


def _check_free(names: list[Any], prefix: str) -> None:
    taken = [name for added in ADDED if (name := f"{prefix}{added}") in names]
    if taken:
        wanted = f"free names, for example with prefix={f'{prefix}kowhy_'!r}"
        raise InvalidFrameError([Fault(code="frame.column-taken", given=", ".join(taken), wanted=wanted)])


def _no_column(column: str, names: list[Any]) -> Fault:
    wide = next((name for name in names if isinstance(name, str) and name.partition(".")[0] in WHYS), None)
    if wide is not None:
        wanted = f"column=None, for answers in columns such as {wide}"
    else:
        wanted = one_of(list(map(str, names))) if names else "a frame that has columns"
    return Fault(code="frame.no-column", given=f"column={column!r}", wanted=wanted)


def _answer_columns(names: list[Any], checklists: Mapping[str, Checklist]) -> list[tuple[str, str, str]]:
    """
    The columns with answers: the WHY, the key and the name of each, the WHYs in the order of the article.
    """
    found, faults = [], []
    for why, cls in WHYS.items():
        items = dict.fromkeys([*cls.item_keys(), *(item.key for item in checklists[why].items)])
        for name in names:
            if not (isinstance(name, str) and name.startswith(f"{why}.")):
                continue
            key = name.removeprefix(f"{why}.")
            if key in items or key in LISTS or key == "statement":
                found.append((why, key, name))
            else:
                near = nearest(key, items)
                wanted = f"{why}.{near}" if near else f"{why}. and {one_of(tuple(items))}"
                faults.append(Fault(code="item.unknown", given=f"column {shown(name)}", wanted=wanted))
    if not found and not faults:
        given = f"columns {', '.join(map(str, names))}" if names else "no columns"
        wanted = "columns named after items, such as learn.topic"
        faults.append(Fault(code="frame.no-items", given=given, wanted=wanted))
    if faults:
        raise InvalidFrameError(faults)
    return found


def _from_answers(table: Any, columns: list[tuple[str, str, str]]) -> Iterator[dict[str, Any]]:
    """
    The profile of each row, from the answers in its cells.
    """
    every = [(why, key, table[name].to_list()) for why, key, name in columns]
    for place in range(len(table)):
        whys: dict[str, dict[str, Any]] = {}
        for why, key, cells in every:
            value = _answer(cells[place])
            if value is not None:
                whys.setdefault(why, {"why": why})[key] = value
        yield {"whys": list(whys.values())}


def _profile(cell: Any) -> Any:
    """
    What a cell holds; a missing one is an empty text, which says so by its fault.
    """
    return "" if _is_missing(cell) else cell


def _answer(cell: Any) -> Any:
    """
    What a cell says, or ``None`` if it says nothing.
    """
    # Arrays and scalars of numpy, as pandas reads them from Parquet.
    value = cell.tolist() if hasattr(cell, "tolist") else cell
    if isinstance(value, list | tuple):
        return [one for one in value if not _is_missing(one)] or None
    if _is_missing(value) or (isinstance(value, str) and not value.strip()):
        return None
    return value


def _is_missing(cell: Any) -> bool:
    """
    Whether a cell is null: ``None``, NaN or a sign of pandas, which narwhals leaves as they are.
    """
    if isinstance(cell, float):
        return cell != cell  # noqa: PLR0124  # only NaN is not equal to itself
    return cell is None or type(cell).__name__ in ("NAType", "NaTType")


def _cells(row: Row) -> dict[str, Any]:
    if row.faults:
        return dict.fromkeys(ADDED) | {"faults": " | ".join(map(str, row.faults))}
    first = row.dominant or max(row.scores, key=row.scores.__getitem__)
    question = row.question
    return {
        "score": row.scores[first],
        "band": row.bands[first],
        "next_item": question and f"{question.why}.{question.item}",
        "next_question": question and question.text,
        "dominant": row.dominant,
        **{why: row.scores.get(why) for why in WHYS},
        "faults": None,
    }
