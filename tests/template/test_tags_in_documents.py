"""What tags do in a document: formatting kept, loops over paragraphs, rows and cells, docxtpl's special forms."""

import io

import docx
import pytest

from docgen.errors import Problems
from docgen.template.faults import UnclosedTag, UnknownField
from docgen.template.template import compile as compile_template


class Block(str):
    __slots__ = ()

    def __html__(self):
        return str(self)


@pytest.fixture(scope="module")
def render(read):
    def rendered(data, context=None):
        return read.text(compile_template(data, "样张.docx").render(context or {}))

    return rendered


def test_a_tag_split_over_runs_keeps_its_formatting(make):
    data = make([("总投资{", None), ("{ 项目", True), (".总投资 }}亿", None), ("元整", True)])
    data = make([("总投资", None), ("{{ 项", True), ("目.总投", None), ("资 }}亿", None), ("元整", True)])
    document = docx.Document(io.BytesIO(compile_template(data, "a.docx").render({"项目": {"总投资": "3.5"}})))
    runs = [(run.text, run.bold) for run in document.paragraphs[0].runs]
    assert runs == [("总投资", None), ("3.5", True), ("亿", None), ("元整", True)]


@pytest.mark.parametrize("cut", range(1, 14))
def test_a_tag_may_be_cut_anywhere(make, render, cut):
    words = "甲{{ 项目.名称 }}乙"
    assert render(make([(words[:cut], None), (words[cut:], True)]), {"项目": {"名称": "丙"}}) == "甲丙乙"


def test_curly_quotes_in_a_tag_are_straightened_and_those_outside_stay(make, render):
    assert render(make("“{{ 甲 ~ “乙” ~ ‘丙’ }}”"), {"甲": "1"}) == "“1乙丙”"


def test_unusual_spaces_in_a_tag_do_no_harm(make, render):
    assert render(make("{%\u00a0if\u3000甲\u00a0%}是{%\u00a0endif\u00a0%}"), {"甲": 1}) == "是"


def test_a_tag_with_a_line_break_in_it(make, render):
    assert render(make("{{ 甲\n.乙 }}"), {"甲": {"乙": 1}}) == "1"


def test_loops_over_paragraphs_rows_and_cells(make, render):
    data = make(
        "{%p for x in 清单 %}", "第{{ loop.index }}项：{{ x.名 }}", "{%p endfor %}",
        rows=[["{%tr for x in 清单 %}", ""], ["{{ x.名 }}", "{{ x.数 }}"], ["{%tr endfor %}", ""]],
    )  # fmt: skip
    context = {"清单": [{"名": "甲", "数": 1}, {"名": "乙", "数": 2}]}
    assert render(data, context).split("\n") == ["第1项：甲", "第2项：乙", "甲", "1", "乙", "2"]


def test_a_loop_over_cells_fits_the_grid(make):
    data = make(rows=[["项目", "{%tc for x in 列 %}", "{{ x }}", "{%tc endfor %}"]])
    out = docx.Document(io.BytesIO(compile_template(data, "a.docx").render({"列": list("甲乙丙丁戊")})))
    assert [cell.text for cell in out.tables[0].rows[0].cells] == ["项目", *"甲乙丙丁戊"]
    assert len(out.tables[0].columns) == 6


def test_a_condition_inside_a_line_and_over_paragraphs(make, render):
    data = make(
        "甲{% if 有 %}乙{% else %}丙{% endif %}丁", "{%p if 有 %}", "有", "{%p else %}", "无", "{%p endif %}"
    )
    assert render(data, {"有": None}) == "甲丙丁\n无"
    assert render(data, {"有": 1}) == "甲乙丁\n有"


def test_comments_leave_nothing(make, render):
    assert render(make("甲{# 说明 #}乙", "{#p 整段说明 #}", "丙")) == "甲乙\n丙"


def test_escaped_braces_are_written_as_braces(make, render):
    assert render(make("{_{ 甲 }_} {_% 乙 %_} {{ 丙 }}"), {"丙": "{_{"}) == "{{ 甲 }} {% 乙 %} {_{"


def test_raw_text_is_left_alone(make, render):
    assert render(make("{% raw %}{{ 甲 }}{% endraw %}{{ 乙 }}"), {"乙": 1}) == "{{ 甲 }}1"


def test_headers_footers_and_properties_are_rendered(make, read):
    data = make("正文", header="{{ 甲 }}", footer="{{ 乙 }}页", title="{{ 甲 }}通知")
    out = compile_template(data, "a.docx").render({"甲": "A&B", "乙": "1"})
    document = docx.Document(io.BytesIO(out))
    assert document.sections[0].header.paragraphs[0].text == "A&B"
    assert document.sections[0].footer.paragraphs[0].text == "1页"
    assert document.core_properties.title == "A&B通知"


def test_tags_in_hyperlinks_insertions_controls_and_text_boxes(raw, render):
    run = "<w:r><w:t>{}</w:t></w:r>"
    box = f"<w:txbxContent><w:p>{run.format('{{ 甲 }}')}</w:p></w:txbxContent>"
    data = raw(
        f"<w:p><w:hyperlink r:id='r1'>{run.format('{{ 甲')}{run.format(' }}')}</w:hyperlink></w:p>"
        f"<w:p><w:ins w:id='1'>{run.format('{{ 甲 }}')}</w:ins></w:p>"
        f"<w:sdt><w:sdtContent><w:p><w:sdt><w:sdtContent>{run.format('{{ 甲 }}')}</w:sdtContent></w:sdt></w:p>"
        f"</w:sdtContent></w:sdt>"
        f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        f"{run.format('{{ 甲 }}')}</w:p>"
    )
    assert render(data, {"甲": "一"}) == "一\n一\n一\n一\n一\n一"


def test_a_tag_in_an_attribute_is_filled_and_escaped(raw, read):
    data = raw("<w:p><w:r><wp:docPr id='1' name='x' descr='{{ 甲 }}'/><w:t>乙</w:t></w:r></w:p>")
    out = compile_template(data, "a.docx").render({"甲": '"<&\n'})
    assert b'descr="&quot;&lt;&amp;&#10;"' in read.xml(out)


def test_deleted_text_is_left_alone(raw, read):
    data = raw(
        "<w:p><w:del w:id='1'><w:r><w:delText>{{ 旧 }}</w:delText></w:r></w:del><w:r><w:t>{{ 新 }}</w:t></w:r></w:p>"
    )
    assert "{{ 旧 }}" in read.xml(compile_template(data, "a.docx").render({"新": 1})).decode()


def test_ready_made_blocks_replace_the_paragraph_and_runs_the_run(make, read):
    data = make("{{p 表 }}", "前{{r 字 }}后")
    out = compile_template(data, "a.docx").render(
        {"表": Block("<w:p><w:r><w:t>块</w:t></w:r></w:p>"), "字": Block("<w:r><w:t>粗</w:t></w:r>")}
    )
    assert read.text(out) == "块\n前粗后"
    assert docx.Document(io.BytesIO(out)).paragraphs[1].runs[1].text == "粗"


def test_a_plain_text_in_the_place_of_a_paragraph_becomes_a_paragraph_like_it(make):
    data = make([("{{p 甲 }}", True)])
    paragraph = docx.Document(io.BytesIO(compile_template(data, "a.docx").render({"甲": "a<b"}))).paragraphs[
        0
    ]
    assert (paragraph.text, paragraph.runs[0].bold) == ("a<b", True)


def test_the_text_beside_a_run_tag_keeps_its_formatting(make):
    data = make([("前{{r 字 }}后", True)])
    document = docx.Document(io.BytesIO(compile_template(data, "a.docx").render({"字": "中"})))
    assert [(run.text, run.bold) for run in document.paragraphs[0].runs] == [
        ("前", True),
        ("中", True),
        ("后", True),
    ]


def test_a_cell_left_without_paragraphs_gets_an_empty_one(make):
    data = make(rows=[["x", "y"]])
    document = docx.Document(io.BytesIO(data))
    cell = document.tables[0].rows[0].cells[0]
    cell.text = "{%p if 有 %}"
    cell.add_paragraph("文字")
    cell.add_paragraph("{%p endif %}")
    stream = io.BytesIO()
    document.save(stream)
    out = docx.Document(io.BytesIO(compile_template(stream.getvalue(), "a.docx").render({"有": 0})))
    assert len(out.tables[0].rows[0].cells[0].paragraphs) == 1


def test_a_table_that_loses_all_rows_goes(make):
    data = make(rows=[["{%tr for x in 清单 %}"], ["{{ x }}"], ["{%tr endfor %}"]])
    template = compile_template(data, "a.docx")
    assert not docx.Document(io.BytesIO(template.render({"清单": []}))).tables
    assert len(docx.Document(io.BytesIO(template.render({"清单": [1, 2]}))).tables[0].rows) == 2


def test_drawings_repeated_by_a_loop_get_ids_of_their_own(raw, read):
    data = raw(
        "<w:p><w:r><w:t>{% for x in 清单 %}</w:t></w:r><w:r><w:t>a</w:t><w:drawing><wp:inline>"
        "<wp:docPr id='7' name='x'/></wp:inline></w:drawing></w:r><w:r><w:t>{% endfor %}</w:t></w:r></w:p>"
    )
    out = read.xml(compile_template(data, "a.docx").render({"清单": [1, 2]}))
    assert b'id="1001"' in out
    assert b'id="1002"' in out


def test_macros_and_set_blocks_write_what_they_hold(make, render):
    data = make(
        "{% macro 人(名) %}{{ 名 }}同志{% endmacro %}{% set 抬头 %}致{{ 甲 }}{% endset %}{{ 抬头 }}：{{ 人(甲) }}"
    )
    assert render(data, {"甲": "a<b\n"}) == "致a<b\n：a<b\n同志"


def test_a_mapping_key_comes_before_a_method_of_its_name(make, render):
    assert render(make("{{ 甲.items }}{% for k, v in 乙.items() %}{{ k }}{{ v }}{% endfor %}"),
                  {"甲": {"items": 1}, "乙": {"丙": 2}}) == "1丙2"  # fmt: skip


def test_filters_are_at_hand_and_escape_changes_nothing(make, render):
    data = make(
        "{{ 甲|upper }}{{ 甲|e }}{{ 清单|join('、') }}{{ 无|default('空') }}{{ 数|round(1) }}{{ '%.2f'|format(数) }}"
    )
    assert render(data, {"甲": "a<", "清单": ["一", "二"], "无": None, "数": 1.25}) == "A<a<一、二空1.21.25"


def test_a_template_without_tags_comes_back_the_same(make, read):
    data = make("没有标签")
    out = compile_template(data, "a.docx").render({})
    assert read.xml(out) == read.xml(data)


def test_a_tag_may_run_over_paragraphs_but_not_over_another_tag(make, render):
    data = make("甲{# 说明 {{ 乙 }}", "说明", "完 #}乙", "{% if 有", "and 有 %}", "有", "{% endif %}")
    assert render(data, {"有": 1}) == "甲乙\n有"
    with pytest.raises(Problems) as caught:
        compile_template(make("{{ 甲", "{{ 乙 }}"), "a.docx")
    assert [(type(fault), fault.paragraph) for fault in caught.value.faults] == [(UnclosedTag, 1)]


def test_a_tag_does_not_run_over_the_end_of_a_section(raw):
    section = "<w:pPr><w:sectPr/></w:pPr>"
    data = raw(f"<w:p><w:r><w:t>{{# 一</w:t></w:r></w:p><w:p>{section}<w:r><w:t>二 #}}</w:t></w:r></w:p>")
    with pytest.raises(Problems):
        compile_template(data, "a.docx")


def test_places_behind_a_tag_that_runs_over_paragraphs_count_as_in_the_template(make):
    template = compile_template(make("{# 一", "二 #}", "{{ 没有 }}"), "a.docx")
    with pytest.raises(UnknownField) as caught:
        template.render({})
    assert caught.value.paragraph == 3


def test_many_tables_that_lose_their_rows_all_go(make, read):
    document = docx.Document(io.BytesIO(make()))
    document.add_paragraph("{%p for x in 清单 %}")
    table = document.add_table(3, 1)
    for row, words in zip(table.rows, ("{%tr for y in x %}", "{{ y }}", "{%tr endfor %}"), strict=True):
        row.cells[0].text = words
    document.add_paragraph("后")
    document.add_paragraph("{%p endfor %}")
    stream = io.BytesIO()
    document.save(stream)
    out = compile_template(stream.getvalue(), "a.docx").render({"清单": [[], ["一"], [], []] * 50})
    assert len(docx.Document(io.BytesIO(out)).tables) == 50
    assert read.text(out).count("后") == 200


def test_a_group_s_cell_spans_the_rows_of_its_members(make):
    data = make(rows=[
        ["{%tr for 家, 们 in 清单|groupby('家') %}", ""], ["{%tr for x in 们 %}", ""],
        ["{% vm %}{{ 家 }}", "{{ x.名 }}"],
        ["{%tr endfor %}", ""], ["{%tr endfor %}", ""],
    ])  # fmt: skip
    items = [{"家": "甲局", "名": "一"}, {"家": "乙局", "名": "二"}, {"家": "甲局", "名": "三"}]
    out = docx.Document(io.BytesIO(compile_template(data, "a.docx").render({"清单": items})))
    cells = [[cell.text for cell in row.cells] for row in out.tables[0].rows]
    assert cells == [["乙局", "二"], ["甲局", "一"], ["甲局", "三"]]
    first, second = (row.cells[0] for row in list(out.tables[0].rows)[1:])
    assert first._tc is second._tc
