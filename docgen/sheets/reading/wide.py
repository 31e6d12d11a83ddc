"""The approvals as many offices keep them: a row for each project, a column for each item (手续一览).

A cell says the state, or the date of a permit: 2026-03-05, 未申报, 已受理：专家评审, 无需办理：不新增用地. A blank one
says that the project has no such approval. What the long sheet has beyond that has no place here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from docgen.dataclass import dataclass
from docgen.errors import Advice
from docgen.model.approval import Approval
from docgen.model.fields import Origin, Record, field_of, fields_of
from docgen.model.names import nearest, plain
from docgen.model.values import ApprovalState
from docgen.sheets.addresses import column_letters
from docgen.sheets.faults import (
    ErrorInCell,
    FormulaInCells,
    LongText,
    NoHeader,
    PartlyStruck,
    RepeatedColumn,
    WrongValue,
    as_written,
)
from docgen.sheets.opening.grid import LONGEST_TEXT, Grid
from docgen.sheets.reading.cell_texts import NotUnderstood, clean_text, is_blank
from docgen.sheets.reading.cells import BLANKS, Parser, parser_for
from docgen.sheets.reading.no_records import instead_of_record
from docgen.sheets.reading.parsed import Row, Table
from docgen.sheets.reading.table import passed_over

SEARCHED: Final = 30
KEYS: Final = ("项目", "项目名称", "序号")
"""The columns by which a row names its project, the best first."""
_WANTED: Final = "办结日期（如 2026-03-05），或状态加说明（如 已受理：专家评审；无需办理：不新增用地）"
_MARKS: Final = {
    **dict.fromkeys(("√", "✓", "✔", "是", "已办"), ApprovalState.DONE),
    **dict.fromkeys(("×", "✗", "✘", "否", "未办"), ApprovalState.NOT_SUBMITTED),
    **dict.fromkeys(("无需", "不需要"), ApprovalState.NOT_NEEDED),
}
_WORDS: Final = {plain(word): state for word, state in ApprovalState.words().items()} | _MARKS
_PLANNED: Final = re.compile("[底初旬](?:前|之前|以前)?$|前$")
"""How a day ends by which something is to be done; a bare day is that on which it was."""
_SAID: Final = re.compile(r"([^：:，,（(]+)(?:[：:，,（(](.*?)[)）]?)?")


class WideApprovals(Record):
    """Marks the sheet; it has no records of its own."""

    sheet: ClassVar[str] = "手续一览"
    title: ClassVar[str] = "{year}年{projects}前期手续一览表"


def field_for_words(state: ApprovalState) -> str:
    """Return the English name of the field that the words behind a state fill."""
    if state is ApprovalState.NOT_NEEDED:
        return "reason"
    return "dossier" if state.before_submission else "progress" if state.pending else "remark"


def read_wide(grid: Grid, shown: str, year: int | None, items: Mapping[str, Sequence[Any]]) -> Table:
    """Take the sheet apart into the rows that the long sheet would have.

    Args:
        grid: the sheet.
        shown: the sheet as messages write it.
        year: the year of dates written without one.
        items: the catalogue by all plain names.
    """
    table = Table(Approval, shown)
    known = [sum(plain(each) in items for each in map(_text, row)) for row in grid.rows[:SEARCHED]]
    head = known.index(max(known)) if any(known) else None
    heads = list(map(_text, grid.rows[head])) if head is not None else []
    key = next((heads.index(word) for word in KEYS if word in heads), None)
    if head is None or key is None:
        table.faults.append(NoHeader(shown, ("项目名称", "各审批事项")))
        return table
    columns = {index: each for index, each in enumerate(heads) if plain(each) in items}
    _judge_heads(table, heads, columns, items)
    wide = _Wide(table, grid, key, columns, parser_for(field_of(Approval, "done"), year, grid.day_zero))
    for at in range(head + 1, len(grid.rows)):
        wide.read_line(at)
    return table


@dataclass(frozen=True)
class _Wide:
    """The sheet with its columns found: that of the projects, and those of items by number from 0."""

    table: Table
    grid: Grid
    key: int
    columns: Mapping[int, str]
    day: Parser

    def read_line(self, at: int) -> None:
        """Add the approvals of one project to the table."""
        line = self.grid.rows[at]
        if is_blank(line[self.key]) or all(is_blank(line[index]) for index in self.columns):
            return
        instead = instead_of_record(line, {self.key: field_of(Approval, "project")})
        if instead:
            self.table.advices.append(passed_over(Origin(self.table.shown, at + 1, {}), instead, line))
            return
        for index, item in self.columns.items():
            origin = _origin(self.table.shown, at + 1, self.key, index)
            if not _special(self.table, self.grid, origin.cell("state"), item):
                self._read_cell(origin, line[self.key], item, line[index])

    def _read_cell(self, origin: Origin, project: Any, item: str, value: Any) -> None:
        try:
            said = said_in(value, self.day)
            named = clean_text(project)
        except NotUnderstood as fault:
            place = (self.table.shown, origin.cell("state"), item)
            self.table.faults.append(WrongValue(*place, as_written(value), str(fault)))
            return
        if said:
            values = {"origin": origin, "extra": {}, "project": named, "item": item, **said}
            self.table.rows.append(Row(origin, values, True))


def _judge_heads(
    table: Table, heads: Sequence[str], columns: dict[int, str], items: Mapping[str, Sequence[Any]]
) -> None:
    """Report an item with two columns, of which the first is read, and speak of headers that look like an item's."""
    places: dict[int, list[int]] = {}
    for index, each in columns.items():
        places.setdefault(id(items[plain(each)][0]), []).append(index)
    for found in places.values():
        if len(found) > 1:
            letters = tuple(column_letters(each) for each in found)
            table.faults.append(RepeatedColumn(table.shown, columns[found[0]], letters))
            for index in found[1:]:
                del columns[index]
    names = [name for found in items.values() for each in found for name in each.link_names]
    for index in range(min(columns), len(heads)):
        near = nearest(heads[index], names, 1) if heads[index] and plain(heads[index]) not in items else ()
        if near:
            words = f"{table.shown}：列「{heads[index]}」没有读取，是不是应写作「{near[0]}」？"
            table.advices.append(Advice("column-misspelt", words))


def _origin(shown: str, row: int, key: int, index: int) -> Origin:
    letters = dict.fromkeys((spec.name for spec in fields_of(Approval)), column_letters(index))
    return Origin(shown, row, {**letters, "project": column_letters(key)})


def _special(table: Table, grid: Grid, cell: str, item: str) -> bool:
    """Whether a cell holds a formula, an error value or a text too long; each is reported."""
    if cell in grid.formulas:
        table.faults.append(FormulaInCells(table.shown, cell, item, grid.formulas[cell], 1))
    elif cell in grid.errors:
        table.faults.append(ErrorInCell(table.shown, cell, item, grid.errors[cell]))
    elif cell in grid.long:
        table.faults.append(LongText(table.shown, cell, item, grid.long[cell], LONGEST_TEXT))
    elif struck := grid.marked.partly.get(cell):
        table.faults.append(PartlyStruck(table.shown, cell, item, struck))
    return grid.is_special(cell)


def said_in(value: Any, day: Parser) -> Mapping[str, Any] | None:
    """Return what a cell says of an approval, by the English names of its fields; None for a blank one.

    Args:
        value: of the cell.
        day: reads dates.

    Raises:
        NotUnderstood: it says neither a date nor a state.
    """
    if is_blank(value) or (isinstance(value, str) and value.strip() in BLANKS):
        return None
    found = _SAID.fullmatch(clean_text(value)) if isinstance(value, str) else None
    state = _WORDS.get(plain(found[1])) if found else None
    if state is None:
        if isinstance(value, str) and _PLANNED.search(value):
            raise NotUnderstood(_WANTED)
        return {"state": ApprovalState.DONE, "done": _day(value, day)}
    words = (found[2] or "") if found else ""
    if state is ApprovalState.DONE:
        return {"state": state, "done": _day(words, day)}
    if state is ApprovalState.NOT_NEEDED and not words:
        raise NotUnderstood("“无需办理：”后面的理由")
    return {"state": state, **({field_for_words(state): words} if words else {})}


def _day(value: Any, day: Parser) -> date:
    try:
        found = day(value)
    except NotUnderstood:
        found = None
    if not isinstance(found, date):
        raise NotUnderstood(_WANTED)
    return found


def _text(value: Any) -> str:
    return "".join(value.split()) if isinstance(value, str) else ""


def written(approval: Approval) -> date | str:
    """Return what the cell of an approval says."""
    if approval.state is ApprovalState.DONE and approval.done:
        return approval.done
    words = getattr(approval, field_for_words(approval.state))
    return f"{approval.state.value}：{words}" if words else approval.state.value
