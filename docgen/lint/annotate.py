"""Findings as Word comments at their places, in a copy of the document (ISO/IEC 29500-1, clause 17.13.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from lxml import etree

from docgen.lint.findings import Finding
from docgen.lint.reading.document import traced
from docgen.lint.reading.drawings import TEXT_BOX
from docgen.lint.reading.names import WML, Element, number, w
from docgen.lint.rule import SEVERITY_NAMES
from docgen.opc.reading import CONTENT_TYPES, Parts, opened
from docgen.opc.writing import with_changed
from docgen.standard.build.ooxml import plain, run
from docgen.standard.build.ooxml import w as made

_AUTHOR: Final = "docgen"
_PART: Final = "word/comments.xml"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_IDENTIFIER: Final = "rIdDocgenComments"
_EMPTY: Final = f'<w:comments xmlns:w="{WML}"/>'.encode()


def annotated(data: bytes, path: str, findings: Sequence[Finding]) -> bytes:
    """Return a .docx with a comment for each paragraph that has findings; those of the whole stand at the first.

    Args:
        data: The document.
        path: What messages call it.
        findings: What the checker found in it.

    Raises:
        FileFault: it is no .docx that can be read within the limits.
    """
    with opened(data, path) as parts:
        _, paras = traced(parts)
        elements = {para.number: element for element, para in paras.items()}
        if not elements or not findings:
            return data
        main = parts.main()
        place, comments, known = _comments(parts, main)
        grouped: dict[Element, list[Finding]] = {}
        for each in findings:
            element = elements.get(each.paragraph, elements[min(elements)])
            grouped.setdefault(_outside_boxes(element), []).append(each)
        first = 1 + max((number(each.get(w("id"))) or 0 for each in comments), default=-1)
        for identifier, (element, said) in enumerate(grouped.items(), start=first):
            comments.append(_comment(identifier, said))
            _mark(element, identifier)
        root = next(iter(grouped)).getroottree().getroot()
        changed = {main: _written(root), place: _written(comments)}
        if not known:
            changed |= _declared(parts, main)
    return with_changed(data, changed, path)


def _comments(parts: Parts, main: str) -> tuple[str, Element, bool]:
    """Return the part of the comments, its root, and whether the document has it already."""
    known = [each.target for each in parts.relations(main).values() if each.kind == "comments"]
    if known and known[0] in parts:
        return known[0], parts.xml(known[0]), True
    return _PART, etree.fromstring(_EMPTY), False


def _outside_boxes(element: Element) -> Element:
    """Return the paragraph that holds the text box of a paragraph: Word allows no comments in boxes."""
    boxes = list(element.iterancestors(TEXT_BOX))
    holder = next(boxes[-1].iterancestors(w("p")), None) if boxes else element
    return element if holder is None else holder


def _comment(identifier: int, findings: Sequence[Finding]) -> Element:
    lines = [
        f"{SEVERITY_NAMES[each.severity]} {each.rule.id}（{each.rule.clause}）：{each.message}。{each.rule.mend}。"
        for each in findings
    ]
    body = "".join(made("p", run(line)) for line in dict.fromkeys(lines))
    xml = made("comment", body, id=identifier, author=_AUTHOR, initials=_AUTHOR[0])
    return etree.fromstring(plain("x", xml, **{"xmlns:w": WML}))[0]


def _mark(paragraph: Element, identifier: int) -> None:
    """Put the ends of a comment's range around what a paragraph says."""
    numbered = {w("id"): str(identifier)}
    start, end = (paragraph.makeelement(w(f"commentRange{each}"), numbered) for each in ("Start", "End"))
    looks = paragraph.find(w("pPr"))
    paragraph.insert(0 if looks is None else 1, start)
    referring = paragraph.makeelement(w("r"))
    referring.append(referring.makeelement(w("commentReference"), numbered))
    paragraph.extend((end, referring))


def _declared(parts: Parts, main: str) -> Mapping[str, bytes]:
    """Return content types and relations with the part of the comments added."""
    folder, _, file = main.rpartition("/")
    place = f"{folder}/_rels/{file}.rels"
    types, relations = parts.xml(CONTENT_TYPES), None if place not in parts else parts.xml(place)
    if relations is None:
        relations = etree.fromstring(plain("Relationships", xmlns=_RELATIONS))
    named = {"PartName": f"/{_PART}", "ContentType": _TYPE}
    types.append(types.makeelement(types.tag.replace("Types", "Override"), named))
    target = _PART.removeprefix(f"{folder}/") if folder == "word" else f"/{_PART}"
    about = {"Id": _IDENTIFIER, "Type": _KIND, "Target": target}
    relations.append(relations.makeelement(f"{{{_RELATIONS}}}Relationship", about))
    return {CONTENT_TYPES: _written(types), place: _written(relations)}


def _written(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
