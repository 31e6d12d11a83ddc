"""Records made of whole columns: each distinct value is checked once, each field set in all of them in one go.

It comes to what pydantic-core makes of the rows one by one, in a third of the time. Which row is at fault is not said:
that is found by going through the rows with `fields.schema_of`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import repeat
from typing import Any, TypeVar

from pydantic_core import SchemaValidator, core_schema

from docgen.dataclass import dataclass
from docgen.model.fields import NEEDED, Record, checks_of

R = TypeVar("R", bound=Record)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column:
    """The values of one field, row by row, None for blanks.

    Args:
        cells: the values.
        distinct: each of them at least once, blanks aside.
        has_blanks: whether one of them is None.
    """

    cells: Sequence[Any]
    distinct: Collection[Any]
    has_blanks: bool = False


def assembled(kind: type[T], count: int, values: Mapping[str, Iterable[Any]]) -> list[T]:
    """Return objects of a class with slots, of the values of all its slots; its `__init__` is not called."""
    made: list[Any] = list(map(object.__new__, repeat(kind, count)))
    for name, each in values.items():
        deque(map(getattr(kind, name).__set__, made, each), maxlen=0)
    return made


def records_of(record: type[R], count: int, columns: Mapping[str, Column]) -> list[R]:
    """Return the records of a table.

    Args:
        record: their type.
        count: how many there are.
        columns: of the fields that have one, `origin` and `extra` among them; links hold records.

    Raises:
        ValidationError: a value is not what its field allows, or a field that is needed has none.
        PydanticCustomError: the fields of a record do not go together.
    """
    columns = {**columns, **_with_usual(record, count, columns)}
    given = {
        name: list(column.distinct)
        for name, column in columns.items()
        if name not in Record.defaults and not (column.has_blanks and record.defaults[name] is NEEDED)
    }
    checked = _checker(record).validate_python(given)
    values = {
        name: _cells(columns[name], given.get(name, ()), checked.get(name, ()), default)
        if name in columns
        else repeat(default)
        for name, default in record.defaults.items()
    }
    made = assembled(record, count, values)
    if record.check_together is not Record.check_together:
        deque(map(record.check_together, made), maxlen=0)
    return made


def _with_usual(record: type[Record], count: int, columns: Mapping[str, Column]) -> dict[str, Column]:
    """Return the columns with blanks that a linked record fills; where they are records, their hash would cost much."""
    found: dict[str, Column] = {}
    for name, (link, field) in record.usual.items():
        column = columns.get(name, Column([None] * count, (), has_blanks=True))
        if column.has_blanks and link in columns:
            known = {id(each): getattr(each, field) for each in columns[link].distinct}
            usual = map(known.get, map(id, columns[link].cells))
            cells = [other if each is None else each for each, other in zip(column.cells, usual, strict=True)]
            distinct = {id(each): each for each in (*column.distinct, *known.values()) if each is not None}
            found[name] = Column(cells, distinct.values(), any(each is None for each in cells))
    return found


def _cells(column: Column, given: Sequence[Any], checked: Sequence[Any], default: Any) -> Iterable[Any]:
    """Return the values of a column as the check gives them back, blanks as the default."""
    cells = column.cells
    tidied = {old: new for old, new in zip(given, checked, strict=True) if old is not new and old != new}
    if tidied:
        cells = [tidied.get(each, each) for each in cells]
    if column.has_blanks and default is not None:
        cells = [default if each is None else each for each in cells]
    return cells


@cache
def _checker(record: type[Record]) -> SchemaValidator:
    """Return what checks the distinct values of each field of a record type."""
    fields = {
        name: core_schema.typed_dict_field(
            core_schema.list_schema(check), required=record.defaults[name] is NEEDED
        )
        for name, check in checks_of(record)
        if name not in Record.defaults
    }
    return SchemaValidator(core_schema.typed_dict_schema(fields, extra_behavior="forbid"))
