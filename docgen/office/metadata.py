"""The elements of a document's metadata (GB/T 33480-2016): of a registered document, and of a file of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from docgen.archive import elements
from docgen.register.document import Document

_READ: Final = {
    "文种": "kind", "份号": "copy_number", "密级和保密期限": "secrecy", "紧急程度": "urgency", "发文机关标志": "mark",
    "发文字号": "number", "签发人": "signatories", "标题": "title", "主送机关": "addressees", "附件说明": "annexes",
    "发文机关或签发人署名": "signature", "成文日期": "date", "附注": "notes", "抄送机关": "copies",
    "印发机关": "printer", "印发日期": "printed",
}  # fmt: skip
"""Where `docgen read` says the elements."""
_MARK: Final = "发文机关标志"


def of_registered(document: Document, data: bytes, fonds: str, level: str) -> dict[str, str]:
    """Return all elements of a registered document; those that it has not are empty.

    Args:
        document: as the register has it, which comes before its text.
        data: its Word file; its text tells what the register does not hold.
        fonds: 全宗号; empty where that is not settled.
        level: 发布层次.
    """
    dated = document.dated
    known = {
        "公文标识": f"{fonds}-{document.number}" if fonds and document.number else document.number,
        "文种": document.kind,
        "发文字号": document.number,
        "签发人": document.signatory,
        "标题": document.title,
        "主送机关": document.addressee,
        "附件说明": document.annexes,
        "成文日期": f"{dated.year}年{dated.month}月{dated.day}日",
        "抄送机关": document.copies_to,
        "发布层次": level,
    }
    return elements.elements_of(_styled(data), known)


def of_text(said: Mapping[str, Any], data: bytes) -> dict[str, str]:
    """Return all elements of a document that the register does not know; those that its text does not tell are empty.

    Args:
        said: what `docgen read` reads in it; empty where it reads nothing.
        data: the file; the paragraph styles of one made by docgen tell what its words do not.
    """
    known = {name: _words(name, said.get(key, "")) for name, key in _READ.items()}
    return elements.elements_of(_styled(data), known | {"公文标识": known["发文字号"]})


def _styled(data: bytes) -> dict[str, list[str]]:
    try:
        return elements.styled_of(data)
    except elements.NoWord:
        return {}


def _words(name: str, said: Any) -> str:
    """Return what is read as an element, several as one."""
    if isinstance(said, str):
        return said
    return ("" if name == _MARK else "；").join(said)
