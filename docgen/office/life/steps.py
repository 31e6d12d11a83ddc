"""Taking a step in the life of documents: what is checked, what is recorded, and what happens to the files.

A call takes one step for several documents, all of them or none. Everything is checked under the register's lock and
on the files as they are at that moment; files are written before the record says so, and what signing makes
superfluous is cleared away after it, so that a killed process leaves every document in one definite state.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from docgen.errors import Advice, DocgenError, Problems
from docgen.model.records import Records
from docgen.office.life.checks import Case, Checker
from docgen.office.life.effects import EFFECTS, nothing_more
from docgen.office.life.finding import chosen
from docgen.office.life.orders import Order
from docgen.office.life.signing import Signing
from docgen.office.people import People, actor_on, office_records
from docgen.register import life
from docgen.register.books import Books
from docgen.register.document import Document
from docgen.register.duties import Doing
from docgen.register.life import State
from docgen.register.record import Deed
from docgen.register.store import Register
from docgen.workspace import Workspace


@dataclass(frozen=True)
class Taken:
    """A step that was taken: the document as it stands now, and its state before."""

    document: Document
    before: State


@dataclass(frozen=True)
class Stepped:
    """What a call did, and what should be known about it."""

    taken: tuple[Taken, ...]
    advices: tuple[Advice, ...] = ()


class Stepper:
    """Takes steps for one call of a command.

    Args:
        workspace: where.
        register: its register.
        people: who acts and who records.
        today: the day of the step.
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

    def take(self, order: Order) -> Stepped:
        """Take a step for the documents asked for.

        Raises:
            Problems: everything that forbids it, for all documents at once; nothing was recorded or written then.
            DocgenError: a single fault of names, sheets, files or the register.
        """
        records = office_records(self._workspace)
        doing = self._doing(records, order)
        with self._register.writing() as books, self._signing(books, records, doing, order) as signing:
            documents = chosen(books, order.documents, order.everything, order.step)
            checker = Checker(self._workspace, records, books, doing, self._now().date())
            cases = self._checked(checker, documents, order)
            for case in cases:
                books.add(*self._deeds(case, order, signing))
            taken = _taken(books, cases)
            signing.look_for_left_over()
        signing.clear_away()
        return Stepped(taken, tuple(signing.advices))

    def _signing(self, books: Books, records: Records, doing: Doing, order: Order) -> Signing:
        return Signing(self._workspace, records, books, doing, reserved=order.reserved)

    def _doing(self, records: Records, order: Order) -> Doing:
        stamping = records.mechanism.stamping_unit
        of_seal = order.step in (life.APPROVE, life.REFUSE, life.APPLY)
        wanted = stamping if of_seal else records.mechanism.host_unit
        actor = actor_on(
            records, self._people.actor, self._today, lambda name: wanted is not None and name == wanted.name
        )
        return Doing(actor, self._today, order.remark)

    def _checked(self, checker: Checker, documents: Sequence[Document], order: Order) -> list[Case]:
        cases: list[Case] = []
        faults: list[DocgenError] = []
        for document in documents:
            try:
                cases.append(checker.check(document, order.step, order.copies))
            except Problems as found:
                faults += found.faults
            except DocgenError as fault:
                faults.append(fault)
        Problems.raise_any({str(each): each for each in faults}.values())
        return cases

    def _deeds(self, case: Case, order: Order, signing: Signing) -> list[Deed]:
        """Return what is recorded of one step: usually one entry, of a signing several."""
        if case.step is life.SIGN:
            return signing.sign(case)
        effect = EFFECTS.get(case.step.name, nothing_more)(case, order, signing)
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
