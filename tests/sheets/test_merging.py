"""Returned cells put together: changes, conflicts, what is settled, whatever the order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docgen.model.approval import Approval
from docgen.model.fields import field_of
from docgen.sheets.round.merging import OFFICE, merge
from docgen.sheets.round.returned import Cell

FIELDS = ("remark", "permit", "state")
WORDS = st.sampled_from(["甲", "乙", "丙"])


def cell(unit: str, field: str, now: str, before: str = "旧", row: str = "3") -> Cell:
    spec = field_of(Approval, field)
    return Cell("手续", (row, "节能审查"), spec, before, now, now, unit, f"{unit}.xlsx", "A1")


CELLS = st.lists(
    st.builds(cell, st.sampled_from(["水", "林", "发"]), st.sampled_from(FIELDS), WORDS), max_size=8
)


@given(CELLS, st.randoms())
def test_the_order_of_files_does_not_matter(cells: list[Cell], random: object) -> None:
    """Any order of the same cells comes to the same."""
    present = {each.place: "旧" for each in cells}
    shuffled = list(cells)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = merge(cells, present), merge(shuffled, present)
    assert [each.cell.place for each in first.changes] == [each.cell.place for each in second.changes]
    assert [each.place for each in first.conflicts] == [each.place for each in second.conflicts]


@given(st.lists(st.tuples(st.sampled_from(["水", "林"]), WORDS), min_size=1, max_size=6))
def test_edits_of_different_cells_never_conflict(edits: list[tuple[str, str]]) -> None:
    """Each cell that one unit alone has changed is a change."""
    cells = [cell(unit, "remark", now, row=str(row)) for row, (unit, now) in enumerate(edits)]
    merged = merge(cells, {each.place: "旧" for each in cells})
    assert (len(merged.changes), merged.conflicts) == (len(cells), ())


def test_two_units_that_say_the_same_agree() -> None:
    merged = merge(
        [cell("水", "remark", "甲"), cell("林", "remark", "甲")], {cell("水", "remark", "").place: "旧"}
    )
    assert [each.cell.now for each in merged.changes] == ["甲"]


def test_what_the_office_has_changed_otherwise_is_a_conflict() -> None:
    one = cell("水", "remark", "甲")
    assert len(merge([one], {one.place: "新"}).conflicts) == 1
    assert merge([one], {one.place: "甲"}).settled == (one,)


def test_a_decision_takes_a_unit_or_the_office() -> None:
    cells = [cell("水", "remark", "甲"), cell("林", "remark", "乙")]
    place = cells[0].place
    present = {place: "旧"}
    assert [each.cell.now for each in merge(cells, present, {place: "林"}).changes] == ["乙"]
    decided = merge(cells, present, {place: OFFICE})
    assert (decided.changes, decided.conflicts) == ((), ())
