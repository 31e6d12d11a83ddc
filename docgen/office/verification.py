"""Is everything that was recorded still as it was: the record itself, and every file it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, Final, TypeAlias

from docgen.dataclass import dataclass
from docgen.digests import digests_in
from docgen.errors import NOT_VERIFIED, Advice, DocgenError
from docgen.files import blocks_of, on_one_line, read_regular, reason_of
from docgen.office.acted import strangers
from docgen.office.archive.faults import BagAltered
from docgen.office.bounds import bounds
from docgen.office.desk import Desk, RecordGone, has_signed
from docgen.office.kind_folders import Unreadable, found_in, shown_of
from docgen.office.papers.names import PAPERS, printed_forms
from docgen.office.sighting import NotOurs, Sighting, sight
from docgen.pdf.signature import SignerMissing, signatures_of
from docgen.register.audit import Audit, Explained, audit
from docgen.register.books import Books
from docgen.register.databases import Connection
from docgen.register.dates import FAR, out_of_order, ranges
from docgen.register.life import State
from docgen.register.oversight import BRIEF, FEWEST, QUICK
from docgen.register.record import Entry, FileRole
from docgen.register.witness import NAME, Place, Seen, Told, judge, told_by
from docgen.workspace import Workspace

__all__ = [
    "Entry",
    "EntryUnknown",
    "FileAltered",
    "FileMissing",
    "FileUnknown",
    "NotOurs",
    "Sighting",
    "SignatureBroken",
    "Unreadable",
    "Verified",
    "entry",
    "sight",
    "verify",
]

_Recorded: TypeAlias = Callable[[], Collection[str]]
_ATTACHED: Final = (FileRole.SCAN, FileRole.REPLY, FileRole.RECEIPT, FileRole.ATTACHMENT, FileRole.SIGNED_PDF)
_MOST_NAMED: Final = 20
_UNSIGNED: Final = tuple(each.value for each in State if each.is_unsigned)


class FileAltered(DocgenError):
    """A recorded file is not as it was."""

    code = "verify-file-altered"
    exit_code = NOT_VERIFIED
    says = "{path}（{document}的{role}）被改动：现在的摘要是 {found}，登记的是 {expected}"
    advises = "请从备份恢复登记时的文件；并查明是谁改动的。"

    path: str
    document: str
    role: str
    found: str
    expected: str


class FileMissing(DocgenError):
    """A recorded file is not there, or cannot be read."""

    code = "verify-file-missing"
    exit_code = NOT_VERIFIED
    says = "{path}（{document}的{role}）{reason}"
    advises = "请从备份恢复这个文件；被移动或改名的，请移回原处。"

    path: str
    document: str
    role: str
    reason: str


class SignatureBroken(DocgenError):
    """A signed PDF's signature does not hold."""

    code = "verify-signature-broken"
    exit_code = NOT_VERIFIED
    says = "{path}（{document}）的电子签名不成立：{reason}"
    advises = "请与签名人核对，用原来的签名文件替换。"

    path: str
    document: str
    reason: str


class FileUnknown(DocgenError):
    """A file lies among recorded ones that was never recorded."""

    code = "verify-file-unknown"
    exit_code = NOT_VERIFIED
    says = "{path} 放在公文的文件夹里，但没有登记过"
    advises = "属于这件公文的，请用 docgen doc attach 登记；中断的操作留下的，重新办理那一步就会移开；否则请移到别处。"

    path: str


class EntryUnknown(DocgenError):
    """An entry was asked for whose number is not in the record, as when entries are missing at its end."""

    code = "verify-entry-unknown"
    exit_code = NOT_VERIFIED
    says = "登记只到第{last}条，没有第{seq}条"
    advises = "请核对打印件上的条号；条号没有抄错的，说明末尾有条目被删除，请保全现场，用备份核对。"

    seq: int
    last: int


@dataclass(frozen=True)
class Verified:
    """What verifying found: faults, what is only to be known, and how much was looked at."""

    faults: tuple[DocgenError, ...]
    advices: tuple[Advice, ...]
    entries: int
    files: int
    head: tuple[int, str]
    witnesses: tuple[Seen, ...] = ()


def verify(desk: Desk, head: str = "") -> Verified:
    """Check the record and every recorded file.

    Args:
        desk: whose.
        head: the digest of a head printed earlier, empty for none.
    """
    told = [(each, told_by(each)) for each in desk.register.watch.places]  # before the record, which goes on
    with desk.register.reading(though_gone=True) as books:
        verified = _verified(desk.workspace, books, head, partial(_recorded_now, desk))
        there = (
            told
            if verified.entries
            else [each for each in told if not isinstance(each[1], FileNotFoundError)]
        )
        seen = tuple(judge(books.connection, *each) for each in there)
    return replace(
        verified,
        faults=(
            *verified.faults,
            *_gone(desk.workspace, verified, told),
            *(fault for each in seen for fault in each.faults),
        ),
        advices=(*verified.advices, *(advice for each in seen for advice in each.advices)),
        witnesses=seen,
    )


def _gone(
    workspace: Workspace, verified: Verified, told: Sequence[tuple[Place, Told]]
) -> Iterator[RecordGone]:
    """Say that documents are there and nothing at all is on record.

    A founding that was broken off, as when the database went away, leaves drafts, and witnesses that note no entry yet.
    """
    if verified.entries:
        return
    lines = [each for _, read in told if not isinstance(read, OSError) for each in read]
    founding = bool(lines) and all(each.digest and not each.count for each in lines)
    if has_signed(workspace) or (not founding and any(workspace.out.rglob("*.docx"))):
        yield RecordGone(workspace.shown(workspace.out))


def verify_copy(workspace: Workspace, connection: Connection) -> Verified:
    """Check a copied workspace with a copy of its register, and the witness beside it."""
    place = Place(workspace.witness_folders[0] / NAME, NAME)
    verified = _verified(workspace, Books(connection), "", frozenset)
    seen = judge(connection, place, told_by(place))
    return replace(
        verified,
        faults=(*verified.faults, *seen.faults),
        advices=(*verified.advices, *seen.advices),
        witnesses=(seen,),
    )


def entry(desk: Desk, seq: int) -> Entry:
    """Return an entry of the record by its number. Raises EntryUnknown."""
    with desk.register.reading() as books:
        found, last = books.entry(seq), books.last_entry()
    if found is None:
        raise EntryUnknown(seq, last[0] if last else 0)
    return found


def _recorded_now(desk: Desk) -> set[str]:
    """Read anew which files are on record."""
    with desk.register.reading(though_gone=True) as books:
        return {row.id for row in books.files() if row.role != FileRole.WITHDRAWN}


def _verified(workspace: Workspace, books: Books, head: str, now: _Recorded) -> Verified:
    audited = audit(books.connection, head)
    found: list[DocgenError | Advice] = [*audited.advices]
    count = 0
    for each in _files(workspace, audited.tables):
        count += 1
        found += [each] if each else []
    found += _unknown(workspace, audited.tables, now)
    found += _twice(audited.tables)
    found += [_explained(each) for each in audited.explained]
    found += _dated(audited)
    found += _asked(audited)
    found += strangers(workspace, audited.acted)
    faults = [*audited.findings, *(each for each in found if isinstance(each, DocgenError))]
    advices = tuple(each for each in found if isinstance(each, Advice))
    return Verified(tuple(faults), advices, audited.entries, count, audited.head)


def _dated(audited: Audit) -> Iterator[Advice]:
    """Yield what is odd about the days and times on record."""
    dates, tables = audited.dates, audited.tables
    if dates.far:
        words = f"有{len(dates.far)}条登记的办理日期与登记时间相差{FAR}天以上：第{ranges(dates.far)}条"
        yield Advice("dates-far", f"{words}，请与签字的原件核对")
    for number in dict.fromkeys(number for _, number in dates.over):
        found = ranges(seq for seq, each in dates.over if each == number)
        words = f"第{number}号代章授权到期以后才登记、日期写在到期以前的用印：第{found}条，请与签字的原件核对"
        yield Advice("dates-mandate-over", words)
    if dates.backwards:
        words = f"第{ranges(dates.backwards)}条的登记时间早于前面的条目：电脑的时钟往回拨过，或者不准"
        yield Advice("times-backwards", words)
    with suppress(TypeError, KeyError):  # rows of odd types are found as altered
        found = "、".join(out_of_order(tables["document"].values(), tables["number"]))
        if found:
            yield Advice("numbers-dates", f"成文日期早于前面的号：{found}，请核对")


def _asked(audited: Audit) -> Iterator[Advice]:
    """Yield what an auditor would ask about who recorded what: a line for all documents of one cause."""
    oversight, tables = audited.oversight, audited.tables
    if oversight.quick:
        accounts = "、".join(f"“{each}”" for each in dict.fromkeys(oversight.quick.values()))
        within = f"由同一个账户（{accounts}）在{QUICK // timedelta(minutes=1)}分钟以内登记完"
        words = f"有{len(oversight.quick)}件公文从拟稿到代章（印发）都{within}，记的办理人却有{FEWEST}位以上"
        yield Advice("steps-at-once", f"{words}：{_named(tables, oversight.quick)}；请与签字的原件核对")
    for duty in dict.fromkeys(each.duty for each in oversight.brief):
        times = [each for each in oversight.brief if each.duty == duty]
        spans = "、".join(f"第{each.first}至{each.last}条" for each in times)
        used = dict.fromkeys(number for each in times for number in each.documents)
        words = f"规则“{duty}”有{len(times)}次放宽后{BRIEF.days}天以内又恢复（{spans}）"
        meanwhile = f"其间靠放宽办理了{len(used)}件公文：{_named(tables, used)}"
        yield Advice("rules-briefly-loosened", f"{words}，{meanwhile}；请核对放宽的原因")


def _named(tables: dict[str, dict[Any, dict[str, Any]]], documents: Collection[int]) -> str:
    """Name documents, at most some twenty of them."""
    names = [_name_of(tables, {"document": each}) for each in list(documents)[:_MOST_NAMED]]
    more = f"……共{len(documents)}件" if len(documents) > _MOST_NAMED else ""
    return f"{'、'.join(names)}{more}"


def _explained(each: Explained) -> Advice:
    by = f"{each.actor}于 {each.day} 说明（第{each.seq}条）：{each.reason}"
    return Advice("alarm-explained", f"{each.alarm.what}；{by}")


def _files(
    workspace: Workspace, tables: dict[str, dict[Any, dict[str, Any]]]
) -> Iterator[DocgenError | Advice | None]:
    """Yield for each recorded file what is wrong with it, None when nothing is."""
    for path, row in tables["file"].items():
        if row.get("role") == FileRole.WITHDRAWN or not _is_sound(
            path, row
        ):  # what is not sound, the audit has found
            continue
        if row["role"] == FileRole.BAG:
            yield from _bag(workspace, path, row)
            continue
        document = tables["document"].get(row["document"], {})
        fault = _compared(workspace, path, row, _name_of(tables, row))
        if fault and document.get("state") in _UNSIGNED:
            yield Advice("draft-altered", f"{fault.what}；还没有签发，可以改稿，改后请重新核稿")
        else:
            yield fault


def _bag(workspace: Workspace, path: str, row: dict[str, Any]) -> Iterator[DocgenError | Advice | None]:
    """Yield what is wrong with a bag on record; one that was taken elsewhere is only told."""
    from docgen.archive.faults import NotABag
    from docgen.archive.reading import read_bag

    folder = (workspace.root / path).parent
    shown = workspace.shown(folder)
    if not folder.exists():
        yield Advice(
            "archive-bag-elsewhere",
            f"档案包 {shown} 不在原处；已经移交或另存的，请在存放处用 docgen archive verify 核对",
        )
        return
    try:
        found = read_bag(folder)
    except NotABag as fault:
        yield BagAltered(shown, fault.reason)
        return
    wrong = [each.what for each in found.faults]
    if found.digest != row["sha256"]:
        wrong.insert(0, "清单不是登记的那一份")
    yield from (BagAltered(shown, each) for each in wrong[:_MOST_NAMED])
    yield None


def _is_sound(path: Any, row: dict[str, Any]) -> bool:
    words = (path, row.get("role"), row.get("sha256"), row.get("sm3"))
    return isinstance(row.get("document"), int) and all(isinstance(each, str) for each in words)


def _compared(workspace: Workspace, path: str, row: dict[str, Any], name: str) -> DocgenError | None:
    place = workspace.root / path
    try:
        now, _ = digests_in(blocks_of(place, within=bounds(workspace)))
        data = read_regular(place, within=bounds(workspace)) if row["role"] == FileRole.SIGNED_PDF else b""
    except OSError as fault:
        gone = isinstance(fault, FileNotFoundError)
        reason = "不见了" if gone else f"读不出来：{reason_of(fault)}"
        return FileMissing(on_one_line(path), name, row["role"], reason)
    path = on_one_line(path)
    if now.sha256 != row["sha256"]:
        return FileAltered(path, name, row["role"], now.sha256, row["sha256"])
    if row["sm3"] and now.sm3 and now.sm3 != row["sm3"]:
        return FileAltered(path, name, row["role"], now.sm3, row["sm3"])
    return _signature_fault(data, path, name) if row["role"] == FileRole.SIGNED_PDF else None


def _signature_fault(data: bytes, path: str, name: str) -> DocgenError | None:
    try:
        found = signatures_of(data)
    except SignerMissing as missing:
        return missing
    if not found:
        return SignatureBroken(path, name, "里面没有签名")
    if all(each.intact and each.whole for each in found):
        return None
    return SignatureBroken(path, name, "签名之后文件被改动或添加过内容")


def _unknown(
    workspace: Workspace, tables: dict[str, dict[Any, dict[str, Any]]], now: _Recorded
) -> Iterator[DocgenError | Advice]:
    """Yield what lies in the folders of kinds of documents, drafts apart, and was never recorded."""
    kept = {path for path, row in tables["file"].items() if row.get("role") != FileRole.WITHDRAWN}
    # Kinds that are declared no more count too: their documents are on record.
    on_record = (str(row.get("kind")) for row in tables["document"].values())
    found = found_in(workspace, {*workspace.catalogue.titles, *on_record})
    strange = [each for each in found.strange if workspace.shown(each) not in kept]
    since = now() if strange else kept  # a document may have been signed since the record was read
    yield from found.faults
    for each in strange:
        if workspace.shown(each) not in since:
            yield FileUnknown(shown_of(workspace, each))
    printed = printed_forms(tables["document"])
    passing = [
        shown_of(workspace, each)
        for each in found.passing
        if workspace.shown(each) not in kept and not (each.parent.name == PAPERS and each.name in printed)
    ]
    if passing:
        more = f"……共{len(passing)}个" if len(passing) > _MOST_NAMED else ""
        words = f"公文的文件夹里还有没有登记的文件（留存、单据或临时文件）：{'、'.join(passing[:_MOST_NAMED])}{more}"
        yield Advice("files-beside", f"{words}；它们不在登记之列，请核对该不该留在那里")


def _twice(tables: dict[str, dict[Any, dict[str, Any]]]) -> Iterator[Advice]:
    """Say which file was attached more than once."""
    places: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for path, row in tables["file"].items():
        if _is_sound(path, row) and row["role"] in _ATTACHED:
            places.setdefault(row["sha256"], []).append((path, row))
    for same in places.values():
        if len(same) > 1:
            named = "；".join(
                f"{_name_of(tables, row)}的{row['role']}（{on_one_line(path)}）" for path, row in same
            )
            yield Advice("file-attached-twice", f"同一个文件登记了{len(same)}次，请核对是否放错：{named}")


def _name_of(tables: dict[str, dict[Any, dict[str, Any]]], row: dict[str, Any]) -> str:
    document = tables["document"].get(row["document"], {})
    return str(document.get("number") or f"{row['document']}号公文")
