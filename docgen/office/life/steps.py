"""Taking a step in the life of documents: what is checked, what is recorded, and what happens to the files.

A call takes one step for several documents, all of them or none. Everything is checked under the register's lock and
on the files as they are at that moment; files are written before the record says so, and what signing makes
superfluous is cleared away after it, so that a killed process leaves every document in one definite state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.errors import Advice, DocgenError, Problems
from docgen.model.records import Records
from docgen.office.bounds import Inside
from docgen.office.desk import Desk
from docgen.office.life.checks import Case, Grounds, checked, why_not_sealed
from docgen.office.life.coverage import said_again
from docgen.office.life.due import ASKED, no_longer_due
from docgen.office.life.finding import chosen, is_for_signing
from docgen.office.life.ledger import not_in_ledger
from docgen.office.life.orders import Order
from docgen.office.life.signing import Signing
from docgen.office.people import actor_on, office_records
from docgen.register import life
from docgen.register.books import Books
from docgen.register.dates import is_far
from docgen.register.document import Document
from docgen.register.duties import Doing
from docgen.register.life import Need, State, Step
from docgen.register.record import Change, Deed
from docgen.register.refusals import ListStays, NotSigned
from docgen.standard.wording.text import titled

EDITED: Final = "稿子在上一步之后手工修改过"
"""What the remark of a review says of a draft that was edited by hand since."""


@dataclass(frozen=True)
class Taken:
    """A step that was taken: the document as it stands now, and its state before."""

    document: Document
    before: State


@dataclass(frozen=True)
class Stepped:
    """What a call did, what was on record already, and what should be known about it."""

    taken: tuple[Taken, ...]
    unchanged: tuple[Document, ...] = ()
    advices: tuple[Advice, ...] = ()


def take(desk: Desk, order: Order) -> Stepped:
    """Take a step for the documents asked for.

    Raises:
        Problems: everything that forbids it, for all documents at once; nothing was recorded or written then.
        DocgenError: a single fault of names, sheets, files or the register.
    """
    records, sheets = _records(desk, order.step)
    doing = _doing(desk, records, order)
    with (
        desk.register.writing() as books,
        Signing(books, grounds := _grounds(desk, records, books, doing), reserved=order.reserved) as signing,
    ):
        documents = chosen(books, order.documents, order.everything, order.step)
        if order.everything:
            documents = [each for each in documents if _is_meant(grounds, each, order.step)]
        cases = _checked(grounds, books, documents, order)
        unmended, others = _parted(cases, _is_unmended)
        recorded, cases = _parted(others if order.everything else cases, _is_recorded)
        for case in cases:
            books.add(*_deeds(case, order, signing))
        taken = _taken(books, cases)
        kept = tuple(_kept(desk, order, taken))
        signing.look_for_left_over()
    if signing.leaves_something:
        # Under the lock again: meanwhile somebody may have put another draft in the same place.
        with suppress(DocgenError), desk.register.writing() as books:
            signing.clear_away(books)
    told = (
        *_returned(unmended, order),
        *map(_already, recorded),
        *signing.advices,
        *_about_the_day(grounds, cases),
    )
    documents = [each.document for each in taken]
    about = (*no_longer_due(desk, sheets, order.step, documents), *not_in_ledger(desk, order.step, documents))
    return Stepped(taken, tuple(each.document for each in recorded), (*told, *about, *kept))


def _parted(cases: Sequence[Case], fits: Callable[[Case], bool]) -> tuple[list[Case], list[Case]]:
    """Return the cases that fit, and the others."""
    fitting, others = list[Case](), list[Case]()
    for each in cases:
        (fitting if fits(each) else others).append(each)
    return fitting, others


def _is_recorded(case: Case) -> bool:
    """Whether a review or countersignature is what was recorded last: by the same person, on the day, of the file."""
    document, seen, doing, step = case.document, case.seen, case.doing, case.step
    if step not in (life.REVIEW, life.COUNTERSIGN) or document.state is not step.after or doing.remark:
        return False
    last = getattr(document, step.remembers).rpartition("、")[2]
    is_same = seen is not None and seen.sha256 == document.sha256
    return is_same and (last, document.day) == (doing.actor.name, doing.day)


def _already(case: Case) -> Advice:
    name, day, step = case.doing.actor.name, case.doing.day, case.step.name
    why = f"{case.document.name}已由{name}于 {day} 登记{step}，稿子没有改过，这一次没有再登记"
    return Advice("recorded-already", why)


def _is_unmended(case: Case) -> bool:
    """Whether a review is of a draft that was returned and is to the byte what it was then."""
    document, seen = case.document, case.seen
    reviews = case.step.name == life.REVIEW.name and document.state is State.RETURNED
    return reviews and seen is not None and seen.sha256 == document.sha256


def _returned(cases: Sequence[Case], order: Order) -> Iterator[Advice]:
    """Yield of which drafts nothing was changed since they were returned; of all drafts, they are left out."""
    for each in (case.document for case in cases):
        why = f"{each.id}号{titled(each.title)}退回后没有改过（退回原因：{each.reason}）"
        if order.everything:
            done = f"这一次没有核。改好后再核；确实不用改的，请写明登记号：docgen doc review {each.id}"
            yield Advice("returned-unmended", f"{why}，{done}")
        else:
            yield Advice("returned-unmended", f"{why}，已照原稿登记核稿，请确认不用改")


def _kept(desk: Desk, order: Order, taken: Sequence[Taken]) -> Iterator[Advice]:
    """Keep the sheets that documents of a period tell of, for the changes of the next, before their issue is recorded.

    What ends in between leaves a snapshot too early, which the same command finds there when it is given again.
    """
    if order.step.name == life.ISSUE.name:
        from docgen.office.past import keep_told

        yield from keep_told(desk, (each.document for each in taken))


def _about_the_day(grounds: Grounds, cases: Sequence[Case]) -> Iterator[Advice]:
    """Yield that a step is dated far from today, and that it rests on a mandate that is over by now."""
    day, today = grounds.doing.day, grounds.clock_day
    if cases and is_far(day.isoformat(), today.isoformat()):
        is_set = day == grounds.workspace.settings.defaults.today
        whose, mend = ("（docgen.toml 设置的“今天”）", "docgen.toml 的 today") if is_set else ("", "--date")
        away = f"办理日期 {day}{whose or ' '}比今天（{today}）早{(today - day).days}天，请核对 {mend}"
        yield Advice("day-far", f"{away}；docgen verify 会列出这样的登记")
    mandates = {
        each.mandate.id: each.mandate for each in cases if each.mandate and Need.MANDATE in each.step.needs
    }
    for each in mandates.values():
        if each.end and each.end < today:
            words = f"第{each.id}号代章授权已于 {each.end} 到期，这一步按 {day} 登记，请核对 --date"
            yield Advice("mandate-over", words)


def _records(desk: Desk, step: Step) -> tuple[Records, Records | None]:
    """Return what a step is judged by, and the records of all sheets where the step asks them and they have no faults.

    Whatever is wrong with the sheets of projects keeps nobody from taking the step.
    """
    if step in ASKED:
        with suppress(DocgenError):
            sheets = desk.workspace.records()
            return sheets, sheets
    return office_records(desk.workspace), None


def _grounds(desk: Desk, records: Records, books: Books, doing: Doing) -> Grounds:
    workspace, clock_day = desk.workspace, desk.now().date()
    inside = Inside(workspace)
    return Grounds(workspace, inside, records, doing, clock_day, books.mandates(), books.loosened())


def _doing(desk: Desk, records: Records, order: Order) -> Doing:
    """Return who takes a step: for steps of the seal in the stamping unit, for others in the host unit."""
    stamping = records.mechanism.stamping_unit
    of_seal = order.step in (life.APPROVE, life.REFUSE, life.APPLY)
    wanted = stamping if of_seal else records.mechanism.host_unit
    actor = actor_on(
        records, desk.people.actor, desk.today, lambda name: wanted is not None and name == wanted.name
    )
    return Doing(actor, desk.today, order.remark)


def _is_meant(grounds: Grounds, document: Document, step: Step) -> bool:
    """Whether a step for all documents is for this one: lists take none but being voided, some forms are not signed."""
    if document.is_list:
        return step.name == life.VOID.name
    if step is life.REQUEST:
        return why_not_sealed(grounds, document) is None
    return step is not life.SIGN or is_for_signing(grounds.workspace, document)


def _checked(grounds: Grounds, books: Books, documents: Sequence[Document], order: Order) -> list[Case]:
    cases: list[Case] = []
    faults: list[DocgenError] = list(said_again(grounds, books, documents, order.step))
    for document in documents:
        try:
            if document.is_list and order.step.name != life.VOID.name:
                raise ListStays(document.name, document.kind)
            if order.step is life.SIGN and not is_for_signing(grounds.workspace, document):
                raise NotSigned(document.name, document.kind)
            cases.append(checked(grounds, document, order.step, order.copies))
        except Problems as found:
            faults += found.faults
        except DocgenError as fault:
            faults.append(fault)
    Problems.raise_any({str(each): each for each in faults}.values())
    return cases


def _deeds(case: Case, order: Order, signing: Signing) -> list[Deed]:
    """Return what is recorded of one step: usually one entry, of a signing several."""
    if case.step is life.SIGN:
        return signing.sign(case)
    effect = _EFFECTS.get(case.step.name, _nothing_more)(case, order, signing)
    remembered = {case.step.remembers: _remembered(case)} if case.step.remembers else {}
    standing = {"state": case.after, "day": case.doing.day.isoformat()}
    row = case.document.change(**standing, **remembered, **effect.values)
    remark = "；".join(filter(None, (case.doing.remark, effect.remark)))
    return [case.deed(case.step.name, remark, row, *effect.changes)]


def _taken(books: Books, cases: Sequence[Case]) -> tuple[Taken, ...]:
    before = {case.document.id: case.document.state for case in cases}
    return tuple(Taken(each, before[each.id]) for each in books.documents(before))


def _remembered(case: Case) -> str:
    name = case.doing.actor.name
    if case.step is not life.COUNTERSIGN:
        return name
    earlier = [each for each in case.document.countersigners.split("、") if each and each != name]
    return "、".join((*earlier, name))


@dataclass(frozen=True)
class _Effect:
    """What a step sets besides state, day and actor: columns of the document, other rows, words of the remark."""

    values: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    remark: str = ""


def _nothing_more(_case: Case, _order: Order, _signing: Signing) -> _Effect:
    """Set nothing besides state, day and actor."""
    return _Effect()


def _reviewed(case: Case, _order: Order, _signing: Signing) -> _Effect:
    """From here on the file is the one that was reviewed."""
    assert case.seen is not None  # noqa: S101  # the table says that the file is needed
    edited = case.seen.sha256 != case.document.sha256
    values = {"sha256": case.seen.sha256, "sm3": case.seen.sm3, "countersigners": "", "reason": ""}
    return _Effect(values, (case.seen.change(case.document.id),), EDITED if edited else "")


def _requested(case: Case, _order: Order, _signing: Signing) -> _Effect:
    mandate = case.mandate.id if case.mandate else None
    return _Effect({"copies_asked": case.copies, "mandate": mandate, "reason": ""}, remark=f"{case.copies}份")


def _refused(_case: Case, order: Order, _signing: Signing) -> _Effect:
    return _Effect(
        {"applicant": "", "approver": "", "copies_asked": None, "mandate": None, "reason": order.remark}
    )


def _sealed(case: Case, order: Order, signing: Signing) -> _Effect:
    document, day = case.document, case.doing.day.isoformat()
    already = document.copies_sealed or 0
    more = order.copies or (document.copies_asked or 0) - already
    if already:  # the use of the seal keeps its day and its number in the seal register
        return _Effect({"copies_sealed": already + more}, remark=f"补盖{more}份")
    return _Effect({"copies_sealed": more, "sealed_on": day, "seal_serial": signing.seal_serial()})


def _issued(case: Case, order: Order, _signing: Signing) -> _Effect:
    copies = order.copies or case.document.copies_sealed
    receivers = order.receivers or case.document.addressee
    day = case.doing.day.isoformat()
    return _Effect({"copies_issued": copies, "issued_to": receivers, "issued_on": day})


def _sent_back(_case: Case, order: Order, _signing: Signing) -> _Effect:
    return _Effect({"reason": order.remark, "reviewer": "", "countersigners": ""})


def _voided(case: Case, order: Order, signing: Signing) -> _Effect:
    return _Effect({"reason": order.remark}, tuple(signing.void(case)))


_EFFECTS: Final[Mapping[str, Callable[[Case, Order, Signing], _Effect]]] = {
    life.REVIEW.name: _reviewed,
    life.REQUEST.name: _requested,
    life.REFUSE.name: _refused,
    life.APPLY.name: _sealed,
    life.ISSUE.name: _issued,
    life.RETURN.name: _sent_back,
    life.VOID.name: _voided,
}
"""A row for each step that sets more on a document than state, day and actor."""
