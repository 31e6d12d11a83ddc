"""The records of a sheet made row by row, where something in it is at fault: what is said and where (see `at_once`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from pydantic_core import SchemaValidator, ValidationError, core_schema

from docgen.dataclass import dataclass
from docgen.errors import DocgenError
from docgen.model.fields import FieldSpec, Linked, Record, field_of, fields_of, schema_of
from docgen.sheets.faults import CellFault
from docgen.sheets.reading.links import Index
from docgen.sheets.reading.parsed import Row, Table
from docgen.sheets.reading.validation import fault_together, faults_of


@dataclass(frozen=True)
class OneByOne:
    """The records of the sound rows, the other rows, and what is wrong with these beside the faults of their cells."""

    records: tuple[Record, ...]
    unsound: tuple[Row, ...] = ()
    faults: tuple[DocgenError, ...] = ()


def made_one_by_one(record: type[Record], table: Table, index: Index) -> OneByOne:
    """Return the records of a table whose rows name others as the index has them."""
    rows = table.rows
    if not rows:
        return OneByOne(())
    faults = [fault for spec in fields_of(record) for fault in _linked(spec, rows, index)]
    sound, unsound = [each for each in rows if each.sound], [each for each in rows if not each.sound]
    faults += _also_wrong(record, unsound, [*table.faults, *faults])
    validate = _validator(record).validate_python
    try:
        return OneByOne(tuple(validate([row.values for row in sound])), tuple(unsound), tuple(faults))
    except ValidationError as error:
        faults += faults_of(record, error, sound)
        bad = {each["loc"][0] for each in error.errors(include_url=False, include_context=False)}
    good = [row.values for at, row in enumerate(sound) if at not in bad]
    unsound += [row for at, row in enumerate(sound) if at in bad]
    return OneByOne(tuple(validate(good)), tuple(unsound), tuple(faults))


@cache
def _validator(record: type[Record]) -> SchemaValidator:
    """Return what validates the rows of a table in one call."""
    return SchemaValidator(core_schema.list_schema(schema_of(record)))


def _linked(spec: FieldSpec, rows: Sequence[Row], index: Index) -> Iterator[DocgenError]:
    """Replace the names in a link column by the records they name; yield what is wrong with those that name none."""
    if not issubclass(spec.type, Linked):
        return
    known: dict[Any, Any] = {}
    for row in rows:
        if spec.name not in row.values:
            continue
        named = row.values[spec.name]
        meant = known.get(named)
        if meant is None:
            meant, faults = _meant(spec, named, row, index)
            yield from faults
        if meant is None:
            del row.values[spec.name]
            row.sound, row.lost = False, (*row.lost, spec.name)
        else:
            known[named] = row.values[spec.name] = meant


def _meant(spec: FieldSpec, named: Any, row: Row, index: Index) -> tuple[Any, list[DocgenError]]:
    """Return what the names in a cell mean, None where one means nothing, and what is wrong with them."""
    names = named if spec.many else (named,)
    place = (row.origin.sheet, row.origin.cell(spec.name), spec.header)
    found = [index.find(spec.type, name, place) for name in names]
    faults = [each for each in found if isinstance(each, DocgenError)]
    if faults or None in found:
        return None, faults
    return (tuple(found) if spec.many else found[0]), []


def _also_wrong(
    record: type[Record], unsound: Sequence[Row], known: Iterable[DocgenError]
) -> list[DocgenError]:
    """Return what else is wrong with rows of which some cells are at fault, so that all is told at once.

    Args:
        record: the type of the rows.
        unsound: the rows.
        known: the faults that have been found of them.
    """
    faults: list[DocgenError] = []
    try:
        _validator(record).validate_python([row.values for row in unsound])
    except ValidationError as error:
        faults += faults_of(record, error, unsound, only_given=True)
    told = {(each.sheet, each.cell) for each in (*known, *faults) if isinstance(each, CellFault)}
    told |= {(row.origin.sheet, row.origin.cell(name)) for row in unsound for name in row.lost}
    together = (fault_together(record, row) for row in unsound)
    return faults + [each for each in together if each and (each.sheet, each.cell) not in told]


def names_in(record: type[Record], row: Row) -> Iterator[str]:
    """Yield the texts and numbers of a faulty row by which other sheets may mean it."""
    keys = {name for group in record.unique for name in group} | {"aliases"}
    for name in keys & row.values.keys():
        value = row.values[name]
        yield from value if field_of(record, name).many else (_handle(value),)
    first = record.unique[0]
    if len(first) > 1 and row.values.keys() >= set(first):
        yield "-".join(_handle(row.values[name]) for name in first)


def _handle(value: Any) -> str:
    return value.handle if isinstance(value, Linked) else str(value)
