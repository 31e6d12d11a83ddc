"""The last paragraph of a text and the signature below it: text on page 1, and no signature alone on a page.

A paragraph that is kept with the signature goes to its page whole in LibreOffice, however long it is. So a long one, or
one that is all the text, is let go where it would move; where the signature would then stand alone, its last lines
become a paragraph of their own that goes with it, and the text reads on (docs/decisions/0016). Before a formula
(特此函告) the same holds of the paragraph above it, of which whole sentences go if that can be.
"""

from __future__ import annotations

import copy
from typing import Any, Final

from docgen.patterns import late
from docgen.standard.build import elements
from docgen.standard.build.estimate import Pages
from docgen.standard.build.levels import level_of
from docgen.standard.build.levels import parted as heading_and_rest
from docgen.standard.build.looks import Styles
from docgen.standard.build.reading import lines_of
from docgen.standard.wording.text import SENTENCE_ENDS

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_CLOSING: Final = (
    elements.ANNEX_LIST, elements.SIGNATURE, elements.UNSEALED_ORGAN, elements.JOINT_ORGANS, elements.STAMP,
    elements.DATE,
)  # fmt: skip
_CLOSING_IDS: Final = frozenset(each.id for each in _CLOSING)
_BODY: Final = frozenset({elements.BODY.id, elements.HEADING_3.id, elements.HEADING_4.id})
_LONG: Final = 3
# So many last lines are parted from the others: the first number that ends in a sentence, which then reads on.
_TAILS: Final = (2, 3, 4, 1)
_SHORT_TEXT: Final = 80
# Of the paragraph above a formula so many lines go with it whole, and so many characters are surely no more.
_FEW: Final = 2
_FEW_CHARACTERS: Final = 54
_LEAST_TAIL: Final = 20
_SENTENCE: Final = late("[。！？]")
_COMMA: Final = late("[，、]")
# Fewer characters on the signature's page are no company.
_SCANT: Final = 5
# A longer last paragraph is company enough for the signature.
_FORMULA: Final = 20
_FIRST_CLOSING: Final = late(
    b'<w:pStyle w:val="(?:%s)"/>' % b"|".join(each.encode() for each in sorted(_CLOSING_IDS))
)
_PARAGRAPH: Final = b'<w:pStyle w:val="Body"/>'
_WORDS: Final = late(rb"<w:t(?: [^>]*)?>([^<]*)</w:t>")

# lxml's stubs leave elements untyped here and there.
_Node = Any


def is_plainly_held(content: bytes) -> bool:
    """Whether the bytes of a document alone show that its last paragraph is short, kept, and not all the text."""
    found = _FIRST_CLOSING.search(content)
    if found is None:
        return True
    last = content.rfind(_PARAGRAPH, 0, found.start())
    if last < 0 or content.rfind(_PARAGRAPH, 0, last) < 0 or b"<w:keepNext/>" not in content[last:][:90]:
        return False
    if _length(content, last, found.start()) > _SHORT_TEXT:
        return False
    above = content.rfind(_PARAGRAPH, 0, last)
    if b"<w:keepNext/>" not in content[above:][:90]:
        return True
    return content.rfind(_PARAGRAPH, 0, above) >= 0 and _length(content, above, last) <= _FEW_CHARACTERS


def _length(content: bytes, first: int, last: int) -> int:
    """Return how many characters the words between two places have."""
    return len(b"".join(_WORDS.findall(content, first, last)).decode(errors="replace"))


def hold(pages: Pages) -> bool:
    """Hold the last paragraph of a text and the signature together as the page allows; return whether that changed it.

    Args:
        pages: Those of the body, which is changed.
    """
    closing = _closing_of(pages.body)
    last = None if closing is None else _text_before(closing)
    if last is None or closing is None:
        return False
    was = _is_kept(last)
    if len(lines_of(last, pages.body, pages.styles)) <= _LONG and not _is_all_text(last):
        _keep(last, kept=True)
        return _hold_above(last, closing, pages) or not was
    released = _release(last, pages.styles)
    return _laid_out(last, closing, pages) or released or _is_kept(last) is not was


def hold_tables(pages: Pages, *, annexes: bool) -> bool:
    """Move tables to the next page that would begin with their head and one row; return whether there were any.

    What stands over a table goes with it. Text that page 1 needs stays.

    Args:
        pages: Those of the body, which is changed.
        annexes: Whether tables behind the signature are looked at too.
    """
    closing = None if annexes else _closing_of(pages.body)
    torn = [each for each in pages.torn(closing) if each is not None and not _opens(each)]
    for each in torn:
        looks = each.find(f"{_W}pPr")
        broken = looks.makeelement(f"{_W}pageBreakBefore")
        ahead = [one for one in looks if one.tag in _BEFORE_BREAK]
        ahead[-1].addnext(broken)
    return bool(torn)


def _closing_of(body: _Node) -> _Node | None:
    """Return what stands first below the text: the list of annexes, or the signature."""
    return next((each for each in body.findall(f"{_W}p") if _style(each) in _CLOSING_IDS), None)


def _opens(node: _Node) -> bool:
    """Whether nothing of the text stands before an element, or it cannot begin a page by itself."""
    before = node.itersiblings(f"{_W}p", preceding=True)
    return node.find(f"{_W}pPr/{_W}pStyle") is None or not any(_style(each) in _BODY for each in before)


_BEFORE_BREAK: Final = frozenset(f"{_W}{each}" for each in ("pStyle", "keepNext", "keepLines"))


def _hold_above(last: _Node, closing: _Node, pages: Pages) -> bool:
    """Let go a long paragraph kept with the formula below it, or part it where the formula would have no company."""
    above = _text_before(last)
    if above is None or not _is_kept(above):
        return False
    lines = lines_of(above, pages.body, pages.styles)
    if len(lines) <= _FEW and not _is_all_text(above):
        return False
    _release(above, pages.styles)
    _keep(above, kept=False)
    if len(_words_of(last)) > _FORMULA:
        return True
    found = pages.laid()
    alone = found[above][1] != found[closing][0]
    bare = alone or _is_widowed(above, lines, pages)
    if bare and not _part_sentences(above, lines) and (alone or len(lines[-1]) < _SCANT):
        _part(above, lines)
    return True


def _is_widowed(above: _Node, lines: list[str], pages: Pages) -> bool:
    """Whether the last line of a paragraph stands on a page by itself."""
    if not _is_plain(above, lines):
        return False
    shorter = copy.deepcopy(above)
    _cut(shorter, 0, len("".join(lines[:-1])))
    last = pages.laid()[above][1]
    pages.body.replace(above, shorter)
    before = pages.laid()[shorter][1]
    pages.body.replace(shorter, above)
    return len(lines) > 1 and before != last


def _laid_out(last: _Node, closing: _Node, pages: Pages) -> bool:
    """Keep a paragraph, let it go or part it; return whether it was parted."""
    _keep(last, kept=True)
    moved = pages.laid()[last][0]
    _keep(last, kept=False)
    found = pages.laid()
    if moved == found[last][0]:
        _keep(last, kept=True)
        return False
    lines = lines_of(last, pages.body, pages.styles)
    scant = len(lines[-1]) < _SCANT and _is_widowed(last, lines, pages)
    if found[last][1] == found[closing][0] and not scant:
        return False
    parted = _part(last, lines)
    if not parted and not _is_all_text(last):
        _keep(last, kept=True)
    return parted


def _text_before(closing: _Node) -> _Node | None:
    """Return the paragraph of text that stands before the signature or the list of annexes."""
    for each in closing.itersiblings(preceding=True):
        if each.tag != f"{_W}p":
            return None
        if _style(each) in _BODY:
            return each
        if _style(each) != elements.BLANK.id:
            return None
    return None


def _is_all_text(last: _Node) -> bool:
    return not any(_style(each) in _BODY for each in last.itersiblings(preceding=True))


def _release(first: _Node, styles: Styles) -> bool:
    """Let go of all the text the addressee that a style keeps with it; return whether there was one.

    What holds together from the title to the signature would not fit a page, and then nothing of it is held.
    """
    above = next(first.itersiblings(f"{_W}p", preceding=True), None)
    if not _is_all_text(first) or above is None or _style(above) != elements.ADDRESSEE.id:
        return False
    looks = above.find(f"{_W}pPr")
    if not styles[elements.ADDRESSEE.id].keep or looks.find(f"{_W}keepNext") is not None:
        return False
    looks.find(f"{_W}pStyle").addnext(looks.makeelement(f"{_W}keepNext", {f"{_W}val": "0"}))
    return True


def _words_of(paragraph: _Node) -> str:
    return "".join(each.text or "" for each in paragraph.iter(f"{_W}t"))


def _keep(paragraph: _Node, *, kept: bool) -> None:
    looks = paragraph.find(f"{_W}pPr")
    for each in looks.findall(f"{_W}keepNext"):
        looks.remove(each)
    if kept:
        looks.find(f"{_W}pStyle").addnext(looks.makeelement(f"{_W}keepNext"))


def _is_kept(paragraph: _Node) -> bool:
    return paragraph.find(f"{_W}pPr/{_W}keepNext") is not None


def _part(last: _Node, lines: list[str]) -> bool:
    """Make a paragraph's last lines one of their own, kept with what follows; False if it holds more than words.

    Of a paragraph that is hardly more than a line it is what stands behind the comma next to its middle, or its half.
    """
    words = "".join(lines)
    headed = _headed(words)
    cuts = [len("".join(lines[: max(1, len(lines) - each)])) for each in _TAILS]
    if len(words) - cuts[0] < _SCANT:
        half = len(words) // 2
        commas = (found.end() for found in _COMMA.finditer(words[:-1]))
        cuts = [*sorted(commas, key=lambda at: abs(2 * at - len(words))), half]
    fit = [each for each in cuts if each > headed]
    inside = [each for each in fit if words[:each].rstrip()[-1:] not in SENTENCE_ENDS]
    ahead = next(iter([*inside, *fit]), 0)
    tail = _parted(last, lines, ahead) if ahead else None
    if tail is None:
        return False
    looks = tail.find(f"{_W}pPr")
    for each in looks.findall(f"{_W}ind"):
        looks.remove(each)
    behind = next((each for each in looks if each.tag in _BEHIND_INDENT), None)
    indent = looks.makeelement(f"{_W}ind", {f"{_W}firstLine": "0"})
    looks.append(indent) if behind is None else behind.addprevious(indent)
    return True


def _headed(words: str) -> int:
    """Return how many characters of a paragraph are a heading that runs into its text."""
    heading, rest = heading_and_rest(words) if level_of(words) else ("", "")
    return len(heading) if rest else 0


def _part_sentences(above: _Node, lines: list[str]) -> bool:
    """Make a paragraph's last sentences one of their own, of two lines at most; False if none are so.

    A longer one would be parted itself when the document is laid out again.
    """
    words = "".join(lines)
    ends = [found.end() for found in _SENTENCE.finditer(words)]
    tails = [len(words) - end for end in ends if end > _headed(words)]
    fit = [each for each in tails if _LEAST_TAIL <= each <= _FEW_CHARACTERS]
    at = len(words) - min(
        (each for each in fit if each > len(lines[0])), default=max(fit, default=len(words))
    )
    return bool(at) and _parted(above, lines, at) is not None


def _parted(last: _Node, lines: list[str], at: int) -> _Node | None:
    """Cut a paragraph in two; return the second, kept with what follows, or None if it holds more than words."""
    if not _is_plain(last, lines):
        return None
    words = "".join(lines)
    at += len(words[at:]) - len(words[at:].lstrip(" \u3000"))  # no line begins with white space
    tail = copy.deepcopy(last)
    _cut(last, 0, at)
    _cut(tail, at, sum(map(len, lines)))
    last.addnext(tail)
    _keep(tail, kept=True)
    return tail


def _is_plain(paragraph: _Node, lines: list[str]) -> bool:
    """Whether a paragraph holds words and nothing else."""
    words = "".join(each.text or "" for each in paragraph.iter(f"{_W}t"))
    return words == "".join(lines) and all(each.tag in {f"{_W}pPr", f"{_W}r"} for each in paragraph)


_BEHIND_INDENT: Final = frozenset(f"{_W}{each}" for each in ("jc", "outlineLvl", "rPr", "sectPr"))


def _cut(paragraph: _Node, first: int, last: int) -> None:
    """Leave of a paragraph's words those from one place to another."""
    at = 0
    for each in list(paragraph.iter(f"{_W}t")):
        words = each.text or ""
        each.text = words[max(0, first - at) : max(0, last - at)]
        each.set(_SPACE, "preserve")
        at += len(words)
        if not each.text:
            each.getparent().remove(each)
    for run in paragraph.findall(f"{_W}r"):
        if len(run) == 0 or (len(run) == 1 and run[0].tag == f"{_W}rPr"):
            paragraph.remove(run)


def _style(paragraph: _Node) -> str:
    found = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if found is None else str(found.get(f"{_W}val"))
