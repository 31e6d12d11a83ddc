"""Lines of a table that are no records are passed over with a word, and doubtful values are asked about."""

from __future__ import annotations

from typing import Any

import pytest

from docgen.model.project import Project

HEAD = ("序号", "项目名称", "项目类型", "总投资（亿元）", "清单阶段", "计划开工")
ONE = (1, "澄湖县供水管网改造工程", "政府投资", 1.86, "终稿", "2026年3月")
TWO = (3, "绿色建材生产线项目", "企业投资", 6.8, "终稿", "2026年9月")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (("合计", None, None, 8.66), "“合计”是合计行"),
        (("合 计", None, None, 8.66), "“合 计”是合计行"),
        ((None, "合计：2个", None, 8.66), "“合计：2个”是合计行"),
        ((None, "总合计", "2个", 8.66), "“总合计”是合计行"),
        (("小计", "小计", "小计", 8.66), "“小计”是合计行"),
        (
            ("填表人：陶映雪    填表日期：2026年3月16日",),
            "“填表人：陶映雪    填表日期：2026年3月16日”是填表信息",
        ),
        (("填报单位（盖章）：",), "“填报单位（盖章）：”是填表信息"),
        (
            ("单位负责人（签字）：", None, "审核人：", None, "填表人：陶映雪"),
            "“单位负责人（签字）：”是填表信息",
        ),
        (
            ("注：总投资以批复为准，2026年数据截至3月。",),
            "“注：总投资以批复为准，2026年数据截至3月。”是表下的说明",
        ),
        ((None, "备注：1.本表按月更新。"), "“备注：1.本表按月更新。”是表下的说明"),
        (("一、政府投资项目",), "“一、政府投资项目”是分组的标题"),
        (("（一）公路26项",), "“（一）公路26项”是分组的标题"),
        (("一、交通（94个）", None, None, 123.4), "“一、交通（94个）”是分组的标题"),
        (("【预备】(1个)",), "“【预备】(1个)”是分组的标题"),
        (("政府投资项目",), "“政府投资项目”是分组的标题"),
        (("澄湖经济开发区12个",), "“澄湖经济开发区12个”是分组的标题"),
        ((None, "望泽镇", "2个", 8.66), "“望泽镇”是分组的标题"),
        ((None, "县发改委", None, 8.66), "“县发改委”是分组的标题"),
        (("其中：政府投资", None, None, 1.86), "“其中：政府投资”是合计行"),
        ((None, "全县", "2个", 8.66), "“全县”是合计行"),
        (HEAD, "“序号”是重复的表头"),
    ],
)
def test_a_line_that_is_no_record_is_passed_over_with_a_word(data: Any, line: Any, what: str) -> None:
    for rows in ((line, ONE, TWO), (ONE, line, TWO), (ONE, TWO, (), line)):
        if rows[0] == HEAD:
            continue  # two lines of header are one header
        data.write("项目", HEAD, *rows)
        reading = data.read()
        assert [str(each) for each in reading.faults] == []
        assert [each.number for each in reading.records.of(Project)] == [1, 3]
        row = 2 + rows.index(line)
        assert [each.text for each in reading.advices] == [f"项目 第{row}行：{what}，没有读取"]


@pytest.mark.parametrize(
    "line",
    [
        (5, "新建充电站32个", None, None, None),
        (None, "澄湖县城区道路改造工程", None, None, None),
        (None, "澄湖县城区老旧小区", None, 8.66, None),
        (5, "一、二期改造工程", None, None, None),
        (None, "合计核算中心建设工程", "企业投资", 2, "终稿"),
        ("五", "城区道路", "企业投资", 2, "终稿"),
        (5, None, None, None, None),
        (None, "注水井改造", "企业投资", 2, "终稿"),
    ],
)
def test_a_record_that_lacks_something_is_still_one_with_faults(data: Any, line: Any) -> None:
    data.write("项目", HEAD, ONE, TWO, line)
    assert data.faults()
    assert all(each.startswith("项目!") for each in data.faults())


def test_a_record_that_is_called_like_a_total_is_read(data: Any) -> None:
    data.write("项目", HEAD, ONE, TWO, (5, "合计", "企业投资", 2, "终稿", None))
    assert [each.name for each in data.records().of(Project)][-1] == "合计"


def test_lines_of_other_sheets_are_passed_over_too(data: Any, good: Any) -> None:
    header, *rows = good["手续"]
    data.write(
        "手续",
        header,
        ("一、县级审批事项",),
        *rows,
        ("合计",),
        ("填报人：周景明", None, "联系电话：7000101"),
    )
    assert data.faults() == []
    assert [each.text.split("：")[0] for each in data.read().advices] == [
        "手续 第2行",
        "手续 第4行",
        "手续 第5行",
    ]


def test_a_unit_with_a_telephone_number_and_no_serial_is_no_heading(data: Any, good: Any) -> None:
    """Only sums beside a name make it the head of a group."""
    header, *rows = good["单位"]
    data.write(
        "单位", (*header, "联系电话"), *rows, (None, "澄湖县水利局", None, None, None, None, 9907001006)
    )
    assert data.faults()[0].startswith("单位!A5「序号」：没有填")


def test_amounts_and_telephone_numbers_are_asked_about_with_their_cells(data: Any, good: Any) -> None:
    data.write("项目", HEAD, (*ONE[:3], 18600, *ONE[4:]), TWO)
    header, *rows = good["人员"]
    data.write("人员", (*header, "联系电话"), (*rows[0], 9907000101), (*rows[1], "1.38E+10"))
    reading = data.read()
    assert reading.faults == ()
    assert [each.text for each in reading.advices] == [
        "人员!F2「联系电话」：写的是“9907000101”，不像电话号码，是不是少了开头的0？",
        "人员!F3「联系电话」：写的是“1.38E+10”，表格软件改写过这个号码，请把单元格格式设为“文本”后重新填写",
        "项目!D2「总投资（亿元）」：写的是18600亿元，是不是18600万元（1.86亿元）？",
        "以上问到的数据核对无误的，在该行的“核对说明”列写明情况（没有这一列的加上），就不再问；不影响起草",
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("澄湖县⽔厂⼯程", "澄湖县水厂工程"),
        ("⺠⽣⻋间⻓廊", "民生车间长廊"),
        ("⼾籍⼤厅", "户籍大厅"),
        ("兴\uf9dc路", "兴隆路"),
    ],
)
def test_look_alikes_of_hanzi_become_them(data: Any, written: str, read: str) -> None:
    data.write("项目", HEAD, ONE, (3, written, *TWO[2:]))
    assert data.project().name == read


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("澄湖县\ufffd厂工程", "不含乱码的文字，请重新输入"),
        ("锟斤拷工程", "不含乱码的文字，请重新输入"),
        ("\u2e80工程", "规范的汉字（“\u2e80”是部首符号，不是汉字，请重新输入）"),
    ],
)
def test_damaged_characters_are_refused_with_their_cell(data: Any, written: str, expected: str) -> None:
    data.write("项目", HEAD, ONE, (3, written, *TWO[2:]))
    assert data.faults()[0] == f"项目!B3「项目名称」：写的是“{written}”，要填{expected}"


def test_a_character_of_one_computer_alone_is_refused(data: Any) -> None:
    """Private-use characters of old input methods are a blank box on every other computer."""
    data.write("项目", HEAD, ONE, (3, "\ue000工程", *TWO[2:]))
    assert "有自造字 U+E000，换一台电脑显示不出来" in data.faults()[0]
