"""The openness mark of a document (开放标识, DA/T 18-2022): by the settings, by its kind, or as decided for itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from docgen.model.records import Records
from docgen.office.desk import Desk
from docgen.office.life.attachments import refuse_now
from docgen.office.life.finding import named
from docgen.office.life.recording import recording
from docgen.register.document import Document
from docgen.register.life import OPENNESS
from docgen.register.record import Deed, Entry
from docgen.register.refusals import NoReason
from docgen.settings import OPENNESS_MARKS

SETTING: Final = "开放标识"
"""The setting of a kind (文种设置) that says how open its documents are."""


def mark_of(kind: str, records: Records, usual: str, entries: Iterable[Entry]) -> tuple[str, str]:
    """Return the mark of a document, and what is wrong with it; empty where nothing is.

    Args:
        kind: of the document.
        records: the sheets, whose 文种设置 may have a mark for the kind.
        usual: the mark of the settings, for all else.
        entries: about the document; the last decision on it comes first of all.
    """
    decided = [each.deed.remark.partition("：")[0] for each in entries if each.deed.step == OPENNESS.name]
    said = records.settings_of(kind).get(SETTING)
    mark = decided[-1] if decided else said.value.strip() if said else usual
    if mark in OPENNESS_MARKS:
        return mark, ""
    return mark, f"“文种设置”表里“{kind}”的{SETTING}写的是“{mark}”，要写{'、'.join(OPENNESS_MARKS)}"


def decide(desk: Desk, asked: Sequence[str], mark: str, remark: str) -> list[Document]:
    """Record how open documents are, whatever their kind says.

    Args:
        desk: where, by whom and on which day.
        asked: the documents.
        mark: one of `OPENNESS_MARKS`.
        remark: the reason.

    Raises:
        NoReason: none is given.
        Problems: names that mean none or several.
        WrongState: a document is not issued yet.
        TooEarly, NotYet: the day is not right.
    """
    if not remark:
        raise NoReason(OPENNESS.doing)
    with recording(desk, OPENNESS, remark) as (books, doing):
        documents = named(books, asked)
        for each in documents:
            refuse_now(each, doing, OPENNESS)
        actor, day = doing.actor, doing.day
        books.add(
            *(
                Deed(
                    OPENNESS.name, day, actor.name, actor.unit, each.id, each.state, each.state, f"{mark}：{remark}",
                    (), (each.change(day=day.isoformat()),), actor.held,
                )
                for each in documents
            )
        )  # fmt: skip
    return documents
