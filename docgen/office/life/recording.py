"""What every deed besides the steps has in common: its day has come, its actor is known, the register is locked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from docgen.office.desk import Desk
from docgen.office.people import actor_on, office_records
from docgen.register.books import Books
from docgen.register.duties import Doing, leads
from docgen.register.refusals import NotLeading, NotYet


@contextmanager
def recording(
    desk: Desk, deed: str, remark: str, *, by_leader: bool = False, unwitnessed: bool = False
) -> Iterator[tuple[Books, Doing]]:
    """Give the books to add a deed to, and who does it.

    Args:
        desk: where, by whom and on which day.
        deed: the name under which it is recorded.
        remark: reason or remark.
        by_leader: only a leader of the mechanism or its office decides it.
        unwitnessed: recorded although a witness contradicts the record.

    Raises:
        NotYet: its day has not come.
        UnknownName, AmbiguousName, NoPost: nobody, or several people, are meant by the actor's name.
        NotLeading: the actor does not lead.
    """
    if desk.today > desk.now().date():
        raise NotYet(deed, desk.today.isoformat())
    actor = actor_on(office_records(desk.workspace), desk.people.actor, desk.today)
    with desk.register.writing(unwitnessed=unwitnessed) as books:
        if by_leader and not leads(actor):
            raise NotLeading(deed, actor.name, actor.roles or ("无",))
        yield books, Doing(actor, desk.today, remark)
