"""The workbook in which the office sees what units changed, and decides where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from docgen.errors import Problems
from docgen.sheets.faults import UnreadableWorkbook
from docgen.sheets.opening.workbook import open_workbook
from docgen.sheets.round.faults import DecisionUnreadable
from docgen.sheets.round.merging import OFFICE, Conflict, Merged, Place
from docgen.sheets.round.returned import Raised
from docgen.sheets.writing.blank import REQUIRED_FILL
from docgen.sheets.writing.plain_table import HEAD, lay_table
from docgen.sheets.writing.saving import saved

CONFLICTS: Final = "冲突"
CHANGES: Final = "变动"
_BETWEEN: Final = "｜"
_CHANGE_COLUMNS: Final = (
    ("表", 10), ("行", 30), ("列", 16), ("办公室现在", 26), ("改为", 26), ("填报单位", 16), ("文件", 26), ("单元格", 9),
)  # fmt: skip
_CONFLICT_COLUMNS: Final = (
    ("表", 10), ("行", 30), ("列", 16), ("下发时", 22), ("办公室现在", 22), ("各单位所报", 40), ("采用", 16),
)  # fmt: skip
_CHOSEN: Final = len(_CONFLICT_COLUMNS)


def overview_workbook(title: str, merged: Merged, raised: Sequence[Raised]) -> bytes:
    """Return the workbook: changes and added rows, and conflicts with a column to decide them in.

    Args:
        title: of the period.
        merged: what the returns come to.
        raised: the rows that units have added.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = CHANGES
    rows = [
        [each.cell.sheet, _BETWEEN.join(each.cell.key), each.cell.spec.label, each.now, each.cell.now, each.cell.unit,
         each.cell.file, each.cell.address]
        for each in merged.changes
    ]  # fmt: skip
    rows += [
        [
            each.sheet,
            "（新增）",
            "",
            "",
            str(each.values.get("question", "")),
            each.unit,
            each.file,
            f"第{each.row}行",
        ]
        for each in raised
    ]
    lay_table(sheet, f"{title}报回的变动", _CHANGE_COLUMNS, rows)
    if merged.conflicts:
        _conflicts(book.create_sheet(CONFLICTS), title, merged.conflicts)
    return saved(book)


def _conflicts(sheet: Worksheet, title: str, conflicts: Sequence[Conflict]) -> None:
    rows = [
        [
            *_place(each),
            each.cells[0].before,
            each.now,
            _said(each),
            None,
        ]
        for each in conflicts
    ]
    lay_table(sheet, f"{title}报回的冲突，请在“采用”列选定", _CONFLICT_COLUMNS, rows)
    for row, each in enumerate(conflicts, HEAD + 1):
        words = ",".join(dict.fromkeys((*each.speakers, OFFICE)))
        rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
        rule.showErrorMessage, rule.errorTitle, rule.error = True, "采用", f"请从下拉列表中选择：{words}"
        rule.add(f"{get_column_letter(_CHOSEN)}{row}")
        sheet.add_data_validation(rule)
        sheet.cell(row, _CHOSEN).fill = REQUIRED_FILL


def _said(conflict: Conflict) -> str:
    told = zip(conflict.speakers, conflict.cells, strict=True)
    return "；".join(f"{speaker}：{each.now or '（空）'}" for speaker, each in told)


def _place(conflict: Conflict) -> tuple[str, str, str]:
    sheet, key, _ = conflict.place
    return sheet, _BETWEEN.join(key), conflict.cells[0].spec.label


def read_decisions(path: Path, conflicts: Sequence[Conflict]) -> dict[Place, str]:
    """Return who is right, by cell, as the office has decided in the sheet of conflicts.

    Args:
        path: the workbook with the decisions.
        conflicts: those that there are.

    Raises:
        UnreadableWorkbook: it is none, or has no sheet of conflicts.
        Problems: a decision names nobody who said something.
    """
    workbook = open_workbook(path)
    if CONFLICTS not in workbook.sheet_names:
        raise UnreadableWorkbook(
            path.name, f"没有“{CONFLICTS}”表", "请用 docgen sheets collect --to 写出的工作簿。"
        )
    by_place = {_place(each): each for each in conflicts}
    decided: dict[Place, str] = {}
    faults: list[DecisionUnreadable] = []
    for number, row in enumerate(workbook.grid(CONFLICTS).rows[HEAD:], HEAD + 1):
        told = [str(each).strip() for each in row]
        conflict = by_place.get((told[0], told[1], told[2])) if len(told) >= _CHOSEN else None
        chosen = told[_CHOSEN - 1] if conflict else ""
        if conflict is None or not chosen:
            continue
        names = (*dict.fromkeys(conflict.speakers), OFFICE)
        if chosen in names:
            decided[conflict.place] = chosen
        else:
            place = (f"{path.name} {CONFLICTS}", f"{get_column_letter(_CHOSEN)}{number}", "采用", chosen)
            faults.append(DecisionUnreadable(*place, "、".join(names)))
    Problems.raise_any(faults)
    return decided
