"""Applying a collection: the office's workbooks change as one, or not at all.

The former workbooks and the log are on the disk before the first workbook changes, so that a process that is killed
between two workbooks leaves what `undoing.py` needs.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from docgen.dataclass import dataclass
from docgen.errors import Advice, DocgenError, Problems
from docgen.files import read_regular, staged
from docgen.model.records import Records
from docgen.office.desk import Desk
from docgen.office.round.collecting import Collection
from docgen.office.round.logs import VERSION
from docgen.office.round.plan import Plan
from docgen.office.round.planning import plan
from docgen.office.round.sole_writer import refuse_open
from docgen.office.round.store import (
    BEFORE,
    FINISHED,
    LOG,
    RETURNED,
    as_bytes,
    collections,
    digest_of,
    next_folder,
    unfinished,
)
from docgen.sheets.faults import CellFault
from docgen.sheets.round.faults import ConflictsOpen, NotAllGood, NothingTouched, RoundUnfinished, SheetsMoved

_MOST_NAMED = 20


@dataclass(frozen=True)
class Applied:
    """What was written.

    Args:
        folder: where the log, the former workbooks and the returned files are; None when there was nothing new.
        books: names of the workbooks that changed.
        count: how many cells.
        advices: what should be known.
    """

    folder: Path | None
    books: tuple[str, ...]
    count: int
    advices: tuple[Advice, ...]


@dataclass(frozen=True)
class Tried:
    """A collection tried out: what it would write, and everything that stands against that."""

    plan: Plan
    faults: tuple[DocgenError, ...]


def try_out(desk: Desk, records: Records, collection: Collection) -> Tried:
    """Work out what a collection would write; nothing is written.

    What the sheets would find wrong with a cell follows from what is wrong with it in the return, and is not said too.
    """
    found = plan(desk, records, collection, frozenset())
    known = {each.place for each in collection.faults if isinstance(each, CellFault)}
    more = (each for each in found.faults if not isinstance(each, CellFault) or each.place not in known)
    return Tried(found, (*collection.faults, *more))


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
    elif found.at_fault or found.faults:
        found = plan(desk, records, collection, frozenset(found.at_fault))
        Problems.raise_any(found.faults)
    return _write(desk, collection, found)


def against(collection: Collection, tried: Tried) -> Iterator[DocgenError]:
    """Yield what forbids a collection to be applied whole."""
    if len(collection.untouched) == len(collection.returns) > 1:
        yield NothingTouched(len(collection.returns))
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
    files = [(each.path, each.handed.unit) for each in collection.returns]
    return write_plan(desk, found, files, (collection.period.short_name, collection.period.code))


def write_plan(
    desk: Desk, found: Plan, files: Sequence[tuple[Path, str]], period: tuple[str, str]
) -> Applied:
    """Write planned cells into the office's workbooks, with the former ones, the files and a log beside.

    Args:
        desk: whose.
        found: what is to be written, tried out.
        files: those that came back, each with its unit.
        period: name of the folder, and what the log says.

    Raises:
        RoundUnfinished: an earlier collection was written in part.
        SheetsMoved: a workbook was saved meanwhile.
        Problems: a workbook is open in another program.
        CannotWrite: the operating system refuses.
    """
    told = (tuple(found.books), len(found.written), tuple(found.advices))
    if not found.books and {unit for _, unit in files} <= _known_to_return(desk, period[1]):
        return Applied(None, *told)
    refuse_unfinished(desk)
    moved = _moved(desk, found)
    if moved:
        raise SheetsMoved(moved)
    refuse_open(desk.workspace.data, found.books)
    folder = next_folder(desk.workspace, period[0])
    with staged() as staging:
        for name in found.books:
            staging.add(folder / BEFORE / name, found.before[name])
        for number, (path, _) in enumerate(files, 1):
            staging.add(folder / RETURNED / f"{number:02}-{path.name}", path.read_bytes())
        staging.add(folder / LOG, as_bytes(_log(desk, found, files, period[1])))
    _write_books(desk, found, folder)
    return Applied(folder, *told)


def _write_books(desk: Desk, found: Plan, folder: Path) -> None:
    """Write the workbooks; where the system refuses and nothing has changed, the log is taken away again."""
    try:
        with staged() as staging:
            for name, content in found.books.items():
                staging.add(desk.workspace.data / name, content)
            staging.add(folder / FINISHED, as_bytes({"at": desk.now().isoformat(timespec="seconds")}))
    except BaseException:
        if not _moved(desk, found):
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _moved(desk: Desk, found: Plan) -> tuple[str, ...]:
    """Return the workbooks that are not what they were when the plan was made."""
    data = desk.workspace.data
    return tuple(name for name, before in found.before.items() if not _holds(data / name, before))


def _holds(path: Path, content: bytes) -> bool:
    try:
        return read_regular(path) == content
    except OSError:
        return False


def refuse_unfinished(desk: Desk) -> None:
    """Raise RoundUnfinished while the last collection is written in part."""
    left = unfinished(desk.workspace)
    if left:
        raise RoundUnfinished(desk.workspace.shown(left.folder), tuple(left.log["books"]))


def _known_to_return(desk: Desk, period: str) -> set[str]:
    """Return the units of which it is written down that they have returned something of a period."""
    logs = (each.log for each in collections(desk.workspace) if each.stands)
    return {file["unit"] for log in logs if log["period"] == period for file in log["files"]}


def _log(desk: Desk, found: Plan, files: Sequence[tuple[Path, str]], period: str) -> dict[str, Any]:
    return {
        "version": VERSION,
        "at": desk.now().isoformat(timespec="seconds"),
        "day": desk.today.isoformat(),
        "by": desk.people.actor,
        "recorder": desk.people.recorder,
        "period": period,
        "files": [
            {"name": path.name, "unit": unit, "sha256": digest_of(path.read_bytes())} for path, unit in files
        ],
        "books": {
            name: {"before": digest_of(found.before[name]), "after": digest_of(content)}
            for name, content in found.books.items()
        },
        "added": [list(each) for each in found.added],
        "decided": [[sheet, list(key), name] for sheet, key, name in found.decided],
        "changes": [each.as_json() for each in found.written],
    }
