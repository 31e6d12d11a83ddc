"""Granting and ending mandates, and finding the one under which a document may be sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from docgen.register.books import Books
from docgen.register.document import Document
from docgen.register.duties import Doing
from docgen.register.life import Step
from docgen.register.mandate import Mandate
from docgen.register.record import Deed
from docgen.register.refusals import MandateEnded, MandateMissing, MandateUnsound, NoReason

GRANT: Final = "代章授权"
END: Final = "终止授权"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a new mandate says; see `Mandate`."""

    title: str
    number: str
    clause: str
    principal: str
    stamping_unit: str
    start: date
    end: date | None = None
    kinds: tuple[str, ...] = ()


def grant(books: Books, terms: Terms, doing: Doing) -> int:
    """Record a mandate and return its number.

    Raises:
        MandateUnsound: it has no granting document or clause, or ends before it begins.
    """
    reason = _unsound(terms)
    if reason:
        raise MandateUnsound(reason)
    number = max((each.id for each in books.mandates()), default=0) + 1
    row = {
        "title": terms.title,
        "number": terms.number,
        "clause": terms.clause,
        "principal": terms.principal,
        "stamping_unit": terms.stamping_unit,
        "kinds": "、".join(terms.kinds),
        "start": terms.start.isoformat(),
        "end": terms.end.isoformat() if terms.end else "",
        "remark": doing.remark,
    }
    change = ("mandate", number, row)
    books.add(
        Deed(GRANT, doing.day, doing.actor.name, doing.actor.unit, remark=doing.remark, changes=(change,))
    )
    return number


def end(books: Books, mandate: Mandate, doing: Doing) -> None:
    """End a mandate on a day, the last on which it is in force.

    Raises:
        NoReason: none is given.
        MandateEnded: it has been ended already.
        MandateUnsound: it began later.
    """
    if not doing.remark:
        raise NoReason(END)
    if mandate.ended_by and mandate.end:
        raise MandateEnded(mandate.id, mandate.end.isoformat())
    if doing.day < mandate.start:
        raise MandateUnsound(f"终止日期 {doing.day.isoformat()} 早于起始日期 {mandate.start.isoformat()}")
    row = {"end": doing.day.isoformat(), "ended_by": doing.actor.name, "remark": doing.remark}
    books.add(
        Deed(
            END,
            doing.day,
            doing.actor.name,
            doing.actor.unit,
            remark=doing.remark,
            changes=(("mandate", mandate.id, row),),
        )
    )


def mandate_for(
    document: Document, step: Step, day: date, mandates: Sequence[Mandate], stamping_unit: str
) -> Mandate:
    """Return the mandate under which a document may be sealed on a day, the latest of several.

    A mandate that was ended is not used for any step recorded after that, whatever its date. Once asked for under
    a mandate, the seal is approved and applied under the same.

    Raises:
        MandateMissing: there is none, with the reason each one does not serve.
    """
    asked = [each for each in mandates if document.mandate in (None, each.id)]
    serving = [each for each in asked if not _hindrance(document, day, each, stamping_unit)]
    if serving:
        return serving[-1]
    reasons = [f"第{each.id}号授权{_hindrance(document, day, each, stamping_unit)}" for each in asked]
    raise MandateMissing(document.name, step.name, "；".join(reasons) or "没有登记过代章授权")


def _hindrance(document: Document, day: date, mandate: Mandate, stamping_unit: str) -> str:
    """Return why a mandate does not serve a document on a day; empty when it does."""
    if mandate.ended_by:
        return f"已由{mandate.ended_by}登记于 {mandate.end} 终止"
    if not mandate.in_force(day):
        until = mandate.end.isoformat() if mandate.end else "长期"
        return f"的期限是 {mandate.start.isoformat()} 至 {until}，不含 {day.isoformat()}"
    if not mandate.covers(document.kind):
        return f"不涵盖“{document.kind}”（只涵盖{'、'.join(mandate.kinds)}）"
    if stamping_unit and mandate.stamping_unit != stamping_unit:
        return f"授权的代章单位是{mandate.stamping_unit}，不是{stamping_unit}"
    return ""


def _unsound(terms: Terms) -> str:
    for name, value in (
        ("授权文件名称", terms.title),
        ("授权文件文号", terms.number),
        ("代章条款", terms.clause),
        ("委托单位", terms.principal),
        ("代章单位", terms.stamping_unit),
    ):
        if not value.strip():
            return f"缺少{name}"
    if terms.principal == terms.stamping_unit:
        return "委托单位和代章单位相同，不需要代章"
    if terms.end and terms.end < terms.start:
        return f"止期 {terms.end.isoformat()} 早于起期 {terms.start.isoformat()}"
    return ""
