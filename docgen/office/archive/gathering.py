"""What a year's bag is made of: every number with what became of it, every document with what its kind demands.

All of it is read in one transaction. The chain goes into the bag as far as the last entry that is about the year's
documents and numbers; being archived itself is not among those, so that a bag built again is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any, Final

from docgen.archive.codes import Series
from docgen.archive.inventory import FILED, GONE, LEFT_OUT, ON_PAPER, REPLACED, VOID, Counted, runs
from docgen.dataclass import dataclass
from docgen.errors import DocgenError
from docgen.model.records import Records
from docgen.office.archive.faults import FondsMissing, NotComplete, NothingToArchive, NotTaken
from docgen.office.archive.known import Known
from docgen.office.archive.looking import Judged, Looking, Lying
from docgen.office.archive.openness import mark_of
from docgen.office.bounds import Inside
from docgen.office.desk import Desk
from docgen.office.life.checks import is_sealed_kind
from docgen.office.people import office_records
from docgen.register import life
from docgen.register.books import Books
from docgen.register.document import Document
from docgen.register.life import State
from docgen.register.number import Number, NumberState, text_of
from docgen.register.record import Entry, FileRole
from docgen.workspace import Workspace

DEMANDS: Final = "归档要件"
"""The setting of a kind that says what must be there beside original and PDF, joined by 、; 无 for nothing."""
ARCHIVE: Final = life.ARCHIVE.name
_OF_NUMBERS: Final = tuple(
    each.name for each in (life.START_AT, life.RESERVE, life.VOID_NUMBER, life.GIVE_BACK, life.UNDO_START)
)
_PACKED: Final = (
    FileRole.FINAL, FileRole.SUBMITTED, FileRole.SCAN, FileRole.REPLY, FileRole.RECEIPT, FileRole.ATTACHMENT,
    FileRole.SIGNED_PDF,
)  # fmt: skip
_KNOWN_ROLES: Final = frozenset(each.value for each in _PACKED)
_NOTHING: Final = "无"
_LISTED: Final = (State.ISSUED, State.ARCHIVED)


@dataclass(frozen=True)
class Case:
    """A document that is to be in the bag.

    Args:
        document: as it stands.
        files: its files that are packed, the original first.
        life: the entries about it, being archived left out.
        needed: what must be there beside original and PDF.
        retention: 保管期限; empty where the sheet does not say.
        lacking: why it is not ready.
        unfit: which of its files no bag takes, and why.
        openness: 开放标识.
    """

    document: Document
    files: tuple[Lying, ...]
    life: tuple[Entry, ...]
    needed: tuple[str, ...]
    retention: str
    lacking: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()
    openness: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether it can be archived."""
        return not self.lacking and not self.unfit

    @property
    def original(self) -> Lying:
        """Return its original; a case that is ready has one."""
        return next(each for each in self.files if each.role == FileRole.FINAL.value)

    @property
    def present(self) -> tuple[str, ...]:
        """Return the roles of its files."""
        return tuple(dict.fromkeys(each.role for each in self.files))


@dataclass(frozen=True)
class Gathered:
    """A year as the register has it.

    Args:
        series: what the codes have in common.
        organ: who makes the documents.
        level: 发布层次.
        cases: documents that are ready.
        lacking: documents that are not.
        counted: every number, without archival codes.
        last: number and digest of the last entry that goes into the bag.
        head: those of the last entry of all.
        archived: the entries that archived documents of the year, the first one first.
        faults: what keeps the year from being archived whole.
        judged: what was found of the files that were looked at.
        known: what an earlier bag says of its files.
    """

    series: Series
    organ: str
    level: str
    cases: tuple[Case, ...]
    lacking: tuple[Case, ...]
    counted: tuple[Counted, ...]
    last: tuple[int, str]
    head: tuple[int, str] | None
    archived: tuple[Entry, ...]
    faults: tuple[DocgenError, ...] = field(default=())
    judged: Judged = field(default_factory=dict, compare=False)
    known: Known = field(default_factory=dict, compare=False)


def series_of(desk: Desk, year: int) -> Series:
    """Return what the codes of a year have in common. Raises FondsMissing."""
    said = desk.workspace.settings.archive
    if not said.fonds or not said.fonds_name:
        raise FondsMissing
    return Series(said.fonds, said.fonds_name, said.category, said.department, said.department_name, year)


def gather(
    desk: Desk,
    year: int,
    books: Books,
    judged: Judged | None = None,
    known: Callable[[Sequence[Entry]], Known] | None = None,
) -> Gathered:
    """Return a year as the register has it, and what is lacking.

    Args:
        desk: where, by whom and on which day.
        year: of the numbers.
        books: the register as it is read.
        judged: what was found of files a moment ago, which are not opened again.
        known: gives what is known of files from an earlier bag, by the entries that archived documents of the year.

    Raises:
        FondsMissing: the settings do not say whose archive it is.
        NothingToArchive: no number of the year is on record.
    """
    series, records = series_of(desk, year), office_records(desk.workspace)
    numbers = books.numbers(year=year)
    if not numbers:
        raise NothingToArchive(year)
    numbered = books.documents({each.document for each in numbers if each.document})
    documents = {each.id: each for each in numbered}
    lives = _lives(books, documents)
    archived = _archived(lives)
    before = known(archived) if known else {}
    looking = Looking(desk.workspace, {} if judged is None else judged, before, Inside(desk.workspace))
    files = _files(books, documents)
    cases = [
        _case(looking, records, each, files.get(each.id, ()), lives[each.id])
        for each in _in_order(documents, numbers)
        if _is_filed(each)
    ]
    counted = tuple(_counted(numbers, documents, {each.document.id: each for each in cases}))
    return Gathered(
        series,
        records.mechanism.office,
        desk.workspace.settings.archive.level or f"{records.mechanism.level}",
        tuple(each for each in cases if each.is_ready),
        tuple(each for each in cases if not each.is_ready),
        counted,
        _last(books, year, lives),
        books.last_entry(),
        tuple(archived),
        faults=tuple(_faults(counted, {each.document.number: each for each in cases})),
        judged=looking.judged,
        known=looking.known,
    )


def _in_order(documents: Mapping[int, Document], numbers: Sequence[Number]) -> list[Document]:
    """Return documents by their date, those of one date by their number."""
    order = {each.document: (each.code, each.serial) for each in numbers}
    return sorted(documents.values(), key=lambda each: (each.dated, order.get(each.id, ("", 0))))


def _archived(lives: Mapping[int, Sequence[Entry]]) -> list[Entry]:
    """Return the entries by which documents were archived, the first one first."""
    found = (each for entries in lives.values() for each in entries if each.deed.step == ARCHIVE)
    return sorted(found, key=lambda each: each.seq)


def _last(books: Books, year: int, lives: Mapping[int, Sequence[Entry]]) -> tuple[int, str]:
    """Return number and digest of the last entry about a year's numbers and documents, but for their archiving."""
    seqs = [each.seq for entries in lives.values() for each in entries if each.deed.step != ARCHIVE]
    seqs += [each.seq for step in _OF_NUMBERS for each in books.taken(step) if _about(each, year)]
    last = books.entry(max(seqs))
    assert last is not None  # noqa: S101  # it was just read
    return last.seq, last.digest


def _is_filed(document: Document) -> bool:
    """Whether a document goes into the bag: issued, archived before, or issued and then replaced."""
    return document.state in _LISTED or (document.state is State.REPLACED and bool(document.issued_on))


def _about(entry: Entry, year: int) -> bool:
    return any(table == "number" and f"〔{year}〕" in str(row) for table, row, _ in entry.deed.changes)


def _lives(books: Books, documents: Mapping[int, Document]) -> dict[int, list[Entry]]:
    """Return the entries about each document, the first one first."""
    found: dict[int, list[Entry]] = {each: [] for each in documents}
    for each in books.lives_of(documents):
        if each.deed.document is not None:
            found[each.deed.document].append(each)
    return found


def _files(books: Books, documents: Mapping[int, Document]) -> dict[int, list[Lying]]:
    found: dict[int, list[Lying]] = {}
    for row in books.files():
        if row.document in documents and row.role in _KNOWN_ROLES:
            lying = Lying(row.role, row.id, row.sha256, row.sm3, row.size)
            found.setdefault(row.document, []).append(lying)
    order = [each.value for each in _PACKED]
    for each in found.values():
        each.sort(key=lambda one: (order.index(one.role), one.path))
    return found


def _case(
    looking: Looking, records: Records, document: Document, files: Sequence[Lying], entries: Iterable[Entry]
) -> Case:
    rows = {each.kind: each for each in records.of(type_of_kind_rows())}
    row = rows.get(document.kind)
    retention = row.retention.value if row and row.retention else ""
    if document.kind not in looking.demanded:
        looking.demanded[document.kind] = _demanded(looking.workspace, records, document.kind)
    needed = looking.demanded[document.kind]
    if needed is None:
        needed = (FileRole.SCAN.value,) if is_sealed_kind(looking.workspace, document) else ()
    lived = tuple(each for each in entries if each.deed.step != ARCHIVE)
    case = Case(document, tuple(files), lived, needed, retention)
    looked = [looking.at(each) for each in files]
    usual = looking.workspace.settings.archive.openness
    openness, wrong = mark_of(document.kind, records, usual, lived)
    gone = (each.gone for each in looked)
    lacking = tuple(filter(None, (*_lacking(case), *gone, wrong)))
    unfit = tuple(one for each in looked for one in each.unfit)
    seen = tuple(each.file for each in looked)
    return replace(case, files=seen, lacking=lacking, unfit=unfit, openness=openness)


def type_of_kind_rows() -> Any:
    """Return the record type of the sheet of kinds."""
    from docgen.model.kind_row import KindRow

    return KindRow


def _demanded(workspace: Workspace, records: Records, kind: str) -> tuple[str, ...] | None:
    """Return what a kind demands as its setting says; None where none does: a scan of what carries a seal."""
    said = records.settings_of(kind).get(DEMANDS)
    if said is not None:
        words = said.value.replace("，", "、").replace(",", "、").split("、")
        return tuple(each.strip() for each in words if each.strip() and each.strip() != _NOTHING)
    declared = (each for each in workspace.catalogue.declared if each.title == kind)
    own = next((one.default for each in declared for one in each.settings if one.name == DEMANDS), None)
    if isinstance(own, str):
        return tuple(filter(None, own.split("、")))
    return None


def _lacking(case: Case) -> Iterator[str]:
    """Yield what a document has not."""
    roles = {each.role for each in case.files}
    for each in (FileRole.FINAL.value, *case.needed):
        if each not in roles:
            yield f"缺{each}"
    if not case.retention:
        yield f"“文种”表没有填“{case.document.kind}”的保管期限"


def _counted(
    numbers: Sequence[Number], documents: Mapping[int, Document], cases: Mapping[int, Case]
) -> Iterator[Counted]:
    """Yield what became of each number, series by series; runs of numbers given on paper, or gone, together."""
    series: dict[tuple[str, int], list[Number]] = {}
    for each in numbers:
        series.setdefault((each.code, each.year), []).append(each)
    for (code, year), given in series.items():
        known = {each.serial: each for each in given if each.state is not NumberState.GIVEN_BACK}
        top = max(known, default=0)
        rows = [
            _run(code, year, run, GONE, "没有登记过去向，查不到")
            for run in runs([each for each in range(1, top) if each not in known])
        ]
        paper = [each.serial for each in known.values() if each.state is NumberState.ON_PAPER]
        rows += [_run(code, year, run, ON_PAPER, "启用本系统前在纸质登记簿上给的号") for run in runs(paper)]
        rows += [
            _of_number(each, documents.get(each.document or 0), cases)
            for each in known.values()
            if each.state is not NumberState.ON_PAPER
        ]
        yield from sorted(rows, key=lambda each: each.first)


def _run(code: str, year: int, run: tuple[int, int], standing: str, reason: str) -> Counted:
    first, last = run
    text = text_of(code, year, first) + (f"至{last}号" if last > first else "")
    return Counted(text, code, first, last, standing, reason)


def _of_number(number: Number, document: Document | None, cases: Mapping[int, Case]) -> Counted:
    common = (number.text, number.code, number.serial, number.serial)
    if number.state is NumberState.VOID:
        reason = (document.reason if document else "") or number.remark
        return Counted(
            *common, VOID if reason else LEFT_OUT, reason or "作废却没有写原因", title=_title(document)
        )
    if number.state is NumberState.RESERVED or document is None:
        return Counted(*common, LEFT_OUT, f"预留后没有使用，也没有作废（{number.remark}）")
    case = cases.get(document.id)
    if case is None and document.state is State.REPLACED:
        return Counted(*common, REPLACED, f"印发以前被替换：{document.reason}", title=document.title)
    if case is None:
        reason = f"现在是“{document.state.value}”，还没有印发"
        return Counted(*common, LEFT_OUT, reason, title=document.title)
    needed = (FileRole.FINAL.value, *case.needed)
    standing, reason = (FILED, "") if case.is_ready else (LEFT_OUT, "；".join((*case.lacking, *case.unfit)))
    if case.is_ready and document.state is State.REPLACED:
        reason = f"印发后被替换：{document.reason}"
    return Counted(*common, standing, reason, "", document.title, needed, case.present)


def _title(document: Document | None) -> str:
    return document.title if document else ""


def _faults(counted: Iterable[Counted], cases: Mapping[str, Case]) -> Iterator[DocgenError]:
    for each in counted:
        if not each.is_open:
            continue
        named = f"{each.number}《{each.title}》" if each.title else each.number
        case = cases.get(each.number)
        if case is None or case.lacking:
            yield NotComplete(named, "；".join(case.lacking) if case else each.reason)
        if case and case.unfit:
            yield NotTaken(named, "；".join(case.unfit))
