"""Drafts as people type them in Word: looks of their own, automatic numbering, pictures, notes, head tables."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from docgen.reform.draft import Draft
from docgen.reform.formatting import Formatted, Given, formatted, read_draft

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def of_text(text: str, name: str = "稿.txt") -> Draft:
    """Return the draft in a text."""
    return read_draft(text.encode(), name)


def made(text: str, name: str = "稿.txt", given: Given | None = None) -> Formatted:
    """Return the document of a text."""
    return formatted(of_text(text, name), given or Given())


def word(fill: Callable[[Any], None]) -> bytes:
    """Return a .docx in Word's own look that a function fills."""
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def add(
    document: Any, text: str, *, size: float = 12, align: Any = None, bold: bool = False, face: str = "宋体"
) -> Any:
    """Add a paragraph in a look of its own."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    for slot in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(slot), face)
    return paragraph


def numbered(document: Any, lines: list[str], form: str, pattern: str, own: int = 77) -> None:
    """Add paragraphs that Word numbers by itself, as a list of its own number."""
    part = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), str(own))
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for name, value in (("start", "1"), ("numFmt", form), ("lvlText", pattern)):
        child = OxmlElement(f"w:{name}")
        child.set(qn("w:val"), value)
        level.append(child)
    abstract.append(level)
    part.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), str(own))
    referred = OxmlElement("w:abstractNumId")
    referred.set(qn("w:val"), str(own))
    number.append(referred)
    part.append(number)
    for line in lines:
        properties = add(document, line)._p.get_or_add_pPr()
        listed = OxmlElement("w:numPr")
        for name, value in (("ilvl", "0"), ("numId", str(own))):
            child = OxmlElement(f"w:{name}")
            child.set(qn("w:val"), value)
            listed.append(child)
        properties.append(listed)


def picture(width: int = 40, height: int = 20) -> bytes:
    """Return a grey PNG."""
    rows = b"".join(b"\0" + b"\x88" * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    header = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def letters(document: bytes) -> Counter[str]:
    """Count the hanzi, letters and digits of a .docx, read without docgen."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        names = [each for each in package.namelist() if each in ("word/document.xml", "word/footnotes.xml")]
        texts = [
            each.text or ""
            for name in names
            for each in etree.fromstring(package.read(name)).iter(f"{{{W}}}t")
            # What a text box says stands twice: for Word, and for readers that know no shapes.
            if not any(above.tag.endswith("}Fallback") for above in each.iterancestors())
        ]
    return Counter(each for text in texts for each in text if each.isalnum())


def lines(document: bytes) -> list[tuple[str, str]]:
    """Return the style and the words of each paragraph of the body that has words."""
    body = docx.Document(io.BytesIO(document))
    return [(each.style.name, each.text) for each in body.paragraphs if each.text.strip()]


def texts(result: Formatted) -> list[str]:
    """Return the words of each paragraph of a document."""
    return [words for _, words in lines(result.document)]


def told(result: Formatted) -> list[str]:
    """Return what was changed, as it was before."""
    return [each.before for each in result.changes]


def opened(result: Formatted) -> Any:
    """Return a document as python-docx reads it."""
    return docx.Document(io.BytesIO(result.document))
