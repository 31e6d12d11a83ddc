"""A sheet is read column by column, and row by row where something in it is at fault: both come to the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.model.member import Member
from docgen.sheets.reading import reader
from docgen.sheets.reading.reader import Reading, read_folder
from tests.sheets.conftest import DataFolder

COLUMNS: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "项目": ((1, 3, 3.0, "绿色建材生产线项目"), ("没有的项目", "")),
    "审批事项": (("节能审查", "能评", "用地预审"), ("",)),
    "层级": (("县级", "", "市级", "旗级"), ("坏的",)),
    "审批单位": (("县发改委", "", "县国土局"), ("没有的局",)),
    "责任人": (("周景明", "", "/", "周 景明", "王\u200b五", "⻩三", "张三、李四"), ("锟斤拷", 12.5)),
    "缺少要件": (("", "承诺函", "承诺函、权属证明", "相关材料"), ("长" * 201,)),
    "申报日期": ((date(2026, 1, 5), "2026.1.5", "1月底", "", "无"), ("坏的", True)),
    "办结日期": ((date(2026, 2, 5), "3.1"), ("2025.1.5", "")),
    "状态": (("办结", "未申报", "已受理", "无需办理"), ("", "别的")),
    "证照编号": (("澄审〔2026〕1号", "", 12, 0), (True, "长" * 61)),
    "楼层": ((1, "2", "", "三", date(2026, 1, 1)), (True,)),
}
"""By column of approvals, what may stand in it and what is at fault or odd, which few rows have."""
CELLS = (st.sampled_from(good * 20 + bad) for good, bad in COLUMNS.values())
ROWS = st.lists(st.tuples(*CELLS), min_size=1, max_size=4)


def by_row(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Reading:
    """Read a folder as if something were at fault in every sheet."""
    with monkeypatch.context() as patched:
        patched.setattr(reader, "made_at_once", lambda *_: None)
        return read_folder(folder, "data")


def told(reading: Reading) -> tuple[Any, ...]:
    """Return all that a reading brought, where every record stands included."""
    tables = reading.records.tables if reading.records else {}
    shown = {record.sheet: [(repr(each), hash(each)) for each in made] for record, made in tables.items()}
    return list(map(str, reading.faults)), list(map(str, reading.advices)), shown


def test_the_sample_workspace(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = read_folder(workspace / "data", "data")
    assert found.records is not None
    assert told(found) == told(by_row(workspace / "data", monkeypatch))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_any_sheet_of_approvals(data: DataFolder, monkeypatch: pytest.MonkeyPatch, rows: Any) -> None:
    data.write("手续", tuple(COLUMNS), *rows)
    assert told(data.read()) == told(by_row(data.path, monkeypatch))


def test_names_that_are_put_right(data: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    head = ("序号", "姓名", "单位", "职务", "机制职务")
    people = ("阿依古丽.买买提", "阿依古丽·买买提", "周景明", "陈平(1)", "郝 喆")
    data.write("人员", head, *((n, name, "县发改委", f"职务{n}", None) for n, name in enumerate(people, 1)))
    found = data.read()
    assert found.records is not None
    assert [each.name for each in found.records.of(Member)][:2] == ["阿依古丽·买买提"] * 2
    assert told(found) == told(by_row(data.path, monkeypatch))
