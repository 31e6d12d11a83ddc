"""The rules judged again on what the entries say, so that no step stands that the rules of its time forbade.

Whoever changes a row of the register, takes a step on the strength of it and puts the row back leaves no row that
differs. But the step is in the chain, and the entries before it say what the row truly was. Duties and mandates are
judged by the code that judged them when the step was taken; what only the sheets of that day knew is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from docgen.errors import DocgenError
from docgen.model.roles import capacities_on_record
from docgen.register import life
from docgen.register.audit_findings import NumberMismatch, RuleBroken
from docgen.register.duties import Act, Actor, failings, roles_of
from docgen.register.life import DEEDS, STEPS, Duty, Need, Step
from docgen.register.mandate import Mandate
from docgen.register.mandates import Sides, hindrance
from docgen.register.number import id_of, text_of

Row = Mapping[str, Any]
Tables = Mapping[str, Mapping[Any, Row]]
_MandateRow = tuple[int, tuple[tuple[str, Any], ...]]

_UNCHANGED: Final = frozenset(each.name for each in STEPS if Need.UNCHANGED in each.needs)
_MANDATED: Final = frozenset(each.name for each in STEPS if Need.MANDATE in each.needs)
JUDGED: Final = _UNCHANGED | _MANDATED | {each.name for each in (*STEPS, *DEEDS) if each.duties or each.by}
"""The steps that have rules which the record alone can judge."""
_STEPS: Final = {(each.name, before.value): each for each in reversed(STEPS) for before in each.before}
_BY_NAME: Final = {each.name: each for each in reversed((*STEPS, *DEEDS))}
WHOLE: Final = {"number": "code", "document": "key", "mandate": "title"}
"""A column that only a new row of a table is given."""
_UNKNOWN: Final = Sides()


@dataclass(frozen=True, slots=True)
class _Parties:
    """The people of a document, from its row; empty where nobody is named yet."""

    drafter: str
    reviewer: str
    applicant: str
    approver: str

    @classmethod
    def of(cls, row: Row) -> _Parties:
        """Return those of a row."""
        return cls(*(str(row.get(each, "")) for each in ("drafter", "reviewer", "applicant", "approver")))


def judged(said: Row, tables: Tables) -> Iterator[DocgenError]:
    """Yield the rules that an entry breaks.

    Args:
        said: the entry's body; its step is one of `JUDGED`.
        tables: the rows that follow from the entries before it.
    """
    document = tables["document"].get(said["document"], {})
    for reason in _reasons(said, document, tables):
        yield RuleBroken(said["seq"], said["step"], reason)


def _reasons(said: Row, document: Row, tables: Tables) -> Iterator[str]:
    step = said["step"]
    if step in _UNCHANGED and document.get("sha256") not in [each["sha256"] for each in said["files"]]:
        yield "所用的文件不是上一步登记的那一份"
    mandate = _mandate_row(said, document, tables)
    yield from _broken(
        _Said.of(said), document.get("kind", ""), _Parties.of(document), mandate, _loosened(tables)
    )


def leaning(said: Row, tables: Tables) -> frozenset[Duty]:
    """Return the loosened duties that an entry would break, were they held to.

    Args:
        said: the entry's body.
        tables: the rows that follow from the entries before it.
    """
    loosened = _loosened(tables)
    if not loosened or said["step"] not in JUDGED:
        return frozenset()
    document, deed = tables["document"].get(said["document"], {}), _Said.of(said)
    row = _mandate_row(said, document, tables)
    act = Act(deed.row, _Parties.of(document), deed.by, _mandate(*row) if row else None)
    return frozenset(duty for duty, _ in failings(act, ())).intersection(loosened)


def _loosened(tables: Tables) -> tuple[Duty, ...]:
    return tuple(duty for duty, values in tables["duty"].items() if values.get("loosened"))


@dataclass(frozen=True, slots=True)
class _Said:
    """What an entry says of a deed; the roles are not known of entries before version 4."""

    step: str
    before: str | None
    actor: str
    unit: str
    day: str
    roles: tuple[str, ...] | None

    @classmethod
    def of(cls, said: Row) -> _Said:
        """Return that of an entry's body."""
        roles = tuple(said["roles"]) if said.get("roles") is not None else None
        return cls(said["step"], said["before"], said["actor"], said["unit"], said["day"], roles)

    @property
    def row(self) -> Step:
        """Return the row of the table that it follows."""
        return _STEPS.get((self.step, self.before or "")) or _BY_NAME[self.step]

    @property
    def by(self) -> Actor:
        """Return who acted, as far as the entry says."""
        known = None if self.roles is None else capacities_on_record(self.roles)
        return Actor(self.actor, (self.unit,), self.roles or (), known)


@lru_cache(maxsize=4096)
def _broken(
    deed: _Said, kind: str, document: _Parties, row: _MandateRow | None, loosened: tuple[Duty, ...]
) -> tuple[str, ...]:
    """Return what a deed breaks of roles, mandate and duties; the same few people do the same steps day after day.

    Args:
        deed: as the entry says.
        kind: of the document.
        document: its people.
        row: of the mandate; None when it was never recorded.
        loosened: the duties loosened by then.
    """
    reasons: list[str] = []
    step, actor = deed.row, deed.by
    if not step.duties and not actor.may(step):
        reasons.append(f"{roles_of(actor)}，这件事由{'、'.join(step.by)}办理")
    mandate = _mandate(*row) if row else None
    if deed.step in _MANDATED:
        if mandate is None:
            reasons.append("代章授权没有登记过")
        elif reason := hindrance(mandate, kind, date.fromisoformat(deed.day), _UNKNOWN):
            reasons.append(f"第{mandate.id}号授权{reason}")
    if step.duties or deed.step in _MANDATED:
        act = Act(step, document, actor, mandate)
        reasons += [duty.value for duty, _ in failings(act, loosened)]
    return tuple(reasons)


def _mandate_row(said: Row, document: Row, tables: Tables) -> _MandateRow | None:
    """Return the mandate under which a step was taken, as it stood then; None when it was never recorded."""
    number = document.get("mandate")
    if said["step"] == life.REQUEST.name:
        asked = (values.get("mandate") for table, _, values in said["changes"] if table == "document")
        number = next(asked, None)
    row = tables["mandate"].get(number)
    return (number, tuple(row.items())) if row and number is not None else None


@lru_cache(maxsize=1000)
def _mandate(number: int, row: tuple[tuple[str, Any], ...]) -> Mandate:
    return Mandate.of_row({"id": number, **dict(row)})


def mismatched(tables: Tables) -> Iterator[DocgenError]:
    """Yield the numbers that a document has and the table of numbers has not for it, and the other way round."""
    numbers = {each["number"]: key for key, each in tables["document"].items() if each.get("number")}
    for key, each in tables["document"].items():
        number = each.get("number")
        if number and tables["number"].get(number.removesuffix("号"), {}).get("document") != key:
            yield NumberMismatch(number)
    for key, each in tables["number"].items():
        if each.get("document") is None:
            continue
        series: Any = (each.get("code"), each.get("year"), each.get("serial"))
        if numbers.get(text_of(*series)) != each["document"] or id_of(*series) != key:
            yield NumberMismatch(str(key))
