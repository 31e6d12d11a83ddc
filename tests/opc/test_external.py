"""What a package refers to outside itself is found and taken out, however it is written; hyperlinks stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docgen.opc.external import externals, without_externals
from docgen.opc.reading import read

KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELS = "word/_rels/document.xml.rels"
OUT = 'TargetMode="External"'
MAIN = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{KINDS}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body>%s</w:body></w:document>'
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><image xlink:href=%s/><use href="#a"/><image href="data:,x"/></svg>'


def relations(*each: str) -> str:
    return f'<Relationships xmlns="{RELATIONS}">{"".join(each)}</Relationships>'


def relation(kind: str, target: str, mode: str = OUT) -> str:
    return f'<Relationship Id="rId7" Type="{KINDS}/{kind}" Target="{target}" {mode}/>'


def found_in(data: bytes) -> tuple[list[str], dict[str, bytes]]:
    contents = read(data, "甲.docx")
    seen = externals(contents.__getitem__, list(contents), "甲.docx")
    kept, left_out = without_externals(contents, "甲.docx")
    assert set(seen) <= set(left_out)
    assert not externals(kept.__getitem__, list(kept), "甲.docx")
    return [str(each) for each in left_out], kept


@pytest.mark.parametrize(
    ("kind", "target", "mode", "said"),
    [
        ("image", "http://a.example/1.png", OUT, "图片 http://a.example/1.png"),
        ("image", "file:///etc/passwd", OUT, "图片 file:///etc/passwd"),
        ("image", "http://a.example/1.png", "", "图片 http://a.example/1.png"),
        ("image", "//a.example/1.png", "", "图片 //a.example/1.png"),
        ("image", "D:\\1.png", "", "图片 D:\\1.png"),
        ("image", "1.png", "TargetMode='&#69;xternal'", "图片 1.png"),
        ("oleObject", "file:///a.xlsx", OUT, "链接的对象 file:///a.xlsx"),
        ("attachedTemplate", "http://a.example/a.dotx", OUT, "附加的模板 http://a.example/a.dotx"),
        ("subDocument", "2.docx", OUT, "子文档 2.docx"),
        ("externalLinkPath", "b.xlsx", OUT, "链接的工作簿 b.xlsx"),
        ("aFChunk", "a.html", "", "插入的其他文件 a.html"),
        ("odd", "http://a.example/", OUT, "链接的内容 http://a.example/"),
    ],
)
def test_what_would_be_fetched_is_named_and_taken_out(
    pack: Callable[..., bytes], kind: str, target: str, mode: str, said: str
) -> None:
    assert found_in(pack({RELS: relations(relation(kind, target, mode))}))[0] == [said]


@pytest.mark.parametrize("kind", ["image", "attachedTemplate"])
def test_what_lies_in_the_package_stays(pack: Callable[..., bytes], kind: str) -> None:
    data = pack({RELS: relations(relation(kind, "media/1.png", ""))})
    assert found_in(data) == ([], read(data, "甲.docx"))


def test_a_hyperlink_stays(pack: Callable[..., bytes]) -> None:
    link = relation("hyperlink", "http://a.example/")
    data = pack({RELS: relations(link), "word/document.xml": MAIN % '<w:hyperlink r:id="rId7"/>'})
    assert found_in(data) == ([], read(data, "甲.docx"))


def test_a_picture_that_calls_its_relation_a_hyperlink_is_taken_out(pack: Callable[..., bytes]) -> None:
    link = relation("hyperlink", "http://a.example/1.png")
    data = pack({RELS: relations(link), "word/document.xml": MAIN % '<a:blip r:link="rId7"/>'})
    assert found_in(data)[0] == ["链接的内容 http://a.example/1.png"]


@pytest.mark.parametrize("quoted", ['"file:///etc/a.png"', "'file:///etc/a.png'"])
def test_a_drawing_in_svg_refers_to_itself_alone(pack: Callable[..., bytes], quoted: str) -> None:
    said, kept = found_in(pack({"word/media/1.svg": SVG % quoted}))
    assert said == ["图片 file:///etc/a.png"]
    assert kept["word/media/1.svg"].decode() == SVG % '"#"'


def test_a_target_is_named_on_one_line_and_not_at_length(pack: Callable[..., bytes]) -> None:
    (said,), _ = found_in(pack({RELS: relations(relation("image", "http://a&#10;b/" + "c" * 500))}))
    assert said == "图片 http://a?b/" + "c" * 69 + "…"
