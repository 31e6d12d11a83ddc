"""Records as templates see them: by Chinese label, every value as it is written in a document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from docgen.model.fields import Linked, Record, fields_of
from docgen.standard.wording.text import official_date


def shown(value: Any) -> Any:
    """Return a value as a document writes it; None stays None, so that printing it is a fault.

    Dates are 2026年3月6日, amounts have no trailing zeros, a unit is its full name, several are joined by 、.
    """
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, tuple):
        return "、".join(str(shown(each)) for each in value) or None
    if isinstance(value, date):
        return official_date(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, bool):
        return "是" if value else "否"
    return _name(value) if isinstance(value, Linked) else str(value)


def _name(linked: Linked) -> str:
    return str(getattr(linked, "name", linked.link_names[0]))


@lru_cache(maxsize=4096)
def labelled(record: Record) -> Mapping[str, Any]:
    """Return a record by its labels: `{"项目名称": …, "总投资": "5.2", …}`."""
    return {spec.label: shown(getattr(record, spec.name)) for spec in fields_of(type(record))}


def labels(record: type[Record]) -> Mapping[str, None]:
    """Return what `labelled` gives for a record type, for the check of templates."""
    return {spec.label: None for spec in fields_of(record)}
