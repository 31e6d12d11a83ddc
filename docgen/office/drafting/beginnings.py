"""What an office's own kind begins with: a declaration that works at once, and a wording unless it is a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docgen.documents.declared.declaration import LIST
from docgen.documents.declared.sources import PAIR, Source
from docgen.documents.given import GIVEN
from docgen.documents.issued import PAPER
from docgen.documents.labels.fields import fields_of
from docgen.documents.labels.paths import MECHANISM
from docgen.documents.periods import PERIOD
from docgen.model.approval import Approval
from docgen.model.fields import Record, labels_of
from docgen.model.unit import Unit


def beginning(title: str, form: str, source: Source, of_text: str) -> dict[str, str]:
    """Return the texts of the files of a new kind by their endings.

    Args:
        title: of the kind.
        form: its form.
        source: what it is made for.
        of_text: the wording of a document that is a text given on the command line.
    """
    if form == LIST:
        return {".toml": _list(title, source)}
    return {
        ".toml": _declaration(title, form, source),
        ".txt": _wording(form, of_text if source.name == GIVEN else ""),
    }


_RECEIVERS: Final = {Approval.sheet: "审批单位", PAIR: "单位", PAPER: "主送单位", GIVEN: "主送"}
_KINDS: Final = {
    PERIOD: 'kinds = ["月"]  # 日、周、旬、半月、月、季、年，可写几种',
    PAPER: 'kinds = ["告知函"]',
}
_NAMES: Final = {PAIR: "{{ 本项.项目 }}", PERIOD: "{{ 本项.名称 }}", PAPER: "{{ 本项.文号 }}"}
_WHEN: Final = {PAPER: 'when = "有效"'}


def _declaration(title: str, form: str, source: Source) -> str:
    """Return the declaration to begin with; its lines on periods and documents only where they belong."""
    to = f'to = ["{_receiver(source, form)}"]'
    heading = f"关于{_NAMES.get(source.name, '{{ 本项 }}')}的{title}"
    signatory = '\nsignatory = "{{ 机制.办公室主任 }}"' if form == _UPWARD else ""
    return f"""# {title}：本单位自定的文种。写法见手册“自定文种”；改好后运行 docgen kind check {title}
# 正文里可用的字段，运行 docgen template fields {title} 查看
title = "{title}"
form = "{form}"
again = "一次"
heading = "{"{{ 本项.题名 }}" if source.name == GIVEN else heading}"
none = "没有需要制发{title}的事项"{signatory}

[[made_for]]
{_made_for(source, to)}
"""


def _receiver(source: Source, form: str) -> str:
    """Return to whom the documents go at first: to the units that every row of a sheet names, else to all members.

    What is reported upward goes to the government, a given text to whom it names.
    """
    if form == _UPWARD and source.name != GIVEN:
        return f"{MECHANISM}.本级政府"
    named = labels_of(source.holds).values() if issubclass(source.holds, Record) else ()
    found = sorted(
        (each for each in named if each.type is Unit and each.required), key=lambda each: each.many
    )
    units = [each.label for each in found]
    usual = units[0] if units and source.name != MECHANISM else "各成员单位"
    return _RECEIVERS.get(source.name, usual)


def _made_for(source: Source, *more: str) -> str:
    lines = (f'source = "{source.name}"', _KINDS.get(source.name, ""), _WHEN.get(source.name, ""), *more)
    return "\n".join(filter(None, lines))


TO_WRITE: Final = "【待填写"
"""How a place begins that is still to be written; a document that has one cannot be signed."""
_UPWARD: Final = "上行文"
_OPENINGS: Final = {
    "信函": "现将有关事项函告如下。\n",
    "文件": "现将有关事项通知如下。\n",
    _UPWARD: "现将有关情况报告如下。\n",
}
_CLOSINGS: Final = {"信函": "特此函告，请予支持。\n", _UPWARD: "特此报告。\n"}
_TEXT: Final = """一、基本情况
{{ 机制.简称 }}【待填写：有关情况】。
二、有关要求
【待填写：要求和期限】。
"""
_CONTACT: Final = "[附注] （联系人：{{ 机制.联系人 }}，联系电话：{{ 机制.联系电话 }}）\n"
_SHEET: Final = """[表单]
| 承办单位 | 【待填写】 | 协办单位 | 【待填写】 |
| 事项 | 【待填写】 |
| 要求 | 【待填写】 |
[填写] 办理情况反馈
| 办理结果 | [办理结果] |
| 经办人 | [经办人] | 联系电话 | [联系电话] |
"""


def _wording(form: str, of_text: str) -> str:
    """Return the wording to begin with, in which places are still to be written unless a text is given."""
    if form == "单":
        return _SHEET
    if of_text:
        return of_text
    text = _TEXT.replace("有关要求", "下一步打算") if form == _UPWARD else _TEXT
    return _OPENINGS[form] + text + _CLOSINGS.get(form, "") + _CONTACT if form in _OPENINGS else text


def to_write(wording: str) -> list[int]:
    """Return the lines of a wording, from 1, that still have a place to be written."""
    return [number for number, line in enumerate(wording.splitlines(), start=1) if TO_WRITE in line]


_APPROVALS: Final = (
    ("项目名称", "项目.项目名称", 20), ("审批事项", "审批事项", 13), ("层级", "层级", 4), ("状态", "状态", 6),
    ("办理时限", "办理时限", 6), ("剩余工作日", "剩余工作日", 4), ("超期工作日", "超期工作日", 4), ("亮灯", "亮灯", 4),
    ("责任人", "责任人", 5), ("备注", "备注", 12),
)  # fmt: skip
_PAIRS: Final = (
    ("项目名称", "项目.项目名称", 22), ("单位", "单位.规范化简称", 10), ("待办手续", "手续", 30),
    ("超期事项", "超期事项", 20),
)  # fmt: skip
_DONE: Final = (
    ("项目名称", "项目.项目名称", 22), ("审批事项", "审批事项", 14), ("层级", "层级", 5),
    ("审批单位", "审批单位.规范化简称", 10), ("办结日期", "办结日期", 8), ("备注", "备注", 14),
)  # fmt: skip
_PAPERS: Final = (
    ("文号", "文号", 16), ("标题", "标题", 30), ("成文日期", "成文日期", 8), ("状态", "状态", 6),
    ("主送单位", "主送单位", 20),
)  # fmt: skip
_NAMED: Final = {
    PERIOD: "{{ 本项.名称 }}",
    "单位": "{{ 本项.规范化简称 }}",
    "项目": "{{ 本项.项目名称 }}",
    Approval.sheet: "{{ 审批单位.规范化简称 }}",
    PAIR: "{{ 单位.规范化简称 }}",
}
"""What a list is for, in its heading."""
_UNIT: Final = {Approval.sheet: "审批单位", PAIR: "单位"}
"""By which field the things of a source are put into a list for each unit."""
_NUMBER: Final = "序号"
_PUNCTUATION: Final = frozenset('.{}"\\')  # in a label that no path can name
_MOST_COLUMNS: Final = 9  # that a list of an office's own sheet begins with
_OPEN: Final = """when = "待办 and 项目.清单阶段 == '终稿'\""""
"""Approvals that are still to be done, of projects of the final list."""
_MINE: Final = {"单位": ("审批单位", "本项"), "项目": ("项目", "本项")}
"""By which column the approvals of a unit and of a project are found."""


def _list(title: str, source: Source) -> str:
    """Return the declaration of a list: of approvals for each unit or project, else of the things themselves."""
    named = _NAMED.get(source.name, "")
    parts = [
        f"# {title}：本单位自定的清单（Excel）。写法见手册“自定清单”；改好后运行 docgen kind check {title}",
        f'title = "{title}"\nform = "{LIST}"\nheading = "{named}{title}"\nnone = "没有要列入{title}的内容"',
        f"\n[[made_for]]\n{_made_for(source)}",
        *_rows(source),
        *(_column(*each) for each in ((_NUMBER, "行号", 3), *_columns(source))),
    ]
    return "\n".join(parts) + "\n"


def _rows(source: Source) -> Iterator[str]:
    """Yield which rows are listed, and what one workbook is for."""
    if source.name in _MINE:
        mine, other = _MINE[source.name]
        yield f'\n[[rows]]\nname = "事项"\nof = "手续"\nmatch = [["{mine}", "{other}"]]\n{_OPEN}'
        yield 'order = ["办理时限", "项目"]'
    elif source.name == PERIOD:
        yield '\n[[rows]]\nname = "事项"\nof = "手续"\nwhen = "办结日期 >= 本项.起 and 办结日期 <= 本项.止"'
        yield 'order = ["办结日期", "项目"]'
    elif source.name == MECHANISM:
        yield f'\n[[rows]]\nname = "事项"\nof = "手续"\n{_OPEN}'
        yield 'group = "审批单位"\norder = ["审批单位", "办理时限"]'
    else:
        each = _UNIT.get(source.name, MECHANISM)
        yield f'\n[[ways]]\nname = "{"全办公室" if each == MECHANISM else "按单位"}"\neach = ["{each}"]'


def _columns(source: Source) -> tuple[tuple[str, str, int], ...]:
    own = {PAIR: _PAIRS, PERIOD: _DONE, PAPER: _PAPERS}
    if source.name in own:
        return own[source.name]
    if source.holds is Approval or source.name in (*_MINE, MECHANISM):
        return _APPROVALS
    return tuple(_own_columns(source.holds))


def _own_columns(holds: type[Record]) -> Iterator[tuple[str, str, int]]:
    """Yield the first columns of a sheet, those that another width suits with it; 0 for the usual one."""
    own = [each for each in fields_of(holds).values() if each.column and _is_shown(each.label)]
    for each in own[:_MOST_COLUMNS]:
        yield each.label, each.label, 0


def _is_shown(label: str) -> bool:
    """Whether a column of a sheet is worth one of the list, which has a number of its own, and a path can name it."""
    return label != _NUMBER and not _PUNCTUATION & set(label)


def _column(head: str, shows: str, width: int) -> str:
    wide = f"\nwidth = {width}" if width else ""
    return f'\n[[columns]]\nhead = "{head}"\nshows = "{shows}"{wide}'
