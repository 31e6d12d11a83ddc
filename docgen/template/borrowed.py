"""docxtpl's own values, written without docxtpl: pictures (InlineImage), sub-documents, links in a RichText.

docxtpl ties such a value to the DocxTemplate it was made for. A picture here needs none; a sub-document and a link
by docxtpl's id need theirs, because what they refer to lies in its package. That package is then written as it stands,
unrendered, and is the template: rendered as any is, escaped, strict, with places, the same every time.
"""

from __future__ import annotations

import re
from html import escape
from io import BytesIO
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final

from lxml import etree

from docgen.template import attach
from docgen.template.faults import BrokenBlock, CannotFallBack, Refusal, UnfitPicture
from docgen.template.ooxml import w

_RELATIONS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ID: Final = re.compile(r'(?<= r:id=")[^"]*')
_EXTENSIONS: Final = {
    "image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif", "image/bmp": "bmp", "image/tiff": "tiff",
}  # fmt: skip


class WellFormed(str):
    """A piece of OOXML that has been made from a tree."""

    __slots__ = ()


class BoundToDocxtpl(Exception):
    """A value whose references lie in the package of a DocxTemplate, `template`."""

    def __init__(self, template: Any) -> None:
        super().__init__()
        self.template = template


def is_borrowed(value: object) -> bool:
    """Whether a value is one of docxtpl's that belong to a DocxTemplate."""
    return hasattr(value, "tpl") and any(
        each.__module__.partition(".")[0] == "docxtpl" for each in type(value).__mro__
    )


def xml_of(value: Any) -> WellFormed:
    """Return the OOXML of a picture or a sub-document.

    Raises:
        BoundToDocxtpl: if it belongs to a DocxTemplate whose package is not the template.
        Refusal: if a picture cannot be read.
    """
    return WellFormed(_drawing(value) if hasattr(value, "image_descriptor") else _blocks(value))


def linked(xml: str) -> str:
    """Return a piece of OOXML with the ids of its links made ids of the part being rendered.

    Raises:
        Refusal: if an id stands for no address.
    """
    return _ID.sub(lambda found: _linked(found[0]), xml)


def _linked(identifier: str) -> str:
    here = attach.now()
    url = attach.url_of(identifier)
    if url is not None:
        return here.link(url)
    if identifier.startswith(here.prefix):  # of a value that a macro has written before
        return identifier
    if here.bound is None:
        raise Refusal(BrokenBlock, detail=f"超链接编号 {identifier} 不属于本模板，应由 build_url_id 给出")
    return _carried(identifier)


def _carried(identifier: str) -> str:
    """Return the id, in the current part, of what the DocxTemplate's main part calls `identifier`."""
    here = attach.now()
    main = here.bound.get_docx().part
    known = main.rels
    if identifier not in known:
        raise Refusal(BrokenBlock, detail=f"没有编号为 {identifier} 的超链接或图片")
    if here.part == main.partname.lstrip("/"):
        return identifier
    relation = known[identifier]
    return here.relation(relation.reltype, relation.target_ref, outside=relation.is_external)


def _blocks(value: Any) -> str:
    if attach.now().bound is not value.tpl:
        raise BoundToDocxtpl(value.tpl)
    attach.now().drawn = True
    return "".join(_block(each) for each in value.subdocx.element.body if each.tag != w("sectPr"))


def _block(element: Any) -> str:
    copied = etree.fromstring(etree.tostring(element, with_tail=False))
    for each in copied.iter(etree.Element):
        for name in each.attrib:
            if str(name).startswith(_RELATIONS):
                each.set(name, _carried(str(each.attrib[name])))
    return etree.tostring(copied, encoding="unicode")


def _drawing(value: Any) -> str:
    image = _image(value.image_descriptor)
    here = attach.now()
    here.drawn = True
    relation = here.picture(image.blob, _EXTENSIONS[image.content_type], image.content_type)
    wide, high = image.scaled_dimensions(value.width, value.height)
    name = escape("".join(each for each in image.filename if each.isprintable()))
    click = f'<a:hlinkClick r:id="{here.link(value.anchor)}"/>' if value.anchor else ""
    return _PICTURE.format(wide=int(wide), high=int(high), name=name, relation=relation, click=click)


def _image(descriptor: Any) -> Any:
    from docx.image.exceptions import (
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        UnrecognizedImageError,
    )
    from docx.image.image import Image

    named = fspath(descriptor) if isinstance(descriptor, str | PathLike) else descriptor
    try:
        return Image.from_file(named)
    except (OSError, ValueError, ArithmeticError, AttributeError, LookupError) as error:
        raise Refusal(UnfitPicture, picture=_called(named), detail=_reason(error)) from None
    except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError) as error:
        raise Refusal(UnfitPicture, picture=_called(named), detail=_reason(error)) from None


def _called(descriptor: Any) -> str:
    return str(descriptor) if isinstance(descriptor, str) else "（内存中的图片）"


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "没有这个文件"
    return "文件读不出来" if isinstance(error, OSError) else "不是能放进文档的图片格式"


def package_of(bound_to: Any, file: str, data: bytes) -> bytes:
    """Return the package of a DocxTemplate that has not been rendered.

    Raises:
        CannotFallBack: if it has been rendered, cannot be written, or was opened from a file other than the
            template, which messages call `file` and whose bytes are `data`.
    """
    if _opened_from(bound_to.template_file) not in {None, data}:
        raise CannotFallBack(file, "图片或子文档属于用另一个文件打开的 DocxTemplate")
    if bound_to.is_rendered:
        raise CannotFallBack(file, "子文档所属的 DocxTemplate 已经用过，请重新打开一个")
    written = BytesIO()
    try:
        bound_to.get_docx().save(written)
    except Exception as error:
        raise CannotFallBack(file, str(error) or type(error).__name__) from error
    return written.getvalue()


def _opened_from(file: Any) -> bytes | None:
    """Return the bytes a DocxTemplate was opened from, where they can still be had."""
    if isinstance(file, BytesIO):
        return file.getvalue()
    return Path(file).read_bytes() if isinstance(file, str | PathLike) and Path(file).is_file() else None


_PICTURE: Final = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="1" name="Picture 1">{click}</wp:docPr>'
    '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="0" name="{name}">{click}</pic:cNvPr><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
    '<a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
)
