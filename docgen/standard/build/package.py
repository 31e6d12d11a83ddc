"""The package of a template: its parts, their types and relations, zipped so that equal parts give equal bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from docgen.dataclass import dataclass
from docgen.standard.build.elements import Align
from docgen.standard.build.ooxml import paragraph, plain, run, w
from docgen.standard.build.styles import NAMESPACE, font_table, indents
from docgen.standard.measures import page
from docgen.standard.measures.fonts import Faces

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OPC: Final = "application/vnd.openxmlformats-package"
_RELATIONS: Final = f"{_OFFICE}/relationships"
HEADER: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
"""What every part begins with."""
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3

# Part name, content type, kind of relation, and the identifier by which the document refers to it.
_BASE_PARTS: Final = (
    ("styles.xml", f"{_WORD}.styles+xml", "styles", "rId1"),
    ("settings.xml", f"{_WORD}.settings+xml", "settings", "rId2"),
    ("fontTable.xml", f"{_WORD}.fontTable+xml", "fontTable", "rId3"),
)


@dataclass(frozen=True)
class Content:
    """What a .docx holds beside its settings.

    Args:
        body: The content of `w:body`, the section's properties at its end.
        styles: `word/styles.xml`.
        faces: The fonts of all styles.
        footers: The contents of the footers; the first is `rId4` for the sections, the next `rId5`, and so on.
        title: `dc:title`; may hold tags of the template engine.
        author: `dc:creator`; may hold tags as well.
    """

    body: str
    styles: str
    faces: Faces
    footers: tuple[str, ...]
    title: str = ""
    author: str = ""


def make(content: Content) -> bytes:
    """Return the .docx of a content; equal contents give equal bytes."""
    return zip_parts(parts_of(content))


def parts_of(content: Content) -> dict[str, str]:
    """Return the parts of the .docx of a content by name, in the order in which they lie in it."""
    names = tuple(f"footer{place}.xml" for place in range(1, len(content.footers) + 1))
    declared = (*_BASE_PARTS, *(_footer_part(name, place) for place, name in enumerate(names, start=4)))
    parts = {
        "[Content_Types].xml": _content_types(declared),
        "_rels/.rels": _relations(_PACKAGE_RELATIONS),
        "docProps/core.xml": _core(content.title, content.author),
        "word/document.xml": plain("w:document", w("body", content.body), **NAMESPACE, **_REFERENCES),
        "word/_rels/document.xml.rels": _relations({each[3]: (each[2], each[0]) for each in declared}),
        "word/styles.xml": content.styles,
        "word/settings.xml": _settings(),
        "word/fontTable.xml": font_table(content.faces),
    }
    return parts | {f"word/{name}": _footer(each) for name, each in zip(names, content.footers, strict=True)}


def page_number(side: Align, *, dashes: bool = True) -> str:
    """Return the paragraph of a page number, 1 zi from a side of the text area, between dashes (7.5)."""
    field = w("fldSimple", run("1"), instr=" PAGE ")
    room = indents(page.ZI_4, page.ZI_4, page.ZI_4 * 0)
    before, after = (run("— "), run(" —")) if dashes else ("", "")
    return paragraph("PageNumber", before, field, after, layout=(room, w("jc", val=side.value)))


def zip_parts(parts: Mapping[str, str]) -> bytes:
    """Return a zip of XML parts in the order given; neither time nor platform shows in its bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            package.writestr(_entry(name), HEADER + content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


_REFERENCES: Final = {"xmlns:r": _RELATIONS}
_PACKAGE_RELATIONS: Final = {
    "rId1": ("officeDocument", "word/document.xml"),
    "rId2": ("metadata/core-properties", "docProps/core.xml"),
}


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.create_system = _UNIX
    return entry


def _footer_part(name: str, place: int) -> tuple[str, str, str, str]:
    return name, f"{_WORD}.footer+xml", "footer", f"rId{place}"


def _content_types(declared: Iterable[tuple[str, str, str, str]]) -> str:
    main = {"word/document.xml": f"{_WORD}.document.main+xml"}
    core = {"docProps/core.xml": f"{_OPC}.core-properties+xml"}
    types = main | core | {f"word/{name}": kind for name, kind, _, _ in declared}
    overrides = (plain("Override", PartName=f"/{name}", ContentType=kind) for name, kind in types.items())
    relations = plain("Default", Extension="rels", ContentType=f"{_OPC}.relationships+xml")
    xml = plain("Default", Extension="xml", ContentType="application/xml")
    return plain("Types", relations, xml, *overrides, xmlns=f"{_PACKAGE}/content-types")


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    each = (
        plain("Relationship", Id=identifier, Type=_relation_type(kind), Target=target)
        for identifier, (kind, target) in targets.items()
    )
    return plain("Relationships", *each, xmlns=f"{_PACKAGE}/relationships")


def _relation_type(kind: str) -> str:
    return f"{_PACKAGE}/relationships/{kind}" if kind.startswith("metadata/") else f"{_RELATIONS}/{kind}"


def _core(title: str, author: str) -> str:
    spaces = {
        "xmlns:cp": f"{_PACKAGE}/metadata/core-properties",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    }
    words = plain("dc:title", escape(title, quote=False)) + plain("dc:creator", escape(author, quote=False))
    return plain("cp:coreProperties", words, **spaces)


def _settings() -> str:
    compatible = w(
        "compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15
    )
    return plain(
        "w:settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=420),
        w("evenAndOddHeaders"),
        w("characterSpacingControl", val="doNotCompress"),
        # Without it one Shift+Enter stretches a justified line over the page.
        w("compat", w("doNotExpandShiftReturn"), compatible),
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
        **NAMESPACE,
    )


def _footer(content: str) -> str:
    return plain("w:ftr", content, **NAMESPACE)
