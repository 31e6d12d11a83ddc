"""What a list shows, as plain values: cells that are dates, numbers and texts, rows in groups, and what stands around.

An empty cell stays empty: a list shows gaps, it asks for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import count
from math import isfinite
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.documents.declared.columns import NUMBER
from docgen.documents.declared.kind import Column, Joined, Kind
from docgen.documents.declared.sources import THIS
from docgen.documents.facts import Facts
from docgen.documents.identity import Derived
from docgen.documents.labels.paths import MECHANISM, SETTINGS, TODAY
from docgen.documents.labels.views import Several, Shown, Tree, name_of, tree_of, view, words_of
from docgen.model.fields import Record
from docgen.model.member import Person
from docgen.model.spans import Month
from docgen.standard.forms.list import TEXT_FORMAT
from docgen.standard.wording.text import official_date
from docgen.template.gaps import Gap
from docgen.template.levels import hanzi
from docgen.template.line import Expression, Line

LISTED: Final = "list"
"""The name under which a document that is a list has what it shows; no name that a declaration can give."""
Cell = str | int | Decimal | date | None
_MOST_COUNTED: Final = 99  # groups that are counted in hanzi
_MOST_DIGITS: Final = 15  # of a number that a workbook holds exactly
_FIRST_YEAR: Final = 1901  # whose days all workbooks count alike
_LONG: Final = 11  # digits of a telephone number, which is no number to reckon with
_KEPT: Final = 256  # texts of columns


def listed(kind: Kind, rows: Sequence[Joined], note: str, facts: Facts) -> Mapping[str, Any]:
    """Return what a list shows: who made it and when, its note, and its rows in groups (标题, 各行).

    A group has the title 一、县水利局（3项）; rows that are not grouped are one group without title.

    Args:
        kind: whose listing is not None.
        rows: in their order.
        note: the lines below the table.
        facts: the sheets on the day of the list.
    """
    assert kind.listing is not None  # noqa: S101  # by the form
    columns, numbers = kind.listing.columns, count(1)
    groups = []
    for place, (name, found) in enumerate(_grouped(kind, rows, facts).items(), start=1):
        cells = [
            tuple(_cell(column, each, number, kind, facts) for column in columns)
            for each, number in zip(found, numbers, strict=False)
        ]
        groups.append({"标题": _heading(place, name, len(found)), "各行": cells})
    return {
        "单位": facts.mechanism.office, "日期": official_date(facts.today), "说明": note, "各组": groups,
    }  # fmt: skip


def _grouped(kind: Kind, rows: Sequence[Joined], facts: Facts) -> dict[str | None, list[Joined]]:
    """Return the rows by the name of their group; all under None where they have none.

    Rows for one unit have no heading of that unit: the title has it.
    """
    group = kind.listing.rows.group if kind.listing and kind.listing.rows else None
    if group is None or group.written in kind.way.each:
        return {None: list(rows)}
    found: dict[str | None, list[Joined]] = {}
    for each in rows:
        value = group.get(each, facts)
        found.setdefault("" if value is None else str(_words(value, facts)), []).append(each)
    return found


def _heading(place: int, name: str | None, rows: int) -> str:
    if name is None:
        return ""
    number = hanzi(place) if place <= _MOST_COUNTED else str(place)
    return f"{number}、{name or '其他'}（{rows}项）"


def _cell(column: Column, joined: Joined, number: int, kind: Kind, facts: Facts) -> Cell:
    """Return what a cell holds."""
    if column.text is not None:
        return _filled(column, column.text, _Row(joined, number, kind, facts))
    value = column.get(joined, number, facts)
    if value is None or column.as_text:
        return None if value is None else str(_words(value, facts))
    if isinstance(value, Month):
        return date(value.year, value.month, 1)
    if isinstance(value, date | Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
        return _exact(value, column)
    return str(_words(value, facts))


def _exact(value: date | Decimal | int, column: Column) -> Cell:
    """Return a value as it is, as a text what a workbook would spoil: a code, a telephone number, an early date."""
    if isinstance(value, date):
        return value if value.year >= _FIRST_YEAR else official_date(value)
    digits = len(str(abs(value))) if isinstance(value, int) else 0
    counts = column.total or column.format not in ("", TEXT_FORMAT)
    return str(value) if digits > _MOST_DIGITS or (digits >= _LONG and not counts) else value


def _words(value: Any, facts: Facts) -> Any:
    """Return a raw value in words."""
    if isinstance(value, tuple):
        return "、".join(str(_words(each, facts)) for each in value)
    return name_of(value) if isinstance(value, Record | Person | Derived) else words_of(value, facts)


@dataclass(frozen=True)
class _Row:
    """A row as the text of a column sees it."""

    joined: Joined
    number: int
    kind: Kind
    facts: Facts

    def context(self, tree: Tree) -> dict[str, Any]:
        """Return what a text may show, as far as the tree shows it."""
        own = view(self.joined.row, tree, self.facts)
        return {
            **dict(self._common(tree)),
            **{label: _lenient(each) for label, each in own.__labels__.items()},
        }

    def _common(self, tree: Tree) -> Iterator[tuple[str, Any]]:
        facts, thing = self.facts, self.joined.thing
        yield NUMBER, self.number
        yield TODAY, official_date(facts.today)
        yield SETTINGS, {name: words_of(each, facts) for name, each in self.kind.settings.items()}
        for name, record in ((MECHANISM, facts.mechanism), (THIS, thing)):
            if name in tree:
                yield name, _lenient(view(record, tree[name], facts))


def _filled(column: Column, text: Line | Expression, row: _Row) -> Cell:
    """Return a text filled in; what is empty is left out, and a number stays one."""
    value = text.value(row.context(_tree(text)))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | Decimal):
        return _exact(value, column)
    if isinstance(value, float) and isfinite(value):
        return Decimal(f"{value:.12g}")  # 3.3, where the computer has 3.3000000000000003
    return None if isinstance(value, Gap | float) else str(value) or None  # such a float is no number


@lru_cache(maxsize=_KEPT)
def _tree(text: Line | Expression) -> Tree:
    """Return what a text shows, worked out once."""
    return tree_of(text.fields())


def _lenient(value: Any) -> Any:
    """Return a view whose gaps ask for nothing."""
    if isinstance(value, Gap):
        return Gap()
    if isinstance(value, Shown):
        return Shown(str(value), {label: _lenient(each) for label, each in value.__labels__.items()})
    return Several(map(_lenient, value)) if isinstance(value, list) else value
