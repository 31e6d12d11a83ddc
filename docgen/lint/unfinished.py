"""What keeps a document from being signed: places still to fill, tracked changes nobody decided on, comments, links.

What a document shows is in it: what would be fetched from outside by whoever opens it is none of what was signed.
The checker's own rules judge the text; here they hold whatever a workspace has switched off, paragraph by
paragraph, and for headers, footers and notes as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen.errors import DATA_WRONG, DocgenError
from docgen.lint.findings import Finding, Seen, short
from docgen.lint.reading.document import read
from docgen.lint.reading.inline import is_changed, is_commented, is_unfilled
from docgen.lint.reading.names import value, w
from docgen.lint.recognition.recognise import recognise
from docgen.lint.rule import Rule
from docgen.lint.rules import leftovers
from docgen.opc.parsing import Element
from docgen.opc.reading import Parts, opened
from docgen.opc.unsafe import unsafe_in

_SHOWN: Final = 3
_LEFT: Final = (leftovers.placeholders, leftovers.highlights, leftovers.hidden)
_BARRING: Final = (leftovers.TRACKED_CHANGES, leftovers.COMMENTS)
_TAGS: Final = ("{{", "}}", "{%", "【待填")
_OPEN: Final = (leftovers.OPEN_CONTROL, leftovers.MERGE_FIELD)
_STORIES: Final = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_SIGNS: Final = tuple(
    # A part in UTF-16 has NULs; a brace may be written as a reference; 【 as in 【待填写】.
    each.encode()
    for each in ("{", "}", "\0", "&#", "【", "showingPlcHdr", "MERGEFIELD")
)
"""Bytes of which none stands in a part that is plainly finished."""
_CHANGED: Final = rb"(?:(?:ins|del|moveFrom|moveTo|cellIns|cellDel|cellMerge)\b|comment)"
_CHANGES: Final = tuple(re.compile(before + _CHANGED) for before in (b":", b"<"))
"""Each looks for what begins with one letter, which is ten times as fast as one for either."""
_OTHER_CHANGES: Final = re.compile(rb"[:<]\w+Change\b")
"""Of looks, rows, sections."""
_WITHOUT_WORDS: Final = re.compile(
    r"^(?:customXml|docProps|_rels|word/(?:theme|_rels|media|fonts))/|^\[Content_Types\]\.xml$"
    r"|^word/(?:settings|styles|fontTable|webSettings|numbering)\.xml$"
)
"""Parts that show no words of their own."""
_OUTSIDE: Final = {
    "页面设置": ("sectPrChange",),
}
"""Changes that stand in no paragraph and no table: the page of the last section."""


class LeftUnfinished(DocgenError):
    """A document is not ready to be signed. `places` says each place that is not."""

    code = "unfinished"
    exit_code = DATA_WRONG
    says = "{path}：还没有定稿：{said}"
    advises = (
        "请用 Word 或 WPS 打开，接受或拒绝全部修订，删去全部批注，"
        "填好或删去留下的 {{{{ }}}}、【待填写】和内容控件，链接的图片、对象、模板改为嵌入或删去，保存后再办。"
    )

    path: str
    places: tuple[str, ...]

    @property
    def said(self) -> str:
        """Name the first places, and say how many there are."""
        first = "；".join(self.places[:_SHOWN])
        return f"{first}……共 {len(self.places)} 处" if len(self.places) > _SHOWN else first


def bars(finding: Finding) -> bool:
    """Whether a document must not be signed with it: a change, a comment, a tag, 【待填写】, an open control.

    Other placeholders only look like such (`**` may hide the digits of an identity card): a person decides.
    """
    return finding.rule in _BARRING or finding.found in _OPEN or any(tag in finding.found for tag in _TAGS)


def refuse_unfinished(data: bytes, path: str) -> tuple[Finding, ...]:
    """Return what a person should look at before signing a document that may be signed.

    Raises:
        LeftUnfinished: if it may not, see `bars`.
        FileFault: if it is no .docx that can be read within the limits.
    """
    found = unfinished(data, path)
    with opened(data, path) as parts:
        contents = parts.contents()
        outside = unsafe_in(list(contents), contents.__getitem__, path)
        barring = (*(f"{each.place}{each.found}" for each in found if bars(each)), *outside)
    if barring:
        raise LeftUnfinished(path, barring)
    return found


def plainly_finished(data: bytes, path: str) -> bool:
    """Whether the bytes of a document's parts alone show that nothing bars its signing.

    Says False where a look at the bytes does not decide; then `refuse_unfinished` does, which takes much longer.

    Raises:
        FileFault: if it is no .docx that can be read within the limits.
    """
    with opened(data, path) as parts:
        contents = parts.contents()
        texts = (content for part, content in contents.items() if not _WITHOUT_WORDS.search(part))
        return not any(map(_is_doubtful, texts)) and not any(
            unsafe_in(list(contents), contents.__getitem__, path)
        )


def _is_doubtful(content: bytes) -> bool:
    if any(map(content.__contains__, _SIGNS)):
        return True
    if any(each.search(content) for each in _CHANGES):
        return True
    return b"Change" in content and _OTHER_CHANGES.search(content) is not None


def unfinished(data: bytes, path: str) -> tuple[Finding, ...]:
    """Return what is left unfinished in a document, in its order, then that in headers, footers and notes.

    Args:
        data: The document.
        path: Its name in messages.

    Raises:
        FileFault: if it is no .docx that can be read within the limits.
    """
    doc = read(data, path)
    seen = Seen(doc, recognise(doc, None))
    text = [each for judge in _LEFT for each in judge(seen)]
    with opened(data, path) as parts:
        return (*sorted([*text, *_traces(seen)], key=lambda each: each.paragraph), *_elsewhere(parts))


def _traces(seen: Seen) -> Iterator[Finding]:
    for rule, places, found in (
        (leftovers.TRACKED_CHANGES, seen.doc.traces.changes, "有没处理的修订"),
        (leftovers.COMMENTS, seen.doc.traces.comments, "有批注"),
    ):
        yield from (seen.found(rule, seen.doc.paras[place - 1], found) for place in places)


def _elsewhere(parts: Parts) -> Iterator[Finding]:
    main = parts.main()
    root = parts.xml(main)
    for element, names in _OUTSIDE.items():
        changes = (each for each in root.iter(*map(w, names)) if not _in_paragraph(each))
        if next(changes, None) is not None:
            yield _found(leftovers.TRACKED_CHANGES, element, "", "有没处理的修订")
    related = dict.fromkeys((each.kind, each.target) for each in parts.relations(main).values())
    for kind, target in related:
        if kind in _STORIES and target in parts:
            yield from _story(parts.xml(target), _STORIES[kind])
        elif kind == "comments" and target in parts:
            yield from _loose_comments(root, parts.xml(target))


def _story(root: Element, element: str) -> Iterator[Finding]:
    for control in filter(is_unfilled, root.iter(w("sdt"))):
        yield _found(leftovers.PLACEHOLDER, element, _words(control), leftovers.OPEN_CONTROL)
    for paragraph in root.iter(w("p")):
        words = _words(paragraph)
        if is_changed(paragraph):
            yield _found(leftovers.TRACKED_CHANGES, element, words, "有没处理的修订")
        if is_commented(paragraph):
            yield _found(leftovers.COMMENTS, element, words, "有批注")
        if left := leftovers.placeholder_in(words):
            yield _found(leftovers.PLACEHOLDER, element, words, f"有占位文字“{left}”")


def _loose_comments(root: Element, comments: Element) -> Iterator[Finding]:
    """Yield the comments that are tied to no place: no reader shows them, but the file still tells them."""
    tied = {value(each, "id") for each in root.iter(w("commentReference"), w("commentRangeStart"))}
    for each in comments.iter(w("comment")):
        if value(each, "id") not in tied:
            yield _found(leftovers.COMMENTS, "正文之外", _words(each), "有批注")


def _found(rule: Rule, element: str, words: str, found: str) -> Finding:
    return Finding(rule, element, 0, short(words), found, "")


def _words(element: Element) -> str:
    return "".join(each.text or "" for each in element.iter(w("t")))


def _in_paragraph(element: Element) -> bool:
    return next(element.iterancestors(w("p")), None) is not None
