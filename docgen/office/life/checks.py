"""Whether a step may be taken now: state, dates, what the table of steps needs, and who may do it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Final

from docgen.dataclass import dataclass
from docgen.digests import digests_of
from docgen.documents.faults import NumberCodeMissing
from docgen.errors import DocgenError, Problems
from docgen.files import reason_of
from docgen.model.mechanism import Mechanism
from docgen.model.records import Records
from docgen.model.values import SealWording
from docgen.office.bounds import Inside
from docgen.office.people import is_known
from docgen.register import life
from docgen.register.document import Document
from docgen.register.duties import Act, Doing, broken
from docgen.register.life import STEPS, Duty, Need, State, Step
from docgen.register.mandate import Mandate
from docgen.register.mandates import Sides, mandate_for
from docgen.register.record import Change, Deed, FileRole, FileSeen
from docgen.register.refusals import (
    DatePassed,
    FileGone,
    FileNotRecorded,
    MandateMissing,
    NoCopies,
    NoReason,
    NotYet,
    OwnSealNot,
    SealedByIssuer,
    SealedByNobody,
    SealedByOffice,
    TooEarly,
    WrongCopies,
    WrongState,
)
from docgen.standard.forms.serial import ISSUE
from docgen.workspace import Workspace

_SHORT: Final = 12


@dataclass(frozen=True)
class Case:
    """A step that may be taken for a document.

    Args:
        step: the row of the table that applies.
        document: as it stands.
        doing: who, when, why.
        data: the file's bytes, where the step needs the file.
        seen: what the record says of that file.
        mandate: under which it is sealed, where the step needs one.
        copies: of paper, as given with the step.
        issued_by_another: whether an organ other than the office issues it, under a seal of its own.
    """

    step: Step
    document: Document
    doing: Doing
    data: bytes = b""
    seen: FileSeen | None = None
    mandate: Mandate | None = None
    copies: int | None = None
    issued_by_another: bool = False

    @property
    def after(self) -> State:
        """Return the state the step leads to."""
        return self.step.after or self.document.state

    def deed(self, name: str, remark: str, *changes: Change) -> Deed:
        """Return the deed that records the step."""
        files = (self.seen,) if self.seen else ()
        actor = self.doing.actor
        return Deed(
            name, self.doing.day, actor.name, actor.unit, self.document.id, self.document.state, self.after,
            remark, files, changes, actor.held,
        )  # fmt: skip


@dataclass(frozen=True)
class Grounds:
    """What the steps of one call rest on, within its transaction.

    Args:
        workspace: where the files are.
        inside: tells what lies in it.
        records: the sheets.
        doing: who, when, why.
        clock_day: the real day; nothing is recorded before it was done.
        mandates: all that are on record.
        loosened: the duties nobody has to hold to now.
    """

    workspace: Workspace
    inside: Inside
    records: Records
    doing: Doing
    clock_day: date
    mandates: Sequence[Mandate]
    loosened: frozenset[Duty]

    @property
    def sides(self) -> Sides:
        """Return who is sealed for, and by whom, as the mechanism's sheet says."""
        return sides_of(self.records.mechanism)

    def mandate_for(self, document: Document, step: Step) -> Mandate:
        """Return the mandate in force that covers a step. Raises MandateMissing."""
        return mandate_for(document, step, self.doing.day, self.mandates, self.sides)


def checked(grounds: Grounds, document: Document, asked: Step, copies: int | None = None) -> Case:
    """Return the case of a step that may be taken.

    Args:
        grounds: on which it is judged.
        document: for which.
        asked: a row of the table; the row of its name that fits the document's state is taken.
        copies: of paper, where the step is about some; where nobody says how many the seal is asked for, those that
            the sheet 文种 gives for the kind.

    Raises:
        WrongState: the step does not follow the document's state; nothing else is looked at then.
        Problems: all else that forbids it.
    """
    step, doing, records = row_for(document, asked), grounds.doing, grounds.records
    wrong_dates = list(_about_dates(grounds, document, step))
    found = list(wrong_dates)
    data, seen = file_of(grounds.inside, document, step) if Need.FILE in step.needs else (b"", None)
    unsealed = why_not_sealed(grounds, document) if step is life.REQUEST else None
    found += (unsealed,) if unsealed else ()
    mandate = None if unsealed else _mandate(grounds, document, step, found)
    by_another = _is_of_another(grounds, document)
    if copies is None and step is life.REQUEST:
        copies = records.copies_count(document.kind)
    case = Case(step, document, doing, data, seen, mandate, copies, by_another)
    for need in _needs_of(step, grounds.workspace, document):
        found += _CHECKS[need](case, records) if need in _CHECKS else ()
    found += _stale(grounds, document) if Need.FRESH in step.needs and not wrong_dates else ()
    act = Act(step, document, doing.actor, mandate, lambda name: is_known(records, name))
    found += broken(act, grounds.loosened)
    Problems.raise_any(found)
    return case


def _needs_of(step: Step, workspace: Workspace, document: Document) -> Iterator[Need]:
    """Yield what a step needs for a document: one whose form nobody seals (minutes, a serial) is issued without."""
    sealed = is_sealed_kind(workspace, document)
    yield from (each for each in step.needs if sealed or each is not Need.OWN_SEAL)


def _stale(grounds: Grounds, document: Document) -> Iterator[DocgenError]:
    """Yield the dates that a document asks for something by and that the day of signing has reached.

    Where the kind says what keeps a thing out of its documents (a meeting that is past), that is yielded too.
    What is wrong with the declaration of its kind, or that there is none any more, keeps nothing from being signed;
    nor do the dates of a kind a document that somebody wrote, which has its own.
    """
    from docgen.documents.facts import Facts
    from docgen.documents.frame.dates import deadlines_on
    from docgen.documents.identity import MadeFor

    made_for = MadeFor.read(document.made_for)
    if made_for and made_for.is_by_hand:
        return
    with suppress(DocgenError):
        kind = grounds.workspace.catalogue.bound(document.kind, grounds.records)
        if made_for and kind.more and kind.more.hindered:
            from docgen.documents.frame.drafting import hindrances

            yield from hindrances(kind, Facts(grounds.records, grounds.doing.day), made_for)
        for name, asked in deadlines_on(kind, Facts(grounds.records, document.dated)).items():
            if asked <= grounds.doing.day:
                day = grounds.doing.day.isoformat()
                yield DatePassed(document.name, name, asked.isoformat(), day, document.kind)


def _about_dates(grounds: Grounds, document: Document, step: Step) -> Iterator[DocgenError]:
    day = grounds.doing.day
    if day > grounds.clock_day:
        yield NotYet(step.name, day.isoformat())
    if day < document.day:
        yield TooEarly(document.name, step.doing, day.isoformat(), document.day.isoformat())


def file_of(inside: Inside, document: Document, step: Step) -> tuple[bytes, FileSeen]:
    """Read a document's file. Raises FileGone when it is not there."""
    try:
        data = inside.read(inside.place(document.path))
    except OSError as fault:
        gone = isinstance(fault, FileNotFoundError)
        where = document.path if gone else f"{document.path}（{reason_of(fault)}）"
        raise FileGone(document.name, step.doing, where) from fault
    digests = digests_of(data)
    role = FileRole.DRAFT if document.state.is_unsigned else FileRole.FINAL
    return data, FileSeen(role, document.path, digests.sha256, digests.sm3, len(data))


def _mandate(grounds: Grounds, document: Document, step: Step, found: list[DocgenError]) -> Mandate | None:
    """Return the mandate a step falls under; what is wrong with it is added to what was found."""
    if Need.OWN_SEAL in step.needs:
        with suppress(MandateMissing):
            return grounds.mandate_for(document, step)
    if Need.MANDATE not in step.needs:
        return next((each for each in grounds.mandates if each.id == document.mandate), None)
    try:
        return grounds.mandate_for(document, step)
    except MandateMissing as fault:
        found.append(fault)
        return None


def why_not_sealed(grounds: Grounds, document: Document) -> DocgenError | None:
    """Return why nobody asks for the office's seal on a document; None for one that may be sealed on its behalf."""
    if not is_sealed_kind(grounds.workspace, document):
        return SealedByNobody(document.name, document.kind)
    if _is_of_another(grounds, document):
        return SealedByIssuer(document.name)
    if grounds.records.mechanism.seal_wording is not SealWording.OWN_SEAL:
        return None
    with suppress(MandateMissing):  # a mandate in force means that the office has no seal of its own
        grounds.mandate_for(document, life.REQUEST)
        return None
    return SealedByOffice(document.name, grounds.records.mechanism.office)


def _is_of_another(grounds: Grounds, document: Document) -> bool:
    """Whether another organ issues a document under its own seal (印发通知)."""
    from docgen.documents.facts import Facts
    from docgen.documents.frame.issuing import is_issued_by_another

    with suppress(DocgenError):
        kind = grounds.workspace.catalogue.bound(document.kind, grounds.records)
        return is_issued_by_another(kind, Facts(grounds.records, document.dated))
    return False


def is_sealed_kind(workspace: Workspace, document: Document) -> bool:
    """Whether documents of a kind are sealed: minutes and serials are not."""
    from docgen.standard.forms.catalogue import FORMS

    declared = workspace.catalogue.titled(document.kind)
    return declared is None or FORMS[declared.form].signed


def sides_of(mechanism: Mechanism) -> Sides:
    """Return who is sealed for, and by whom, as the mechanism's sheet says."""
    stamping = mechanism.stamping_unit
    return Sides(mechanism.office, stamping.name if stamping else "")


def row_for(document: Document, asked: Step) -> Step:
    """Return the row of a step's name that fits a document's state. Raises WrongState."""
    for step in STEPS:
        if step.name == asked.name and document.state in step.before:
            return step
    raise WrongState(document.name, document.state.value, asked.doing, document.next_steps)


def _unchanged(case: Case, _records: Records) -> Iterator[DocgenError]:
    if case.seen:
        yield from altered_since(case.document, case.seen, case.step)


def altered_since(document: Document, seen: FileSeen, step: Step) -> Iterator[FileNotRecorded]:
    """Yield that a document's file is another than at its last step."""
    if seen.sha256 != document.sha256 or (seen.sm3 and document.sm3 and seen.sm3 != document.sm3):
        yield FileNotRecorded(
            document.name, step.doing, document.path, document.state.value, seen.sha256[:_SHORT],
            document.sha256[:_SHORT], document.state.is_unsigned,
        )  # fmt: skip


def _finished(case: Case, _records: Records) -> Iterator[DocgenError]:
    """Yield that tracked changes, comments or placeholders are left in the file."""
    from docgen.lint.unfinished import plainly_finished, refuse_unfinished

    try:
        if not plainly_finished(case.data, case.document.path):
            refuse_unfinished(case.data, case.document.path)
    except DocgenError as fault:
        yield fault


def _code(case: Case, records: Records) -> Iterator[DocgenError]:
    if records.number_code(case.document.kind) is None and case.document.number_place != ISSUE:
        yield NumberCodeMissing(case.document.kind, "编")


def _reason(case: Case, _records: Records) -> Iterator[DocgenError]:
    if not case.doing.remark:
        yield NoReason(case.step.name)


def _copies(case: Case, _records: Records) -> Iterator[DocgenError]:
    """Yield that no copies are asked for, or more are sealed than approved, or issued than sealed."""
    document, copies, step = case.document, case.copies, case.step
    unsaid = copies is None and step is life.REQUEST
    if unsaid or (copies is not None and copies < 1):
        yield NoCopies(document.name, step.doing)
    elif step.name == life.APPLY.name and document.copies_asked:
        already = document.copies_sealed or 0
        total = already + (copies or max(1, document.copies_asked - already))
        if total > document.copies_asked:
            yield WrongCopies(document.name, "一共盖章", total, "批准", document.copies_asked)
    elif step is life.ISSUE and copies and document.copies_sealed and copies > document.copies_sealed:
        yield WrongCopies(document.name, "印发", copies, "盖章", document.copies_sealed)


def _own_seal(case: Case, records: Records) -> Iterator[DocgenError]:
    own = records.mechanism.stamping_unit is None and case.mandate is None
    if not (own or case.issued_by_another):
        yield OwnSealNot(case.document.name)


_CHECKS: Final[Mapping[Need, Callable[[Case, Records], Iterator[DocgenError]]]] = {
    Need.UNCHANGED: _unchanged,
    Need.FINISHED: _finished,
    Need.CODE: _code,
    Need.REASON: _reason,
    Need.COPIES: _copies,
    Need.OWN_SEAL: _own_seal,
}
"""How each need is judged; the others are met by the state, or by what `checked` does first."""
