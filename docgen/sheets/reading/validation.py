"""What pydantic refuses, said in the clerk's words and with the clerk's cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from pydantic_core import PydanticCustomError, ValidationError

from docgen.errors import DocgenError
from docgen.model.fields import NEEDED, FieldSpec, Record, field_of
from docgen.sheets.faults import BlankCell, CellFault, WrongValue, as_written
from docgen.sheets.reading.parsed import Row, expected_words

_WORDS: Final[Mapping[str, Callable[[FieldSpec, Mapping[str, Any]], str]]] = {
    "string_too_long": lambda _, ctx: f"不超过{ctx['max_length']}个字的文字",
    "greater_than_equal": lambda _, ctx: f"不小于{ctx['ge']}的数",
    "less_than_equal": lambda spec, ctx: f"不大于{ctx['le']}的数{_in_unit(spec)}",
    "string_pattern_mismatch": lambda spec, _: f"形如 {spec.column.example} 的{spec.label}",
    "order": lambda _, ctx: str(ctx["expected"]),
    "spelling": lambda _, ctx: str(ctx["expected"]),
    "together": lambda _, ctx: str(ctx["expected"]),
    "needed": lambda _, ctx: str(ctx["expected"]),
}


def _in_unit(spec: FieldSpec) -> str:
    """Say in which unit a column counts: a number too large for it was usually written in a smaller one."""
    unit = spec.header.removeprefix(spec.label).strip("（）")
    return f"（这一列的单位是{unit}）" if unit else ""


def faults_of(
    record: type[Record], error: ValidationError, rows: Sequence[Row], *, only_given: bool = False
) -> list[DocgenError]:
    """Return a fault for each refusal.

    Args:
        record: the validated type.
        error: what pydantic raised for the list of `rows`.
        rows: the rows in the order they were given to pydantic.
        only_given: pass over fields that a row has no value for, because that is already reported.
    """
    refusals = [
        (each, rows[int(each["loc"][0])], field_of(record, _name(each)))
        for each in error.errors(include_url=False)
    ]
    return [
        _fault(spec, refusal, row)
        for refusal, row, spec in refusals
        if not only_given or spec.name in row.values
    ]


def fault_together(record: type[Record], row: Row) -> CellFault | None:
    """Return what the fields of a faulty row say against each other, if anything."""
    blank = dict.fromkeys(name for name, default in record.defaults.items() if default is NEEDED)
    try:
        record.model_construct(**{**blank, **row.values}).check_together()
    except PydanticCustomError as error:
        refusal = {"type": error.type, "ctx": error.context or {}}
        return _fault(field_of(record, _name(refusal)), refusal, row)
    return None


def _name(refusal: Any) -> str:
    """Return the field that a refusal is about; validators of whole records name it in the context."""
    return str(refusal.get("ctx", {}).get("field") or refusal["loc"][1])


def _fault(spec: FieldSpec, refusal: Any, row: Row) -> CellFault:
    found = row.values.get(spec.name)
    words = _WORDS.get(refusal["type"])
    expected = words(spec, refusal.get("ctx", {})) if words else expected_words(spec)
    place = (row.origin.sheet, row.origin.cell(spec.name), spec.header)
    return BlankCell(*place, expected) if found is None else WrongValue(*place, as_written(found), expected)
