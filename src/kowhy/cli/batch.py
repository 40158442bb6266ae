"""
The command ``kowhy batch``: many profiles in a file, resumable after any kind of stop.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import IO, Any

import attrs
import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from kowhy import __version__
from kowhy.batch import Row
from kowhy.engine import default_engine
from kowhy.errors import Fault, KowhyError
from kowhy.whys import WHYS

#: Lines of one part file; a stop costs at most the work on the parts that were not finished.
PART = 5_000


@click.command()
@click.argument("source", metavar="IN", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.argument("target", metavar="OUT", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Processes that share the work."
)
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), help="Of OUT; else its ending says it.")
@click.option("--plans", is_flag=True, help="Add the plan of each profile (jsonl only).")
def batch(source: Path, target: Path, workers: int, form: str | None, *, plans: bool) -> None:
    """
    Score every profile in IN, one in JSON a line (.gz too), and write one row each to OUT (.gz too).

    A bad line becomes a row that says what is wrong. After a stop, the same command goes on where it was.
    """
    form = form or ("csv" if ".csv" in target.suffixes else "jsonl")
    if plans and form == "csv":
        raise KowhyError([Fault(code="batch.plans-as-csv", given="--plans --format csv", wanted="--format jsonl")])
    job = _Job(source=source, target=target, form=form, plans=plans)
    job.open()
    with ExitStack() as stack:
        executor = stack.enter_context(ProcessPoolExecutor(workers)) if workers > 1 else None
        engine = default_engine()
        many = engine.plan_many if plans else engine.score_many
        chunk = max(1, PART // (4 * workers))
        with _progress() as progress:
            task = progress.add_task(source.name, total=source.stat().st_size)
            with source.open("rb") as raw:
                lines = _lines(raw, gzipped=source.suffix == ".gz", most=engine.limits.text)
                number = 0
                while part := list(islice(lines, PART)):
                    if not job.has(number):
                        job.write(number, job.rows(many(part, executor, chunk), first=number * PART))
                    number += 1
                    progress.update(task, completed=raw.tell())
    job.close(number)


def _progress() -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(show_speed=True),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty())


def _lines(raw: IO[bytes], *, gzipped: bool, most: int) -> Iterator[bytes]:
    """
    The lines of a file, of which overlong ones are cut, so that they are refused without being held in memory.
    """
    stream: IO[bytes] = gzip.GzipFile(fileobj=raw) if gzipped else raw  # type: ignore[assignment]  # reads bytes as well
    while line := stream.readline(most + 2):
        if not line.endswith(b"\n"):
            while (rest := stream.readline(most + 2)) and not rest.endswith(b"\n"):
                pass
        yield line.rstrip(b"\r\n")


@attrs.frozen(kw_only=True)
class _Job:
    """
    A run from one file to another, in parts that are kept until all are there.
    """

    source: Path
    target: Path
    form: str
    plans: bool

    @property
    def room(self) -> Path:
        return self.target.with_name(f"{self.target.name}.parts")

    def manifest(self) -> dict[str, Any]:
        """
        What must be the same for the parts of an earlier run to count.
        """
        seen = hashlib.sha256()
        with self.source.open("rb") as file:
            while block := file.read(1 << 20):
                seen.update(block)
        return {
            "kowhy": __version__,
            "sha256": seen.hexdigest(),
            "form": self.form,
            "plans": self.plans,
            "part": PART,
            "whys": list(WHYS),
        }

    def open(self) -> None:
        """
        Begin, or go on with what an earlier run left.

        Raises:
            KowhyError: What is there comes from another input or from other options.
        """
        mine = self.manifest()
        place = self.room / "manifest.json"
        if place.exists():
            if json.loads(place.read_text("utf-8")) != mine:
                wanted = f"the same input and options as before, or no folder {self.room.name}"
                raise KowhyError(
                    [Fault(code="batch.other-run", source=str(self.room), given="parts of another run", wanted=wanted)]
                )
            return
        self.room.mkdir(exist_ok=True)
        _write(place, json.dumps(mine, indent=2).encode())

    def part(self, number: int) -> Path:
        return self.room / f"{number:08}.part"

    def has(self, number: int) -> bool:
        return self.part(number).exists()

    def write(self, number: int, rows: Iterable[str]) -> None:
        _write(self.part(number), "".join(rows).encode())

    def rows(self, found: Iterable[Row], *, first: int) -> Iterator[str]:
        """
        The rows as lines of the output.
        """
        for row in found:
            yield _csv(row, first) if self.form == "csv" else _json(row, first)

    def close(self, count: int) -> None:
        """
        Put the parts together and clean up; whoever reads OUT finds all of it or nothing.
        """
        new = self.target.with_name(f".{self.target.name}.new")
        with new.open("wb") as file:
            # No name and no time in the head, so that the same rows give the same bytes.
            out: Any = gzip.GzipFile("", "wb", fileobj=file, mtime=0) if self.target.suffix == ".gz" else file
            if self.form == "csv":
                out.write(_head().encode())
            for number in range(count):
                with self.part(number).open("rb") as part:
                    shutil.copyfileobj(part, out)
            if out is not file:
                out.close()
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.target)
        shutil.rmtree(self.room)


def _write(path: Path, data: bytes) -> None:
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _json(row: Row, first: int) -> str:
    found: dict[str, Any] = {"line": first + row.line}
    if row.faults:
        found["faults"] = [attrs.asdict(fault) for fault in row.faults]
    else:
        found |= {"scores": dict(row.scores), "dominant": row.dominant}
        if row.plan is not None:
            found["plan"] = dict(row.plan)
    return f"{json.dumps(found, ensure_ascii=False)}\n"


def _head() -> str:
    return _line(["line", "dominant", *WHYS, "faults"])


def _csv(row: Row, first: int) -> str:
    scores = [row.scores.get(why, "") for why in WHYS]
    return _line([first + row.line, row.dominant or "", *scores, " | ".join(map(str, row.faults))])


def _line(cells: list[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
