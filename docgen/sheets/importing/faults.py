"""Faults of lists that are taken in, and of what was decided about them."""

from __future__ import annotations

from docgen.errors import WRONG_USE, DocgenError
from docgen.sheets.faults import CellFault


class NotAList(DocgenError):
    """A file holds no table that could be read; `why` says in Chinese what it is."""

    code = "import-no-table"
    says = "{file}：{why}"
    advises = (
        "请要来表格的原件（.xlsx、.ods 或 .csv）；只有纸面、图片或 Word 的，把表抄到工作簿里再导入，"
        "图片里的字不作辨认。"
    )

    file: str
    why: str


class NoListHead(DocgenError):
    """No sheet of a file has heads like those of a list."""

    code = "import-no-head"
    says = "{file}：没有找到像{sheet}清单的表头（{expected}）"
    advises = "请核对文件；是别的表的，用 --as 写明，如 --as 手续。"

    file: str
    sheet: str
    expected: tuple[str, ...]


class UnknownRecord(DocgenError):
    """A list is to be taken in as a sheet that there is not."""

    code = "import-sheet-unknown"
    exit_code = WRONG_USE
    says = "不能导入为“{asked}”表"
    advises = "可以写：{known}。"

    asked: str
    known: tuple[str, ...]


class NoSuchSheet(DocgenError):
    """A sheet is named that the file does not have."""

    code = "import-sheet-missing"
    exit_code = WRONG_USE
    says = "{file} 中没有“{asked}”这张工作表"
    advises = "有：{known}。"

    file: str
    asked: str
    known: tuple[str, ...]


class ProposalOfOther(DocgenError):
    """A proposal was made of another file than the one that is taken in."""

    code = "import-proposal-other"
    exit_code = WRONG_USE
    says = "{file} 是按另一个文件（{of}）做的核对表，或做好以后原表又改过"
    advises = "请重新运行 docgen sheets import 生成核对表。"

    file: str
    of: str


class NotConfirmed(DocgenError):
    """Guesses have not been confirmed, so that nothing is written."""

    code = "import-not-confirmed"
    is_problem = False
    says = "还有{count}处没有确认：{about:；}"
    advises = (
        "请用 --to 写出核对表，在“列对应”“待确认”两张表的“采用”列写“是”或“否”，再用 --decisions 给出；"
        "或用 --partial 先写入其余部分。"
    )

    count: int
    about: tuple[str, ...]


class ListNotGood(DocgenError):
    """A list with problems is to be written whole."""

    code = "import-not-good"
    is_problem = False
    says = "还有{count}处问题，没有写入任何内容"
    advises = "请在原表或核对表中改正后再试；要先写入没有问题的部分，加 --partial。"

    count: int


class NothingToWriteInto(DocgenError):
    """The office has no sheet for what is to be added."""

    code = "import-no-target"
    says = "数据文件夹中没有“{sheet}”表，或没有找到它的表头，不知道写在哪里"
    advises = "请用 docgen sheets new {sheet} 生成空白表，放进数据文件夹后再试。"

    sheet: str


class LackingValue(DocgenError):
    """A required field has no column in a list, and no value was chosen for all rows."""

    code = "import-lacking"
    says = "原表没有“{label}”这一列，新增的行必须填"
    advises = "请在核对表“列对应”的“统一填”中写一个值。"

    label: str


class LineTwice(CellFault):
    """Two lines of a list are the same record."""

    code = "import-line-twice"
    says = "{place}：“{name}”与第{first}行重复"
    advises = "请在原表中只留一行后再导入；加 --partial 的只导入先出现的。"

    name: str
    first: int
