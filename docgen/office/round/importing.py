"""`sheets import`: a list of another shape is read, proposed, and, once confirmed, written as one change.

What is written lies in 收发/导入 with the former workbooks and the list itself; `sheets undo` takes it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from docgen.dataclass import dataclass
from docgen.errors import DocgenError, Problems
from docgen.files import staged
from docgen.model.approval import Approval
from docgen.model.fields import FieldSpec, Record, fields_of
from docgen.model.item import Item
from docgen.model.mechanism import Mechanism
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.office.desk import Desk
from docgen.office.round.applying import Applied, refuse_unfinished, write_plan
from docgen.office.round.importable import records_for
from docgen.office.round.imported import Merging
from docgen.office.round.sole_writer import alone
from docgen.office.round.store import IMPORTS, refuse_among_data
from docgen.sheets.faults import as_written
from docgen.sheets.importing.decisions import Decisions
from docgen.sheets.importing.faults import (
    ListNotGood,
    NoListHead,
    NoSuchSheet,
    NotAList,
    NotConfirmed,
    UnknownRecord,
)
from docgen.sheets.importing.listing import Known, Listing, read_list
from docgen.sheets.importing.matching import Matcher, targets_of
from docgen.sheets.importing.proposal import Preview, Proposal, proposal_workbook, read_decisions
from docgen.sheets.opening.xls import XlsBook
from docgen.sheets.reading.heads import find_block
from docgen.sheets.round.faults import NoSheet
from docgen.sheets.round.files import Book, open_returned
from docgen.sheets.round.returned import index_of
from docgen.sheets.writing.books import refuse_existing

_MOST_NAMED: Final = 12
_SAMPLES: Final = 3


@dataclass(frozen=True)
class Wish:
    """What is wanted of an import.

    Args:
        path: the list.
        kind: the sheet it is taken in as; empty to tell by its heads.
        sheets: those of the file that are read; none for all.
        to: where the proposal is written; None for nowhere.
        decisions: the proposal in which was decided; None for none.
        apply: whether it is written into the office's sheets.
        partial: whether what is not confirmed or at fault is left out, and the rest written.
    """

    path: Path
    kind: str = ""
    sheets: Sequence[str] = ()
    to: Path | None = None
    decisions: Path | None = None
    apply: bool = False
    partial: bool = False


@dataclass(frozen=True)
class Imported:
    """What came of it: the list as read, rows as they would be, what stands against it, what was written.

    `refused` says that it was to be written and must not be.
    """

    listing: Listing
    rows: tuple[Preview, ...]
    faults: tuple[DocgenError, ...]
    count: int
    proposal: Path | None = None
    applied: Applied | None = None
    refused: bool = False


def run(desk: Desk, wish: Wish) -> Imported:
    """Read a list, and do with it what is wished.

    Raises:
        NotAList, NoListHead, UnknownRecord, NoSuchSheet, UnreadableWorkbook: the file, or what it is taken in as.
        ProposalOfOther, Problems: what was decided, or the office's sheets, have faults.
        RoundUnfinished, SheetsMoved, CannotWrite: as `write_plan`.
    """
    with alone(desk, when=wish.apply):
        return _imported(desk, wish)


def _imported(desk: Desk, wish: Wish) -> Imported:
    refuse_unfinished(desk)
    if wish.to:
        refuse_among_data(desk.workspace, wish.to)
        refuse_existing([wish.to])
    book = _opened(wish)
    records, before = records_for(desk, Approval)
    known = _known(records, desk.today)
    record = _record_of(desk, book, wish, known)
    if record not in (Project, Approval):
        records, before = records_for(desk, record)
    digest = sha256(book.data).hexdigest()
    targets = tuple(targets_of(record, known.items))
    decisions = read_decisions(wish.decisions, digest, targets) if wish.decisions else Decisions()
    listing = read_list(book, record, known, decisions, wish.sheets)
    if isinstance(book, XlsBook):
        listing.advices.append(book.advice)
    if not listing.matches or (record is Project and not {"name", "code"} & listing.fields):
        raise NoListHead(wish.path.name, record.sheet, _expected(record))
    merging = Merging(desk, records, listing, wish.path.name, before)
    merging.plan_all(partial=wish.partial)
    listing.advices += merging.plan.doubts
    made = Imported(listing, tuple(merging.previews), tuple(merging.faults), len(merging.plan.written))
    if wish.to:
        lacking = [(spec, decisions.fixed.get(spec.label, "")) for spec in merging.lacking]
        proposal = Proposal(wish.path.name, digest, listing, lacking, made.rows, targets, made.faults)
        made = replace(made, proposal=_written(wish.to, proposal, book))
    return _applied(desk, wish, made, merging) if wish.apply else made


def _opened(wish: Wish) -> Book:
    try:
        book = open_returned(wish.path, old=True)
    except NoSheet as fault:
        raise NotAList(wish.path.name, fault.why) from None
    missing = [each for each in wish.sheets if each not in book.sheet_names]
    Problems.raise_any(NoSuchSheet(wish.path.name, each, book.sheet_names) for each in missing)
    return book


def _record_of(desk: Desk, book: Book, wish: Wish, known: Known) -> type[Record]:
    """Return the type as which a list is taken in: as was asked, else that whose heads it has most of."""
    types = [each for each in desk.workspace.schema.types if not each.form]
    if wish.kind:
        asked = next((each for each in types if each.sheet == wish.kind), None)
        if asked is None:
            raise UnknownRecord(wish.kind, tuple(each.sheet for each in types))
        return asked
    grids = [book.sheet(each).grid() for each in wish.sheets or book.sheet_names]
    if not any(grid.rows for grid in grids):
        raise NotAList(wish.path.name, "工作表是空的，没有单元格；表可能是贴进去的图片")

    def score(record: type[Record]) -> int:
        matcher = Matcher(record, known.items, known.year)
        found = (find_block(grid, matcher.known_as) for grid in grids)
        return sum(len({*map(matcher.known_as, each.heads)} - {None}) for each in found if each)

    best = max(types, key=lambda each: (score(each), each is Project))
    if not score(best):
        raise NoListHead(wish.path.name, Project.sheet, _expected(Project))
    return best


def _expected(record: type[Record]) -> tuple[str, ...]:
    return tuple(each.label for each in fields_of(record) if each.required)


def _known(records: Records, today: date) -> Known:
    index = index_of(records)
    year = records.mechanism.year if records.of(Mechanism) else None
    return Known(index, index.known.get(Item, {}), year, today)


def _written(path: Path, proposal: Proposal, book: Book) -> Path:
    with staged() as staging:
        staging.add(path, proposal_workbook(proposal, _samples(book, proposal.listing)))
    return path


def _samples(book: Book, listing: Listing) -> dict[tuple[str, str], list[str]]:
    """Return the first values of each column, by sheet and letters of the column."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, matches in listing.matches.items():
        rows = book.sheet(name).grid().rows
        first = {each.row for each in listing.lines if each.sheet == name}
        for each in matches:
            values = (
                as_written(rows[row - 1][each.head.column]) for row in sorted(first) if row <= len(rows)
            )
            found[(name, each.head.letters)] = [value for value in values if value][:_SAMPLES]
    return found


def _applied(desk: Desk, wish: Wish, made: Imported, merging: Merging) -> Imported:
    """Write the list into the office's sheets, unless something forbids it."""
    forbidden: list[DocgenError] = []
    if not wish.partial:
        about = _open_ones(made.listing, merging.lacking)
        if about:
            forbidden.append(NotConfirmed(len(about), tuple(about[:_MOST_NAMED])))
        if made.faults:
            forbidden.append(ListNotGood(len(made.faults)))
    if forbidden or merging.plan.faults:
        return replace(made, faults=(*made.faults, *forbidden), refused=True)
    applied = write_plan(desk, merging.plan, [(wish.path, IMPORTS)], (IMPORTS, IMPORTS))
    return replace(made, applied=applied)


def _open_ones(listing: Listing, lacking: Sequence[FieldSpec]) -> list[str]:
    columns = [f"{sheet} {each.head.letters}列「{each.head.shown}」" for sheet, each in listing.open_columns]
    guesses = [
        f"{each.question.kind} {each.question.about}：{each.question.said}" for each in listing.guesses.open
    ]
    fixed = listing.guesses.decisions.fixed
    return [*columns, *guesses, *(f"统一填「{each.label}」" for each in lacking if not fixed.get(each.label))]
