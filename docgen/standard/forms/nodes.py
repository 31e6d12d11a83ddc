"""What a wording is made of: its lines as values, from which `compose` makes the parts of a template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from docgen.dataclass import dataclass
from docgen.standard.build.controls import Blank
from docgen.standard.build.elements import Align
from docgen.standard.measures.lengths import Length


@dataclass(frozen=True)
class Tag:
    """A line that is a statement of the template engine and governs the lines up to its end: `for 项 in 手续`."""

    words: str
    line: int = 0


@dataclass(frozen=True)
class Text:
    """A paragraph, or a heading.

    Args:
        words: Its words with tags; a number that is counted has been taken away.
        level: The level 1 to 4 of the number it begins with; 0 for plain text.
        alone: Whether it is a heading only.
        counted: Whether its number is counted when a document is made, because headings may fall away.
        line: Where it stands.
    """

    words: str
    level: int = 0
    alone: bool = False
    counted: bool = False
    line: int = 0


@dataclass(frozen=True)
class Salutation:
    """The line of an annex that is a letter, by which it names its addressee."""

    words: str


@dataclass(frozen=True)
class BlankLine:
    """A blank line that a form puts into a text."""

    words: str = ""


@dataclass(frozen=True)
class Inserted:
    """A line that a block of the context takes the place of: `{{p 正文 }}`."""

    words: str


Cell: TypeAlias = tuple[str | Blank, ...]
"""The words of a cell and the places to write in."""


@dataclass(frozen=True)
class Head:
    """The head of a column; no width where those of a table follow from its contents, no alignment likewise."""

    words: str
    width: Length | None
    align: Align | None


@dataclass(frozen=True)
class Grid:
    """A table of data: `[表] 项 in 列表`, a row of heads, rows of cells that are repeated for each item.

    `size` is the type size and `height` the least height of a row, None for the usual; `foot` are rows below.
    """

    each: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    size: Length | None = None
    height: Length | None = None
    foot: tuple[tuple[Cell, ...], ...] = ()

    @property
    def fits(self) -> bool:
        """Whether its columns fit their contents."""
        return all(each.width is None for each in self.heads)


@dataclass(frozen=True)
class Row:
    """A row of labels and values: one pair or two. `height` is its least height; `roomy` rows take the spare room."""

    cells: tuple[Cell, ...]
    height: Length | None = None
    roomy: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table of labels and values: `[表单]`, or `[填写]` for one that is filled in and sent back.

    `heading` stands over it; empty for none. `size` is the largest type of a slip's tables; None for the usual one.
    """

    rows: tuple[Row, ...]
    heading: str = ""
    returned: bool = False
    size: Length | None = None


@dataclass(frozen=True)
class Names:
    """A list of names behind a label in 黑体, as `出席：`."""

    label: str
    names: str


@dataclass(frozen=True)
class Note:
    """A 附注, which stands below the date (7.3.6)."""

    words: str
    line: int = 0


Node: TypeAlias = Tag | Text | Salutation | BlankLine | Inserted | Grid | Sheet | Names | Note


@dataclass(frozen=True)
class Annex:
    """An annex by its name in the declaration; `across` if its pages lie across. A text that is issued has no name."""

    name: str
    nodes: tuple[Node, ...]
    across: bool = False


@dataclass(frozen=True)
class Wording:
    """The text of a kind of documents.

    Args:
        name: Its file's name, for messages.
        body: The text up to the signature.
        closing: The 附注 below the signature.
        annexes: The annexes in order.
    """

    name: str
    body: tuple[Node, ...]
    closing: tuple[Node, ...] = ()
    annexes: tuple[Annex, ...] = ()


def is_counting(nodes: Sequence[Node]) -> bool:
    """Whether numbers of headings are counted in a text."""
    return any(isinstance(each, Text) and each.counted for each in nodes)
