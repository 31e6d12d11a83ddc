"""The words of a paragraph, character by character, each with the element it stands in; and stretches of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from docgen.dataclass import dataclass
from docgen.marks.located import Edit, Located

_ZERO_WIDTH: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff")
_OBJECT: Final = "\ufffc"
_BREAKS: Final[Mapping[str, tuple[str, str]]] = {
    "w:tab": ("\t", "制表符"),
    "w:ptab": ("\t", "制表符"),
    "w:br": ("\n", "换行"),
    "w:cr": ("\n", "换行"),
}
_SILENT: Final = frozenset(("w:rPr", "w:lastRenderedPageBreak", "w:commentReference", "w:annotationRef"))
_TRACKED: Final = frozenset(("w:ins", "w:del", "w:moveFrom", "w:moveTo"))
_FIELD: Final = "会自动更新的域"
_HELD: Final[Mapping[str, str]] = {
    "w:footnoteReference": "脚注",
    "w:endnoteReference": "尾注",
    "w:drawing": "图形",
    "w:pict": "图形",
    "mc:AlternateContent": "图形",
    "w:object": "嵌入的对象",
    "w:fldChar": _FIELD,
    "w:instrText": _FIELD,
    "w:ruby": "拼音",
}
_OTHER: Final = "特殊符号"


class Cell(NamedTuple):
    """A character of a paragraph.

    Args:
        character: As printed; empty for deleted text, U+FFFC for what is no text.
        element: The `w:t` it stands in, or what is no text.
        at: Its place in the element's text.
        holds: What it is or stands in if words must not be written over it; empty for plain text.
        tracked: Whether it belongs to a tracked change.
    """

    character: str
    element: Located
    at: int = 0
    holds: str = ""
    tracked: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing is to be read here: a space of any width, an anchor."""
        return (
            self.character in {"", _OBJECT} or self.character.isspace() or self.character in _ZERO_WIDTH
        ) and not self.tracked


@dataclass(frozen=True, slots=True)
class Stretch:
    """The characters from `first` up to `last` of a paragraph."""

    paragraph: Located
    cells: Sequence[Cell]
    first: int
    last: int

    @property
    def own(self) -> Sequence[Cell]:
        """Return its characters, the signs that stand for objects among them."""
        return self.cells[self.first : self.last]

    @property
    def words(self) -> str:
        """Return its text as printed."""
        return "".join(each.character for each in self.own).replace(_OBJECT, "")

    @property
    def held(self) -> str:
        """Return what stands in it that is no plain text."""
        return next((each.holds for each in self.own if each.holds), "")

    @property
    def is_tracked(self) -> bool:
        """Whether a tracked change is in it."""
        return any(each.tracked for each in self.own)

    def trimmed(self) -> Stretch:
        """Return it without the blanks and anchors at its ends."""
        first, last = self.first, self.last
        while first < last and self.cells[first].is_blank:
            first += 1
        while first < last and self.cells[last - 1].is_blank:
            last -= 1
        return Stretch(self.paragraph, self.cells, first, last)

    def widened(self) -> Stretch:
        """Return all that stands around it between tabs and line breaks."""
        first, last = self.first, self.last
        while first and self.cells[first - 1].character not in {"\t", "\n"}:
            first -= 1
        while last < len(self.cells) and self.cells[last].character not in {"\t", "\n"}:
            last += 1
        return Stretch(self.paragraph, self.cells, first, last)

    def within(self, start: int, end: int) -> Stretch:
        """Return the part of it whose elements begin between two places of the part's bytes."""
        kept = [place for place, each in enumerate(self.cells) if start < each.element.start < end]
        before = sum(each.element.start < start for each in self.cells)
        first, last = (kept[0], kept[-1] + 1) if kept else (before, before)
        return Stretch(self.paragraph, self.cells, first, last)

    def replaced(self, text: str) -> list[Edit]:
        """Return the changes that put a text in its place, in the formatting of its first character."""
        elements = list(dict.fromkeys(each.element for each in self.own))
        return [
            each.with_text(self._kept(each, text if place == 0 else ""))
            for place, each in enumerate(elements)
        ]

    def _kept(self, element: Located, text: str) -> str:
        taken = [each.at for each in self.own if each.element is element]
        return element.text[: taken[0]] + text + element.text[taken[-1] + 1 :]


@lru_cache(maxsize=64)
def bare(text: str) -> str:
    """Return a text without spaces of any width, by which two are compared."""
    return "".join(each for each in text if not each.isspace() and each not in _ZERO_WIDTH)


def whole(paragraph: Located) -> Stretch:
    """Return all words of a paragraph, without those of text boxes in it."""
    cells = list(_cells(paragraph))
    return Stretch(paragraph, cells, 0, len(cells))


def segments(paragraph: Located) -> Iterator[Stretch]:
    """Yield the stretches of a paragraph between tabs and line breaks."""
    found, at = whole(paragraph), 0
    while at <= len(found.cells):
        piece = Stretch(found.paragraph, found.cells, at, at).widened()
        yield piece
        at = piece.last + 1


def _cells(paragraph: Located) -> Iterator[Cell]:
    depth = 0
    for run in _runs(paragraph):
        tracked, holds = _standing(run, paragraph)
        for each in run.children:
            if each.name == "w:fldChar":
                depth += {"begin": 1, "end": -1}.get(each.attributes.get("w:fldCharType", ""), 0)
            yield from _of(each, tracked, holds or (_FIELD if depth > 0 else ""))


def _runs(paragraph: Located) -> Iterator[Located]:
    waiting = paragraph.children[::-1]
    while waiting:
        found = waiting.pop()
        if found.name == "w:r":
            yield found
        elif found.name not in {"w:p", "w:pPr"}:
            waiting += found.children[::-1]


def _standing(run: Located, paragraph: Located) -> tuple[str, str]:
    """Return the tracked change a run belongs to, and what it stands in that is written anew by itself."""
    tracked = holds = ""
    for each in run.holders():
        if each is paragraph:
            break
        if each.name in _TRACKED:
            tracked = each.name
        elif each.name == "w:fldSimple":
            holds = _FIELD
        elif each.name == "w:sdt" and next(each.iter("w:dataBinding"), None):
            holds = "会自动更新的内容控件"
    return tracked, holds


def _of(element: Located, tracked: str, holds: str) -> Iterator[Cell]:
    changed = bool(tracked)
    if element.name == "w:t" and not element.children:
        gone = tracked in {"w:del", "w:moveFrom"}
        for at, character in enumerate(element.text):
            yield Cell("" if gone else character, element, at, holds, changed)
    elif element.name in _BREAKS:
        character, said = _BREAKS[element.name]
        yield Cell(character, element, 0, said, changed)
    elif element.name in {"w:delText", "w:delInstrText"}:
        yield Cell("", element, 0, "", tracked=True)
    elif element.name not in _SILENT:
        yield Cell(_OBJECT, element, 0, _HELD.get(element.name, _OTHER), changed)
