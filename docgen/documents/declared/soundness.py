"""What is wrong with a declaration as a whole: closed lists, names against each other, what no kind can lack."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from docgen.documents.declared import again as repeating
from docgen.documents.declared.declaration import FORMS, RESERVED, Declaration, KindFault
from docgen.documents.declared.list_faults import list_faults
from docgen.files import on_one_line
from docgen.model.names import file_name_of, nearest

_LONGEST_TITLE: Final = 20
_Fault = Callable[..., KindFault]


def faults_of(declared: Declaration, fault: _Fault, line: Callable[..., str]) -> Iterator[KindFault]:
    """Yield what is wrong with the values of a declaration, looked at together."""
    yield from _title_faults(declared, fault, line)
    if declared.form and declared.form not in FORMS:
        words = f"没有“{declared.form}”这种版式，有：{'、'.join(FORMS)}"
        yield fault(line("form"), words, nearest(declared.form, FORMS))
    numbers = {each.name for each in declared.settings if type(each.default) is int}
    if declared.again and not repeating.is_known(declared.again.text) and declared.again.text not in numbers:
        words = f"“{declared.again.text}”不是再次制发的间隔，可写：{'、'.join(repeating.WORDS)}，或一个整数设置的名称"
        yield fault(declared.again.place, words, nearest(declared.again.text, (*repeating.WORDS, *numbers)))
    if not declared.heading and not (declared.ways and all(each.heading for each in declared.ways)):
        yield fault("", "缺少“heading”，不知道公文的标题")
    if declared.own and declared.more:
        yield fault(line("more"), "自定的文种不能用 more：工作区里不放程序")
    if not declared.made_for:
        yield fault("", "缺少 [[made_for]]，不知道为什么制发")
    for each in declared.ways:
        if each.at_least and not each.each:
            yield fault(each.at_least.place, "一项一件的，没有几项可数，请删去“at_least”或写明“each”")
    yield from _name_faults(declared, fault, line)
    yield from list_faults(declared, fault, line)


def why_no_title(title: str) -> str:
    """Return why a title cannot be that of a kind, which folders and templates are called by; empty when it can."""
    if len(title) > _LONGEST_TITLE or not re.fullmatch("[\u4e00-\u9fffA-Za-z0-9（）]+", title):
        rule = f"它也是文件夹和模板的名称，只用汉字、字母、数字，不超过{_LONGEST_TITLE}个字"
        return f"“{on_one_line(title)}”不能作文种的名称：{rule}"
    if file_name_of(title) != title:
        return f"“{title}”是 Windows 留给设备的名称，不能作文件夹的名称，请换一个"
    return ""


def _title_faults(declared: Declaration, fault: _Fault, line: Callable[..., str]) -> Iterator[KindFault]:
    unfit = why_no_title(declared.title) if declared.title else ""
    if unfit:
        yield fault(line("title"), unfit)
    if declared.command and not re.fullmatch("[a-z][a-z-]{1,30}", declared.command):
        yield fault(line("command"), "命令的名称只用小写字母和连字符")


def _name_faults(declared: Declaration, fault: _Fault, line: Callable[..., str]) -> Iterator[KindFault]:
    """Yield names that are taken twice, or that every document has already."""
    taken: dict[str, str] = dict.fromkeys(RESERVED, "每份公文都有的名称")
    said = {name: place for place, each in enumerate(declared.made_for) for name, _ in reversed(each.say)}
    named = [
        *((each.name, "name", "rows", place) for place, each in enumerate(declared.rows)),
        *((each.name, "name", "dates", place) for place, each in enumerate(declared.dates)),
        *((name, "say", "made_for", place) for name, place in said.items()),
    ]
    for name, key, part, place in named:
        where = f"{line(key, part, place)}（[[{part}]]第{place + 1}组）"
        if not re.fullmatch("[\u4e00-\u9fff][\u4e00-\u9fff0-9A-Za-z]*", name):
            yield fault(where, f"“{name}”不能作名称，请用汉字开头，不加标点")
        elif name in taken:
            yield fault(where, f"名称“{name}”已是{taken[name]}，请换一个")
        taken[name] = f"[[{part}]]"
    for part, tables in (
        ("ways", declared.ways),
        ("settings", declared.settings),
        ("annexes", declared.annexes),
    ):
        names = [each.name for each in tables]
        for place, name in enumerate(names):
            if name in names[:place]:
                where = f"{line('name', part, place)}（[[{part}]]第{place + 1}组）"
                yield fault(where, f"名称“{name}”写了两次")
