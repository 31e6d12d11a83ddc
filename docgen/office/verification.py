"""Is everything that was recorded still as it was: the record itself, and every file it speaks of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

from docgen.dataclass import dataclass
from docgen.errors import NOT_VERIFIED, Advice, DocgenError
from docgen.office.acted import strangers
from docgen.office.desk import Desk, RecordGone, has_signed
from docgen.office.recorded_files import (
    MOST_NAMED,
    Recorded,
    Tables,
    attached_twice,
    name_of,
    recorded,
    unrecorded,
)
from docgen.register.audit import Audit, Explained, audit
from docgen.register.books import Books
from docgen.register.databases import Connection
from docgen.register.dates import FAR, out_of_order, ranges
from docgen.register.oversight import BRIEF, FEWEST, QUICK
from docgen.register.record import Entry, FileRole
from docgen.register.witness import NAME, Place, Seen, Told, judge, told_by
from docgen.workspace import Workspace

__all__ = ["Entry", "EntryUnknown", "Verified", "entry", "verify", "verify_copy"]


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


def _verified(workspace: Workspace, books: Books, head: str, now: Recorded) -> Verified:
    audited = audit(books.connection, head)
    found: list[DocgenError | Advice] = [*audited.advices]
    count = 0
    for each in recorded(workspace, audited.tables):
        count += 1
        found += [each] if each else []
    found += unrecorded(workspace, audited.tables, now)
    found += attached_twice(audited.tables)
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


def _named(tables: Tables, documents: Collection[int]) -> str:
    """Name documents, at most some twenty of them."""
    names = [name_of(tables, {"document": each}) for each in list(documents)[:MOST_NAMED]]
    more = f"……共{len(documents)}件" if len(documents) > MOST_NAMED else ""
    return f"{'、'.join(names)}{more}"


def _explained(each: Explained) -> Advice:
    by = f"{each.actor}于 {each.day} 说明（第{each.seq}条）：{each.reason}"
    return Advice("alarm-explained", f"{each.alarm.what}；{by}")
