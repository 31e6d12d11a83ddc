"""Document numbers apart from signing: taken over from a paper register, reserved, voided, listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docgen.documents.faults import NumberCodeMissing
from docgen.errors import WRONG_USE, DocgenError
from docgen.model.kind_row import KindRow
from docgen.office.desk import Desk
from docgen.office.life.recording import recording
from docgen.office.people import office_records
from docgen.register import numbering
from docgen.register.books import Books
from docgen.register.life import GIVE_BACK, RESERVE, START_AT, VOID_NUMBER
from docgen.register.number import Number
from docgen.register.numbering import Series
from docgen.standard.forms.catalogue import FORMS

_NUMBER: Final = re.compile(r"(.+?)[〔\[［(（](\d{4})[〕\]］)）](\d+)号?")


class UnknownNumber(DocgenError):
    """A number was named that was never given."""

    code = "number-unknown"
    exit_code = WRONG_USE
    says = "登记簿里没有文号“{asked}”"
    advises = "写法如 某办函〔2026〕12号；给过的号码用 docgen doc number list 查看。"

    asked: str


def numbers(desk: Desk, year: int | None = None) -> list[Number]:
    """Return the numbers given, of a year or of all."""
    with desk.register.reading() as books:
        return books.numbers(year=year)


def start(desk: Desk, kind_or_code: str, serial: int, remark: str, year: int | None = None) -> Series:
    """Let docgen's numbers of a series begin at `serial`; those below were given on paper."""
    with recording(desk, START_AT, remark) as (books, doing):
        series = _series(desk, kind_or_code, year)
        numbering.start_at(books, series, serial, doing)
        return series


def reserve(desk: Desk, kind_or_code: str, count: int, remark: str, year: int | None = None) -> list[str]:
    """Reserve the next numbers of a series and return them."""
    with recording(desk, RESERVE, remark) as (books, doing):
        series = _series(desk, kind_or_code, year)
        return [series.text(each) for each in numbering.reserve(books, series, count, doing)]


def give_back(
    desk: Desk, kind_or_code: str, first: int | None, remark: str, year: int | None = None
) -> list[str]:
    """Take back numbers at the end of a series that nothing used, and return them; see `numbering.give_back`."""
    with recording(desk, GIVE_BACK, remark) as (books, doing):
        series = _series(desk, kind_or_code, year)
        return [series.text(each) for each in numbering.give_back(books, series, first, doing)]


def void(desk: Desk, asked: Sequence[str], remark: str) -> list[Number]:
    """Void reserved numbers. Raises UnknownNumber, NumberNotReserved, NoReason."""
    with recording(desk, VOID_NUMBER, remark) as (books, doing):
        chosen = list(_named(books, asked))
        numbering.void(books, chosen, doing)
        return chosen


def _series(desk: Desk, kind_or_code: str, year: int | None) -> Series:
    """Return the series meant by a document kind or a code of the sheet, of today's year when none is named.

    Raises:
        UnknownKind: it is neither.
        NumberCodeMissing: the sheet has no code for the kind.
    """
    records = office_records(desk.workspace)
    codes = {each.code for each in records.of(KindRow) if each.code}
    code = kind_or_code if kind_or_code in codes else records.number_code(kind_or_code)
    code = code or _serial_of(desk, kind_or_code)
    if code is None:
        desk.workspace.catalogue.declaration(kind_or_code)
        raise NumberCodeMissing(kind_or_code, "确定")
    return Series(code, year or desk.today.year)


def _serial_of(desk: Desk, kind: str) -> str | None:
    """Return under what a serial is numbered that has no 机关代字: its own name; None for other kinds."""
    declared = desk.workspace.catalogue.titled(kind)
    return kind if declared and FORMS[declared.form].by_issue else None


def _named(books: Books, asked: Sequence[str]) -> Iterator[Number]:
    known = {(each.code, each.year, each.serial): each for each in books.numbers()}
    for each in asked:
        found = _NUMBER.fullmatch(each.strip())
        key = (found[1], int(found[2]), int(found[3])) if found else None
        if key not in known:
            raise UnknownNumber(each)
        yield known[key]
