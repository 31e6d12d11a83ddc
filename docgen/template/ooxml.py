"""The names and the writing of OOXML that rendering needs; no knowledge of templates."""

from __future__ import annotations

from typing import Final, TypeAlias

from lxml import etree

from docgen.opc import parsing

Element: TypeAlias = parsing.Element

WML: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
COMPATIBILITY: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def w(name: str) -> str:
    """Return the qualified name of a WordprocessingML element or attribute."""
    return f"{{{WML}}}{name}"


P: Final = w("p")
R: Final = w("r")
T: Final = w("t")
PPR: Final = w("pPr")
RPR: Final = w("rPr")
BR: Final = w("br")
CR: Final = w("cr")
TAB: Final = w("tab")
TBL: Final = w("tbl")
TR: Final = w("tr")
TC: Final = w("tc")
TCPR: Final = w("tcPr")
DEL_TEXT: Final = w("delText")
GRID_SPAN: Final = w("gridSpan")
FALLBACK: Final = f"{{{COMPATIBILITY}}}Fallback"


def parse(content: bytes) -> Element:
    """Parse a part that was let through when its package was opened; space between elements is dropped."""
    return etree.fromstring(
        content, etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    )


def namespaces(element: Element) -> dict[str, str]:
    """Return the prefixes known at an element."""
    return {prefix: uri for prefix, uri in element.nsmap.items() if prefix}


def parse_output(xml: str) -> Element:
    """Parse a rendered part. Its source was parsed before, so it is only as deep as that and the values.

    Raises:
        etree.XMLSyntaxError: if a value has broken it.
    """
    return etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, no_network=True))


def to_text(root: Element) -> str:
    """Serialise without an XML declaration."""
    return etree.tostring(root, encoding="unicode")


def declared(root: Element) -> str:
    """Serialise with the XML declaration that Word writes."""
    return DECLARATION + to_text(root)


def nearest(element: Element, name: str) -> Element | None:
    """Return the innermost element of that name that is or holds `element`."""
    found: Element | None = element
    while found is not None and found.tag != name:
        found = found.getparent()
    return found


def properties(element: Element | None, name: str) -> str:
    """Return the XML of the child `name` (w:pPr, w:rPr) without namespace declarations, or nothing."""
    child = None if element is None else element.find(name)
    return "" if child is None else bare(child)


def bare(element: Element) -> str:
    """Serialise an element without its tail and without the declarations its part already makes."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    for prefix, uri in element.nsmap.items():
        text = text.replace(f' xmlns:{prefix}="{uri}"' if prefix else f' xmlns="{uri}"', "", 1)
    return text


def remove(element: Element) -> None:
    """Remove an element, keeping the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
