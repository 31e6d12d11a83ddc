"""Whether what a document was made for is still due when it is reviewed or signed.

Days may lie between drafting and signing; an approval that a reminder asks for may be done by then. Nothing is
refused, since the office may have its reasons: it is said, so that nobody signs what is over without knowing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, Final

from docgen.errors import Advice, DocgenError
from docgen.model.records import Records
from docgen.office.desk import Desk
from docgen.register import life
from docgen.register.document import Document
from docgen.register.life import Step

ASKED: Final = (life.REVIEW, life.SIGN)
"""The steps at which the sheets are asked."""
_NAMED: Final = 3


def no_longer_due(
    desk: Desk, sheets: Records | None, step: Step, documents: Sequence[Document]
) -> Iterator[Advice]:
    """Yield of which documents that were reviewed or signed some matters no longer meet the kind's conditions.

    Args:
        desk: where the step was taken.
        sheets: the records of all sheets; None where they have faults, of which nothing is said.
        step: that was taken.
        documents: for which it was.
    """
    asked = [each for each in documents if each.made_for] if step in ASKED else []
    if sheets is None or not asked:
        return
    with suppress(DocgenError):
        facts = _facts(desk, sheets, asked)
        for kind in dict.fromkeys(each.kind for each in asked):
            yield from _told([each for each in asked if each.kind == kind], desk, facts, step)


def _facts(desk: Desk, sheets: Records, documents: Sequence[Document]) -> Any:
    """Return what the sheets say on the day; the documents asked about are not among those that were signed."""
    from docgen.documents.facts import Facts
    from docgen.office.drafting.issued import issued_of
    from docgen.office.past import past_of

    issued = issued_of(desk.register, [each.id for each in documents])
    workspace = desk.workspace
    return Facts(sheets, desk.today, workspace.look, issued, past_of(workspace))


def _told(documents: Sequence[Document], desk: Desk, facts: Any, step: Step) -> Iterator[Advice]:
    from docgen.documents.identity import Known, MadeFor

    kind = desk.workspace.catalogue.bound(documents[0].kind, facts.records)
    matters = [each for each in kind.variants if each.source.holds in _matters()]
    if len(matters) < len(kind.variants):
        return
    due = Known(
        (variant.identity_of(thing), thing)
        for variant in matters
        for thing in variant.source.named((), facts)
        if all(part.holds(thing, facts) for part in variant.when.parts)
    )
    for document in documents:
        made_for = MadeFor.read(document.made_for)
        over = [each for each in (made_for.things if made_for else ()) if not due.find(each)]
        if over:
            names = ["".join(part.name for part in each[:2]) for each in over[:_NAMED]]
            words = f"“{'”“'.join(names)}”" + (f"等{len(over)}项" if len(over) > _NAMED else "")
            yield Advice(
                "no-longer-due",
                f"{document.name}写到的{words}，按现在的数据表已不符合制发条件（可能已经办结），"
                f"已照原稿登记{step.name}；请核对，不再需要的退回重拟或作废",
            )


def _matters() -> tuple[type, ...]:
    """Return what may be over before a document about it is signed."""
    from docgen.documents.identity import Lack, Pair
    from docgen.model.approval import Approval
    from docgen.model.bottleneck import Bottleneck
    from docgen.model.meeting import Decision
    from docgen.model.supervision import Supervision

    return Approval, Lack, Pair, Bottleneck, Decision, Supervision
