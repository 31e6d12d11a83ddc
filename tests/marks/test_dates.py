"""Every date of a document is filled: that of the signature or the head, and that of the 版记 in its box."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from docgen.errors import Problems
from docgen.marks.faults import MarkFilled, MarkTwice
from docgen.marks.marks import Wording, fill_marks, read_marks
from docgen.standard.build import blocks
from docgen.standard.build.head import file_head
from docgen.standard.build.imprint import Imprint, imprint
from docgen.standard.build.parts import Slot
from docgen.standard.forms import document
from docgen.template import template

DATE, PRINTED = "docgen_date", "docgen_date_2"
DRAFTED, FINAL = "2026年3月6日", "2026年11月26日"
OFFICE = "澄湖县人民政府办公室"
BOX = re.compile(r"<mc:AlternateContent.*?</mc:AlternateContent>", re.DOTALL)


@pytest.fixture(scope="module")
def draft():
    parts = tuple(Slot(name) for name in ("版头", "正文", "落款", "版记"))
    return template.compile(document.build(document.Document(parts)), "公文").render(
        {
            "版头": file_head((OFFICE,), "澄政办发〔2026〕　号"),
            "正文": blocks.Block("<w:p><w:r><w:t>经2026年3月6日会议研究，现通知如下。</w:t></w:r></w:p>"),
            "落款": blocks.signature((OFFICE,), DRAFTED),
            "版记": imprint(Imprint(OFFICE, DRAFTED, ("县委办公室",))),
        }
    )


def xml(document):
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return package.read("word/document.xml").decode()


def edited(document, change):
    """Return a document whose XML was changed as another program saves it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()) if name == "word/document.xml" else content)
    return stream.getvalue()


def filled(document):
    return fill_marks(document, {DATE: Wording(DRAFTED, FINAL)}, "稿.docx")


def test_the_date_of_the_imprint_is_filled_with_that_of_the_signature(draft):
    assert read_marks(draft, "稿.docx")[PRINTED] == DRAFTED
    signed = filled(draft)
    marks = read_marks(signed, "稿.docx")
    assert (marks[DATE], marks[PRINTED]) == (FINAL, FINAL)
    assert f"经{DRAFTED}会议研究" in xml(signed)


def test_a_box_that_is_written_twice_is_filled_twice(draft):
    assert xml(draft).count("<mc:Fallback>") == 1
    signed = xml(filled(draft))
    assert signed.count(FINAL) == 3
    assert signed.count(DRAFTED) == 1


def test_the_date_of_the_imprint_is_filled_although_its_bookmark_is_gone(draft):
    lost = edited(draft, lambda text: re.sub(r'<w:bookmark(Start|End) w:id="1003"[^>]*/>', "", text))
    assert PRINTED not in read_marks(lost, "稿.docx")
    assert f"{FINAL}印发" in re.sub(r"<[^>]+>", "", BOX.search(xml(filled(lost)))[0])


def test_a_date_of_printing_that_somebody_wrote_is_not_written_over(draft):
    changed = edited(draft, lambda text: BOX.sub(lambda box: box[0].replace(DRAFTED, "2026年5月1日"), text))
    with pytest.raises(Problems) as caught:
        filled(changed)
    assert [type(each) for each in caught.value.faults] == [MarkFilled]
    assert "印发日期" in str(caught.value)


def test_a_bookmark_of_printing_that_stands_twice_is_refused(draft):
    def doubled(text):
        start = re.search(r'<w:bookmarkStart w:id="1003"[^>]*/>', text)[0]
        again = (
            start.replace("1003", "1099")
            + "<w:r><w:t>2026年3月6日</w:t></w:r>"
            + '<w:bookmarkEnd w:id="1099"/>'
        )
        return text.replace("</w:body>", f"<w:p>{again}</w:p></w:body>")

    with pytest.raises(Problems) as caught:
        filled(edited(draft, doubled))
    assert [type(each) for each in caught.value.faults] == [MarkTwice]


def test_a_document_that_shows_the_final_dates_already_is_left_as_it_is(draft):
    signed = filled(draft)
    assert filled(signed) == signed
