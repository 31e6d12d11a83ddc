"""The manual's page of each of docgen's own kinds, `文种/NAME.md`, from its declaration; `build.py` writes them.

Its example is run by the tests, and drawn by `picture.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen.documents.declared.catalogue import built_in
from docgen.documents.declared.declaration import Declaration, MadeForSaid, Written

DAY: Final = "2026-03-16"
"""The day on which the examples are made."""

EXAMPLES: Final = {
    "告知函": "notice --project 3 --unit 县水利局",
    "任务交办单": "slip --unit 县水利局",
    "催办函": "remind --unit 县自然资源局",
    "一次性告知书": "one-time --project 3",
    "挂牌督办通知书": "supervise --project 8",
    "解除挂牌督办通知书": "draft 解除挂牌督办通知书 --all",
    "会议通知": "meeting-notice --meeting 会2026-07",
    "签到表": "draft 签到表 --meeting 会2026-07",
    "会议纪要": "minutes --meeting 会2026-02",
    "项目清单调整": "list-change --all",
    "清单调整申请报告": "draft 清单调整申请报告 --item 调2026-07",
    "清单调整呈批件": "draft 清单调整呈批件 --all",
    "移出说明": "removal --all",
    "通知": "draft 通知 --text data/正文/二季度计划报送通知.txt",
    "通报": "bulletin --period 2026-02",
    "工作通报": "bulletin --period 2026-03上旬",
    "调度日报": "bulletin --period 2026-03-13",
    "印发通知": "circular --text data/正文/联审联批工作机制.md",
    "报告": "draft 报告 --period 2026-02下半月",
    "专报": "draft 专报 --period 2026-02下半月",
    "项目专报": "report --project 8",
    "问题专报": "report --item 问2026-009",
    "名单反馈表": "draft 名单反馈表 --unit 县水利局",
    "成员调整通知": "roster --all",
    "待办手续清单": "draft 待办手续清单 --unit 县水利局",
    "约谈通知": "summons --all --unit 县住建局",
    "约谈方案": "draft 约谈方案 --all",
    "约谈纪要": "draft 约谈纪要 --meeting 约2026-01",
    "公开征集通告": "draft 公开征集通告 --all",
    "项目说明书": "draft 项目说明书 --project 3",
}
"""The arguments of `docgen` that draft a kind's example, by the kind's name."""

_NUMBERED: Final = "签发时编号"
_LAID_OUT: Final = {
    "信函": "信函格式",
    "文件": "红头文件",
    "上行文": "上行文，标签发人",
    "纪要": "纪要格式",
    "命令": "命令（令）格式",
    "单": "表单，一页",
    "期刊": "期刊，第几期",
    "清单": "Excel 清单",
}


def kind_pages() -> dict[str, list[str]]:
    """Return the lines of each page by its file name in this folder, the list of all kinds among them."""
    declared = {each.title: each for each in built_in()}
    if unlike := set(declared) ^ set(EXAMPLES):
        raise SystemExit(
            f"docs/kinds.py: EXAMPLES and the declared kinds differ by {'、'.join(sorted(unlike))}"
        )
    kinds = [declared[title] for title in EXAMPLES]
    pages = {f"文种/{each.title}.md": _lines_of(each) for each in kinds}
    return {"文种/README.md": list(_listed(kinds)), **pages}


def _listed(kinds: list[Declaration]) -> Iterator[str]:
    yield "# 随附的文种"
    yield from ("", "每种一页：用什么命令、为什么制发、发给谁、可以设置什么，附示例的首页。", "")
    yield from ("| 文种 | 命令 | 做什么 |", "|---|---|---|")
    for each in kinds:
        yield f"| [{each.title}]({each.title}.md) | `{_command(each)}` | {each.summary} |"


def _command(kind: Declaration) -> str:
    return f"docgen {kind.command or f'draft {kind.title}'}"


def _lines_of(kind: Declaration) -> list[str]:
    return [
        f"# {kind.title}",
        "",
        f"{kind.summary}。",
        "",
        f"![{kind.title}首页](图/{kind.title}.png)",
        "",
        "图中的一件由示例工作区起草：",
        "",
        "```sh",
        f"docgen --date {DAY} {EXAMPLES[kind.title]}",
        "```",
        "",
        "| 项 | 内容 |",
        "|---|---|",
        *(f"| {name} | {_cell(value)} |" for name, value in _facts(kind)),
        *_settings(kind),
    ]


def _facts(kind: Declaration) -> Iterator[tuple[str, str]]:
    yield "版式", _LAID_OUT[kind.form]
    yield "编号", _NUMBERED if kind.signed and not kind.is_list else "不编号、不签发"
    yield "为什么制发", "；".join(_made_for(each, kind) for each in kind.made_for)
    yield "发给", _texts(tuple(each for one in kind.made_for for each in one.to)) or "不列主送"
    if copies := _texts(tuple(each for one in kind.made_for for each in one.copies)):
        yield "抄送", copies
    yield "合并方式", "、".join(each.name for each in kind.ways) + "（在“文种”表选，第一种为默认）"
    if kind.again:
        yield "再次制发", kind.again.text
    if kind.dates:
        yield (
            "推算的日期",
            "、".join(f"{each.name}（{each.after.text}后{each.working_days.text}）" for each in kind.dates),
        )
    if kind.annexes:
        yield "附件", "、".join(each.title.text for each in kind.annexes)
    yield "没有可做的", kind.none
    yield "模板", f"`templates/docx/{kind.title}.docx`" if not kind.is_list else "没有模板，列在声明中"


def _made_for(said: MadeForSaid, kind: Declaration) -> str:
    set_ = {f"设置.{each.name}": str(each.default) for each in kind.settings}
    kinds = "、".join(set_.get(each.text, each.text) for each in said.kinds)
    source = f"{said.source.text}（{kinds}）" if kinds else said.source.text
    name = f"{said.name}：" if said.name else ""
    return f"{name}{source}" + (f"，{_as_read(said.when.text)}" if said.when else "")


_READ: Final = (
    (" and ", "，且"),
    (" or ", "或"),
    ("not ", "不"),
    (" == ", "是"),
    (" != ", "不是"),
    (" >= ", "≥"),
    (" <= ", "≤"),
)


def _as_read(condition: str) -> str:
    """Return a condition in the words of a reader: 待办，且亮灯是“红灯”."""
    said = re.sub("'([^']*)'", r"“\1”", condition)
    for written, read in _READ:
        said = said.replace(written, read)
    return said.replace("(", "（").replace(")", "）")


def _texts(said: tuple[Written, ...]) -> str:
    return "、".join(dict.fromkeys(each.text for each in said))


def _settings(kind: Declaration) -> Iterator[str]:
    if not kind.settings:
        return
    yield from ("", "“文种设置”表中可以改的：", "", "| 设置 | 默认 | 说明 |", "|---|---|---|")
    for each in kind.settings:
        default = {True: "是", False: "否"}[each.default] if isinstance(each.default, bool) else each.default
        yield f"| {each.name} | {default or '（空）'} | {_cell(each.help)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
