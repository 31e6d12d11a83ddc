"""What a file of another word processor holds that the .docx made of it has not: LibreOffice's own losses.

Each file is looked into without LibreOffice: of an .odt words, notes, tables and formulas, of an .rtf notes and
formulas, of a .doc formulas and drawn words (艺术字). LibreOffice leaves out the latter, and formulas where
its component for them is not installed, and says nothing.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator
from typing import Final

from docgen.lint.reading.names import Element, local, w
from docgen.opc.reading import Parts, opened
from docgen.patterns import late
from docgen.reform.faults import NotConverted

_PACKAGE: Final = b"PK"
_RTF: Final = b"{\\rtf"
_NOTE: Final = "脚注"
_FORMULA: Final = "公式"
_TABLE: Final = "表格"
_IN_RTF: Final = {_FORMULA: late(rb"\\moMath(?![A-Za-z])"), _NOTE: late(rb"\\footnote(?![A-Za-z])")}
_IN_DOC: Final = {_FORMULA: late("Equation Native".encode("utf-16-le"))}
"""The name of the stream that each formula of the old editor has."""
_ROW_END: Final = late(rb"[\x4e-\x9f]\x07\0\x07\0")
"""The last hanzi of a row of a .doc, the mark of its cell, and that of the row."""
_FILLED: Final = late(r"\s*FILLIN\b")
_RECORD: Final = struct.Struct("<HHI")
_PROPERTY: Final = struct.Struct("<HI")
_TABLE_OF_PROPERTIES: Final = late(rb"\x0b\xf0")
_DRAWING: Final = b"\x0f\0\x02\xf0"
_PROPERTIES_VERSION: Final = 3
_COMPLEX, _NAME, _DRAWN_WORDS = 0x8000, 0x3FFF, 0xC0
_IN_WORD: Final = {"oMath": _FORMULA, "footnoteReference": _NOTE, "endnoteReference": _NOTE, "tbl": _TABLE}
_STORIES: Final = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_LINES: Final = frozenset(("p", "h", "ruby-base"))
_COMPUTED: Final = frozenset((
    "annotation", "note-citation", "tracked-changes", "bookmark-ref", "reference-ref", "note-ref", "sequence-ref",
    "date", "time", "page-number", "page-count", "page-continuation", "chapter", "file-name", "expression",
    "conditional-text", "hidden-text", "hidden-paragraph", "ruby-text", "covered-table-cell", "forms", "object",
    "title", "desc", "event-listeners",
))  # fmt: skip
"""What of an .odt is no text, or is worked out anew by whoever opens it."""
_SHOWN: Final = 24


def refuse_lost(source: bytes, word: bytes, path: str) -> None:
    """Refuse a file of which LibreOffice left something out.

    Args:
        source: The file.
        word: The .docx that was made of it.
        path: What messages call it.

    Raises:
        NotConverted: something is missing, with its name.
        FileFault: one of them cannot be read within the limits.
    """
    lines: list[str] = []
    if source.startswith(_PACKAGE):
        lines, held = _of_open_document(source, path)
    else:
        rtf = source.startswith(_RTF)
        patterns = _IN_RTF if rtf else _IN_DOC
        lines = [] if rtf else list(_drawn(source))
        held = Counter({name: len(each.findall(source)) for name, each in patterns.items()})
        held[_TABLE] = int(not rtf and _ROW_END.search(source) is not None)
    said, given = _of_word(word, path)
    wrong = [f"少了{name}{count - given[name]}处" for name, count in held.items() if given[name] < count]
    wrong += [f"少了“{each[:_SHOWN]}”" for each in lines if _bare(each) not in said]
    wrong += [f"重复了“{each}”这一段里要填写的文字" for each in _repeated(word, path)]
    if wrong:
        raise NotConverted(path, tuple(wrong))


def _drawn(data: bytes) -> Iterator[str]:
    """Yield the words that a .doc has as drawings: the property gtextUNICODE of a shape ([MS-ODRAW] 2.3.22.1).

    A table of properties is one where what they say of their length is true. Those of headers (watermarks) are none of
    the text.
    """
    for found in _TABLE_OF_PROPERTIES.finditer(data):
        head = found.start() - 2
        if head < 0 or head + _RECORD.size > len(data):
            continue
        kind, _, length = _RECORD.unpack_from(data, head)
        count, first = kind >> 4, head + _RECORD.size
        if (
            kind & 15 != _PROPERTIES_VERSION
            or not count
            or first + max(length, count * _PROPERTY.size) > len(data)
        ):
            continue
        properties = [_PROPERTY.unpack_from(data, first + at * _PROPERTY.size) for at in range(count)]
        at = first + count * _PROPERTY.size
        if at + sum(size for name, size in properties if name & _COMPLEX) != first + length or _is_in_header(
            data, head
        ):
            continue
        for name, size in properties:
            if name & _COMPLEX:
                if name & _NAME == _DRAWN_WORDS:
                    yield data[at : at + size].decode("utf-16-le", "replace").rstrip("\0")
                at += size


def _is_in_header(data: bytes, place: int) -> bool:
    """Whether a shape stands in a header or footer: its drawing is labelled so ([MS-DOC] 2.9.172)."""
    start = data.rfind(_DRAWING, 1, place)
    if start < 0:
        return False
    _, _, length = _RECORD.unpack_from(data, start)
    return data[start - 1] == 1 and place < start + _RECORD.size + length


def _bare(text: str) -> str:
    return "".join(each for each in text if each.isalnum())


def _of_word(data: bytes, path: str) -> tuple[str, Counter[str]]:
    """Return the letters, hanzi and digits of a .docx, and how much else it holds."""
    texts, held = [], Counter[str]()
    with opened(data, path) as parts:
        for name in _STORIES:
            if name in parts:
                root = parts.xml(name)
                texts += [each.text or "" for each in root.iter(w("t"))]
                texts += [each.get("string") or "" for each in root.iter("{*}textpath")]
                held.update(
                    _IN_WORD[local(each)] for each in root.iter(*(f"{{*}}{name}" for name in _IN_WORD))
                )
    return _bare("".join(texts)), held


def _repeated(data: bytes, path: str) -> Iterator[str]:
    """Yield how paragraphs begin where LibreOffice writes a field to be filled in again for each of its stretches."""
    with opened(data, path) as parts:
        for paragraph in parts.xml(parts.main()).iter(w("p")):
            fields = [each for each in paragraph.iter(w("instrText")) if _FILLED.match(each.text or "")]
            if len(fields) > 1:
                yield "".join(each.text or "" for each in paragraph.iter(w("t")))[:_SHOWN]


def _of_open_document(data: bytes, path: str) -> tuple[list[str], Counter[str]]:
    """Return the lines of an .odt, and how much else it holds; nothing for another package."""
    with opened(data, path) as parts:
        if "content.xml" not in parts:
            return [], Counter()
        root = parts.xml("content.xml")
        text = next(root.iter("{*}text"), root)
        held = Counter({
            _TABLE: len(list(text.iter("{*}table"))),
            _NOTE: len(list(text.iter("{*}note"))),
            _FORMULA: sum(_is_formula(each, parts) for each in text.iter("{*}object")),
        })  # fmt: skip
        return [each for each in _lines(text) if _bare(each)], held


def _is_formula(drawn: Element, parts: Parts) -> bool:
    """Whether an object is a formula, written in its place or in a folder of the package."""
    folder = (drawn.get(_HREF) or "").removeprefix("./")
    inner = parts.xml(f"{folder}/content.xml") if f"{folder}/content.xml" in parts else drawn
    return next(inner.iter("{*}math"), None) is not None


def _lines(element: Element) -> Iterator[str]:
    """Yield the words of each paragraph, each stretch apart that something else parts."""
    for child in element:
        name = local(child)
        if name in _COMPUTED:
            continue
        if name in _LINES:
            yield from _stretches(child)
        yield from _lines(child)


def _stretches(paragraph: Element) -> Iterator[str]:
    """Yield the words of a paragraph between the notes, frames and computed fields in it."""
    said = [paragraph.text or ""]
    for child in paragraph:
        name = local(child)
        if name in ("span", "a", "meta"):
            inner = list(_stretches(child)) or [""]
            said[-1] += inner[0]
            said += inner[1:]
        elif name not in ("s", "tab", "line-break", "soft-page-break"):
            said.append("")
        said[-1] += child.tail or ""
    yield from said
