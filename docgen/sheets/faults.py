"""Faults of workbooks, sheets, columns and cells, each with its place and how to mend it."""

from __future__ import annotations

from typing import ClassVar

from docgen.errors import OUTSIDE_FAILED, DocgenError

_SHOWN = 60


def as_written(value: object) -> str:
    """Return a cell's value as a spreadsheet shows it."""
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

    code: ClassVar[str] = "cell"

    sheet: str
    cell: str
    header: str

    @property
    def place(self) -> str:
        """Return the place, `手续!F17「计划办结」`."""
        address = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{address}「{self.header}」"


class WrongValue(CellFault):
    """A cell holds something that its column cannot hold."""

    code: ClassVar[str] = "cell-value"

    found: str
    expected: str

    @property
    def what(self) -> str:
        """Say what was found and what was expected."""
        return f"{self.place}：写的是{quoted(self.found)}，要填{self.expected}"


class BlankCell(CellFault):
    """A required cell is blank."""

    code: ClassVar[str] = "cell-blank"

    expected: str

    @property
    def what(self) -> str:
        """Say what to fill in."""
        return f"{self.place}：没有填，这一项必填，请填{self.expected}"


class UnknownLink(CellFault):
    """A cell names a unit, person, item or project that its sheet does not have."""

    code: ClassVar[str] = "link-unknown"

    found: str
    target: str
    nearest: tuple[str, ...]

    @property
    def what(self) -> str:
        """Say which sheet lacks the name."""
        return f"{self.place}：写的是{quoted(self.found)}，{self.target}表中没有"

    @property
    def remedy(self) -> str:
        """Offer the nearest names."""
        if self.nearest:
            return f"是不是：{'、'.join(self.nearest)}？"
        return f"请核对名称，或先在{self.target}表中添加。"


class AmbiguousLink(CellFault):
    """A cell names several records at once."""

    code: ClassVar[str] = "link-ambiguous"

    found: str
    target: str
    candidates: tuple[str, ...]

    @property
    def what(self) -> str:
        """List the candidates."""
        return f"{self.place}：{quoted(self.found)}在{self.target}表中对应多个：{'、'.join(self.candidates)}"

    @property
    def remedy(self) -> str:
        """Ask for the full name."""
        return "请写全称。"


class RepeatedValue(CellFault):
    """A value that may stand only once stands again."""

    code: ClassVar[str] = "cell-repeated"

    found: str
    first: str

    @property
    def what(self) -> str:
        """Say where it stands first."""
        return f"{self.place}：{quoted(self.found)}与 {self.first} 重复，请改正或删去其中一行"


class FormulaInCells(CellFault):
    """Cells of a data column hold formulas; `cell` is the first of them."""

    code: ClassVar[str] = "cell-formula"

    formula: str
    count: int

    @property
    def what(self) -> str:
        """Show the first formula and say how many there are."""
        more = f"（本列共{self.count}处）" if self.count > 1 else ""
        return f"{self.place}：是公式{quoted('=' + self.formula)}{more}，要填数据本身"

    @property
    def remedy(self) -> str:
        """Say how to turn formulas into values."""
        return "请复制该列，再用“选择性粘贴—数值”粘贴回原处。"


class ErrorInCell(CellFault):
    """A cell holds an error of the spreadsheet program (#N/A)."""

    code: ClassVar[str] = "cell-error"

    found: str

    @property
    def what(self) -> str:
        """Show the error."""
        return f"{self.place}：是错误值{quoted(self.found)}，请改填数据本身"


class OtherUnit(CellFault):
    """A sheet gives the numbers of a column in another unit of measure than the field has."""

    code: ClassVar[str] = "column-unit"

    found: str
    expected: str

    @property
    def what(self) -> str:
        """Name both units."""
        return f"{self.place}：表上写的单位是{quoted(self.found)}，这一列按“{self.expected}”读取"

    @property
    def remedy(self) -> str:
        """Say what to change."""
        return f"请把数字换算成{self.expected}，并把表头改为“{self.header}”。"


class MissingColumn(DocgenError):
    """A sheet lacks a required column."""

    code: ClassVar[str] = "column-missing"

    sheet: str
    header: str
    nearest: tuple[str, ...]

    @property
    def what(self) -> str:
        """Name the sheet and the column."""
        return f"{self.sheet}：缺少必填的列「{self.header}」"

    @property
    def remedy(self) -> str:
        """Offer a header that looks like it."""
        return f"表头“{self.nearest[0]}”是不是应写作“{self.header}”？" if self.nearest else "请补上这一列。"


class RepeatedColumn(DocgenError):
    """A header stands over two columns."""

    code: ClassVar[str] = "column-repeated"

    sheet: str
    header: str
    cells: tuple[str, ...]

    @property
    def what(self) -> str:
        """Name the cells."""
        times = f"{len(self.cells)}次（{'、'.join(self.cells)}）"
        return f"{self.sheet}：表头「{self.header}」出现了{times}，请只留一处"


class NoHeader(DocgenError):
    """No row of a sheet looks like its header."""

    code: ClassVar[str] = "header-missing"

    sheet: str
    expected: tuple[str, ...]

    @property
    def what(self) -> str:
        """Name the sheet."""
        return f"{self.sheet}：没有找到表头"

    @property
    def remedy(self) -> str:
        """Say what a header looks like."""
        return f"表头应有这些列：{'、'.join(self.expected)}。可用 docgen sheets new 生成空白表对照。"


class MissingSheet(DocgenError):
    """No workbook of the workspace has a required sheet."""

    code: ClassVar[str] = "sheet-missing"

    sheet: str
    folder: str
    nearest: tuple[str, ...]

    @property
    def what(self) -> str:
        """Name the sheet and the folder."""
        return f"{self.folder} 中没有“{self.sheet}”表"

    @property
    def remedy(self) -> str:
        """Offer a sheet that looks like it, or the way to make one."""
        if self.nearest:
            return f"工作表“{self.nearest[0]}”是不是应改名为“{self.sheet}”？"
        return f"可用 docgen sheets new {self.sheet} 生成空白表。"


class RepeatedSheet(DocgenError):
    """Two workbooks of the workspace have the same sheet, and only one can be meant."""

    code: ClassVar[str] = "sheet-repeated"

    sheet: str
    workbooks: tuple[str, ...]

    @property
    def what(self) -> str:
        """Name the workbooks."""
        return f"“{self.sheet}”表同时出现在：{'、'.join(self.workbooks)}，请只留一个，把其余的移出数据文件夹"


class EmptySheet(DocgenError):
    """A required sheet has no row of data."""

    code: ClassVar[str] = "sheet-empty"

    sheet: str

    @property
    def what(self) -> str:
        """Name the sheet."""
        return f"{self.sheet}：表中没有数据，请至少填一行"


class UnreadableWorkbook(DocgenError):
    """A file cannot be read as an xlsx workbook; `why` and `mend` say so in Chinese."""

    code: ClassVar[str] = "workbook-unreadable"

    workbook: str
    why: str
    mend: str

    @property
    def what(self) -> str:
        """Name the file and the reason."""
        return f"{self.workbook}：{self.why}"

    @property
    def remedy(self) -> str:
        """Say how to get a readable file."""
        return self.mend


class LockedWorkbook(UnreadableWorkbook):
    """The operating system refuses to open a workbook."""

    code: ClassVar[str] = "workbook-locked"
    exit_code: ClassVar[int] = OUTSIDE_FAILED
