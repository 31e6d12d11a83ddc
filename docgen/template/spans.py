"""Tags that run on: over several paragraphs, or over pieces of text that are not `w:t` (charts, field codes).

{# a remark of
two lines #}        ->   one paragraph that holds the whole tag, as docxtpl makes it
"""

from __future__ import annotations

from typing import Final

from docgen.template.faults import UnclosedTag
from docgen.template.ooxml import PPR, Element, P, T, nearest, remove, w
from docgen.template.tags import CLOSERS, find

A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_HOLDERS: Final = ((f"{A}p", f"{A}t"), (P, w("instrText")))
_MOST: Final = 50  # paragraphs a tag may run over


def close_over_paragraphs(root: Element) -> None:
    """Let each paragraph with an opening that is closed in one of the next paragraphs take those in."""
    for paragraph in list(root.iter(P)):
        if "{" in (text := _text(paragraph)) and "raw" not in text and (opened := _left_open(text)):
            for following in _up_to_the_closer(paragraph, opened):
                _take_in(paragraph, following)


def gather_pieces(root: Element) -> None:
    """Let each tag that is split over the pieces of a chart's text or of a field code stand in the first of them."""
    for holder, piece in _HOLDERS:
        for each in root.iter(holder):
            pieces = [node for node in each.iter(piece) if nearest(node, holder) is each]
            if len(pieces) > 1 and "{" in "".join(node.text or "" for node in pieces):
                _gather(pieces)


def _gather(pieces: list[Element]) -> None:
    texts = [node.text or "" for node in pieces]
    for tag in reversed(find("".join(texts))[0]):
        first, start = _at(texts, tag.start)
        last, end = _at(texts, tag.end - 1)
        if first < last:
            whole = "".join(texts)[tag.start : tag.end]
            texts[last] = texts[last][end + 1 :]
            texts[first + 1 : last] = [""] * (last - first - 1)
            texts[first] = texts[first][:start] + whole
    for node, text in zip(pieces, texts, strict=True):
        node.text = text


def _at(texts: list[str], position: int) -> tuple[int, int]:
    """Return which text holds a position of them all, and where in it."""
    index = 0
    while position >= len(texts[index]):
        position -= len(texts[index])
        index += 1
    return index, position


def _text(paragraph: Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(T) if nearest(node, P) is paragraph)


def _left_open(text: str) -> str:
    """Return the opening braces that have no end in a text, or nothing."""
    open_tags = (slip for slip in find(text)[1] if slip.kind is UnclosedTag)
    return next((text[slip.start : slip.start + 2] for slip in open_tags), "")


def _up_to_the_closer(paragraph: Element, opened: str) -> list[Element]:
    """Return the paragraphs behind, up to the one with the closer; none if a tag or a section's end comes before it."""
    found: list[Element] = []
    following = paragraph.getnext()
    while following is not None and following.tag == P and len(found) < _MOST:
        found.append(following)
        before, closer, _ = _text(following).partition(CLOSERS[opened])
        if opened != "{#" and any(other in before for other in CLOSERS):
            return []
        if following.find(f"{PPR}/{w('sectPr')}") is not None:
            return []
        if closer:
            return found
        following = following.getnext()
    return []


def _take_in(paragraph: Element, following: Element) -> None:
    texts = [node for node in paragraph.iter(T) if nearest(node, P) is paragraph]
    texts[-1].text = f"{texts[-1].text or ''} "
    paragraph.extend([child for child in following if child.tag != PPR])
    remove(following)
