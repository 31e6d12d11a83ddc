"""Faults of handed-out and returned workbooks."""

from __future__ import annotations

from docgen.errors import NOT_ALLOWED, WRONG_USE, DocgenError
from docgen.sheets.faults import FoundFault


class NotHandedOut(DocgenError):
    """A workbook does not carry what docgen puts into those that it hands out."""

    code = "return-unknown"
    says = "{file}：不是下发的工作簿（其中没有下发的标识）"
    advises = "请用 docgen sheets hand-out 下发的工作簿填报；另建的表请把数据粘贴到下发的工作簿中。"

    file: str


class NoSheet(DocgenError):
    """A file that was sent back holds no sheet; `why` and `mend` say in Chinese what it is and what to do."""

    code = "return-no-sheet"
    says = "{file}：{why}"
    advises = "{mend}"

    file: str
    why: str
    mend: str


class CsvUnknown(DocgenError):
    """A .csv does not say of which hand-out it is."""

    code = "return-csv-unknown"
    says = "{file}：csv 里没有下发的标识，也看不出是哪一期、哪个单位的什么表"
    advises = "请保留表上方的标题和“填报单位”两行，或改用 .xlsx 报回。"

    file: str


class OtherRound(DocgenError):
    """A workbook was handed out by another workspace, or what was written down of it is gone."""

    code = "return-other"
    says = "{file}：是{unit}{period}的工作簿，收发文件夹中没有这次下发的记录（编号 {id}）"
    advises = "请核对是否放错了工作区；记录丢失的，从备份恢复“收发”文件夹。"

    file: str
    unit: str
    period: str
    id: str


class SeveralPeriods(DocgenError):
    """Returned workbooks are of several periods."""

    code = "return-periods"
    exit_code = WRONG_USE
    says = "这些文件不是同一期的：{periods}"
    advises = "请一期一期地汇总。"

    periods: tuple[str, ...]


class NothingReturned(DocgenError):
    """No file was given, or a folder holds none."""

    code = "return-none"
    exit_code = WRONG_USE
    says = "{path} 中没有报回的工作簿"
    advises = "请写明报回的文件，或它们所在的文件夹。"

    path: str


class SheetGone(DocgenError):
    """A returned workbook lacks a sheet that was handed out."""

    code = "return-sheet-gone"
    says = "{file}：缺少“{sheet}”表，工作表可能被删去或改了名称"
    advises = "请改回原来的名称，或把数据粘贴到下发的工作簿中。"

    file: str
    sheet: str


class StrangeRow(FoundFault):
    """A row of a returned sheet was not handed out to the unit."""

    code = "return-row-strange"
    says = "{place}：{shown}这一行不是下发给你单位的，可能改了{header}"
    advises = "请照下发的表改回；确需增加的，请与办公室联系。"


class RowTwice(FoundFault):
    """A row of a returned sheet stands there twice."""

    code = "return-row-twice"
    says = "{place}：{shown}与第{first}行重复，请只留一行"

    first: int


class OnlyOffice(FoundFault):
    """A unit has written what only the office decides."""

    code = "return-only-office"
    says = "{place}：写的是{shown}，只有办公室可以这样登记"
    advises = "请改为“{instead}”，由办公室核实后登记。"

    instead: str


class NoRoomBelow(DocgenError):
    """Rows are to be added to a sheet of the office, but something stands where they would."""

    code = "write-no-room"
    says = "{sheet}：要在第{row}行增加数据，那里已有内容{shown}"
    advises = "请把数据下面的合计行、说明移走后再试。"

    sheet: str
    row: int
    shown: str


class ConflictsOpen(DocgenError):
    """Cells for which several said different things have not been decided."""

    code = "return-conflicts"
    is_problem = False
    says = "有{count}处冲突没有决定：{places:；}"
    advises = (
        "用 --to 文件夹 写出“变动和冲突.xlsx”，在“采用”列选好后用 --decisions 给出；"
        "或用 --partial 先写入其余部分。"
    )

    count: int
    places: tuple[str, ...]


class DecisionUnreadable(FoundFault):
    """A decision on a conflict names nobody who said something."""

    code = "decision-value"
    says = "{place}：写的是{shown}，要填{expected}之一"

    expected: str


class NothingToUndo(DocgenError):
    """No applied collection is left that could be taken back."""

    code = "undo-none"
    exit_code = WRONG_USE
    says = "没有可以撤回的汇总"


class EditedSince(DocgenError):
    """Cells that a collection wrote have been changed since, so that taking it back would lose that."""

    code = "undo-edited"
    exit_code = NOT_ALLOWED
    says = "写入以后又改过，撤回会丢失后来的改动：{places:；}"
    advises = "请手工改回这些单元格；其余的已经恢复的不受影响。"

    places: tuple[str, ...]


class NothingTouched(DocgenError):
    """All files that were collected are to the byte what was handed out: most likely the wrong folder."""

    code = "returns-untouched"
    exit_code = NOT_ALLOWED
    is_problem = False
    says = "收回的{count}个文件都与下发时一字节不差，没有写入，也没有登记报送"
    advises = (
        "请核对是不是指错了文件夹；单位确实没有变化的，请其打开看过、保存后再交，或加 --partial 照此登记。"
    )

    count: int


class RoundUnfinished(DocgenError):
    """A process was ended while it wrote or took back a collection: some of its workbooks are changed, some are not."""

    code = "round-unfinished"
    exit_code = NOT_ALLOWED
    says = "上次写入或撤回中途断了，{books}可能只写了一部分，记录在 {folder}"
    advises = "请先运行 docgen sheets undo 恢复原样，再重新汇总。"

    folder: str
    books: tuple[str, ...]


class UndoUnclear(DocgenError):
    """A collection was written in part, and a workbook of it has been saved since."""

    code = "undo-unclear"
    exit_code = NOT_ALLOWED
    says = "{folder} 中途断了，其后 {books} 又改过，不能自动恢复，没有改动任何文件"
    advises = "原来的工作簿在 {folder}/{kept}，请核对后复制回数据文件夹，再运行 docgen sheets undo。"

    folder: str
    books: tuple[str, ...]
    kept: str


class AmongData(DocgenError):
    """Workbooks are to be written into the folder of the data, where they would be read as sheets of the office."""

    code = "write-among-data"
    exit_code = WRONG_USE
    says = "{path} 在数据文件夹里面，写到那里的工作簿会被当作办公室的数据表读取，没有写"
    advises = "请用 --to 指定数据文件夹以外的文件夹。"

    path: str


class RowGone(FoundFault):
    """A row that was handed out is no longer in the office's sheet."""

    code = "return-row-gone"
    says = "{place}：改为{shown}，办公室的表中已经没有“{key}”这一行"
    advises = "请核对办公室的表；不再需要的，不必处理。"

    key: str


class ColumnGone(FoundFault):
    """The office's sheet has no column for what a unit returned."""

    code = "return-column-gone"
    says = "{place}：改为{shown}，办公室的“{target}”表没有单独的这一列，写不进去"
    advises = "请在办公室的表中加上这一列；只有“手续一览”的，另建“手续”表。"

    target: str


class SheetsMoved(DocgenError):
    """The office's workbooks were saved while a collection was being put together."""

    code = "write-moved"
    exit_code = NOT_ALLOWED
    says = "汇总期间 {files} 又被保存过，没有写入"
    advises = "请关闭正在编辑它的程序，再运行一次。"

    files: tuple[str, ...]


class NotAllGood(DocgenError):
    """A collection with problems is to be applied whole."""

    code = "return-not-good"
    is_problem = False
    says = "还有{count}处问题，没有写入任何内容"
    advises = "请退回有关单位改正；要先写入没有问题的部分，加 --partial。"

    count: int
