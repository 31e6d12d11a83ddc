"""What a step sets on a document besides state, day and actor; a row for each step that sets more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from docgen.office.life.checks import Case
from docgen.office.life.orders import Order
from docgen.office.life.signing import Signing
from docgen.register import life
from docgen.register.record import Change

EDITED: Final = "稿子在上一步之后手工修改过"


@dataclass(frozen=True)
class Effect:
    """Columns of the document, rows of other tables, and what the remark adds."""

    values: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    remark: str = ""


def nothing_more(case: Case, order: Order, signing: Signing) -> Effect:
    """Set nothing besides state, day and actor."""
    del case, order, signing
    return Effect()


def _reviewed(case: Case, order: Order, signing: Signing) -> Effect:
    """From here on the file is the one that was reviewed."""
    del order, signing
    assert case.seen is not None  # noqa: S101  # the table says that the file is needed
    edited = case.seen.sha256 != case.document.sha256
    values = {"sha256": case.seen.sha256, "sm3": case.seen.sm3, "countersigners": "", "reason": ""}
    return Effect(values, (case.seen.change(case.document.id),), EDITED if edited else "")


def _requested(case: Case, order: Order, signing: Signing) -> Effect:
    del signing
    mandate = case.mandate.id if case.mandate else None
    return Effect(
        {"copies_asked": order.copies, "mandate": mandate, "reason": ""}, remark=f"{order.copies}份"
    )


def _refused(case: Case, order: Order, signing: Signing) -> Effect:
    del case, signing
    return Effect(
        {"applicant": "", "approver": "", "copies_asked": None, "mandate": None, "reason": order.remark}
    )


def _sealed(case: Case, order: Order, signing: Signing) -> Effect:
    document, day = case.document, case.doing.day.isoformat()
    already = document.copies_sealed or 0
    more = order.copies or (document.copies_asked or 0) - already
    if already:  # the use of the seal keeps its day and its number in the seal register
        return Effect({"copies_sealed": already + more}, remark=f"补盖{more}份")
    return Effect({"copies_sealed": more, "sealed_on": day, "seal_serial": signing.seal_serial()})


def _issued(case: Case, order: Order, signing: Signing) -> Effect:
    del signing
    copies = order.copies or case.document.copies_sealed
    receivers = order.receivers or case.document.addressee
    day = case.doing.day.isoformat()
    return Effect({"copies_issued": copies, "issued_to": receivers, "issued_on": day})


def _sent_back(case: Case, order: Order, signing: Signing) -> Effect:
    del case, signing
    return Effect({"reason": order.remark, "reviewer": "", "countersigners": ""})


def _voided(case: Case, order: Order, signing: Signing) -> Effect:
    return Effect({"reason": order.remark}, tuple(signing.void(case)))


EFFECTS: Final[Mapping[str, Callable[[Case, Order, Signing], Effect]]] = {
    life.REVIEW.name: _reviewed,
    life.REQUEST.name: _requested,
    life.REFUSE.name: _refused,
    life.APPLY.name: _sealed,
    life.ISSUE.name: _issued,
    life.RETURN.name: _sent_back,
    life.VOID.name: _voided,
}
