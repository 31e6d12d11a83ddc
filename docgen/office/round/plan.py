"""What is to be written into the office's workbooks, and the copies of them in which it is tried out before."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection as AnyOf
from collections.abc import Iterator, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.errors import Advice, DocgenError
from docgen.model.fields import Origin, fields_of
from docgen.model.schema import Schema
from docgen.office.desk import Desk
from docgen.rules.ahead import days_ahead
from docgen.sheets.addresses import row_number
from docgen.sheets.faults import CellFault
from docgen.sheets.reading.reader import read_folder
from docgen.sheets.round.merging import Place
from docgen.sheets.round.said import Key
from docgen.sheets.writing.annotate import place_of
from docgen.sheets.writing.in_place import Edit, edited

_DOUBT: Final = "value-doubtful"
_ROW: Final = re.compile(r"(?:[A-Z]+|第)(\d+)行?")


@dataclass(frozen=True)
class Written:
    """A cell that is written, as the log tells it."""

    sheet: str
    key: Key
    field: str
    label: str
    old: str
    new: str
    unit: str
    file: str
    cell: str
    at: str

    def as_json(self) -> dict[str, Any]:
        """Return it as the log has it."""
        return {**vars(self), "key": list(self.key)}


@dataclass
class Plan:
    """What is to be written: edits by workbook and sheet, what the log says, and what stands against it."""

    edits: dict[str, dict[str, dict[str, Edit]]] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)
    added: list[tuple[str, int]] = field(default_factory=list)
    faults: list[DocgenError] = field(default_factory=list)
    advices: list[Advice] = field(default_factory=list)
    sources: dict[tuple[str, int], tuple[str, dict[str, str], str]] = field(default_factory=dict)
    """By sheet and row of the office: the returned sheet, its cells by field, any one of them."""
    doubts: list[Advice] = field(default_factory=list)
    """What the office would be asked about cells that are written, told where the unit wrote it."""
    at_fault: set[tuple[str, int]] = field(default_factory=set)
    """Sheet and row of the office in which what a unit returned cannot stand."""
    books: dict[str, bytes] = field(default_factory=dict)
    before: dict[str, bytes] = field(default_factory=dict)
    decided: tuple[Place, ...] = ()
    """Cells of the office about which somebody decided which of several is right."""
    waiting: set[tuple[str, int]] = field(default_factory=set)
    """Sheet and row of the office in which a conflict is to be decided first."""

    def put(self, origin: Origin, name: str, edit: Edit) -> None:
        """Have a cell written."""
        workbook, sheet = place_of(origin.sheet)
        self.edits.setdefault(workbook, {}).setdefault(sheet, {})[origin.cell(name)] = edit


def sound(found: Plan) -> list[Written]:
    """Return the cells in rows that are not at fault: those that are written where the rest is left out."""
    return [each for each in found.written if _place_of(each.at) not in found.at_fault]


def _place_of(at: str) -> tuple[str, int]:
    """Return sheet and row of a cell's place."""
    sheet, _, address = at.rpartition("!")
    return sheet, row_number(address)


def make_books(found: Plan, data: Path) -> None:
    """Write the edits into copies of the workbooks."""
    for name, sheets in found.edits.items():
        before = (data / name).read_bytes()
        try:
            found.books[name] = edited(before, sheets, name)
            found.before[name] = before
        except DocgenError as fault:
            found.faults.append(fault)


def try_books(found: Plan, desk: Desk, before: AnyOf[str] = ()) -> None:
    """Read the workbooks as they would be; what is wrong then is told where the unit wrote it.

    Args:
        found: what would be written.
        desk: whose workbooks.
        before: faults that were there already, as they are told; where there are any, only those of rows that are
            written are a reason against writing.
    """
    workspace = desk.workspace
    with tempfile.TemporaryDirectory() as folder:
        for path in workspace.data.iterdir():
            if path.is_file() and path.name not in found.books:
                (Path(folder) / path.name).symlink_to(path.absolute())
        for name, content in found.books.items():
            (Path(folder) / name).write_bytes(content)
        reading = read_folder(Path(folder), workspace.shown(workspace.data), (), workspace.schema)
    ahead = days_ahead(reading.records, desk.today) if reading.records else ()
    asked = (each.ask(doubt) for each, doubt in ahead)
    found.doubts += _doubts_told(found, (*reading.advices, *asked))
    for fault in reading.faults:
        row = _row_of(fault)
        if before and (str(fault) in before or row not in found.sources):
            continue
        if row in found.sources:
            found.at_fault.add(row)
        if row in found.waiting:  # what the row lacks may be what is to be decided
            continue
        found.faults.append(_told_at_unit(found, fault, row, workspace.schema))


def _doubts_told(found: Plan, advices: Sequence[Advice]) -> Iterator[Advice]:
    """Yield the doubts about cells that are written, at the cells of the returned sheets that they come from."""
    written = {each.at: each for each in found.written}
    for each in advices:
        place, bracket, words = each.text.partition("「")
        one = written.get(place) if each.code == _DOUBT else None
        if one is None:
            continue
        returned, cells, _ = found.sources.get(_place_of(place), ("", {}, ""))
        shown = f"{returned}!{cells[one.field]}" if one.field in cells else place
        yield Advice(each.code, f"{shown}{bracket}{words}")


def _told_at_unit(
    found: Plan, fault: DocgenError, row: tuple[str, int] | None, schema: Schema
) -> DocgenError:
    """Return a fault of the office's sheet at the cell of the returned sheet that caused it."""
    source = found.sources.get(row) if row else None
    if row is None or source is None or not isinstance(fault, CellFault):
        return fault
    shown, cells, address = source
    record = schema.sheet(place_of(row[0])[1])
    headers = {spec.header: spec.name for spec in fields_of(record)} if record else {}
    cell = cells.get(headers.get(fault.header, ""), address)
    return type(fault)(**{**fault.values, "sheet": shown, "cell": cell})


def _row_of(fault: DocgenError) -> tuple[str, int] | None:
    """Return sheet and row of a fault; None for one of no row."""
    found = _ROW.fullmatch(fault.cell) if isinstance(fault, CellFault) else None
    return (fault.sheet, int(found[1])) if found and isinstance(fault, CellFault) else None
