"""The names of OOXML that the checker reads, and reading values from attributes."""

from __future__ import annotations

from typing import Final, TypeAlias, cast

from docgen.opc import parsing

Element: TypeAlias = parsing.Element

WML: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
WORD_2010: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
PLACED: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_FALSE: Final = frozenset(("0", "false", "off", "none"))


def w(name: str) -> str:
    """Return the qualified name of a WordprocessingML element or attribute."""
    return f"{{{WML}}}{name}"


_VALUE: Final = w("val")


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def value(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute `w:name` of an element that may be missing."""
    return None if element is None else element.get(_VALUE if name == "val" else w(name))


def attributes(element: Element) -> dict[str, str]:
    """Return all attributes of an element by qualified name: faster than asking for three of them one by one."""
    return dict(cast("list[tuple[str, str]]", element.items()))


def number(text: str | None) -> int | None:
    """Return a whole number; None for what is missing or no number."""
    try:
        return None if text is None else round(float(text))
    except (ValueError, OverflowError):
        return None


def is_on(element: Element | None) -> bool:
    """Whether an on-off property is there and on."""
    return element is not None and (element.get(_VALUE) or "1") not in _FALSE
