"""`sheets collect` as one service: read, decide, try out, write what the office sees, and apply when told to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docgen.dataclass import dataclass
from docgen.errors import Advice, DocgenError
from docgen.files import staged
from docgen.model.returned import Return
from docgen.office.desk import Desk
from docgen.office.round.applying import Applied, Tried, against, apply, refuse_unfinished, try_out
from docgen.office.round.collecting import Collection, collect
from docgen.office.round.plan import sound
from docgen.office.round.sole_writer import alone
from docgen.office.round.store import refuse_among_data
from docgen.sheets.faults import CellFault
from docgen.sheets.round.files import as_xlsx, open_returned
from docgen.sheets.round.overview import overview_workbook, read_decisions
from docgen.sheets.round.returned import Returned
from docgen.sheets.writing.annotate import annotated, place_of
from docgen.sheets.writing.books import refuse_existing

OVERVIEW = "变动和冲突.xlsx"


@dataclass(frozen=True)
class Wish:
    """What is wanted of a collection.

    Args:
        paths: returned files, or folders of them.
        to: folder for the overview and for annotated copies to be sent back; None for neither.
        decisions: workbook in which conflicts were decided; None for none.
        apply: whether it is written into the office's sheets.
        partial: whether what is in order is written although the rest is not.
    """

    paths: Sequence[Path]
    to: Path | None = None
    decisions: Path | None = None
    apply: bool = False
    partial: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of it.

    Args:
        collection: what came back.
        faults: everything against it.
        doubts: what is asked about returned values that can be written.
        files: those that were written.
        applied: what was written into the office's sheets; None for nothing.
        count: how many cells would be.
        entered: in how many rows of the sheet of returns some of them are.
        refused: whether it was to be applied and must not be.
    """

    collection: Collection
    faults: tuple[DocgenError, ...]
    doubts: tuple[Advice, ...] = ()
    files: tuple[Path, ...] = ()
    applied: Applied | None = None
    count: int = 0
    entered: int = 0
    refused: bool = False

    @property
    def advices(self) -> tuple[Advice, ...]:
        """Return all that should be known."""
        return (*self.collection.advices, *self.doubts, *(self.applied.advices if self.applied else ()))


def run(desk: Desk, wish: Wish) -> Outcome:
    """Collect returned workbooks.

    Raises:
        Problems: the office's sheets have faults, decisions cannot be read, or files of those names are there.
        RoundUnfinished: the last collection was written in part.
        AmongData: files are to be written among the data.
        DocgenError: as `collect` and `apply`.
    """
    with alone(desk, when=wish.apply):
        return _outcome(desk, wish)


def _outcome(desk: Desk, wish: Wish) -> Outcome:
    refuse_unfinished(desk)
    if wish.to:
        refuse_among_data(desk.workspace, wish.to)
    records = desk.workspace.records()
    found = collect(desk, records, wish.paths)
    if wish.decisions:
        decided = read_decisions(wish.decisions, found.merged.conflicts)
        found = collect(desk, records, wish.paths, decided)
    if not found.returns:
        return Outcome(found, found.faults)
    tried = try_out(desk, records, found)
    files = _written(wish.to, found, tried) if wish.to else ()
    forbidden = () if wish.partial or not wish.apply else tuple(against(found, tried))
    may_apply = wish.apply and not forbidden
    applied = apply(desk, records, found, tried, partial=wish.partial) if may_apply else None
    written = sound(tried.plan)
    entered = {each.key for each in written if each.sheet == Return.sheet}
    faults, doubts = (*tried.faults, *forbidden), tuple(tried.plan.doubts)
    return Outcome(found, faults, doubts, tuple(files), applied, len(written), len(entered), bool(forbidden))


def _written(folder: Path, found: Collection, tried: Tried) -> list[Path]:
    """Write the overview, and a copy of each file that has problems with these marked in it."""
    title = found.period.short_name if found.period else ""
    files = {folder / OVERVIEW: overview_workbook(title, found.merged, found.raised)}
    cells = [each for each in tried.faults if isinstance(each, CellFault)]
    for each in found.returns:
        mine = [fault for fault in cells if fault.sheet.startswith(f"{each.path.name} ")]
        for name, content in _marked(each, mine).items():
            files[folder / f"退回-{each.handed.unit}-{name}"] = content
    refuse_existing(files)
    with staged() as staging:
        for path, content in files.items():
            staging.add(path, content)
    return list(files)


def _marked(returned: Returned, faults: Sequence[CellFault]) -> dict[str, bytes]:
    """Return a marked copy of a returned file by its name; of one that is no .xlsx, its values in one."""
    path = returned.path
    if not faults:
        return {}
    if path.suffix.lower() == ".xlsx":
        return annotated(path.parent, faults)
    made = annotated(
        path.parent,
        faults,
        {path.name: as_xlsx(open_returned(path), {place_of(each.sheet)[1] for each in faults})},
    )
    return {f"{name}.xlsx": content for name, content in made.items()}
