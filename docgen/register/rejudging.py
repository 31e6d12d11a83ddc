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
from docgen.register.life import DEEDS, STEPS, Need, Step
from docgen.register.mandate import Mandate
from docgen.register.mandates import Sides, hindrance
from docgen.register.number import id_of, text_of

Row = Mapping[str, Any]
Tables = Mapping[str, Mapping[Any, Row]]

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
    """The people of a document, from its row."""

    row: Row

    @property
    def drafter(self) -> str:
        """Return who drafted it."""
        return str(self.row.get("drafter", ""))

    @property
    def reviewer(self) -> str:
        """Return who reviewed it."""
        return str(self.row.get("reviewer", ""))

    @property
    def applicant(self) -> str:
        """Return who asked for the seal."""
        return str(self.row.get("applicant", ""))

    @property
    def approver(self) -> str:
        """Return who approved the use of the seal."""
        return str(self.row.get("approver", ""))


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
    row: Step = _STEPS.get((step, said["before"])) or _BY_NAME[step]
    actor = _actor(said["actor"], said["unit"], said.get("roles"))
    if not row.duties and not actor.may(row):
        yield f"{roles_of(actor)}，这件事由{'、'.join(row.by)}办理"
    if not (row.duties or step in _MANDATED):
        return
    mandate = _mandate_of(said, document, tables)
    if step in _MANDATED:
        if mandate is None:
            yield "代章授权没有登记过"
        elif reason := hindrance(
            mandate, document.get("kind", ""), date.fromisoformat(said["day"]), _UNKNOWN
        ):
            yield f"第{mandate.id}号授权{reason}"
    act = Act(row, _Parties(document), actor, mandate)
    loosened = [duty for duty, values in tables["duty"].items() if values.get("loosened")]
    for duty, _ in failings(act, loosened):
        yield duty.value


def _actor(name: str, unit: str, roles: Any) -> Actor:
    """Return who acted, as far as an entry says; the roles are not known of entries before version 4."""
    return _known_actor(name, unit, None if roles is None else tuple(roles))


@lru_cache(maxsize=1000)
def _known_actor(name: str, unit: str, roles: tuple[str, ...] | None) -> Actor:
    if roles is None:
        return Actor(name, (unit,))
    return Actor(name, (unit,), roles, capacities_on_record(roles))


def _mandate_of(said: Row, document: Row, tables: Tables) -> Mandate | None:
    """Return the mandate under which a step was taken, as it stood then; None when it was never recorded."""
    number = document.get("mandate")
    if said["step"] == life.REQUEST.name:
        asked = (values.get("mandate") for table, _, values in said["changes"] if table == "document")
        number = next(asked, None)
    row = tables["mandate"].get(number)
    return _mandate(number, tuple(row.items())) if row else None


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
