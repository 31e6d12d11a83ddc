"""Who may take a step: each duty of the table judged on the document, the actor and the mandate.

The same judges are asked when a step is about to be taken and when `verify` judges its entry again, years later and
from the record alone; what the record does not say is not known then, and a duty that needs it holds.
A workspace loosens a duty only by an entry in the record (`放宽`), which takes effect from there on.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Generic, Protocol, TypeVar

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


class Parties(Protocol):
    """A document, as far as duties look at it."""

    @property
    def drafter(self) -> str:
        """Return who drafted it."""

    @property
    def applicant(self) -> str:
        """Return who asked for the seal; empty while nobody has."""

    @property
    def approver(self) -> str:
        """Return who approved the use of the seal; empty while nobody has."""


P_co = TypeVar("P_co", bound=Parties, covariant=True)


@dataclass(frozen=True, slots=True)
class Act(Generic[P_co]):
    """A step as duties look at it.

    Args:
        step: the row of the table.
        document: as it stood before the step.
        actor: who takes it; from an entry only the unit acted for is known.
        mandate: under which it is sealed; None when there is none.
        is_known: whether the people sheet has somebody; None when it is no longer known, as the actor's roles then are.
    """

    step: Step
    document: P_co
    actor: Actor
    mandate: Mandate | None = None
    is_known: Callable[[str], bool] | None = None


def broken(act: Act[Document], loosened: frozenset[Duty]) -> Iterator[DutyBroken]:
    """Yield the duties that an act would break, but for those loosened."""
    for duty, reason in failings(act, loosened):
        yield DutyBroken(act.document.name, act.step.doing, act.actor.name, duty.value, reason)


def failings(act: Act[Parties], loosened: Container[Duty]) -> Iterator[tuple[Duty, str]]:
    """Yield each duty that an act breaks, but for those loosened, with the reason in Chinese."""
    for duty in act.step.duties:
        reason = _JUDGES[duty](act)
        if reason and duty not in loosened:
            yield duty, reason


def _may_be_known(act: Act[Parties], name: str) -> bool:
    return act.is_known is None or act.is_known(name)


def _known_drafter(act: Act[Parties]) -> str:
    name = act.document.drafter
    return (
        ""
        if act.is_known is None or act.is_known(name)
        else f"拟稿人“{name}”不在人员表中，分不清拟稿与签发是否同一人"
    )


def _not_drafter(act: Act[Parties]) -> str:
    return f"{act.actor.name}是拟稿人" if act.actor.name == act.document.drafter else ""


def leads(actor: Actor) -> bool:
    """Whether somebody leads the mechanism or its office."""
    return any(role.endswith(ending) for role in actor.roles for ending in LEADING)


def _leads(act: Act[Parties]) -> str:
    if act.is_known is None or leads(act.actor):
        return ""
    held = "、".join(act.actor.roles) or "没有机制职务"
    return f"{act.actor.name}在机制中的职务是：{held}" if act.actor.roles else f"{act.actor.name}{held}"


def _known_applicant(act: Act[Parties]) -> str:
    name = act.document.applicant
    return (
        ""
        if act.is_known is None or act.is_known(name)
        else f"用印申请人“{name}”不在人员表中，分不清申请与办理是否同一人"
    )


def _not_applicant(act: Act[Parties]) -> str:
    return f"{act.actor.name}是用印申请人" if act.actor.name == act.document.applicant else ""


def _did_not_ask(act: Act[Parties]) -> str:
    if act.actor.name == act.document.approver:
        return f"{act.actor.name}是用印批准人"
    return _not_applicant(act)


def _of_stamping_unit(act: Act[Parties]) -> str:
    unit = act.mandate.stamping_unit if act.mandate else ""
    if not unit or unit in act.actor.units:
        return ""
    return f"{act.actor.name}属于{act.actor.unit or '不明单位'}，不属于代章单位{unit}"


_JUDGES: Final[Mapping[Duty, Callable[[Act[Parties]], str]]] = {
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
