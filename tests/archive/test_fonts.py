"""Fonts told from their dictionaries alone: only what is certain is said to be held; the pages decide the rest."""

from __future__ import annotations

import pytest

from docgen.archive.fonts import all_held

FILE = b"7 0 obj\n<</Length 3\nendobj\n"
DESCRIPTOR = b"6 0 obj\n<</Type/FontDescriptor/FontName/F/FontFile2 7 0 R>>\nendobj\n"
SIMPLE = b"5 0 obj\n<</Type/Font/Subtype/TrueType/BaseFont/F/FontDescriptor 6 0 R>>\nendobj\n"
WHOLE = (
    b"4 0 obj\n<</Type/Font/Subtype/Type0/BaseFont/F/DescendantFonts[5 0 R]>>\nendobj\n"
    + SIMPLE
    + DESCRIPTOR
    + FILE
)


def test_fonts_with_their_files_are_held() -> None:
    """A composite font, its descendant, the descriptor and the file; and a PDF of a picture alone."""
    assert all_held(WHOLE)
    assert all_held(b"1 0 obj\n<</Type/Catalog>>\nendobj\n")
    assert all_held(WHOLE + b"1 0 obj\n<</A 1>>\nendobj\n1 0 obj\n<</A 2>>\nendobj\n")


@pytest.mark.parametrize(
    "objects",
    [
        WHOLE.replace(b"/FontFile2 7 0 R", b""),
        WHOLE.replace(b"/FontDescriptor 6 0 R", b""),
        WHOLE.replace(FILE, b""),
        WHOLE.replace(DESCRIPTOR, b""),
        WHOLE + SIMPLE,
        WHOLE + b"trailer <</Encrypt 9 0 R>>",
        WHOLE + b"8 0 obj\n<</Type/ObjStm\nendobj\n",
        WHOLE + b"8 0 obj\n<</Font<</A<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>\nendobj\n",
        WHOLE + b"8 0 obj\n<</Subtype/Type1/BaseFont/Helvetica>>\nendobj\n",
        WHOLE + b"8 0 obj <</A 1>> 9 0 obj\n<</Type/Font/Subtype/Type3>>\nendobj\n",
    ],
    ids=[
        "no file", "no descriptor", "the file is not there", "the descriptor is not there", "written twice",
        "encrypted", "object stream", "a font within a page", "a font without its type", "an end is missing",
    ],
)  # fmt: skip
def test_what_is_not_certain_is_not_said(objects: bytes) -> None:
    """Whatever is missing, hidden or odd: the pages have to be looked at."""
    assert not all_held(objects)
