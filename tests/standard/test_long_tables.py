"""Tables measured for the estimate of pages: equal cells alike, and very long ones by their first rows."""

from __future__ import annotations

from lxml import etree

from docgen.standard.build.long_tables import shortened, whole
from docgen.standard.build.ooxml import paragraph, run, w
from docgen.standard.build.parts import BlankLine, join
from docgen.standard.build.reading import stretches_of
from docgen.standard.build.styles import styles
from docgen.standard.build.table import Column, Table
from docgen.standard.measures.lengths import Mm

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def document(rows: list[str]) -> bytes:
    """Return a document with a table of one column."""
    from docgen.standard.build.section import upright
    from docgen.standard.measures.look import STANDARD

    table = Table((Column("项目", Mm(30)),), more=tuple((each,) for each in rows)).xml()
    body = join((BlankLine(),)) + table + paragraph("End", run("")) + upright(STANDARD)
    return f"<w:document {NAMES}>{w('body', body)}</w:document>".encode()


def heights(content: bytes) -> tuple[int, ...]:
    """Return the heights of the rows of a document's table, its head left out."""
    from docgen.standard.build.elements import FORM_ELEMENTS
    from docgen.standard.build.looks import known_looks
    from docgen.standard.measures.look import STANDARD

    looks = styles(STANDARD.faces, FORM_ELEMENTS, STANDARD.line)
    known = known_looks(('<?xml version="1.0" encoding="UTF-8"?>' + looks).encode())
    (found,) = (each for each in stretches_of(etree.fromstring(content)[0], known) if each.head)
    return found.heights[2:]


def test_a_row_is_as_high_as_its_words_whatever_stood_in_equal_cells_before() -> None:
    short, long, again = heights(document(["甲", "甲" * 30, "甲"]))
    assert short == again < long


def test_the_rows_behind_the_first_of_a_very_long_table_are_as_high_as_those_on_average() -> None:
    found = heights(document(["甲"] * 700))
    assert len(found) == 700
    assert abs(sum(found) - 700 * found[0]) < 700


def test_the_later_rows_of_a_very_long_table_are_left_out_count_and_are_put_back_as_they_were() -> None:
    content = document([f"第{number}项" for number in range(700)])
    short, rows = shortened(content)
    assert "第50项".encode() in short
    assert "第600项".encode() not in short
    assert heights(short) == heights(content)
    assert whole(short.replace(b"<w:sectPr>", b"<w:sectPr><w:titlePg/>"), rows) == content.replace(
        b"<w:sectPr>", b"<w:sectPr><w:titlePg/>"
    )


def test_a_table_that_holds_another_or_is_not_long_is_left_whole() -> None:
    inner = b"<w:tc><w:tbl><w:tr/></w:tbl>"
    for content in (document(["甲"] * 300), document(["甲"] * 600).replace(b"<w:tc>", inner, 9)):
        assert shortened(content) == (content, [])
