"""How a value is written into a part: escaped always, refused when it cannot be text.

A line feed becomes a line break, a tab a tab; BEL begins a new paragraph and form feed a new page, for which a
processing instruction is left that `revise` turns into paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from jinja2 import Undefined
from lxml import etree
from markupsafe import Markup

from docgen.patterns import late
from docgen.template.borrowed import WellFormed, is_borrowed, linked, xml_of
from docgen.template.faults import (
    BrokenBlock,
    IllegalCharacter,
    MisplacedBlock,
    MissingValue,
    NotText,
    Refusal,
)
from docgen.template.gaps import Gap
from docgen.template.ooxml import COMPATIBILITY, DRAWING, WML
from docgen.template.rendering import spend
from docgen.template.work import SHORT

_BROKEN: Final = '</w:t>{}<w:t xml:space="preserve">'
PARAGRAPH_BREAK: Final = "<?docgen paragraph?>"
PAGE_BREAK: Final = "<?docgen page?>"
RAW: Final = "<?docgen raw?>"
_ILLEGAL: Final = late("[\x00-\x06\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROL: Final = late("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "\n"}
_BREAKS: Final = {
    "\n": _BROKEN.format("<w:br/>"),
    "\t": _BROKEN.format("<w:tab/>"),
    "\a": PARAGRAPH_BREAK,
    "\f": PAGE_BREAK,
}
_IN_TEXT: Final = str.maketrans(_ENTITIES | _BREAKS)
_PLAIN: Final = str.maketrans(_ENTITIES | {"\a": "\n", "\f": "\n"})
_ATTRIBUTE: Final = str.maketrans(
    _ENTITIES | {'"': "&quot;", "\n": "&#10;", "\r": "&#10;", "\t": "&#9;", "\a": "&#10;", "\f": "&#10;"}
)
_BREAKS_ONLY: Final = str.maketrans(_BREAKS)
_TEXT_IN_XML: Final = late(r"(<w:t(?: [^>]*)?>)([^<]*)(?=</w:t>)")
_IS_BLOCK: Final = late(r"\s*<w:(?:p|tbl|sectPr)[ />]")
_IS_RUN: Final = late(r"\s*<w:(?:r|hyperlink)[ />]")
_IN_RUN: Final = late(r"\s*<w:(?:drawing|pict|object)[ />]")
_PREFIXES: Final = {
    "w": WML,
    "wp": DRAWING,
    "mc": COMPATIBILITY,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
_BORROWED: Final = 10_000  # units for a picture or a sub-document of docxtpl's
_WRAPPER: Final = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _PREFIXES.items())


def text(value: object) -> str:
    """Write a value inside `w:t`."""
    if type(value) is str and len(value) <= SHORT and _CONTROL.search(value) is None:
        if "&" in value or "<" in value or ">" in value:  # three replacements take a fifth of translating
            return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return value
    xml = _raw(value)
    if xml is None:
        return _escape(words_of(value), _IN_TEXT)
    if isinstance(value, Markup):
        return _passed_on(xml)
    if _IN_RUN.match(xml):
        return _BROKEN.format(_checked(xml))
    if "<" in xml:
        raise Refusal(MisplacedBlock, level="p" if _IS_BLOCK.match(xml) else "r")
    return _translated(_checked(xml), _BREAKS_ONLY)


def plain(value: object) -> str:
    """Write a value as the text of an element other than `w:t`."""
    return _escape(words_of(value), _PLAIN)


def attribute(value: object) -> str:
    """Write a value inside an attribute."""
    return _escape(words_of(value), _ATTRIBUTE)


def line(value: object) -> str:
    """Write a value into a line of plain text."""
    if hasattr(type(value), "__html__"):
        raise Refusal(NotText, kind="现成的版式")
    words = words_of(value)
    if len(words) > SHORT:
        spend(len(words))
    _refuse_illegal(words)
    return words


def paragraph(value: object, before: str, after: str) -> str:
    """Write a value in the place of a paragraph: ready-made blocks as they are, a text between the wraps."""
    return _in_place(value, before, after, _IS_RUN, "p")


def run(value: object, before: str, after: str) -> str:
    """Write a value in the place of a run: ready-made runs as they are, a text between the wraps."""
    return _in_place(value, before, after, _IS_BLOCK, "r")


def element(value: object) -> str:
    """Write a ready-made row or cell."""
    xml = _raw(value)
    if xml is not None:
        return _block(xml)
    if type(value) is Gap:
        return str(value)
    raise Refusal(NotText, kind="文字，而这里要放现成的行或格")


def words_of(value: object) -> str:
    """Return the text of a value; that of a gap is empty, and its fault recorded.

    Raises:
        UnknownName: if it is the value of an unknown field.
        Refusal: if it is None or something other than text, numbers and the like.
    """
    if value is None:
        raise Refusal(MissingValue)
    kind = _wordless(type(value))  # type: ignore[arg-type]  # mypy finds type[object] unhashable
    if kind:
        raise Refusal(NotText, kind=kind)
    return str(value)


@lru_cache(maxsize=256)
def _wordless(kind: type) -> str:
    """Say why values of a type have no words of their own; their address in memory is none."""
    if issubclass(kind, str | Undefined | Gap):
        return ""
    for name, types in _WORDLESS.items():
        if issubclass(kind, types):
            return name
    if kind.__str__ is object.__str__ and kind.__repr__ is object.__repr__:
        return "没有文字的对象"
    return ""


_WORDLESS: Final[Mapping[str, tuple[Any, ...]]] = {
    "一组字段": (Mapping,),
    "二进制内容": (bytes, bytearray, memoryview),
    "清单": (Collection, Iterator),
    "方法": (Callable,),
}


def illegal_in(words: str) -> str:
    """Return the first character of a text that no document may hold, written U+000B, or nothing."""
    found = _ILLEGAL.search(words)
    return f"U+{ord(found[0]):04X}" if found else ""


def _refuse_illegal(words: str) -> None:
    found = illegal_in(words)
    if found:
        raise Refusal(IllegalCharacter, code_point=found)


def _escape(words: str, table: dict[int, Any]) -> str:
    _refuse_illegal(words)
    return _translated(words.replace("\r\n", "\n") if "\r" in words else words, table)


def _translated(words: str, table: dict[int, Any]) -> str:
    """Write characters as a table says; of a long text that is paid for."""
    if len(words) > SHORT:
        spend(4 * len(words) + sum(words.count(chr(each)) * len(instead) for each, instead in table.items()))
    return words.translate(table)


def _raw(value: object) -> str | None:
    """Return the XML of a value that brings its own, else None.

    Raises:
        BoundToDocxtpl: if the XML depends on a DocxTemplate that is not the template.
        Refusal: if it has a picture or a link that leads nowhere.
    """
    html: Callable[[object], object] | None = getattr(type(value), "__html__", None)
    if html is None:
        return None
    if is_borrowed(value):
        spend(_BORROWED)
        xml: str = xml_of(value)
    else:
        xml = str(html(value))
        xml = linked(xml) if ' r:id="' in xml else xml
    if len(xml) > SHORT:
        spend(len(xml))
    return xml


def _in_place(value: object, before: str, after: str, misplaced: re.Pattern[str], level: str) -> str:
    xml = _raw(value)
    if xml is None:
        return before + text(value) + after
    if isinstance(value, Markup) and "<" not in xml:
        return before + _passed_on(xml) + after
    if misplaced.match(xml):
        raise Refusal(MisplacedBlock, level="r" if level == "p" else "p")
    if _IN_RUN.match(xml):
        return before + _BROKEN.format(_checked(xml)) + after
    if xml and "<" not in xml:
        return before + _translated(_checked(xml), _BREAKS_ONLY) + after
    return _block(xml)


def _passed_on(xml: str) -> str:
    """Pass on what a macro or a set block has written; the part is checked whole afterwards."""
    _refuse_illegal(xml)
    return RAW + xml if "<" in xml else xml


def _block(xml: str) -> str:
    breaks = _BREAK_IN_BLOCK.search(xml) if isinstance(xml, WellFormed) else _sound(xml).breaks
    return _TEXT_IN_XML.sub(_with_breaks, xml) if breaks else xml


def _with_breaks(found: re.Match[str]) -> str:
    return found[1] + _translated(found[2], _BREAKS_ONLY)


def _checked(xml: str) -> str:
    if not isinstance(xml, WellFormed):
        _sound(xml)
    return xml


class _Seen(NamedTuple):
    """What a piece of XML was found to have: a character that no document may hold, a fault of form, line breaks."""

    illegal: str
    broken: str
    breaks: bool


_LONGEST_KEPT: Final = 8192  # characters of a piece of which that is remembered
_BREAK_IN_BLOCK: Final = late("[\t\n\a\f]")


def _sound(xml: str) -> _Seen:
    """Return what a piece of XML has. Raises Refusal where no document may hold it."""
    seen = _remembered(xml) if len(xml) < _LONGEST_KEPT else _looked_through(xml)
    if seen.illegal:
        raise Refusal(IllegalCharacter, code_point=seen.illegal)
    if seen.broken:
        raise Refusal(BrokenBlock, detail=seen.broken)
    return seen


def _looked_through(xml: str) -> _Seen:
    illegal = illegal_in(xml)
    return _Seen(illegal, "" if illegal else _breakage(xml), _BREAK_IN_BLOCK.search(xml) is not None)


_remembered = lru_cache(maxsize=512)(_looked_through)


def _breakage(xml: str) -> str:
    """Return why a piece of XML is not well formed, or nothing."""
    bare = xml.replace("\a", " ").replace("\f", " ")
    try:
        etree.fromstring(f"<x{_WRAPPER}>{bare}</x>", etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return str(error.msg).split(", line")[0]
    return ""
