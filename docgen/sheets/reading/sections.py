"""What a heading of a group says of the rows below it: lists of projects give nature, place or industry there alone.

A heading fills only cells that are blank, in columns that are there, and it is said which; what a row says of itself
counts. `一、` begins anew; `（一）` below it says more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.errors import Advice
from docgen.model.fields import FieldSpec, Shape
from docgen.model.names import plain
from docgen.patterns import late
from docgen.sheets.reading.parsed import Row, Table

_FIRST: Final = late(r"[一二三四五六七八九十]+[、.]")
_NUMBERED: Final = late(
    r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]+\)|第[一二三四五六七八九十]+[类批部])"
)
_MARKED: Final = late(r"^\s*(?:[①-⑳]|-?\d{1,2}(?:[、.．]|\s+))\s*")
"""How a heading is numbered that begins with a figure; not 110千伏 or 2026年."""
_COUNTED: Final = late(r"(?:\(?共?\d+[个项家件]\)?)$")
_CALLED: Final = late("(?:类|领域|行业)?(?:重点|重大)?(?:建设)?项目$|(?:类|领域|行业)$")
_PLACE: Final = late(".{1,10}[县旗区市](?<!开发区)(?<![园景矿灌]区)")
_ORGAN: Final = late(".*(?:[局委办部院厅镇乡]|公司|中心|苏木|街道|园区|开发区)")
_LONGEST: Final = 8
"""Hanzi of the name of an industry; longer ones are sentences."""


@dataclass
class _Section:
    """What headings say so far, by field, with how many rows took it and which rows they were."""

    said: dict[str, Any] = field(default_factory=dict)
    taken: dict[tuple[str, str], list[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Inherited:
    """What rows have taken from a heading: the field, its value, and the numbers of the rows."""

    spec: FieldSpec
    value: str
    rows: tuple[int, ...]


def inherit(table: Table, specs: Sequence[FieldSpec]) -> list[Inherited]:
    """Fill what rows leave blank with what the heading above them says, and return which rows those are.

    Args:
        table: its rows and headings.
        specs: the fields that have a column.
    """
    known = {each.name: each for each in specs if each.name in table.record.sections}
    if not known or not table.headings:
        return []
    section, headings = _Section(), iter(sorted(table.headings.items()))
    number, words = next(headings)
    for row in sorted(table.rows, key=lambda each: each.origin.row):
        while number and number < row.origin.row:
            _hear(section, words, known)
            number, words = next(headings, (0, ""))
        _fill(section, row)
    return [Inherited(known[name], value, tuple(rows)) for (name, value), rows in section.taken.items()]


def _hear(section: _Section, words: str, known: Mapping[str, FieldSpec]) -> None:
    text = plain(_MARKED.sub("", words))
    if _FIRST.match(text):
        section.said.clear()
    name = _COUNTED.sub("", _NUMBERED.sub("", text)).strip("【】[]()")
    found = meant(_CALLED.sub("", name), known)
    if found:
        section.said[found[0]] = found[1]


def meant(word: str, known: Mapping[str, FieldSpec]) -> tuple[str, Any] | None:
    """Return the field that a word of a heading is about, with its value; None for none."""
    for name, spec in known.items():
        if spec.shape is Shape.CHOICE:
            choice = next((value for each, value in spec.words.items() if plain(each) == word), None)
            if choice is not None:
                return name, choice
    texts = [name for name, spec in known.items() if spec.shape is not Shape.CHOICE]
    if not word or not texts:
        return None
    if _PLACE.fullmatch(word):
        return ("district", word) if "district" in texts else None
    is_one = len(word) <= _LONGEST and not _ORGAN.fullmatch(word)
    return ("industry", word) if "industry" in texts and is_one else None


def _fill(section: _Section, row: Row) -> None:
    for name, value in section.said.items():
        if row.values.get(name) is None:
            row.values[name] = value
            section.taken.setdefault((name, str(value)), []).append(row.origin.row)


def told(inherited: Sequence[Inherited], shown: str) -> Iterator[Advice]:
    """Yield what is said of values that stand in headings alone; `shown` is the sheet as messages write it."""
    for each in inherited:
        rows = each.rows
        where = f"第{rows[0]}行" if len(rows) == 1 else f"第{rows[0]}至{rows[-1]}行中{len(rows)}行"
        words = f"{where}「{each.spec.label}」空着，按上面分组的标题读作“{each.value}”，请核对"
        yield Advice("section-inherited", f"{shown} {words}")
