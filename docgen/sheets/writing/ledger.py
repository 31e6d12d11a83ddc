"""A ledger as a workbook: its columns as on paper, but wider, for larger type and whole digests."""

from __future__ import annotations

from typing import Final

from docgen.sheets.writing.printed import workbook_of
from docgen.sheets.writing.tables import TEXT, Column, Row, Table
from docgen.standard.build.ledger import Kind, Ledger, LedgerColumn, LedgerRow
from docgen.standard.measures.lengths import Length, Mm

_FORMATS: Final = {Kind.DATE: "yyyy-mm-dd", Kind.COUNT: "0"}
# The print set-up makes the sheet fit the page.
_WIDER: Final = 1.12
_DIGEST_WIDTH: Final = Mm(40)


def ledger_xlsx(ledger: Ledger) -> bytes:
    """Return a ledger as a workbook of one sheet; equal ledgers give equal bytes."""
    return workbook_of(
        Table(
            title=ledger.title,
            above=ledger.above,
            columns=tuple(map(_column, ledger.columns)),
            rows=tuple((_kind(each), each.values) for each in ledger.rows),
            below=ledger.below,
            foot=ledger.foot,
            empty=ledger.empty,
        )
    )


def _kind(row: LedgerRow) -> Row:
    return Row.VOID if row.void else Row.PLAIN


def _column(column: LedgerColumn) -> Column:
    return Column(
        column.head,
        _width(column),
        column.kind.align.value,
        _FORMATS.get(column.kind, TEXT),
        struck=column.struck,
    )


def _width(column: LedgerColumn) -> Length:
    return _DIGEST_WIDTH if column.kind is Kind.DIGEST else column.width * _WIDER
