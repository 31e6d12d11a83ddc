"""What somebody has written into a form that was sent out: its content controls, read by their names.

A table with heads that are asked for is read row by row; what is filled in there is no text around controls either.

LibreOffice drops tags and ids and parts a control where runs part; of a control for plain text it writes the whole text
behind each piece again (7.4). So pieces of one name are put together, unless each has the first one's text in it. Text
outside controls is never taken for an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from docgen.dataclass import dataclass
from docgen.opc.faults import IsWorkbook, NoDocument
from docgen.opc.parsing import Element, parse
from docgen.opc.reading import read

_MAIN: Final = "word/document.xml"
_BREAKS: Final = ("br", "cr", "p")


@dataclass(frozen=True)
class FormTable:
    """A table to be filled in: the head of the column that says what a row is about, and those of columns to fill."""

    about: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Filled:
    """A form that came back.

    Args:
        values: what stands in each control by its name, without blanks around it; empty where nothing was written.
        words: the text of the document outside the controls and the places of the table.
        rows: those of the table, by head; none where it has none.
    """

    values: Mapping[str, str]
    words: str
    rows: tuple[Mapping[str, str], ...] = ()


def filled_in(document: bytes, path: str, table: FormTable | None = None) -> Filled:
    """Return what a document's content controls hold.

    Args:
        document: a .docx.
        path: what messages call it.
        table: that is read beside them; None for none.

    Raises:
        FileFault: it is no sound document.
    """
    parts = read(document, path)
    if _MAIN not in parts:
        raise IsWorkbook(path) if "xl/workbook.xml" in parts else NoDocument(path)
    root = parse(parts[_MAIN], path, _MAIN)
    pieces: dict[str, list[str]] = {}
    inside: set[Element] = set()
    for control in root.iter("{*}sdt"):
        name = _name(control)
        if name and control not in inside:
            inside.update(control.iter("{*}sdt"))
            pieces.setdefault(name, []).append("" if _is_open(control) else _text(control))
    values = {name: _together(found) for name, found in pieces.items()}
    for control in list(root.iter("{*}sdt")):
        parent = control.getparent()
        if parent is not None and _name(control):
            parent.remove(control)
    rows = tuple(_rows(root, table)) if table else ()
    return Filled(values, _text(root), rows)


def _rows(root: Element, table: FormTable) -> Iterator[Mapping[str, str]]:
    """Yield the rows of the tables that have the heads asked for, and take what is filled in there out of the text."""
    for found in list(root.iter("{*}tbl")):
        rows = [list(each.findall("{*}tc")) for each in found.findall("{*}tr")]
        heads = ["".join(_text(each).split()) for each in rows[0]] if rows else []
        if not {table.about, *table.places} <= set(heads):
            continue
        for cells in rows[1:]:
            if len(cells) == len(heads):
                yield {head: _text(each).strip(" \u3000\n") for head, each in zip(heads, cells, strict=True)}
                for head, each in zip(heads, cells, strict=True):
                    if head in table.places:
                        each.clear()


def _together(pieces: Sequence[str]) -> str:
    """Return the text of a control that was parted."""
    first = pieces[0].strip(" \u3000\n")
    if first and all(first in each for each in pieces):
        return first
    return "".join(pieces).strip(" \u3000\n")


def _name(control: Element) -> str:
    """Return the name of a control: its alias, or its tag where that is gone."""
    about = control.find("{*}sdtPr")
    for each in ("alias", "tag"):
        found = about.find(f"{{*}}{each}") if about is not None else None
        if found is not None:
            return next((str(value) for key, value in found.attrib.items() if str(key).endswith("}val")), "")
    return ""


def _is_open(control: Element) -> bool:
    """Whether a control still shows what it was sent out with, and has blanks alone."""
    return not _text(control).strip(" \u3000\n")


def _text(element: Element) -> str:
    """Return the text of an element, a line for each paragraph."""
    said: list[str] = []
    for each in element.iter():
        tag = each.tag.rpartition("}")[2] if isinstance(each.tag, str) else ""
        if tag == "t":
            said.append(each.text or "")
        elif tag in _BREAKS and said:
            said.append("\n")
    return "".join(said)
