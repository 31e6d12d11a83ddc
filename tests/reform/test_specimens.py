"""What Word and WPS put into drafts is carried, told, or refused in words; never lost without a word."""

from __future__ import annotations

from typing import Any

import pytest
from specimens import COUNTED, Specimen, bare, read, specimens

from docgen.lint.rule import Severity
from docgen.reform.draft import lines_of
from docgen.reform.faults import DraftFault, NotCarried, OpenChanges, SubDocument, UnendedField
from docgen.reform.formatting import Formatted, formatted, read_draft

WHOLE: dict[str, dict[str, Any]] = {
    "annex_list_numbered_auto": {"annexes": ("防汛责任表", "物资清单")},
    "annex_same_page": {"annexes": ("防汛责任表", "物资清单")},
    "frame_mark": {"organs": ("云河县水利局文件",)},
    "head_table_two_sides": {"organs": ("云河县水利局文件",), "signatories": ("李某",)},
    "imprint_in_box": {"copies": "县委办公室", "printer": "云河县水利局办公室"},
    "imprint_lines": {"copies": "县委办公室", "outdated": ("（共印30份）",)},
    "imprint_three_rows": {"copies": "县委办公室，县人大常委会办公室", "printer": "云河县水利局办公室"},
    "joint_mark_rows_vmerge": {"organs": ("云河县水利局", "云河县财政局")},
    "joint_mark_table": {"organs": ("云河县水利局", "云河县财政局")},
    "mark_and_number_in_box": {"organs": ("云河县水利局文件",), "number": "云水发〔2026〕12号"},
    "mark_by_wordart": {"organs": ("云河县水利局文件",), "number": "云水发〔2026〕12号"},
    "mark_distributed": {"organs": ("云河县水利局文件",)},
    "mark_in_box": {"organs": ("云河县水利局文件",)},
    "seal": {"signature": ("云河县水利局（盖章）",)},
    "signature_table_side_by_side": {"signature": ("云河县水利局", "云河县财政局")},
    "subject_words": {"copies": "县委办公室", "outdated": ("主题词：防汛　工作　通知",)},
    "title_br": {"title": ("云河县水利局", "关于做好防汛工作的通知")},
    "title_subtitle": {"title": ("防汛工作方案",), "addressees": "", "signature": (), "date": ""},
}
"""What is found in drafts that are a specimen alone, beside what all of them have."""
USUAL = {
    "title": ("关于做好防汛工作的通知",), "addressees": "各镇人民政府", "signature": ("云河县水利局",),
    "date": "2026年5月8日",
}  # fmt: skip
OWN = {"head_table_two_sides": {"title": ("关于申请防洪资金的请示",), "addressees": "县人民政府"}}
REFUSED: dict[str, tuple[type[DraftFault], str]] = {
    "locked_canvas": (NotCarried, "画在图形里的文字"),
    "ole": (NotCarried, "嵌入的对象"),
    "sub_document": (SubDocument, "插入了其他文件"),
    "unended_field": (UnendedField, "请各镇落实"),
    "tracked_del": (OpenChanges, "第 3 段"),
    "tracked_format": (OpenChanges, "第 3 段"),
    "tracked_mark": (OpenChanges, "第 3 段"),
    "tracked_row": (OpenChanges, "第 5 段"),
}
TOLD = {
    "bullets": "2个项目符号已去掉，文字保留",
    "comments": "批注1处",
    "grouped_boxes": "2个文本框里的文字排成自然段",
    "hidden_text": "隐藏的文字“（内部掌握到下月五日）”已显示出来",
    "notes": "1处尾注改为脚注",
    "sections": "页眉“征求意见稿（第二版）”",
}


def made(data: bytes) -> Formatted:
    """Return the document of a draft, which must come out the same when it is laid out again."""
    result = formatted(read_draft(data, "稿.docx"))
    again = formatted(read_draft(result.document, "果.docx"))
    assert again.document == result.document
    assert again.changes == ()
    return result


@pytest.mark.parametrize("specimen", specimens(), ids=repr)
def test_what_a_program_puts_into_a_text_is_carried(specimen: Specimen) -> None:
    """Its words in one piece, its formulas, notes, pictures, tables and links; without an error of layout."""
    result = made(specimen.within())
    words, held = read(result.document)
    assert [each for each in specimen.says if bare(each) not in words] == []
    assert {each: held[each] for each in COUNTED} == {each: specimen.count(each) for each in COUNTED}
    assert [str(each) for each in result.report.findings if each.severity is Severity.ERROR] == []
    assert TOLD.get(specimen.name, "") in {"", *(each.before for each in result.changes)}


@pytest.mark.parametrize("specimen", specimens("whole"), ids=repr)
def test_heads_and_ends_are_known_however_they_are_laid_out(specimen: Specimen) -> None:
    """In boxes, frames and tables, drawn or spaced; what the standard has no more is left out and told."""
    result = made(specimen.whole())
    wanted = USUAL | OWN.get(specimen.name, {}) | WHOLE.get(specimen.name, {})
    if specimen.name in ("joint_mark_table", "signature_table_side_by_side"):
        wanted["signature"] = ("云河县水利局", "云河县财政局")
    assert {name: getattr(result.paper, name) for name in wanted} == wanted
    aside = {each.before for each in result.changes if each.kind.value == "未排入"}
    assert set(result.paper.outdated) <= aside
    missing = {"date-missing"} if not result.paper.date else set()
    assert {each.rule.id for each in result.report.findings if each.severity is Severity.ERROR} == missing


@pytest.mark.parametrize("specimen", specimens("refused"), ids=repr)
def test_what_would_be_lost_is_refused(specimen: Specimen) -> None:
    """With its name, or the paragraph."""
    fault, words = REFUSED[specimen.name]
    with pytest.raises(fault, match=words):
        formatted(read_draft(specimen.whole(), "稿.docx"))


def test_a_link_leads_where_it_led_and_a_field_within_another_ends_none() -> None:
    """By relation and by field."""
    specimen = next(each for each in specimens() if each.name == "links")
    draft = read_draft(made(specimen.within()).document, "果.docx")
    found = {each.link: each.text for line in lines_of(draft.blocks) for each in line.pieces if each.link}
    assert found == {"https://www.yunhe.gov.cn/a": "县政府网站", "https://www.yunhe.gov.cn/b": "操作手册"}
