"""Sixty messy drafts laid out: nothing is lost, the checker finds no error, and twice is once."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass

import pytest
from corpus import LONG_ONES, MARKDOWNS, TEXTS, WORDS, WPS, Draft, drafts
from lxml import etree
from specimens import COUNTED, bare, read
from typed import W

from docgen.lint.rule import Severity
from docgen.reform.formatting import Formatted, formatted, read_draft

_LINES_OF_A_PAGE, _CHARACTERS_OF_A_LINE = 22, 28


@dataclass(frozen=True)
class Laid:
    """A draft and its document."""

    draft: Draft
    result: Formatted


@pytest.fixture(scope="module")
def corpus() -> list[Laid]:
    """The sixty drafts, each laid out once."""
    return [Laid(each, formatted(read_draft(each.data, each.name))) for each in drafts()]


def text_in(document: bytes) -> str:
    """Return the words of a .docx, read without docgen; what a shape says is taken once."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    for each in root.iter("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"):
        each.getparent().remove(each)
    return "".join(each.text or "" for each in root.iter(f"{{{W}}}t"))


def test_the_corpus_is_what_it_says(corpus: list[Laid]) -> None:
    """Sixty drafts, of which five would fill twenty pages; the same bytes of words each time."""
    sorts = Counter(each.draft.name.rstrip("0123456789.docxmt") for each in corpus)
    assert sorts == {"长稿": LONG_ONES, "纯文本": TEXTS, "标记": MARKDOWNS, "WPS": WPS, "文稿": WORDS}
    assert len(corpus) == 60
    for each in corpus[:LONG_ONES]:
        lines = sum(-(-(len(said) + 2) // _CHARACTERS_OF_A_LINE) for said in each.draft.said)
        assert lines >= 20 * _LINES_OF_A_PAGE


def test_every_paragraph_cell_picture_formula_and_note_of_each_draft_is_in_its_document(
    corpus: list[Laid],
) -> None:
    """As often as in the draft, each in one piece, by a reader that is not docgen's."""
    lost = []
    for each in corpus:
        found, held = read(each.result.document)
        wanted = Counter(bare(said) for said in each.draft.said)
        lost += [(each.draft.name, said) for said, count in wanted.items() if found.count(said) < count]
        lost += [(each.draft.name, what) for what in COUNTED if held[what] != each.draft.held[what]]
    assert lost == []


def test_the_checker_finds_no_error_in_any_of_them(corpus: list[Laid]) -> None:
    """Nor a warning about looks: what is left is for a person to weigh."""
    errors = {
        each.draft.name: [
            str(one.message) for one in each.result.report.findings if one.severity is Severity.ERROR
        ]
        for each in corpus
    }
    assert {name: found for name, found in errors.items() if found} == {}


def test_no_space_is_left_behind_a_full_mark(corpus: list[Laid]) -> None:
    """People type one behind commas; it is taken out, and told."""
    for each in corpus:
        assert not re.search("[，。；] (?!$)", text_in(each.result.document)), each.draft.name
    told = {change.before for each in corpus for change in each.result.changes}
    assert any("， " in words for words in told)


def test_laying_them_out_again_changes_nothing(corpus: list[Laid]) -> None:
    """Of each sort some: the same bytes, and nothing to tell."""
    for each in corpus[LONG_ONES::6]:
        again = formatted(read_draft(each.result.document, "果.docx"))
        assert again.document == each.result.document, each.draft.name
        assert again.changes == (), each.draft.name
