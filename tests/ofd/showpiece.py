"""A document with all that official documents hold: a chart, a seal over words, a broad page, a table over pages."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from PIL import Image, ImageDraw

from docgen.template.template import compile as compile_template

FACES: Final = ("方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312")
RARE: Final = "喆堃䶮〇𠮷"
CHART: Final = "{{p 各单位|图('柱', '单位,办结率', '办结率', '%') }}"
RATES: Final = [{"单位": "县水利局", "办结率": "52.4"}, {"单位": "县住建局", "办结率": "18.8"}]
ROWS: Final = 60


def showpiece() -> bytes:
    """Return the document."""
    document = docx.Document()
    first = document.sections[0]
    first.page_width, first.page_height = Mm(210), Mm(297)
    _words(document, "关于办理情况的通报", 22, FACES[0], RGBColor(0xFF, 0, 0))
    for face in FACES:
        _words(document, f"{face}写的正文，2026年第3号，100%。", 16, face)
    _words(document, f"少见的字：{RARE}。", 16, FACES[1])
    bold = document.add_paragraph().add_run("加粗、下划线和斜体 Bold")
    bold.bold = bold.underline = bold.italic = True
    document.add_paragraph(CHART)
    document.add_paragraph("盖章处").add_run().add_picture(io.BytesIO(_seal()), width=Mm(42))
    broad = document.add_section(WD_SECTION.NEW_PAGE)
    broad.orientation, broad.page_width, broad.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    table = document.add_table(rows=0, cols=4, style="Table Grid")
    for number in range(1, ROWS + 1):
        for cell, words in zip(
            table.add_row().cells, (f"{number}", "县水利局", "水土保持方案", "办结"), strict=True
        ):
            cell.text = words
    document.add_paragraph("完")
    stream = io.BytesIO()
    document.save(stream)
    return compile_template(stream.getvalue(), "展示.docx").render({"各单位": RATES})


def _words(
    document: docx.document.Document, words: str, size: int, face: str, colour: RGBColor | None = None
) -> None:
    run = document.add_paragraph().add_run(words)
    run.font.size, run.font.color.rgb = Pt(size), colour
    run.font.name = face
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)


def _seal() -> bytes:
    """Return a round red seal that is seen through elsewhere."""
    picture = Image.new("RGBA", (420, 420), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((10, 10, 410, 410), outline=(220, 0, 0, 230), width=14)
    pen.regular_polygon((210, 210, 70), 5, fill=(220, 0, 0, 230))
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def showpiece_pdf(folder: Path) -> Path:
    """Return it as a PDF, made by LibreOffice."""
    from docgen.pdf.convert import to_pdf

    path = folder / "展示.docx"
    path.write_bytes(showpiece())
    (pdf,) = to_pdf([path], folder)
    return pdf
