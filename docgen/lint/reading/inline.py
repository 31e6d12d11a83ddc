"""What stands in a paragraph: runs with their looks, fields, breaks, drawings, traces of editing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from docgen.lint.reading.drawings import shown
from docgen.lint.reading.model import Look, Span
from docgen.lint.reading.names import Element, is_on, local, value, w
from docgen.lint.reading.properties import Values, run_values

_THROUGH: Final = frozenset(
    ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdtContent", "dir", "bdo")
)
_FORMAT: Final = "\\*"
SYMBOL: Final = "◆"
"""What stands in the words for a sign of a face of symbols, whatever it shows; it leaves nothing to be filled in."""
DRAWN: Final = frozenset(("drawing", "pict", "object", "AlternateContent"))
_FORMULAS: Final = frozenset(("oMath", "oMathPara"))
_CHARACTERS: Final = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "sym": SYMBOL}
_CHANGES: Final = tuple(
    map(w, ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange"))
)
_TABLE_CHANGES: Final = tuple(
    map(w, ("cellIns", "cellDel", "cellMerge", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange"))
)
_ROW_CHANGES: Final = (f"{w('trPr')}/{w('ins')}", f"{w('trPr')}/{w('del')}")
_COMMENTS: Final = tuple(map(w, ("commentRangeStart", "commentReference")))


@dataclass(slots=True)
class Code:
    """A field that has begun: its instruction; how much had been said when its result began, -1 for not yet."""

    code: list[str] = field(default_factory=list)
    before: int = -1


@dataclass
class Content:
    """The content of a paragraph, gathered run by run.

    Fields may stand within fields: what one says in another's instruction is not shown.
    """

    look_of: Callable[[Values, str | None], Look]
    themes: Mapping[str, str]
    spans: list[Span] = field(default_factory=list)
    drawn: list[Element] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    break_first: bool = False
    break_last: bool = False
    unfilled: bool = False
    formula: bool = False
    _open: list[Code] = field(default_factory=list)
    _coded: int = 0
    _said: int = 0
    _worded: bool = False
    _gathered: list[tuple[Look, list[str]]] = field(default_factory=list)

    def read(self, paragraph: Element) -> Content:
        """Read a paragraph and return this."""
        self._walk(paragraph)
        self.spans = [Span("".join(texts), look) for look, texts in self._gathered]
        return self

    def _walk(self, element: Element) -> None:
        for child in element:
            self._child(child, local(child))

    def _child(self, child: Element, name: str) -> None:
        if name == "r":
            self._run(child)
        elif name in _THROUGH:
            self._walk(child)
        elif name == "sdt":
            self.unfilled = self.unfilled or is_unfilled(child)
            self._walk(child)
        elif name == "fldSimple":
            self._simple_field(child)
        elif name in _FORMULAS:
            self.formula = True

    def _simple_field(self, element: Element) -> None:
        self._name(value(element, "instr") or "")
        before = self._said
        self._walk(element)
        if self._said == before:
            self._say("1", self.look_of({}, None))

    def _run(self, run: Element) -> None:
        properties = run.find(w("rPr"))
        style = None if properties is None else value(properties.find(w("rStyle")))
        seen = self.look_of(run_values(properties, self.themes), style)
        for child in run:
            self._piece(child, local(child), seen)

    def _piece(self, element: Element, name: str, seen: Look) -> None:
        if name == "t":
            self._say(element.text or "", seen)
        elif name in _CHARACTERS:
            self._say(_CHARACTERS[name], seen)
        elif name == "br":
            self._break(element, seen)
        elif name == "instrText" and self._open:
            self._open[-1].code.append(element.text or "")
        elif name == "fldChar":
            self._field(value(element, "fldCharType") or "", seen)
        elif name in DRAWN and shown(element) is not None:
            self.drawn.append(element)
        elif name == "pgNum":
            self.fields.append("PAGE")
            self._say("1", seen)
        elif name == "ruby":
            for base in element.iterfind(w("rubyBase")):
                self._walk(base)

    def _say(self, text: str, seen: Look) -> None:
        if not text or self._coded:
            return
        if text.strip():
            self.break_last, self._worded = False, True
        self._said += len(text)
        last = self._gathered[-1][0] if self._gathered else None
        if last is not seen and last != seen:
            self._gathered.append((seen, []))
        self._gathered[-1][1].append(text)

    def _break(self, element: Element, seen: Look) -> None:
        if value(element, "type") != "page":
            self._say("\n" if value(element, "type") != "column" else "", seen)
            return
        self.break_first = self.break_first or not self._worded
        self.break_last = True

    def _field(self, kind: str, seen: Look) -> None:
        if kind == "begin":
            self._open.append(Code())
            self._coded += 1
        elif not self._open:
            return
        elif kind == "separate" and self._open[-1].before < 0:
            self._open[-1].before = self._said
            self._coded -= 1
            self._name("".join(self._open[-1].code))
        elif kind == "end":
            self._end(self._open.pop(), seen)

    def _end(self, ended: Code, seen: Look) -> None:
        """Name a field that had no result; a page's number that is not counted yet is shown as a digit."""
        if ended.before < 0:
            self._coded -= 1
            self._name("".join(ended.code))
        if ended.before in (-1, self._said) and self.fields and self.fields[-1].startswith("PAGE"):
            self._say("1", seen)  # Word counts when it opens the file

    def _name(self, instruction: str) -> None:
        words = instruction.upper().split()
        self.fields.append(words[0] if words else "")
        if _FORMAT in words[:-1]:
            self.fields.append(f"{words[0]} {words[words.index(_FORMAT) + 1]}")


def is_unfilled(control: Element) -> bool:
    """Whether a content control still shows what to fill in."""
    return is_on(control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}"))


def is_changed(paragraph: Element) -> bool:
    """Whether a paragraph holds tracked changes."""
    return next(paragraph.iter(*_CHANGES), None) is not None


def is_changed_table(table: Element) -> bool:
    """Whether rows or cells of a table were put in, taken out or laid out otherwise by tracked changes."""
    rows = table.iter(w("tr"))
    rowed = any(each.find(path) is not None for each in rows for path in _ROW_CHANGES)
    return rowed or next(table.iter(*_TABLE_CHANGES), None) is not None


def is_commented(paragraph: Element) -> bool:
    """Whether a comment is tied to a paragraph."""
    return next(paragraph.iter(*_COMMENTS), None) is not None
