"""
Rounds from a table (CSV) with whatever columns it has; errors by line, and nothing half-read.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from hashlib import sha256
from io import StringIO
from typing import Any

import attrs

from kowhy.convert.names import one_of, pointer
from kowhy.errors import Fault, InvalidRingError, shown
from kowhy.ring.log import KEYS, Ring, Round
from kowhy.ring.reading import LIMITS, Check

#: What a column can hold: the keys of a round, and what the person is called.
FIELDS = (*KEYS, "label")

_DELIMITERS = (",", ";", "\t")
_YES = frozenset({"yes", "y", "true", "1", "x"})
_NO = frozenset({"no", "n", "false", "0"})


def rounds_from_csv(
    text: str | bytes,
    *,
    columns: Mapping[str, str] | None = None,
    values: Mapping[str, Mapping[str, str]] | None = None,
    defaults: Mapping[str, str] | None = None,
    date_format: str | None = None,
) -> tuple[Round, ...]:
    """
    The rounds in a table with a line of column names.

    Commas, semicolons or tabs may stand between the cells. Empty lines and empty cells count as not given.

    Args:
        text: The table, in UTF-8 when it comes as bytes.

        columns: Name of the column by field; fields are the keys of a round in JSON, and ``label``. ``None`` takes the
            columns that are called like fields. With a column for ``label`` and none for ``with``, ids are made from
            the labels.

        values: By field, what stands in the table and what it means, such as ``{"stage": {"1st call": "met"}}``.

        defaults: Values for fields that have no column, or an empty cell, such as ``{"track": "place"}``.

        date_format: How dates are written, as for :meth:`datetime.datetime.strptime`; ``None`` takes ``YYYY-MM-DD``.

    Raises:
        InvalidRingError: With every fault at once; the source of each is its line.
    """
    faults = [
        Fault(code="field.unknown", pointer=f"{name}/{field}", given=shown(field), wanted=one_of(FIELDS))
        for name, table in (("columns", columns), ("values", values), ("defaults", defaults))
        for field in table or ()
        if field not in FIELDS
    ]
    if faults:
        raise InvalidRingError(faults)
    source = _text(text)
    head, delimiter = _head(source, columns)
    wanted = _columns(head, columns)
    meanings = {
        field: {word.strip().casefold(): meaning for word, meaning in table.items()}
        for field, table in (values or {}).items()
    }
    reading = _Reading(wanted=wanted, meanings=meanings, defaults=dict(defaults or {}), date_format=date_format)
    for line, cells in _rows(source, delimiter):
        reading.row(line, cells, len(head))
    if not reading.faults:
        reading.clashes()
    if reading.faults:
        raise InvalidRingError(reading.faults)
    return tuple(reading.rounds)


def _text(text: str | bytes) -> str:
    if len(text) > LIMITS.text:
        fault = Fault(code="limit.text", given=f"more than {LIMITS.text} bytes", wanted=f"at most {LIMITS.text} bytes")
        raise InvalidRingError([fault])
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        given = f"byte 0x{text[error.start]:02x}"
        raise InvalidRingError([_fault(line, "csv.encoding", "", given, "a text in UTF-8")]) from None


def _fault(line: int, code: str, column: str, given: str, wanted: str) -> Fault:
    return Fault(code=code, pointer=f"/{column}" if column else "", given=given, wanted=wanted, source=f"line {line}")


def _rows(source: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """
    Every line below the head with its number; one that goes on after a line break has the number of its first line.
    """
    reader = csv.reader(StringIO(source, newline=""), delimiter=delimiter, strict=True)
    line, is_head = 1, True
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise InvalidRingError([_fault(line, "csv.syntax", "", shown(str(error)), "a table in CSV")]) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            if not is_head:
                yield line, cells
            is_head = False
        line = reader.line_num + 1


def _head(source: str, columns: Mapping[str, str] | None) -> tuple[list[str], str]:
    """
    The column names, and what stands between the cells: whatever finds the most columns that are asked for.
    """
    sought = {_plain(name) for name in (columns.values() if columns is not None else FIELDS)}
    best: tuple[int, list[str], str] = (-1, [], ",")
    for delimiter in _DELIMITERS:
        reader = csv.reader(StringIO(source, newline=""), delimiter=delimiter)
        try:
            head = next((cells for cells in reader if any(cell.strip() for cell in cells)), [])
        except csv.Error:
            continue
        found = len(sought & {_plain(name) for name in head})
        if found > best[0]:
            best = (found, head, delimiter)
    if not best[1]:
        wanted = "a line of column names, then a line for each round"
        raise InvalidRingError([_fault(1, "csv.empty", "", "nothing", wanted)])
    return best[1], best[2]


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _columns(head: list[str], columns: Mapping[str, str] | None) -> dict[str, tuple[int, str]]:
    """
    Place and name of the column of each field.
    """
    places = {_plain(name): (index, name.strip()) for index, name in reversed([*enumerate(head)])}
    faults = []
    found: dict[str, tuple[int, str]] = {}
    for field, name in (columns if columns is not None else {field: field for field in FIELDS}).items():
        if (place := places.get(_plain(name))) is not None:
            found[field] = place
        elif columns is not None:
            faults.append(_fault(1, "column.missing", "", f"no column {shown(name)}", f"a column for {field}"))
    if faults:
        raise InvalidRingError(faults)
    return found


@attrs.define
class _Reading:
    """
    One reading of one table.
    """

    wanted: dict[str, tuple[int, str]]
    meanings: dict[str, dict[str, str]]
    defaults: dict[str, str]
    date_format: str | None
    rounds: list[Round] = attrs.field(factory=list)
    lines: list[int] = attrs.field(factory=list)
    faults: list[Fault] = attrs.field(factory=list)

    def row(self, line: int, cells: list[str], width: int) -> None:
        """
        Read one line.
        """
        if len(cells) != width:
            code = "row.too-long" if len(cells) > width else "row.too-short"
            self.faults.append(_fault(line, code, "", f"{len(cells)} cells", f"{width} cells, as in the head"))
            return
        check = Check()
        entry = self._entry(cells)
        for key in ("date", "track"):
            if key not in entry:
                check.add("key.missing", (), f"no {key}", f"a {key} in each line, or a default")
        fields = {key: self._field(check, key, value) for key, value in entry.items()}
        if "with" in fields:
            fields["person"] = fields.pop("with")
        if not check.faults:
            check.agree(fields, ())
        if check.faults:
            self.faults += (self._placed(fault, line) for fault in check.faults)
            return
        self.rounds.append(Round(**fields))
        self.lines.append(line)

    def _field(self, check: Check, key: str, value: Any) -> Any:
        if self.date_format is None or key not in ("date", "due"):
            return check.field(key, value, (key,))
        try:
            # Only the day is read, so no zone is needed.
            return dt.datetime.strptime(value, self.date_format).date()  # noqa: DTZ007
        except ValueError:
            check.add("date.wrong", (key,), "a text that is no such date", f"a date as {self.date_format}")
            return None

    def _placed(self, fault: Fault, line: int) -> Fault:
        """
        *fault* with its line, and with the column's own name in place of ours.
        """
        field, _, rest = fault.pointer.removeprefix("/").partition("/")
        if field == "with" and (rest == "label" or "with" not in self.wanted):
            field = "label"
        name = self.wanted[field][1] if field in self.wanted else field
        return attrs.evolve(fault, pointer=pointer((name,)) if name else "", source=f"line {line}")

    def _entry(self, cells: list[str]) -> dict[str, Any]:
        """
        What stands in the line, as JSON would have it.
        """
        found: dict[str, Any] = {}
        for field, (index, _) in self.wanted.items():
            value = cells[index].strip()
            if value:
                found[field] = self._meant(field, value)
        for field, value in self.defaults.items():
            found.setdefault(field, self._meant(field, value))
        label, person = found.pop("label", ""), found.pop("with", None)
        if person is None and label:
            person = f"p-{sha256(' '.join(label.casefold().split()).encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
        if person is not None:
            found["with"] = {"id": person, "label": label}
        return found

    def _meant(self, field: str, value: str) -> Any:
        value = self.meanings.get(field, {}).get(value.casefold(), value)
        if field in ("track", "stage", "result"):
            return "_".join(value.casefold().replace("-", " ").replace("_", " ").split())
        if field == "kept":
            plain = value.casefold()
            return True if plain in _YES else False if plain in _NO else value
        return value

    def clashes(self) -> None:
        """
        Add a fault for each id that stands twice.
        """
        try:
            Ring(rounds=self.rounds)
        except InvalidRingError as error:
            for fault in error.faults:
                index = int(fault.pointer.split("/")[2])
                first = int(fault.given.rpartition("/")[2])
                plain = attrs.evolve(fault, pointer="/id", given=f"the id of line {self.lines[first]}")
                self.faults.append(self._placed(plain, self.lines[index]))
