"""Things at fixed places of a page: the red double rules of the letter format, and boxes of text.

Word, WPS and LibreOffice draw rectangles alike; compound lines and paragraph borders they do not. A drawing
declares its own namespaces, so that it may stand in any part of a file, and text does not flow around it. Beside it
stands the same in VML, as Word writes it, for readers that know no DrawingML shapes.
"""

from __future__ import annotations

from typing import Final

from docgen.dataclass import dataclass
from docgen.standard.build.ooxml import plain, w
from docgen.standard.measures import page
from docgen.standard.measures.lengths import Length

_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_SHAPE: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_NAMESPACES: Final = {
    "xmlns:mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "xmlns:wp": f"{_DRAWING}/wordprocessingDrawing",
    "xmlns:a": f"{_DRAWING}/main",
    "xmlns:wps": _SHAPE,
    "xmlns:v": "urn:schemas-microsoft-com:vml",
}
_NO_LINE: Final = plain("a:ln", plain("a:noFill"))


@dataclass(frozen=True)
class Box:
    """A rectangle of a page, measured from the page's upper left corner."""

    left: Length
    top: Length
    width: Length
    height: Length


def upper_rule(top: Length) -> str:
    """Return runs with the rule under the mark, thick over thin, its upper edge so far below the page's top."""
    thin = top + page.RULE_THICK + page.RULE_GAP
    return _bar(1, top, page.RULE_THICK) + _bar(2, thin, page.RULE_THIN)


def lower_rule() -> str:
    """Return runs with the rule at the foot of page 1, thin over thick, its lower edge 20 mm above the page's end."""
    thick = page.PAGE_HEIGHT - page.LETTER_RULE_FOOT - page.RULE_THICK
    thin = thick - page.RULE_GAP - page.RULE_THIN
    return _bar(3, thin, page.RULE_THIN) + _bar(4, thick, page.RULE_THICK)


def text_box(number: int, name: str, box: Box, paragraphs: str, *, turned: bool = False) -> str:
    """Return a run with paragraphs that stand at the foot of a box on the page of the run.

    `number` is unlike that of any other drawing of the document (1 to 4 are the rules), `name` is for people.
    A `turned` box is read from its top down, its lines' feet at its left.
    """
    looks = plain("wps:spPr", _place(box), plain("a:noFill"), _NO_LINE)
    content = plain("wps:txbx", w("txbxContent", paragraphs))
    margins = {"lIns": 0, "tIns": 0, "rIns": 0, "bIns": 0}
    direction = {"vert": "vert"} if turned else {}
    body = plain("wps:bodyPr", plain("a:noAutofit"), **direction, wrap="square", anchor="b", **margins)
    shape = plain("wps:wsp", plain("wps:cNvSpPr", txBox=1), looks, content, body)
    flow = {"style": "layout-flow:vertical"} if turned else {}
    inner = plain("v:textbox", w("txbxContent", paragraphs), inset="0,0,0,0", **flow)
    older = _older(number, box, "v-text-anchor:bottom", inner, filled="f")
    return _drawn(number, name, box, (shape, older), behind=False)


def _bar(number: int, top: Length, height: Length) -> str:
    left = (page.PAGE_WIDTH - page.LETTER_RULE_LENGTH) * 0.5
    box = Box(left, top, page.LETTER_RULE_LENGTH, height)
    fill = plain("a:solidFill", plain("a:srgbClr", val=page.RED))
    looks = plain("wps:spPr", _place(box), fill, _NO_LINE)
    shape = plain("wps:wsp", plain("wps:cNvSpPr"), looks, plain("wps:bodyPr"))
    older = _older(-number, box, "", fillcolor=f"#{page.RED}")
    return _drawn(number, f"红色双线 {number}", box, (shape, older), behind=True)


def _older(layer: int, box: Box, more: str, *content: str, **looks: str) -> str:
    """Return a rectangle in VML; one of a layer below 0 lies behind the text."""
    sides = {"margin-left": box.left, "margin-top": box.top, "width": box.width, "height": box.height}
    style = (
        "position:absolute",
        *(f"{side}:{length.pt:.2f}pt" for side, length in sides.items()),
        f"z-index:{layer}",
        "mso-position-horizontal-relative:page",
        "mso-position-vertical-relative:page",
        *((more,) if more else ()),
    )
    return plain("v:rect", *content, id=f"older{abs(layer)}", style=";".join(style), stroked="f", **looks)


def _place(box: Box) -> str:
    size = plain("a:ext", cx=int(box.width), cy=int(box.height))
    return plain("a:xfrm", plain("a:off", x=0, y=0), size) + plain(
        "a:prstGeom", plain("a:avLst"), prst="rect"
    )


def _drawn(number: int, name: str, box: Box, shapes: tuple[str, str], *, behind: bool) -> str:
    shape, older = shapes
    content = (
        plain("wp:simplePos", x=0, y=0),
        plain("wp:positionH", plain("wp:posOffset", str(int(box.left))), relativeFrom="page"),
        plain("wp:positionV", plain("wp:posOffset", str(int(box.top))), relativeFrom="page"),
        plain("wp:extent", cx=int(box.width), cy=int(box.height)),
        plain("wp:effectExtent", l=0, t=0, r=0, b=0),
        plain("wp:wrapNone"),
        plain("wp:docPr", id=number, name=name),
        plain("wp:cNvGraphicFramePr"),
        plain("a:graphic", plain("a:graphicData", shape, uri=_SHAPE)),
    )
    layer = {
        "relativeHeight": number,
        "behindDoc": int(behind),
        "locked": 1,
        "layoutInCell": 1,
        "allowOverlap": 1,
    }
    anchor = plain("wp:anchor", *content, distT=0, distB=0, distL=0, distR=0, simplePos=0, **layer)
    choice = plain("mc:Choice", w("drawing", anchor), Requires="wps")
    fallback = plain("mc:Fallback", w("pict", older))
    return w("r", plain("mc:AlternateContent", choice, fallback, **_NAMESPACES))
