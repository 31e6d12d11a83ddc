"""WordprocessingML as strings: elements, properties in the schema's order, runs, paragraphs, bookmarks.

Word refuses properties that stand out of the order of ECMA-376 part 1, so `properties` sorts them by the
sequences given here, and refuses a property that is in none.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape
from typing import Final

_ORDERS: Final = {
    name: tuple(sequence.split())
    for name, sequence in {
        "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd
            tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi
            adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection
            textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr""",
        "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof
            snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText
            vertAlign rtl cs em lang eastAsianLayout specVanish oMath""",
        "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc
            tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription""",
        "tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign
            hideMark""",
        "trPr": "cantSplit trHeight tblHeader jc",
        "sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders
            lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid""",
    }.items()
}
_NAME: Final = re.compile(r"<w:(\w+)")


def plain(name: str, /, *content: str, **attributes: object) -> str:
    """Return an element whose attributes have no prefix (DrawingML, packages)."""
    return _element(name, content, {key: str(value) for key, value in attributes.items()})


def w(name: str, /, *content: str, **attributes: object) -> str:
    """Return an element `w:name` whose attributes carry the prefix `w:` as well."""
    return _element(f"w:{name}", content, {f"w:{key}": str(value) for key, value in attributes.items()})


def properties(name: str, *children: str) -> str:
    """Return a property element with its children in the schema's order; empty when there are none.

    Raises:
        ValueError: if a child is not in the schema's sequence.
    """
    order = _ORDERS[name]
    present = {_local_name(child): child for child in children if child}
    if unknown := present.keys() - set(order):
        raise ValueError(f"{', '.join(unknown)} in {name}")
    return w(name, *(present[each] for each in order if each in present)) if present else ""


def run(text: str, *run_properties: str) -> str:
    """Return a run of text; tabs become tab elements."""
    looks = properties("rPr", *run_properties) if run_properties else _usual_looks()
    pieces = w("tab").join(_text(piece) for piece in text.split("\t"))
    return w("r", looks, pieces)


@cache
def _usual_looks() -> str:
    """Return the looks of runs that have none of their own: punctuation is set in the Chinese face."""
    return properties("rPr", w("rFonts", hint="eastAsia"))


def paragraph(style: str, *content: str, layout: tuple[str, ...] = ()) -> str:
    """Return a paragraph of a style; `layout` are direct properties that the content asks for."""
    return w("p", properties("pPr", w("pStyle", val=style), *layout), *content)


def bookmarked(name: str, number: int, *content: str) -> str:
    """Return runs within a bookmark, by which a later step finds and fills a value.

    Not a content control: LibreOffice 7.4 saves one whose text mixes hanzi and digits with the text repeated.
    `number` is the bookmark's id, unlike every other in the document.
    """
    return w("bookmarkStart", id=number, name=name) + "".join(content) + w("bookmarkEnd", id=number)


def _text(piece: str) -> str:
    return f'<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t>' if piece else ""


def _element(name: str, content: tuple[str, ...], attributes: dict[str, str]) -> str:
    shown = "".join([f' {key}="{_escaped(value)}"' for key, value in attributes.items()])
    inner = "".join(content)
    return f"<{name}{shown}>{inner}</{name}>" if inner else f"<{name}{shown}/>"


_escaped = lru_cache(maxsize=4096)(escape)
"""Values of attributes are few and come again and again."""


def _local_name(xml: str) -> str:
    found = _NAME.match(xml)
    if found is None:
        raise ValueError(xml)
    return found[1]
