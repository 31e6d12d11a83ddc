"""Charts that a template draws from a list: parts of their own, their numbers kept twice, told apart without colour."""

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from lxml import etree

from docgen.errors import Problems
from docgen.template.faults import ChartUnfit, UnknownField
from docgen.template.template import compile as compile_template

ROWS = [
    {"单位": "县水利局", "办结率": "52.4", "超期": 2, "临期": 0},
    {"单位": "县住建局", "办结率": "18.8", "超期": 3, "临期": 2},
]
BARS = "{{p 各单位|图('柱', '单位,办结率', '办结率（截至3月）', '%') }}"
STACKED = "{{p 各单位|图('叠', '单位,超期,临期', '手续') }}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def charts_of(data):
    parts = parts_of(data)
    return {name: etree.fromstring(each) for name, each in parts.items() if name.startswith("word/charts/d")}


def drawn(make, *words, **context):
    return compile_template(make(*words), "模板.docx").render({"各单位": ROWS, **context})


def test_a_chart_shows_its_numbers_and_has_the_workbook_they_come_from(make):
    data = drawn(make, BARS)
    ((name, chart),) = charts_of(data).items()
    assert [each.text for each in chart.iter(f"{C}v")] == ["办结率", "县水利局", "县住建局", "52.4", "18.8"]
    assert [each.get("val") for each in chart.iter(f"{C}showVal")] == ["1"]
    parts = parts_of(data)
    (book,) = (each for each in parts if each.endswith(".xlsx"))
    rows = openpyxl.load_workbook(io.BytesIO(parts[book]))["数据"].iter_rows(values_only=True)
    assert list(rows) == [(None, "办结率"), ("县水利局", 52.4), ("县住建局", 18.8)]
    types = parts["[Content_Types].xml"].decode()
    assert f'PartName="/{name}"' in types
    assert 'Extension="xlsx"' in types
    relations = parts[f"word/charts/_rels/{name.rpartition('/')[2]}.rels"].decode()
    assert f"../embeddings/{book.rpartition('/')[2]}" in relations


def test_each_chart_of_a_loop_has_its_own_part_number_and_ids(make, read):
    words = ["{%p for 组 in 各组 %}", BARS.replace("各单位", "组"), "{%p endfor %}", STACKED]
    data = drawn(make, *words, 各组=[ROWS, ROWS[:1]])
    assert [each for each in read.texts(data) if each] == [
        "图1　办结率（截至3月）", "图2　办结率（截至3月）", "图3　手续",
    ]  # fmt: skip
    parts = parts_of(data)
    assert len(charts_of(data)) == len([each for each in parts if each.endswith(".xlsx")]) == 3
    body = etree.fromstring(parts["word/document.xml"])
    ids = [each.get("id") for each in body.iter("{*}docPr")]
    relations = [each.get(f"{{{body.nsmap['r']}}}id") for each in body.iter(f"{C}chart")]
    assert len(set(ids)) == len(set(relations)) == 3
    known = etree.fromstring(parts["word/_rels/document.xml.rels"])
    assert set(relations) <= {each.get("Id") for each in known}


def test_series_are_told_apart_without_colour(make):
    ((_, stacked),) = charts_of(drawn(make, STACKED)).items()
    looks = [etree.tostring(each.find(f"{C}spPr")) for each in stacked.iter(f"{C}ser")]
    assert len({b"pattFill" in each for each in looks}) == 2
    lines = STACKED.replace("叠", "线")
    ((_, drawn_lines),) = charts_of(drawn(make, lines)).items()
    assert len({each.get("val") for each in drawn_lines.iter(f"{C}symbol")}) == 2
    assert len({each.get("val") for each in drawn_lines.iter("{*}prstDash")}) >= 2
    assert stacked.find(f".//{C}legend") is not None


def test_the_same_data_give_the_same_bytes(make):
    template = compile_template(make(BARS), "模板.docx")
    assert template.render({"各单位": ROWS}) == template.render({"各单位": ROWS})


def test_what_is_empty_or_not_applicable_is_no_point_and_an_empty_list_no_chart(make, read):
    rows = [{"单位": "甲", "办结率": "—"}, {"单位": "乙", "办结率": "100"}]
    ((_, chart),) = charts_of(drawn(make, BARS, 各单位=rows)).items()
    points = chart.find(f".//{C}val").iter(f"{C}pt")
    assert [(each.get("idx"), each[0].text) for each in points] == [("1", "100")]
    assert charts_of(drawn(make, BARS, 各单位=[])) == {}


@pytest.mark.parametrize(
    ("words", "context"),
    [
        (BARS.replace("柱", "饼"), {}),
        (BARS, {"各单位": [{"单位": "甲", "办结率": "很高"}]}),
        (BARS.replace("单位,办结率", "单位"), {}),
        (BARS, {"各单位": ROWS * 40}),
    ],
)
def test_what_cannot_be_drawn_is_a_fault_with_its_place(make, words, context):
    with pytest.raises(ChartUnfit) as found:
        drawn(make, words, **context)
    assert "第1段" in str(found.value)
    assert "{{p 清单|图(" in str(found.value)


HUGE = ("NaN", "Infinity", "-inf", "sNaN", "1e400", "1e999999999", "1e-999999999", "٣", "１２", "1_000", "1e15",
        "1234567890.123456", "1000000000000000", float("nan"), float("inf"), 1e300, 10**5000, True,
        Decimal("1e999999999"))  # fmt: skip


@pytest.mark.parametrize("value", HUGE, ids=[f"{place}" for place in range(len(HUGE))])
def test_what_is_no_finite_number_of_fifteen_digits_is_refused_by_name(make, value):
    """Neither infinite nor endless numbers reach a chart, nor what a reader of charts takes for no number."""
    with pytest.raises(ChartUnfit, match=r"“.+”不是数字，或太大"):
        drawn(make, BARS, 各单位=[{"单位": "甲", "办结率": value}])


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("999999999999999", "999999999999999"), ("-1,234.5", "-1234.5"), ("1e3", "1000"), ("12.50 %", "12.50"),
        (1 / 3 * 100, "33.3333333333333"), (0.1 + 0.2, "0.300000000000000"), (10**15 - 1, "999999999999999"),
        (Decimal(1) / 3, "0.333333333333333"), (0, "0"),
    ],
)  # fmt: skip
def test_numbers_of_fifteen_digits_are_drawn_and_reckoned_ones_cut_to_them(make, value, shown):
    ((_, chart),) = charts_of(drawn(make, BARS, 各单位=[{"单位": "甲", "办结率": value}])).items()
    assert [each.text for each in chart.find(f".//{C}val").iter(f"{C}v")] == [shown]


def test_the_labels_of_a_chart_are_fields_of_the_template(make):
    template = compile_template(make(STACKED), "模板.docx")
    assert template.fields() == ("各单位[].临期", "各单位[].单位", "各单位[].超期")
    faults = template.check({"各单位": [{"单位": None, "超期": None}]})
    assert [type(each) for each in faults] == [UnknownField]


def test_values_are_escaped(make):
    rows = [{"单位": "A&B <1>", "办结率": 5}]
    ((_, chart),) = charts_of(drawn(make, BARS.replace("办结率（截至3月）", "甲<乙&丙"), 各单位=rows)).items()
    assert "A&B <1>" in [each.text for each in chart.iter(f"{C}v")]


def test_a_wording_draws_a_chart_by_a_mark():
    from docgen.standard.forms.nodes import Inserted
    from docgen.standard.forms.wording import parse

    text = "[图 柱 %] 本项.各位 单位 率=办结率数 | 各单位办结率（截至{{ 本项.截至 }}）\n"
    (node,) = parse(text, "正文").body
    assert node == Inserted(
        "{{p 本项.各位|图('柱', '单位,办结率数', '各单位办结率（截至' ~ (本项.截至) ~ '）', '%', '率') }}"
    )
    for wrong in ("[图] 各位 单位 率", "[图 饼] 各位 单位 率 | 题", "[图 柱] 各位 单位 | 题"):
        with pytest.raises(Problems) as found:
            parse(wrong + "\n", "正文")
        assert "[图 柱 %]" in str(found.value)
