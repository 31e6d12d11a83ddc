"""Drafts that nobody signed, set aside by age: voided with a word, their files moved to 留存; nothing is deleted."""

from __future__ import annotations

from datetime import timedelta

from docgen.dataclass import dataclass
from docgen.office.desk import Desk
from docgen.office.life.orders import VOID, Order
from docgen.office.life.steps import Stepped, take
from docgen.register.document import Document


@dataclass(frozen=True)
class Tidied:
    """What was set aside, or would be: the documents as they stood; what the step did, None when only asked."""

    documents: tuple[Document, ...]
    stepped: Stepped | None


def tidy(desk: Desk, days: int, *, only_ask: bool = False) -> Tidied:
    """Void drafts that were not signed and about which nothing was recorded for so many days.

    Args:
        desk: where, by whom and on which day.
        days: of the calendar, since the last step.
        only_ask: whether nothing is to be done.

    Raises:
        Problems, DocgenError: the actor may not void drafts, or as any step.
    """
    last = (desk.today - timedelta(days=days)).isoformat()
    with desk.register.reading() as books:
        documents = books.documents()
    old = tuple(each for each in documents if each.state.is_unsigned and each.day.isoformat() <= last)
    if only_ask or not old:
        return Tidied(old, None)
    order = Order(VOID, tuple(str(each.id) for each in old), remark=f"{days}天以上没有签发，整理时移到留存")
    return Tidied(old, take(desk, order))
