"""Signed documents that asked for an answer by a day that has passed, and got none.

A kind asks for an answer when it declares a date counted from its own (反馈期限, 答复期限); the first of them counts.
An answer is a reply (复函) attached to the document, or the reply of a row of the sheet 督办 about its matter; what is
done needs none, and neither does a bulletin or a report of a period, which names nobody who is to answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.documents.facts import Facts
from docgen.documents.frame.dates import deadlines_on
from docgen.documents.identity import MARK, Known, MadeFor, Thing, component_of
from docgen.documents.periods import PERIOD
from docgen.errors import DocgenError
from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.fields import Record
from docgen.model.meeting import Decision
from docgen.model.project import Project
from docgen.office.desk import Desk
from docgen.office.drafting.issued import replies_in
from docgen.register.document import Document
from docgen.rules.matters import term_of
from docgen.rules.supervised import supervisions_of

_MATTERS: Final = (Approval, Bottleneck, Decision)


@dataclass(frozen=True)
class Unanswered:
    """A document without an answer: by when it asked for one, and for how many working days that is past."""

    document: Document
    day: date
    late: int


def unanswered(desk: Desk, facts: Facts, documents: Iterable[Document]) -> Iterator[Unanswered]:
    """Yield the documents among some that went unanswered, in their order.

    Args:
        desk: the office, whose register knows the replies.
        facts: the sheets on the day of judging.
        documents: to look at; those that are not signed, or no longer in force, ask for nothing.
    """
    signed = [each for each in documents if each.number and not each.state.is_over]
    if not signed:
        return
    with desk.register.reading() as books:
        replied = replies_in(books)
    judge = _Judge(desk, facts)
    for each in signed:
        day = None if each.id in replied else judge.asked_by(each)
        if day and day < facts.today and judge.is_open(each):
            yield Unanswered(each, day, facts.calendar.between(day, facts.today))


class _Judge:
    """Knows by when kinds ask for answers, and what is still owed."""

    def __init__(self, desk: Desk, facts: Facts) -> None:
        self._desk, self._facts = desk, facts
        self._asked: dict[tuple[str, date], date | None] = {}
        records = facts.records
        self._matters = Known((component_of(each), each) for kind in _MATTERS for each in records.of(kind))
        self._projects = Known((component_of(each), each) for each in records.of(Project))

    def asked_by(self, document: Document) -> date | None:
        """Return by when a document asked for an answer; None for one of a kind that asks for none."""
        key = (document.kind, document.dated)
        if key not in self._asked:
            self._asked[key] = self._first_day(*key)
        return self._asked[key]

    def _first_day(self, title: str, dated: date) -> date | None:
        try:
            kind = self._desk.workspace.catalogue.bound(title, self._facts.records)
        except DocgenError:  # no longer declared, or wrongly: `kind check` says so
            return None
        return min(deadlines_on(kind, self._facts.on(dated)).values(), default=None)

    def is_open(self, document: Document) -> bool:
        """Whether anything that a document covers is owed and unanswered; what the sheets do not know is."""
        made_for = MadeFor.read(document.made_for)
        things = made_for.things if made_for else ()
        return any(self._is_owed(thing, document.dated) for thing in things)

    def _is_owed(self, thing: Thing, since: date) -> bool:
        bare = tuple(each for each in thing if each.source != MARK)
        if bare and all(each.source == PERIOD for each in bare):  # it tells everybody how things stand
            return False
        found = self._matters.find(bare)
        if found:
            return any(_owes(each) and not self._is_replied(each, since) for each in found)
        return self._owes_as_unit(bare)

    def _is_replied(self, record: Record, since: date) -> bool:
        rows = supervisions_of(record, self._facts.records)
        return any(each.replied is not None and each.replied >= since for each in rows)

    def _owes_as_unit(self, pair: Thing) -> bool:
        """Whether a unit still owes something of a project; True of what is no project and unit of the sheets."""
        found = self._projects.find(pair[:1]) if len(pair) > 1 else []
        approvals = (each for project in found for each in self._facts.records.approvals_of(project))
        mine = [each for each in approvals if component_of(each.unit)[0].is_same(pair[-1])]
        return not mine or any(each.state.pending for each in mine)


def _owes(record: Any) -> bool:
    return bool(record.state.pending if isinstance(record, Approval) else term_of(record)[0])
