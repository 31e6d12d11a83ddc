"""What loops repeat and a document may have only once: bookmarks, comments, numbered lists; and links to addresses.

A bookmark or comment that comes again gets an id of its own, a bookmark also a name; the comment is written again. A
numbered list in a loop that stands in another loop begins anew each time, as a list of its own; one that goes on from
what stands outside (headings of the outer loop) goes on. Which loops these are, marks tell that the rendered part holds
until this is done.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from html import unescape
from typing import Final
from urllib.parse import quote, unquote

from docgen.patterns import late
from docgen.template.attach import ADDRESS, Again, Attachments, relations_of
from docgen.template.ooxml import Element, P, declared, parse, w

BEGIN: Final = "<?list-begin?>"
END: Final = "<?list-end?>"
_FIRST: Final = 100_000
_FALLBACK: Final = r"<mc:Fallback>(?s:.*?)</mc:Fallback>"
"""What stands there for older readers has the ids of what newer ones read."""
_BOOKMARK: Final = late(rf"{_FALLBACK}|<w:bookmark(Start|End)\b[^>]*?/>")
_START: Final = late(r"<w:bookmarkStart\b[^>]*?/>")
_ID: Final = late(r'\bw:id="([^"]*)"')
_NAME: Final = late(r'\bw:name="([^"]*)"')
_COMMENT: Final = late(rf"{_FALLBACK}|<w:comment(RangeStart|RangeEnd|Reference)\b[^>]*?/>")
_LIST: Final = late(rf'{re.escape(BEGIN)}|{re.escape(END)}|<w:numId w:val="(\d+)"/>')
_LINK: Final = late(rf'"{re.escape(ADDRESS)}([^"]*)"')
_ENCODED: Final = late("(?:%7B){2}.*?(?:%7D){2}|(?:%7B%25).*?(?:%25%7D)", re.IGNORECASE)
_TAG: Final = late(r"\{\{.*?\}\}|\{%.*?%\}")
_LINKED: Final = "hyperlink"
_RELATION_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LEVELS: Final = 9
_NESTED: Final = 2


def made_apart(xml: str, gathered: Attachments) -> str:
    """Return a rendered part in which nothing comes twice that may come once; its links are gathered."""
    again = gathered.again
    if "<w:bookmarkStart" in xml:
        xml = _bookmarks(xml)
    if "<w:commentRe" in xml or "<w:commentRa" in xml:
        xml = _comments(xml, again)
    if BEGIN in xml:
        xml = _lists(xml, again)
    if ADDRESS not in xml:
        return xml
    return _LINK.sub(lambda found: f'"{gathered.link(_address(unescape(found[1])))}"', xml)


def _address(written: str) -> str:
    """Return an address whose spaces and hanzi are written as links have them; what is encoded stays."""
    return quote(written, safe="%/:=&?~#+!$,;'@()*[]")


def _bookmarks(xml: str) -> str:
    starts = "".join(_START.findall(xml))
    if _are_apart(_ID.findall(starts)) and _are_apart(_NAME.findall(starts)):
        return xml
    seen: set[str] = set()
    names: dict[str, int] = {}
    now: dict[str, str] = {}

    def other(found: re.Match[str]) -> str:
        tag, identifier = found[0], _ID.search(found[0])
        if identifier is None or not found[1]:
            return tag
        if found[1] == "End":
            return _ID.sub(f'w:id="{now.get(identifier[1], identifier[1])}"', tag)
        own = identifier[1] if identifier[1] not in seen else str(_FIRST + len(seen))
        seen.add(own)
        now[identifier[1]] = own
        name = _NAME.search(tag)
        if name:
            names[name[1]] = names.get(name[1], 0) + 1
            count = names[name[1]]
            tag = _NAME.sub(f'w:name="{name[1]}{f"_{count}" if count > 1 else ""}"', tag)
        return _ID.sub(f'w:id="{own}"', tag)

    return _BOOKMARK.sub(other, xml)


def _are_apart(found: Sequence[str]) -> bool:
    return len(set(found)) == len(found)


def _comments(xml: str, again: Again) -> str:
    parts: dict[tuple[str, str], int] = {}
    made: dict[tuple[str, int], str] = {}

    def other(found: re.Match[str]) -> str:
        identifier = _ID.search(found[0])
        if identifier is None or not found[1]:
            return found[0]
        key = (found[1], identifier[1])
        parts[key] = parts.get(key, 0) + 1
        if parts[key] == 1:
            return found[0]
        copy = (identifier[1], parts[key])
        if copy not in made:
            made[copy] = str(_FIRST + len(again.comments))
            again.comments.append((made[copy], identifier[1]))
        return _ID.sub(f'w:id="{made[copy]}"', found[0])

    return _COMMENT.sub(other, xml)


def _lists(xml: str, again: Again) -> str:
    """Number lists apart: the first of a nested loop keeps its id, each later one gets its own."""
    standing: list[dict[str, str]] = [{}]
    used: set[str] = set()

    def other(found: re.Match[str]) -> str:
        if found[0] == BEGIN:
            standing.append({} if len(standing) >= _NESTED else standing[0])
            return ""
        if found[0] == END:
            standing.pop()
            return ""
        number = found[1]
        known = next((each[number] for each in standing if number in each), None)
        if known is None:
            known = number
            if number in used:
                known = str(_FIRST + len(again.lists))
                again.lists[int(known)] = int(number)
            standing[-1][number] = known
            used.add(number)
        return found[0].replace(f'"{number}"', f'"{known}"')

    return _LIST.sub(other, xml)


def has_numbers(root: Element) -> bool:
    """Whether a part has numbered lists."""
    return next(root.iter(w("numId")), None) is not None


def may_repeat(root: Element) -> bool:
    """Whether a part has what loops may not repeat as it is."""
    once = ("bookmarkStart", "commentReference", "numId")
    return next(root.iter(*map(w, once)), None) is not None


def has_addresses(root: Element) -> bool:
    """Whether a part has addresses in the place of ids."""
    return any(ADDRESS in str(value) for each in root.iter() for value in each.attrib.values())


def number_directly(root: Element, styles: bytes | None) -> None:
    """Give paragraphs whose style is numbered that numbering of their own, so that it can be told apart."""
    found = {} if styles is None else _numbered_styles(parse(styles))
    for paragraph in root.iter(P) if found else ():
        looks = paragraph.find(w("pPr"))
        style = None if looks is None else looks.find(w("pStyle"))
        if looks is None or style is None or looks.find(w("numPr")) is not None:
            continue
        numbering = found.get(str(style.get(w("val"))))
        if numbering is not None:
            ahead = [each for each in looks if each.tag in _BEFORE]
            ahead[-1].addnext(deepcopy(numbering))


_BEFORE: Final = frozenset(
    map(w, ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"))
)


def _numbered_styles(root: Element) -> dict[str, Element]:
    numbered = ((each, each.find(f"{w('pPr')}/{w('numPr')}")) for each in root.iter(w("style")))
    return {
        str(style.get(w("styleId"))): numbering
        for style, numbering in numbered
        if numbering is not None and numbering.find(w("numId")) is not None
    }


def tag_links(root: Element, relations: bytes | None) -> None:
    """Put the addresses of links that hold tags where the links stand, to be rendered with them."""
    tagged = {} if relations is None else dict(_tagged(parse(relations)))
    for element in root.iter() if tagged else ():
        for name, value in element.attrib.items():
            if str(name).startswith(_RELATION_ID) and str(value) in tagged:
                element.set(name, ADDRESS + tagged[str(value)])


def _tagged(root: Element) -> list[tuple[str, str]]:
    found = []
    for each in root:
        target = _ENCODED.sub(lambda tag: unquote(tag[0]), str(each.get("Target")))
        if str(each.get("Type")).endswith(_LINKED) and _TAG.search(target):
            found.append((str(each.get("Id")), target))
    return found


def without_tagged(relations: bytes) -> bytes:
    """Return relationships without those whose addresses hold tags."""
    root = parse(relations)
    tagged = {identifier for identifier, _ in _tagged(root)}
    for each in list(root):
        if str(each.get("Id")) in tagged:
            root.remove(each)
    return declared(root).encode()


def tagged_relations(parts: list[str], contents: dict[str, bytes]) -> list[str]:
    """Return the members with relationships of some parts whose addresses hold tags."""
    members = (relations_of(each) for each in parts)
    return [each for each in members if each in contents and _tagged(parse(contents[each]))]


def with_lists(numbering: bytes, lists: dict[int, int]) -> bytes:
    """Return the numberings with lists of their own, each like the one it repeats, from its beginning."""
    root = parse(numbering)
    known = {str(each.get(w("numId"))): each for each in root.findall(w("num"))}
    abstract = {str(each.get(w("abstractNumId"))): each for each in root.findall(w("abstractNum"))}
    last = root.findall(w("num"))[-1:]
    for number, like in lists.items():
        found = known.get(str(like))
        if found is None or not last:
            continue
        made = deepcopy(found)
        made.set(w("numId"), str(number))
        kind = made.find(w("abstractNumId"))
        _restart(made, abstract.get(str(kind.get(w("val"))) if kind is not None else ""))
        last[0].addnext(made)
        last = [made]
    return declared(root).encode()


def _restart(made: Element, kind: Element | None) -> None:
    for level in range(_LEVELS):
        own = next(
            (each for each in made.findall(w("lvlOverride")) if each.get(w("ilvl")) == str(level)), None
        )
        begin = None if kind is None else kind.find(f'{w("lvl")}[@{w("ilvl")}="{level}"]/{w("start")}')
        if own is None:
            own = made.makeelement(w("lvlOverride"), {w("ilvl"): str(level)})
            made.append(own)
        if own.find(w("startOverride")) is None:
            start = "1" if begin is None else str(begin.get(w("val")))
            own.insert(0, own.makeelement(w("startOverride"), {w("val"): start}))


def with_comments(comments: bytes, again: list[tuple[str, str]]) -> bytes:
    """Return the comments with those that are written again."""
    root = parse(comments)
    known = {str(each.get(w("id"))): each for each in root.findall(w("comment"))}
    for number, like in again:
        if like in known:
            made = deepcopy(known[like])
            made.set(w("id"), number)
            root.append(made)
    return declared(root).encode()
