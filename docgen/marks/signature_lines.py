"""The lines of a signature after its date has changed: those indents that depend on the width of the date.

The lines are laid out with the drafted date, as the standard's blocks do it, and compared with those of the
document. Where they stand as drafted, they get the places that the new date asks for; where a clerk has moved them,
they stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import Final

from docgen.dataclass import dataclass
from docgen.marks import stretch
from docgen.marks.located import Edit, Located, located
from docgen.standard.build import blocks, closing
from docgen.standard.measures.widths import width
from docgen.template.ooxml import WML

_MOST_NAMES: Final = 8
_NEAR: Final = 2  # twips; LibreOffice keeps lengths in hundredths of a millimetre
_Closer = Callable[[Sequence[str], str], str]
_CLOSERS: Final[tuple[_Closer, ...]] = (blocks.signature, closing.unsealed)
_BEHIND: Final = {
    name: frozenset(
        f"w:{each}"
        for each in (
            "textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange "
            + more
        ).split()
    )
    for name, more in {"w:jc": "", "w:ind": "contextualSpacing mirrorIndents suppressOverlap jc"}.items()
}
_SIDES: Final = {"start": "left", "end": "right"}


@dataclass(frozen=True, slots=True)
class _Layout:
    """The direct properties of a paragraph that place its line: indents, alignment, tab stops, in twips."""

    indents: tuple[int, int, int] | None
    align: str
    stops: tuple[tuple[str, int], ...]

    def is_near(self, other: _Layout) -> bool:
        """Whether both place a line alike, but for what saving in another program rounds."""
        lengths = [*(self.indents or ()), *(at for _, at in self.stops)]
        others = [*(other.indents or ()), *(at for _, at in other.stops)]
        kinds = [kind for kind, _ in self.stops] == [kind for kind, _ in other.stops]
        return (
            self.align == other.align
            and kinds
            and len(lengths) == len(others)
            and all(abs(one - two) <= _NEAR for one, two in zip(lengths, others, strict=True))
        )


def relaid(date: Located, drafted: str, final: str) -> list[Edit]:
    """Return the changes that put a signature right for a date of another width.

    A joint signature whose organs would go into other rows stays as it is: at most 3 mm off the date's centre.

    Args:
        date: The paragraph of the date; the names stand above it.
        drafted: The date it was laid out for.
        final: The date that it will show.
    """
    if width(drafted) == width(final):
        return []
    lines = [*_lines_above(date), _Line(date)]
    for names, closer in _readings([each.words for each in lines[:-1]]):
        old = _laid(closer, tuple(names), drafted)
        here = lines[-len(old) :]
        if len(here) == len(old) and _as_drafted(here, old):
            new = _laid(closer, tuple(names), final)
            return _all_moved(here, old, new) if len(new) == len(old) else []
    return []


class _Line:
    """A paragraph of a signature; words and layout are found once, when they are asked for."""

    def __init__(self, paragraph: Located) -> None:
        self.paragraph = paragraph

    @cached_property
    def words(self) -> str:
        """Return its words without the blanks behind them."""
        return stretch.whole(self.paragraph).words.rstrip()

    @cached_property
    def layout(self) -> _Layout:
        """Return what places it."""
        return _layout(self.paragraph)


def _lines_above(date: Located) -> list[_Line]:
    """Return the lines of words above the date, the nearest last, up to a blank line.

    The rows of a joint signature begin with tabs; blank lines stand between them.
    """
    kin = [each for each in date.parent.children if each.name == "w:p"] if date.parent else []
    found: list[_Line] = []
    for each in map(_Line, reversed(kin[: kin.index(date)] if kin else [])):
        words = each.words
        if (found and not words and not found[-1].words.startswith("\t")) or len(found) == _MOST_NAMES:
            break
        found += [each] if words else []
    return found[::-1]


def _readings(lines: Sequence[str]) -> Iterator[tuple[list[str], _Closer]]:
    """Yield the names that may be those of the signature, the most first, with each way to lay them out."""
    rows = list(takewhile(lambda line: line.startswith("\t"), reversed(lines)))[::-1]
    if rows:
        yield [name for row in rows for name in row.split("\t") if name], closing.joint_seals
        return
    for count in range(len(lines), 0, -1):
        yield from ((list(lines[-count:]), closer) for closer in _CLOSERS)


@lru_cache(maxsize=64)
def _laid(closer: _Closer, names: tuple[str, ...], date: str) -> Sequence[_Line]:
    """Return the lines with words of a signature; those of one office are alike."""
    root = located(f'<w:body xmlns:w="{WML}">{closer(names, date)}</w:body>'.encode())
    return [each for each in map(_Line, root.children) if each.words]


def _as_drafted(here: Sequence[_Line], old: Sequence[_Line]) -> bool:
    """Whether lines stand and read as they were drafted; only the words of the last, the date, may differ."""
    return (
        [each.words for each in here[:-1]] == [each.words for each in old[:-1]]
        and all(one.layout.is_near(two.layout) for one, two in zip(here, old, strict=True))
        and all(next(each.paragraph.iter("w:pPrChange"), None) is None for each in here)
    )


def _layout(paragraph: Located) -> _Layout:
    looks = paragraph.find("w:pPr")
    indents, align, tabs = (looks.find(name) if looks else None for name in ("w:ind", "w:jc", "w:tabs"))
    side = align.attributes.get("w:val", "") if align else ""
    stops = tabs.children if tabs else []
    return _Layout(
        _indents(indents) if indents else None,
        _SIDES.get(side, side),
        tuple((each.attributes.get("w:val", ""), _number(each, "w:pos")) for each in stops),
    )


def _indents(element: Located) -> tuple[int, int, int] | None:
    if any(_number(element, each) for each in element.attributes if each.endswith("Chars")):
        return None  # they outrank the lengths
    left = _number(element, "w:left") or _number(element, "w:start")
    right = _number(element, "w:right") or _number(element, "w:end")
    return left, right, _number(element, "w:firstLine") - _number(element, "w:hanging")


def _number(element: Located, name: str) -> int:
    try:
        return round(float(element.attributes.get(name, "0")))
    except (ValueError, OverflowError):
        return 0


def _all_moved(here: Sequence[_Line], old: Sequence[_Line], new: Sequence[_Line]) -> list[Edit]:
    return [
        edit
        for one, two, three in zip(here, old, new, strict=True)
        for edit in _moved(one.paragraph, two.paragraph, three.paragraph)
    ]


def _moved(here: Located, old: Located, new: Located) -> Iterator[Edit]:
    """Yield the changes to a paragraph's properties: those in which the two layouts differ."""
    looks, before, after = here.find("w:pPr"), old.find("w:pPr"), new.find("w:pPr")
    if looks is None or before is None or after is None:
        return
    for name in ("w:tabs", "w:ind", "w:jc"):
        one, two, present = before.find(name), after.find(name), looks.find(name)
        source = two.source if two else b""
        if (one.source if one else b"") == source:
            continue
        if present is not None:
            yield Edit(present.start, present.end, source)
        elif source:
            at = next((each.start for each in looks.children if each.name in _BEHIND.get(name, ())), None)
            yield Edit(at, at, source) if at is not None else _at_end(looks, source)


def _at_end(looks: Located, source: bytes) -> Edit:
    last = looks.children[-1].end if looks.children else looks.inner
    return Edit(last, last, source)
