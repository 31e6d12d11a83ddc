"""Whether what a notice puts under supervision stands in the ledger of supervisions once the notice is issued."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from docgen.errors import Advice, DocgenError
from docgen.model.fields import Record
from docgen.office.desk import Desk
from docgen.register import life
from docgen.register.document import Document
from docgen.register.life import Step


def not_in_ledger(desk: Desk, step: Step, documents: Sequence[Document]) -> Iterator[Advice]:
    """Yield which notices that were issued put a matter under supervision that the ledger does not have yet.

    Replies, extensions and lifting are kept in the row of the ledger; the office writes it. Where the sheets have
    faults, nothing is said.
    """
    from docgen.documents.more.lift import NOTICE

    issued = [each for each in documents if each.kind == NOTICE] if step.name == life.ISSUE.name else []
    if not issued:
        return
    with suppress(DocgenError):
        from docgen.documents.identity import MARK, Known, MadeFor, component_of
        from docgen.rules.supervised import is_listed

        records = desk.workspace.records()
        matters = Known((component_of(each), each) for kind in _matters_put() for each in records.of(kind))
        for document in issued:
            made_for = MadeFor.read(document.made_for)
            bare = (
                (tuple(part for part in each if part.source != MARK) for each in made_for.things)
                if made_for
                else ()
            )
            found = [matter for each in bare for matter in matters.find(each)]
            if found and not any(is_listed(each, records) for each in found):
                words = "请在督办表加一行，督办方式填“挂牌督办”，各日期照通知书填；答复、解除都登记在那一行"
                yield Advice("not-in-ledger", f"{document.name}：督办台账里还没有这件事，{words}")


def _matters_put() -> tuple[type[Record], ...]:
    """Return what a notice can put under supervision."""
    from docgen.model.approval import Approval
    from docgen.model.bottleneck import Bottleneck

    return Approval, Bottleneck
