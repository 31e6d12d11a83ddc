"""What the ledgers show of the register: the rows of a year, where the record ends, and the file to print from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Final, Self, cast

from docgen.dataclass import dataclass
from docgen.errors import WRONG_USE, DocgenError
from docgen.files import set_aside, staged
from docgen.office.desk import Desk
from docgen.office.papers.ledgers import (
    ChainHead,
    IssueRow,
    Printing,
    SealRow,
    Suffix,
    issue_ledger,
    ledger_bytes,
    seal_ledger,
)
from docgen.office.papers.places import reason_against
from docgen.office.people import office_records
from docgen.register import life
from docgen.register.books import Books
from docgen.register.document import Document
from docgen.register.life import State
from docgen.register.mandate import Mandate
from docgen.register.number import Number, NumberState
from docgen.standard.build.ledger import Ledger

SUFFIXES: Final = (".xlsx", ".docx")
_CLAUSE_END: Final = "："
_SHORT_CLAUSE: Final = 20


class LedgerName(StrEnum):
    """The ledgers that are printed from the register."""

    ISSUES = "发文登记簿"
    SEALS = "用印登记簿"


class PlaceTaken(DocgenError):
    """A ledger was to be written where other things lie: documents on record, data sheets, templates."""

    code = "ledger-place-taken"
    exit_code = WRONG_USE
    says = "登记簿不能写到 {path}：{reason}"
    advises = "请换一个文件夹。"

    path: str
    reason: str


@dataclass(frozen=True)
class Printout:
    """A ledger ready to be printed.

    Args:
        name: which.
        rows: as the register has them.
        ledger: the same with title and notes, as it is laid out.
        head: where the record ended then; None when nothing was on record.
    """

    name: LedgerName
    rows: tuple[IssueRow, ...] | tuple[SealRow, ...]
    ledger: Ledger
    head: ChainHead | None


def ledger(desk: Desk, name: LedgerName, year: int | None = None) -> Printout:
    """Return a ledger of a year, of the current one up to today.

    Raises:
        Problems: the sheets, which say whose it is, have faults.
    """
    office, today = office_records(desk.workspace).mechanism.office, desk.today
    with desk.register.reading() as books:
        last = books.last_entry()
        head = ChainHead(*last) if last else None
        start = date(year or today.year, 1, 1)
        end = min(date(start.year, 12, 31), max(today, start))
        printing = Printing(office, start, end, desk.people.actor, desk.now(), head)
        if name is LedgerName.ISSUES:
            issues = tuple(issue_rows(books, start.year))
            return Printout(name, issues, issue_ledger(issues, printing), head)
        seals = tuple(seal_rows(books, start.year))
        return Printout(name, seals, seal_ledger(seals, printing, tuple(_notes(books, seals))), head)


def _notes(books: Books, seals: Sequence[SealRow]) -> Iterator[str]:
    """Yield which documents grant the seals that were used, and which duties are loosened now."""
    used = {each.mandate for each in seals}
    granting = [each for each in books.mandates() if basis_of(each) in used]
    yield from dict.fromkeys(f"授权依据 {each.number} 即《{each.title}》。" for each in granting)
    loosened = sorted(each.value for each in books.loosened())
    if loosened:
        yield f"现已放宽的规则：{'、'.join(loosened)}。"


def write_ledger(desk: Desk, printed: Printout, path: Path) -> Path | None:
    """Write a ledger as the file its suffix says and return where the file that was there before is now.

    Raises:
        PlaceTaken: it would lie among documents on record, data sheets or templates.
        CannotWrite: the operating system refuses.
    """
    workspace = desk.workspace
    with desk.register.reading() as books:
        reason = reason_against(workspace, path, recorded=(row.id for row in books.files()))
    if reason:
        raise PlaceTaken(workspace.shown(path), reason)
    data = ledger_bytes(printed.ledger, cast(Suffix, path.suffix.lower()), workspace.look.faces)
    with staged() as staging:
        staging.add(path, data)
        staging.take_over(staging.hand_over())  # on the disk before the earlier one is moved
        return set_aside(path) if path.is_file() else None


def issue_rows(books: Books, year: int) -> Iterator[IssueRow]:
    """Yield the rows of the numbers of a year by code and serial; numbers given on paper share a row."""
    known = _Known.of(books)
    given = (each for each in books.numbers(year=year) if each.state is not NumberState.GIVEN_BACK)
    runs = groupby(given, key=_run)
    for serial, (_, run) in enumerate(runs, 1):
        numbers = list(run)
        document = known.documents.get(numbers[0].document or 0)
        yield _issued(serial, document, known) if document else _unused(serial, numbers)


def seal_rows(books: Books, year: int) -> Iterator[SealRow]:
    """Yield the rows of the seal's uses in a year, in the order of their numbers."""
    known = _Known.of(books)
    sealed = [each for each in known.documents.values() if each.sealed_on.startswith(f"{year}-")]
    for each in sorted(sealed, key=lambda document: document.seal_serial or 0):
        yield _sealed(each, known)


def basis_of(mandate: Mandate) -> str:
    """Return the number of the granting document and of its clause, with the clause's words when it has no number."""
    clause = mandate.clause
    number, _, words = clause.partition(_CLAUSE_END)
    if words and number.startswith("第") and len(number) <= _SHORT_CLAUSE:
        return mandate.number + number
    parted = clause and not clause.startswith("第")
    return f"{mandate.number}{_CLAUSE_END if parted else ''}{clause}"


@dataclass(frozen=True)
class _Known:
    """What rows are made of: documents and mandates by id, remarks of sealing and reasons of replacing by document."""

    documents: Mapping[int, Document]
    mandates: Mapping[int, Mandate]
    sealings: Mapping[int | None, str]
    reasons: Mapping[int | None, str]

    @classmethod
    def of(cls, books: Books) -> Self:
        return cls(
            {each.id: each for each in books.documents()},
            {each.id: each for each in books.mandates()},
            {each.deed.document: each.deed.remark for each in books.taken(life.APPLY.name)},
            {each.deed.document: each.deed.remark for each in books.taken(life.REPLACE.name)},
        )

    def number_of(self, document: int | None) -> str:
        """Return a document's number; empty for none, and while it has none."""
        found = self.documents.get(document or 0)
        return found.number if found else ""


def _run(number: Number) -> tuple[object, ...]:
    """Return what numbers on one row have in common."""
    if number.state is NumberState.ON_PAPER:
        return number.code, number.year, number.entry, number.remark
    return (number.id,)


def _unused(serial: int, numbers: Sequence[Number]) -> IssueRow:
    """Return the row of numbers that no document of the register has."""
    first, last = numbers[0], numbers[-1]
    void = first.state is NumberState.VOID
    text = first.text if first is last else f"{first.text}至{last.serial}号"
    return IssueRow(
        serial, text, state=first.state.value, void=void, numbers=len(numbers),
        reason=first.remark if void else "", remark="" if void else first.remark,
    )  # fmt: skip


def _issued(serial: int, document: Document, known: _Known) -> IssueRow:
    mandate = known.mandates.get(document.mandate or 0)
    replaced, void = document.state is State.REPLACED, document.state is State.VOID
    return IssueRow(
        serial, document.number, document.dated, document.kind, document.told_title, document.addressee,
        document.drafter, document.reviewer, document.countersigners, document.signatory,
        document.copies_issued, _day(document.issued_on),
        mandate.stamping_unit if mandate and document.sealed_on else "", _day(document.sealed_on),
        document.state.value,
        reason=document.reason if void else known.reasons.get(document.id, "") if replaced else "",
        replaced_by=known.number_of(document.replaced_by) if replaced else "",
        replaces=known.number_of(document.replaces),
        void=void,
    )  # fmt: skip


def _sealed(document: Document, known: _Known) -> SealRow:
    mandate = known.mandates.get(document.mandate or 0)
    over = f"公文已{document.state.value}：{document.reason}" if document.state.is_over else ""
    return SealRow(
        document.seal_serial or 0, _day(document.sealed_on), document.told_title, document.number,
        document.copies_sealed, mandate.principal if mandate else "",
        mandate.stamping_unit if mandate else "", basis_of(mandate) if mandate else "",
        document.applicant, document.approver, document.keeper, document.sha256,
        "；".join(filter(None, (known.sealings.get(document.id, ""), over))),
    )  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
