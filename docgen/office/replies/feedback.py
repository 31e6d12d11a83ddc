"""The feedback table of a notice: who answers for each approval, and by when the unit says that it will be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from docgen.documents.identity import MadeFor, component_of, is_same
from docgen.model.approval import Approval
from docgen.model.names import plain
from docgen.model.records import Records
from docgen.register.document import Document
from docgen.standard.build.filled import FormTable

RECORDED: Final[Mapping[str, str]] = {"责任人": "responsible", "计划办结日期": "promised"}
"""The columns that go into a field of the approval; what a unit plans is its promise and moves no deadline."""
FEEDBACK: Final = FormTable("事项", (*RECORDED, "职务", "联系电话"))
BETWEEN: Final = "·"


def values_of(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return what was filled in, by what each row is about and the head of the column."""
    return {
        f"{row[FEEDBACK.about]}{BETWEEN}{place}": row[place]
        for row in rows
        for place in FEEDBACK.places
        if row[place]
    }


def answered(
    rows: Sequence[Mapping[str, str]], document: Document, records: Records
) -> Iterator[tuple[Approval, Mapping[str, str]]]:
    """Yield each approval that a row is about, with the row; a row about leading a project is about none.

    Args:
        rows: of the table.
        document: the notice.
        records: of the office.
    """
    made = MadeFor.read(document.made_for)
    owed = [each for each in records.of(Approval) if made and _is_of(each, made)]
    for row in rows:
        about = plain(row[FEEDBACK.about])
        found = [each for each in owed if about in _names(each)]
        if len(found) == 1:
            yield found[0], row


def _is_of(approval: Approval, made: MadeFor) -> bool:
    """Whether a notice covers an approval: one of its project and its unit."""
    thing = (*component_of(approval.project), *component_of(approval.unit))
    return any(is_same(thing, each) for each in made.things)


def _names(approval: Approval) -> tuple[str, str]:
    """Return how the rows of a table call an approval, with its project before it where there are several."""
    item, project = approval.item.name, approval.project.name
    return plain(item), plain(f"{project}：{item}")
