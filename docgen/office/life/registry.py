"""What is recorded besides steps: attachments, mandates, numbers taken over, reserved or voided, duties loosened."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from docgen.digests import digests_of
from docgen.documents.catalogue import kinds
from docgen.documents.faults import NeededValue
from docgen.errors import WRONG_USE, DocgenError, Problems
from docgen.files import on_one_line, read_regular, reason_of, set_aside, staged
from docgen.model.kind_row import KindRow
from docgen.model.names import file_name_of, nearest
from docgen.model.records import find
from docgen.office.bounds import refuse_outside
from docgen.office.life.checks import row_for
from docgen.office.life.finding import named
from docgen.office.people import People, actor_on, office_records
from docgen.office.templates import UnknownKind
from docgen.register import life, mandates, numbering
from docgen.register.books import Books
from docgen.register.document import Document
from docgen.register.duties import Doing, leads
from docgen.register.life import Duty
from docgen.register.mandate import Mandate
from docgen.register.mandates import Terms
from docgen.register.number import Number
from docgen.register.numbering import Series
from docgen.register.record import Deed, FileSeen
from docgen.register.refusals import NoReason, NotLeading, NotYet, TooEarly
from docgen.register.store import Register
from docgen.workspace import Workspace

LOOSEN: Final = "放宽规则"
TIGHTEN: Final = "恢复规则"
ATTACHMENTS: Final = "附件"
_NUMBER: Final = re.compile(r"(.+?)[〔\[［(（](\d{4})[〕\]］)）](\d+)号?")


class UnknownDuty(DocgenError):
    """No duty has the asked name."""

    code = "duty-unknown"
    exit_code = WRONG_USE
    says = "没有“{asked}”这条规则"
    advises = "规则有：{known}。"
    guesses = "是不是：{nearest}？"

    asked: str
    known: tuple[str, ...]
    nearest: tuple[str, ...]


class UnknownNumber(DocgenError):
    """A number was named that was never given."""

    code = "number-unknown"
    exit_code = WRONG_USE
    says = "登记簿里没有文号“{asked}”"
    advises = "写法如 澄联审办函〔2026〕12号；给过的号码用 docgen doc number list 查看。"

    asked: str


class CannotAttach(DocgenError):
    """A file cannot be attached."""

    code = "attachment-unreadable"
    exit_code = WRONG_USE
    says = "{path} 不能作为附件：{reason}"
    advises = "请核对文件后重试。"

    path: str
    reason: str


@dataclass(frozen=True)
class Attached:
    """A file attached to a document, where its copy lies."""

    document: Document
    path: Path


class Registry:
    """Records deeds for one call of a command.

    Args:
        workspace: where.
        register: its register.
        people: who acts and who records.
        today: the day of the deed.
        now: the clock; nothing is recorded before its day has come.
    """

    def __init__(
        self,
        workspace: Workspace,
        register: Register,
        people: People,
        today: date,
        now: Callable[[], datetime],
    ) -> None:
        self._workspace, self._register, self._people = workspace, register, people
        self._today, self._now = today, now

    def mandates(self) -> list[Mandate]:
        """Return all mandates."""
        with self._register.reading() as books:
            return books.mandates()

    def proposed_terms(self) -> Terms:
        """Return the mandate that the mechanism's own sheet describes, for commands to start from."""
        mechanism = office_records(self._workspace).mechanism
        stamping = mechanism.stamping_unit
        return Terms(
            title=mechanism.founding_title,
            number=mechanism.founding_number,
            clause=mechanism.seal_clause or "",
            principal=mechanism.office,
            stamping_unit=stamping.name if stamping else "",
            start=mechanism.founding_date,
        )

    def grant(self, terms: Terms, remark: str = "") -> Mandate:
        """Record a mandate and return it.

        Raises:
            UnknownKind, UnknownName, AmbiguousName: of kinds, of the stamping unit, of the actor.
            MandateUnsound: it does not hold together.
            NotLeading: somebody else than a leader is named as who decided it.
        """
        self._know_kinds(terms.kinds)
        if terms.stamping_unit:
            unit = office_records(self._workspace).find_unit(terms.stamping_unit)
            terms = replace(terms, stamping_unit=unit.name)
        with self._recording("登记代章授权", remark) as (books, doing):
            _refuse_others("登记代章授权", doing)
            number = mandates.grant(books, terms, doing)
            return next(each for each in books.mandates() if each.id == number)

    def end_mandate(self, asked: str, remark: str) -> Mandate:
        """End a mandate from now on, and return it. Raises NoReason, MandateEnded, NotLeading, names' faults."""
        with self._recording(mandates.END, remark) as (books, doing):
            _refuse_others(mandates.END, doing)
            known = books.mandates()
            mandate = find(Mandate.noun, asked, known, lambda each: f"{each.id} {each.basis}")
            mandates.end(books, mandate, doing)
            return next(each for each in books.mandates() if each.id == mandate.id)

    def numbers(self, year: int | None = None) -> list[Number]:
        """Return the numbers given, of a year or of all."""
        with self._register.reading() as books:
            return books.numbers(year=year)

    def start_numbers(self, kind_or_code: str, year: int, serial: int, remark: str) -> Series:
        """Let docgen's numbers of a series begin at `serial`; those below were given on paper."""
        with self._recording(numbering.START_AT, remark) as (books, doing):
            series = self._series(kind_or_code, year)
            numbering.start_at(books, series, serial, doing)
            return series

    def reserve_numbers(self, kind_or_code: str, year: int, count: int, remark: str) -> list[str]:
        """Reserve the next numbers of a series and return them."""
        with self._recording(numbering.RESERVE, remark) as (books, doing):
            series = self._series(kind_or_code, year)
            return [series.text(each) for each in numbering.reserve(books, series, count, doing)]

    def void_numbers(self, asked: Sequence[str], remark: str) -> list[Number]:
        """Void reserved numbers. Raises UnknownNumber, NumberNotReserved, NoReason."""
        with self._recording(numbering.VOID_NUMBER, remark) as (books, doing):
            chosen = list(_numbers(books, asked))
            numbering.void(books, chosen, doing)
            return chosen

    def loosened(self) -> frozenset[Duty]:
        """Return the duties that are loosened now."""
        with self._register.reading() as books:
            return books.loosened()

    def set_duty(self, asked: str, remark: str, *, loosened: bool) -> Duty:
        """Loosen a duty from now on, or hold to it again; either is an entry of the record.

        Raises:
            UnknownDuty: there is no such duty.
            NoReason: no remark gives the reason.
            NotLeading: somebody else than a leader is named as who decided it.
        """
        name = LOOSEN if loosened else TIGHTEN
        with self._recording(name, remark) as (books, doing):
            duty = _duty(asked)
            _refuse_others(name, doing)
            if not remark:
                raise NoReason(name)
            said = f"{duty.value}：{remark}"
            change = ("duty", duty.value, {"loosened": int(loosened)})
            books.add(
                Deed(name, doing.day, doing.actor.name, doing.actor.unit, remark=said, changes=(change,))
            )
            return duty

    def attach(self, asked: str, files: Sequence[Path], role: str, remark: str) -> list[Attached]:
        """Attach copies of files to a document: a scan of the sealed copy, a reply, a receipt.

        Raises:
            CannotAttach: a file cannot be read, is empty or too large.
            WrongState: the document is not signed yet, or archived.
            TooEarly, NotYet: the day is not right.
        """
        read = [(path, _read(path)) for path in files]
        with self._recording(life.ATTACH.name, remark) as (books, doing), staged() as staging:
            (document,) = named(books, [asked])
            row_for(document, life.ATTACH)
            if doing.day < document.day:
                raise TooEarly(
                    document.name, life.ATTACH.doing, doing.day.isoformat(), document.day.isoformat()
                )
            seen, taken = [], set[str]()
            for path, data in read:
                place = self._free_place(document, role, path, books, taken)
                staging.add(place, data)
                digests = digests_of(data)
                seen.append(
                    FileSeen(role, self._workspace.shown(place), digests.sha256, digests.sm3, len(data))
                )
            changes = (
                document.change(day=doing.day.isoformat()),
                *(each.change(document.id) for each in seen),
            )
            books.add(
                Deed(
                    life.ATTACH.name, doing.day, doing.actor.name, doing.actor.unit, document.id, document.state,
                    document.state, remark, tuple(seen), changes,
                )
            )  # fmt: skip
        return [Attached(document, self._workspace.root / each.path) for each in seen]

    def _free_place(self, document: Document, role: str, source: Path, books: Books, taken: set[str]) -> Path:
        """Return a place for a copy in the document's folder that no recorded file has.

        What lies there unrecorded, from a call that was broken off, is moved aside.
        """
        folder = (self._workspace.root / document.path).parent / ATTACHMENTS
        refuse_outside(self._workspace, folder)
        stem = file_name_of(f"{role}-{source.stem}")
        count = 0
        while True:
            count += 1
            place = folder / (stem + (f"（{count}）" if count > 1 else "") + source.suffix.lower())
            shown = self._workspace.shown(place)
            if shown not in taken and not books.knows_file(shown):
                taken.add(shown)
                if place.exists():
                    set_aside(place)
                return place

    def _know_kinds(self, asked: Sequence[str]) -> None:
        """Refuse kinds that neither docgen drafts nor the sheet of kinds has. Raises Problems."""
        coded = (each.kind for each in office_records(self._workspace).of(KindRow))
        known = tuple(dict.fromkeys((*(each.title for each in kinds()), *coded)))
        Problems.raise_any(UnknownKind(each, known) for each in asked if each not in known)

    @contextmanager
    def _recording(self, name: str, remark: str) -> Iterator[tuple[Books, Doing]]:
        if self._today > self._now().date():
            raise NotYet(name, self._today.isoformat())
        actor = actor_on(office_records(self._workspace), self._people.actor, self._today)
        with self._register.writing() as books:
            yield books, Doing(actor, self._today, remark)

    def _series(self, kind_or_code: str, year: int) -> Series:
        """Return the series meant by a document kind or a code of the sheet."""
        records = office_records(self._workspace)
        codes = {each.code for each in records.of(KindRow) if each.code}
        code = kind_or_code if kind_or_code in codes else records.number_code(kind_or_code)
        if code is None:
            raise NeededValue(KindRow.sheet, kind_or_code, "文号", kind_or_code)
        return Series(code, year)


def _refuse_others(deed: str, doing: Doing) -> None:
    """Refuse what only leaders decide. Raises NotLeading."""
    if not leads(doing.actor):
        raise NotLeading(deed, doing.actor.name, doing.actor.roles or ("无",))


def _read(path: Path) -> bytes:
    try:
        data = read_regular(path)
    except OSError as fault:
        gone = isinstance(fault, FileNotFoundError)
        raise CannotAttach(on_one_line(str(path)), "没有这个文件" if gone else reason_of(fault)) from fault
    if not data:
        raise CannotAttach(on_one_line(str(path)), "是空文件")
    return data


def _numbers(books: Books, asked: Sequence[str]) -> Iterator[Number]:
    known = {(each.code, each.year, each.serial): each for each in books.numbers()}
    for each in asked:
        found = _NUMBER.fullmatch(each.strip())
        key = (found[1], int(found[2]), int(found[3])) if found else None
        if key not in known:
            raise UnknownNumber(each)
        yield known[key]


def _duty(asked: str) -> Duty:
    names = tuple(each.value for each in Duty)
    for duty in Duty:
        if asked and asked in duty.value:
            meant = [each for each in Duty if asked in each.value]
            if len(meant) == 1 or asked == duty.value:
                return duty
    raise UnknownDuty(asked, names, nearest(asked, names))
