"""What a cell says, as text that can be compared: however it was written, formatted or linked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from docgen.model.fields import FieldSpec, Linked, Record

Key = tuple[str, ...]
"""What tells a row from the others of its sheet: the key fields, said."""


def said(value: Any, spec: FieldSpec) -> str:
    """Return what a value says; empty for none."""
    if value is None:
        return ""
    if spec.many:
        return "、".join(_one(each) for each in value)
    return _one(value)


def _one(value: Any) -> str:
    if isinstance(value, Linked):
        return value.handle
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def key_of(record: Record, specs: dict[str, FieldSpec], names: tuple[str, ...]) -> Key:
    """Return the key of a record by the names of its key fields."""
    return tuple(said(getattr(record, name), specs[name]) for name in names)
