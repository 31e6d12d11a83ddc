"""A list of another shape read into lines, each to be a record, with the approvals that stand in its row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.errors import Advice
from docgen.model.fields import FieldSpec, Origin, Record, Shape, field_of, fields_of
from docgen.model.names import plain
from docgen.model.project import Project
from docgen.sheets.addresses import address_of
from docgen.sheets.faults import as_written
from docgen.sheets.importing.decisions import Decisions, Guesses, Question
from docgen.sheets.importing.matching import Match, Matcher, chosen, targets_of
from docgen.sheets.importing.merges import Merges
from docgen.sheets.importing.signs import signs_of, told_signs
from docgen.sheets.importing.values import NOTHING, Values, told_marks, told_years, usual_of
from docgen.sheets.opening.grid import Grid
from docgen.sheets.reading.cell_texts import is_blank
from docgen.sheets.reading.cells import BLANKS
from docgen.sheets.reading.headers import stale_title
from docgen.sheets.reading.heads import Block, find_block
from docgen.sheets.reading.links import Index
from docgen.sheets.reading.no_records import HEADING, heading_in, instead_of_record
from docgen.sheets.reading.parsed import Row, Table
from docgen.sheets.reading.sections import inherit, meant
from docgen.sheets.reading.table import passed_over
from docgen.sheets.round.files import Book

YEAR: Final = "年份"
SHEET_NAME: Final = "工作表名"
SECTION: Final = "分组标题"
STRUCK: Final = "删除线"
SEVERAL: Final = "一个项目占几行"
_FEW: Final = 5
_AS_USUAL: Final = "照常导入"
_PLACES: Final = ("镇", "乡", "苏木", "街道", "园区", "开发区")


@dataclass
class Line:
    """A record to be: the sheet and first row it was read from, its values and their cells by field."""

    sheet: str
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    approvals: list[Line] = field(default_factory=list)


@dataclass
class Listing:
    """What a file comes to.

    Args:
        record: the type of its lines.
        matches: by sheet, what its columns are read as.
        lines: the records to be.
        guesses: about it.
        advices: what should be known.
    """

    record: type[Record]
    guesses: Guesses
    matches: dict[str, tuple[Match, ...]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    advices: list[Advice] = field(default_factory=list)

    @property
    def fields(self) -> set[str]:
        """Return the English names of the fields for which the list has a column."""
        targets = (each.target for found in self.matches.values() for each in found)
        return {each.name for each in targets if each and each.record is self.record}

    @property
    def open_columns(self) -> list[tuple[str, Match]]:
        """Return the columns of which it is guessed what they hold, with their sheets."""
        found = ((sheet, each) for sheet, known in self.matches.items() for each in known)
        return [(sheet, each) for sheet, each in found if not each.is_sure]


@dataclass(frozen=True)
class Known:
    """What a list is read with: the names of records, the approvals there are, the year of the mechanism, the day."""

    index: Index
    items: Mapping[str, Sequence[Any]]
    year: int | None
    today: date


def read_list(
    book: Book, record: type[Record], known: Known, decisions: Decisions, sheets: Sequence[str]
) -> Listing:
    """Read every sheet of a file that has heads of a record type; where one has the type's own name, that alone.

    Args:
        book: the file.
        record: the type.
        known: what it is read with.
        decisions: what was decided about it.
        sheets: names of the sheets to be read; none for all.
    """
    listing = Listing(record, Guesses(decisions))
    matcher = Matcher(record, known.items, known.year)
    found: list[tuple[Grid, Block]] = []
    own = [each for each in book.sheet_names if each.strip() == record.sheet]
    for name in sheets or own or book.sheet_names:
        grid = book.sheet(name).grid()
        block = find_block(grid, matcher.known_as)
        if block is None:
            words = f"工作表“{name}”没有像{record.sheet}清单的表头，没有读"
            listing.advices.append(Advice("import-sheet-passed", words))
        else:
            found.append((grid, block))
    for grid, block in found:
        matches = _decided(grid.name, matcher.matches(block, grid.rows), matcher, decisions)
        listing.matches[grid.name] = matches
        _Sheet(listing, grid, block, known, named=len(found) > 1).read()
        rows = [each.row for each in listing.lines if each.sheet == grid.name]
        listing.advices += told_signs(signs_of(book.data, book.path.name, grid.name), grid.name, rows)
    return listing


def _decided(
    sheet: str, matches: Iterable[Match], matcher: Matcher, decisions: Decisions
) -> tuple[Match, ...]:
    """Return what columns are read as, those that somebody decided about as decided."""
    targets = targets_of(matcher.record, matcher.items)
    made = []
    for each in matches:
        decision = decisions.columns.get((sheet, each.head.letters))
        if decision is None:
            made.append(each)
        else:
            read_as = decision.read_as if decision.taken else ""
            made.append(chosen(each, read_as, targets, decision.unit))
    return tuple(made)


class _Sheet:
    """One sheet, gone through row by row; `named` says that its name may be a value, because there are several."""

    def __init__(self, listing: Listing, grid: Grid, block: Block, known: Known, *, named: bool) -> None:
        self.listing, self.grid, self.block, self.known = listing, grid, block, known
        self.named, self.guesses = named, listing.guesses
        self.matches = [each for each in listing.matches[grid.name] if each.target and each.is_sure]
        self.own = {
            each.head.column: each.target.spec
            for each in self.matches
            if each.target and each.target.record is listing.record
        }
        self.values = Values(self.guesses, known.index, known.year, grid.day_zero, known.today)
        self.merges = Merges(
            grid, frozenset(each.head.column for each in self.matches), range(block.top, block.bottom + 1)
        )
        self.table = Table(listing.record, grid.name)
        self.usual: dict[int, Decimal | None] = {}

    def read(self) -> None:
        """Add the lines of the sheet to the listing."""
        if not self._is_of_this_year():
            return
        numbers = list(self._records())
        self.usual = {
            each.head.column: usual_of((self.grid.rows[at][each.head.column] for at in numbers), each.unit)
            for each in self.matches
            if each.unit
        }
        lines = [self._line(group) for group in self._grouped(numbers)]
        lines = [each for each in lines if each.values or each.approvals]
        self.table.advices += [*self._uncounted(numbers), *self._hidden(numbers)]
        self._inherit(lines)
        if self.named:
            self._name_of_sheet(lines)
        self.listing.lines += lines
        years, marks = told_years(self.values.years_only), told_marks(self.values.marks)
        self.table.advices += [Advice("import-years", each) for each in years]
        self.table.advices += [Advice("import-marks", each) for each in marks]
        self.listing.advices += self.table.advices

    def _uncounted(self, numbers: Sequence[int]) -> Iterator[Advice]:
        """Name the cells that hold a formula which no program has worked out."""
        cells = [(match.head.column, at) for match in self.matches for at in numbers]
        found = [address_of(at, column) for column, at in cells if is_blank(self.grid.rows[at][column])]
        if blank := [each for each in found if each in self.grid.formulas]:
            words = (
                f"{self.grid.name} {'、'.join(blank[:_FEW])}等{len(blank)}格是公式，里面没有算好的数，没有读"
            )
            yield Advice("import-formula", f"{words}；请在 Excel 或 WPS 中打开保存一次再导入")

    def _hidden(self, numbers: Sequence[int]) -> Iterator[Advice]:
        """Name the rows that are hidden: they are read, though somebody may have meant to leave them out."""
        if found := [f"第{each + 1}行" for each in numbers if each + 1 in self.grid.marked.hidden]:
            named = "、".join(found[:_FEW]) + (f"等{len(found)}行" if len(found) > _FEW else "")
            yield Advice("import-hidden", f"{self.grid.name} {named}是隐藏的，照常读取，请核对要不要导入")

    def _is_of_this_year(self) -> bool:
        """Whether the list is of the mechanism's year, or somebody said that it is to be read all the same."""
        found = stale_title(
            [*self.grid.rows[: self.block.top], [self.grid.name]], self.grid.name, self.known.year
        )
        if not found:
            return True
        decided, answer = self.guesses.ask(
            Question(YEAR, self.grid.name, found[0].text.partition("：")[2]),
            _AS_USUAL,
            "标题不是今年的",
            self.grid.name,
        )
        return not decided or answer is not None

    def _records(self) -> Iterator[int]:
        """Yield the numbers of rows that are records, from 0; headings are remembered, other lines told."""
        for number in range(self.block.bottom + 1, len(self.grid.rows)):
            line = self.grid.rows[number]
            if all(is_blank(each) for each in line):
                continue
            instead = instead_of_record(line, self.own) or (HEADING if self._is_group(line) else "")
            if instead:
                origin = Origin(self.grid.name, number + 1, {})
                self.table.advices.append(passed_over(origin, instead, line))
                if instead == HEADING:
                    self.table.headings[number + 1] = heading_in(line)
            elif any(not is_blank(line[each.head.column]) for each in self.matches) and self._is_wanted(
                number
            ):
                yield number

    def _is_group(self, line: Sequence[Any]) -> bool:
        """Whether a row without a serial names a county or unit beside counts and sums alone."""
        serial = next((at for at, each in self.own.items() if each.name == "number"), None)
        if serial is None or not is_blank(line[serial]):
            return False
        said = [each for each in line if not is_blank(each) and each not in BLANKS]
        words = {plain(each) for each in said if isinstance(each, str)}
        return len(words) == 1 and len(said) > 1 and not any(each.isdigit() for each in words)

    def _is_wanted(self, number: int) -> bool:
        """Whether a row is read; one that is struck through is asked about."""
        if number + 1 not in self.grid.marked.struck:
            return True
        said = f"第{number + 1}行 {self._name_in(number)}"
        question = Question(STRUCK, self.grid.name, said)
        why = "这一行有删除线，可能已经取消"
        decided, answer = self.guesses.ask(question, _AS_USUAL, why, f"{self.grid.name}第{number + 1}行")
        return decided and answer is not None

    def _name_in(self, number: int) -> str:
        column = self._column_of("name")
        return as_written(self.grid.rows[number][column]) if column is not None else ""

    def _column_of(self, name: str) -> int | None:
        return next((at for at, each in self.own.items() if each.name == name), None)

    def _grouped(self, numbers: Sequence[int]) -> Iterator[list[int]]:
        """Yield the rows of each record: those of a project whose name is merged over them, or that go on unnamed."""
        name = self._column_of("name") if self.listing.record is Project else None
        group: list[int] = []
        for number in numbers:
            goes_on = group and name is not None and number == group[-1] + 1 and self._goes_on(name, number)
            if group and not goes_on:
                yield group
                group = []
            group.append(number)
        if group:
            yield group

    def _goes_on(self, name: int, number: int) -> bool:
        serial = self._column_of("number")
        if is_blank(self.grid.rows[number][name]):
            return serial is None or is_blank(self.grid.rows[number][serial])
        return self.merges.goes_on(name, number)

    def _line(self, rows: Sequence[int]) -> Line:
        """Return what the rows of a record say."""
        line = Line(self.grid.name, rows[0] + 1)
        for match in self.matches:
            column = match.head.column
            cells = self.merges.cells(column, rows)
            if not cells:
                continue
            if match.meant.item:
                self._approval(line, match, cells)
            else:
                taken = self._joined(match, cells)
                line.values |= {name: each for name, each in taken.items() if name not in line.values}
                line.cells |= dict.fromkeys(taken, address_of(cells[0][0], column))
        return line

    def _place(self, column: int, number: int) -> str:
        return f"{self.grid.name}!{address_of(number, column)}"

    def _joined(self, match: Match, cells: Sequence[tuple[int, Any]]) -> dict[str, Any]:
        """Return what the cells of one record in a column say together."""
        column, usual = match.head.column, self.usual.get(match.head.column)
        found = [self.values.take(match, value, self._place(column, at), usual) for at, value in cells]
        found = [each for each in found if each]
        made = dict(found[0]) if found else {}
        for name in made:
            values = list(dict.fromkeys(each[name] for each in found if name in each))
            if len(values) > 1:
                made[name] = self._of_several(field_of(self.listing.record, name), values, column, cells)
        return {name: value for name, value in made.items() if value is not NOTHING}

    def _of_several(
        self, spec: FieldSpec, values: Sequence[Any], column: int, cells: Sequence[tuple[int, Any]]
    ) -> Any:
        """Return what several rows of one record say of a field: lists and texts together, sums where so told."""
        if spec.many:
            return tuple(dict.fromkeys(each for found in values for each in found))
        if spec.shape is Shape.LONG_TEXT:
            return "；".join(map(str, values))
        said = "、".join(as_written(each) for _, each in cells)
        place = self._place(column, cells[0][0])
        sums = all(isinstance(each, Decimal) for each in values)
        guess = f"{sum(values):f}" if sums else as_written(values[0])
        why = "一个项目占几行，各行的数相加" if sums else "一个项目占几行，写法不同，取第一行的"
        question = Question(SEVERAL, spec.label, f"{said}（{place}）")
        decided, answer = self.guesses.ask(question, guess, why, place)
        return self.values.read(spec, answer, place) if decided and answer else NOTHING

    def _approval(self, line: Line, match: Match, cells: Sequence[tuple[int, Any]]) -> None:
        """Add what a cell says of an approval to the approvals of its line."""
        number, value = cells[0]
        column = match.head.column
        taken = self.values.take(match, value, self._place(column, number))
        if not taken:
            return
        known = next((each for each in line.approvals if each.values["item"] == match.meant.item), None)
        if known is None:
            known = Line(self.grid.name, number + 1, {"item": match.meant.item})
            line.approvals.append(known)
        known.values |= taken
        known.cells |= dict.fromkeys(taken, address_of(number, column))

    def _inherit(self, lines: Sequence[Line]) -> None:
        """Let lines take from the headings above them what they leave blank, where that was confirmed."""
        self.table.rows = [Row(Origin(each.sheet, each.row, {}), dict(each.values), True) for each in lines]
        by_row = {each.row: each for each in lines}
        for each in inherit(self.table, fields_of(self.listing.record)):
            question = Question(SECTION, each.spec.label, each.value)
            self._fill(
                question,
                each.spec,
                [by_row[row] for row in each.rows],
                f"写在分组的标题里，有{len(each.rows)}行",
            )

    def _name_of_sheet(self, lines: Sequence[Line]) -> None:
        """Let lines take from the name of their sheet what it says, where that was confirmed."""
        specs = {each: field_of(self.listing.record, each) for each in self.listing.record.sections}
        name = self.grid.name.strip()
        found = meant(plain(name), specs)
        if self.listing.record is Project and name.endswith(_PLACES):
            found = ("place", name)
        if found:
            spec = field_of(self.listing.record, found[0])
            blank = [each for each in lines if each.values.get(spec.name) is None]
            question = Question(SHEET_NAME, spec.label, self.grid.name)
            self._fill(question, spec, blank, "是工作表的名称", str(found[1]))

    def _fill(
        self, question: Question, spec: FieldSpec, lines: Sequence[Line], why: str, value: str = ""
    ) -> None:
        for each in lines:
            place = f"{each.sheet}第{each.row}行"
            decided, answer = self.guesses.ask(question, value or question.said, why, place)
            if decided and answer:
                taken = self.values.read(spec, answer, place)
                if taken is not NOTHING:
                    each.values[spec.name] = taken
                    each.cells[spec.name] = f"第{each.row}行"
