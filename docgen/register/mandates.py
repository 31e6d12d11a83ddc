"""Granting and ending mandates, and finding the one under which a document may be sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from docgen.dataclass import dataclass
from docgen.register.books import Books
from docgen.register.document import Document
from docgen.register.duties import Doing
from docgen.register.life import END, GRANT, Step
from docgen.register.mandate import Mandate
from docgen.register.refusals import MandateEnded, MandateMissing, MandateUnsound, NoReason


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


@dataclass(frozen=True, slots=True)
class Sides:
    """Who the mechanism's sheet says is sealed for, and by whom; full names, empty for not said."""

    principal: str = ""
    stamping_unit: str = ""


def grant(books: Books, terms: Terms, doing: Doing) -> int:
    """Record a mandate and return its number.

    Raises:
        MandateUnsound: it has no granting document or clause, or ends before it begins.
    """
    reason = _unsound(terms) or _repeated(terms, books.mandates())
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
    books.add(doing.deed(GRANT, doing.remark, change))
    return number


def end(books: Books, mandate: Mandate, doing: Doing) -> None:
    """End a mandate: no step recorded from now on falls under it. One that would have ended earlier keeps that day.

    Raises:
        NoReason: none is given.
        MandateEnded: it has been ended already.
    """
    if not doing.remark:
        raise NoReason(END.name)
    if mandate.ended_by and mandate.end:
        raise MandateEnded(mandate.id, mandate.end.isoformat())
    day = min(mandate.end or doing.day, doing.day)
    remark = "；".join(filter(None, (mandate.remark, f"终止：{doing.remark}")))
    row = {"end": day.isoformat(), "ended_by": doing.actor.name, "remark": remark}
    change = ("mandate", mandate.id, row)
    books.add(doing.deed(END, doing.remark, change))


def mandate_for(
    document: Document, step: Step, day: date, mandates: Sequence[Mandate], sides: Sides
) -> Mandate:
    """Return the mandate under which a document may be sealed on a day, the latest of several.

    A mandate that was ended is not used for any step recorded after that, whatever its date. Once asked for under
    a mandate, the seal is approved and applied under the same.

    Raises:
        MandateMissing: there is none, with the reason each one does not serve.
    """
    asked = [each for each in mandates if document.mandate in (None, each.id)]
    hindered = {each: hindrance(each, document.kind, day, sides) for each in asked}
    serving = [each for each, reason in hindered.items() if not reason]
    if serving:
        return serving[-1]
    reasons = [f"第{each.id}号授权{reason}" for each, reason in hindered.items()]
    raise MandateMissing(document.name, step.doing, "；".join(reasons) or "没有登记过代章授权")


def hindrance(mandate: Mandate, kind: str, day: date, sides: Sides) -> str:
    """Return why a mandate does not serve a kind of document on a day; empty when it does.

    Asked when a step is about to be taken, and when its entry is judged again.

    Args:
        mandate: as it stands on record before the step.
        kind: of the document.
        day: of the step.
        sides: what the mechanism's sheet says; empty when that is not known any more.
    """
    if mandate.ended_by:
        return f"已由{mandate.ended_by}登记终止（{mandate.end}），此后不能再用"
    if not mandate.in_force(day):
        until = mandate.end.isoformat() if mandate.end else "长期"
        return f"的期限是 {mandate.start.isoformat()} 至 {until}，不含 {day.isoformat()}"
    if not mandate.covers(kind):
        return f"不涵盖“{kind}”（只涵盖{'、'.join(mandate.kinds)}）"
    if sides.principal and mandate.principal != sides.principal:
        return f"的委托单位是{mandate.principal}，不是{sides.principal}"
    if sides.stamping_unit and mandate.stamping_unit != sides.stamping_unit:
        return f"的代章单位是{mandate.stamping_unit}，不是{sides.stamping_unit}"
    return ""


def _repeated(terms: Terms, known: Sequence[Mandate]) -> str:
    """Return that the same mandate runs already; empty when none does."""
    said = (
        terms.number,
        terms.clause,
        terms.principal,
        terms.stamping_unit,
        terms.start,
        terms.end,
        terms.kinds,
    )
    for each in known:
        its = (each.number, each.clause, each.principal, each.stamping_unit, each.start, each.end, each.kinds)
        if its == said and not each.ended_by:
            return f"与第{each.id}号授权完全相同"
    return ""


def _unsound(terms: Terms) -> str:
    said = {
        "授权文件名称": terms.title,
        "授权文件文号": terms.number,
        "代章条款": terms.clause,
        "委托单位": terms.principal,
        "代章单位": terms.stamping_unit,
    }
    lacking = [name for name, value in said.items() if not value.strip()]
    if lacking:
        return f"缺少{'、'.join(lacking)}"
    if terms.principal == terms.stamping_unit:
        return "委托单位和代章单位相同，不需要代章"
    if terms.end and terms.end < terms.start:
        return f"止期 {terms.end.isoformat()} 早于起期 {terms.start.isoformat()}"
    return ""
