"""What an OFD says of the document it shows: its metadata, the parts of its text, the files that go with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from docgen import __version__
from docgen.archive.elements import ELEMENTS
from docgen.ofd.origin import SOURCE
from docgen.ofd.package import About, Attachment
from docgen.ofd.tags import Part
from docgen.office import elements, metadata
from docgen.office.formatting import AUTOMATIC

DOCX: Final = ".docx"
_PARTS: Final = (
    ("版头", "份号", "copy_number"),
    ("版头", "密级和保密期限", "secrecy"),
    ("版头", "紧急程度", "urgency"),
    ("版头", "发文机关标志", "mark"),
    ("版头", "发文字号", "number"),
    ("版头", "签发人", "signatories"),
    ("主体", "标题", "title"),
    ("主体", "主送机关", "addressees"),
    ("主体", "正文", "body"),
    ("主体", "发文机关署名", "signature"),
    ("主体", "成文日期", "date"),
    ("主体", "附注", "notes"),
    ("版记", "抄送机关", "copies"),
    ("版记", "印发机关", "printer"),
    ("版记", "印发日期", "printed"),
)
"""The parts of an official document (GB/T 9704-2012, 7) and where `docgen read` says them."""
_CREATOR: Final = "docgen"
_DAY: Final = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def read_in(document: Path) -> Mapping[str, Any]:
    """Return what `docgen read` reads in a Word document; nothing where it reads nothing."""
    if document.suffix.lower() != DOCX:
        return {}
    read = next(elements.read([document], AUTOMATIC), None)
    return {} if read is None or read.fault else read.elements


def parts_of(said: Mapping[str, Any]) -> tuple[Part, ...]:
    """Return the parts of an official document with their words; none of what is not recognised."""
    return tuple(
        Part(section, name, words)
        for section, name, key in _PARTS
        for words in _words(said.get(key, ""))
        if words
    )


def _words(said: Any) -> list[str]:
    """Return the words of an element: one text, several, or lines with their words."""
    if isinstance(said, str):
        return [said]
    return [each if isinstance(each, str) else each.get("words", "") for each in said]


def about(
    known: Mapping[str, str], parts: Sequence[Part], source: str = "", attachments: Sequence[Attachment] = ()
) -> About:
    """Return what an OFD says of a document.

    Args:
        known: its elements (`metadata`), empty ones among them.
        parts: of its text.
        source: the SHA-256 of the document it is made of; empty where that is not known.
        attachments: the files that go with it.
    """
    said = {name: known[name] for name in ELEMENTS if known.get(name)}
    return About(
        title=said.get("标题", ""),
        author=said.get("发文机关或签发人署名", "") or said.get("发文机关标志", ""),
        day=_iso(said.get("成文日期", "")),
        creator=_CREATOR,
        creator_version=__version__,
        metadata=said | ({SOURCE: source} if source else {}),
        parts=tuple(parts),
        attachments=tuple(attachments),
    )


def about_file(named: Path, data: bytes, source: str) -> About:
    """Return what a document tells of itself that the register does not know; `data` is the file's."""
    said = read_in(named)
    known = metadata.of_text(said, data) if said else {}
    return about(known, parts_of(said), source)


def _iso(words: str) -> str:
    """Return a day as YYYY-MM-DD; empty when the words are none."""
    found = _DAY.search(words)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else ""
