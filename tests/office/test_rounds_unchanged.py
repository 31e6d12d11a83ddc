"""Rows of returns that say what they were handed out with: passing over them finds what reading every row finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from docgen.errors import DocgenError
from docgen.office.round.handing_out import sheets_of
from docgen.rules.periods import read_period
from docgen.sheets.opening.workbook import Workbook
from docgen.sheets.round.handed import Handed, hand, kept_as, kept_from
from docgen.sheets.round.handout import handed_workbook
from docgen.sheets.round.returned import Returned, index_of, read_returned
from docgen.sheets.round.unchanged import Reading
from docgen.sheets.writing.in_place import Edit, edited
from docgen.workspace import Workspace
from tests.conftest import REPOSITORY

COLUMNS = {"手续": "ABCDEFGHIJKLMNOPQRSTU", "问题": "ABCDEFGHIJ", "项目": "ABCDEF"}
VALUES = st.sampled_from([
    None, "已催", "办结", "已办结", "2026.3.18", "上周", "7", 7, "节能审查", "水土保持方案", "县水利局", "无",
    "张三,李四", "无需办理", " ", "合计", "=1+1", date(2026, 3, 2), True,
])  # fmt: skip
CELL = st.sampled_from(sorted(COLUMNS)).flatmap(
    lambda sheet: st.tuples(st.just(sheet), st.sampled_from(COLUMNS[sheet]), st.integers(3, 14))
)


@dataclass(repr=False)
class Trial:
    """What the water bureau is handed, its workbook, and two ways of reading it when it comes back."""

    handed: Handed
    book: bytes
    readings: tuple[Reading, Reading]

    def read(self, data: bytes, *, known_only: bool = False) -> list[Returned]:
        """Read a workbook with what is known of its rows, and, unless told otherwise, without."""
        unknown = replace(self.handed, sheets=tuple(replace(each, lines=()) for each in self.handed.sheets))
        book = Workbook(Path("水利.xlsx"), data).checked()
        ways = list(zip((self.handed, unknown), self.readings, strict=True))
        return [read_returned(book, *way) for way in (ways[:1] if known_only else ways)]


@pytest.fixture(scope="module")
def trial() -> Trial:
    records = Workspace.find(REPOSITORY).records()
    unit = records.find_unit("县水利局")
    handed = hand(records, unit, "2026-03中旬", date(2026, 3, 20))
    book = handed_workbook(handed, unit.name, read_period("2026-03中旬").name, sheets_of(records))
    lines = [Workbook(Path("水利.xlsx"), book).sheet(each.sheet).lines for each in handed.sheets]
    kept = kept_from(kept_as(handed, lines, {"by": "陶映雪"}), handed.id)
    assert kept.unit == "县水利局"
    return Trial(kept.handed(), book, (Reading(index_of(records), 2026), Reading(index_of(records), 2026)))


def by_place(cells: Mapping[tuple[str, str, str], object]) -> dict[str, dict[str, Edit]]:
    found: dict[str, dict[str, Edit]] = {}
    for (sheet, letter, row), value in cells.items():
        found.setdefault(sheet, {})[f"{letter}{row}"] = Edit(value)
    return found


def said(found: Returned) -> tuple[Any, ...]:
    """What a return says: changes, rows added, faults."""
    cells = {(*each.place, each.before, each.now, each.address) for each in found.cells}
    raised = [(each.row, sorted(each.values.items(), key=str)) for each in found.raised]
    return cells, str(raised), sorted(map(str, found.faults))


@settings(deadline=None, max_examples=60)
@given(cells=st.dictionaries(CELL, VALUES, max_size=8))
def test_what_is_found_does_not_depend_on_what_is_passed_over(
    trial: Trial, cells: dict[tuple[str, str, str], object]
) -> None:
    """Whatever is written into any cells, locked ones and keys too, changes and faults are those of reading all."""
    try:
        data = edited(trial.book, by_place(cells), "水利.xlsx")
    except DocgenError:  # a cell that is merged with others
        reject()
    known, unknown = trial.read(data)
    assert said(known) == said(unknown)


def test_an_unchanged_return_is_not_parsed_at_all(trial: Trial) -> None:
    """Of a workbook as it was handed out there is nothing to say, read either way."""
    known, unknown = trial.read(trial.book)
    assert (known.cells, known.raised, known.faults, known.advices) == ([], [], [], [])
    assert said(known) == said(unknown)


def test_what_was_written_down_is_known_by_its_digest(trial: Trial) -> None:
    """A hand-out whose file was changed in any part, or put under another name, is not read."""
    handed = trial.handed
    data = kept_as(handed, [each.lines for each in handed.sheets], {"by": "陶映雪"})
    assert kept_from(data, handed.id).handed().sheets[0].rows == handed.sheets[0].rows
    for place in (data.index("水土保持方案".encode()), data.rindex("水土保持方案".encode())):
        with pytest.raises(ValueError):  # noqa: PT011  # of any kind
            kept_from(data[:place] + b"x" + data[place + 1 :], handed.id)
    with pytest.raises(ValueError):  # noqa: PT011
        kept_from(data, "0" * 16)


def test_a_round_begun_by_an_earlier_docgen_goes_on(trial: Trial) -> None:
    """What was written down as one JSON value, row by row, is read as it was meant."""
    earlier = (
        '{\n "unit": "县水利局", "period": "2026-03中旬", "due": "2026-03-20", "sheets": [{"sheet": "手续", "rows":'
        ' [{"key": ["7", "水土保持方案"], "said": {"state": "已受理"}, "filled": ["state"]}]}]}'
    )
    found = kept_from(earlier.encode(), "0123456789abcdef").handed()
    row = found.sheets[0].row(("7", "水土保持方案"))
    assert row is not None
    assert (found.id, row.said["state"], row.filled) == ("0123456789abcdef", "已受理", {"state"})
