"""What a ledger is made of: columns, rows in groups, totals as formulas, and the lines around the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.model.approval import Approval
from docgen.model.mechanism import DeadlineRule, Holiday
from docgen.model.records import Records
from docgen.model.unit import Unit
from docgen.model.values import Level
from docgen.rules.deadlines import Light, deadline_of, light_of
from docgen.rules.workdays import WorkCalendar
from docgen.sheets.writing.tables import TEXT, Column, Count, Row, Sum, Table, Value, width_of_hanzi

_ROOM: Final = "　" * 8
SIGNED_BY_HEAD: Final = f"单位负责人（签字）：{_ROOM}审核人：{_ROOM}填表人：{_ROOM}联系电话："
SIGNED_BY_BOTH: Final = f"单位负责人（签字）：{_ROOM}分管领导（签字）：{_ROOM}填表人：{_ROOM}填报日期："
"""Who signs under a ledger; in the banner sweep of mechanism D the head and the vice head."""
_HANZI: Final = "一二三四五六七八九十"


@dataclass(frozen=True)
class Facts:
    """What ledgers are made from: the records on a day, and an earlier state of them where one is compared with."""

    records: Records
    today: date
    calendar: WorkCalendar
    former: Records | None = None

    @classmethod
    def of(cls, records: Records, today: date, former: Records | None = None) -> Facts:
        """Return the facts of a workspace on a day."""
        return cls(records, today, WorkCalendar(records.of(Holiday)), former)

    def deadline(self, approval: Approval) -> date | None:
        """Return the day by which an approval is to be done."""
        return deadline_of(approval, self.records.of(DeadlineRule), self.calendar).day

    def light(self, approval: Approval) -> Light:
        """Return the light of an approval."""
        rules = self.records.of(DeadlineRule)
        found = deadline_of(approval, rules, self.calendar)
        return light_of(approval, found, self.today, self.records.mechanism.warning_days, self.calendar)

    def level(self, level: Level | None) -> str | None:
        """Return a level in the mechanism's own word."""
        return self.records.mechanism.level_word(level) if level else None

    @property
    def year(self) -> int:
        """Return the mechanism's year."""
        return self.records.mechanism.year


@dataclass(frozen=True)
class Col:
    """A column of a ledger.

    Args:
        head: above it.
        hanzi: how many stand on a line.
        value: of a row's record.
        centred: whether its cells stand in the middle.
        total: whether it is summed.
        format: of its numbers and dates; those of texts need none.
    """

    head: str
    hanzi: int
    value: Callable[[Any, Facts], Value]
    centred: bool = False
    total: bool = False
    format: str = ""


@dataclass(frozen=True)
class Ledger:
    """A ledger.

    Args:
        title: with {year}, {name} or {projects}, what the mechanism calls its projects, in it.
        rows: its records in their order.
        columns: the serial comes before them by itself.
        group: name of a record's group; None for a ledger without groups.
        below: lines under the table.
        unit: of its amounts.
        paper: A3 or A4.
        empty: what it says without rows.
        counted: the unit of measure of its rows, in the total.
        sealed: whether 填报单位（盖章） stands above it.
        serial: what stands as serial of a row's record; None to count the rows.
    """

    title: str
    rows: Callable[[Facts], Iterable[Any]]
    columns: tuple[Col, ...]
    group: Callable[[Any, Facts], str] | None = None
    below: tuple[str, ...] = (SIGNED_BY_HEAD,)
    unit: str = ""
    paper: str = "A3"
    empty: str = "没有符合条件的内容"
    counted: str = "项"
    sealed: bool = True
    serial: Callable[[Any], int] | None = None


def filled(title: str, facts: Facts) -> str:
    """Return a title with its places filled."""
    mechanism = facts.records.mechanism
    return title.format(year=facts.year, name=mechanism.name, projects=mechanism.projects)


def table_of(ledger: Ledger, facts: Facts, title: str = "") -> Table:
    """Return a ledger as a table to be printed; `title` stands in place of its own where one is given."""
    mechanism = facts.records.mechanism
    day = f"{facts.today.year}年{facts.today.month}月{facts.today.day}日"
    unit = f"　单位：{ledger.unit}" if ledger.unit else ""
    who = f"填报单位（盖章）：{mechanism.office}" if ledger.sealed else f"制表单位：{mechanism.office}"
    return Table(
        title=filled(title or ledger.title, facts),
        above=(who, f"统计截止{day}{unit}"),
        columns=(Column("序号", width_of_hanzi(3), "center"), *map(_column, ledger.columns)),
        rows=tuple(_rows(ledger, facts)),
        below=ledger.below,
        foot=f"{day}",
        empty=ledger.empty,
        paper=ledger.paper,
    )


def _column(column: Col) -> Column:
    return Column(
        column.head,
        width_of_hanzi(column.hanzi),
        "center" if column.centred else "left",
        column.format or TEXT,
    )


def _rows(ledger: Ledger, facts: Facts) -> Iterator[tuple[Row, tuple[Value, ...]]]:
    records = list(ledger.rows(facts))
    place = number = 0
    everything: list[tuple[Value, ...]] = []
    for at, (name, found) in enumerate(_grouped(ledger, records, facts).items()):
        made = [tuple(column.value(each, facts) for column in ledger.columns) for each in found]
        if ledger.group:
            heading = f"{_counted(at + 1)}、{name}（{len(found)}{ledger.counted}）"
            place += 1
            yield Row.GROUP, (heading, *_sums(ledger, made, place, place + len(made)))
        for record, values in zip(found, made, strict=True):
            number += 1
            yield Row.PLAIN, (ledger.serial(record) if ledger.serial else number, *values)
        place += len(made)
        everything += made
    if records:
        first, *others = _sums(ledger, everything, 0, place)
        count = Count(len(records), ledger.counted, 0, place)
        yield Row.TOTAL, ("合计", first if first is not None else count, *others)


def _grouped(ledger: Ledger, records: Sequence[Any], facts: Facts) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for each in records:
        found.setdefault(ledger.group(each, facts) if ledger.group else "", []).append(each)
    return found


def _sums(ledger: Ledger, rows: Sequence[Sequence[Value]], start: int, end: int) -> Iterator[Value]:
    """Yield the sum under each column; nothing where nothing was filled in, which is no 0.00."""
    for place, column in enumerate(ledger.columns):
        numbers = [value for each in rows if isinstance(value := each[place], int | Decimal)]
        total = sum(numbers, Decimal(0))
        yield Sum(total, start, end) if column.total and numbers else None


def _counted(number: int) -> str:
    """Return a number below 100 in hanzi."""
    tens, ones = divmod(number, 10)
    if number >= 100:
        return str(number)
    return (
        ("" if tens < 2 else _HANZI[tens - 1]) + ("十" if tens else "") + (_HANZI[ones - 1] if ones else "")
    )


def short(unit: Unit | None) -> str | None:
    """Return a unit's short name."""
    return unit.short_name if unit else None


def names(units: Iterable[Unit]) -> str | None:
    """Return the short names of units, one after the other."""
    return "、".join(each.short_name for each in units) or None


def day(name: str, head: str) -> Col:
    """Return a column of days, wide enough for 2026-01-31."""
    return Col(head, 6, lambda each, _: getattr(each, name), centred=True, format="yyyy-mm-dd")


def words(name: str, head: str, hanzi: int, *, centred: bool = False) -> Col:
    """Return a column of a field's words."""
    return Col(head, hanzi, lambda each, _: _said(getattr(each, name)), centred=centred)


def _said(value: Any) -> Value:
    if isinstance(value, tuple):
        return "、".join(map(str, value)) or None
    if value is None or isinstance(value, bool):
        return None if value is None else ("是" if value else "否")
    return (
        getattr(value, "name", None) if hasattr(value, "link_names") else str(getattr(value, "value", value))
    )


def amount(name: str, head: str, hanzi: int = 5) -> Col:
    """Return a column of amounts, summed."""
    return Col(head, hanzi, lambda each, _: getattr(each, name), centred=True, total=True, format="0.00##")
