"""Who may take a step: each duty of the table judged on the document, the actor and the mandate.

A workspace loosens a duty only by an entry in the record (`放宽`), which takes effect from there on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from docgen.register.document import Document
from docgen.register.life import Duty, Step
from docgen.register.mandate import Mandate
from docgen.register.refusals import DutyBroken

LEADING: Final = ("召集人", "组长", "指挥长", "办公室主任", "办公室副主任", "负责人")
"""Endings of the roles in a mechanism whose holders may sign its documents."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the posts held on the day of the step.

    Args:
        name: as in the people sheet.
        units: full names of the units in which posts are held, the one acted for first.
        roles: roles in the mechanism.
        known: whether the people sheet has them.
    """

    name: str
    units: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    known: bool = True

    @property
    def unit(self) -> str:
        """Return the unit acted for; empty when none is known."""
        return self.units[0] if self.units else ""


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does something, on which day, and the reason or remark given."""

    actor: Actor
    day: date
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """A step about to be taken, as duties look at it; `is_known` says whether the people sheet has somebody."""

    step: Step
    document: Document
    actor: Actor
    mandate: Mandate | None = None
    is_known: Callable[[str], bool] = bool


def broken(act: Act, loosened: frozenset[Duty]) -> Iterator[DutyBroken]:
    """Yield the duties that an act would break, but for those loosened."""
    for duty in act.step.duties:
        reason = "" if duty in loosened else _JUDGES[duty](act)
        if reason:
            yield DutyBroken(act.document.name, act.step.doing, act.actor.name, duty.value, reason)


def _known_drafter(act: Act) -> str:
    name = act.document.drafter
    return "" if act.is_known(name) else f"拟稿人“{name}”不在人员表中，分不清拟稿与签发是否同一人"


def _not_drafter(act: Act) -> str:
    return f"{act.actor.name}是拟稿人" if act.actor.name == act.document.drafter else ""


def leads(actor: Actor) -> bool:
    """Whether somebody leads the mechanism or its office."""
    return any(role.endswith(ending) for role in actor.roles for ending in LEADING)


def _leads(act: Act) -> str:
    if leads(act.actor):
        return ""
    held = "、".join(act.actor.roles) or "没有机制职务"
    return f"{act.actor.name}在机制中的职务是：{held}" if act.actor.roles else f"{act.actor.name}{held}"


def _known_applicant(act: Act) -> str:
    name = act.document.applicant
    return "" if act.is_known(name) else f"用印申请人“{name}”不在人员表中，分不清申请与办理是否同一人"


def _not_applicant(act: Act) -> str:
    return f"{act.actor.name}是用印申请人" if act.actor.name == act.document.applicant else ""


def _did_not_ask(act: Act) -> str:
    if act.actor.name == act.document.approver:
        return f"{act.actor.name}是用印批准人"
    return _not_applicant(act)


def _of_stamping_unit(act: Act) -> str:
    unit = act.mandate.stamping_unit if act.mandate else ""
    if not unit or unit in act.actor.units:
        return ""
    return f"{act.actor.name}属于{act.actor.unit or '不明单位'}，不属于代章单位{unit}"


_JUDGES: Final[Mapping[Duty, Callable[[Act], str]]] = {
    Duty.KNOWN_DRAFTER: _known_drafter,
    Duty.DRAFTER_IS_NOT_SIGNATORY: _not_drafter,
    Duty.SIGNATORY_LEADS: _leads,
    Duty.VOIDER_LEADS: _leads,
    Duty.KNOWN_APPLICANT: _known_applicant,
    Duty.APPLICANT_IS_NOT_APPROVER: _not_applicant,
    Duty.APPROVER_OF_STAMPING_UNIT: _of_stamping_unit,
    Duty.KEEPER_OF_STAMPING_UNIT: _of_stamping_unit,
    Duty.KEEPER_DID_NOT_ASK: _did_not_ask,
    Duty.REVIEWER_IS_NOT_DRAFTER: _not_drafter,
}
