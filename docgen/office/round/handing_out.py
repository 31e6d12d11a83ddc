"""Handing out: one workbook for each unit that has something to fill in, and what it was handed written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from docgen.dataclass import dataclass
from docgen.errors import Advice
from docgen.files import read_regular, reason_of, staged
from docgen.model.mechanism import DeadlineRule, Holiday
from docgen.model.records import Records
from docgen.model.returned import Return
from docgen.model.unit import Unit
from docgen.office.desk import Desk
from docgen.office.round.store import file_name, handed_path, refuse_among_data
from docgen.rules.periods import Period, read_period
from docgen.rules.workdays import WorkCalendar
from docgen.sheets.opening.workbook import Workbook
from docgen.sheets.round.handed import Handed, hand, kept_as
from docgen.sheets.round.handout import Office, Sheets, handed_workbook
from docgen.sheets.round.shares import Terms
from docgen.sheets.writing.books import called_in, offered_by, refuse_existing
from docgen.workspace import FILLING_PAGE as PAGE
from docgen.workspace import MOST_TEMPLATE_BYTES, TemplateMissing


@dataclass(frozen=True)
class HandedOut:
    """What was handed out.

    Args:
        files: the workbooks, in the order of the units.
        units: short names, each with the number of its rows and the day it is due.
        advices: who was left out and why, and who is to return before the day of today.
        handed: what each of them was handed.
        page: the page on filling in, where it was laid beside the workbooks.
    """

    period: Period
    files: tuple[Path, ...]
    units: tuple[tuple[str, int, date], ...]
    advices: tuple[Advice, ...]
    handed: tuple[Handed, ...] = ()
    page: Path | None = None


def hand_out(
    desk: Desk, period: str, folder: Path, units: Sequence[str] = (), due: date | None = None
) -> HandedOut:
    """Write a workbook for each unit of the mechanism's level and below that has rows; for those named alone.

    The office's page on filling in is laid beside them, unless one lies there.

    Args:
        desk: whose sheets.
        period: as people write it.
        folder: where the workbooks go.
        units: names of units; none for all.
        due: when they are to come back; None for what the sheet of returns says, else the period's last working day.

    Raises:
        Problems: the sheets have faults, or files of those names are there already.
        AmongData: the folder is that of the data or within it.
        PeriodUnreadable, UnknownName, AmbiguousName: what was asked for is not there.
        CannotWrite: the operating system refuses.
    """
    refuse_among_data(desk.workspace, folder)
    meant = read_period(period)
    records = desk.workspace.records()
    named = [records.find_unit(each) for each in units]
    found = list(_handed(records, named, meant, due))
    given = [(unit, handed) for unit, handed in found if handed.sheets]
    files = {unit.name: folder / f"{file_name(unit.short_name)}-{meant.short_name}.xlsx" for unit, _ in given}
    refuse_existing(files.values())
    page = _write(desk, meant, sheets_of(records), [(*each, files[each[0].name]) for each in given], folder)
    told = tuple((unit.short_name, _rows(handed), handed.due) for unit, handed in given)
    advices = (*_left_out(records, found, named=bool(named)), *_too_late(told, desk.today))
    return HandedOut(meant, tuple(files.values()), told, advices, tuple(each for _, each in given), page)


def _write(
    desk: Desk, period: Period, sheets: Sheets, given: Sequence[tuple[Unit, Handed, Path]], folder: Path
) -> Path | None:
    """Write each unit's workbook and what is kept of it, and the page unless one lies there; return it if it did."""
    page = folder / PAGE
    about = None if page.exists() or not given else _page(desk)
    with staged() as staging:
        for unit, handed, path in given:
            book = handed_workbook(handed, unit.name, period.name, sheets)
            staging.add(path, book)
            staging.add(handed_path(desk.workspace, period, handed), _kept(handed, book, desk))
        if about:
            staging.add(page, about)
    return page if about else None


def _handed(
    records: Records, named: Sequence[Unit], period: Period, due: date | None
) -> Iterator[tuple[Unit, Handed]]:
    """Yield what each unit is handed: those named, else those of the mechanism's level and below."""
    calendar = WorkCalendar(records.of(Holiday))
    own = [each for each in records.of(Unit) if each.is_within(records.mechanism.level)]
    for each in named or own:
        yield each, hand(records, each, period.code, due or due_of(records, each, period, calendar))


def _too_late(told: Sequence[tuple[str, int, date]], today: date) -> Iterator[Advice]:
    """Say which units are to have returned before the day on which they are asked."""
    past: dict[date, list[str]] = {}
    for unit, _, due in told:
        if due < today:
            past.setdefault(due, []).append(unit)
    for due, units in past.items():
        day = f"{due.year}年{due.month}月{due.day}日"
        yield Advice(
            "due-past",
            f"报回时限{day}已经过了，报回的都算迟报：{'、'.join(units)}；请核对 --due 和报送表的应报日期",
        )


def _page(desk: Desk) -> bytes | None:
    """Return the page on filling in, as the office has it among its templates; None where it has none."""
    path = desk.workspace.filling_page
    try:
        return read_regular(path, MOST_TEMPLATE_BYTES)
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise TemplateMissing(desk.workspace.shown(path), reason_of(fault)) from fault


def due_of(records: Records, unit: Unit, period: Period, calendar: WorkCalendar) -> date:
    """Return when a unit's return of a period is due: as the sheet of returns says, else the last working day of it."""
    said = [each.due for each in records.of(Return) if each.unit == unit and each.period == period.short_name]
    if said:
        return min(said)
    day = period.end
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day


def sheets_of(records: Records) -> Sheets:
    """Return what workbooks of an office are made from."""
    mechanism = records.mechanism
    office = Office(mechanism.office, mechanism.contact, mechanism.phone, mechanism.room or "")
    terms = Terms(records.of(DeadlineRule), WorkCalendar(records.of(Holiday)))
    return Sheets(records, terms, office, offered_by(records), called_in(mechanism))


def _kept(handed: Handed, book: bytes, desk: Desk) -> bytes:
    """Return what is written down of a hand-out, its rows as the workbook holds them among it."""
    made = Workbook(Path(handed.unit), book)
    lines = [made.sheet(each.sheet).lines for each in handed.sheets]
    more = {"handed_out": desk.today.isoformat(), "by": desk.people.actor, "book": sha256(book).hexdigest()}
    return kept_as(handed, lines, more)


def _rows(handed: Handed) -> int:
    return sum(len(each.rows) for each in handed.sheets)


def _left_out(records: Records, found: Sequence[tuple[Unit, Handed]], *, named: bool) -> tuple[Advice, ...]:
    """Say which units were handed nothing."""
    idle = [unit.short_name for unit, handed in found if not handed.sheets]
    above = [] if named else [
        each.short_name for each in records.of(Unit) if not each.is_within(records.mechanism.level)
    ]  # fmt: skip
    told = []
    if idle:
        told.append(Advice("hand-out-nothing", f"没有要填的内容，没有下发：{'、'.join(idle)}"))
    if above:
        told.append(Advice("hand-out-above", f"上级单位不下发：{'、'.join(above)}；确需下发的用 --unit 指明"))
    return tuple(told)
