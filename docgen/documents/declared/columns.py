"""Columns of lists, compiled: what they show; how wide they are and how cells stand follows from their values.

A column shows what a path leads to (审批单位.规范化简称), the row's number (行号), or a text with tags; a tag alone
gives the value itself, so that a count stays a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.documents.declared.declaration import ColumnSaid, Written
from docgen.documents.declared.kind import Column, RowGetter, Variant
from docgen.documents.declared.sources import THIS
from docgen.documents.facts import Facts
from docgen.documents.labels.field import Field
from docgen.documents.labels.fields import fields_of
from docgen.documents.labels.paths import MECHANISM, TODAY, Path, Scope, WrongPath, path_of
from docgen.model.member import Person
from docgen.model.records import Records
from docgen.model.spans import Month
from docgen.model.values import Choice, Level
from docgen.standard.build.elements import Align
from docgen.standard.forms.list import (
    ALIGNS,
    AS_TEXT,
    DATE_FORMAT,
    DATE_FORMATS,
    TEXT_FORMAT,
    is_number_format,
)
from docgen.template.line import Expression, Line, compile_expression, compile_line

NUMBER: Final = "行号"
"""The number of a row in its list, from 1; a column of the sheet of that name goes before it."""
_ALONE: Final = re.compile(r"\{\{(?P<inside>[^{}]+)\}\}")
_MONTH_FORMAT: Final = DATE_FORMATS["yyyy年m月"]
_SHORT_HEAD: Final = 6  # hanzi of a head that need not break


@dataclass(frozen=True)
class _Usual:
    """How columns of some values look unless they say otherwise."""

    width: int
    align: Align = Align.LEFT
    format: str = TEXT_FORMAT


_TEXT: Final = _Usual(12)
_ALONE_USUAL: Final = _Usual(6, Align.LEFT, "")
_USUAL: Final = (
    (bool, _Usual(4, Align.CENTER)),
    (date, _Usual(6, Align.CENTER, DATE_FORMAT)),
    (Month, _Usual(6, Align.CENTER, _MONTH_FORMAT)),
    (int, _Usual(5, Align.CENTER, "")),
    (Decimal, _Usual(6, Align.RIGHT, "")),
    (Level, _Usual(4, Align.CENTER)),
    (Choice, _Usual(5, Align.CENTER)),
    (Person, _Usual(5, Align.CENTER)),
)
_NUMBERS: Final = (int, Decimal)
_DATES: Final = (date, Month)


def column_of(said: ColumnSaid, scope: Scope, file: str) -> Column:
    """Return a column.

    Args:
        said: what the declaration says of it.
        scope: what a path may begin with.
        file: the declaration, as messages write it.

    Raises:
        WrongPath: it shows what is not there, or what does not go with its format or its total.
        Problems, DocgenError: a tag is wrong.
    """
    written = _bare(said.shows.text)
    if "{" in written:
        text = _text_of(said.shows, file)
        counts = isinstance(text, Expression)
        if said.total and not counts:
            raise WrongPath("是文字，不能合计")
        return _made(said, _ALONE_USUAL if counts else _TEXT, lambda *_: None, text)
    path = path_of(written, scope)
    holds = str if path.many else path.field.holds
    misfits = "；".join(_misfits(said, holds))
    if misfits:
        raise WrongPath(misfits)
    usual = next((each for kind, each in _USUAL if issubclass(holds, kind)), _TEXT)
    return _made(said, usual, _getter(path), None)


def _bare(written: str) -> str:
    """Return a text that is only the tag of a path as that path, so that a date or an amount stays one."""
    alone = _ALONE.fullmatch(written)
    inside = alone["inside"].strip() if alone else ""
    return inside if inside and all(each.isidentifier() for each in inside.split(".")) else written


def row_scope(kind: type, variant: Variant, settings: Mapping[str, Any], records: Records | None) -> Scope:
    """Return what a condition of a linked list may say: the row's labels, and 本项 for the thing's."""
    own = {label: _of_row(field) for label, field in fields_of(kind, records).items()}
    this = Field(THIS, lambda joined, _facts: joined.thing, variant.source.holds)
    common = {name: variant.source.fields(records)[name] for name in (TODAY, MECHANISM)}
    return Scope({**common, **own, THIS: this}, settings, records)


def _of_row(field: Field) -> Field:
    return Field(
        field.label,
        lambda joined, facts: field.value(joined.row, facts),
        field.holds,
        field.many,
        field.column,
    )


def number_scope(scope: Scope) -> Scope:
    """Return a scope that has the row's number too."""
    counted = Field(NUMBER, _unknown, int)
    return Scope({NUMBER: counted, **scope.fields}, scope.settings, scope.records)


def _unknown(_joined: Any, _facts: Facts) -> None:
    """Return nothing: which row it is, the list knows."""


def _made(said: ColumnSaid, usual: _Usual, get: RowGetter, text: Line | Expression | None) -> Column:
    asked, head = said.format.text, said.head.text
    as_text = asked == AS_TEXT
    written = TEXT_FORMAT if as_text else DATE_FORMATS.get(asked, asked) or usual.format
    width = said.width or max(usual.width, min(len(head), _SHORT_HEAD))
    align = ALIGNS.get(said.align.text, usual.align)
    return Column(head, get, text, width, align, written, as_text, said.total)


def _getter(path: Path) -> RowGetter:
    if path.written == NUMBER and path.field.value is _unknown:
        return lambda _joined, number, _facts: number
    return lambda joined, _number, facts: path.get(joined, facts)


def _text_of(written: Written, file: str) -> Line | Expression:
    place = f"{file}{written.place}"
    alone = _ALONE.fullmatch(written.text)
    return compile_expression(alone["inside"], place) if alone else compile_line(written.text, place)


def _misfits(said: ColumnSaid, holds: type) -> Iterator[str]:
    """Yield what of a column does not go with its values, in words; nothing where they are not known yet."""
    if holds is object:
        return
    numbers, dates, asked = _is(holds, _NUMBERS), _is(holds, _DATES), said.format.text
    if said.total and not numbers:
        yield "不是数字，不能合计"
    elif said.total and asked == AS_TEXT:
        yield f"合计的列要是数字，格式不能写“{AS_TEXT}”"
    if (asked in DATE_FORMATS and not dates) or (is_number_format(asked) and not numbers):
        yield f"不是{'日期' if asked in DATE_FORMATS else '数字'}，不能用“{asked}”这种格式"


def _is(holds: type, kinds: tuple[type, ...]) -> bool:
    return issubclass(holds, kinds) and holds is not bool
