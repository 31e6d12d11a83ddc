"""Declarations of kinds as frozen values, each text with its place, so that a later fault can name it.

What is read here needs no sheets: shape, words of closed lists, names against each other. Fields, conditions and
receivers are checked when a declaration meets the records of a workspace (`binding.py`).
"""

from __future__ import annotations

from typing import Final

from docgen.dataclass import dataclass
from docgen.errors import DocgenError

LIST: Final = "清单"
"""The form of lists: columns in a workbook, without wording, number and signature."""
FORMS: Final = ("信函", "文件", "上行文", "纪要", "命令", "单", "期刊", LIST)
RESERVED: Final = frozenset(
    ("本项", "各项", "份数", "机制", "设置", "今天", "标题", "附件", "层次", "项", "已发公文")
)
"""Names that every document has, which nothing else may be called."""
THINGS: Final = "各项"
"""The things a document is made for, as lists of it are called."""


class KindFault(DocgenError):
    """Something is wrong in a declaration. `place` is the line, and the part it belongs to."""

    code = "kind-declaration-wrong"
    says = "{file}{place}：{words}"
    guesses = "是不是“{nearest}”？"

    file: str
    place: str
    words: str
    nearest: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """A text of a declaration and where it stands, so that a later fault can name the place."""

    text: str
    place: str

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class MadeForSaid:
    """What the kind is made for: `source`, the condition `when`, receivers, common names `say`.

    `name` tells documents of several variants apart that are made for the same thing; `kinds` says for which lengths
    of periods, or for documents of which kinds.
    """

    name: str
    source: Written
    when: Written
    to: tuple[Written, ...]
    copies: tuple[Written, ...]
    say: tuple[tuple[str, Written], ...]
    kinds: tuple[Written, ...] = ()


@dataclass(frozen=True)
class WaySaid:
    """A way of grouping things into documents: `each` names what one document is for.

    `at_least` says how many things a document needs, a number or a setting; empty for one.
    """

    name: str
    each: tuple[Written, ...]
    heading: Written
    file_name: Written
    at_least: Written = Written("", "")


@dataclass(frozen=True)
class RowsSaid:
    """A list linked to a document: `of` a sheet whose fields match those of its thing, or `source` another list."""

    name: str
    of: Written
    source: Written
    match: tuple[tuple[Written, Written], ...]
    when: Written
    group: Written
    order: tuple[Written, ...]


@dataclass(frozen=True)
class DateSaid:
    """A date counted from another: so many working days, a number or a setting, after `after`."""

    name: str
    after: Written
    working_days: Written


@dataclass(frozen=True)
class SettingSaid:
    """A setting of the kind's own, with its default: a whole number, a text, yes or no."""

    name: str
    default: int | str | bool
    help: str


@dataclass(frozen=True)
class AnnexSaid:
    """An annex by name, with the title it is listed under, and the condition on which it appears."""

    name: str
    title: Written
    when: Written


@dataclass(frozen=True)
class AlsoSaid:
    """The kind under another title: in another form, for other lengths of periods, by settings of its own.

    Empty values are those of the kind itself; `settings` are defaults in the place of its own.
    """

    title: str
    form: str
    heading: Written
    mark: Written
    to: tuple[Written, ...]
    settings: tuple[tuple[Written, Written], ...]


@dataclass(frozen=True)
class ColumnSaid:
    """A column of a list.

    Args:
        head: its head.
        shows: a path of labels from a row, or a text with tags.
        width: in hanzi; 0 for what its values usually take.
        align: 左, 中 or 右; empty for what is usual for its values.
        format: of dates or numbers, as a workbook writes it; empty for the usual one.
        total: whether the last line sums it up.
    """

    head: Written
    shows: Written
    width: int
    align: Written
    format: Written
    total: bool


@dataclass(frozen=True)
class ListSaid:
    """What a declaration says of a list.

    Args:
        rows: the name of the list whose rows it shows; empty where there is only one to show.
        amounts: the unit of its amounts (万元).
        paper: on which it is printed, A4 or A3; empty for A4.
        note: texts with tags below the table, a line each: remarks, who signs and seals.
        columns: its columns.
    """

    rows: Written
    amounts: Written
    paper: Written
    note: tuple[Written, ...]
    columns: tuple[ColumnSaid, ...]


@dataclass(frozen=True)
class Declaration:
    """A declared kind, before it meets the records of a workspace.

    Args:
        file: the file it was read from, as messages write it.
        title: its Chinese name, also of its template and its folder.
        command: the command that drafts it, `notice`; empty for a kind of the office's own.
        summary: one line of help.
        form: the Chinese name of its form.
        again: how often a thing may be made a document for.
        heading, file_name: texts with tags, for ways that have none of their own.
        none: the sentence when there is nothing to make.
        addressed: whether it has addressees.
        more: the computing function of a built-in kind; empty for none.
        signed: whether it is numbered and signed; a form that others fill in is not, nor is a list.
        to_host: whether the office's own host unit gets one too, whatever the sheet 文种 says.
        added: what is told when a later document adds to what an earlier one told the same group; empty for nothing.
        listed: its columns and what else only lists have.
        wording: the text of its template; empty where the template is a .docx of the office's own.
        own: whether a workspace declares it.
        mark: the red mark in full, where it is not what the form makes of the office's name.
        issuer: who issues it under a seal of its own, a text with tags, where that is not the office.
        signatory: who is named as 签发人, a text with tags.
    """

    file: str
    title: str
    command: str
    summary: str
    form: str
    again: Written
    heading: Written
    file_name: Written
    none: str
    made_for: tuple[MadeForSaid, ...]
    ways: tuple[WaySaid, ...]
    rows: tuple[RowsSaid, ...]
    dates: tuple[DateSaid, ...]
    settings: tuple[SettingSaid, ...]
    annexes: tuple[AnnexSaid, ...]
    more: str
    signed: bool
    to_host: bool
    added: str
    listed: ListSaid
    wording: str
    own: bool
    mark: Written = Written("", "")
    issuer: Written = Written("", "")
    signatory: Written = Written("", "")

    @property
    def rows_listed(self) -> str:
        """Return the name of what a list shows: the rows it says, the only ones there are, else its things."""
        if self.listed.rows:
            return self.listed.rows.text
        return self.rows[0].name if len(self.rows) == 1 else THINGS

    @property
    def wording_file(self) -> str:
        """Return the file of its wording as messages write it."""
        return f"{self.file.removesuffix('.toml')}.txt"

    @property
    def is_list(self) -> bool:
        """Whether it is a list: a workbook of columns."""
        return self.form == LIST
