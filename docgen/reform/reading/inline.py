"""What stands in a paragraph of a Word document: words, links, notes, pictures, formulas."""

from __future__ import annotations

import re
from copy import deepcopy
from html import escape
from typing import Final

from lxml import etree

from docgen.dataclass import dataclass
from docgen.lint.reading.inline import DRAWN, SYMBOL, Code, Content
from docgen.lint.reading.model import Look
from docgen.lint.reading.names import RELATIONS, Element, local, value, w
from docgen.reform.draft import BLANK, OBJECT, Line, Note, Piece, Raw, Thing, cut, joined
from docgen.reform.faults import SubDocument, UnendedField
from docgen.reform.reading.carried import Carried
from docgen.reform.reading.symbols import sign_of

_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FORMULAS: Final = frozenset((f"{_MATH}oMath", f"{_MATH}oMathPara"))
_NOTES: Final = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_TARGET: Final = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
_DRAWN: Final = re.compile(r"^\s*EQ\s", re.IGNORECASE)
_ARGUMENTS: Final = re.compile(r"[(,]([^\\(),]+)")
_SHOWN: Final = 24
_BASE: Final = f"{w('rubyBase')}//{w('t')}"
_RAISED: Final = frozenset(("superscript", "subscript"))
_MORE: Final = tuple(
    f"{{*}}{each}"
    for each in (
        "hyperlink", "subDoc", "oMath", "oMathPara", "fldSimple", "fldChar", "sym", "ruby", "vertAlign",
        *_NOTES, *DRAWN,
    )
)  # fmt: skip
_PLAIN: Final = Look()


@dataclass(frozen=True, eq=False)
class Atom:
    """Words of one run, or a thing in its place; `said` is what the checker reads there, which may be nothing."""

    text: str
    said: str
    raised: str = ""
    link: str = ""
    thing: Thing | None = None


class Inline(Content):
    """The content of a paragraph as the checker reads it, with what the checker passes over."""

    def __init__(self, carried: Carried) -> None:
        super().__init__(lambda _direct, _style: _PLAIN, {})
        self._carried = carried
        self.atoms: list[Atom] = []
        self._link = self._raised = ""
        self._links: list[str] = []
        self._unseen = ""

    @property
    def text(self) -> str:
        """Return the words as the checker reads them."""
        return "".join(atom.said for atom in self.atoms)

    def read(self, paragraph: Element) -> Inline:
        """Read a paragraph and return this."""
        super().read(paragraph)
        if self._unseen.strip():
            raise UnendedField(self._carried.path, self._unseen.strip()[:_SHOWN])
        return self

    def _child(self, child: Element, name: str) -> None:
        if name == "hyperlink":
            outer, self._link = self._link, self._carried.target(child.get(f"{{{RELATIONS}}}id"))
            super()._child(child, name)
            self._link = outer
        elif name == "subDoc":
            raise SubDocument(self._carried.path)
        elif child.tag in _FORMULAS:
            self._put(Raw(_copied(child), "".join(map(str, child.itertext()))))
        else:
            super()._child(child, name)

    def _run(self, run: Element) -> None:
        looks = run.find(w("rPr"))
        raised = None if looks is None else value(looks.find(w("vertAlign")))
        self._raised = raised if raised in _RAISED else ""
        for child in run:  # not as the checker does it, which reads how each run looks: that is known already
            self._piece(child, local(child), _PLAIN)
        self._raised = ""

    def _piece(self, element: Element, name: str, seen: Look) -> None:
        if name == "sym":
            self._sign(element)
        elif name == "ruby":
            self._ruby(element)
        elif name in _NOTES:
            within, paragraphs = self._carried.note(_NOTES[name], element.get(w("id")) or "")
            self._put(Note(tuple(_note_line(each, within) for each in paragraphs)))
        else:
            super()._piece(element, name, seen)
            if self.drawn and self.drawn[-1] is element:
                for picture in self._carried.pictures(element):
                    self._put(picture)

    def _sign(self, element: Element) -> None:
        """Take a sign of a face of symbols as a character that every face has, where there is one."""
        shown = sign_of(value(element, "font") or "", value(element, "char") or "")
        if shown:
            self.atoms.append(Atom(shown, SYMBOL, self._raised, self._link))
        else:
            self._put(Raw(_copied(element)), SYMBOL)

    def _say(self, text: str, seen: Look) -> None:
        before = self._said
        super()._say(text, seen)
        if self._said > before:
            self.atoms.append(Atom(text, text, self._raised, self._link))
        elif self._coded:
            self._unseen += text

    def _ruby(self, element: Element) -> None:
        """Take a word with its reading above it whole; the word looks like those around it."""
        carried = deepcopy(element)
        for base in carried.iterfind(f"{w('rubyBase')}/{w('r')}"):
            for looks in base.findall(w("rPr")):
                base.remove(looks)
        self._put(Raw(_copied(carried)), "".join(each.text or "" for each in element.iterfind(_BASE)))

    def _name(self, instruction: str) -> None:
        super()._name(instruction)
        found = _TARGET.match(instruction)
        if found:
            self._link = found[1]

    def _field(self, kind: str, seen: Look) -> None:
        if kind == "begin":
            self._links.append(self._link)
        super()._field(kind, seen)
        if not self._coded:
            self._unseen = ""
        if kind == "end" and self._links:
            self._link = self._links.pop()

    def _end(self, ended: Code, seen: Look) -> None:
        """Take a field that draws characters over each other (带圈字符) as it is: it has no result."""
        super()._end(ended, seen)
        code = "".join(ended.code)
        if ended.before < 0 and _DRAWN.match(code) and not self._coded:
            self._put(Raw(_field_of(code.strip()), "".join(_ARGUMENTS.findall(code))))

    def _put(self, thing: Thing, said: str = "") -> None:
        self.atoms.append(Atom(OBJECT, said, self._raised, self._link, thing))


def _note_line(paragraph: Element, carried: Carried) -> Line:
    """Return a paragraph of a note without the white space that parts it from its sign."""
    atoms = Inline(carried).read(paragraph).atoms
    pieces = joined([Piece(each.text, "", each.raised, each.link, each.thing) for each in atoms])
    text = "".join(each.text for each in pieces)
    return Line(cut(pieces, len(text) - len(text.lstrip(BLANK)), len(text.rstrip(BLANK))))


def is_more_than_words(paragraph: Element) -> bool:
    """Whether a paragraph has anything but words, which the checker has read already, each as it looks."""
    return next(paragraph.iter(*_MORE), None) is not None


def _copied(element: Element) -> str:
    """Return an element alone, its namespaces declared."""
    return etree.tostring(element, encoding="unicode", with_tail=False)


def _field_of(code: str) -> str:
    """Return the runs of a field without result."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "end"))
    return f"{begin}<w:r><w:instrText>{escape(code, quote=False)}</w:instrText></w:r>{end}"
