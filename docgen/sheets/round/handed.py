"""What a unit was handed: plain values that are written down when it is, and compared with when it comes back.

Written down in three parts, a line each: what the hand-out is called and what it says, as JSON, and the rows of the
workbook as they were read back from it. The id is the digest of the second, so that a workbook names what it was made
from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.model.records import Records
from docgen.model.unit import Unit
from docgen.sheets.opening.grid import BETWEEN
from docgen.sheets.round.said import Key, key_of, said
from docgen.sheets.round.shares import SHARES, Share, rows_of, share_of

HEAD: Final = 3
"""The row of a handed-out sheet that holds the headers; above it are the title and the line of the unit."""
_VERSION: Final = 2
_BETWEEN_ROWS: Final = "\x1e"
_BETWEEN_SHEETS: Final = "\x1d"


@dataclass(frozen=True)
class HandedRow:
    """A row: what its cells said by field, and which of them the unit fills in."""

    key: Key
    said: Mapping[str, str]
    filled: frozenset[str]


class KeptRows(Mapping[Key, HandedRow]):
    """The rows of a sheet as they are written down, each made when it is asked for."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.fields: list[str] = told["fields"]
        self.filled = [frozenset(each) for each in told["filled"]]
        at = [self.fields.index(each) + 1 for each in told["key"]]
        self.told = {tuple([row[each] for each in at]): row for row in told["rows"]}

    def __getitem__(self, key: Key) -> HandedRow:
        """Return a row. Raises KeyError where there is none."""
        group, *values = self.told[key]
        shown = {name: each for name, each in zip(self.fields, values, strict=True) if each}
        return HandedRow(key, shown, self.filled[group])

    def __iter__(self) -> Iterator[Key]:
        """Yield the keys in the order of the sheet."""
        return iter(self.told)

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.told)


@dataclass(frozen=True)
class HandedSheet:
    """A sheet of a unit's workbook.

    Args:
        sheet: its name.
        rows: in their order.
        lines: the rows of the workbook's sheet, each as one text (`Sheet.lines`); empty where not known.
        since: by key, what the unit has said later in returns that were applied.
    """

    sheet: str
    rows: Mapping[Key, HandedRow]
    lines: Sequence[str] = ()
    since: Mapping[Key, Mapping[str, str]] = field(default_factory=dict)

    @property
    def share(self) -> Share:
        """Return how its records are handed out. Raises KeyError for a sheet of a later docgen."""
        found = share_of(self.sheet)
        if found is None:
            raise KeyError(self.sheet)
        return found

    @cached_property
    def filled(self) -> frozenset[str]:
        """Return the fields that are filled in somewhere on the sheet."""
        if isinstance(self.rows, KeptRows):
            return frozenset().union(*self.rows.filled)
        return frozenset(name for each in self.rows.values() for name in each.filled)

    def row(self, key: Key) -> HandedRow | None:
        """Return a row with what the unit has said since; None where no such row was handed out."""
        found = self.rows.get(key)
        later = self.since.get(key)
        return replace(found, said={**found.said, **later}) if found and later else found

    @cached_property
    def keys_by_line(self) -> Mapping[str, Key]:
        """Return the keys of the rows by how the workbook's sheet held them."""
        return dict(zip(self.lines[HEAD:], self.rows, strict=False))

    @cached_property
    def lines_by_key(self) -> Mapping[tuple[str, ...], tuple[Key, str]]:
        """Return the keys of the rows and how the sheet held them, by what their first cells held, those of the key."""
        width = len(self.share.key)
        return {
            tuple(line.split(BETWEEN, width)[:width]): (key, line) for line, key in self.keys_by_line.items()
        }

    def as_json(self) -> dict[str, Any]:
        """Return it as it is written down."""
        specs = self.share.specs(self.filled)
        groups = list(dict.fromkeys(each.filled for each in self.rows.values()))
        names = [each.name for each in specs]
        return {
            "sheet": self.sheet,
            "key": list(self.share.key),
            "fields": names,
            "filled": [sorted(each) for each in groups],
            "rows": [
                [groups.index(row.filled), *(row.said.get(name, "") for name in names)]
                for row in self.rows.values()
            ],
        }


@dataclass(frozen=True)
class Handed:
    """What a unit was handed for a period.

    Args:
        unit: its short name.
        period: code of the period (2026-01上旬).
        due: when it is to come back.
        sheets: in the order of the workbook.
        id: what the workbook carries inside, which nothing else that was handed out has.
    """

    unit: str
    period: str
    due: date
    sheets: tuple[HandedSheet, ...]
    id: str = ""

    def without_rows(self) -> Handed:
        """Return it without its rows, to be kept while many are read."""
        return replace(self, sheets=tuple(HandedSheet(each.sheet, {}) for each in self.sheets))

    def body(self) -> bytes:
        """Return what it says, as it is written down."""
        told = {
            "unit": self.unit,
            "period": self.period,
            "due": self.due.isoformat(),
            "sheets": [each.as_json() for each in self.sheets],
        }
        return json.dumps(told, ensure_ascii=False).encode()


@dataclass(frozen=True)
class Kept:
    """What was written down of a hand-out, read when it is asked for.

    Args:
        unit: its short name.
        id: of the hand-out.
        body: what it says.
        lines: the rows of its sheets.
        on: the day on which it was handed out; empty where not known.
        book: SHA-256 of the workbook; empty where not known.
    """

    unit: str
    id: str
    body: bytes
    lines: bytes = b""
    on: str = ""
    book: str = ""

    def handed(self) -> Handed:
        """Return what was handed out. Raises KeyError, TypeError or ValueError where it is not that."""
        told = json.loads(self.body)
        lines = self.lines.decode().split(_BETWEEN_SHEETS) if self.lines else [""] * len(told["sheets"])
        sheets = tuple(_sheet(*each) for each in zip(told["sheets"], lines, strict=True))
        return Handed(told["unit"], told["period"], date.fromisoformat(told["due"]), sheets, self.id)


def kept_as(handed: Handed, lines: Sequence[Sequence[str]], more: Mapping[str, str]) -> bytes:
    """Return a hand-out as it is written down.

    Args:
        handed: what was handed out.
        lines: the rows of each of its sheets, as the workbook holds them.
        more: what else is to be known of it: who handed it out, and when.
    """
    held = _BETWEEN_SHEETS.join(map(_BETWEEN_ROWS.join, lines)).encode()
    first = {"version": _VERSION, "unit": handed.unit, **more, "lines": sha256(held).hexdigest()}
    return b"\n".join((json.dumps(first, ensure_ascii=False).encode(), handed.body(), held))


def kept_from(data: bytes, known_as: str) -> Kept:
    """Return what was written down, by docgen of before this form too.

    Args:
        data: the file.
        known_as: the id that its name gives.

    Raises:
        KeyError, TypeError, ValueError: it is not what was written down under that name.
    """
    if data.startswith(b"{\n"):
        return Kept(json.loads(data)["unit"], known_as, data)
    first, body, lines = data.split(b"\n", 2)
    told = json.loads(first)
    if digest(body) != known_as or told["lines"] != sha256(lines).hexdigest():
        raise ValueError
    return Kept(told["unit"], known_as, body, lines, told.get("handed_out", ""), told.get("book", ""))


def digest(body: bytes) -> str:
    """Return the id of a hand-out that says `body`."""
    return sha256(body).hexdigest()[:16]


def _sheet(told: Mapping[str, Any], lines: str) -> HandedSheet:
    if "fields" in told:
        return HandedSheet(told["sheet"], KeptRows(told), lines.split(_BETWEEN_ROWS))
    rows = (HandedRow(tuple(each["key"]), each["said"], frozenset(each["filled"])) for each in told["rows"])
    return HandedSheet(told["sheet"], {each.key: each for each in rows})


def hand(records: Records, unit: Unit, period: str, due: date) -> Handed:
    """Return what a unit is handed; without sheets where no row names it."""
    sheets = (_handed(share, records, unit) for share in SHARES if records.of(share.record) or share.raised)
    kept = [each for each in sheets if each.rows or each.share.raised]
    any_rows = any(each.rows for each in kept)
    found = Handed(unit.short_name, period, due, tuple(kept) if any_rows else ())
    return replace(found, id=digest(found.body()))


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
