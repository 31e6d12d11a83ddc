"""What somebody has written into a form that was sent out: its content controls, read by their names.

LibreOffice drops tags and ids and parts a control where runs part; of a control for plain text it writes the whole text
behind each piece again (7.4). So pieces of one name are put together, unless each has the first one's text in it. Text
outside controls is never taken for an answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from docgen.dataclass import dataclass
from docgen.opc.faults import IsWorkbook, NoDocument
from docgen.opc.parsing import Element, parse
from docgen.opc.reading import read

_MAIN: Final = "word/document.xml"
_BREAKS: Final = ("br", "cr", "p")


@dataclass(frozen=True)
class Filled:
    """A form that came back.

    Args:
        values: what stands in each control by its name, without blanks around it; empty where nothing was written.
        words: the text of the document outside the controls.
    """

    values: Mapping[str, str]
    words: str


def filled_in(document: bytes, path: str) -> Filled:
    """Return what a document's content controls hold.

    Args:
        document: a .docx.
        path: what messages call it.

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
    return Filled(values, _text(root))


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
