"""Rows that go on with the record above them: one project over several rows, its name merged or left blank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docgen.model.fields import FieldSpec, Origin, Record, fields_of
from docgen.sheets.faults import ContinuedRow
from docgen.sheets.opening.grid import Grid
from docgen.sheets.reading.cell_texts import is_blank
from docgen.sheets.reading.parsed import Cells


def keys_of(record: type[Record], columns: Mapping[str, int]) -> list[FieldSpec]:
    """Return the fields that name a record and must be there, of those that have a column."""
    names = {name for group in record.unique for name in group}
    return [
        each for each in fields_of(record) if each.name in names and each.required and each.name in columns
    ]


def merged_on(grid: Grid, places: Sequence[int], first: int) -> dict[int, int]:
    """Return the rows whose cells in some columns are all merged with those above, each with the uppermost.

    Args:
        grid: the sheet.
        places: the columns.
        first: the first data row; all are counted from 0.
    """
    found: dict[int, dict[int, int]] = {}
    for (top, left), (bottom, right) in grid.merged:
        for column in places:
            if left <= column <= right:
                for row in range(max(top, first) + 1, bottom + 1):
                    found.setdefault(row, {})[column] = max(top, first)
    return {row: max(above.values()) for row, above in found.items() if len(above) == len(places)}


def is_unnamed(
    cells: Cells, origin: Origin, keys: Sequence[FieldSpec], raw: Sequence[tuple[FieldSpec, Any]]
) -> bool:
    """Whether a row says nothing of several fields that name a record."""
    return len(keys) > 1 and cells.blank(origin, [(spec, found) for spec, found in raw if spec in keys])


def continued(
    cells: Cells, origin: Origin, above: int, keys: Sequence[FieldSpec], raw: Sequence[tuple[FieldSpec, Any]]
) -> Iterator[ContinuedRow]:
    """Yield the fault of a row that goes on with another; what is wrong with its cells is reported too.

    Args:
        cells: what reads them.
        origin: the row.
        above: the row that it goes on with, from 1.
        keys: the fields that name a record.
        raw: its cells.
    """
    said = [
        (spec, found)
        for spec, found in raw
        if spec not in keys and (not is_blank(found) or cells.grid.is_special(origin.cell(spec.name)))
    ]
    cells.row(origin, said)
    first = keys[0]
    named = "、".join(each.label for each in keys)
    yield ContinuedRow(origin.sheet, origin.cell(first.name), first.header, origin.row, above, named)
