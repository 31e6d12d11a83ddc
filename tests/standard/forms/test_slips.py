"""Slips and forms of one page, with short, long and no values."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import docx
import pytest

from docgen.pdf.convert import to_pdf
from docgen.standard.build.form_table import COLUMNS, Cell, Form, Row
from docgen.standard.build.form_table import form as block
from docgen.standard.build.parts import Slot
from docgen.standard.forms import document
from docgen.standard.forms.compose import label_lines
from docgen.standard.measures.lengths import Mm
from docgen.template import template

SIGNED = "签字：　　　　　　　\n　　年　　月　　日"


def pair(label, value, span=COLUMNS, **options):
    return Cell(label, 2, label=True), Cell(value, span - 2, **options)


def values(text):
    return {
        "任务交办单": Form(
            ("重大项目任务交办单",),
            (
                Row(
                    (
                        *pair("承办单位", f"澄湖县自然资源局{text[:20]}", 6),
                        *pair("办理期限", "2026年3月20日", 6),
                    )
                ),
                Row(pair("交办事项", text), height=Mm(20)),
                Row(pair("依据", "《澄湖县重大项目联审联批工作机制》第三条")),
                Row(pair("工作要求", text), height=Mm(40)),
                Row(pair("办理\n情况\n反馈", "", foot=SIGNED), height=Mm(40), room=1),
            ),
            above=("编号：澄联审交〔2026〕3号", "2026年3月6日"),
            below=("注：本单一式两份，承办单位办结后填写反馈栏，连同佐证材料退回办公室。",),
        ),
        "一次性告知书": Form(
            ("一次性告知书",),
            (
                Row((*pair("申请单位", text[:60], 6), *pair("申请事项", "用地预审", 6))),
                Row(tuple(Cell(head, 4, label=True) for head in ("缺少的要件", "依据", "补正要求"))),
                *(Row(tuple(Cell(f"第{n}项{text[:90]}", 4) for _ in range(3))) for n in range(1, 6)),
                Row(pair("受理地点", "政务服务中心二楼"), room=1),
            ),
        ),
        "发文稿纸": Form(
            ("澄湖县人民政府办公室", "发文稿纸"),
            (
                Row((*pair("密级", "", 6), *pair("紧急程度", "特急", 6))),
                Row(pair("签发", "", foot=SIGNED), height=Mm(25), room=2),
                Row(pair("会签", "", foot=SIGNED), height=Mm(20), room=1),
                Row(pair("核稿", "", foot=SIGNED), height=Mm(20), room=1),
                Row(pair("标题", text)),
                Row(pair("主送", text)),
                Row(pair("抄送", text)),
                Row((*pair("拟稿", "张三", 6), *pair("份数", "30", 6))),
            ),
        ),
        "用印审批单": Form(
            ("用印审批单",),
            (
                Row((*pair("申请单位", "发改委", 6), *pair("申请人", "张三", 6))),
                Row(pair("文件标题", text)),
                Row((*pair("印章名称", "办公室章", 6), *pair("份数", "12", 6))),
                Row(pair("用印事由", text), height=Mm(30)),
                *(
                    Row(pair(f"{who}意见", "", foot=SIGNED), height=Mm(25), room=1)
                    for who in ("单位", "办公室")
                ),
            ),
        ),
    }


LONG = "关于澄湖县年产20万吨绿色建材生产线建设项目建设用地规划许可及相关前期手续办理有关事项，"
FORMS = {
    f"{name}-{kind}": form
    for kind, text in {"empty": "", "short": LONG[:12], "long": LONG * 4, "longer": LONG * 8}.items()
    for name, form in values(text).items()
}


@pytest.fixture(scope="module")
def slips():
    page = template.compile(document.build(document.Document((Slot("表"), Slot("文末")))), "表单")
    from docgen.standard.build.blocks import document_end

    return {name: page.render({"表": block(form), "文末": document_end()}) for name, form in FORMS.items()}


@pytest.mark.libreoffice
def test_every_form_fits_one_page_whatever_its_values(slips, read_sheets, page_words, tmp_path):
    for name, slip in slips.items():
        (tmp_path / f"{name}.docx").write_bytes(slip)
    pdfs = to_pdf(sorted(tmp_path.glob("*.docx")), tmp_path)
    assert {pdf.stem for pdf in pdfs if len(page_words(pdf)) != 1} == set()


def test_every_value_of_a_form_can_be_read_back(slips):
    for name, slip in slips.items():
        said = [cell.text for row in docx.Document(io.BytesIO(slip)).tables[0].rows for cell in row.cells]
        for row in FORMS[name].rows:
            assert all(any(cell.text in words for words in said) for cell in row.cells)


def test_short_values_are_set_in_14_point_and_long_ones_smaller(slips):
    def size(name):
        opened = docx.Document(io.BytesIO(slips[name]))
        return opened.tables[0].rows[0].cells[0].paragraphs[0].runs[0].font.size.pt

    assert size("任务交办单-short") == 14
    assert 7 < size("任务交办单-longer") < 14


def test_a_form_that_no_size_brings_on_one_page_is_refused():
    with pytest.raises(ValueError, match="longer than a page"):
        values(LONG * 300)["任务交办单"].xml()


def test_a_form_that_may_flow_goes_on_in_type_that_can_be_read():
    long = replace(values(LONG * 300)["任务交办单"], flows=True)
    assert set(re.findall(r'<w:sz w:val="(\d+)"/>', long.xml())) >= {"21"}
    assert not {"18", "15"} & set(re.findall(r'<w:sz w:val="(\d+)"/>', long.xml()))


def test_cells_that_are_merged_are_one_cell():
    rows = tuple(
        Row((Cell("会签", 2, label=True, merge=merge), Cell(text, 10)))
        for merge, text in (("begins", "甲"), ("continues", "乙"))
    )
    made = document.build(document.Document((Form(("发文稿纸",), rows),)))
    table = docx.Document(io.BytesIO(made)).tables[0]
    assert table.cell(0, 0)._tc is table.cell(1, 0)._tc


def test_a_row_narrower_than_the_page_is_refused():
    with pytest.raises(ValueError, match="4 twelfths"):
        Row((Cell("甲", 4),))


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("承办单位", ("承办单位",)),
        ("负责人签字", ("负责人签字",)),
        ("单位（盖章）", ("单位（盖章）",)),
        ("未办结原因及预计办结时间", ("未办结原因及", "预计办结时间")),
        ("分管负责同志意见", ("分管负责", "同志意见")),
        ("{{ 项.很长很长的名称 }}", ("{{ 项.很长很长的名称 }}",)),
    ],
)
def test_a_label_stands_on_one_line_or_on_even_lines_of_whole_words(label, lines):
    assert label_lines(label) == lines
