"""What a document's words refer to beside themselves: pictures, footnotes, links; and the runs that refer to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from docgen.opc.changing import Changing
from docgen.opc.reading import CONTENT_TYPES
from docgen.reform.draft import Note, Picture, Piece, Raw
from docgen.reform.pictures import kind_of
from docgen.reform.setting.elements import FOOTNOTE
from docgen.standard.build.ooxml import paragraph, plain, properties, w
from docgen.standard.build.package import HEADER
from docgen.standard.build.runs import runs
from docgen.standard.build.styles import NAMESPACE
from docgen.standard.measures import page

_HINT: Final = w("rFonts", hint="eastAsia")
_EMPHASES: Final = {
    "b": (w("b"), w("bCs")),
    "i": (w("i"), w("iCs")),
    "u": (w("u", val="single"),),
    "s": (w("strike"),),
}
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS: Final = "word/_rels/document.xml.rels"
_NOTE_RELS: Final = "word/_rels/footnotes.xml.rels"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_FOOTNOTES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_EMU_PER_POINT: Final = 12700
_FIRST_NOTE: Final = 2
_FIRST_PICTURE: Final = 200
_MOST_HEIGHT: Final = page.TEXT_HEIGHT.pt - page.LINE.pt * 3
_BESIDE_RUNS: Final = re.compile(r"^<(?:\w+:)?(?:oMath|r>)")


class References:
    """Gathers what runs refer to, and adds it to the finished package."""

    def __init__(self, media: Mapping[str, bytes]) -> None:
        self._media = media
        self._notes: list[Note] = []
        self._links: dict[str, str] = {}
        self._pictures: dict[str, str] = {}
        self._drawn = 0

    def runs(self, pieces: Sequence[Piece], *looks: str, most: float = page.TEXT_WIDTH.pt) -> str:
        """Return the runs of pieces.

        Args:
            pieces: The pieces.
            looks: Run properties that all of them have.
            most: How wide a picture may be, in points.
        """
        made = []
        for link, group in groupby(pieces, key=lambda each: each.link):
            inner = "".join(self._run(piece, looks, most) for piece in group)
            made.append(self._linked(link, inner) if link else inner)
        return "".join(made)

    def _run(self, piece: Piece, looks: Sequence[str], most: float) -> str:
        match piece.thing:
            case Picture():
                return w("r", self._picture(piece.thing, most))
            case Note():
                self._notes.append(piece.thing)
                raised = properties("rPr", w("vertAlign", val="superscript"))
                return w("r", raised, w("footnoteReference", id=len(self._notes) - 1 + _FIRST_NOTE))
            case Raw():
                return piece.thing.xml if _BESIDE_RUNS.match(piece.thing.xml) else w("r", piece.thing.xml)
        own = [each for letter in piece.emphasis for each in _EMPHASES[letter]]
        if piece.raised:
            own.append(w("vertAlign", val=piece.raised))
        every = (*(looks or (_HINT,)), *own)
        broken = w("r", properties("rPr", *every), w("br"))
        return broken.join(runs(line, *every) for line in piece.text.split("\n"))

    def _linked(self, target: str, inner: str) -> str:
        identifier = self._links.setdefault(target, f"rIdL{len(self._links) + 1}")
        return f'<w:hyperlink r:id="{identifier}">{inner}</w:hyperlink>'

    def _picture(self, picture: Picture, most: float) -> str:
        identifier = self._pictures.setdefault(picture.media, f"rIdP{len(self._pictures) + 1}")
        self._drawn += 1
        factor = min(1.0, most / picture.width, _MOST_HEIGHT / picture.height)
        cx, cy = (round(side * factor) * _EMU_PER_POINT for side in (picture.width, picture.height))
        number = _FIRST_PICTURE + self._drawn
        about = plain("wp:docPr", id=number, name=f"图片 {self._drawn}", descr=picture.said)
        blip = f'<a:blip r:embed="{identifier}"/>'
        filled = plain("pic:blipFill", blip, plain("a:stretch", plain("a:fillRect")))
        named = plain(
            "pic:nvPicPr", plain("pic:cNvPr", id=number, name=f"图片 {self._drawn}"), plain("pic:cNvPicPr")
        )
        placed = plain("a:xfrm", plain("a:off", x=0, y=0), plain("a:ext", cx=cx, cy=cy))
        shaped = plain("pic:spPr", placed, plain("a:prstGeom", plain("a:avLst"), prst="rect"))
        drawn = plain("pic:pic", named, filled, shaped, **{"xmlns:pic": _PIC})
        graphic = plain("a:graphic", plain("a:graphicData", drawn, uri=_PIC), **{"xmlns:a": _A})
        extent = plain("wp:extent", cx=cx, cy=cy)
        sides = {"distT": 0, "distB": 0, "distL": 0, "distR": 0}
        return w("drawing", plain("wp:inline", extent, about, graphic, **sides, **{"xmlns:wp": _WP}))

    def add_to(self, parts: Changing) -> None:
        """Add all that its runs refer to to the parts of a .docx."""
        notes = self._footnotes()
        referred = [*self._picture_relations(), *self._link_relations()]
        relations = list(referred)
        if not relations and not notes:
            return
        types = []
        if notes:
            parts["word/footnotes.xml"] = notes.encode()
            types.append(plain("Override", PartName="/word/footnotes.xml", ContentType=_FOOTNOTES))
            relations.append(_relation("rIdN1", "footnotes", "footnotes.xml"))
            parts[_NOTE_RELS] = (HEADER + plain("Relationships", *referred, xmlns=_PACKAGE)).encode()
        for place, name in enumerate(self._pictures, start=1):
            ending, _ = _kind(self._media[name])
            parts[f"word/media/image{place}.{ending}"] = self._media[name]
        kinds = dict.fromkeys(_kind(self._media[name]) for name in self._pictures)
        types += [plain("Default", Extension=ending, ContentType=kind) for ending, kind in kinds]
        parts[CONTENT_TYPES] = _within(parts[CONTENT_TYPES], "Types", types)
        parts[_RELS] = _within(parts[_RELS], "Relationships", relations)

    def _picture_relations(self) -> Iterable[str]:
        for place, (name, identifier) in enumerate(self._pictures.items(), start=1):
            yield _relation(identifier, "image", f"media/image{place}.{_kind(self._media[name])[0]}")

    def _link_relations(self) -> Iterable[str]:
        for target, identifier in self._links.items():
            yield _relation(identifier, "hyperlink", target, mode="External")

    def _footnotes(self) -> str:
        """Return `word/footnotes.xml`; nothing without notes."""
        if not self._notes:
            return ""
        marks = (("separator", w("separator")), ("continuationSeparator", w("continuationSeparator")))
        parting = [
            w("footnote", w("p", w("r", mark)), type=kind, id=place)
            for place, (kind, mark) in enumerate(marks)
        ]
        reference = w("r", properties("rPr", w("vertAlign", val="superscript")), w("footnoteRef"))
        made = []
        place = 0
        while place < len(self._notes):  # a note's own words may refer to notes
            note = self._notes[place]
            paragraphs = [
                paragraph(FOOTNOTE.id, reference if not at else "", self.runs(line.pieces))
                for at, line in enumerate(note.lines)
            ] or [paragraph(FOOTNOTE.id, reference)]
            made.append(w("footnote", *paragraphs, id=place + _FIRST_NOTE))
            place += 1
        names = {**NAMESPACE, "xmlns:r": _RELATIONS}
        return HEADER + plain("w:footnotes", *parting, *made, **names)


def _kind(data: bytes) -> tuple[str, str]:
    return kind_of(data) or ("bin", "application/octet-stream")


def _relation(identifier: str, kind: str, target: str, mode: str = "") -> str:
    modes = {"TargetMode": mode} if mode else {}
    return plain("Relationship", Id=identifier, Type=f"{_RELATIONS}/{kind}", Target=target, **modes)


def _within(content: bytes, element: str, added: Iterable[str]) -> bytes:
    return content.replace(f"</{element}>".encode(), f"{''.join(added)}</{element}>".encode())
