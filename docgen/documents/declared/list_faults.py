"""What is wrong with a declaration as one of a list, or with what only lists have in one of another form."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docgen.documents.declared.declaration import (
    FORMS,
    LIST,
    THINGS,
    ColumnSaid,
    Declaration,
    KindFault,
    Written,
)
from docgen.model.names import nearest
from docgen.standard.forms.list import (
    ALIGNS,
    AS_TEXT,
    DATE_FORMATS,
    NUMBER_FORMATS,
    PAPERS,
    is_number_format,
)

_Fault = Callable[..., KindFault]
_FORMATS = (*DATE_FORMATS, *NUMBER_FORMATS, AS_TEXT)


def list_faults(declared: Declaration, fault: _Fault, line: Callable[..., str]) -> Iterator[KindFault]:
    """Yield what is wrong with a declaration on account of its being a list, or being none."""
    if declared.is_list:
        yield from _unfit(declared, fault, line)
        yield from _unknown(declared, fault)
        yield from _column_faults(declared, fault)
    elif declared.form in FORMS:
        yield from _of_lists_only(declared, fault, line)


def _of_lists_only(declared: Declaration, fault: _Fault, line: Callable[..., str]) -> Iterator[KindFault]:
    said = declared.listed
    note = next(iter(said.note), Written("", ""))
    named = {"list": said.rows, "amounts": said.amounts, "paper": said.paper, "note": note}
    for key, text in named.items():
        if text:
            yield fault(text.place, f"“{key}”只有{LIST}才用，版式是“{declared.form}”的请删去")
    if said.columns:
        words = f"[[columns]] 只有{LIST}才有；版式是“{declared.form}”的，列写在正文的 [表] 里"
        yield fault(line("", "columns"), words)


def _unfit(declared: Declaration, fault: _Fault, line: Callable[..., str]) -> Iterator[KindFault]:
    """Yield what documents have that are signed, and lists have not."""
    if declared.wording:
        file = declared.file.removesuffix(".toml") + ".txt"
        yield fault("", f"{LIST}没有正文，内容由 [[columns]] 定，请删去 {file}")
    if declared.signed:
        yield fault(line("signed"), f"{LIST}不签发、不编号，不能写 signed = true")
    if declared.again:
        yield fault(declared.again.place, f"{LIST}不签发，随时可以重新生成，请删去“again”")
    if declared.annexes:
        yield fault(line("", "annexes"), f"{LIST}没有附件，请删去 [[annexes]]")
    for each in declared.made_for:
        if each.copies:
            yield fault(each.copies[0].place, f"{LIST}不抄送，请删去“copies”")
    if not declared.listed.columns:
        yield fault("", "缺少 [[columns]]，不知道清单有哪些列")
    sources = dict.fromkeys(each.source.text for each in declared.made_for)
    if len(sources) > 1:
        yield fault(
            line("", "made_for", 1), f"{LIST}各组 [[made_for]] 的制作对象要相同，这里有{'、'.join(sources)}"
        )


def _unknown(declared: Declaration, fault: _Fault) -> Iterator[KindFault]:
    said, names = declared.listed, (*(each.name for each in declared.rows), THINGS)
    if said.rows and said.rows.text not in names:
        words = f"没有“{said.rows.text}”这个清单，可以列出的有：{'、'.join(names)}"
        yield fault(said.rows.place, words, nearest(said.rows.text, names))
    if not said.rows and len(declared.rows) > 1:
        yield fault("", f"有几组 [[rows]]，请用“list”写明列出哪一个：{'、'.join(names)}")
    if said.paper and said.paper.text not in PAPERS:
        yield fault(said.paper.place, f"没有“{said.paper.text}”这种纸，可以写：{'、'.join(PAPERS)}")


def _column_faults(declared: Declaration, fault: _Fault) -> Iterator[KindFault]:
    for place, each in enumerate(declared.listed.columns):
        if each.align and each.align.text not in ALIGNS:
            yield fault(each.align.place, f"“align”要写：{'、'.join(ALIGNS)}")
        if each.format and not (each.format.text in _FORMATS or is_number_format(each.format.text)):
            yield _unknown_format(each.format, fault)
        if each.total and not place:
            yield fault(_place_of(each), "第一列要写“合计”二字，不能再合计，请把它移到后面")


def _unknown_format(written: Written, fault: _Fault) -> KindFault:
    words = f"没有“{written.text}”这种格式，可以写：{'、'.join(_FORMATS)}"
    return fault(written.place, words, nearest(written.text, _FORMATS))


def _place_of(column: ColumnSaid) -> str:
    return column.head.place or column.shows.place
