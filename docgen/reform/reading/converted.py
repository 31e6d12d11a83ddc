"""What a file of another word processor holds that the .docx made of it has not: LibreOffice's own losses.

Each file is looked into without LibreOffice: of an .odt words, notes, tables and formulas, of an .rtf notes and
formulas, of a .doc formulas. Without its component for formulas LibreOffice leaves them out and says nothing.
"""

from __future__ import annotations

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
        patterns = _IN_RTF if source.startswith(_RTF) else _IN_DOC
        held = Counter({name: len(each.findall(source)) for name, each in patterns.items()})
    if not lines and not held.total():
        return
    said, given = _of_word(word, path)
    lost = [f"{name}{count - given[name]}处" for name, count in held.items() if given[name] < count]
    lost += [f"“{each[:_SHOWN]}”" for each in lines if _bare(each) not in said]
    if lost:
        raise NotConverted(path, tuple(lost))


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
                held.update(
                    _IN_WORD[local(each)] for each in root.iter(*(f"{{*}}{name}" for name in _IN_WORD))
                )
    return _bare("".join(texts)), held


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
