"""What every deed besides the steps has in common: its day has come, its actor is known, the register is locked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from docgen.office.desk import Desk
from docgen.office.people import actor_on, office_records, refuse_without_role
from docgen.register.books import Books
from docgen.register.duties import Doing
from docgen.register.life import Step
from docgen.register.refusals import NotYet


@contextmanager
def recording(
    desk: Desk, step: Step, remark: str, *, unwitnessed: bool = False, adopted: bool = False
) -> Iterator[tuple[Books, Doing]]:
    """Give the books to add a deed to, and who does it.

    Args:
        desk: where, by whom and on which day.
        step: the row of the table that says who may do it.
        remark: reason or remark.
        unwitnessed: recorded although a witness contradicts the record.
        adopted: recorded although the register is another workspace's.

    Raises:
        NotYet: its day has not come.
        UnknownActor, NoPost: nobody is meant by the actor's name, or somebody without a post that day.
        NotLeading, RoleMissing: the actor has no role that lets them do it.
    """
    if desk.today > desk.now().date():
        raise NotYet(step.name, desk.today.isoformat())
    actor = actor_on(office_records(desk.workspace), desk.people.actor, desk.today)
    with desk.register.writing(unwitnessed=unwitnessed, adopted=adopted) as books:
        refuse_without_role(actor, step, books.loosened())
        yield books, Doing(actor, desk.today, remark)
