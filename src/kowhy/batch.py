"""
Many profiles at once: lazy in and out, in order, on any executor.

Raw texts travel to the workers, not objects, and each worker builds its engine once.
"""

from __future__ import annotations

import json
import pickle
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

import attrs

from kowhy._frozen import FrozenMap
from kowhy.convert import to_dict, to_json
from kowhy.errors import Fault, KowhyError, shown
from kowhy.questions import Question, questions
from kowhy.scoring import bare_scores, score_profile
from kowhy.whys import Profile

if TYPE_CHECKING:
    from kowhy.engine import Engine

#: Chunks of work that wait for a worker or for their turn, at most, unless told; it bounds the memory of a run.
AHEAD = 16

#: Profiles of one chunk: enough to outweigh the cost of sending it, few enough to keep all workers busy to the end.
CHUNK = 1_000

#: Recommendations of each part in the plan of a row.
SHOWN = 3

#: What rows hold: scores alone; bands and the next question as well; or plans as well.
Wanted = Literal["scores", "question", "plan"]


@attrs.frozen(kw_only=True)
class Row:
    """
    What became of one profile of many.

    Attributes:
        line: Its position among the items, from 1 on.

        scores: The score of each WHY, 0..100, in the order of the article; empty when the profile could not be read.

        dominant: Id of the WHY that leads, or ``None``.

        bands: The band of each WHY; empty unless asked for.

        question: The question whose answer would raise a score most; ``None`` unless asked for, or if there is none.

        plan: The best three recommendations of each part in their JSON form; ``None`` unless asked for.

        faults: Why the profile could not be read; empty when all is well.
    """

    line: int
    scores: FrozenMap[str, float] = FrozenMap()
    dominant: str | None = None
    bands: FrozenMap[str, str] = FrozenMap()
    question: Question | None = attrs.field(default=None, repr=False)
    plan: FrozenMap[str, Any] | None = attrs.field(default=None, repr=False)
    faults: tuple[Fault, ...] = ()


def run(
    engine: Engine,
    items: Iterable[Profile | Mapping[str, Any] | str | bytes],
    *,
    executor: Executor | None,
    chunksize: int = CHUNK,
    ahead: int = AHEAD,
    wanted: Wanted = "scores",
) -> Iterator[Row]:
    """
    One row for each item, in their order, while the items are read only as fast as rows are taken.

    Args:
        engine: Scores the profiles.

        items: Profiles, mappings or JSON texts; a bad one gives a row with faults and never stops the run.

        executor: Any :class:`concurrent.futures.Executor`; ``None`` does the work here.

        chunksize: Items sent to a worker at once, 1 or more.

        ahead: Chunks on their way at most, 1 or more.

        wanted: What rows hold.

    Raises:
        ValueError: *chunksize* or *ahead* is less than 1.
    """
    for name, value in (("chunksize", chunksize), ("ahead", ahead)):
        if value < 1:
            msg = f"{name} must be 1 or more, not {value}"
            raise ValueError(msg)
    if executor is None:
        return (_row(engine, line, item, wanted=wanted) for line, item in enumerate(items, 1))
    return _spread(engine, items, executor, chunksize, ahead, wanted=wanted)


def _spread(
    engine: Engine,
    items: Iterable[Profile | Mapping[str, Any] | str | bytes],
    executor: Executor,
    chunksize: int,
    ahead: int,
    *,
    wanted: Wanted,
) -> Iterator[Row]:
    # Scores need neither rules nor recommenders, and what does not travel costs nothing.
    lean = attrs.evolve(engine, packs=(), recommenders=(), installed=type(engine.installed)())
    blob = pickle.dumps(engine if wanted == "plan" else lean)
    texts = (_text(item) for item in items)
    waiting: deque[Future[list[Row]]] = deque()
    first = 1
    try:
        while chunk := list(islice(texts, chunksize)):
            waiting.append(executor.submit(work, blob, first, chunk, wanted=wanted))
            first += len(chunk)
            if len(waiting) >= ahead:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _text(item: Profile | Mapping[str, Any] | str | bytes) -> str | bytes | Fault:
    """
    *item* as a text that travels well; what has no JSON form becomes its fault.
    """
    if isinstance(item, str | bytes):
        return item
    if isinstance(item, Profile):
        return to_json(item)
    try:
        return json.dumps(item)
    except (TypeError, ValueError, RecursionError) as error:
        return _fault(error)


def _fault(error: Exception) -> Fault:
    return Fault(
        code="item.no-json", given=shown(str(error)), wanted="a profile, a mapping of JSON values, or a JSON text"
    )


def work(blob: bytes, first: int, chunk: list[str | bytes | Fault], *, wanted: Wanted) -> list[Row]:
    """
    What a worker does: score one chunk. It stands here so that every kind of worker can import it.

    Args:
        blob: The engine, pickled.

        first: Position of the first item.

        chunk: The items.

        wanted: What rows hold.
    """
    engine = _engine(blob)
    return [_row(engine, line, item, wanted=wanted) for line, item in enumerate(chunk, first)]


@lru_cache(maxsize=4)
def _engine(blob: bytes) -> Engine:
    engine: Engine = pickle.loads(blob)  # noqa: S301  # made by the process that sent the chunk
    return engine


def _row(engine: Engine, line: int, item: Any, *, wanted: Wanted) -> Row:
    if isinstance(item, Fault):
        return Row(line=line, faults=(item,))
    try:
        return _sound(engine, line, engine.profile(item), wanted=wanted)
    except KowhyError as error:
        return Row(line=line, faults=error.faults)
    except (TypeError, ValueError, AttributeError) as error:
        # What is neither a profile nor a mapping nor a text may fail in many ways, and none of them stops the run.
        return Row(line=line, faults=(_fault(error),))


def _sound(engine: Engine, line: int, profile: Profile, *, wanted: Wanted) -> Row:
    if wanted == "question":
        card = score_profile(profile, checklists=engine.checklists, rater=engine.rater)
        return Row(
            line=line,
            scores=FrozenMap({why: score.score for why, score in card.whys.items()}),
            dominant=card.dominant,
            bands=FrozenMap({why: score.band for why, score in card.whys.items()}),
            question=next(iter(questions(card, checklists=engine.checklists, limit=1)), None),
        )
    scores, dominant = bare_scores(profile, checklists=engine.checklists, rater=engine.rater)
    plan = FrozenMap(to_dict(engine.plan(profile).head(SHOWN))) if wanted == "plan" else None
    return Row(line=line, scores=FrozenMap(scores), dominant=dominant, plan=plan)
