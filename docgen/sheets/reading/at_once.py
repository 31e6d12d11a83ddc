"""The records of a sheet made column by column, where nothing in it is at fault: by far the most sheets.

Where anything is, the sheet is gone through row by row (`reader`), which says what and where.
"""

from __future__ import annotations

from typing import Any, Final

from pydantic_core import PydanticCustomError, ValidationError

from docgen.model.columns import Column, records_of
from docgen.model.fields import FieldSpec, Linked, Record, fields_of
from docgen.sheets.reading.links import Index
from docgen.sheets.reading.parsed import Block, Table

_WHEREVER: Final = ("", "", "")
"""The place of a link of which only is asked whether it is known."""


def made_at_once(record: type[Record], table: Table, index: Index) -> tuple[Record, ...] | None:
    """Return the records of a table; None where a cell, a link or a row is at fault."""
    block = table.block
    if block is None:
        return None
    columns = _linked(record, block, index)
    if columns is None:
        return None
    columns["origin"] = Column(block.origins, ())
    columns["extra"] = Column(block.extras, ())
    try:
        return tuple(records_of(record, len(block.numbers), columns))
    except (ValidationError, PydanticCustomError):
        return None


def _linked(record: type[Record], block: Block, index: Index) -> dict[str, Column] | None:
    """Return the columns of a table with records for the names in links; None where a name means none."""
    columns = dict(block.columns)
    for spec in fields_of(record):
        if spec.name in columns and issubclass(spec.type, Linked):
            meant: dict[Any, Any] = {}
            for each in columns[spec.name].distinct:
                meant[each] = _meant(spec, each, index)
                if meant[each] is None:
                    return None
            columns[spec.name] = _replaced(columns[spec.name], meant)
    return columns


def _meant(spec: FieldSpec, named: Any, index: Index) -> Any:
    """Return the record that a name means, or those that several mean; None where one means none."""
    found = [index.find(spec.type, each, _WHEREVER) for each in (named if spec.many else (named,))]
    if not all(isinstance(each, Linked) for each in found):
        return None
    return tuple(found) if spec.many else found[0]


def _replaced(column: Column, meant: dict[Any, Any]) -> Column:
    if column.has_blanks:
        meant = {**meant, None: None}
    distinct = [each for each in meant.values() if each is not None]
    return Column(list(map(meant.__getitem__, column.cells)), distinct, column.has_blanks)
