"""The text of a draft, and its annexes, as paragraphs and tables of the standard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from docgen.dataclass import dataclass
from docgen.reform import signs
from docgen.reform.draft import Picture, Raw, Table, cut
from docgen.reform.paper import Annex, Caption, Figure, Item, Names, Roster, Salutation, Text
from docgen.reform.setting.elements import CAPTION, FIGURE
from docgen.reform.setting.references import References
from docgen.reform.setting.tables import is_wide, table_xml
from docgen.reform.setting.titles import title_lines
from docgen.standard.build import elements
from docgen.standard.build.levels import LEVELS, parted, stands_alone
from docgen.standard.build.ooxml import paragraph, run, w
from docgen.standard.build.parts import Xml
from docgen.standard.build.roster import VACANT, roster
from docgen.standard.build.section import Landscape
from docgen.standard.build.styles import indents, run_style
from docgen.standard.forms.compose import NamesPart
from docgen.standard.measures import page
from docgen.standard.measures.lengths import NONE, Length
from docgen.standard.measures.look import Look
from docgen.standard.measures.widths import width

_FORMULA: Final = 20
_LONGEST_NAMED: Final = 40
_REMARK: Final = re.compile("(?:注|备注|资料来源|来源|说明)[:：]")
_DAY: Final = "2026年10月1日"
_HINT: Final = w("rFonts", hint="eastAsia")
_BY_ITSELF: Final = w("spacing", before=0, after=0, line=240, lineRule="auto")
_AT_LEAST: Final = w("spacing", before=0, after=0, line=page.LINE.twips, lineRule="atLeast")


@dataclass(frozen=True)
class Setting:
    """What the paragraphs of one document share."""

    references: References
    look: Look
    letter: bool = False

    def text(self, items: Sequence[Item], *, closes: bool) -> str:
        """Return a text; wide tables lie across, each with its caption on pages of its own.

        Args:
            items: What it is made of.
            closes: Whether a signature follows, with which the last paragraph is kept.
        """
        kept = _kept(items, closes=closes)
        made = []
        at = 0
        listed = False
        while at < len(items):
            wide = _wide_at(items, at)
            if wide:
                inner = "".join(self._item(each, page.TEXT_HEIGHT) for each in items[at:wide])
                made.append(Landscape((Xml(inner),), self.look, self.letter).xml())
                at = wide
                continue
            if isinstance(items[at], Names) and not listed:
                made.append(paragraph(elements.BLANK.id))
                listed = True
            made.append(self._item(items[at], page.TEXT_WIDTH, keep=at in kept))
            at += 1
        return "".join(made)

    def annexes(self, annexes: Sequence[Annex]) -> str:
        """Return the annexes, each on a new page, across where one of its tables is wide."""
        return "".join(map(self._annex, annexes))

    def _annex(self, annex: Annex) -> str:
        across = any(isinstance(each, Table) and is_wide(each) for each in annex.items)
        most = page.TEXT_HEIGHT if across else page.TEXT_WIDTH
        inner = _annex_head(annex, self.look.keep, across=across) + "".join(
            self._item(each, most) for each in annex.items
        )
        if not across:
            return inner
        return Landscape((Xml(inner),), self.look, self.letter).xml()

    def _item(self, item: Item, most: Length, *, keep: bool = False) -> str:
        match item:
            case Text():
                return self._text(item, most, keep=keep)
            case Table():
                return table_xml(item, self.references, most, keep=keep)
            case Names() | Roster():
                return _people(item)
            case Salutation():
                return paragraph(elements.ADDRESSEE.id, self.references.runs(item.line.pieces))
            case Caption():
                layout = (*((w("keepNext"),) if keep else ()), *_side(item.line.words))
                return paragraph(CAPTION.id, self.references.runs(item.line.pieces), layout=layout)
            case Figure():
                drawn = self.references.runs(item.line.pieces, most=most.pt)
                layout = (w("keepNext"), _BY_ITSELF) if keep else (_BY_ITSELF,)
                return paragraph(FIGURE.id, drawn, layout=layout)

    def _text(self, text: Text, most: Length, *, keep: bool) -> str:
        line = text.line
        if text.aside:
            dated = signs.is_date(line)
            beside = (width(_DAY) - width(line.words)) * 0.5  # the organ stands centred on the date
            right = page.DATE_RIGHT if dated else max(NONE, page.DATE_RIGHT + beside)
            place = indents(NONE, right, NONE)
            layout = (*(() if dated else (w("keepNext"),)), place, w("jc", val="right"))
            return paragraph(elements.BODY.id, self.references.runs(line.pieces), layout=layout)
        layout = (w("keepNext"),) if keep else ()
        if any(isinstance(thing, Picture | Raw) for thing in line.things):
            layout = (*layout, _AT_LEAST)
        if text.level and (stands_alone(line.text) or _is_heading(line.text)):
            return paragraph(
                LEVELS[text.level - 1].alone.id, self.references.runs(line.pieces), layout=layout
            )
        face = LEVELS[text.level - 1].face if text.level else None
        heading = parted(line.text)[0] if face else ""
        if not heading or face is None or _is_item(line.text, heading):
            return paragraph(elements.BODY.id, self.references.runs(line.pieces, most=most.pt), layout=layout)
        headed = self.references.runs(
            cut(line.pieces, 0, len(heading)), w("rStyle", val=run_style(face)), _HINT
        )
        rest = self.references.runs(cut(line.pieces, len(heading), len(line.text)), most=most.pt)
        return paragraph(elements.BODY.id, headed, rest, layout=layout)


def _people(item: Names | Roster) -> str:
    """Return a list of names, or a roster."""
    if isinstance(item, Names):
        return NamesPart(item.label, item.line.text).xml()
    groups = [
        (label, [(each.name.replace(VACANT, ""), each.post) for each in people])
        for label, people in item.groups
    ]
    return roster(groups)


def _side(caption: str) -> tuple[str, ...]:
    """Return at which side a line beside a table stands: its unit at the right, remarks at the left, names between."""
    side = "right" if caption.startswith("单位") else "left" if _REMARK.match(caption) else ""
    return (w("jc", val=side),) if side else ()


def _is_heading(text: str) -> bool:
    """Whether a numbered line is a heading although a ； stands in it: it is short and ends as no sentence does."""
    return "。" not in text and text[-1] not in "；：！？:;" and len(text) <= _LONGEST_NAMED


def _is_item(text: str, heading: str) -> bool:
    """Whether a numbered line is one sentence, an item of a list, and no heading."""
    return heading == text


def _annex_head(annex: Annex, keep: Sequence[str], *, across: bool) -> str:
    """Return label and title of an annex; one without label begins its page with the title."""
    blank = paragraph(elements.BLANK.id)
    lines = annex.title if across else title_lines(annex.title, keep)  # a page across has room for a long one
    title = [paragraph(elements.ANNEX_TITLE.id, run(line)) for line in lines]
    if annex.label:
        head = paragraph(elements.ANNEX_LABEL.id, run(annex.label))
        return head + blank + "".join(title) + (blank if title else "")
    if title and not across:
        title[0] = paragraph(elements.ANNEX_TITLE.id, run(lines[0]), layout=(w("pageBreakBefore"),))
    return "".join(title) + blank


def _wide_at(items: Sequence[Item], at: int) -> int:
    """Return where a wide table ends that begins here, or after its captions; 0 for none."""
    end = at
    while end < len(items) and _is_over(items[end]):
        end += 1
    table = items[end] if end < len(items) else None
    return end + 1 if isinstance(table, Table) and is_wide(table) else 0


def _goes_with(one: Item, two: Item) -> bool:
    """Whether an item stays on the page of the next: before a table, and a picture over its name."""
    if isinstance(one, Figure):
        return isinstance(two, Caption)
    return isinstance(two, Table) and (isinstance(one, Text) or _is_over(one))


def _is_over(item: Item) -> bool:
    """Whether an item is the name of a table that follows, not of a picture."""
    return isinstance(item, Caption) and not item.line.words.lstrip("（(续").startswith("图")


def _kept(items: Sequence[Item], *, closes: bool) -> set[int]:
    """Return the places of what stays on the page of what follows: before tables, and the last before a signature.

    Of a table that is its last row.
    """
    kept = {at for at, (one, two) in enumerate(pairwise(items)) if _goes_with(one, two)}
    last = len(items) - 1
    if not closes or last < 0:
        return kept
    kept.add(last)
    text = items[last]
    short = isinstance(text, Text) and len(text.line.text) <= _FORMULA
    if short and last and isinstance(items[last - 1], Text):
        kept.add(last - 1)
    if last and isinstance(items[last - 1], Table) and any(_wide_at(items, at) for at in range(last - 1)):
        kept.add(last - 1)  # LibreOffice 7.4 lets the signature go, behind a page across and another table
    return kept
