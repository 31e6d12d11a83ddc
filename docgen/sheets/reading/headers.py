"""Finding a sheet's header and what stands under each column, wherever the clerk moved it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.errors import Advice, DocgenError
from docgen.model.fields import FieldSpec
from docgen.model.names import nearest, plain
from docgen.sheets.addresses import address_of
from docgen.sheets.faults import MissingColumn, NoHeader, OtherUnit, RepeatedColumn, ReservedColumn
from docgen.sheets.opening.grid import Grid, Rows
from docgen.sheets.reading.extra import BRACKETS, extra_label
from docgen.sheets.reading.heads import compared
from docgen.sheets.reading.joined import joined

_SEARCHED: Final = 30
_UNIT: Final = re.compile("亿元|[百千]?万元|[百千]?万|千元|元|亿|毫米|厘米")
_YEAR: Final = re.compile(r"(20\d{2})年(?!\d{1,2}月)")
_STATED: Final = re.compile("单位[:：]?(.*)")


@dataclass(frozen=True)
class Layout:
    """Where the data of a sheet stand, counted from 0.

    Args:
        first: the first data row.
        columns: the column of each field by its English name.
        extras: the column of each added field by its label.
    """

    first: int
    columns: Mapping[str, int]
    extras: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What a search for the header brought: a layout unless a fault forbids it."""

    layout: Layout | None
    faults: tuple[DocgenError, ...] = ()
    advices: tuple[Advice, ...] = ()


def heading(value: Any) -> str:
    """Return a header as it is compared: without brackets, marks of required columns and white space."""
    return compared(value) if isinstance(value, str) else ""


def find_header(
    grid: Grid,
    shown: str,
    specs: Sequence[FieldSpec],
    refused: Collection[str] = (),
    year: int | None = None,
) -> Found:
    """Find the rows that hold most of the headers of `specs` in the first 30 rows: one, or up to three joined.

    Args:
        grid: the sheet.
        shown: the sheet as messages write it.
        specs: the fields looked for; missing optional ones are no fault.
        refused: labels that no added column may have.
        year: of the mechanism; a title of an earlier one is asked about.
    """
    labels = {plain(word): spec for spec in specs for word in (*spec.column.also, spec.label)}
    scores = [sum(heading(each) in labels for each in row) for row in grid.rows[:_SEARCHED]]
    best = max(scores, default=0)
    if best < min(2, len(specs)):
        return Found(None, (NoHeader(shown, tuple(spec.header for spec in specs if spec.required)),))
    row = scores.index(best)
    heads = joined(grid, row, labels)
    if heads is None:
        found = _laid_out(grid.rows, row, shown, labels, refused)
    else:
        row = heads.block.top
        found = _laid_out([*grid.rows[:row], heads.header], row, shown, labels, refused)
        found = replace(
            found,
            layout=found.layout and replace(found.layout, first=heads.block.bottom + 1),
            advices=(*found.advices, *heads.told(shown)),
        )
    return replace(found, advices=(*found.advices, *stale_title(grid.rows[:row], shown, year)))


def _laid_out(
    rows: Rows, row: int, shown: str, labels: Mapping[str, FieldSpec], refused: Collection[str]
) -> Found:
    places: dict[str, list[int]] = {}
    for index, value in enumerate(rows[row]):
        if spec := labels.get(heading(value)):
            places.setdefault(spec.name, []).append(index)
    strange = [str(value).strip() for value in rows[row] if heading(value) and heading(value) not in labels]
    absent = [spec for spec in _each_once(labels) if spec.name not in places]
    faults = [*_repeated(places, row, shown, labels), *_missing(absent, strange, shown)]
    faults += _other_units(rows[: row + 1], places, shown, labels)
    unsure = _unit_line_against_header(rows[: row + 1], places, shown, labels)
    added = _added(rows[row], labels)
    faults += _refused(added, row, shown, refused)
    first = row + 1
    while first < len(rows) and rows[first] == rows[row]:  # a header merged over two rows
        first += 1
    extras = {label: found[0] for label, found in added.items() if len(found) == 1}
    layout = Layout(first, {name: found[0] for name, found in places.items()}, extras)
    advices = [*_misspelt(absent, strange, shown, extras), *_twice(added, row, shown), *unsure]
    return Found(None if faults else layout, tuple(faults), tuple(advices))


def _each_once(labels: Mapping[str, FieldSpec]) -> Iterable[FieldSpec]:
    """Return the fields, of which each may be known by several words."""
    return {spec.name: spec for spec in labels.values()}.values()


def stale_title(rows: Rows, shown: str, year: int | None) -> list[Advice]:
    """Ask about a title that speaks of no year but an earlier one: last year's, left standing on top."""
    titles = [cell for each in rows for cell in each if isinstance(cell, str)]
    said = [int(found) for title in titles for found in _YEAR.findall("".join(title.split()))]
    if not year or not said or max(said) >= year:
        return []
    words = f"{shown}：标题写的是{max(said)}年，工作机制表的年度是{year}年，是不是上一年的标题没有改？"
    return [Advice("title-stale", words)]


def _added(header: Sequence[Any], labels: Mapping[str, FieldSpec]) -> dict[str, list[int]]:
    """Return the columns of each label that no field has."""
    found: dict[str, list[int]] = {}
    shown: dict[str, str] = {}
    for index, value in enumerate(header):
        label = extra_label(value) if heading(value) not in labels else ""
        if label:
            found.setdefault(shown.setdefault(plain(label), label), []).append(index)
    return found


def _refused(
    added: Mapping[str, Sequence[int]], row: int, shown: str, refused: Collection[str]
) -> list[DocgenError]:
    names = {plain(each) for each in refused}
    return [
        ReservedColumn(shown, address_of(row, index), label)
        for label, found in added.items()
        if plain(label) in names
        for index in found
    ]


def _twice(added: Mapping[str, Sequence[int]], row: int, shown: str) -> list[Advice]:
    return [
        Advice(
            "column-twice",
            f"{shown}：列「{label}」出现了{len(found)}次"
            f"（{'、'.join(address_of(row, each) for each in found)}），没有读取；要读取请各起名称",
        )
        for label, found in added.items()
        if len(found) > 1
    ]


def _repeated(
    places: Mapping[str, list[int]], row: int, shown: str, labels: Mapping[str, FieldSpec]
) -> list[DocgenError]:
    headers = {spec.name: spec.header for spec in _each_once(labels)}
    return [
        RepeatedColumn(shown, headers[name], tuple(address_of(row, each) for each in found))
        for name, found in places.items()
        if len(found) > 1
    ]


def _other_units(
    rows: Rows, places: Mapping[str, Sequence[int]], shown: str, labels: Mapping[str, FieldSpec]
) -> list[DocgenError]:
    """Return a fault for each column whose header, or a line above it (单位：万元), gives another unit of measure.

    Args:
        rows: the rows down to the header, which is the last.
        places: the columns of each field.
        shown: the sheet as messages write it.
        labels: the fields by their plain labels.
    """
    above = unit_above(rows)
    faults: list[DocgenError] = []
    for spec, index, own in _measured(rows[-1], places, labels):
        unit = own or above
        if unit and not _same_unit(unit, spec):
            place = (shown, address_of(len(rows) - 1, index), spec.header)
            faults.append(OtherUnit(*place, unit, spec.column.unit))
    return faults


def _unit_line_against_header(
    rows: Rows, places: Mapping[str, Sequence[int]], shown: str, labels: Mapping[str, FieldSpec]
) -> list[Advice]:
    """Ask once about headers whose own unit of measure is right while the line above them gives another."""
    above = unit_above(rows)
    held = [spec for spec, _, own in _measured(rows[-1], places, labels) if own and _same_unit(own, spec)]
    if not above or not held or _same_unit(above, held[0]):
        return []
    words = f"表上方写的单位是“{above}”，表头「{held[0].header}」写的是“{held[0].column.unit}”，已按表头读取，请核对"
    return [Advice("unit-line-differs", f"{shown}：{words}")]


def _measured(
    header: Sequence[Any], places: Mapping[str, Sequence[int]], labels: Mapping[str, FieldSpec]
) -> Iterator[tuple[FieldSpec, int, str]]:
    """Yield the columns of money and lengths with the unit of measure that their header gives; empty for none."""
    for spec in _each_once(labels):
        for index in places.get(spec.name, ()) if unit_in(spec.column.unit) else ():
            yield spec, index, unit_in("".join(BRACKETS.findall(_squeezed(header[index]))))


def unit_above(rows: Rows) -> str:
    """Return the unit of measure that a line above the header gives; empty for none."""
    said = [found[1] for each in rows[:-1] for cell in each if (found := _STATED.search(_squeezed(cell)))]
    return next((unit for each in said if (unit := unit_in(each))), "")


def _same_unit(unit: str, spec: FieldSpec) -> bool:
    return unit.rstrip("元") == spec.column.unit.rstrip("元")


def unit_in(text: str) -> str:
    """Return the unit of measure that a text names; empty for none."""
    found = _UNIT.search(text)
    return found[0] if found else ""


def _squeezed(value: Any) -> str:
    return "".join(value.split()) if isinstance(value, str) else ""


def _missing(absent: Sequence[FieldSpec], strange: Sequence[str], shown: str) -> list[DocgenError]:
    return [
        MissingColumn(shown, spec.header, nearest(spec.label, strange, 1)) for spec in absent if spec.required
    ]


def _misspelt(
    absent: Sequence[FieldSpec], strange: Sequence[str], shown: str, extras: Collection[str]
) -> list[Advice]:
    """Speak up when an optional column seems to stand under a misspelt header."""
    looks_like = [(spec, nearest(spec.label, strange, 1)) for spec in absent if not spec.required]
    return [
        Advice(
            "column-misspelt",
            f"{shown}：列「{found[0]}」{'读作另加的列' if extra_label(found[0]) in extras else '没有读取'}，"
            f"是不是应写作「{spec.header}」？",
        )
        for spec, found in looks_like
        if found
    ]
