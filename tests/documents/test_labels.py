"""Computed labels: a column that clerks add never takes the name of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docgen.documents.declared.conditions import condition_of
from docgen.documents.declared.receivers import rule_of
from docgen.documents.facts import Facts
from docgen.documents.faults import UnknownReceiver
from docgen.documents.labels.fields import derived_of, fields_of
from docgen.documents.labels.paths import Scope, WrongPath
from docgen.model.fields import Record, labels_of
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.schema import BUILT_IN

DATA = Path(__file__).parents[2] / "data"


def with_column(records: Records, values: list[Any]) -> Records:
    """Return records whose first projects have values in an added column 用工."""
    projects = records.of(Project)
    filled = [
        each.model_copy(update={"extra": {"用工": value}})
        for each, value in zip(projects, values, strict=False)
    ]
    tables = {**records.tables, Project: (*filled, *projects[len(filled) :])}
    return replace(records, tables=tables, extras={Project: ("用工",)})


@pytest.mark.parametrize(
    ("values", "written", "met"),
    [
        ([9, 150, 80], "用工 > 100", [150]),
        ([9, 150, 80], "用工 == 80", [80]),
        ([date(2026, 3, 2), date(2025, 12, 31)], "用工 >= '2026-01-01'", [date(2026, 3, 2)]),
        (["甲", "乙"], "用工 == '乙'", ["乙"]),
        (["甲乙", "丙"], "'乙' in 用工", ["甲乙"]),
        ([], "用工 > 100", []),
        ([], "用工 == '乙'", []),
        ([], "'乙' in 用工", []),
    ],
)
def test_an_added_column_compares_as_its_cells_read(
    records: Records, values: list[Any], written: str, met: list[Any]
) -> None:
    added = with_column(records, values)
    condition = condition_of(written, Scope(fields_of(Project, added), {}, added))
    facts = Facts(added, date(2026, 3, 16))
    assert [each.extra["用工"] for each in added.of(Project) if condition.holds(each, facts)] == met


@pytest.mark.parametrize(("values", "written"), [([9], "用工 > '100'"), (["约九人"], "用工 > 100")])
def test_numbers_and_texts_of_an_added_column_are_not_taken_for_each_other(
    records: Records, values: list[Any], written: str
) -> None:
    added = with_column(records, values)
    with pytest.raises(WrongPath, match="数字"):
        condition_of(written, Scope(fields_of(Project, added), {}, added))


@pytest.mark.parametrize("label", ["手续", "序号", "总投资", "清单阶段", "工期说明之一"])
def test_a_field_that_is_nobody_s_name_receives_nothing(records: Records, label: str) -> None:
    with pytest.raises(UnknownReceiver) as refused:
        rule_of(label, "发函.toml 第6行", Scope(fields_of(Project, records), {}, records), records)
    assert label not in refused.value.nearest


@pytest.mark.parametrize("holds", BUILT_IN.types, ids=lambda holds: holds.sheet)
def test_every_computed_label_of_a_sheet_is_refused_to_added_columns(holds: type[Record]) -> None:
    computed = set(derived_of(holds)) - set(labels_of(holds))  # a column of the sheet itself is no added one
    assert set(BUILT_IN.derived.get(holds.sheet, ())) == computed
    assert computed <= set(BUILT_IN.refused(holds.sheet))
