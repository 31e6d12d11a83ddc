"""The style and font tables of a template: each element's declaration as a paragraph style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from docgen.standard.build import elements
from docgen.standard.build.elements import Align, Element, Rule
from docgen.standard.build.ooxml import plain, properties, w
from docgen.standard.measures import page
from docgen.standard.measures.fonts import ALTERNATIVES, Face, Faces
from docgen.standard.measures.lengths import Length

NAMESPACE: Final = {"xmlns:w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


def styles(faces: Faces, declared: Sequence[Element] = elements.ELEMENTS, line: Length = page.LINE) -> str:
    """Return `word/styles.xml`: the defaults of a document and one paragraph style for each element declared.

    `line` takes the place of the standard line where an element has that.
    """
    paragraphs = (_style(_with_line(element, line), faces) for element in declared)
    runs = (_run_style(face, faces) for face in Face)
    return plain(
        "w:styles", _defaults(faces), _normal(line), _table_normal(), *paragraphs, *runs, **NAMESPACE
    )


def run_style(face: Face) -> str:
    """Return the identifier of the character style that sets a run in a face."""
    return f"Face{face.value.title()}"


def run_style_name(face: Face, faces: Faces) -> str:
    """Return the name of that style as Word shows it."""
    return f"字体 {faces.of(face)}"


def font_table(faces: Faces) -> str:
    """Return `word/fontTable.xml`: the faces, with the names that may stand in for them."""
    return plain("w:fonts", *(_font(name) for name in faces.names), **NAMESPACE)


def indents(left: Length, right: Length, first: Length) -> str:
    """Return `w:ind` of three indents; `first` is relative to `left`, negative when it hangs."""
    if first < 0:
        return w("ind", left=left.twips, right=right.twips, hanging=-first.twips)
    return w("ind", left=left.twips, right=right.twips, firstLine=first.twips)


def fonts_of(name: str) -> str:
    """Return `w:rFonts` that sets Latin letters, digits and hanzi in one face."""
    return w("rFonts", hint="eastAsia", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def size_of(size: Length) -> tuple[str, str]:
    """Return the run properties of a type size."""
    return w("sz", val=size.half_points), w("szCs", val=size.half_points)


def exact(line: Length) -> str:
    """Return `w:spacing` of lines of exact height without room before and after."""
    return w("spacing", before=0, after=0, line=line.twips, lineRule="exact")


def border_of(rule: Rule) -> str:
    """Return `w:pBdr` of a rule under a paragraph."""
    edge = w("bottom", val="single", sz=rule.eighths, space=rule.space, color=rule.colour)
    return w("pBdr", edge)


def _with_line(element: Element, line: Length) -> Element:
    return replace(element, line=line) if element.line == page.LINE else element


def _style(element: Element, faces: Faces) -> str:
    look = properties("rPr", *_run_looks(element, faces))
    about = (w("name", val=element.name), w("basedOn", val="Normal"), w("uiPriority", val=1), w("qFormat"))
    return w("style", *about, _layout(element), look, type="paragraph", customStyle=1, styleId=element.id)


def _run_style(face: Face, faces: Faces) -> str:
    about = (w("name", val=run_style_name(face, faces)), w("uiPriority", val=2), w("qFormat"))
    look = properties("rPr", fonts_of(faces.of(face)))
    return w("style", *about, look, type="character", customStyle=1, styleId=run_style(face))


def _layout(element: Element) -> str:
    outline = "" if element.outline is None else w("outlineLvl", val=element.outline)
    return properties(
        "pPr",
        w("keepNext") if element.keep_next else "",
        w("pageBreakBefore") if element.new_page else "",
        border_of(element.rule) if element.rule else "",
        exact(element.line),
        indents(element.left, element.right, element.first),
        w("jc", val=element.align.value),
        outline,
    )


def _run_looks(element: Element, faces: Faces) -> tuple[str, ...]:
    red = w("color", val=page.RED) if element.red else ""
    spacing = w("spacing", val=element.tightening.twips)
    return fonts_of(faces.of(element.face)), red, spacing, *size_of(element.size)


def _defaults(faces: Faces) -> str:
    language = w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    look = properties("rPr", fonts_of(faces.of(Face.BODY)), *size_of(page.SIZE_3), language)
    return w("docDefaults", w("rPrDefault", look), w("pPrDefault"))


def _normal(line: Length) -> str:
    # overflowPunct 0: LibreOffice reads it inverted, see docgen/pdf/libreoffice.py.
    layout = properties(
        "pPr",
        w("widowControl", val=0),
        w("kinsoku"),
        w("overflowPunct", val=0),
        w("autoSpaceDE"),
        w("autoSpaceDN"),
        w("snapToGrid", val=0),
        exact(line),
        w("jc", val=Align.JUSTIFY.value),
    )
    look = properties("rPr", w("spacing", val=page.TIGHTENING.twips))
    about = (w("name", val="Normal"), w("qFormat"))
    return w("style", *about, layout, look, type="paragraph", default=1, styleId="Normal")


def _table_normal() -> str:
    nothing = (w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right"))
    looks = properties("tblPr", w("tblInd", w=0, type="dxa"), w("tblCellMar", *nothing))
    about = (w("name", val="Normal Table"), w("uiPriority", val=99), w("semiHidden"), w("unhideWhenUsed"))
    return w("style", *about, looks, type="table", default=1, styleId="TableNormal")


def _font(name: str) -> str:
    other = w("altName", val=ALTERNATIVES[name]) if name in ALTERNATIVES else ""
    about = (w("charset", val="86"), w("family", val="auto"), w("pitch", val="variable"))
    return w("font", other, *about, name=name)
