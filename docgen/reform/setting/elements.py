"""The elements that drafts have and the standard does not speak of: pictures, their names, footnotes."""

from __future__ import annotations

from typing import Final

from docgen.standard.build.elements import FORM_ELEMENTS, Align, Element
from docgen.standard.measures.lengths import NONE, Pt

CAPTION: Final = Element(
    "Caption", "图表名称", "none: a short line beside a table or picture", align=Align.CENTER
)
FIGURE: Final = Element(
    "Figure", "图片", "none: pictures on a line of their own", align=Align.CENTER, tightening=NONE
)
FOOTNOTE: Final = Element("Footnote", "脚注文字", "none", size=Pt(10.5), line=Pt(16), tightening=NONE)
ELEMENTS: Final = (*FORM_ELEMENTS, CAPTION, FIGURE, FOOTNOTE)
