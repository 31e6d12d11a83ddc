"""Every part of an OFD by the schemas of GB/T 33190-2016."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from docgen.ofd.making import ofd_of
from docgen.ofd.package import About, Attachment
from docgen.ofd.tags import Part

SPEC = importlib.util.spec_from_file_location("ofd_pdfs_for_schema", Path(__file__).with_name("pdfs.py"))
pdfs = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(pdfs)
CONTENT = (
    "0.2 0.4 0.8 rg 0 0 1 RG [3 2] 1 d 1 J 1 j 4 w 100 100 200 300 re b* "
    "q 100 100 m 400 100 l 250 500 l h W n 0 0 300 300 re f /I Do Q "
    "q 200 0 0 100 100 500 cm /I Do Q q 10 10 99 99 re W n /S sh Q "
    "BT /F1 40 Tf 2 Tr 0.7 0.7 -0.7 0.7 200 300 Tm (Turned) Tj ET " + pdfs.TEXT
)
LINK = (
    "/Annots [<< /Type /Annot /Subtype /Link /Rect [9 9 99 99] /A << /S /URI /URI (https://example.cn) >> >>]"
)
ABOUT = About(
    "标题", "作者", "主题", ("甲", "乙"), "2026-03-16", "docgen", "1", {"文号": "某〔2026〕3号"},
    (Part("版头", "发文机关标志", "Notice"),), (Attachment("正本.docx", b"PK"),),
)  # fmt: skip


@pytest.mark.parametrize("about", [About(), ABOUT], ids=["bare", "full"])
def test_every_part_is_valid(schemas, about):
    """The root of each part says which schema it is judged by; none is left unjudged but the tags' own file."""
    judged = set()
    with zipfile.ZipFile(io.BytesIO(ofd_of(pdfs.pdf(CONTENT, page=LINK), about))) as parts:
        for name in parts.namelist():
            if name.endswith(".xml") and not name.endswith("CustomTag.xml"):
                root = etree.fromstring(parts.read(name))
                kind = etree.QName(root).localname
                schemas[kind].assertValid(root)
                judged.add(kind)
    assert judged == {"OFD", "Document", "Page", "Res"} | (
        {"CustomTags", "Attachments"} if about.parts else set()
    )


def test_every_part_of_an_official_document_is_valid(schemas, showpiece_pdf):
    """Chart, seal, tables, several fonts, a broad page and rare characters."""
    with zipfile.ZipFile(io.BytesIO(ofd_of(showpiece_pdf.read_bytes(), ABOUT))) as parts:
        for name in parts.namelist():
            if name.endswith(".xml") and not name.endswith("CustomTag.xml"):
                root = etree.fromstring(parts.read(name))
                schemas[etree.QName(root).localname].assertValid(root)
