"""The same document as other programs save it: Word, WPS, LibreOffice. Nothing that a reader sees is different."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any, Final

from lxml import etree

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
_SPACES: Final = f'xmlns:w="{W}" xmlns:w14="{_W14}"'
_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_STORIES: Final = ("word/document.xml", "word/header", "word/footer")
_ORDER: Final = """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd
    tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi
    adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc
    textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"""
_PLACES: Final = {name: place for place, name in enumerate(_ORDER.split())}
Saved = Callable[[bytes], bytes]


def q(name: str) -> str:
    return f"{{{W}}}{name}"


def element(xml: str) -> Any:
    """Return an element that is written without its namespaces."""
    return etree.fromstring(f"<x {_SPACES}>{xml}</x>")[0]


def _resaved(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Return a .docx after a change of its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def _stories(parts: dict[str, bytes], change: Callable[[Any], None]) -> None:
    for name in [each for each in parts if each.startswith(_STORIES)]:
        root = etree.fromstring(parts[name])
        change(root)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _looks(holder: Any, name: str) -> Any:
    """Return the properties of a paragraph or run, made where there are none."""
    found = holder.find(q(name))
    if found is None:
        found = etree.Element(q(name))
        holder.insert(0, found)
    return found


def _put(looks: Any, *children: Any) -> None:
    """Put properties that a paragraph has not yet where the schema wants them."""
    for child in children:
        if looks.find(child.tag) is None:
            looks.append(child)
    looks[:] = sorted(looks, key=lambda each: _PLACES[etree.QName(each).localname])


# Word


def _split(run: Any) -> None:
    """Write a run as two, as after typing in it on another day."""
    said = [each for each in run if each.tag != q("rPr")]
    if [each.tag for each in said] != [q("t")] or len(said[0].text or "") < 2:
        return
    twin, text = deepcopy(run), said[0].text
    half = len(text) // 2
    twin.find(q("t")).text, said[0].text = text[half:], text[:half]
    for each in (said[0], twin.find(q("t"))):
        each.set(_XML_SPACE, "preserve")
    run.set(q("rsidRPr"), "00C93B1A")
    twin.set(q("rsidR"), "00D17F20")
    run.addnext(twin)
    for kind in ("spellEnd", "spellStart"):
        run.addnext(element(f'<w:proofErr w:type="{kind}"/>'))


def _by_word(root: Any) -> None:
    for place, paragraph in enumerate(root.iter(q("p"))):
        paragraph.set(f"{{{_W14}}}paraId", f"{place + 0x1A2B3C:08X}")
        for name in ("rsidR", "rsidRDefault", "rsidP"):
            paragraph.set(q(name), "00AA12BC")
    for run in list(root.iter(q("r"))):
        _split(run)
    texts = [each for each in root.iter(q("t")) if (each.text or "").strip()]
    if texts:
        run = texts[-1].getparent()
        run.addprevious(element('<w:bookmarkStart w:id="99" w:name="_GoBack"/>'))
        run.addprevious(element('<w:bookmarkEnd w:id="99"/>'))
        texts[-1].addprevious(element("<w:lastRenderedPageBreak/>"))
    body = root.find(q("body"))
    if body is not None:
        _controlled(body)


def _controlled(body: Any) -> None:
    """Put the longest paragraph of the text into a content control."""
    paragraphs = [each for each in body.iterchildren(q("p")) if each.find(f".//{q('sectPr')}") is None]
    longest = max(paragraphs, key=lambda each: len("".join(each.itertext())), default=None)
    if longest is None:
        return
    control = element(
        '<w:sdt><w:sdtPr><w:alias w:val="正文"/><w:id w:val="77"/></w:sdtPr><w:sdtContent/></w:sdt>'
    )
    longest.addprevious(control)
    control[-1].append(longest)


_COMPAT: Final = "".join(
    f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
    for name, value in (("compatibilityMode", 15), ("overrideTableStyleFontSizeAndJustification", 1))
)
_SETTINGS: Final = (
    '<w:zoom w:percent="100"/>', '<w:proofState w:spelling="clean" w:grammar="clean"/>',
    "<w:spaceForUL/>", "<w:balanceSingleByteDoubleByteWidth/>", f"<w:compat>{_COMPAT}</w:compat>",
    '<w:rsids><w:rsidRoot w:val="00AA12BC"/><w:rsid w:val="00C93B1A"/></w:rsids>',
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>',
)  # fmt: skip


def as_word(data: bytes) -> bytes:
    """Return a document as Word saves it after some days of work."""

    def change(parts: dict[str, bytes]) -> None:
        _stories(parts, _by_word)
        if "word/settings.xml" in parts:
            root = etree.fromstring(parts["word/settings.xml"])
            for each in _SETTINGS:
                added = element(each)
                if root.find(added.tag) is None:
                    root.append(added)
            parts["word/settings.xml"] = etree.tostring(root)

    return _resaved(data, change)


# WPS

_SWITCHES: Final = (
    "<w:keepLines w:val=\"0\"/>", '<w:suppressLineNumbers w:val="0"/>', "<w:kinsoku/>", "<w:wordWrap/>",
    "<w:overflowPunct/>", '<w:topLinePunct w:val="0"/>', '<w:bidi w:val="0"/>', '<w:adjustRightInd w:val="0"/>',
    '<w:textAlignment w:val="auto"/>',
)  # fmt: skip
"""What WPS writes into a paragraph whose layout was set in its dialogue."""


def _by_wps(root: Any) -> None:
    for paragraph in root.iter(q("p")):
        looks = _looks(paragraph, "pPr")
        _put(looks, *map(element, _SWITCHES))
        spacing = looks.find(q("spacing"))
        if spacing is not None and q("beforeLines") not in spacing.attrib:
            for name in ("beforeAutospacing", "afterAutospacing"):
                spacing.set(q(name), "0")
    for run in root.iter(q("r")):
        looks = _looks(run, "rPr")
        fonts = looks.find(q("rFonts"))
        if fonts is None:
            fonts = element('<w:rFonts w:hint="eastAsia"/>')
            style = looks.find(q("rStyle"))
            looks.insert(0 if style is None else 1, fonts)
        elif q("hint") not in fonts.attrib:
            fonts.set(q("hint"), "default")
        looks.append(element('<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'))
        looks.append(element('<w:woUserID w:val="1"/>'))


def _renamed(parts: dict[str, bytes]) -> None:
    """Number the styles, as WPS does."""
    styles = etree.fromstring(parts["word/styles.xml"])
    names = {each.get(q("styleId")): str(place) for place, each in enumerate(styles.iter(q("style")), 1)}
    holders = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink")
    for part in [each for each in parts if each.startswith("word/") and each.endswith(".xml")]:
        root = etree.fromstring(parts[part])
        for each in root.iter(*map(q, holders)):
            each.set(q("val"), names.get(each.get(q("val")), each.get(q("val"))))
        for each in root.iter(q("style")):
            each.set(q("styleId"), names[each.get(q("styleId"))])
        parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


_CUSTOM: Final = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">'
    "<vt:lpwstr>2052-12.1.0.16929</vt:lpwstr></property></Properties>"
)


def as_wps(data: bytes) -> bytes:
    """Return a document as WPS saves it."""

    def change(parts: dict[str, bytes]) -> None:
        _stories(parts, _by_wps)
        _renamed(parts)
        parts["docProps/custom.xml"] = _CUSTOM.encode()

    return _resaved(data, change)


# LibreOffice


def _by_libreoffice(root: Any) -> None:
    """Write sides as start and end, every indent and spacing in full, and no more than one text a run."""
    for paragraph in root.iter(q("p")):
        looks = _looks(paragraph, "pPr")
        _put(looks, element('<w:bidi w:val="0"/>'), element("<w:widowControl/>"))
        for jc in looks.iter(q("jc")):
            jc.set(q("val"), {"left": "start", "right": "end"}.get(jc.get(q("val")), jc.get(q("val"))))
        for indent in looks.iter(q("ind")):
            for old, new in (("left", "start"), ("right", "end")):
                if q(old) in indent.attrib and q(f"{old}Chars") not in indent.attrib:
                    indent.set(q(new), indent.attrib.pop(q(old)))
        looks.append(element("<w:rPr/>")) if looks.find(q("rPr")) is None else None
        _put(looks)
    for run in root.iter(q("r")):
        _looks(run, "rPr")


def as_libreoffice(data: bytes) -> bytes:
    """Return a document as LibreOffice saves it."""
    return _resaved(data, lambda parts: _stories(parts, _by_libreoffice))


PROGRAMS: Final[dict[str, Saved]] = {"Word": as_word, "WPS": as_wps, "LibreOffice": as_libreoffice}
