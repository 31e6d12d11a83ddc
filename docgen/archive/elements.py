"""The 18 core elements of a document's metadata (GB/T 33480-2016), taken from the record and from the document's text.

A document made by docgen names its elements by paragraph styles; from those come what the record does not know (the
mark, secrecy, urgency, note, imprint). The standard's text was not at hand: names and order are as DOMAIN 8 lists them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from docgen.opc.faults import FileFault
from docgen.opc.guard import DAMAGE
from docgen.opc.reading import Parts

ELEMENTS: Final = (
    "公文标识", "文种", "份号", "密级和保密期限", "紧急程度", "发文机关标志", "发文字号", "签发人", "标题", "主送机关",
    "附件说明", "发文机关或签发人署名", "成文日期", "附注", "抄送机关", "印发机关", "印发日期", "发布层次",
)  # fmt: skip
STANDARD: Final = "GB/T 33480-2016"
_STARTS: Final = tuple(
    (name, f'  <元素 序号="{place}" 名称="{name}">') for place, name in enumerate(ELEMENTS, 1)
)
_ENDS: Final = "</w:p>"
_STYLE: Final = "<w:pStyle"
_TELLING: Final = (
    "CopyNumber", "Secrecy", "Urgency", "Mark", "Signature", "UnsealedOrgan", "JointOrgans", "Note", "ImprintIssue",
)  # fmt: skip
"""The styles of paragraphs that tell an element."""
_TOLD: Final = re.compile(rf'<w:pStyle w:val="({"|".join(_TELLING)})"')
_TEXT: Final = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(<w:(?:br|tab)(?: [^>]*)?/>)")
_FALLBACK: Final = re.compile(r"<mc:Fallback.*?</mc:Fallback>", re.DOTALL)
_ISSUE: Final = re.compile(r"(.*?)\s*(\d{4}年\d{1,2}月\d{1,2}日)印发")
_SECRECY: Final = re.compile(r"(绝密|机密|秘密)(?:★\S+)?")
_URGENCY: Final = re.compile(r"特急|加急")
_COPY_NUMBER: Final = re.compile(r"\d{6}")
_TEXT_PART: Final = "word/document.xml"
_FURTHER: Final = re.compile(r"word/(header|footer)\d*\.xml")
_MOST: Final = 64 * 2**20


class NoWord(ValueError):
    """Bytes are no readable Word document."""


def styled_of(data: bytes) -> dict[str, list[str]]:
    """Return the paragraphs of a Word document by style, those alone that tell an element. Raises NoWord."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if package.getinfo(_TEXT_PART).file_size > _MOST:
                raise NoWord
            (text,) = _texts({_TEXT_PART: Parts(package, data, "").content(_TEXT_PART)})
    except (FileFault, *DAMAGE) as fault:
        raise NoWord from fault
    styled: dict[str, list[str]] = {}
    for style, said in _paragraphs(text):
        styled.setdefault(style, []).append(said)
    return styled


def words_in(parts: Mapping[str, bytes]) -> str:
    """Return the whole text of a Word document without blanks.

    Args:
        parts: of the document; those without text among them are left out.

    Raises:
        NoWord: it cannot be read.
    """
    said = "".join(_said_in(text) for text in _texts(parts))
    return "".join(unescape(said).split())


def _texts(parts: Mapping[str, bytes]) -> list[str]:
    """Return the texts of the parts that have any, the document first. Raises NoWord."""
    if _TEXT_PART not in parts:
        raise NoWord
    names = sorted(filter(_is_text, parts), key=lambda each: each != _TEXT_PART)
    try:
        texts = [parts[each].decode("utf-8") for each in names]
    except UnicodeDecodeError as fault:
        raise NoWord from fault
    return [_FALLBACK.sub("", each) if "<mc:Fallback" in each else each for each in texts]


def _is_text(name: str) -> bool:
    return name == _TEXT_PART or bool(_FURTHER.fullmatch(name))


def _said_in(xml: str) -> str:
    return "".join([found or " " for found, _ in _TEXT.findall(xml)])


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """Yield style and words of each paragraph that tells an element; one within another is one of its own."""
    for found in _TOLD.finditer(text):
        inner = text[found.end() : text.find(_ENDS, found.end())]
        if _STYLE not in inner and (said := _said_in(inner).strip()):
            yield found[1], unescape(said)


def elements_of(styled: Mapping[str, list[str]], known: Mapping[str, str]) -> dict[str, str]:
    """Return the elements by name; those that a document has not are empty.

    Args:
        styled: the paragraphs of the document by style.
        known: what the record says, by the names of elements; it comes before what the text says.
    """
    imprint = _ISSUE.search("".join(styled.get("ImprintIssue", ())[:1]))
    head = "　".join(_said(styled, "CopyNumber", "Secrecy", "Urgency"))
    read = {
        "份号": _first(_COPY_NUMBER, head),
        "密级和保密期限": _first(_SECRECY, head),
        "紧急程度": _first(_URGENCY, head),
        "发文机关标志": "".join(styled.get("Mark", ())),
        "发文机关或签发人署名": "；".join(_said(styled, "Signature", "UnsealedOrgan", "JointOrgans")),
        "附注": "".join(styled.get("Note", ())).strip("（）()"),
        "印发机关": imprint[1].strip() if imprint else "",
        "印发日期": imprint[2] if imprint else "",
    }
    return {name: known.get(name) or read.get(name, "") for name in ELEMENTS}


def _said(styled: Mapping[str, list[str]], *styles: str) -> Iterable[str]:
    return (each for style in styles for each in styled.get(style, ()))


def _first(wanted: re.Pattern[str], text: str) -> str:
    found = wanted.search(text)
    return found[0] if found else ""


def as_xml(elements: Mapping[str, str], code: str) -> bytes:
    """Return the elements of the document of an archival code as XML."""
    lines = "".join([f"{start}{escape(elements[name])}</元素>\n" for name, start in _STARTS])
    head = f"<公文元数据 标准={quoteattr(STANDARD)} 档号={quoteattr(code)}>\n"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{lines}</公文元数据>\n'.encode()
