"""Making the workbook of a list, where for other kinds a template is rendered.

It stands in the office because it puts what a kind lists into a workbook that the sheets write; those rooms do not know
each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from docgen.dataclass import dataclass
from docgen.documents.declared.kind import Column, Kind, Listing
from docgen.documents.frame.listing import LISTED
from docgen.documents.labels.paths import TITLE
from docgen.documents.labels.views import canonical
from docgen.opc.changing import Change

if TYPE_CHECKING:
    from docgen.sheets.writing.tables import Column as Printed
    from docgen.sheets.writing.tables import Row, Table, Value

_LAYOUT: Final = 1
"""Raised when workbooks of the same values come to look otherwise, so that lists are made anew."""
_TOTAL: Final = "合计"
_SEEN: Final = 26  # hanzi of the first two columns that may stay in sight
_LONGEST_FOOT: Final = 80  # characters


@dataclass(frozen=True)
class Sheet:
    """Makes the workbooks of a kind that is a list."""

    kind: Kind

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of all that decides on the workbook besides what it shows."""
        said, columns = self._listing, self._listing.columns
        looks = [
            [each.head, each.width, each.align.value, each.format, each.as_text, each.total]
            for each in columns
        ]
        return sha256(canonical([_LAYOUT, said.paper, said.amounts, looks]).encode()).hexdigest()

    def fields(self) -> tuple[str, ...]:
        """Return the names it shows."""
        return TITLE, LISTED

    def render(self, context: Mapping[str, Any], *, finish: Change | None = None) -> bytes:
        """Return the workbook; equal contexts give equal bytes. There is nothing to finish."""
        del finish
        from docgen.sheets.writing.printed import workbook_of  # openpyxl costs start-up time

        return workbook_of(self._table(context[TITLE], context[LISTED]))

    @property
    def _listing(self) -> Listing:
        assert self.kind.listing is not None  # noqa: S101  by the form
        return self.kind.listing

    def _table(self, title: str, shown: Mapping[str, Any]) -> Table:
        from docgen.sheets.writing.tables import Table

        listing = self._listing
        amounts = f"　单位：{listing.amounts}" if listing.amounts else ""
        frozen = 2 if sum(each.width for each in listing.columns[:2]) <= _SEEN else 0
        return Table(
            title=title,
            above=(f"制表单位：{shown['单位']}", f"{shown['日期']}{amounts}"),
            columns=tuple(map(_printed, listing.columns)),
            rows=tuple(self._rows(shown["各组"])),
            below=tuple(shown["说明"].splitlines()),
            foot=f"{title[:_LONGEST_FOOT]}　{shown['日期']}",
            paper=listing.paper,
            frozen=frozen,
        )

    def _rows(self, groups: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Row, tuple[Value, ...]]]:
        from docgen.sheets.writing.tables import Row

        columns, place, everything = self._listing.columns, 0, list[Sequence[Any]]()
        for group in groups:
            rows = group["各行"]
            if group["标题"]:
                place += 1
                yield Row.GROUP, (group["标题"], *_sums(columns, rows, place, place + len(rows)))
            yield from ((Row.PLAIN, tuple(each)) for each in rows)
            place += len(rows)
            everything += rows
        if any(each.total for each in columns):
            yield Row.TOTAL, (_TOTAL, *_sums(columns, everything, 0, place))


def _printed(column: Column) -> Printed:
    from docgen.sheets.writing.tables import Column as Printed
    from docgen.sheets.writing.tables import width_of_hanzi

    return Printed(column.head, width_of_hanzi(column.width), column.align.value, column.format)


def _sums(columns: Sequence[Column], rows: Sequence[Sequence[Any]], start: int, end: int) -> Iterator[Value]:
    """Yield what stands below each column but the first: the sum of its numbers, or nothing."""
    from docgen.sheets.writing.tables import Sum

    for place, column in enumerate(columns[1:], start=1):
        numbers = (each[place] for each in rows if isinstance(each[place], int | Decimal))
        yield Sum(sum(numbers), start, end) if column.total else None
