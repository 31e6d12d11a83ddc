"""A document measured without its rows is as high as one that is read whole, whatever its tables hold."""

from __future__ import annotations

import pytest
from lxml import etree

from docgen.standard.build import estimate
from docgen.standard.build.elements import FORM_CELL, FORM_ELEMENTS
from docgen.standard.build.flowing import Flowing
from docgen.standard.build.looks import Styles, known_looks
from docgen.standard.build.ooxml import paragraph, properties, run, w
from docgen.standard.build.reading import Known, stretches_of
from docgen.standard.build.section import upright
from docgen.standard.build.styles import styles
from docgen.standard.measures.look import STANDARD

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
LONG = "请按时限办结上述手续，以批复或证照为准；不能按期办结的，说明原因和新的日期。" * 3


def words(text: str) -> str:
    return paragraph(FORM_CELL.id, run(text))


def cell(content: str, *looks: str) -> str:
    return w("tc", properties("tcPr", w("tcW", w=2000, type="dxa"), *looks), content)


def row(*cells: str, height: int = 0) -> str:
    return w("tr", properties("trPr", w("trHeight", val=height)) if height else "", *cells)


def table(*rows: str) -> str:
    return w("tbl", properties("tblPr", w("tblW", w=4000, type="dxa")), *rows)


PLAIN = row(cell(words("承办单位")), cell(words("县发展改革委")), height=510)
TALL = row(cell(words("交办事项")), cell(words(LONG)))
BODIES = {
    "plain": table(PLAIN, TALL, PLAIN),
    "two tables": table(PLAIN) + paragraph("End", run("")) + table(TALL, PLAIN),
    "cells that go on below": table(
        row(cell(words(LONG), w("vMerge", val="restart")), cell(words("甲"))),
        row(cell(words(""), w("vMerge")), cell(words("乙"))),
        TALL,
    ),
    "a table in a cell": table(row(cell(words("甲")), cell(table(TALL, PLAIN) + words("乙"))), PLAIN),
    "rows in a content control": table(PLAIN, w("sdt", w("sdtContent", TALL)), PLAIN),
    "an empty row": table(PLAIN, "<w:tr/>", TALL),
    "no table": words(LONG),
}


def content(body: str) -> bytes:
    said = w("body", words("任务交办单"), body, paragraph("End", run("")), upright(STANDARD))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<w:document {NAMES}>{said}</w:document>'.encode()


@pytest.fixture(scope="module")
def looks() -> Styles:
    made = styles(STANDARD.faces, FORM_ELEMENTS, STANDARD.line)
    return known_looks(f'<?xml version="1.0" encoding="UTF-8"?>{made}'.encode())


@pytest.mark.parametrize("name", BODIES)
def test_a_document_without_its_rows_is_as_high_as_a_whole_one(looks: Styles, name: str) -> None:
    document, known = content(BODIES[name]), Known()
    whole = sum(sum(each.heights) for each in stretches_of(etree.fromstring(document)[0], looks))
    for _ in range(2):  # the second time all is known
        used, _room = estimate.height(Flowing(document), looks, known)
        assert used.twips == whole


def test_what_was_measured_of_one_document_is_not_taken_for_another(looks: Styles) -> None:
    known = Known()
    used = [
        estimate.height(Flowing(content(table(PLAIN, each))), looks, known)[0].twips
        for each in (PLAIN, TALL, PLAIN)
    ]
    assert used[0] == used[2] < used[1]


@pytest.mark.parametrize("name", ["plain", "a table in a cell"])
def test_rows_are_known_by_where_they_stand(name: str) -> None:
    document = content(BODIES[name])
    slip = Flowing(document)
    found = [document[begin:end] for begin, end in slip.rows.values()]
    assert len(found) == {"plain": 3, "a table in a cell": 2}[name]
    assert all(each.startswith(b"<w:tr>") and each.endswith(b"</w:tr>") for each in found)
    assert [etree.tostring(slip.whole(each)).count(b"<w:tc>") for each in slip.rows] == [
        each.count(b"<w:tc>") for each in found
    ]
