"""A package is written with some parts changed: the others as they lay, and the same bytes every time."""

import io
import zipfile

import pytest

from docgen.opc.faults import DamagedFile
from docgen.opc.reading import read
from docgen.opc.writing import with_changed

MAIN = "word/document.xml"


def stored(data, name):
    """Return a member's compressed bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        info = package.getinfo(name)
    start = info.header_offset + 30 + len(name.encode())
    return data[start : start + info.compress_size]


def test_changed_parts_are_changed_and_new_ones_added(pack):
    before = pack({"word/styles.xml": "<a/>", "word/media/图.png": b"\x89PNG"})
    after = with_changed(before, {MAIN: b"<b/>", "word/新.xml": b"<c/>"}, "甲.docx")
    assert read(after, "甲.docx") == read(before, "甲.docx") | {MAIN: b"<b/>", "word/新.xml": b"<c/>"}


def test_other_parts_are_copied_as_they_lie(pack):
    before = pack({"word/styles.xml": "<a>" + "甲乙丙丁" * 50 + "</a>"})
    after = with_changed(before, {MAIN: b"<b/>"}, "甲.docx")
    assert stored(after, "word/styles.xml") == stored(before, "word/styles.xml")


def test_any_reader_finds_the_content_types_first_no_time_and_no_fault(pack):
    written = with_changed(pack({"word/a.xml": "<a/>"}), {MAIN: b"<b/>"}, "甲.docx")
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        assert package.infolist()[0].filename == "[Content_Types].xml"
        assert {each.date_time for each in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.testzip() is None


def test_the_order_of_the_members_does_not_matter(pack):
    one = pack({"word/a.xml": "<a/>", "word/b.xml": "<b/>"})
    other = pack({"word/b.xml": "<b/>", "word/a.xml": "<a/>"})
    assert one != other
    assert with_changed(one, {MAIN: b"<c/>"}, "甲") == with_changed(other, {MAIN: b"<c/>"}, "甲")


def test_members_that_are_not_compressed_stay_so(pack):
    before = pack({}, zipfile.ZIP_STORED)
    after = with_changed(before, {MAIN: b"<b/>"}, "甲.docx")
    assert stored(after, "_rels/.rels") == read(before, "甲.docx")["_rels/.rels"]


def test_nothing_is_written_from_a_damaged_package(pack):
    with pytest.raises(DamagedFile):
        with_changed(pack()[:-40], {MAIN: b"<b/>"}, "甲.docx")
