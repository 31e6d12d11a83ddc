"""A kind's own settings: what the sheet 文种设置 says, by the type of the default that the declaration gives."""

from __future__ import annotations

from typing import Any, Final

from docgen.documents.declared.declaration import Declaration
from docgen.documents.faults import BadSetting, UnknownSetting
from docgen.errors import DocgenError
from docgen.model.kind_row import KindSetting
from docgen.model.names import nearest
from docgen.model.records import Records

_YES_NO: Final = {"是": True, "否": False}
_LONGEST: Final = 6  # digits of a number


def settings_of(
    declared: Declaration, records: Records | None
) -> tuple[dict[str, Any], tuple[DocgenError, ...]]:
    """Return the settings, those that nobody or nothing fit has filled in with their defaults, and what is wrong."""
    said = records.settings_of(declared.title) if records else {}
    values = {each.name: each.default for each in declared.settings}
    faults: list[DocgenError] = []
    for name, row in said.items():
        if name not in values:
            near = nearest(name, values, 1)
            faults.append(UnknownSetting(row.cell_of("name"), declared.title, name, near, tuple(values)))
            continue
        value, expected = _read(row, values[name])
        if expected:
            faults.append(BadSetting(row.cell_of("value"), declared.title, name, row.value, expected))
        else:
            values[name] = value
    return values, tuple(faults)


def _read(row: KindSetting, default: Any) -> tuple[Any, str]:
    """Return the value of a row, and what should be there instead where it is none of the default's type."""
    found = row.value
    if isinstance(default, bool):
        return _YES_NO.get(found), "" if found in _YES_NO else "要填“是”或“否”"
    if isinstance(default, int):
        fits = found.isascii() and found.isdigit() and len(found) <= _LONGEST
        return (int(found), "") if fits else (None, f"要填整数，最多{_LONGEST}位")
    return found, ""
