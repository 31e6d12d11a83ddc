"""Who may take a step: each duty of the table judged on the document, the actor and the mandate.

The same judges are asked when a step is about to be taken and when `verify` judges its entry again, years later and
from the record alone; what the record does not say is not known then, and a duty that needs it holds.
A workspace loosens a duty only by an entry in the record (`放宽`), which takes effect from there on.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from datetime import date
from typing import Final, Generic, Protocol, TypeVar

from docgen.dataclass import dataclass
from docgen.model.names import plain
from docgen.model.roles import Capacity
from docgen.register.document import Document
from docgen.register.life import Duty, Step
from docgen.register.mandate import Mandate
from docgen.register.record import Change, Deed, Held
from docgen.register.refusals import DutyBroken

LATER: Final = frozenset((Duty.HOLDS_ROLE, Duty.REVIEWER_IS_NOT_SIGNATORY))
"""Duties that came with version 4: entries that do not say the actor's roles are not judged by them."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the posts held on the day of the step.

    Args:
        name: as in the people sheet.
        units: full names of the units in which posts are held, the one acted for first.
        roles: roles in the mechanism.
        capacities: what the roles let them do; None when the roles are not known, as from an old entry.
        held: post and roles as an entry records them.
    """

    name: str
    units: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    capacities: tuple[Capacity, ...] | None = None
    held: Held | None = None

    @property
    def unit(self) -> str:
        """Return the unit acted for; empty when none is known."""
        return self.units[0] if self.units else ""

    def may(self, step: Step) -> bool:
        """Whether one of the roles gives a capacity in which a step is taken; true when the roles are not known."""
        return self.capacities is None or not step.by or any(each in step.by for each in self.capacities)


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does something, on which day, and the reason or remark given."""

    actor: Actor
    day: date
    remark: str = ""

    def deed(self, step: Step, remark: str, *changes: Change) -> Deed:
        """Return what is recorded of a deed that concerns no document, with the rows that follow from it."""
        actor = self.actor
        return Deed(
            step.name, self.day, actor.name, actor.unit, remark=remark, changes=changes, held=actor.held
        )


class Parties(Protocol):
    """A document, as far as duties look at it."""

    @property
    def drafter(self) -> str:
        """Return who drafted it."""

    @property
    def reviewer(self) -> str:
        """Return who reviewed it; empty while nobody has."""

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
        is_known: whether the people sheet has somebody; None when it is no longer known.
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
        if duty in LATER and act.actor.capacities is None:
            continue
        reason = _JUDGES[duty](act)
        if reason and duty not in loosened:
            yield duty, reason


def _known_drafter(act: Act[Parties]) -> str:
    name = act.document.drafter
    return (
        ""
        if act.is_known is None or act.is_known(name)
        else f"拟稿人“{name}”不在人员表中，分不清拟稿与签发是否同一人"
    )


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's: a reader could not tell them apart."""
    return bool(one) and plain(one) == plain(other)


def _not_drafter(act: Act[Parties]) -> str:
    name = act.actor.name
    return f"{name}是拟稿人" if same_person(name, act.document.drafter) else ""


def _not_reviewer(act: Act[Parties]) -> str:
    name = act.actor.name
    return f"{name}是核稿人" if same_person(name, act.document.reviewer) else ""


def roles_of(actor: Actor) -> str:
    """Return what somebody's roles are, as a sentence."""
    held = "、".join(actor.roles)
    return f"{actor.name}的机制职务是：{held}" if held else f"{actor.name}没有机制职务"


def _leads(act: Act[Parties]) -> str:
    known = act.actor.capacities
    return "" if known is None or Capacity.HEAD in known else roles_of(act.actor)


def _holds_role(act: Act[Parties]) -> str:
    if act.actor.may(act.step):
        return ""
    return f"{roles_of(act.actor)}，这一步由{'、'.join(act.step.by)}办理"


def _known_applicant(act: Act[Parties]) -> str:
    name = act.document.applicant
    return (
        ""
        if act.is_known is None or act.is_known(name)
        else f"用印申请人“{name}”不在人员表中，分不清申请与办理是否同一人"
    )


def _not_applicant(act: Act[Parties]) -> str:
    name = act.actor.name
    return f"{name}是用印申请人" if same_person(name, act.document.applicant) else ""


def _did_not_ask(act: Act[Parties]) -> str:
    if same_person(act.actor.name, act.document.approver):
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
    Duty.REVIEWER_IS_NOT_SIGNATORY: _not_reviewer,
    Duty.HOLDS_ROLE: _holds_role,
}
