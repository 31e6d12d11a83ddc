"""Columns that no field declares, because a clerk added them: read as their cells read.

A column is of dates when all its cells are, of numbers when all are number cells, and of texts otherwise. A text of
digits stays text (007, a telephone number), and a number among texts becomes one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from docgen.errors import Advice
from docgen.patterns import late
from docgen.sheets.addresses import column_letters, letters_of, row_number
from docgen.sheets.opening.grid import Grid
from docgen.sheets.reading.cell_texts import NotUnderstood, clean_text, is_blank
from docgen.sheets.reading.cells import BLANKS, date_of, exact_number

BRACKETS: Final = late(r"[（(][^（()）]*[)）]|[*＊※:：]")
"""What a header has besides its label: units of measure, marks of required columns."""
_LONGEST_LABEL: Final = 40
_FRAME: Final = frozenset(("序号", "次序", "行号", "编次", "备注", "注", "说明"))
"""Headers that number or remark on the lines of any sheet; they are no fields of a document."""
_DATE_LIKE: Final = late(r"\s*[0-9０-９〇零○一二三四五六七八九]{4}\s*[-－./／年]")
_NOTHING: Final = object()


def extra_label(header: Any) -> str:
    """Return the label of an added column: its header without bracketed unit; empty when it is none."""
    if not isinstance(header, str):
        return ""
    try:
        label = clean_text(BRACKETS.sub("", header))
    except NotUnderstood:
        return ""
    return "" if label in _FRAME or len(label) > _LONGEST_LABEL else label


def added_columns(
    grid: Grid, shown: str, first: int, places: Mapping[str, int], standing: Sequence[Sequence[Any]]
) -> tuple[tuple[str, ...], list[dict[str, Any]], list[Advice]]:
    """Return the labels of a sheet's added columns, their values row by row, and what there is to say.

    A column with formulas, errors or texts too long is passed over; so is a cell that holds no text of a document.

    Args:
        grid: the sheet.
        shown: the sheet as messages write it.
        first: the first data row, from 0.
        places: the added columns by label, from 0.
        standing: all columns from the first data row on.
    """
    columns: dict[str, list[Any]] = {}
    advices: list[Advice] = []
    special = _first_special(grid, first)
    for label, index in places.items():
        letter = column_letters(index)
        if letter in special:
            cell = f"{letter}{special[letter]}"
            why = "有划掉的文字" if cell in grid.marked.partly else "有公式或错误值"
            what = "文字过长" if cell in grid.long else why
            advices.append(_passed_over(shown, cell, label, f"{what}，这一列没有读取"))
            continue
        columns[label], refused = as_they_read(standing[index])
        cells = (f"{letter}{first + 1 + each}" for each in refused)
        advices += [_passed_over(shown, each, label, "不是公文中可用的文字，没有读取") for each in cells]
    return tuple(columns), by_row(columns) if columns else [{}] * len(standing[0]), advices


def _first_special(grid: Grid, first: int) -> dict[str, int]:
    """Return the first row of the data, by column, whose cell holds a formula, an error value or a text too long."""
    found: dict[str, int] = {}
    for cell in (*grid.formulas, *grid.errors, *grid.long, *grid.marked.partly):
        letters, row = letters_of(cell), row_number(cell)
        if row > first:
            found[letters] = min(row, found.get(letters, row))
    return found


def _passed_over(shown: str, cell: str, label: str, why: str) -> Advice:
    return Advice("column-passed-over", f"{shown}!{cell}「{label}」：{why}")


def by_row(columns: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Return the values of columns row by row, without those that are None; whole columns at a time, which is fast."""
    names = tuple(columns)
    rows = [dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    for name, column in columns.items():
        if None in column:
            for values in rows:
                if values[name] is None:
                    del values[name]
    return rows


def as_they_read(found: Sequence[Any]) -> tuple[list[Any], list[int]]:
    """Return the values of a column, None for blanks, and the rows whose cells cannot be understood as text.

    Args:
        found: the cells as the workbook gives them.
    """
    if bool in set(map(type, found)):
        found = [("是" if each else "否") if isinstance(each, bool) else each for each in found]
    distinct = [each for each in dict.fromkeys(found) if not _stands_for_nothing(each)]
    made = _dates(distinct) or _numbers(distinct) or _texts(distinct)
    values = [made.get(each) for each in found]
    if _NOTHING not in made.values():
        return values, []
    refused = [index for index, each in enumerate(values) if each is _NOTHING]
    return [None if each is _NOTHING else each for each in values], refused


def _stands_for_nothing(value: Any) -> bool:
    return is_blank(value) or (isinstance(value, str) and value.strip() in BLANKS)


def _dates(distinct: Sequence[Any]) -> Mapping[Any, Any] | None:
    """Return the dates that the cells of a column are; None when one of them is no date."""
    if not all(
        isinstance(each, date) or (isinstance(each, str) and _DATE_LIKE.match(each)) for each in distinct
    ):
        return None
    return _each(distinct, _date)


def _date(value: Any) -> date:
    return date(value.year, value.month, value.day) if isinstance(value, date) else date_of(value)


def _numbers(distinct: Sequence[Any]) -> Mapping[Any, Any] | None:
    """Return the numbers that the cells of a column are, whole ones only if all are; None when one is no number."""
    if not all(isinstance(each, int | float) for each in distinct):
        return None
    made = _each(distinct, exact_number)
    if made and all(each == each.to_integral_value() for each in made.values()):
        return {value: int(number) for value, number in made.items()}
    return made


def _each(distinct: Sequence[Any], how: Callable[[Any], Any]) -> dict[Any, Any] | None:
    try:
        return {value: how(value) for value in distinct}
    except NotUnderstood:
        return None


def _texts(distinct: Sequence[Any]) -> Mapping[Any, Any]:
    return {value: _text(value) for value in distinct}


def _text(value: Any) -> Any:
    try:
        return f"{value:%Y-%m-%d}" if isinstance(value, date) else clean_text(value) or None
    except NotUnderstood:
        return _NOTHING
