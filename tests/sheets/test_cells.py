"""What single cells hold: texts, numbers, choices, yes and no."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.approval import Approval
from docgen.model.fields import Record, field_of, fields_of
from docgen.model.item import Item
from docgen.model.mechanism import Holiday, Mechanism
from docgen.model.member import Member
from docgen.model.project import Project
from docgen.model.returned import Return
from docgen.model.schema import BUILT_IN
from docgen.model.spelling import odd_characters
from docgen.model.unit import Unit
from docgen.model.values import ApprovalState, Choice, Level, UnitRole
from docgen.sheets.reading.cell_texts import NotUnderstood, clean_text
from docgen.sheets.reading.cells import Parser, Text, parser_for


def read(record: type[Record], name: str) -> Parser:
    return parser_for(field_of(record, name), 2026)


investment = read(Project, "total_investment")
order = read(Unit, "order")
deferred = read(Approval, "deferred")
state = read(Approval, "state")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  澄湖县  水利局 ", "澄湖县水利局"),
        ("澄湖县\n水利局", "澄湖县水利局"),
        ("澄湖县\r\n水利局", "澄湖县水利局"),
        ("澄湖县_x000D_\n水利局", "澄湖县水利局"),
        ("张　三", "张三"),
        ("ＤＮ１００至ＤＮ600", "DN100至DN600"),
        ("ABB Power 系统", "ABB Power系统"),
        ("1 号、2 号", "1号、2号"),
        ("澄\u200b湖\u200d县\ufeff水\u2060利\u00ad局", "澄湖县水利局"),
        ("\u202d0990-7001001\u202c", "0990-7001001"),
        ("\u200e澄湖县\u200f水\u061c利局", "澄湖县水利局"),
        ("R&D <中心>", "R&D <中心>"),
        ("“零碳”园区'一期'\"二期\"", "“零碳”园区'一期'\"二期\""),
        ("../一期/二期\\三期", "../一期/二期\\三期"),
        ("郝喆", "郝喆"),
        ("\U0002b7ef丽", "\U0002b7ef丽"),
        ("王𠮷", "王𠮷"),
        ("★重点〇号①○", "★重点〇号①○"),
        (3, "3"),
        (3.0, "3"),
        (13800000000.0, "13800000000"),
        (2.5, "2.5"),
    ],
)
def test_a_text_keeps_its_characters_and_loses_stray_space(written: Any, kept: str) -> None:
    assert clean_text(written) == kept


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("澄湖县\x0b水利局", "不含控制字符的文字，请删去后重新输入"),
        ("澄湖县_x000B_水利局", "不含控制字符的文字，请删去后重新输入"),
        ("澄湖县\x85\x9f", "不含控制字符的文字，请删去后重新输入"),
        ("进展顺利👍", "不含表情符号的文字，公文中不能使用"),
        ("☎0990", "不含表情符号的文字，公文中不能使用"),
        ("✅已办", "不含表情符号的文字，公文中不能使用"),
        ("=cmd|' /C calc'!A0", "文字，不能以“=”“@”开头"),
        (" =1+1", "文字，不能以“=”“@”开头"),
        ("\u200b=1+1", "文字，不能以“=”“@”开头"),
        ("@SUM(A1)", "文字，不能以“=”“@”开头"),
        ("+cmd|' /C calc'!A0", "文字，以“+”开头的不能有“|”，表格软件会当作命令"),
        ("-2|x", "文字，以“-”开头的不能有“|”，表格软件会当作命令"),
        (date(2026, 1, 3), "文字（表格软件把它当成了日期，请先把单元格格式设为“文本”再填）"),
        (time(8, 0), "文字（表格软件把它当成了日期，请先把单元格格式设为“文本”再填）"),
        (timedelta(1), "文字（表格软件把它当成了日期，请先把单元格格式设为“文本”再填）"),
        (True, "文字"),
        (230199012404011234.0, "文字（数字过长，表格软件只保留前15位，请先把单元格格式设为“文本”再填）"),
        (float("inf"), "文字（数字过长，表格软件只保留前15位，请先把单元格格式设为“文本”再填）"),
    ],
)
def test_a_text_that_no_document_can_carry_is_refused(written: Any, expected: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        clean_text(written)
    assert str(refusal.value) == expected


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])))
def test_a_text_cleaned_once_is_clean(text: str) -> None:
    try:
        once = clean_text(text)
    except NotUnderstood:
        return
    assert clean_text(once) == once
    assert once == once.strip()


@given(st.sets(st.text(st.sampled_from("县A1、（— \n\u200b⻩锟斤拷/无"), max_size=4), min_size=1))
def test_texts_that_stay_as_they_are_when_looked_at_together_do_so_one_by_one(texts: set[str]) -> None:
    for parser in (read(Project, "industry"), read(Project, "name"), read(Member, "name")):
        assert isinstance(parser, Text)
        kept, nothing = parser.as_written(texts) or (set(), set())
        assert {each: parser(each) for each in kept} == {each: each for each in kept}
        assert not any(parser(each) for each in nothing)
        assert not any(character for each in kept for character in odd_characters(each))


def test_a_required_text_of_invisible_characters_is_blank() -> None:
    name = read(Project, "name")
    assert [name(each) for each in ("\u200b", "\u202c \ufeff", "_x000D_", " \n")] == [None] * 4


@pytest.mark.parametrize("mark", ["/", "\\", "-", "--", "—", "——", "－", "无", "暂无", "待定", "空", "N/A"])
def test_a_mark_for_nothing_in_an_optional_text_is_blank(mark: str) -> None:
    assert read(Project, "industry")(mark) is None
    assert read(Project, "name")(mark) == clean_text(mark)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (5.2, "5.2"),
        (5, "5"),
        (5.0, "5"),
        ("5.2", "5.2"),
        ("５．２", "5.2"),
        ("5。2", "5.2"),
        (" 5.2 亿元", "5.2"),
        ("5.2亿", "5.2"),
        ("5200万元", "0.52"),
        ("1,234.5", "1234.5"),
        ("1，234，567", "1234567"),
        ("520000000元", "5.2"),
        (".5", "0.5"),
        (0.1 + 0.2, "0.3"),
        ("+3", "3"),
        ("5.2\u200b", "5.2"),
    ],
)
def test_an_amount_is_read_in_hundred_million_yuan(written: Any, meant: str) -> None:
    found = investment(written)
    assert found == Decimal(meant)
    assert format(found, "f") == meant


@pytest.mark.parametrize(
    "written",
    [
        "约5亿",
        "5.2.1",
        "5,2",
        "5，2",
        "1,23",
        "12,34,567",
        "5天",
        "5.2mm",
        "五",
        "3-5",
        True,
        date(2026, 1, 1),
        "1e3",
        float("inf"),
        float("nan"),
        1e300,
        "9" * 5000,
        "9" * 30_000 + "x",
    ],
)
def test_what_is_no_amount_is_refused(written: Any) -> None:
    with pytest.raises(NotUnderstood, match=r"^数字，单位亿元，例如 5.2$"):
        investment(written)


@pytest.mark.parametrize("written", [3, 3.0, "3", "３", " 3 ", "第3", "3号", "3个", "3\u200b"])
def test_a_whole_number_is_read_in_every_usual_form(written: Any) -> None:
    assert order(written) == 3


@pytest.mark.parametrize(
    "written", [3.5, "3.5", "3万", "3亿元", "三", "3a", True, float("inf"), 1e300, "9" * 5000, time(1)]
)
def test_what_is_no_whole_number_is_refused(written: Any) -> None:
    with pytest.raises(NotUnderstood, match=r"^整数$"):
        order(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("是", True),
        ("否", False),
        ("√", True),
        ("×", False),
        (True, True),
        (False, False),
        (1.0, True),
        (0, False),
        ("Ｙ", True),
        ("x", False),
    ],
)
def test_yes_and_no_are_read_in_every_usual_form(written: Any, meant: bool) -> None:
    assert deferred(written) is meant


def test_yes_and_no_know_no_third() -> None:
    with pytest.raises(NotUnderstood, match=r"^“是”或“否”$"):
        deferred("可能")
    with pytest.raises(NotUnderstood):
        read(Holiday, "working")("不详")


def test_a_choice_is_read_by_any_of_its_words_whatever_the_width_and_space() -> None:
    assert [state(each) for each in ("办结", " 已办结 ", "办 结", "完成")] == [ApprovalState.DONE] * 4
    assert read(Unit, "level")("旗县级") is Level.COUNTY


def test_a_choice_that_is_not_offered_is_refused_with_all_that_are() -> None:
    with pytest.raises(
        NotUnderstood,
        match=r"^“未申报”、“组卷中”、“已受理”、“补正”、“办结”、“无需办理”、“上报上级”、“不予许可”之一$",
    ):
        state("差不多")


def test_a_level_that_may_mean_district_or_region_is_refused() -> None:
    with pytest.raises(NotUnderstood):
        read(Unit, "level")("区级")


@pytest.mark.parametrize("choice", Choice.__subclasses__(), ids=lambda each: each.__name__)
def test_no_word_means_two_choices_of_a_list(choice: type[Choice]) -> None:
    words = [word for each in choice for word in (each.value, *each.also)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    "written",
    [
        "成员单位、审批单位",
        "成员单位，审批单位",
        "成员单位,审批单位",
        "成员；审批",
        "成员单位\n审批部门",
        "成员单位、、审批单位、",
        "成员单位_x000D_\n审批单位",
        "成员单位、\u200b、审批单位",
    ],
)
def test_several_values_are_split_at_every_usual_separator(written: str) -> None:
    assert read(Unit, "roles")(written) == (UnitRole.MEMBER, UnitRole.APPROVING)


@pytest.mark.parametrize("written", [None, "", "、", "无", "/", "、 、", "\u200b"])
def test_no_values_are_a_blank(written: Any) -> None:
    assert read(Item, "aliases")(written) is None


def test_a_number_among_several_values_is_a_text() -> None:
    assert read(Item, "aliases")(3.0) == ("3",)


@pytest.mark.parametrize(
    ("record", "name"), [(Member, "name"), (Approval, "responsible"), (Mechanism, "contact")]
)
@pytest.mark.parametrize("written", ["张三\n李四", "张三 _x000D_\n 李四", "王𠮷\n\n𠮷田", "副县长\r张三"])
def test_names_on_lines_of_their_own_are_not_run_together(
    record: type[Record], name: str, written: str
) -> None:
    with pytest.raises(NotUnderstood, match="几个人的用顿号隔开"):
        read(record, name)(written)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("张三、\n李四", "张三、李四"),
        ("\n张　三\n", "张三"),
        ("张三\n（水利）", "张三（水利）"),
        ("张三\n0990-7001001", "张三0990-7001001"),
        ("阿依古丽·\n买买提", "阿依古丽·买买提"),
    ],
)
def test_a_line_that_ends_within_one_name_parts_nothing(written: str, kept: str) -> None:
    assert read(Approval, "responsible")(written) == kept


def test_a_measure_in_a_form_may_carry_its_unit() -> None:
    assert read(Mechanism, "seal_diameter")("42毫米") == 42


@pytest.mark.parametrize(
    ("parser", "written"),
    [
        (investment, "6.8①"),
        (investment, "6.8 ²"),
        (investment, "６．８⑴亿元"),
        (order, "1③"),
        (read(Approval, "submitted"), "2026-01-3①"),
        (read(Project, "planned_start"), "2026年1①月"),
        (read(Return, "period"), "2026年3月1①日"),
    ],
)
def test_the_number_of_a_note_is_no_digit(parser: Parser, written: str) -> None:
    with pytest.raises(NotUnderstood, match="注号"):
        parser(written)


@pytest.mark.parametrize("parser", [read(Return, "period"), read(Project, "planned_start")])
def test_a_number_of_which_the_last_zero_may_be_lost_is_no_month(parser: Parser) -> None:
    with pytest.raises(NotUnderstood, match="分不清是1月还是10月"):
        parser(2026.10)
    assert parser("2026.10") == parser("2026年10月")
    assert parser(2026.03) == parser("2026年3月")


@pytest.mark.parametrize("record", BUILT_IN.types, ids=lambda each: each.__name__)
def test_every_column_has_a_parser_and_takes_its_own_example(record: type[Record]) -> None:
    for spec in fields_of(record):
        if spec.column.example:
            assert parser_for(spec, 2026)(spec.column.example) not in (None, "")
