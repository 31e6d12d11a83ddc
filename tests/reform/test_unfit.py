"""Drafts that no word processor writes, and texts of other programs: read, or refused in words; never an error."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from typed import add, made, of_text, word

from docgen.errors import DocgenError
from docgen.opc.faults import TooLarge
from docgen.reform import formatting
from docgen.reform.draft import Table
from docgen.reform.faults import NestedTooDeep, TooMuchText
from docgen.reform.formatting import Formatted, formatted, read_draft
from docgen.reform.issued import ManuscriptUnseen, read_manuscript

NOTICE = "关于做好防汛工作的通知\n各镇人民政府：\n请做好{}准备。\n云河县水利局\n2026年5月8日\n"
ILLEGAL = "\x01\x08\x0b\x0c\x0e\x1b\x1f\ufffe\uffff"


def unseen(result: Formatted) -> list[str]:
    return [each.before for each in result.changes if each.kind is formatting.Kind.UNSEEN]


def test_a_cell_spans_no_more_columns_than_word_makes() -> None:
    """Whatever its file says: no table of a hundred million columns is laid out."""

    def fill(document: Any) -> None:
        add(document, "防汛工作方案")
        cell = document.add_table(1, 2).cell(0, 1)
        cell.text = "甲"
        span = OxmlElement("w:gridSpan")
        span.set(qn("w:val"), "99999999")
        cell._tc.get_or_add_tcPr().append(span)

    draft = read_draft(word(fill), "稿.docx")
    (table,) = (each for each in draft.blocks if isinstance(each, Table))
    assert [cell.span for cell in table.rows[0]] == [1, 63]
    assert formatted(draft).document


def nested(depth: int) -> bytes:
    def fill(document: Any) -> None:
        add(document, "防汛工作方案")
        cell = document.add_table(1, 1).cell(0, 0)
        for _ in range(depth - 1):
            cell.text = "外"
            cell = cell.add_table(1, 1).cell(0, 0)
        cell.text = "最里面"

    return word(fill)


@pytest.mark.parametrize("depth", [13, 60])
def test_tables_too_deep_within_each_other_are_refused(depth: int) -> None:
    """Twelve are read; of more the inner words would be lost."""
    for read in (read_draft, read_manuscript):
        with pytest.raises(NestedTooDeep, match=r"稿\.docx.*超过12层"):
            read(nested(depth), "稿.docx")


def test_twelve_tables_within_each_other_are_laid_out() -> None:
    """With their words, as `formatted` itself makes sure."""
    assert formatted(read_draft(nested(12), "稿.docx")).document


def test_rows_in_any_wrapping_are_read() -> None:
    """A table whose row stands in custom XML, which the checker's reader and the draft's have to see alike."""

    def fill(document: Any) -> None:
        add(document, "防汛工作方案")
        table = document.add_table(2, 1)
        table.cell(1, 0).text = "第二行"
        row = table.rows[1]._tr
        wrapping = OxmlElement("w:customXml")
        row.addprevious(wrapping)
        wrapping.append(row)

    (table,) = (each for each in read_draft(word(fill), "稿.docx").blocks if isinstance(each, Table))
    assert [row[0].words for row in table.rows] == ["", "第二行"]


@pytest.mark.parametrize("name", ["稿.txt", "稿.md"])
@pytest.mark.parametrize("each", ILLEGAL)
def test_what_no_document_may_hold_is_left_out_and_told(each: str, name: str) -> None:
    """By its code and line; twice in a line is told once."""
    result = made(NOTICE.format(each * 2), name)
    (told,) = unseen(result)
    assert told.startswith(f"第3行的 U+{ord(each):04X}")
    assert told.endswith("2处已去掉")


def test_form_feeds_part_pages_and_paragraphs() -> None:
    """At the beginning of a line or within it; of a table's row too."""
    lines = of_text("第一页的字\f第二页的字\n\f甲\t乙\n丙\t丁\n").blocks
    assert [(each.words, each.looks.new_page) for each in lines[:2] if not isinstance(each, Table)] == [
        ("第一页的字", False),
        ("第二页的字", True),
    ]
    table = lines[2]
    assert isinstance(table, Table)
    assert [cell.words for cell in table.rows[0]] == ["甲", "乙"]


@given(st.text(st.sampled_from(f"{ILLEGAL}\n\t |字a#*-"), max_size=60), st.sampled_from(["稿.txt", "稿.md"]))
@settings(max_examples=60, deadline=None)
def test_no_mixture_of_them_ends_in_an_error(text: str, name: str) -> None:
    """The document is made, or refused with a fault."""
    with suppress(DocgenError):
        assert made(f"防汛工作方案\n{text}", name).document


def test_a_text_to_be_issued_must_be_without_them() -> None:
    """The fault names the file and the line."""
    with pytest.raises(ManuscriptUnseen, match=r"正文\.txt.*第2行的 U\+000C"):
        read_manuscript("防汛工作办法\n第一条\f按时。\n".encode(), "正文.txt")


def test_a_text_too_long_is_refused_before_it_is_laid_out() -> None:
    """In all, in one paragraph, in paragraphs, and in cells."""
    texts = ("字" * 1_000_001, "字\n\n" * 20_001, "|字" * 200 + "|\n" + "|字|\n" * 200)
    for text in texts:
        for name in ("稿.txt", "稿.md"):
            with pytest.raises(TooMuchText, match=rf"{name}.*文字太多"):
                of_text(text, name)
    with pytest.raises(TooMuchText, match=r"正文\.txt.*20001个字"):
        read_manuscript(f"防汛工作办法\n\n{'字' * 20_001}".encode(), "正文.txt")


def test_a_document_too_large_names_its_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though it is the document that is above a limit."""
    monkeypatch.setattr("docgen.opc.guard.MOST_PART", 2**12)
    with pytest.raises(TooLarge, match=r"稿\.txt：文件过大（排成公文后"):
        made(NOTICE.format("一切"))
