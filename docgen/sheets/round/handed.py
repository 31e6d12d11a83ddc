"""What a unit was handed: plain values that are written down when it is, and compared with when it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from docgen.model.records import Records
from docgen.model.unit import Unit
from docgen.sheets.round.said import Key, key_of, said
from docgen.sheets.round.shares import SHARES, Share, rows_of, share_of


@dataclass(frozen=True)
class HandedRow:
    """A row: what its cells said by field, and which of them the unit fills in."""

    key: Key
    said: Mapping[str, str]
    filled: frozenset[str]


@dataclass(frozen=True)
class HandedSheet:
    """A sheet of a unit's workbook."""

    sheet: str
    rows: Mapping[Key, HandedRow]

    @property
    def share(self) -> Share:
        """Return how its records are handed out. Raises KeyError for a sheet of a later docgen."""
        found = share_of(self.sheet)
        if found is None:
            raise KeyError(self.sheet)
        return found

    @property
    def filled(self) -> frozenset[str]:
        """Return the fields that are filled in somewhere on the sheet."""
        return frozenset(name for each in self.rows.values() for name in each.filled)


@dataclass(frozen=True)
class Handed:
    """What a unit was handed for a period.

    Args:
        unit: its short name.
        period: code of the period (2026-01上旬).
        due: when it is to come back.
        sheets: in the order of the workbook.
    """

    unit: str
    period: str
    due: date
    sheets: tuple[HandedSheet, ...]

    @property
    def id(self) -> str:
        """Return what the workbook carries inside, which nothing else that was handed out has."""
        told = [self.unit, self.period, self.due, self.as_json()["sheets"]]
        return sha256(repr(told).encode()).hexdigest()[:16]

    def as_json(self) -> dict[str, Any]:
        """Return it as it is written down."""
        return {
            "unit": self.unit,
            "period": self.period,
            "due": self.due.isoformat(),
            "sheets": [
                {
                    "sheet": each.sheet,
                    "rows": [
                        {"key": list(row.key), "said": dict(row.said), "filled": sorted(row.filled)}
                        for row in each.rows.values()
                    ],
                }
                for each in self.sheets
            ],
        }


def handed_from(told: Mapping[str, Any]) -> Handed:
    """Return what was written down. Raises KeyError, TypeError or ValueError where it is not that."""
    return Handed(
        told["unit"], told["period"], date.fromisoformat(told["due"]), tuple(map(_sheet, told["sheets"]))
    )


def _sheet(told: Mapping[str, Any]) -> HandedSheet:
    rows = (HandedRow(tuple(each["key"]), each["said"], frozenset(each["filled"])) for each in told["rows"])
    return HandedSheet(told["sheet"], {each.key: each for each in rows})


def hand(records: Records, unit: Unit, period: str, due: date) -> Handed:
    """Return what a unit is handed; without sheets where no row names it."""
    sheets = (_handed(share, records, unit) for share in SHARES if records.of(share.record) or share.raised)
    kept = [each for each in sheets if each.rows or each.share.raised]
    any_rows = any(each.rows for each in kept)
    return Handed(unit.short_name, period, due, tuple(kept) if any_rows else ())


def _handed(share: Share, records: Records, unit: Unit) -> HandedSheet:
    found = rows_of(share, records, unit)
    filled_at_all = frozenset(name for _, names in found for name in names)
    specs = {each.name: each for each in share.specs(filled_at_all)}
    rows: dict[Key, HandedRow] = {}
    for record, filled in found:
        shown = {name: said(getattr(record, name), spec) for name, spec in specs.items()}
        key = key_of(record, specs, share.key)
        rows[key] = HandedRow(key, {name: each for name, each in shown.items() if each}, filled)
    return HandedSheet(share.record.sheet, rows)
