"""Taking the last applied collection back, one that was written in part too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docgen.dataclass import dataclass
from docgen.durable import unbroken
from docgen.files import read_regular, staged
from docgen.model.fields import FieldSpec, Record, field_of, fields_of
from docgen.model.records import Records
from docgen.office.desk import Desk
from docgen.office.round.sole_writer import alone, refuse_open
from docgen.office.round.store import (
    BEFORE,
    UNDONE,
    Collected,
    Mark,
    Progress,
    RoundDamaged,
    as_bytes,
    collections,
    digest_of,
)
from docgen.sheets.reading.cells import parser_for
from docgen.sheets.round.faults import EditedSince, NothingToUndo, UndoUnclear
from docgen.sheets.round.said import key_of, said
from docgen.sheets.writing.annotate import place_of
from docgen.sheets.writing.in_place import Edit, edited


@dataclass(frozen=True)
class Undone:
    """What was taken back: the collection, the workbooks, how many cells."""

    collected: Collected
    books: tuple[str, ...]
    count: int


def undo(desk: Desk) -> Undone:
    """Take the last applied collection back: workbooks untouched since become what they were, byte for byte.

    In one that was edited since, the cells that still say what was written get back what they said.

    Raises:
        NothingToUndo: there is none.
        EditedSince: cells that were written have been changed since, or rows were added that would be lost.
        UndoUnclear: it was written in part, and a workbook has been saved since.
        RoundDamaged: what was kept of it is not what it was.
        Problems: a workbook is open in another program.
        CannotWrite: the operating system refuses.
    """
    with alone(desk):
        return _undone(desk)


def _undone(desk: Desk) -> Undone:
    standing = [each for each in collections(desk.workspace) if not each.is_undone]
    if not standing:
        raise NothingToUndo
    last = standing[-1]
    books = _taken_back(desk, last)
    refuse_open(desk.workspace.data, books)
    told = {
        "at": desk.now().isoformat(timespec="seconds"),
        "by": desk.people.actor,
        "recorder": desk.people.recorder,
    }
    with unbroken(is_last=True), staged() as staging:  # once more would take back the collection before it
        for name, content in books.items():
            staging.add(desk.workspace.data / name, content)
        staging.add(last.folder / UNDONE, as_bytes(told))
    return Undone(last, tuple(books), sum(_book_of(each) in books for each in last.log["changes"]))


def _book_of(change: Mapping[str, Any]) -> str:
    """Return the workbook of a change that a log tells."""
    return place_of(change["at"].rpartition("!")[0])[0]


def _taken_back(desk: Desk, last: Collected) -> dict[str, bytes]:
    """Return what workbooks are to be; those that are as before are left alone."""
    marks = last.marks()
    edited_since = [name for name, mark in marks.items() if mark is Mark.OTHER]
    if edited_since and last.progress is Progress.PART:
        raise UndoUnclear(desk.workspace.shown(last.folder), tuple(edited_since), BEFORE)
    found = {name: _former(desk, last, name) for name, mark in marks.items() if mark is Mark.AFTER}
    return found | (_cell_by_cell(desk, last, edited_since) if edited_since else {})


def _former(desk: Desk, last: Collected, name: str) -> bytes:
    """Return a workbook as it was before. Raises RoundDamaged when what was kept of it is something else."""
    path = last.folder / BEFORE / name
    try:
        data = read_regular(path)
    except OSError as fault:
        raise RoundDamaged(desk.workspace.shown(path)) from fault
    if digest_of(data) != last.log["books"][name]["before"]:
        raise RoundDamaged(desk.workspace.shown(path))
    return data


def _cell_by_cell(desk: Desk, last: Collected, names: Sequence[str]) -> dict[str, bytes]:
    """Return workbooks that were edited since with the cells that were written taken back."""
    changes = [each for each in last.log["changes"] if _book_of(each) in names]
    added = {tuple(each) for each in last.log["added"] if place_of(each[0])[0] in names}
    records = desk.workspace.records()
    edits: dict[str, dict[str, dict[str, Edit]]] = {}
    lost = [f"{sheet}第{row}行" for sheet, row in added]
    for each in changes if not added else ():
        kind = records.schema.sheet(each["sheet"])
        record = _record(records, kind, tuple(each["key"])) if kind else None
        spec = field_of(kind, each["field"]) if kind else None
        now = said(getattr(record, spec.name), spec) if record and spec else None
        if record is None or spec is None or now not in (each["old"], each["new"]):
            lost.append(each["at"])
        elif record.origin and now == each["new"]:
            book, sheet = place_of(record.origin.sheet)
            value = _value(each["old"], spec)
            edits.setdefault(book, {}).setdefault(sheet, {})[record.origin.cell(spec.name)] = Edit(value)
    if lost:
        raise EditedSince(tuple(lost))
    return {
        name: edited((desk.workspace.data / name).read_bytes(), found, name) for name, found in edits.items()
    }


def _record(records: Records, kind: type[Record], key: tuple[str, ...]) -> Record | None:
    specs = {each.name: each for each in fields_of(kind)}
    return next((each for each in records.of(kind) if key_of(each, specs, kind.unique[0]) == key), None)


def _value(words: str, spec: FieldSpec) -> Any:
    """Return what a cell that says so is to hold."""
    if not words:
        return None
    value = parser_for(spec, None)(words)
    if spec.many:
        return words
    return value if not isinstance(value, str) or not words.isdigit() else int(words)
