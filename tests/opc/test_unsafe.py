"""What runs or fetches something is found in a package, and nothing else is taken for such."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docgen.opc.reading import read
from docgen.opc.unsafe import unsafe_in

MAIN = "word/document.xml"
PICTURE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
    ' Type="x/image" Target={}/></Relationships>'
)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def found(data: bytes) -> list[str]:
    contents = read(data, "甲.docx")
    return list(unsafe_in(list(contents), contents.__getitem__, "甲.docx"))


def field(*pieces: str) -> str:
    said = "".join(f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in pieces)
    return paragraph(f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{said}')


def paragraph(content: str) -> str:
    return f"<w:document {WORD}><w:body><w:p>{content}</w:p></w:body></w:document>"


@pytest.mark.parametrize(
    ("part", "content", "said"),
    [
        ("word/activeX/activeX1.xml", "<a/>", "里面有控件或嵌入的对象（word/activeX/activeX1.xml）"),
        ("word/embeddings/oleObject1.bin", "x", "里面有控件或嵌入的对象（word/embeddings/oleObject1.bin）"),
        (
            "word/_rels/document.xml.rels",
            PICTURE.format('"http://a.example/1"'),
            "引用外部的图片 http://a.example/1",
        ),
        (MAIN, field("DDEAUTO cmd"), "里面有会取外部内容的域（DDEAUTO）"),
        (MAIN, field(" includepicture ", '"http://a"'), "里面有会取外部内容的域（INCLUDEPICTURE）"),
        (MAIN, field("INCLUDE", "TEXT a.docx"), "里面有会取外部内容的域（INCLUDETEXT）"),
        (
            MAIN,
            paragraph('<w:fldSimple w:instr="LINK Excel.Sheet.12 a.xlsx"/>'),
            "里面有会取外部内容的域（LINK）",
        ),
    ],
)
def test_what_runs_or_fetches_is_named(
    pack: Callable[..., bytes], part: str, content: str, said: str
) -> None:
    assert found(pack({part: content})) == [said]


@pytest.mark.parametrize(
    "content",
    [
        field("PAGE"),
        field('HYPERLINK "http://a.example/LINK"'),
        field("IF 1=1 ", "LINKED"),
        paragraph("<w:r><w:t>instrText DDEAUTO</w:t></w:r>"),
    ],
)
def test_what_nobody_fetches_unasked_is_none(pack: Callable[..., bytes], content: str) -> None:
    assert found(pack({MAIN: content})) == []
    assert found(pack({"word/_rels/document.xml.rels": PICTURE.format('"media/1.png"')})) == []
