"""Applying a collection, and taking the last one back: the office's workbooks change as one, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from docgen.errors import Advice, DocgenError, Problems
from docgen.files import staged
from docgen.model.fields import FieldSpec, Record, field_of, fields_of
from docgen.model.records import Records
from docgen.office.desk import Desk
from docgen.office.round.collecting import Collection
from docgen.office.round.planning import Plan, plan
from docgen.office.round.store import (
    BEFORE,
    LOG,
    RETURNED,
    UNDONE,
    Collected,
    as_bytes,
    collections,
    next_folder,
)
from docgen.sheets.annotate import place_of
from docgen.sheets.cells import parser_for
from docgen.sheets.in_place import Edit, edited
from docgen.sheets.round.faults import ConflictsOpen, EditedSince, NotAllGood, NothingToUndo, SheetsMoved
from docgen.sheets.round.said import key_of, said

_MOST_NAMED = 20


@dataclass(frozen=True)
class Applied:
    """What was written.

    Args:
        folder: where the log, the former workbooks and the returned files are.
        books: names of the workbooks that changed.
        count: how many cells.
        advices: what should be known.
    """

    folder: Path
    books: tuple[str, ...]
    count: int
    advices: tuple[Advice, ...]


@dataclass(frozen=True)
class Tried:
    """A collection tried out: what it would write, and everything that stands against that."""

    plan: Plan
    faults: tuple[DocgenError, ...]


def try_out(desk: Desk, records: Records, collection: Collection) -> Tried:
    """Work out what a collection would write; nothing is written."""
    found = plan(desk, records, collection, frozenset())
    return Tried(found, (*collection.faults, *found.faults))


def apply(desk: Desk, records: Records, collection: Collection, tried: Tried, *, partial: bool) -> Applied:
    """Write a collection into the office's workbooks.

    Args:
        desk: whose.
        records: as they were when the collection was tried out.
        collection: what came back.
        tried: the same tried out.
        partial: whether what is in order is written although the rest is not.

    Raises:
        Problems: there are faults or conflicts, and they are not to be left out.
        SheetsMoved: a workbook was saved meanwhile.
        CannotWrite: the operating system refuses.
    """
    found = tried.plan
    if not partial:
        Problems.raise_any(against(collection, tried))
    elif found.faults:
        found = plan(desk, records, collection, frozenset(found.at_fault))
        Problems.raise_any(found.faults)
    moved = [name for name, data in found.before.items() if (desk.workspace.data / name).read_bytes() != data]
    if moved:
        raise SheetsMoved(tuple(moved))
    return _write(desk, collection, found)


def against(collection: Collection, tried: Tried) -> Iterator[DocgenError]:
    """Yield what forbids a collection to be applied whole."""
    if tried.faults:
        yield NotAllGood(len(tried.faults))
    if collection.merged.conflicts:
        shown = [
            f"{each.place[0]} {' '.join(each.place[1])}「{each.cells[0].spec.label}」"
            for each in collection.merged.conflicts
        ]
        yield ConflictsOpen(len(shown), tuple(shown[:_MOST_NAMED]))


def _write(desk: Desk, collection: Collection, found: Plan) -> Applied:
    assert collection.period is not None  # noqa: S101  # without a period nothing was read
    folder = next_folder(desk.workspace, collection.period)
    log = _log(desk, collection, found)
    with staged() as staging:
        for name, content in found.books.items():
            staging.add(folder / BEFORE / name, found.before[name])
            staging.add(desk.workspace.data / name, content)
        for number, each in enumerate(collection.returns, 1):
            staging.add(folder / RETURNED / f"{number:02}-{each.path.name}", each.path.read_bytes())
        staging.add(folder / LOG, as_bytes(log))
    return Applied(folder, tuple(found.books), len(found.written), tuple(found.advices))


def _log(desk: Desk, collection: Collection, found: Plan) -> dict[str, Any]:
    return {
        "version": 1,
        "at": desk.now().isoformat(timespec="seconds"),
        "day": desk.today.isoformat(),
        "by": desk.people.actor,
        "recorder": desk.people.recorder,
        "period": collection.period.code if collection.period else "",
        "files": [
            {
                "name": each.path.name,
                "unit": each.handed.unit,
                "sha256": sha256(each.path.read_bytes()).hexdigest(),
            }
            for each in collection.returns
        ],
        "books": {
            name: {"before": _digest(found.before[name]), "after": _digest(content)}
            for name, content in found.books.items()
        },
        "added": [list(each) for each in found.added],
        "changes": [each.as_json() for each in found.written],
    }


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


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
        CannotWrite: the operating system refuses.
    """
    standing = [each for each in collections(desk.workspace) if not each.is_undone]
    if not standing:
        raise NothingToUndo
    last = standing[-1]
    books = _taken_back(desk, last)
    told = {
        "at": desk.now().isoformat(timespec="seconds"),
        "by": desk.people.actor,
        "recorder": desk.people.recorder,
    }
    with staged() as staging:
        for name, content in books.items():
            staging.add(desk.workspace.data / name, content)
        staging.add(last.folder / UNDONE, as_bytes(told))
    return Undone(last, tuple(books), len(last.log["changes"]))


def _taken_back(desk: Desk, last: Collected) -> dict[str, bytes]:
    data = desk.workspace.data
    found: dict[str, bytes] = {}
    edited_since: list[str] = []
    for name, digests in last.log["books"].items():
        if _digest((data / name).read_bytes()) == digests["after"]:
            found[name] = (last.folder / BEFORE / name).read_bytes()
        else:
            edited_since.append(name)
    if edited_since:
        found |= _cell_by_cell(desk, last, edited_since)
    return found


def _cell_by_cell(desk: Desk, last: Collected, names: Sequence[str]) -> dict[str, bytes]:
    """Return workbooks that were edited since with the cells that were written taken back."""
    changes = [each for each in last.log["changes"] if place_of(each["at"].rpartition("!")[0])[0] in names]
    added = {tuple(each) for each in last.log["added"] if place_of(each[0])[0] in names}
    records = desk.workspace.records()
    edits: dict[str, dict[str, dict[str, Edit]]] = {}
    lost = [f"{sheet}第{row}行" for sheet, row in added]
    for each in changes if not added else ():
        kind = records.schema.sheet(each["sheet"])
        record = _record(records, kind, tuple(each["key"])) if kind else None
        spec = field_of(kind, each["field"]) if kind else None
        if record is None or spec is None or said(getattr(record, spec.name), spec) != each["new"]:
            lost.append(each["at"])
        elif record.origin:
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
