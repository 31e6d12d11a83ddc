"""Content controls of a form, read by name, whoever parted or nested them."""

from __future__ import annotations

import io
import zipfile

import pytest

from docgen.standard.build.filled import filled_in

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def control(name: str, *pieces: str, tag: str = "alias") -> str:
    runs = "".join(f"<w:r><w:t>{each}</w:t></w:r>" for each in pieces)
    return f'<w:sdt><w:sdtPr><w:{tag} w:val="{name}"/></w:sdtPr><w:sdtContent>{runs}</w:sdtContent></w:sdt>'


def form(*body: str) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        inside = "".join(f"<w:p>{each}</w:p>" for each in body)
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{inside}</w:body></w:document>")
    return saved.getvalue()


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        ([control("甲", "已办结")], "已办结"),
        ([control("甲", "已", "办结")], "已办结"),
        ([control("甲", "已") + control("甲", "办结")], "已办结"),
        (
            [control("甲", "已办3项") + control("甲", "已办", "已办3项") + control("甲", "3项", "已办3项")],
            "已办3项",
        ),
        ([control("甲", "　　　　")], ""),
        ([control("甲", "丁汝霖", tag="tag")], "丁汝霖"),
        ([control("甲", "　丁汝霖　")], "丁汝霖"),
    ],
)
def test_what_was_typed_is_read_once(parts: list[str], value: str) -> None:
    """Runs, pieces and repeated pieces of one name come to one text; blanks alone are nothing."""
    assert filled_in(form(*parts), "表.docx").values == {"甲": value}


def test_words_outside_are_no_answer() -> None:
    """Text around the places is kept apart, to tell which form it is."""
    found = filled_in(form("<w:r><w:t>办理结果：</w:t></w:r>" + control("甲", "已办结")), "表.docx")
    assert found.words.strip() == "办理结果："
