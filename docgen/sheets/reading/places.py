"""Where each record type has its sheet: found by its name in the workbooks of a folder, or the name of its workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from docgen.dataclass import dataclass
from docgen.errors import Advice
from docgen.model.approval import Approval
from docgen.model.fields import Record
from docgen.model.schema import Schema
from docgen.sheets.opening.workbook import Workbook
from docgen.sheets.reading.old import OLD
from docgen.sheets.reading.wide import WideApprovals

Place: TypeAlias = tuple[Workbook, str]
"""A workbook and the name of a sheet in it."""


@dataclass(frozen=True)
class Places:
    """The sheets of the record types.

    Args:
        found: those of each type; more than one where several workbooks have it.
        names: of all sheets, for near misses.
        unnamed: the workbooks that have no sheet of the workspace, by their names.
        wide: whether that of approvals is the sheet with a column for each item.
        advices: which sheet is passed over for another.
    """

    found: Mapping[type[Record], list[Place]]
    names: tuple[str, ...]
    unnamed: Mapping[str, Workbook]
    wide: bool
    advices: tuple[Advice, ...]

    def of(self, record: type[Record]) -> list[Place]:
        """Return the sheets of a type."""
        return self.found.get(record, [])


def places_in(workbooks: Iterable[Workbook], schema: Schema) -> Places:
    """Return the sheets of each record type of a schema, and of the old sheets.

    A sheet belongs to the type whose name it bears; the only sheet of a workbook that has no such one to the type
    whose name the workbook bears.
    """
    types: tuple[type[Record], ...] = (*schema.types, *OLD, WideApprovals)
    by_name = {record.sheet: record for record in types}
    found: dict[type[Record], list[Place]] = {}
    all_names: list[str] = []
    unnamed: dict[str, Workbook] = {}
    for workbook in workbooks:
        names, stem = workbook.sheet_names, workbook.path.stem
        all_names += workbook.shown_names
        claimed = [name for name in names if name.strip() in by_name]
        if not claimed:
            unnamed[stem] = workbook
        for name in claimed:
            found.setdefault(by_name[name.strip()], []).append((workbook, name))
        if not claimed and len(names) == 1 and stem in by_name:
            found.setdefault(by_name[stem], []).append((workbook, names[0]))
    wide, advices = _wide_for_long(found)
    return Places(found, tuple(all_names), unnamed, wide, advices)


def _wide_for_long(found: dict[type[Record], list[Place]]) -> tuple[bool, tuple[Advice, ...]]:
    """Let the sheet with a column for each item stand for that of approvals, where that is not there."""
    wide = found.pop(WideApprovals, None)
    if wide and Approval in found:
        words = f"有“{Approval.sheet}”表，“{WideApprovals.sheet}”表没有读取"
        return False, (Advice("sheet-wide-unread", words),)
    if wide:
        found[Approval] = wide
    return bool(wide), ()
