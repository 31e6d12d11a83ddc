"""Makes the page for unit clerks that is handed out with the sheets, from 填报说明.md: templates/填报说明.docx."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

FOLDER: Final = Path(__file__).parent
SOURCE: Final = FOLDER / "填报说明.md"
MADE: Final = FOLDER.parent / "templates" / "填报说明.docx"
_WIDTHS: Final = {"填报表-说明": Cm(9.5), "填报表-手续": Cm(17.4)}
_PARTS: Final = re.compile(r"(\*\*.+?\*\*)")
_PICTURE: Final = re.compile(r"!\[.*\]\((.+)\.png\)")
_BODY, _TITLE = Pt(9.5), Pt(16)


def words(document: bytes) -> list[str]:
    """Return the texts of the page, paragraph by paragraph and cell by cell."""
    opened = Document(BytesIO(document))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return [each for each in (*(para.text for para in opened.paragraphs), *cells) if each]


def page() -> bytes:
    """Return the page as .docx."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "宋体", _BODY
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    normal.paragraph_format.space_after = Pt(2)
    for block in _blocks():
        _add(document, block)
    made = BytesIO()
    document.core_properties.title, document.core_properties.author = "填报说明", "docgen"
    document.save(made)
    return made.getvalue()


def _blocks() -> Iterator[list[str]]:
    """Yield the blocks of the source, each as its lines."""
    for block in SOURCE.read_text("utf-8").split("\n\n"):
        if lines := block.strip().split("\n"):
            yield lines


def _add(document: Any, lines: Sequence[str]) -> None:
    first = lines[0]
    if picture := _PICTURE.fullmatch(first):
        document.add_picture(str(FOLDER / f"{picture[1]}.png"), width=_WIDTHS[picture[1]])
    elif first.startswith("|"):
        _table(document, [_cells(each) for each in lines if not each.startswith("|---")])
    elif first.startswith("# "):
        _runs(document.add_paragraph(), f"**{first[2:]}**", _TITLE)
    else:
        _runs(document.add_paragraph(), "".join(lines), _BODY)


def _cells(line: str) -> list[str]:
    return [each.strip() for each in line.strip("|").split("|")]


def _table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(row.cells, cells, (Cm(3.4), Cm(7.4), Cm(6.6)), strict=True):
            cell.width = width
            _runs(cell.paragraphs[0], text, _BODY)
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)


def _runs(para: Any, text: str, size: Pt) -> None:
    for piece in _PARTS.split(text.replace("`", "")):
        if piece:
            run = para.add_run(piece.strip("*") if piece.startswith("**") else piece)
            run.bold, run.font.size = piece.startswith("**"), size


def write() -> None:
    """Write the page where its words have changed."""
    made = page()
    if not MADE.exists() or words(MADE.read_bytes()) != words(made):
        MADE.write_bytes(made)


if __name__ == "__main__":
    write()
