"""Checking a workspace, and marking what is wrong in copies of its workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import Advice, DocgenError
from docgen.files import staged
from docgen.model.names import nearest
from docgen.sheets.reader import Reading
from docgen.workspace import Workspace


@dataclass(frozen=True)
class Checked:
    """All faults and advice of a workspace, and how many records of each sheet it has."""

    faults: tuple[DocgenError, ...]
    advices: tuple[Advice, ...]
    counts: tuple[tuple[str, int], ...]


def check_sheets(workspace: Workspace) -> Checked:
    """Check sheets and the links between them, and return everything that is wrong."""
    return _checked(workspace.read())


def _checked(reading: Reading) -> Checked:
    tables = reading.records.tables if reading.records else {}
    counts = tuple((record.sheet, len(rows)) for record, rows in tables.items())
    return Checked(reading.faults, reading.advices, counts)


def check(workspace: Workspace) -> Checked:
    """Check sheets, links and templates, and return everything that is wrong."""
    from docgen.office.templates import faults_of

    reading = workspace.read()
    found = _checked(reading)
    faults = (*found.faults, *faults_of(workspace, (), reading.records), *_of_no_kind(workspace, reading))
    return Checked(faults, found.advices, found.counts)


def _of_no_kind(workspace: Workspace, reading: Reading) -> Iterator[DocgenError]:
    """Yield the rows of the sheet 文种设置 that set something of a kind that there is not."""
    from docgen.documents.faults import SettingOfNoKind
    from docgen.model.kind_row import KindSetting

    titles = workspace.catalogue.titles
    for each in reading.records.of(KindSetting) if reading.records else ():
        if each.kind not in titles and not workspace.catalogue.faults:
            yield SettingOfNoKind(each.cell_of("kind"), each.kind, nearest(each.kind, titles, 1), titles)


def annotate(workspace: Workspace, folder: Path) -> tuple[tuple[DocgenError, ...], list[Path]]:
    """Write copies of the workbooks with faulty cells, marked, into a folder; return all faults and the copies.

    Raises:
        Problems: files of those names are there already.
        CannotWrite: the operating system refuses.
    """
    from docgen.sheets.annotate import annotated
    from docgen.sheets.books import refuse_existing
    from docgen.sheets.faults import CellFault

    faults = workspace.read().faults
    cells = [each for each in faults if isinstance(each, CellFault)]
    copies = {folder / name: data for name, data in annotated(workspace.data, cells).items()}
    refuse_existing(copies)
    with staged() as staging:
        for path, data in copies.items():
            staging.add(path, data)
    return faults, list(copies)
