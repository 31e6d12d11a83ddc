"""Checking a workspace, and marking what is wrong in copies of its workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from docgen.dataclass import dataclass
from docgen.errors import Advice, DocgenError
from docgen.files import staged
from docgen.model.mechanism import Mechanism
from docgen.model.names import nearest
from docgen.rules.ahead import days_ahead
from docgen.sheets.reading.reader import Reading
from docgen.workspace import Workspace


@dataclass(frozen=True)
class Checked:
    """All faults and advice of a workspace, and how many records of each sheet it has."""

    faults: tuple[DocgenError, ...]
    advices: tuple[Advice, ...]
    counts: tuple[tuple[str, int], ...]


def check_sheets(workspace: Workspace, today: date) -> Checked:
    """Check sheets and the links between them as of a day, and return everything that is wrong."""
    return _checked(workspace.read(), today)


def _checked(reading: Reading, today: date) -> Checked:
    tables = reading.records.tables if reading.records else {}
    counts = tuple((record.sheet, len(rows)) for record, rows in tables.items())
    ahead = days_ahead(reading.records, today) if reading.records else ()
    asked = (each.ask(doubt) for each, doubt in ahead)
    return Checked(reading.faults, (*reading.advices, *asked), counts)


def check(workspace: Workspace, today: date) -> Checked:
    """Check sheets, links and templates as of a day, and return everything that is wrong, or no longer right."""
    from docgen.office.templates import faults_of

    reading = workspace.read()
    found = _checked(reading, today)
    faults = (*found.faults, *faults_of(workspace, (), reading.partial), *_of_no_kind(workspace, reading))
    more = (*_rows_of_no_kind(workspace, reading), *_unexplained(reading), *_last_year(reading, today))
    return Checked(faults, (*found.advices, *more), found.counts)


def _unexplained(reading: Reading) -> Iterator[Advice]:
    """Yield advice on projects that left the list without a row that says why."""
    from docgen.rules.list_changes import unexplained

    for each in unexplained(reading.records) if reading.records else ():
        words = "已经调出，清单调整表中没有它调出的一行，移出说明写不出依据和原因，请补上"
        yield Advice("removal-unexplained", f"{each.cell_of('stage')}「清单阶段」：{words}")


def _last_year(reading: Reading, today: date) -> Iterator[Advice]:
    """Yield advice where the mechanism's year is not today's: a year has ended, or was taken from an old document."""
    mechanism = reading.records.mechanism if reading.records and reading.records.of(Mechanism) else None
    if mechanism and mechanism.year != today.year:
        year = mechanism.year
        words = f"写的是{year}，今天是{today.year}年；没有写年份的日期按{year}年读，公文也写{year}年，请核对"
        yield Advice("year-other", f"{mechanism.cell_of('year')}「年度」：{words}")


def _rows_of_no_kind(workspace: Workspace, reading: Reading) -> Iterator[Advice]:
    """Yield advice on rows of the sheet 文种 that are of no kind."""
    from docgen.model.kind_row import KindRow

    titles = workspace.catalogue.titles
    for each in reading.records.of(KindRow) if reading.records and not workspace.catalogue.faults else ():
        if each.kind not in titles:
            near = nearest(each.kind, titles, 1)
            guess = f"；是不是“{near[0]}”？" if near else "；可用的文种用 docgen kind list 查看"
            words = f"{each.cell_of('kind')}「文种」：没有“{each.kind}”这种公文，这一行不起作用{guess}"
            yield Advice("kind-row-unused", words)


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
    from docgen.sheets.faults import CellFault
    from docgen.sheets.writing.annotate import annotated
    from docgen.sheets.writing.books import refuse_existing

    faults = workspace.read().faults
    cells = [each for each in faults if isinstance(each, CellFault)]
    copies = {folder / name: data for name, data in annotated(workspace.data, cells).items()}
    refuse_existing(copies)
    with staged() as staging:
        for path, data in copies.items():
            staging.add(path, data)
    return faults, list(copies)
