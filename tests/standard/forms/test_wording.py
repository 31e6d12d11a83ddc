"""Wordings: what each line becomes, and what is said of lines that are wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.errors import Problems
from docgen.standard.build.controls import Blank
from docgen.standard.build.elements import Align
from docgen.standard.forms import faults
from docgen.standard.forms.nodes import Grid, Inserted, Names, Note, Sheet, Tag, Text
from docgen.standard.forms.wording import MARKS, parse
from docgen.standard.measures.lengths import Mm, Pt


def read(text):
    return parse(text, "行文.txt")


def refused(text):
    with pytest.raises(Problems) as caught:
        read(text)
    return caught.value.faults


def numbers(wording):
    """Return what each heading is: its level, whether it is counted, its words."""
    return [
        (each.level, each.counted, each.words)
        for each in wording.body
        if isinstance(each, Text) and each.level
    ]


def test_a_line_is_a_paragraph_and_a_number_at_its_beginning_gives_its_level():
    wording = read(
        "现通知如下。\n一、总体要求\n（一）明确责任。请于4月1日前报送。\n1.用地预审\n（1）登记表。\n\n特此通知。"
    )
    levels = [(each.level, each.alone) for each in wording.body]
    assert levels == [(0, False), (1, True), (2, False), (3, True), (4, False), (0, False)]


def test_headings_outside_loops_and_conditions_keep_their_typed_numbers():
    assert numbers(read("一、甲\n二、乙")) == [(1, False, "一、甲"), (1, False, "二、乙")]


def test_a_heading_in_a_condition_has_all_of_its_level_and_above_counted_but_none_below():
    wording = read("一、甲\n1.子\n{% if 丙 %}\n二、丙\n{% endif %}\n三、丁")
    assert numbers(wording) == [(1, True, "甲"), (3, False, "1.子"), (1, True, "丙"), (1, True, "丁")]


def test_items_in_a_loop_have_the_headings_above_them_counted_because_they_begin_anew_there():
    wording = read("一、甲\n{% for 项 in 表 %}\n1.{{ 项 }}\n{% endfor %}")
    assert numbers(wording) == [(1, True, "甲"), (3, True, "{{ 项 }}")]


def test_an_annex_counts_for_itself():
    wording = read("一、甲\n[附件] 表\n{% for 项 in 表 %}\n一、{{ 项 }}\n{% endfor %}")
    assert numbers(wording) == [(1, False, "一、甲")]
    assert [each.words for each in wording.annexes[0].nodes if isinstance(each, Text)] == ["{{ 项 }}"]


def test_what_a_tag_says_does_not_end_a_heading():
    wording = read('一、{{ 名称|default("。") }}')
    assert wording.body[0].alone


def test_lines_of_statements_and_inserted_blocks_are_no_paragraphs():
    wording = read("{% for 项 in 表 %}{% if 项 %}\n甲\n{% endif %}{# 备注 #}\n{% endfor %}\n{{p 正文 }}")
    tags = [each.words for each in wording.body if isinstance(each, Tag)]
    assert tags == ["for 项 in 表", "if 项", "endif", "endfor"]
    assert wording.body[-1] == Inserted("{{p 正文 }}")


def test_a_line_that_begins_and_ends_with_statements_keeps_the_words_between_them():
    line = (
        "{% for 件 in 各项 %}{% if 件.甲 %}甲{% endif %}{{ 件 }}{% if loop.last %}。{% endif %}{% endfor %}"
    )
    (found,) = read(line).body
    assert isinstance(found, Text)
    assert found.words == line


def test_a_table_has_heads_with_widths_and_alignments_and_cells_that_are_repeated():
    (grid,) = read(
        "[表 10.5 高11] 项 in 表\n| 序号 12 中 | 事项 60.5 | 金额 25 右 |\n| {{ 项.a|length }} | [空格] | |"
    ).body
    assert isinstance(grid, Grid)
    assert (grid.each, grid.size, grid.height) == ("项 in 表", Pt(10.5), Mm(11))
    assert [(each.words, each.width, each.align) for each in grid.heads] == [
        ("序号", Mm(12), Align.CENTER),
        ("事项", Mm(60.5), Align.LEFT),
        ("金额", Mm(25), Align.RIGHT),
    ]
    assert grid.rows == ((("{{ 项.a|length }}",), (Blank("事项"),), ()),)


def test_a_sheet_has_pairs_of_labels_and_values_and_places_named_or_after_their_label():
    text = (
        "[填写] 办理情况反馈\n| 结果 | [办理结果] | 留空\n| 经办人 | [空格] | 电话 | 手机[空格 手机] | 高 12"
    )
    (sheet,) = read(text).body
    assert isinstance(sheet, Sheet)
    assert sheet.returned
    assert sheet.heading == "办理情况反馈"
    assert [each.roomy for each in sheet.rows] == [True, False]
    assert sheet.rows[1].height == Mm(12)
    assert sheet.rows[1].cells == (("经办人",), (Blank("经办人"),), ("电话",), ("手机", Blank("手机")))
    assert sheet.rows[0].cells[1] == (Blank("办理结果"),)


def test_names_and_notes_and_annexes():
    wording = read("甲\n[名单] 副组长：{{ 组 }}\n[附注] （联系人：某）\n[横附件] 清单\n乙")
    assert Names("副组长：", "{{ 组 }}") in wording.body
    assert [each.words for each in wording.closing] == ["（联系人：某）"]
    assert [(each.name, each.across) for each in wording.annexes] == [("清单", True)]


def test_a_note_on_a_condition_goes_behind_the_signature_with_it():
    wording = read("甲\n{% if 机制.联系人 %}\n[附注] （联系人：某）\n{% endif %}\n乙")
    assert [type(each) for each in wording.closing] == [Tag, Note, Tag]
    assert [each.words for each in wording.body] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("text", "fault", "line"),
    [
        ("甲\n[表格] 项 in 表", faults.UnknownMark, 2),
        ("[表] 项 in 表\n| {{ 项.甲 }} | {{ 项.乙 }} |\n| a | b |", faults.HeadsMissing, 1),
        ("[表] 项 in 表", faults.HeadsMissing, 1),
        ("[表] 项 in 表\n| 甲 12mm | 乙 |\n| a | b |", faults.HeadUnclear, 2),
        ("[表] 项 in 表\n| 甲 | 乙 |", faults.RowsMissing, 1),
        ("[表] 项 in 表\n| 甲 | 乙 |\n| 共 | b | 合计", faults.RowsMissing, 1),
        ("[表] 项 in 表\n| 甲 | 乙 |\n| 共 | b | 合计\n| a | b |", faults.FootMisplaced, 3),
        ("[表单]\n| 甲 | 乙 | 合计", faults.FootMisplaced, 2),
        ("[表] 项 in 表\n| 甲 10 | 乙 |\n| a | b |", faults.HeadUnclear, 2),
        ("[表] 项 in 表\n| 甲 10 |", faults.RowsMissing, 1),
        ("[表] 项 in 表\n| 甲 10 |\n| a | b |", faults.CellsDiffer, 3),
        ("[表] 项 在 表\n| 甲 10 |\n| a |", faults.MarkUnclear, 1),
        ("[表 大] 项 in 表\n| 甲 10 |\n| a |", faults.MarkUnclear, 1),
        ("[表] 项 in 表\n| 甲 100 | 乙 60 |\n| a | b |", faults.TableTooWide, 2),
        ("[横附件] 表\n[表] 项 in 表\n| 甲 200 | 乙 60 |\n| a | b |", faults.TableTooWide, 3),
        ("甲\n| a | b |", faults.StrayRow, 2),
        ("[表单]\n| a | b", faults.RowOpen, 2),
        ("[表单]\n| a | b | 留白", faults.RowOpen, 2),
        ("[表单]\n| a | b | c |", faults.CellsDiffer, 2),
        ("[填写]\n甲", faults.RowsMissing, 1),
        ("一、甲\n（1）乙", faults.LevelSkipped, 2),
        ("（一）甲", faults.LevelSkipped, 1),
        ("甲\n{% for 项 in 表 %}\n乙", faults.TagUnclosed, 2),
        ("甲{% if 乙 %}丙", faults.TagUnclosed, 1),
        ("甲{{ 乙 }", faults.TagUnclosed, 1),
        ("甲\n{% endif %}", faults.TagStray, 2),
        ("{% for 项 in 表 %}\n{% elif 甲 %}\n{% endfor %}", faults.TagStray, 2),
        ("甲\n[附件] 表 格", faults.MarkUnclear, 2),
        ("甲\n[附件] 表\n乙\n[附件] 表\n丙", faults.AnnexTwice, 4),
        ("{% if 甲 %}\n乙\n[附注] （丙）\n{% endif %}", faults.NoteInside, 3),
        ("[名单] 张三李四王五赵六", faults.MarkUnclear, 1),
        ("[附注]", faults.MarkUnclear, 1),
        ("\n \n", faults.NoWording, 1),
    ],
)
def test_a_wrong_line_is_named(text, fault, line):
    (found,) = refused(text)
    assert type(found) is fault
    assert found.line == line
    assert "行文.txt" in str(found)


def test_an_annex_within_a_condition_is_refused():
    found = refused("{% if 甲 %}\n乙\n[附件] 表\n丙\n{% endif %}")
    assert [(type(each), each.line) for each in found] == [(faults.AnnexMisplaced, 3)]


def test_all_wrong_lines_are_named_at_once_in_their_order():
    found = refused("[表哥] x\n甲\n（1）乙\n{% if 丙 %}\n[表单]\n| a |")
    assert [each.line for each in found] == [1, 3, 4, 6]
    assert "是不是 [表]" in str(found[0])


def test_a_loop_begun_within_a_line_is_told_to_end_there_and_one_of_lines_is_not():
    (within,), (of_lines,) = refused("甲{% for 项 in 表 %}乙"), refused("{% for 项 in 表 %}\n乙")
    assert "请补上 {% endfor %}，并写在同一行；要管几行的，开头和结束各占一行。" in str(within)
    assert "请补上 {% endfor %}。" in str(of_lines)


def test_one_may_stand_below_a_first_level_heading_where_there_are_only_two_levels():
    assert [each.level for each in read("一、甲\n1.乙\n2.丙").body] == [1, 3, 3]


_PIECES = st.sampled_from(
    [*(f"[{mark}]" for mark in MARKS), "[", "]", "|", "｜", "{{", "}}", "{%", "%}", "{{p ", "if ", "endif", "for ",
     " in ", "else", "一、", "（一）", "1.", "（1）", "：", "。", " ", "\n", "10", "中", "留空", "高", "甲",
     "\u2028", "\x0c"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_text_is_read_or_refused_with_its_lines(text):
    assert all(each.line >= 1 and str(each) for each in faults_of(text))


def faults_of(text):
    try:
        read(text)
    except Problems as problems:
        return problems.faults
    return ()


def test_a_table_without_widths_fits_its_contents_and_may_have_a_row_below():
    (table,) = read(
        "[表] 项 in 表\n| 序号 | 金额 右 |\n| {{ 项.甲 }} | {{ 项.乙 }} |\n| 合计 | 3 | 合计"
    ).body
    assert table.fits
    assert [(each.words, each.width, each.align) for each in table.heads] == [
        ("序号", None, None),
        ("金额", None, Align.RIGHT),
    ]
    assert (len(table.rows), table.foot) == (1, ((("合计",), ("3",)),))
