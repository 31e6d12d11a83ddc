"""Contents, page totals and sums: fields of the text that are wrong once a template is filled in.

Word counts pages in headers and footers by itself, but leaves the fields of the text as they were last shown. A
document made from a template with such fields asks Word to update them when it is opened (`w:updateFields`).
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from docgen.template.ooxml import Element, P, parse, w

_STALE: Final = re.compile(
    r"^\s*=|\b(?:TOC|NUMPAGES|SECTIONPAGES|PAGEREF|NOTEREF|REF|STYLEREF|INDEX|TOA|SEQ|NUMWORDS|NUMCHARS|DOCPROPERTY"
    r"|TITLE|SUBJECT|AUTHOR|KEYWORDS|COMMENTS)\b"
)
_BEHIND: Final = frozenset(
    w(name)
    for name in (
        "updateFields", "hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "attachedSchema",
        "themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures",
        "forceUpgrade", "captions", "readModeInkLockDown", "smartTagType", "schemaLibrary", "shapeDefaults",
        "doNotEmbedSmartTags", "decimalSymbol", "listSeparator",
    )
)  # fmt: skip


def goes_stale(root: Element) -> bool:
    """Whether a part has fields whose shown results depend on the rest of the document."""
    simple = any(_STALE.search(str(each.get(w("instr"), ""))) for each in root.iter(w("fldSimple")))
    return simple or any(_STALE.search(_codes(paragraph)) for paragraph in root.iter(P))


def _codes(paragraph: Element) -> str:
    return "".join(code.text or "" for code in paragraph.iter(w("instrText")))


def updating(settings: bytes) -> bytes:
    """Return a document's settings with the order to update its fields when it is opened."""
    root = parse(settings)
    for old in root.findall(w("updateFields")):
        root.remove(old)
    made = etree.Element(w("updateFields"))
    made.set(w("val"), "true")
    behind = (index for index, each in enumerate(root) if _stands_behind(each))
    root.insert(next(behind, len(root)), made)
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def _stands_behind(element: Element) -> bool:
    """Whether the schema of w:settings wants an element behind w:updateFields."""
    return element.tag in _BEHIND or not str(element.tag).startswith(w(""))
