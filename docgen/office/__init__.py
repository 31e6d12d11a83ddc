"""The service layer: the one place that combines sheets, documents, templates, files and the register.

Nothing here prints, asks or exits. The time and the people come in as arguments.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docgen.documents.catalogue import kinds
from docgen.errors import Advice, DocgenError
from docgen.files import staged
from docgen.office.desk import Desk, People

if TYPE_CHECKING:
    from docgen.office.drafting.drafts import AlreadySigned, Drafted, Made, Outcome, Request, UnderReview
    from docgen.office.life.finding import Story, Wanted
    from docgen.office.life.orders import Order
    from docgen.office.life.registry import Attached, Registry
    from docgen.office.life.steps import Stepped
    from docgen.office.papers.filling import Filled
    from docgen.office.papers.printing import LedgerName, Printout
    from docgen.office.templates import TemplateInfo
    from docgen.office.verification import Sighting, Verified
    from docgen.pdf.convert import Pdfs
    from docgen.register.books import Books
    from docgen.register.document import Document
    from docgen.register.record import Entry
    from docgen.register.upgrading import Upgraded
    from docgen.workspace import Workspace

__all__ = [
    "AlreadySigned",
    "Checked",
    "Drafted",
    "Made",
    "Office",
    "Outcome",
    "People",
    "Request",
    "TemplateInfo",
    "UnderReview",
]


_DRAFTS: Final = frozenset({"AlreadySigned", "Drafted", "Made", "Outcome", "Request", "UnderReview"})


def __getattr__(name: str) -> Any:
    """Import what drafting is spoken of with when it is asked for: most commands draft nothing."""
    if name == "TemplateInfo":
        return import_module("docgen.office.templates").TemplateInfo
    if name in _DRAFTS:
        return getattr(import_module("docgen.office.drafting.drafts"), name)
    raise AttributeError(name)


@dataclass(frozen=True)
class Checked:
    """All faults and advice of a workspace, and how many records of each sheet it has."""

    faults: tuple[DocgenError, ...]
    advices: tuple[Advice, ...]
    counts: tuple[tuple[str, int], ...]


class Office:
    """The office at its desk in one workspace.

    Args:
        workspace: where.
        people: who acts and who records.
        today: the date of documents and rules.
        now: gives the time of entries in the register.
        tell: is told when a register of an earlier version was upgraded.
    """

    def __init__(
        self,
        workspace: Workspace,
        people: People,
        today: date,
        now: Callable[[], datetime],
        tell: Callable[[Upgraded], None] = lambda _: None,
    ) -> None:
        self.workspace, self.people, self.today, self._now = workspace, people, today, now
        self.desk = Desk.at(workspace, people, today, now, tell)
        self._register = self.desk.register

    def check(self) -> Checked:
        """Check sheets, links and templates, and return everything that is wrong."""
        from docgen.office import templates

        reading = self.workspace.read()
        faults = (*reading.faults, *templates.faults_of(self.workspace, kinds()))
        tables = reading.records.tables if reading.records else {}
        counts = tuple((record.sheet, len(rows)) for record, rows in tables.items())
        return Checked(faults, reading.advices, counts)

    def annotate(self, folder: Path) -> tuple[tuple[DocgenError, ...], list[Path]]:
        """Write copies of the workbooks with faulty cells, marked, into a folder; return all faults and the copies.

        Raises:
            Problems: files of those names are there already.
            CannotWrite: the operating system refuses.
        """
        from docgen.sheets.annotate import annotated
        from docgen.sheets.books import refuse_existing
        from docgen.sheets.faults import CellFault

        faults = self.workspace.read().faults
        cells = [each for each in faults if isinstance(each, CellFault)]
        copies = {folder / name: data for name, data in annotated(self.workspace.data, cells).items()}
        refuse_existing(copies)
        with staged() as staging:
            for path, data in copies.items():
                staging.add(path, data)
        return faults, list(copies)

    def draft(self, request: Request, progress: Callable[[int, int], None] | None = None) -> Drafted:
        """Draft what is asked for; see `Drafter.draft`."""
        from docgen.office.drafting.drafter import Drafter

        return Drafter(self.workspace, self._register, self.people, self.today).draft(request, progress)

    def replace(self, asked: Sequence[str], remark: str) -> Drafted:
        """Draft successors of signed documents; see `Drafter.replace`.

        Raises:
            NoReason: no remark gives the reason.
            WrongState, AlreadyReplaced: a document may not be replaced.
        """
        from docgen.office.drafting.drafter import Drafter
        from docgen.office.life.finding import replaceable

        with self._register.reading() as books:
            documents = replaceable(books, asked, remark)
        drafter = Drafter(self.workspace, self._register, self.people, self.today)
        return drafter.replace(documents, remark)

    def take(self, order: Order) -> Stepped:
        """Take a step in the life of documents; see `Stepper.take`."""
        from docgen.office.life.steps import Stepper

        return Stepper(self.workspace, self._register, self.people, self.today, self._now).take(order)

    @property
    def registry(self) -> Registry:
        """Return what records attachments, mandates, numbers and duties."""
        from docgen.office.life.registry import Registry

        return Registry(self.workspace, self._register, self.people, self.today, self._now)

    def sign_pdfs(self, asked: Sequence[str], certificate: Path, password: str) -> list[Attached]:
        """Attach a signed PDF to each document; see `attach_signed_pdfs`.

        Raises:
            Problems: names that mean none or several, or documents that are not signed yet.
            SignerMissing, BadCertificate: the certificate cannot be used.
        """
        from docgen.office.life.checks import row_for
        from docgen.office.life.finding import named
        from docgen.office.papers.issued_pdf import attach_signed_pdfs, certificate_at
        from docgen.register.life import ATTACH

        ready = certificate_at(certificate, password)
        with self._register.reading() as books:
            documents = named(books, asked)
        for each in documents:
            row_for(each, ATTACH)
        return attach_signed_pdfs(self.workspace, self.registry, documents, ready)

    def documents(self, wanted: Wanted) -> list[Document]:
        """Return the documents of the register that are wanted, in the order of their ids. Raises UnknownKind."""
        with self._register.reading() as books:
            everyone = books.documents()
        recorded = dict.fromkeys(each.kind for each in everyone)
        if wanted.kind and wanted.kind not in recorded:
            _refuse_unknown(wanted.kind, recorded)
        return [each for each in everyone if wanted.includes(each)]

    def story(self, asked: str) -> Story:
        """Return the life of one document. Raises UnknownName, AmbiguousName (in Problems)."""
        from docgen.office.life.finding import story_of

        with self._register.reading() as books:
            return story_of(books, asked)

    def verify(self, head: str = "") -> Verified:
        """Check the record and all recorded files; see `verify_all`."""
        from docgen.office.verification import verify_all

        with self._register.reading() as books:
            return verify_all(self.workspace, books, head, self._recorded_now)

    def _recorded_now(self) -> set[str]:
        from docgen.office.drafting.drafts import GONE

        with self._register.reading() as books:
            return {row.id for row in books.files() if row.role != GONE}

    def entry(self, seq: int) -> Entry:
        """Return an entry of the record by its number. Raises EntryUnknown."""
        from docgen.office.verification import EntryUnknown

        with self._register.reading() as books:
            found, last = books.entry(seq), books.last_entry()
        if found is None:
            raise EntryUnknown(seq, last[0] if last else 0)
        return found

    def sight(self, paths: Sequence[Path]) -> list[Sighting | DocgenError]:
        """Say of each file which document of the register it is, or why it is none."""
        with self._register.reading() as books:
            return [found for path in paths for found in _sighted(self.workspace, books, path)]

    def ledger(self, name: LedgerName, year: int) -> Printout:
        """Return a year's ledger. Raises Problems: the sheets, which say whose it is, have faults."""
        from docgen.office.papers.printing import Printer
        from docgen.office.people import office_records

        mechanism = office_records(self.workspace).mechanism
        with self._register.reading() as books:
            printer = Printer(books, mechanism, self.people.actor, self.today, self._now())
            return printer.ledger(name, year)

    def write_ledger(self, printed: Printout, path: Path) -> Path | None:
        """Write a ledger into a file, and return where one that was there is now; see `printing.write_ledger`."""
        from docgen.office.papers.printing import write_ledger

        with self._register.reading() as books:
            return write_ledger(self.workspace, books, printed, path)

    def forms(self, asked: Sequence[str]) -> list[Filled]:
        """Write the forms of documents, filled in with what is on record; see `filling.write_forms`.

        Raises:
            Problems: names that mean none or several, or faults of the sheets.
        """
        from docgen.office.life.finding import named, story_of
        from docgen.office.papers.filling import write_forms
        from docgen.office.people import office_records

        mechanism = office_records(self.workspace).mechanism
        with self._register.reading() as books:
            stories = [story_of(books, str(each.id)) for each in named(books, asked)]
            mandates = books.mandates()
        return write_forms(self.workspace, mechanism, stories, mandates, self.today)

    def pdf(self, made: Sequence[Made], progress: Callable[[int, int], None] | None = None) -> Pdfs:
        """Make a PDF beside each draft that has none younger than itself; see `pdf_of`."""
        return self.pdf_of([each.path for each in made], progress)

    def pdf_of(self, files: Sequence[Path], progress: Callable[[int, int], None] | None = None) -> Pdfs:
        """Make a PDF beside each file that has none younger than itself, and return the PDFs of all, and the faults.

        Args:
            files: the documents.
            progress: is told how many are done, of how many.

        Raises:
            DocgenError: LibreOffice does not work, or the operating system refuses.
        """
        from docgen.pdf.convert import make_pdfs

        targets = {each: each.with_suffix(".pdf") for each in files}
        stale = {path: pdf for path, pdf in targets.items() if not _is_fresh(pdf, path)}
        pdfs = make_pdfs(stale, progress=progress)
        lacking = set(stale.values()).difference(pdfs.made)
        return replace(pdfs, made=[each for each in targets.values() if each not in lacking])

    def preview(self, made: Sequence[Made]) -> list[Path]:
        """Draw the first page of each draft as a PNG beside it and return the PNGs.

        Raises:
            DocgenError: LibreOffice, or what draws the PNG, is missing or failed.
        """
        from docgen.pdf.convert import first_page_png, to_pdf

        with tempfile.TemporaryDirectory(prefix="docgen-", ignore_cleanup_errors=True) as place:
            pdfs = to_pdf([each.path for each in made], Path(place))
            pairs = zip(pdfs, made, strict=True)
            return [first_page_png(pdf, each.path.with_suffix(".png")) for pdf, each in pairs]

    def templates(self) -> list[TemplateInfo]:
        """Return the workspace's templates with their state."""
        from docgen.office import templates

        return templates.listed(self.workspace)

    def check_templates(self, names: Sequence[str]) -> list[DocgenError]:
        """Return every fault of the templates of the named kinds; of all for none named. Raises UnknownKind."""
        from docgen.office import templates

        return templates.faults_of(self.workspace, templates.chosen(names))

    def template_fields(self, name: str) -> tuple[str, ...]:
        """Return the fields that a kind offers to its template. Raises UnknownKind."""
        from docgen.office import templates

        return templates.field_names(templates.chosen([name])[0])

    def rebuild_templates(self, names: Sequence[str]) -> list[tuple[Path, Path | None]]:
        """Write the shipped templates where they differ, and return them with what was moved aside."""
        from docgen.office import templates

        return templates.rebuild(self.workspace, templates.chosen(names))


def _sighted(workspace: Workspace, books: Books, path: Path) -> Sequence[Sighting | DocgenError]:
    from docgen.office.verification import sight

    try:
        return sight(workspace, books, path)
    except DocgenError as fault:
        return [fault]


def _is_fresh(made: Path, source: Path) -> bool:
    return made.is_file() and made.stat().st_mtime_ns >= source.stat().st_mtime_ns


def _refuse_unknown(kind: str, recorded: Iterable[str]) -> None:
    """Refuse a kind that neither docgen nor the register knows. Raises UnknownKind."""
    from docgen.office.templates import UnknownKind

    known = tuple(dict.fromkeys((*(each.title for each in kinds()), *recorded)))
    if kind not in known:
        raise UnknownKind(kind, known)
