"""Sheets that a workspace declares: read, checked, linked and written blank like any other, without code."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.documents.identity import component_of
from docgen.errors import Problems
from docgen.model.fields import Shape, fields_of, labels_of
from docgen.model.member import Person
from docgen.model.records import Records
from docgen.model.schema import BUILT_IN, Schema
from docgen.model.spans import Month, MonthDay
from docgen.model.unit import Unit
from docgen.sheets.declaring.declaration import SheetFile
from docgen.sheets.declaring.declarations import Links, read_declarations
from docgen.sheets.declaring.declared import types_of
from docgen.sheets.reading.reader import Reading, read_folder
from docgen.sheets.writing.arrangement import TAKEN
from docgen.sheets.writing.books import UnknownSheet, files_of, offered_by
from docgen.toml import Toml
from docgen.workspace import Workspace

VISIT = """
title = "走访台账"
key = ["编号"]
[[columns]]
label = "编号"
required = true
[[columns]]
label = "需办单位"
shape = "关联"
to = "单位"
[[columns]]
label = "走访人"
shape = "关联"
to = "人员"
many = true
"""
HEAD = ("编号", "需办单位", "走访人")


def column(label: str, *lines: str) -> str:
    return "\n".join(["[[columns]]", f'label = "{label}"', *lines, ""])


@dataclass
class Own:
    """Declarations beside the good data folder."""

    folder: Path
    data: Any

    def declare(self, name: str, text: str) -> None:
        (self.folder / f"{name}.toml").write_text(text, "utf-8")

    def schema(self) -> Schema:
        found = read_declarations(self.folder, "sheets", TAKEN, tuple(BUILT_IN.linkable()))
        return BUILT_IN.with_own(types_of(found))

    def faults(self, name: str | None = None, text: str = "") -> list[str]:
        """Return what is wrong with the declarations."""
        if name:
            self.declare(name, text)
        with pytest.raises(Problems) as refusal:
            self.schema()
        return [str(each) for each in refusal.value.faults]

    def read(self) -> Reading:
        return read_folder(self.data.path, "data", (), self.schema())

    def records(self) -> Records:
        reading = self.read()
        assert [str(each) for each in reading.faults] == []
        assert reading.records
        return reading.records


@pytest.fixture
def own(tmp_path: Path, data: Any) -> Own:
    folder = tmp_path / "sheets"
    folder.mkdir()
    return Own(folder, data)


@pytest.fixture
def visits(own: Own) -> Own:
    own.declare("走访", VISIT)
    own.data.write("走访", HEAD, ("甲-1", "县国土局", "周景明、郝喆"), ("甲-2", None, None))
    return own


def test_a_declared_sheet_is_read_and_linked(visits: Own) -> None:
    records = visits.records()
    first, second = records.named("走访")
    labels = labels_of(type(first))
    unit = getattr(first, labels["需办单位"].name)
    assert unit is records.of(Unit)[1]
    assert [each.name for each in getattr(first, labels["走访人"].name)] == ["周景明", "郝喆"]
    assert getattr(second, labels["需办单位"].name) is None
    assert getattr(second, labels["走访人"].name) == ()
    assert first.origin is not None
    assert first.origin.place(labels["走访人"].name) == "走访!C2"


def test_what_links_to_a_record_is_found(visits: Own) -> None:
    records = visits.records()
    record = type(records.named("走访")[0])
    names = {label: spec.name for label, spec in labels_of(record).items()}
    first = records.named("走访")[0]
    assert records.linking(record, names["需办单位"], records.find_unit("县国土局")) == (first,)
    assert records.linking(record, names["走访人"], records.find_named(Person, "郝喆")) == (first,)
    assert records.linking(record, names["需办单位"], records.find_unit("县发改委")) == ()


def test_a_declared_record_is_found_by_its_key(visits: Own) -> None:
    records = visits.records()
    first, _ = records.named("走访")
    assert records.find_named(type(first), "甲-1") is first  # type: ignore[type-var]


SHAPES = """
[[columns]]
label = "字"
[[columns]]
label = "长"
shape = "长文字"
[[columns]]
label = "整"
shape = "整数"
[[columns]]
label = "2026年投资"
shape = "小数"
unit = "亿元"
[[columns]]
label = "日"
shape = "日期"
[[columns]]
label = "月"
shape = "年月"
[[columns]]
label = "月日"
shape = "月日"
[[columns]]
label = "能否"
shape = "是否"
[[columns]]
label = "态"
shape = "选择"
choices = ["已办", "未办"]
[[columns]]
label = "态多"
shape = "选择"
choices = ["甲", "乙"]
many = true
[[columns]]
label = "copy"
many = true
[[columns]]
label = "哪期"
shape = "时段"
"""


def test_every_shape_is_read_as_the_same_shape_of_a_sheet_of_docgen(own: Own) -> None:
    own.declare("杂项", SHAPES)
    cells = (
        "Ａ1",
        "一、二",
        "3个",
        "5000万元",
        "2026年1月底",
        "2026.5",
        "2月末",
        "√",
        " 已办 ",
        "乙、甲",
        "x、y",
        "2026年3月上旬",
    )
    headers = (
        "字",
        "长",
        "整",
        "2026年投资（亿元）",
        "日",
        "月",
        "月日",
        "能否",
        "态",
        "态多",
        "copy",
        "哪期",
    )
    own.data.write("杂项", headers, cells)
    (made,) = own.records().named("杂项")
    values = [getattr(made, spec.name) for spec in fields_of(type(made))]
    assert values == [
        "A1", "一、二", 3, Decimal("0.5"), date(2026, 1, 31), Month(2026, 5), MonthDay(2, 31), True, "已办",
        ("乙", "甲"), ("x", "y"), "2026年3月上旬",
    ]  # fmt: skip
    assert [spec.header for spec in fields_of(type(made))] == list(headers)
    assert {spec.shape for spec in fields_of(type(made))} == set(Shape) - {Shape.LINK}


def test_a_number_may_have_the_unit_of_its_column_behind_it(own: Own) -> None:
    area = column("面积", 'shape = "小数"', 'unit = "亩"')
    own.declare("用地", area + column("户数", 'shape = "整数"', 'unit = "户"'))
    own.data.write("用地", ("面积（亩）", "户数（户）"), ("126.5亩", "３户"), ("126.5公顷", 3))
    assert [str(each) for each in own.read().faults] == [
        "用地!A3「面积（亩）」：写的是“126.5公顷”，要填数字，单位亩，例如 5.2"
    ]


def test_texts_are_no_longer_than_a_document_can_hold(own: Own) -> None:
    own.declare("走访", column("短", "many = true") + column("长", 'shape = "长文字"'))
    own.data.write("走访", ("短", "长"), ("甲" * 200 + "、乙", "长" * 2000), ("甲" * 201, "长" * 2001))
    assert [str(each).split("，要填")[1] for each in own.read().faults] == [
        "不超过200个字的文字",
        "不超过2000个字的文字",
    ]


anything = st.recursive(
    st.one_of(st.text(max_size=8), st.integers(), st.booleans(), st.floats(allow_nan=False), st.dates()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
likely = st.sampled_from(
    ["编号", "单位", "选择", "关联", "文字", "整数", True, 10, ["编号"], ["甲", "乙"], "走访"]
)
columns = st.dictionaries(
    st.sampled_from([
        "label", "shape", "required", "help", "example", "width", "unit", "choices", "to", "many", "x"
    ]),
    likely | anything,
    max_size=6,
)  # fmt: skip
declarations = st.fixed_dictionaries(
    {"columns": st.lists(columns, max_size=3) | anything},
    optional={"title": likely | anything, "noun": anything, "key": likely | anything, "y": anything},
)
sound = st.dictionaries(
    st.sampled_from(["编号", "来访人", "来访日期"]),
    st.sampled_from(["文字", "长文字", "整数", "小数", "日期", "是否"]),
    min_size=1,
).map(lambda shapes: {"columns": [{"label": label, "shape": shape} for label, shape in shapes.items()]})


@settings(max_examples=150, deadline=None)
@given(declarations | sound)
def test_whatever_a_declaration_says_it_makes_a_sheet_or_is_refused_in_words(said: Any) -> None:
    file = SheetFile("走访", "sheets/走访.toml", Toml("", said))
    file.declare(said)
    if not file.faults:
        links = Links({"走访": file}, tuple(BUILT_IN.linkable()))
        links.check({"走访"})
    if not file.faults:
        (record,) = types_of(links.ordered())
        assert len(fields_of(record)) == len(said["columns"])
        assert files_of(["走访"], {}, BUILT_IN.with_own([record]))
    assert all("sheets/走访.toml：" in str(each) for each in file.faults)


def test_faults_of_a_declared_sheet_name_their_cells_all_at_once(visits: Own) -> None:
    visits.data.write("走访", HEAD, (None, "县土地局", "郝喆"), ("甲-1", None, "王五"), ("甲-1", None, None))
    assert [str(each).split("。")[0] for each in visits.read().faults] == [
        "走访!A2「编号」：没有填，这一项必填，请填编号",
        "走访!B2「需办单位」：写的是“县土地局”，单位表中没有",
        "走访!C3「走访人」：写的是“王五”，人员表中没有",
    ]
    visits.data.write("走访", HEAD, ("甲-1", None, None), ("甲-1", None, None))
    assert [str(each) for each in visits.read().faults] == [
        "走访!A3「编号」：“甲-1”与 走访!A2 重复，请改正或删去其中一行"
    ]


def test_what_columns_name_together_occurs_once(own: Own) -> None:
    """A station has one reading a day: two on one day are a fault, the same station on another day is none."""
    days = column("日期", 'shape = "日期"', "required = true") + column("站点", "required = true")
    own.declare("汛情", f'together = ["日期", "站点"]\n{days}')
    own.data.write(
        "汛情", ("日期", "站点"), ("2026-07-06", "南河"), ("2026-07-07", "南河"), ("2026-07-06", "青石")
    )
    papers = {str(component_of(each)) for each in own.records().named("汛情")}
    assert len(papers) == 3, "papers made for them are told apart"
    own.data.write("汛情", ("日期", "站点"), ("2026-07-06", "南河"), ("2026-07-06", "南河"))
    (fault,) = own.read().faults
    assert "汛情!" in str(fault)
    assert "重复" in str(fault)


def test_an_office_of_its_own_sheets_may_have_no_projects_but_not_half_of_them(own: Own) -> None:
    """Without 项目, 手续 and 事项 a workspace with own sheets is sound; with one of them the others are missed."""
    for name in ("项目", "手续", "事项"):
        (own.data.path / f"{name}.xlsx").unlink()
    missing = {"data 中没有“项目”表", "data 中没有“手续”表", "data 中没有“事项”表"}
    assert {str(each).split("。")[0] for each in own.read().faults} == missing
    own.declare("隐患", 'key = ["编号"]\n' + TWO)
    reading = own.read()
    assert reading.faults == ()
    assert reading.records is not None
    own.data.write("事项", ("序号", "事项名称"), (1, "取水许可"))
    assert any("没有“项目”表" in str(each) for each in own.read().faults)


def test_a_declared_sheet_may_be_absent_and_it_is_said_how_to_get_it(own: Own) -> None:
    own.declare("走访", VISIT)
    reading = own.read()
    assert reading.faults == ()
    assert [each.text for each in reading.advices] == [
        "工作区声明了“走访”表，数据文件夹中还没有；可用 docgen sheets new 走访 生成空白表，填好后放进数据文件夹"
    ]


def test_sheets_link_to_declared_sheets_whatever_their_files_are_called(own: Own) -> None:
    own.declare("丙", VISIT)
    own.declare("甲", column("走访", 'shape = "关联"', 'to = "丙"', "required = true"))
    own.data.write("丙", HEAD, ("一号", None, None))
    own.data.write("甲", ("走访",), ("一号",))
    own.data.write("乙", ("走访",), ("一号",))
    records = own.records()
    assert [each.sheet for each in own.schema().own] == ["丙", "甲"]
    (link,) = fields_of(type(records.named("甲")[0]))
    assert getattr(records.named("甲")[0], link.name) is records.named("丙")[0]


def test_a_declared_sheet_may_have_columns_that_are_not_declared(visits: Own) -> None:
    visits.data.write("走访", (*HEAD, "天气"), ("甲-1", None, None, "晴"))
    (made,) = visits.records().named("走访")
    assert made.extra == {"天气": "晴"}


def test_a_blank_sheet_has_notes_and_drop_downs(visits: Own) -> None:
    visits.declare(
        "走访", VISIT + column("态", 'shape = "选择"', 'choices = ["已办", "未办"]', 'help = "办到哪一步"')
    )
    records = visits.records()
    data = files_of(["走访"], offered_by(records), visits.schema())["走访.xlsx"]
    sheet = openpyxl.load_workbook(io.BytesIO(data))["走访"]
    assert [each.value for each in sheet[2]] == [*HEAD, "态"]
    assert sheet["D2"].comment.text == "可不填。办到哪一步"
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert lists["D3:D3000"] == '"已办,未办"'
    assert lists["B3:B3000"] == "选项!$A$1:$A$3"


def test_a_list_too_long_for_a_drop_down_stands_on_the_hidden_sheet(own: Own) -> None:
    words = [f"第{number}种情形需要说明" for number in range(40)]
    own.declare("走访", column("态", 'shape = "选择"', f"choices = {words!r}"))
    data = files_of(["走访"], {}, own.schema())["走访.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(data))
    (rule,) = book["走访"].data_validations.dataValidation
    assert rule.formula1 == "选项!$A$1:$A$40"
    assert [row[0] for row in book["选项"].iter_rows(values_only=True)] == words


def test_all_blank_sheets_are_also_those_declared(visits: Own) -> None:
    assert "走访.xlsx" in files_of(["全部"], {}, visits.schema())
    with pytest.raises(Problems) as refusal:
        files_of(["走方"], {}, visits.schema())
    (fault,) = refusal.value.faults
    assert isinstance(fault, UnknownSheet)
    assert fault.nearest == ("走访",)


def test_records_and_types_go_to_other_processes(visits: Own) -> None:
    visits.declare("走访", VISIT + column("态", 'shape = "选择"', 'choices = ["已办", "未办"]'))
    visits.data.write("走访", (*HEAD, "态"), ("甲-1", "县国土局", None, "已办"))
    records = visits.records()
    back = pickle.loads(pickle.dumps(records))  # noqa: S301  # our own
    assert back.named("走访") == records.named("走访")
    assert type(back.named("走访")[0]) is type(records.named("走访")[0])


def test_the_same_declarations_give_the_same_types(visits: Own) -> None:
    assert visits.schema().types == visits.schema().types


TWO = column("编号", "required = true")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('title = "走访"', "：有0列，要有1到100列，一列一个 [[columns]]"),
        (column("甲") * 101, "：有101列，要有1到100列，一列一个 [[columns]]"),
        (
            'title = "走访"\n[columns]\nlabel = "甲"',
            " 第2行：[columns] 要写成两层方括号 [[columns]]，一列一个",
        ),
        (
            column("态", 'shape = "选择"', 'choices = "早、晚"'),
            ' 第4行：choices 写的是“早、晚”，要填方括号里的选项，例如 ["已办", "未办"]',
        ),
        ("columns = [1]", " 第1行：columns 要写成一列一个 [[columns]]"),
        ('titel = "走访"\n' + TWO, " 第1行：没有“titel”这一项，是不是 title？"),
        ("title = 3\n" + TWO, " 第1行：title 写的是“3”，要填加英文双引号的文字"),
        ('title = " "\n' + TWO, " 第1行：title 是空的，请填写或删去"),
        (TWO + 'lable = "x"', " 第4行：没有“lable”这一项，是不是 label？"),
        ("[[columns]]\nrequired = true", " 第1行：第1列没有 label，请写列名"),
        (TWO + column("编 号"), " 第5行：label 中有多余的空格、换行或不能使用的字符"),
        (TWO + column("编号"), " 第5行：列名「编号」与第1列重复"),
        (
            column("金额（万元）"),
            " 第2行：列「金额（万元）」的列名中不能有括号、冒号和星号；计量单位请写在 unit 中",
        ),
        (column("今天"), " 第2行：列「今天」的列名是 docgen 自己使用的名称，请换一个"),
        (
            column("日", 'shape = "日其"'),
            (
                " 第3行：列「日」的 shape 写的是“日其”，没有这种填法，"
                "有：文字、长文字、整数、小数、日期、年月、月日、时段、是否、选择、关联。是不是“日期”？"
            ),
        ),
        (column("日", "required = 1"), " 第3行：required 写的是“1”，要填true 或 false"),
        (column("日", "width = 200"), " 第3行：列「日」的 width 写的是200，要填4到80的整数"),
        (
            column("日", 'shape = "日期"', "many = true"),
            " 第4行：列「日」不能有 many：它只用于 shape 为 文字、选择、关联 的列",
        ),
        (column("日", 'unit = "亿元"'), " 第3行：列「日」不能有 unit：它只用于 shape 为 整数、小数 的列"),
        (column("态", 'choices = ["甲"]'), " 第3行：列「态」不能有 choices：它只用于 shape 为 选择 的列"),
        (column("态", 'shape = "选择"'), " 第3行：列「态」没有 choices，请写可选的词"),
        (column("态", 'shape = "选择"', "choices = []"), " 第4行：列「态」的 choices 有0个词，要有1到200个"),
        (column("态", 'shape = "选择"', 'choices = ["甲", "甲"]'), " 第4行：列「态」的 choices 中有重复的词"),
        (
            column("态", 'shape = "选择"', 'choices = ["无"]'),
            " 第4行：列「态」的 choices 中“无”在表中表示没有填，不能作选项",
        ),
        (
            column("态", 'shape = "选择"', 'choices = ["甲、乙"]'),
            " 第4行：列「态」的 choices 中“甲、乙”有顿号、逗号或分号，一格多个时分不开",
        ),
        (column("位", 'shape = "关联"'), " 第3行：列「位」没有 to，请写关联到哪张表"),
        (
            column("位", 'shape = "关联"', 'to = "单位表"'),
            " 第4行：列「位」的 to 写的是“单位表”，没有这样的表，是不是“单位”？",
        ),
        (
            column("位", 'shape = "关联"', 'to = "走访"'),
            " 第4行：列「位」的 to 写的是这张表自己，不能关联自己",
        ),
        ('key = ["编好"]\n' + TWO, " 第1行：key 中的“编好”不是列名，是不是“编号”？"),
        ('key = ["编号"]\n' + column("编号"), " 第1行：key 中的“编号”要必填：请给这一列加 required = true"),
        (
            'key = ["编号"]\n' + column("编号", 'shape = "日期"', "required = true"),
            " 第1行：key 中的“编号”不能作编号：要是文字或整数，一格一个",
        ),
        ('key = ["编号", "编号"]\n' + TWO, " 第1行：key 中有重复的列名"),
        ('together = ["编好"]\n' + TWO, " 第1行：together 中的“编好”不是列名，是不是“编号”？"),
        (
            'together = ["位"]\n'
            + column("位", 'shape = "关联"', 'to = "单位"', "many = true", "required = true"),
            " 第1行：together 中的“位”不能作编号：要是一格一个值",
        ),
    ],
)
def test_a_fault_of_a_declaration_is_said_with_its_line_and_the_way_out(
    own: Own, text: str, said: str
) -> None:
    assert own.faults("走访", text) == [f"sheets/走访.toml{said}"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "title = “走访”",
            " 第1行：不是正确的 TOML 文件：用了中文的引号、等号、逗号或括号，要改成英文的（“title = “走访””）",
        ),
        (
            '名称 = "走访"',
            ' 第1行：不是正确的 TOML 文件：每行要写成 名称 = 值，名称用英文字母（“名称 = "走访"”）',
        ),
        (
            "a = 1\nb = 是",
            " 第2行：不是正确的 TOML 文件：等号后面的值写法不对：文字要加英文双引号，是否写 true 或 false（“b = 是”）",
        ),
        ('title = "走访', ' 第1行：不是正确的 TOML 文件：文字没有用英文双引号结束（“title = "走访”）'),
        ('title = "a"\ntitle = "b"', ' 第2行：不是正确的 TOML 文件：同一项写了两次（“title = "b"”）'),
        ("title", " 第1行：不是正确的 TOML 文件：名称后面要写英文等号 =（“title”）"),
        (
            'key = ["a"',
            ' 第1行：不是正确的 TOML 文件：方括号没有配对，或各项之间缺少英文逗号（“key = ["a"”）',
        ),
        (
            'title = "a\\文"',
            ' 第1行：不是正确的 TOML 文件：文字里的反斜杠 \\ 要写成 \\\\（“title = "a\\文"”）',
        ),
        (
            'title = "a" "b"',
            ' 第1行：不是正确的 TOML 文件：这一行后面多了内容，一行只写一项（“title = "a" "b"”）',
        ),
    ],
)
def test_what_is_no_toml_is_said_in_chinese_with_the_line(own: Own, text: str, said: str) -> None:
    assert own.faults("走访", text) == [f"sheets/走访.toml{said}"]


def test_a_file_that_is_no_text_is_refused(own: Own) -> None:
    (own.folder / "走访.toml").write_bytes("title".encode("utf-16"))
    said = "不是 UTF-8 编码的文本（像是 UTF-16，即“Unicode”），请用记事本另存为 UTF-8"
    assert own.faults() == [f"sheets/走访.toml：{said}"]


def test_a_declaration_is_read_whatever_the_case_of_its_ending(own: Own) -> None:
    (own.folder / "走访.TOML").write_text("title = ", "utf-8")
    assert [each.split("：")[0] for each in own.faults()] == ["sheets/走访.TOML 第1行"]


def test_a_declaration_to_which_an_editor_gave_another_ending_is_not_passed_over(own: Own) -> None:
    (own.folder / "走访.toml.txt").write_text(TWO, "utf-8")
    assert own.faults() == ["sheets/走访.toml.txt：文件名多了 .txt，没有读它；请改名为“走访.toml”"]


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "sheets").write_text("", "utf-8")
    with pytest.raises(Problems, match="sheets：读取失败"):
        read_declarations(tmp_path / "sheets", "sheets", TAKEN, ())


@pytest.mark.parametrize("name", ["项目", "工作机制", "发文代字", "选项", "全部", "文种设置", "项　目"])
def test_a_name_that_docgen_has_is_refused(own: Own, name: str) -> None:
    assert own.faults(name, TWO)[0] == (
        f"sheets/{name}.toml：“{name}”是 docgen 已有或保留的表名，请换一个文件名，或删去声明、改用 docgen 的表"
    )


@pytest.mark.parametrize("name", ["走 访", "走[访]", "走" * 32, "走'访", "con", "走访."])
def test_a_name_that_no_sheet_can_have_is_refused(own: Own, name: str) -> None:
    assert own.faults(name, TWO) == [
        f"sheets/{name}.toml：文件名要能作工作表的名称：不超过31个字，没有空格和 [ ] : * ? / \\ '"
    ]


def test_all_faults_of_all_declarations_are_said_at_once(own: Own) -> None:
    own.declare("甲", "title = ")
    own.declare("乙", column("a（b）", 'shape = "日其"') + column("a", 'to = "x"'))
    assert [each.split("：")[0] for each in own.faults()] == [
        "sheets/乙.toml 第3行",
        "sheets/乙.toml 第2行",
        "sheets/乙.toml 第6行",
        "sheets/乙.toml 第6行",
        "sheets/甲.toml 第1行",
    ]


def link(to: str) -> str:
    return 'key = ["编号"]\n' + TWO + column("连", 'shape = "关联"', f'to = "{to}"')


def test_sheets_that_link_in_a_circle_are_refused(own: Own) -> None:
    for name, to in (("甲", "乙"), ("乙", "丙"), ("丙", "甲"), ("丁", "甲")):
        own.declare(name, link(to))
    (fault,) = own.faults()
    assert fault.endswith("：数据表互相关联成了一圈：丙 → 甲 → 乙 → 丙；请去掉其中一处")


def test_a_sheet_without_key_cannot_be_linked_to(own: Own) -> None:
    own.declare("甲", TWO)
    own.declare("乙", link("甲"))
    assert own.faults() == ["sheets/乙.toml 第8行：列「连」的 to 写的是“甲”，那张表没有 key，不能关联"]


def test_a_link_to_a_sheet_whose_own_declaration_is_broken_is_no_second_fault(own: Own) -> None:
    own.declare("甲", "title = ")
    own.declare("乙", link("甲"))
    assert len(own.faults()) == 1


def test_an_attribute_never_hides_what_every_record_has(own: Own) -> None:
    labels = ("copy", "extra", "origin", "sheet", "title", "key", "handle", "class", "model_fields", "甲乙")
    own.declare("走访", "".join(column(each) for each in labels))
    own.data.write("走访", labels, tuple(f"值{n}" for n in range(len(labels))))
    (made,) = own.records().named("走访")
    assert [getattr(made, spec.name) for spec in fields_of(type(made))] == [
        f"值{n}" for n in range(len(labels))
    ]
    assert made.sheet == "走访"


def test_a_workspace_has_the_sheets_that_lie_beside_its_settings(
    workspace: Path, make_book: Callable[..., bytes]
) -> None:
    (workspace / "sheets").mkdir()
    (workspace / "sheets" / "走访.toml").write_text(VISIT, "utf-8")
    (workspace / "data" / "走访.xlsx").write_bytes(make_book({"走访": [HEAD, ("一", "县水利局", "郝喆")]}))
    found = Workspace.find(workspace)
    reading = found.read()
    assert reading.faults == ()
    assert reading.records
    assert len(reading.records.named("走访")) == 1
    assert found.schema.sheet("走访") in found.schema.own


def test_broken_declarations_are_faults_of_the_sheets_but_do_not_keep_anyone_from_the_others(
    workspace: Path,
) -> None:
    (workspace / "sheets").mkdir()
    (workspace / "sheets" / "走访.toml").write_text("title = ", "utf-8")
    found = Workspace.find(workspace)
    assert [str(each).split("：")[0] for each in found.read().faults] == ["sheets/走访.toml 第1行"]
    assert found.read(Unit).faults == ()
