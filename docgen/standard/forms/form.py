"""What every form of documents is: the head it takes, the names it offers to templates, how it is built and finished.

A form gives a kind of documents its layout. It makes the template that docgen ships from a wording, fills the places
whose geometry depends on their words, and finishes the rendered file. Which forms there are `catalogue.py` says.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from docgen.dataclass import dataclass
from docgen.opc.changing import Changing
from docgen.standard.build import ending
from docgen.standard.build.blocks import Block, annex_list, document_end, signature
from docgen.standard.build.closing import dated, joint_seals, unsealed
from docgen.standard.build.imprint import Imprint, imprint, imprint_height
from docgen.standard.forms.faults import TooManyReceivers
from docgen.standard.measures import page
from docgen.standard.measures.lengths import Length
from docgen.standard.measures.lines import count_lines
from docgen.standard.measures.look import Look
from docgen.standard.wording.text import receivers
from docgen.standard.wording.titles import break_title

if TYPE_CHECKING:
    from docgen.standard.build.parts import Part
    from docgen.standard.forms.nodes import Wording

Spec: TypeAlias = Mapping[str, "Spec"] | Sequence["Spec"] | None
"""What a name offers: None for a value, a mapping for a group, a list of one for a list."""
_KEPT: Final = 512
_ON_BEHALF: Final = "代章"
# The title on a letter's or document's page 1, and the lines that the text must have there at least.
_TEXT_LINES: Final = 2
_BLANK_LINES: Final = 3
_FEW_CHARACTERS: Final = 40


@dataclass(frozen=True)
class Head:
    """What is said of one document to its form.

    Args:
        organ: The issuing organ.
        title: The title on one line.
        number: The words of the number's place, as `某办函〔2026〕　号`; empty for a kind without numbers.
        date: The words of the date's places, as `2026年3月16日`.
        keep: Names that a line of the title must not cut.
        addressees: The addressees in order; classes are joined already.
        copies: The receivers of copies in order.
        signature: The lines of names; the last may end with （代章）. Empty if nobody signs. For an order `县长　王某`.
        seal: The seal's diameter; 0 for a document without seal.
        annexes: The titles of the annexes that appear, in order.
        signatories: Who signs an upward document (签发人).
        printer: The printing organ of the 版记, if it is not the issuing organ.
        serial: The issue of a serial or of minutes, as `第3期`.
        mark: The mark in full, where it is not what the form makes of the organ.
        persons: Those of addressees and copies who are persons, in order: a serial reports to them.
    """

    organ: str
    title: str
    number: str = ""
    date: str = ""
    keep: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    seal: Length = page.SEAL_DIAMETER
    annexes: tuple[str, ...] = ()
    signatories: tuple[str, ...] = ()
    printer: str = ""
    serial: str = ""
    mark: str = ""
    persons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form(ABC):
    """A form of documents.

    Args:
        name: Its Chinese name in declarations (信函).
        numbered: Whether its documents have a place for a number.
        signed: Whether an organ or a person signs them at their end.
        addressed: Whether they name addressees.
        suffix: The ending of their files.
        columned: Whether they are lists: workbooks of columns, without a template.
        by_issue: Whether they are numbered as issues of a serial (第3期) in the place of a 发文字号.
        slots: The names it offers to templates.
        required: Those that every template of the form must show, however it is edited.
    """

    name: str
    slots: Mapping[str, Spec]
    required: tuple[str, ...]
    numbered: bool = True
    signed: bool = True
    addressed: bool = True
    suffix: str = ".docx"
    columned: bool = False
    by_issue: bool = False

    @abstractmethod
    def template(self, wording: Wording, look: Look) -> bytes:
        """Return the template of a wording; equal wordings and looks give equal bytes."""

    @abstractmethod
    def filled(self, head: Head, look: Look) -> dict[str, object]:
        """Return the values of the form's names for one document."""

    def mark(self, head: Head) -> str:
        """Return the 发文机关标志 in full: the one that is given, else what the form makes of the organ's name."""
        return head.mark or head.organ

    def finish(self, parts: Changing, look: Look) -> None:
        """Set the last text of a rendered document beside the signature and its 版记 on the page where it belongs.

        Pages are estimated and not counted by a word processor, so that the same document gives the same bytes
        everywhere.
        """
        ending.finish(parts, even_last_page=look.even_last_page)


@dataclass(frozen=True)
class PagedForm(Form):
    """A form of upright numbered pages: head, title, text, signature, annexes, 版记.

    Args:
        titled: Whether a title stands over the text.
        annexed: Whether the list of annexes always has its place; else only where the wording has annexes.
    """

    titled: bool = True
    annexed: bool = True

    @abstractmethod
    def head(self, head: Head, look: Look) -> Block:
        """Return what stands above the title."""

    def template(self, wording: Wording, look: Look) -> bytes:
        """Return the template of a wording: the form's names around its lines."""
        from docgen.standard.build.parts import Slot, TitleLines
        from docgen.standard.forms.compose import annex_parts, listed_apart, note_parts, text_parts
        from docgen.standard.forms.document import Document, build

        ends = (Slot("附件说明"),) if self.annexed or wording.annexes else ()
        signs = (Slot("落款"),) if self.signed else ()
        parts: tuple[Part, ...] = (
            Slot("版头"),
            *((TitleLines("标题行"), *opening(addressed=self.addressed)) if self.titled else ()),
            *text_parts(listed_apart(wording.body), closes=self.signed),
            *ends,
            *signs,
            *note_parts(wording.closing),
            *annex_parts(wording.annexes, look),
            Slot("版记"),
        )
        return build(Document(parts, "{{ 标题 }}", "{{ 发文机关 }}"), look)

    def filled(self, head: Head, look: Look) -> dict[str, object]:
        """Return the values of the form's names; those that come again are made once."""
        lines = title_lines(head, look) if self.titled else []
        moved = self.addressed and is_moved(head.addressees, len(lines), self.head_lines(head))
        values = {
            "发文机关": head.organ,
            "版头": self.head(head, look),
            "标题行": lines,
            "主送机关": "" if moved else receivers(head.addressees),
            "附件说明": annexes_of(head.annexes),
            "落款": self.closing(head),
            "版记": self.imprint(head, head.addressees if moved else ()),
        }
        return {name: value for name, value in values.items() if name in self.slots}

    def head_lines(self, head: Head) -> float:
        """Return how many lines of page 1 the head takes."""
        return 8.5 + (len(head.signatories) - 1) // 2

    def closing(self, head: Head) -> Block:
        """Return who signs and the date below it, with the room for a seal (7.3.5)."""
        return signature_of(head.signature, head.date, head.seal)

    def imprint(self, head: Head, addressees: tuple[str, ...]) -> Block:
        """Return the 版记, whose date is the document's second: head or end have the first."""
        return imprint_of(head.printer or head.organ, head.date, head.copies, addressees, 2)


def opening(*, addressed: bool) -> tuple[Part, ...]:
    """Return what stands between title and text: the addressee unless it has moved to the 版记, else a blank line."""
    from docgen.standard.build.parts import Addressee, BlankLine, When

    if not addressed:
        return (BlankLine(),)
    return (When("主送机关", (Addressee("{{ 主送机关 }}："),), (BlankLine(),)),)


def title_lines(head: Head, look: Look) -> list[str]:
    """Return the title in lines that part no word, as 7.3.1 wants them: a trapezium or a rhombus."""
    return list(break_title(head.title, (*head.keep, *look.keep)))


def is_moved(addressees: tuple[str, ...], title: int, head: float) -> bool:
    """Whether the addressees take the room that the text must have on page 1, so that they go to the 版记 (7.3.2).

    Args:
        addressees: In order.
        title: How many lines the title has.
        head: How many lines of text the head takes.
    """
    if sum(map(len, addressees)) <= _FEW_CHARACTERS:
        return False
    return _fill_page_one(addressees, title, head)


@lru_cache(maxsize=_KEPT)
def _fill_page_one(addressees: tuple[str, ...], title: int, head: float) -> bool:
    used = head + _BLANK_LINES + title * (page.TITLE_LINE / page.LINE) + _TEXT_LINES
    return count_lines(receivers(addressees) + "：", page.TEXT_WIDTH) > page.LINES - used


@lru_cache(maxsize=_KEPT)
def signature_of(names: tuple[str, ...], date: str, seal: Length) -> Block:
    """Return the signature of organs: sealed by one, also on behalf, by several, or without a seal (7.3.5).

    Where nobody signs, the date stands alone: every document has one (7.3.5.4).
    """
    if not names:
        return dated(date) if date else Block()
    if not seal:
        return unsealed(names, date)
    if len(names) > 1 and _ON_BEHALF not in names[-1]:
        return joint_seals(names, date, seal)
    return signature(names, date, seal)


@lru_cache(maxsize=_KEPT)
def annexes_of(titles: tuple[str, ...]) -> Block:
    """Return the list of annexes (附件说明, 7.3.4)."""
    return annex_list(titles)


@lru_cache(maxsize=_KEPT)
def imprint_of(
    organ: str, date: str, copies: tuple[str, ...], addressees: tuple[str, ...], place: int
) -> Block:
    """Return the 版记 with its rules. Raises TooManyReceivers: a page has not so much room."""
    said = Imprint(organ, date, copies, addressees, place)
    if imprint_height(said) > page.TEXT_HEIGHT:
        raise TooManyReceivers(len(addressees) + len(copies))
    return imprint(said)


@lru_cache(maxsize=1)
def no_imprint() -> Block:
    """Return what ends a document without 版记."""
    return document_end()


def slots_of(*blocks: str, lists: Sequence[str] = ()) -> Mapping[str, Spec]:
    """Return the names a form offers: values and blocks, and lists of lines."""
    return {"发文机关": None, **dict.fromkeys(blocks), **{name: [None] for name in lists}}
