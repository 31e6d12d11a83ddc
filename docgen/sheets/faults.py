"""Faults of workbooks, sheets, columns and cells, each with its place and how to mend it."""

from __future__ import annotations

from docgen.errors import OUTSIDE_FAILED, WRONG_USE, DocgenError
from docgen.model.linked import Linked

_SHOWN = 60


def as_written(value: object) -> str:
    """Return a cell's value as a spreadsheet shows it; a record that it links to by what the record is called."""
    if isinstance(value, tuple):
        return "、".join(as_written(each) for each in value)
    if isinstance(value, Linked):
        return value.handle
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return str(value).strip()


def quoted(found: str) -> str:
    """Return what was found in quotation marks, shortened when very long, invisible characters spelt out."""
    visible = "".join(
        each if each.isprintable() or each == "\u3000" else f"\\x{ord(each):02x}" for each in found
    )
    return f"“{visible[:_SHOWN]}{'…' if len(visible) > _SHOWN else ''}”"


class CellFault(DocgenError):
    """A fault of one cell: sheet as messages write it, address, header."""

    sheet: str
    cell: str
    header: str

    @property
    def place(self) -> str:
        """Return the place, `手续!F17「计划办结」`."""
        address = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{address}「{self.header}」"


class BlankCell(CellFault):
    """A required cell is blank."""

    code = "cell-blank"
    says = "{place}：没有填，这一项必填，请填{expected}"

    expected: str


class ContinuedRow(CellFault):
    """A row has nothing that names it, and seems to go on with the record above: one project over several rows."""

    code = "row-continued"
    says = "{place}：第{row}行没有自己的{keys}，像是第{above}行的续行"
    advises = (
        "一条记录只占一行：请并成一行，金额相加；样式如此的清单，移出数据文件夹后用 docgen sheets import 导入，"
        "逐项确认。"
    )

    row: int
    above: int
    keys: str


class FormulaInCells(CellFault):
    """Cells of a data column hold formulas; `cell` is the first of them."""

    code = "cell-formula"
    says = "{place}：是公式{shown}{more}，要填数据本身"
    advises = "请复制该列，再用“选择性粘贴—数值”粘贴回原处。"

    formula: str
    count: int

    @property
    def shown(self) -> str:
        """Return the first formula as messages show it."""
        return quoted("=" + self.formula)

    @property
    def more(self) -> str:
        """Say how many there are, if not one."""
        return f"（本列共{self.count}处）" if self.count > 1 else ""


class FoundFault(CellFault):
    """A fault of what a cell holds; `shown` is what messages show of it."""

    found: str

    @property
    def shown(self) -> str:
        """Return what was found in quotation marks."""
        return quoted(self.found)


class WrongValue(FoundFault):
    """A cell holds something that its column cannot hold."""

    code = "cell-value"
    says = "{place}：写的是{shown}，要填{expected}"

    expected: str


class UnknownLink(FoundFault):
    """A cell names a unit, person, item or project that its sheet does not have."""

    code = "link-unknown"
    says = "{place}：写的是{shown}，{target}表中没有"
    guesses = "是不是：{nearest}？"
    advises = "请核对名称，或先在{target}表中添加。"

    target: str
    nearest: tuple[str, ...]


class AmbiguousLink(FoundFault):
    """A cell names several records at once."""

    code = "link-ambiguous"
    says = "{place}：{shown}在{target}表中对应多个：{candidates}"
    advises = "请写全称。"

    target: str
    candidates: tuple[str, ...]


class SeveralNames(FoundFault):
    """A cell names several records where one belongs, or with nothing between them that parts them."""

    code = "link-several"
    says = "{place}：写了几个{target}（{written}）"
    advises = "这一列只能填一个的，请改为一个；可以填几个的，请用顿号隔开。"

    target: str
    written: tuple[str, ...]


class RepeatedValue(FoundFault):
    """A value that may stand only once stands again."""

    code = "cell-repeated"
    says = "{place}：{shown}与 {first} 重复，请改正或删去其中一行"

    first: str


class ErrorInCell(FoundFault):
    """A cell holds an error of the spreadsheet program (#N/A)."""

    code = "cell-error"
    says = "{place}：是错误值{shown}，请改填数据本身"


class LongText(CellFault):
    """A cell holds more characters than a spreadsheet program lets it."""

    code = "cell-long"
    says = "{place}：有{length}个字，一个单元格最多{most}个字"
    advises = "请核对是否粘贴错了内容，删短后再试。"

    length: int
    most: int


class PartlyStruck(CellFault):
    """Part of a cell's text is struck through; read, it would stand as one with the rest."""

    code = "cell-struck"
    says = "{place}：划掉了一部分（“{struck}”），读出来会和没有划掉的连在一起"
    advises = "请删去划掉的字再试。"

    struck: str


class OtherUnit(FoundFault):
    """A sheet gives the numbers of a column in another unit of measure than the field has."""

    code = "column-unit"
    says = "{place}：表上写的单位是{shown}，这一列按“{expected}”读取"
    advises = "请把数字换算成{expected}，并把表头改为“{header}”。"

    expected: str


class ReservedColumn(CellFault):
    """An added column has a name that docgen uses itself."""

    code = "column-reserved"
    says = "{place}：这是 docgen 自己使用或计算的名称，不能另加这样的列"
    advises = "请给这一列换一个名称，或删去这一列。"


class MissingColumn(DocgenError):
    """A sheet lacks a required column."""

    code = "column-missing"
    says = "{sheet}：缺少必填的列「{header}」"
    guesses = "表头“{nearest[0]}”是不是应写作“{header}”？"
    advises = "请补上这一列。"

    sheet: str
    header: str
    nearest: tuple[str, ...]


class RepeatedColumn(DocgenError):
    """A header stands over two columns."""

    code = "column-repeated"
    says = "{sheet}：表头「{header}」出现了{times}次（{cells}），请只留一处"

    sheet: str
    header: str
    cells: tuple[str, ...]

    @property
    def times(self) -> int:
        """Return how often the header stands there."""
        return len(self.cells)


class NoHeader(DocgenError):
    """No row of a sheet looks like its header."""

    code = "header-missing"
    says = "{sheet}：没有找到表头"
    advises = (
        "表头应有这些列：{expected}。可用 docgen sheets new 生成空白表对照；"
        "样式不同的清单，移出数据文件夹后用 docgen sheets import 导入。"
    )

    sheet: str
    expected: tuple[str, ...]


class MissingSheet(DocgenError):
    """No workbook of the workspace has a required sheet."""

    code = "sheet-missing"
    says = "{folder} 中没有“{sheet}”表"
    guesses = "工作表“{nearest[0]}”是不是应改名为“{sheet}”？"
    advises = "可用 docgen sheets new {sheet} 生成空白表。"

    sheet: str
    folder: str
    nearest: tuple[str, ...]


class SheetElsewhere(DocgenError):
    """A workbook has the name of a required sheet, but none of its sheets has."""

    code = "sheet-elsewhere"
    says = "{workbook} 中没有名为“{sheet}”的工作表，只有{tabs}"
    advises = (
        "请把数据所在的工作表改名为“{sheet}”；分在几张工作表里的（如“新建”“续建”），"
        "移出数据文件夹后用 docgen sheets import 导入。"
    )

    sheet: str
    workbook: str
    tabs: tuple[str, ...]


class RepeatedSheet(DocgenError):
    """Two workbooks of the workspace have the same sheet, and only one can be meant."""

    code = "sheet-repeated"
    says = "“{sheet}”表同时出现在：{workbooks}，请只留一个，把其余的移出数据文件夹"

    sheet: str
    workbooks: tuple[str, ...]


class EmptySheet(DocgenError):
    """A required sheet has no row of data."""

    code = "sheet-empty"
    says = "{sheet}：表中没有数据，请至少填一行"

    sheet: str


class UnreadableWorkbook(DocgenError):
    """A file cannot be read as an xlsx workbook; `why` and `mend` say so in Chinese."""

    code = "workbook-unreadable"
    says = "{workbook}：{why}"
    advises = "{mend}"

    workbook: str
    why: str
    mend: str


class NoWorkbook(UnreadableWorkbook):
    """A file is named that is not there."""

    code = "workbook-none"
    exit_code = WRONG_USE


class LockedWorkbook(UnreadableWorkbook):
    """The operating system refuses to open a workbook."""

    code = "workbook-locked"
    exit_code = OUTSIDE_FAILED
