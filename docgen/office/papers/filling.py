"""Filling in the forms that people sign: a document's 发文稿纸, and its 用印审批单 once it has a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from docgen.dataclass import dataclass
from docgen.files import set_aside, staged
from docgen.model.mechanism import Mechanism
from docgen.model.records import Records
from docgen.office.desk import Desk
from docgen.office.life.checks import sides_of
from docgen.office.life.finding import Story, named, story_of
from docgen.office.life.steps import EDITED
from docgen.office.papers.forms import Hand, RoutingForm, SealForm, routing_form, seal_form
from docgen.office.papers.names import PAPERS, ROUTING, SEALING, draft_mark, form_name
from docgen.office.people import office_records
from docgen.register import life
from docgen.register.mandate import Mandate
from docgen.register.mandates import Sides, mandate_for
from docgen.register.record import TAKEN_OVER, Entry
from docgen.register.refusals import MandateMissing
from docgen.standard.measures.fonts import Faces
from docgen.standard.wording.text import official_date


@dataclass(frozen=True)
class Filled:
    """A form that was written; `kept` is where an earlier one that said otherwise is now."""

    path: Path
    kept: Path | None = None


def write_forms(desk: Desk, asked: Sequence[str]) -> list[Filled]:
    """Write the forms of documents, filled in with what is on record, into the folder 单据 of their year and kind.

    Raises:
        Problems: names that mean none or several, or faults of the sheets.
        CannotWrite: the operating system refuses.
    """
    records = office_records(desk.workspace)
    with desk.register.reading() as books:
        stories = [story_of(books, str(each.id)) for each in named(books, asked)]
        mandates = books.mandates()
    return _written([form for each in stories for form in _drawn(desk, each, records, mandates)])


def _drawn(
    desk: Desk, story: Story, records: Records, mandates: Sequence[Mandate]
) -> Iterator[tuple[Path, bytes]]:
    """Yield the forms of a document, each with its place."""
    document = story.document
    folder = desk.workspace.out / str(document.dated.year) / document.kind / PAPERS
    mark = document.number or draft_mark(document.id)
    for name, data in _forms(story, records, mandates, desk.today, desk.workspace.look.faces):
        yield folder / form_name(mark, document.addressee, name), data


def _written(drawn: Sequence[tuple[Path, bytes]]) -> list[Filled]:
    stale = [(path, data) for path, data in drawn if not (path.is_file() and path.read_bytes() == data)]
    with staged() as staging:
        for path, data in stale:
            staging.add(path, data)
        staging.take_over(staging.hand_over())  # on the disk before earlier ones are moved
        kept = {path: set_aside(path) for path, _ in stale if path.is_file()}
    return [Filled(path, kept.get(path)) for path, _ in drawn]


def _forms(
    story: Story, records: Records, mandates: Sequence[Mandate], today: date, faces: Faces
) -> Iterator[tuple[str, bytes]]:
    mechanism, usual = records.mechanism, records.copies_count(story.document.kind)
    yield ROUTING, routing_form(routing_values(story, mechanism, usual), faces)
    if story.document.number and (mechanism.stamping_unit or story.mandate):
        yield SEALING, seal_form(seal_values(story, mechanism, mandates, today), faces)


def routing_values(story: Story, mechanism: Mechanism, usual: int | None) -> RoutingForm:
    """Return what is on record for a 发文稿纸; before copies are asked for, how many of its kind are usual."""
    document, entries = story.document, story.entries
    countersigners = (each for each in document.countersigners.split("、") if each)
    copies = document.copies_asked or document.copies_issued or usual
    return RoutingForm(
        organ=mechanism.office,
        reference=f"{document.id}（公文已{document.state.value}）"
        if document.state.is_over
        else str(document.id),
        title=document.title,
        kind=document.kind,
        addressees=document.receivers or document.addressee,
        copies_to=document.copies_to or None,
        annexes=document.annexes or None,
        copies=str(copies) if copies else None,
        number=document.number or None,
        date=official_date(document.dated) if document.number else None,
        drafter=_drafter(entries, document.drafter),
        reviewer=_hand(entries, life.REVIEW.name, document.reviewer),
        signatory=_hand(entries, life.SIGN.name, document.signatory),
        countersigners=tuple(
            _hand(entries, life.COUNTERSIGN.name, each, with_unit=True) for each in countersigners
        ),
    )


def seal_values(story: Story, mechanism: Mechanism, mandates: Sequence[Mandate], today: date) -> SealForm:
    """Return what is on record for a 用印审批单; before the request, with the mandate that would serve today."""
    document, entries = story.document, story.entries
    stamping = mechanism.stamping_unit.name if mechanism.stamping_unit else ""
    mandate = story.mandate or _serving(story, mandates, today, sides_of(mechanism))
    over = document.state.is_over
    return SealForm(
        organ=mechanism.office,
        reference=str(document.id),
        title=document.title,
        number=document.number,
        copies=str(document.copies_asked) if document.copies_asked else None,
        principal=mandate.principal if mandate else mechanism.office,
        stamping_unit=mandate.stamping_unit if mandate else stamping,
        mandate_document=f"《{mandate.title}》" if mandate else None,
        mandate_number=mandate.number if mandate else None,
        mandate_clause=mandate.clause if mandate else None,
        applicant=_hand(entries, life.REQUEST.name, document.applicant),
        approver=_hand(entries, life.APPROVE.name, document.approver),
        seal_keeper=_hand(entries, life.APPLY.name, document.keeper),
        copies_sealed=str(document.copies_sealed) if document.copies_sealed else None,
        sha256=document.sha256,
        sm3=document.sm3 or None,
        remark=f"公文已{document.state.value}：{document.reason}" if over else None,
    )


def _serving(story: Story, mandates: Sequence[Mandate], today: date, sides: Sides) -> Mandate | None:
    try:
        return mandate_for(story.document, life.REQUEST, today, mandates, sides)
    except MandateMissing:
        return None


def _hand(entries: Sequence[Entry], step: str, name: str, *, with_unit: bool = False) -> Hand:
    """Return the last time a person took a step; blank for a step that does not stand any more."""
    taken = [each.deed for each in entries if each.deed.step == step and each.deed.actor == name]
    if not name or not taken:
        return Hand()
    deed = taken[-1]
    opinion = deed.remark.removesuffix(EDITED).removesuffix("；")
    return Hand(name, official_date(deed.day), deed.unit or None if with_unit else None, opinion or None)


def _drafter(entries: Sequence[Entry], name: str) -> Hand:
    drafted = [each.deed for each in entries if each.deed.step in (life.DRAFT.name, TAKEN_OVER)]
    if not drafted:
        return Hand(name)
    return Hand(name, official_date(drafted[-1].day), drafted[-1].unit or None)
