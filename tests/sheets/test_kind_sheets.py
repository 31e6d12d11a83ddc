"""The sheets 文种 and 文种设置, and the older sheets that they replace."""

from __future__ import annotations

from typing import Any

import pytest

from docgen.model.kind_row import KindRow
from docgen.model.values import Reach, Retention

CODES = (("文种", "机关代字"), ("告知函", "澄联审办函"), ("通报", "澄联审办通"))
COPIES = (("文种", "抄送对象"), ("告知函", "项目管家、项目业主"), ("会议纪要", "总召集人"))


@pytest.fixture
def old(data: Any) -> Any:
    """The good folder as an earlier docgen had it."""
    (data.path / "文种.xlsx").unlink()
    data.write("发文代字", *CODES)
    data.write("抄送规则", *COPIES)
    return data


def advices(data: Any) -> list[str]:
    return [each.text for each in data.read().advices]


def test_a_row_holds_what_every_kind_has_and_blanks_have_their_usual_meaning(data: Any) -> None:
    data.write(
        "文种",
        ("文种", "机关代字", "抄送", "主送范围", "是否发承办单位", "合并方式", "份数", "保管期限"),
        ("告知函", "澄联审办函", "项目管家、县发改委", "全部", "是", "合并", 3, "30年"),
        ("专报", None, None, None, None, None, None, None),
    )
    full, bare = data.records().of(KindRow)
    assert (full.copies, full.reach, full.to_host) == (("项目管家", "县发改委"), Reach.ALL, True)
    assert (full.grouping, full.copies_count, full.retention) == ("合并", 3, Retention.YEARS_30)
    assert (bare.code, bare.copies, bare.reach, bare.to_host) == (None, (), Reach.OWN_LEVEL, False)


def test_a_kind_has_one_row_and_a_setting_one_value(data: Any) -> None:
    data.write("文种", ("文种", "机关代字"), ("告知函", "甲"), ("告知函", "乙"))
    data.write("文种设置", ("文种", "设置", "值"), ("告知函", "反馈工作日", 3), ("告知函", "反馈工作日", 5))
    assert data.faults() == [
        "文种!A3「文种」：“告知函”与 文种!A2 重复，请改正或删去其中一行",
        "文种设置!A3「文种、设置」：“告知函、反馈工作日”与 文种设置!A2 重复，请改正或删去其中一行",
    ]


def test_settings_are_read_as_written(data: Any) -> None:
    data.write(
        "文种设置", ("文种", "设置", "值"), ("告知函", "反馈工作日", 5), ("督办", "起点", "十个工作日")
    )
    records = data.records()
    assert {each.name: each.value for each in records.settings_of("告知函").values()} == {"反馈工作日": "5"}
    assert {each.name: each.value for each in records.settings_of("督办").values()} == {"起点": "十个工作日"}


def test_old_sheets_make_the_rows_of_the_new_and_are_said_to_be_old(old: Any) -> None:
    records = old.records()
    assert [(each.kind, each.code, each.copies) for each in records.of(KindRow)] == [
        ("告知函", "澄联审办函", ("项目管家", "项目业主")),
        ("通报", "澄联审办通", ()),
        ("会议纪要", None, ("总召集人",)),
    ]
    assert records.kind_row("告知函").origin.place("code") == "发文代字!B2"
    assert advices(old) == [
        (
            "“发文代字”“抄送规则”是旧表，已由“文种”“文种设置”代替，这次仍按旧表读取；"
            "请用 docgen sheets new 文种 文种设置 生成新表，填好后删去旧表"
        )
    ]


def test_faults_of_old_sheets_name_their_own_cells(old: Any) -> None:
    old.write("发文代字", CODES[0], ("告知函", None), ("通报", "甲"), ("通报", "乙"))
    assert old.faults() == [
        "发文代字!B2「机关代字」：没有填，这一项必填，请填机关代字，例如 澄联审办函",
        "发文代字!A4「文种」：“通报”与 发文代字!A3 重复，请改正或删去其中一行",
    ]


@pytest.mark.parametrize(
    ("said", "reach"),
    [("全部审批单位", Reach.ALL), ("本级审批单位", Reach.OWN_LEVEL), (None, Reach.OWN_LEVEL)],
)
def test_old_lines_of_the_mechanism_still_count(old: Any, good: Any, said: str | None, reach: Reach) -> None:
    old.write("工作机制", *good["工作机制"], ("反馈工作日", 4), ("告知函发送范围", said))
    records = old.records()
    assert records.kind_row("告知函").reach is reach
    assert records.kind_row("通报").reach is Reach.OWN_LEVEL
    assert {each.name: each.value for each in records.settings_of("告知函").values()} == {"反馈工作日": "4"}
    assert records.mechanism.extra == {}
    assert records.extra_types(type(records.mechanism)) == {}
    assert (
        "工作机制!B15「反馈工作日」：这一项改在“文种设置”表（文种 告知函，设置 反馈工作日）中设置，"
        "这次仍按它；核对后请删去这一行"
    ) in advices(old)


def test_where_new_sheets_are_the_old_are_ignored_and_it_is_said(data: Any, good: Any) -> None:
    data.write("发文代字", ("文种", "机关代字"), ("告知函", None))
    data.write("文种设置", ("文种", "设置", "值"), ("告知函", "反馈工作日", 5))
    data.write("工作机制", *good["工作机制"], ("反馈工作日", 4), ("告知函发送范围", "全部审批单位"))
    records = data.records()
    assert (records.number_code("告知函"), records.kind_row("告知函").reach) == (
        "澄联审办函",
        Reach.OWN_LEVEL,
    )
    assert {each.name: each.value for each in records.settings_of("告知函").values()} == {"反馈工作日": "5"}
    assert advices(data) == [
        "“发文代字”是旧表，已由“文种”“文种设置”代替，没有读取；核对后请删去旧表",
        (
            "工作机制!B15「反馈工作日」：这一项改在“文种设置”表（文种 告知函，设置 反馈工作日）中设置，"
            "没有读取；核对后请删去这一行"
        ),
        (
            "工作机制!B16「告知函发送范围」：这一项改在“文种”表（告知函的“主送范围”）中设置，"
            "没有读取；核对后请删去这一行"
        ),
    ]


def test_without_new_and_old_sheets_the_new_one_is_missing(data: Any) -> None:
    (data.path / "文种.xlsx").unlink()
    assert data.faults() == ["data 中没有“文种”表。可用 docgen sheets new 文种 生成空白表。"]


def test_two_copies_of_an_old_sheet_are_refused(old: Any) -> None:
    old.write("发文代字", *CODES, book="发文代字 - 副本")
    assert old.faults() == [
        "“发文代字”表同时出现在：发文代字 - 副本.xlsx、发文代字.xlsx，请只留一个，把其余的移出数据文件夹"
    ]
