"""Which page the 版记 and the signature are on, for every number of lines; and whether the estimate agrees."""

from __future__ import annotations

import io
from functools import partial

import docx
import pytest
from docx.enum.section import WD_SECTION
from parts import in_document

from docgen.standard.build import ending, estimate
from docgen.standard.measures.lengths import Twip
from docgen.standard.measures.lines import break_lines

IMPRINT = "6日印发"
LEAST_AGREEMENT = 0.98


@pytest.mark.libreoffice
@pytest.mark.parametrize("lines", range(1, 101))
def test_the_imprint_is_on_the_last_page_an_even_one_and_no_signature_stands_alone(line_pages, lines):
    pages = line_pages[f"lines-{lines}"]
    assert [IMPRINT in page for page in pages].index(True) == len(pages) - 1
    assert len(pages) % 2 == 0
    assert "特此通知" in next(
        page for page in pages if "2026年3月6日" in page.replace("2026年3月6日印发", "")
    )


@pytest.mark.libreoffice
def test_no_character_of_the_text_is_lost(line_pages, line_documents):
    for name, document in line_documents.items():
        written = sum(each.text.count("现") for each in docx.Document(io.BytesIO(document)).paragraphs)
        assert sum(page.count("现") for page in line_pages[name]) == written


@pytest.mark.libreoffice
def test_a_blank_page_comes_only_before_the_imprint_and_neither_has_a_number(line_pages):
    blank = {name: pages for name, pages in line_pages.items() if "" in pages}
    assert blank, "some of a hundred documents must need a blank page"
    for pages in blank.values():
        assert pages.index("") == len(pages) - 2
        assert "—" not in pages[-1]


@pytest.mark.libreoffice
def test_the_estimate_agrees_with_libreoffice_on_98_percent_of_the_documents(
    form_pdfs, documents, line_pages, line_documents, page_words
):
    counted = {name: len(page_words(pdf)) for name, pdf in form_pdfs.items()}
    counted |= {name: len(pages) for name, pages in line_pages.items()}
    estimated = {name: estimate.pages(each) for name, each in (documents | line_documents).items()}
    wrong = {name for name in counted if counted[name] != estimated[name]}
    assert 1 - len(wrong) / len(counted) >= LEAST_AGREEMENT, sorted(wrong)


def test_with_an_odd_last_page_allowed_the_imprint_stays_where_the_text_ends(drafts):
    moved = [name for name in ("down-16", "down-20", "down-30") if finished(drafts[name]) != drafts[name]]
    assert moved, "some of the documents must end on an odd page"
    for name in moved:
        assert finished(drafts[name], even_last_page=False) == drafts[name]


def test_a_document_without_imprint_is_left_as_it_is(drafts):
    assert finished(drafts["order"]) == drafts["order"]


def test_a_finished_document_is_finished_to_itself(documents):
    for name in ("one", "levels", "order", "across"):
        assert finished(documents[name]) == documents[name]


def test_an_imprint_is_laid_although_the_paragraph_that_parts_it_was_deleted(drafts):
    opened = docx.Document(io.BytesIO(drafts["down-21"]))
    parting = opened.paragraphs[-2]
    assert parting.style.style_id == "End"
    parting._element.getparent().remove(parting._element)
    edited = io.BytesIO()
    opened.save(edited)
    laid = docx.Document(io.BytesIO(finished(edited.getvalue())))
    assert [each.start_type for each in laid.sections] == [WD_SECTION.NEW_PAGE, WD_SECTION.EVEN_PAGE]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("国国国国，国", ["国国国", "国，国"]),
        ("国国国（国国）", ["国国国", "（国国）"]),
        ("国国国2026年", ["国国国", "2026年"]),
        ("2511-990124", ["2511-", "990124"]),
        ("12345678901", ["123456789", "01"]),
    ],
)
def test_lines_break_between_hanzi_but_not_before_closing_punctuation_or_inside_a_number(text, lines):
    assert list(break_lines(text, Twip(320 * 4.9), None, Twip(320), Twip(0))) == lines


def finished(document, *, even_last_page=True):
    """Return a document with its last page as it should be."""
    return in_document(document, partial(ending.finish, even_last_page=even_last_page))
