"""A kind's template rendered by docgen and by docxtpl on the workspace's own data, for those who come from docxtpl."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.dataclass import dataclass
from docgen.documents.facts import Facts
from docgen.documents.frame.drafting import drafts
from docgen.documents.frame.drafts import Asked
from docgen.documents.labels.views import tree_of
from docgen.errors import Advice, Problems
from docgen.office.desk import Desk
from docgen.office.drafting.making import with_needs
from docgen.office.templates import chosen, load
from docgen.template.compare import Comparison, compare

__all__ = ["Compared", "Comparison", "compared"]


@dataclass(frozen=True)
class Compared:
    """What comparing a kind's template brought; None where the sheets call for no document of the kind."""

    kind: str
    document: str
    comparison: Comparison | None


def compared(desk: Desk, names: Sequence[str]) -> tuple[list[Compared], list[Advice]]:
    """Render the template of each named kind, of all for none, for the first document that the sheets call for.

    Lists, which have no template, are passed over.

    Raises:
        UnknownKind, Problems: of names, sheets, declarations or templates.
        NoDocxtplExtra: docxtpl is not installed.
    """
    reading = desk.workspace.read()
    if reading.records is None:
        raise Problems(reading.faults)
    facts = Facts(reading.records, desk.today, desk.workspace.look)
    found: list[Compared] = []
    advices = list(reading.advices)
    for kind in chosen(desk.workspace, names, reading.records):
        if kind.is_list:
            continue
        template = load(desk.workspace, kind, reading.records)
        drafted = drafts(kind, facts, Asked(everything=True))
        made = drafted.drafts
        if not made:
            advices += [Advice(each.code, str(each)) for each in drafted.faults]
            found.append(Compared(kind.title, "", None))
            continue
        try:
            comparison = compare(template, made[0].compute(desk.today, tree_of(template.fields())))
        except Problems as gaps:
            raise with_needs(gaps, made[0]) from gaps
        found.append(Compared(kind.title, made[0].title, comparison))
    return found, advices
