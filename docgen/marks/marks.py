"""The places of a drafted document that signing fills, its number and its date: what stands there, and filling them.

A clerk may have edited the file by hand in any word processor. Only the words of the places change, and the indents
of the signature where they depend on the width of the date; every other byte of the part, and every other member of the
package, stays as it lies. What is not certain is refused. A place is the bookmark of docgen's own; where that is
gone, the one line that still reads as it was drafted.

A document prints its date in several places: at the signature, in the head of minutes, in the 版记. All are filled with
the date's words. Where Word has saved a box twice, for readers old and new (`mc:Fallback`), both are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from html import escape
from typing import Final
from xml.parsers.expat import ExpatError

from docgen.dataclass import dataclass
from docgen.errors import Problems
from docgen.marks import stretch
from docgen.marks.faults import (
    MarkFault,
    MarkFilled,
    MarkHolds,
    MarkLost,
    MarkScattered,
    MarkTracked,
    MarkTwice,
)
from docgen.marks.located import Edit, Located, NotUtf8, edited, located
from docgen.marks.signature_lines import relaid
from docgen.marks.stretch import Stretch, bare
from docgen.opc.faults import MalformedPart, StrictFormat
from docgen.opc.parsing import refuse_unsound
from docgen.opc.reading import opened
from docgen.opc.writing import Package, as_they_lie
from docgen.standard.build.blocks import DATE_MARK, NUMBER_MARK
from docgen.template.ooxml import WML

LABELS: Final[Mapping[str, str]] = {NUMBER_MARK: "发文字号", DATE_MARK: "成文日期"}
"""The places by bookmark, with their names in messages."""
_FURTHER: Final = re.compile(rf"{DATE_MARK}_[2-9]")
_FURTHER_LABEL: Final = "印发日期"
_ISSUED: Final = "印发"
_SHOWN: Final = 40
_OF_PLACES: Final = re.compile("[0-9０-９〇○〔〕]")
_ILLEGAL: Final = re.compile("[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_TEXT_END: Final = ("。", "！", "？", "：")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a place: what the draft showed (`某办函〔2026〕　号`), and what it is to show."""

    drafted: str
    final: str


def read_marks(docx: bytes, path: str) -> Mapping[str, str]:
    """Return what stands in each of our bookmarks that the document has, spaces at the ends left out.

    Where a bookmark has shrunk to nothing, as happens when its words are typed anew, it is what stands around it.

    Args:
        docx: The document.
        path: Its name in messages.

    Raises:
        FileFault: if it is no sound .docx within the limits.
        MarkFault: if a bookmark stands there more than once.
    """
    document = _Document(docx, path)
    found = ((mark, document.places(mark)) for mark in (*LABELS, *document.further_dates()))
    return {mark: "".join(_near(each).words for each in places) for mark, places in found if places}


def fill_marks(docx: bytes, values: Mapping[str, Wording], path: str) -> bytes:
    """Return the document with other words in its places; the same bytes for the same input.

    A place that already shows the final words keeps them; a document where nothing is to change is returned as it is.

    Args:
        docx: The document.
        values: For each place by its bookmark, the words it had and those it is to have. Those of `DATE_MARK` are for
            every date of the document.
        path: The document's name in messages.

    Raises:
        FileFault: if it is no sound .docx within the limits.
        Problems: holds a MarkFault for each place that cannot be filled.
        ValueError: if words are empty, or have blanks at their ends or control characters.
    """
    for wording in values.values():
        _refuse_unfit(wording)
    document = _Document(docx, path)
    faults: list[MarkFault] = []
    for mark, wording in values.items():
        try:
            document.fill(mark, wording)
        except MarkFault as fault:
            faults.append(fault)
    Problems.raise_any(faults)
    return document.written()


def _refuse_unfit(wording: Wording) -> None:
    if not wording.final.strip() or wording.final != wording.final.strip() or _ILLEGAL.search(wording.final):
        raise ValueError(wording.final)


def _near(found: Stretch) -> Stretch:
    """Return the words of a bookmark, or those around it if it holds none."""
    return found.trimmed() if found.trimmed().own else found.widened().trimmed()


class _Document:
    """One file, its parts that may hold places, and the changes to them."""

    def __init__(self, docx: bytes, path: str) -> None:
        self._docx, self._path = docx, path
        with opened(docx, path) as parts:
            self._main = parts.main()
            self._contents = parts.contents()
            self._members = parts.members()
        self._roots = {name: self._root(name) for name in self._bearing()}
        self._edits: dict[str, list[Edit]] = {}

    def written(self) -> bytes:
        """Return the file with the changes made."""
        edits = {name: edits for name, edits in self._edits.items() if edits}
        changed = {name: edited(self._contents[name], each) for name, each in edits.items()}
        if not changed:
            return self._docx
        kept = (each for each in self._members if each.filename not in changed)
        return Package(as_they_lie(self._docx, kept)).with_changed(changed)

    def places(self, mark: str) -> list[Stretch]:
        """Return what the bookmark holds, in each paragraph it reaches over that has words; an empty stretch for none.

        Raises:
            MarkTwice: if there are several such bookmarks.
        """
        starts = [each for each in self._starts(mark) if not _is_second(each[1])]
        if len(starts) > 1:
            raise MarkTwice(self._path, LABELS.get(mark, _FURTHER_LABEL), len(starts))
        return [each for name, start in starts for each in _reached(self._roots[name], start)]

    def further_dates(self) -> list[str]:
        """Return the bookmarks of the dates that stand elsewhere than at the signature."""
        found = {mark for mark, _, _ in self._bookmarks if _FURTHER.fullmatch(mark)}
        return sorted(found)

    def _starts(self, mark: str) -> list[tuple[str, Located]]:
        return [(name, each) for found, name, each in self._bookmarks if found == mark]

    @cached_property
    def _bookmarks(self) -> Sequence[tuple[str, str, Located]]:
        """Return each bookmark's name, its part, and the element that begins it."""
        return [
            (each.attributes.get("w:name", "").casefold(), name, each)
            for name, root in self._roots.items()
            for each in root.iter("w:bookmarkStart")
        ]

    def fill(self, mark: str, wording: Wording) -> None:
        """Note the changes that give a place its final words.

        Raises:
            MarkFault: if it cannot be found or filled.
        """
        place = _Place(self._path, LABELS[mark], wording)
        found = self._found(mark, place)
        self._write(found, mark, wording.final)
        if mark == DATE_MARK:
            edits = self._edits.setdefault(self._part_of(found.paragraph), [])
            edits += relaid(found.paragraph, wording.drafted, wording.final)
            self._fill_further(replace(place, label=_FURTHER_LABEL), found.paragraph)

    def _fill_further(self, place: _Place, main: Located) -> None:
        """Note the changes to the dates that stand elsewhere than at the signature."""
        filled = {main}
        for mark in self.further_dates():
            self.places(mark)  # raises if there are several
            for name, start in self._starts(mark):
                reached = _reached(self._roots[name], start)
                reached = place.only(reached) if len(reached) > 1 else reached
                found = place.fit(reached[0]) if reached else None
                if found is None:
                    raise place.lost(0)
                self._write(found, mark, place.wording.final)
                filled.add(found.paragraph)
        for found in self._printed(place.wording):
            if found.paragraph not in filled:
                self._write(place.checked(found), DATE_MARK, place.wording.final)

    def _printed(self, wording: Wording) -> Iterator[Stretch]:
        """Yield the drafted date where a 版记 still reads as it was drafted, whether its bookmark is there or not."""
        content = self._contents[self._main]
        boxes = content.find(b"<w:txbxContent"), content.rfind(b"</w:txbxContent>")
        if content.find(_ISSUED.encode()[:3], *boxes) < 0 and content.find(b"&", *boxes) < 0:
            return
        for box in self._roots[self._main].iter("w:txbxContent"):
            for paragraph in box.iter("w:p"):
                for each in stretch.segments(paragraph):
                    words = each.trimmed()
                    if bare(words.words) == bare(wording.drafted + _ISSUED):
                        yield replace(words, last=words.last - len(_ISSUED)).trimmed()

    def _write(self, found: Stretch, mark: str, final: str) -> None:
        """Note the change that gives a stretch its final words."""
        text = found.replaced(final) if found.own else [_new_run(found, mark, final)]
        if found.words != final:
            self._edits.setdefault(self._part_of(found.paragraph), []).extend(text)

    def _found(self, mark: str, place: _Place) -> Stretch:
        reached = self.places(mark)
        if len(reached) > 1:
            reached = place.only(reached)
        if reached:
            fit = place.fit(reached[0])
            if fit is not None:
                return fit
        elsewhere = [each for each in self._lines(mark) if place.accepts(each.words)]
        if len(elsewhere) == 1:
            return place.checked(elsewhere[0])
        if reached and not elsewhere:
            return place.last_resort(reached[0])
        raise place.lost(len(elsewhere))

    def _lines(self, mark: str) -> Iterator[Stretch]:
        """Yield the lines of the main text where a place may stand: the number before the text, the date after it."""
        after_text = False
        for paragraph in self._roots[self._main].iter("w:p"):
            holders = {each.name for each in paragraph.holders()}
            if holders & {"w:tbl", "w:txbxContent"}:
                continue
            if after_text is (mark == DATE_MARK):
                yield from (each.trimmed() for each in stretch.segments(paragraph))
            after_text = after_text or stretch.whole(paragraph).words.rstrip().endswith(_TEXT_END)

    def _part_of(self, paragraph: Located) -> str:
        root = [*paragraph.holders()][-1]
        return next(name for name, each in self._roots.items() if each is root)

    def _bearing(self) -> list[str]:
        """Return the parts that may hold a place, the main document first."""
        names = (name for name in self._contents if name.startswith("word/") and name.endswith(".xml"))
        marks = [mark.encode() for mark in LABELS]
        held = (name for name in names if any(mark in self._contents[name] for mark in marks))
        return list(dict.fromkeys((self._main, *held)))

    def _root(self, name: str) -> Located:
        content = self._contents[name]
        refuse_unsound(content, self._path, name)
        try:
            root = located(content)
        except (NotUtf8, ExpatError) as fault:
            raise MalformedPart(self._path, name, str(fault) or "编码不是 UTF-8") from None
        if root.attributes.get("xmlns:w") != WML:
            raise StrictFormat(self._path)
        return root


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of a document and its words: what is right there, and the fault if it is not."""

    path: str
    label: str
    wording: Wording

    def accepts(self, words: str) -> bool:
        """Whether the words are those drafted, or already the final ones."""
        return bool(bare(words)) and bare(words) in {bare(self.wording.drafted), bare(self.wording.final)}

    def fit(self, reached: Stretch) -> Stretch | None:
        """Return what may be replaced in or around a bookmark; None if it holds nothing.

        Raises:
            MarkFault: if something else was written there.
        """
        inside, around = reached.trimmed(), reached.widened().trimmed()
        if around.is_tracked or reached.is_tracked:
            raise MarkTracked(self.path, self.label, _short(around.words))
        fit = next((each for each in (inside, around) if self.accepts(each.words)), None)
        if fit is not None and not _OF_PLACES.search(_beside(fit, around)):
            return self.checked(fit)
        if inside.own:
            self.checked(inside)
            raise self.filled(around)
        return None

    def checked(self, found: Stretch) -> Stretch:
        """Return a stretch of plain words that may be replaced.

        Raises:
            MarkTracked, MarkHolds: if there is more in it than words.
        """
        if found.is_tracked:
            raise MarkTracked(self.path, self.label, _short(found.words))
        if found.held:
            raise MarkHolds(self.path, self.label, _short(found.words), found.held, self.wording.drafted)
        return found

    def last_resort(self, reached: Stretch) -> Stretch:
        """Return where to write anew: a bookmark that was emptied, on a line without other words.

        Raises:
            MarkFault: if there are other words.
        """
        around = stretch.whole(reached.paragraph).trimmed()
        if _OF_PLACES.search(around.words):
            raise self.filled(around)
        if reached.widened().trimmed().own:
            raise self.lost(0)
        self.checked(reached.widened())
        return _spaces(reached)

    def filled(self, found: Stretch) -> MarkFilled:
        """Return the fault that something else was written there."""
        return MarkFilled(
            self.path, self.label, _short(found.words), self.wording.drafted, self.wording.final
        )

    def lost(self, places: int) -> MarkLost:
        """Return the fault that the place is not found."""
        return MarkLost(self.path, self.label, self.wording.drafted, places)

    def only(self, reached: Sequence[Stretch]) -> list[Stretch]:
        """Return the one that has the right words among the paragraphs a bookmark reaches over.

        Raises:
            MarkScattered: if none or several have.
        """
        right = [each for each in reached if self.accepts(each.words)]
        if len(right) != 1:
            words = "／".join(each.trimmed().words for each in reached)
            raise MarkScattered(self.path, self.label, _short(words), self.wording.drafted)
        return right


def _reached(root: Located, start: Located) -> list[Stretch]:
    """Return what a bookmark holds, paragraph by paragraph; where it holds nothing, an empty stretch at its place.

    An end that is missing or stands before the start makes it hold nothing. Of a bookmark that holds nothing
    and stands between paragraphs nothing is returned.
    """
    number = start.attributes.get("w:id")
    ends = (each for each in root.iter("w:bookmarkEnd") if each.attributes.get("w:id") == number)
    end = next((each.start for each in ends if each.start > start.start), start.start)
    own = next((each for each in start.holders() if each.name == "w:p"), None)
    within = own is not None and end <= own.end
    paragraphs = [own] if own is not None and within else list(root.iter("w:p"))
    parts = (stretch.whole(each).within(start.start, end) for each in paragraphs)
    worded = [each for each in parts if each.trimmed().own]
    return worded or ([stretch.whole(own).within(start.start, end)] if own is not None else [])


def _is_second(start: Located) -> bool:
    """Whether an element stands in what old readers are shown instead of a shape."""
    return any(each.name == "mc:Fallback" for each in start.holders())


def _short(words: str) -> str:
    """Return the first words of a line."""
    words = words.replace("\t", " ").replace("\n", " ").strip()
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


def _beside(fit: Stretch, around: Stretch) -> str:
    """Return the words around a stretch on its line."""
    return replace(around, last=fit.first).words + replace(around, first=fit.last).words


def _spaces(reached: Stretch) -> Stretch:
    """Return the spaces an emptied place still has, or an empty stretch."""
    texts = [at for at in range(reached.first, reached.last) if not reached.cells[at].holds]
    return (
        replace(reached, first=texts[0], last=texts[-1] + 1)
        if texts
        else replace(reached, last=reached.first)
    )


def _new_run(found: Stretch, mark: str, text: str) -> Edit:
    """Return the change that puts a run behind the bookmark's start, formatted as the paragraph's other runs."""
    start = next(
        each
        for each in found.paragraph.iter("w:bookmarkStart")
        if each.attributes.get("w:name", "").casefold() == mark
    )
    looks = next(filter(None, (each.find("w:rPr") for each in found.paragraph.iter("w:r"))), None)
    source = looks.source if looks else b'<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    words = f"<w:t>{escape(text, quote=False)}</w:t>".encode()
    return Edit(start.end, start.end, b"<w:r>" + source + words + b"</w:r>")
