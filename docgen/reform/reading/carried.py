"""What a Word document's paragraphs refer to: pictures, notes, the targets of links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docgen.lint.reading.drawings import TEXT_BOX, shown
from docgen.lint.reading.names import DRAWING, PLACED, RELATIONS, Element, local, number, w
from docgen.opc.reading import Parts
from docgen.reform.draft import Picture
from docgen.reform.faults import NotCarried

_EMU_PER_POINT: Final = 12700
_UNITS: Final = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75}
_USUAL: Final = (200.0, 150.0)
_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OBJECTS: Final = {"chart": "图表", "relIds": "SmartArt 图形", "OLEObject": "嵌入的对象", "control": "控件",
                   "inkDrawing": "墨迹"}  # fmt: skip
_DRAWN_TEXT: Final = f"{{{DRAWING}}}t"
_SEPARATORS: Final = frozenset(("separator", "continuationSeparator", "continuationNotice"))


class Carried:
    """The pictures, notes and links that one part of an open document refers to.

    Args:
        parts: The document.
        part: The part; the main one when empty.
        media: The pictures found until now, by name.

    `endnotes` is how many of the notes asked for until now are endnotes.
    """

    def __init__(self, parts: Parts, part: str = "", media: dict[str, bytes] | None = None) -> None:
        self.path = parts.path
        self.media: dict[str, bytes] = {} if media is None else media
        self.endnotes = 0
        self._parts = parts
        main = part or parts.main()
        self._relations = parts.relations(main)
        self._links = dict(_links(parts, main))
        self._notes: dict[str, tuple[Carried, dict[str, Element]]] = {}

    def target(self, identifier: str | None) -> str:
        """Return where a link leads, nothing for a place in the document itself."""
        return self._links.get(identifier or "", "")

    def note(self, kind: str, identifier: str) -> tuple[Carried, tuple[Element, ...]]:
        """Return the paragraphs of a footnote or endnote, and what carries the things in them.

        Args:
            kind: `footnotes` or `endnotes`.
            identifier: of the note; one that is not there has no paragraphs.
        """
        self.endnotes += kind == "endnotes"
        if kind not in self._notes:
            self._notes[kind] = self._read_notes(kind)
        carried, notes = self._notes[kind]
        found = notes.get(identifier)
        return carried, () if found is None else tuple(found.iter(w("p")))

    def _read_notes(self, kind: str) -> tuple[Carried, dict[str, Element]]:
        """Return what carries the things in notes of a kind, and the notes by identifier."""
        part = next((each.target for each in self._relations.values() if each.kind == kind), "")
        if part not in self._parts:
            return self, {}
        notes = (each for each in self._parts.xml(part) if each.get(w("type")) not in _SEPARATORS)
        return Carried(self._parts, part, self.media), {each.get(w("id")) or "": each for each in notes}

    def pictures(self, drawn: Element) -> Iterator[Picture]:
        """Yield the pictures in a drawing.

        Raises:
            NotCarried: it is an object that is more than a picture, or a picture that lies outside the file.
        """
        seen = shown(drawn)
        if seen is None:
            return
        for each in seen.iter():
            name = local(each)
            if next(each.iterancestors(TEXT_BOX), None) is not None:
                continue
            if name in _OBJECTS and isinstance(each.tag, str):
                raise NotCarried(self.path, _OBJECTS[name])
            if each.tag == _DRAWN_TEXT and (each.text or "").strip():
                raise NotCarried(self.path, "画在图形里的文字")
            if name == "blip":
                yield self._picture(each, f"{{{RELATIONS}}}embed", _extent(each))
            elif name == "imagedata":
                yield self._picture(each, f"{{{RELATIONS}}}id", _vml_extent(each))

    def _picture(self, element: Element, attribute: str, size: tuple[float, float]) -> Picture:
        relation = self._relations.get(element.get(attribute) or "")
        if relation is None or relation.target not in self._parts:
            raise NotCarried(self.path, "文件以外的图片")
        self.media[relation.target] = self._parts.content(relation.target)
        return Picture(relation.target, *size, _said(element))


def _links(parts: Parts, main: str) -> Iterator[tuple[str, str]]:
    folder, _, file = main.rpartition("/")
    place = f"{folder}/_rels/{file}.rels"
    if place not in parts:
        return
    for each in parts.xml(place).iter(_RELATIONSHIP):
        if each.get("TargetMode") == "External" and (each.get("Type") or "").endswith("/hyperlink"):
            yield each.get("Id") or "", each.get("Target") or ""


def _extent(blip: Element) -> tuple[float, float]:
    """Return the size of a picture in points: its own, else that of the drawing it stands in."""
    for holder in blip.iterancestors():
        if local(holder) == "pic":
            extent = holder.find(f".//{{{DRAWING}}}xfrm/{{{DRAWING}}}ext")
        elif local(holder) in ("inline", "anchor"):
            extent = holder.find(f"{{{PLACED}}}extent")
        else:
            continue
        sides = [] if extent is None else [number(extent.get(side)) or 0 for side in ("cx", "cy")]
        if sides and all(each > 0 for each in sides):
            return sides[0] / _EMU_PER_POINT, sides[1] / _EMU_PER_POINT
    return _USUAL


def _vml_extent(data: Element) -> tuple[float, float]:
    holder = data.getparent()
    style = "" if holder is None else holder.get("style") or ""
    pairs = dict(each.split(":", 1) for each in style.split(";") if ":" in each)
    sides = tuple(_length(pairs.get(side, "").strip()) for side in ("width", "height"))
    return (sides[0], sides[1]) if all(sides) else _USUAL


def _length(text: str) -> float:
    for unit, points in _UNITS.items():
        if text.endswith(unit):
            try:
                return float(text.removesuffix(unit)) * points
            except ValueError:
                return 0.0
    return 0.0


def _said(element: Element) -> str:
    """Return the alternative words of a picture."""
    for holder in element.iterancestors():
        if local(holder) in ("inline", "anchor"):
            about = holder.find(f"{{{PLACED}}}docPr")
            return "" if about is None else about.get("descr") or ""
    return ""
