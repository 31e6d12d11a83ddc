"""A draft whose parts are known: what an official document consists of, in the draft's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from docgen.dataclass import dataclass
from docgen.lint.recognition.layout import Form
from docgen.reform.draft import Line, Table


@dataclass(frozen=True)
class Text:
    """A paragraph of the text.

    Args:
        line: Its words, with the number it begins with as the standard writes it.
        level: 1 to 4 for a heading or an item with a number of that level; 0 for none.
        label: How many characters the number has.
        added: Whether the draft had none: it set a heading apart by a heading's style.
        aside: Whether it is who signed a document that is an annex, or when.
    """

    line: Line
    level: int = 0
    label: int = 0
    added: bool = False
    aside: bool = False


@dataclass(frozen=True)
class Caption:
    """The name of a table or picture, or a remark on it: a short line beside it."""

    line: Line


@dataclass(frozen=True)
class Figure:
    """Pictures on a line of their own."""

    line: Line


@dataclass(frozen=True)
class Names:
    """A list of names in minutes, by its label (出席, 请假, 列席) with the line that names them."""

    label: str
    line: Line


@dataclass(frozen=True)
class Salutation:
    """The addressee of an annex that is a letter or form."""

    line: Line


@dataclass(frozen=True)
class Person:
    """Who holds a seat, and the post held besides."""

    name: str
    post: str


@dataclass(frozen=True)
class Roster:
    """A roster: each label with its people. `place` is the paragraph of the draft in which it begins."""

    groups: tuple[tuple[str, tuple[Person, ...]], ...]
    place: int = 0


Item = Text | Caption | Figure | Names | Salutation | Roster | Table


@dataclass(frozen=True)
class Annex:
    """An annex: its label (附件1; empty for a document that is issued with a notice), its title's lines, its text."""

    label: str
    title: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Corner:
    """What stands at the top left of page 1."""

    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""


@dataclass(frozen=True)
class Paper:
    """An official document in words.

    Args:
        form: Its form.
        corner: What stands at the top left.
        organs: The mark: its line, or the organs of a joint issue; empty for a document without head.
        joint: Whether `organs` are those of a joint issue, 文件 being theirs together.
        number: The 发文字号.
        serial: The issue of minutes or of a serial.
        signatories: 签发人.
        issued: The office and the date on the line below the mark of minutes and serials.
        above: Pictures above all words, as a head somebody drew.
        below_head: The table between head and title that telegrams (明电) have.
        title: The lines of the title.
        below_title: What stands below it in brackets: a date, a meeting.
        addressees: The addressees, as they are written, without the colon.
        body: The text.
        annexes: The names in the list of annexes.
        annex_list: Whether there is such a list.
        signature: The lines of names below the text.
        date: The date below them, in words.
        notes: 附注.
        attached: The annexes.
        copies: Who gets copies, as it is written.
        receivers: Who gets a serial, by their labels: 报, 送, 发.
        moved: The addressees that stand in the 版记.
        printer: The printing organ.
        printed: The date of printing.
        imprinted: Whether there is a 版记.
        outdated: Lines of the 版记 that the standard has no more (主题词), and that are left out.
        places: In which paragraphs of the draft the parts of head and end stand, by the names of the parts.
    """

    form: Form = Form.GENERAL
    corner: Corner = Corner()
    organs: tuple[str, ...] = ()
    joint: bool = False
    number: str = ""
    serial: str = ""
    signatories: tuple[str, ...] = ()
    issued: tuple[str, str] = ("", "")
    above: tuple[Item, ...] = ()
    below_head: tuple[Item, ...] = ()
    title: tuple[str, ...] = ()
    below_title: tuple[str, ...] = ()
    addressees: str = ""
    body: tuple[Item, ...] = ()
    annexes: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    date: str = ""
    notes: tuple[Line, ...] = ()
    after: tuple[Item, ...] = ()
    attached: tuple[Annex, ...] = ()
    copies: str = ""
    receivers: Mapping[str, str] = field(default_factory=dict)
    moved: str = ""
    printer: str = ""
    printed: str = ""
    imprinted: bool = False
    outdated: tuple[str, ...] = ()
    places: Mapping[str, tuple[int, ...]] = field(default_factory=dict, compare=False)
