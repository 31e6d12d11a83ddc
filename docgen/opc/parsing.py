"""XML parts parsed with suspicion: no entities, no network, no document types, no depth without end."""

from __future__ import annotations

from typing import Final, TypeAlias

from lxml import etree

from docgen.opc.faults import HasDoctype, MalformedPart
from docgen.opc.guard import refuse_large_part

Element: TypeAlias = etree._Element  # noqa: SLF001  lxml-stubs names the type of elements so

_LONGEST_DETAIL: Final = 80


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
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_blank_text=not blanks,
        remove_comments=not remarks, remove_pis=not remarks,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise MalformedPart(path, part, str(fault).split("\n", 1)[0][:_LONGEST_DETAIL]) from None
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise HasDoctype(path, part)
    return root
