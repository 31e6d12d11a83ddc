"""XML parts parsed with suspicion: no entities, no network, no document types, no depth without end."""

from __future__ import annotations

from functools import cache
from typing import Any, Final, TypeAlias

from lxml import etree

from docgen.opc.faults import FileFault, HasDoctype, MalformedPart, TooLarge
from docgen.opc.guard import refuse_large_part

Element: TypeAlias = etree._Element  # noqa: SLF001  lxml-stubs names the type of elements so

_OF_A_LIMIT: Final = "XML_PARSE_HUGE"
"""What libxml2 says whenever one of its limits is passed, of depth or of length."""
_LONGEST_TEXT: Final = 9_000_000  # bytes; libxml2 takes no text of ten million


def parse(content: bytes, path: str, part: str, *, blanks: bool = True, remarks: bool = False) -> Element:
    """Return the root of a part.

    Args:
        content: the part as it is unpacked.
        path: what messages call the file.
        part: the part's name.
        blanks: whether text of white space alone is kept between elements.
        remarks: whether comments and processing instructions are kept.

    Raises:
        TooLarge, MalformedPart, HasDoctype: it cannot be parsed safely.
    """
    refuse_large_part(content, path, part)
    parser = _kept(blanks=blanks, remarks=remarks)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise _fault_of(fault, path, part) from None
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise HasDoctype(path, part)
    return root


def _fault_of(error: Exception, path: str, part: str) -> FileFault:
    """Say in the clerk's words what the parser refused: one of its limits, or what is at a place of the part."""
    if _OF_A_LIMIT in str(error):
        return TooLarge(path, f"{part} 里嵌套过深或有一段文字过长")
    line, column = getattr(error, "position", (0, 0))
    return MalformedPart(path, part, f"第{line}行第{column}个字符处" if line else "编码不对")


def refuse_unsound(content: bytes, path: str, part: str) -> None:
    """Refuse a part that `parse` refuses, in half the time: no tree is made of one that is plainly sound.

    Raises:
        TooLarge, MalformedPart, HasDoctype: it cannot be parsed safely.
    """
    if (
        len(content) > _LONGEST_TEXT
        or holds_pair(content, b"<!")
        or b"xml:id" in content
        or not _is_well_formed(content)
    ):
        parse(content, path, part)


def holds_pair(content: bytes, pair: bytes, start: int = 0) -> bool:
    """Whether two bytes stand side by side; the second, of which XML has few, is looked for first."""
    return content.find(pair[1:], start) >= 0 and content.find(pair, start) >= 0


def _is_well_formed(content: bytes) -> bool:
    """Whether libxml2 reads a part to its end and has nothing to say of it, be it of namespaces alone."""
    parser = _parser(target=_Nothing())
    try:
        etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return False
    return not len(parser.error_log)


@cache
def _kept(*, blanks: bool, remarks: bool) -> etree.XMLParser:
    """Return a parser for all parts read in one way; making one takes as long as parsing a small part."""
    return _parser(remove_blank_text=not blanks, remove_comments=not remarks, remove_pis=not remarks)


def _parser(**options: Any) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, **options
    )  # fmt: skip


class _Nothing:
    """Makes nothing of what a parser reads."""

    def close(self) -> None:
        """End the reading."""
