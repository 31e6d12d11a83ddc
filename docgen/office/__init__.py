"""The service layer: the one place that combines sheets, documents, templates, files and the register.

Nothing here prints, asks or exits. The time and the people come in as arguments.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from docgen.documents.catalogue import kinds
from docgen.errors import Advice, DocgenError
from docgen.files import staged
from docgen.office import templates
from docgen.office.drafting import AlreadySigned, Drafted, Drafter, Made, Outcome, Request
from docgen.office.people import People
from docgen.office.templates import TemplateInfo
from docgen.register.store import Register
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
]


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
    """

    def __init__(
        self, workspace: Workspace, people: People, today: date, now: Callable[[], datetime]
    ) -> None:
        self.workspace, self.people, self.today, self._now = workspace, people, today, now
        self._register = Register(workspace.register_path, workspace.shown(workspace.register_path))

    def check(self) -> Checked:
        """Check sheets, links and templates, and return everything that is wrong."""
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

    def draft(self, request: Request) -> Drafted:
        """Draft what is asked for; see `Drafter.draft`."""
        return Drafter(self.workspace, self._register, self.people, self.today, self._now).draft(request)

    def pdf(self, made: Sequence[Made]) -> list[Path]:
        """Make a PDF beside each draft that has none younger than itself, and return the PDFs of all.

        Raises:
            DocgenError: LibreOffice cannot, or the operating system refuses.
        """
        from docgen.render.pdf import to_pdf

        folders: dict[Path, list[Path]] = {}
        for each in made:
            if not _is_fresh(each.path.with_suffix(".pdf"), each.path):
                folders.setdefault(each.path.parent, []).append(each.path)
        for folder, paths in folders.items():
            to_pdf(paths, folder)
        return [each.path.with_suffix(".pdf") for each in made]

    def preview(self, made: Sequence[Made]) -> list[Path]:
        """Draw the first page of each draft as a PNG beside it and return the PNGs.

        Raises:
            DocgenError: LibreOffice, or what draws the PNG, is missing or failed.
        """
        from docgen.render.pdf import first_page_png, to_pdf

        with tempfile.TemporaryDirectory(prefix="docgen-", ignore_cleanup_errors=True) as place:
            pdfs = to_pdf([each.path for each in made], Path(place))
            pairs = zip(pdfs, made, strict=True)
            return [first_page_png(pdf, each.path.with_suffix(".png")) for pdf, each in pairs]

    def templates(self) -> list[TemplateInfo]:
        """Return the workspace's templates with their state."""
        return templates.listed(self.workspace)

    def check_templates(self, names: Sequence[str]) -> list[DocgenError]:
        """Return every fault of the templates of the named kinds; of all for none named. Raises UnknownKind."""
        return templates.faults_of(self.workspace, templates.chosen(names))

    def template_fields(self, name: str) -> tuple[str, ...]:
        """Return the fields that a kind offers to its template. Raises UnknownKind."""
        return templates.field_names(templates.chosen([name])[0])

    def rebuild_templates(self, names: Sequence[str]) -> list[tuple[Path, Path | None]]:
        """Write the shipped templates where they differ, and return them with what was moved aside."""
        return templates.rebuild(self.workspace, templates.chosen(names))


def _is_fresh(made: Path, source: Path) -> bool:
    return made.is_file() and made.stat().st_mtime_ns >= source.stat().st_mtime_ns
