"""The rules judged again on what the entries say, so that no step stands that the rules of its time forbade.

Whoever changes a row of the register, takes a step on the strength of it and puts the row back leaves no row that
differs. But the step is in the chain, and the entries before it say what the row truly was. Duties and mandates are
judged by the code that judged them when the step was taken; what only the sheets of that day knew is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from docgen.dataclass import dataclass
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

_UNCHANGED: Final = frozenset(each.name for each in STEPS if Need.UNCHANGED in each.needs)
_MANDATED: Final = frozenset(each.name for each in STEPS if Need.MANDATE in each.needs)
JUDGED: Final = _UNCHANGED | _MANDATED | {each.name for each in (*STEPS, *DEEDS) if each.duties or each.by}
"""The steps that have rules which the record alone can judge."""
_STEPS: Final = {(each.name, before.value): each for each in reversed(STEPS) for before in each.before}
_BY_NAME: Final = {each.name: each for each in reversed((*STEPS, *DEEDS))}
WHOLE: Final = {"number": "code", "document": "key", "mandate": "title"}
"""A column that only a new row of a table is given."""
_REQUEST: Final = life.REQUEST.name
_UNKNOWN: Final = Sides()
_NOTHING: Final[Row] = {}


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


Known = dict[tuple[Any, ...], tuple[str, ...]]
"""What is broken in each case that was judged; the same few people do the same steps day after day.

A case is all that `_broken` looks at: deed, kind, people, and by their numbers the mandate and the entry that it is of.
"""


def judged(said: Row, tables: Tables, known: Known | None = None) -> list[DocgenError]:
    """Return the rules that an entry breaks.

    Args:
        said: the entry's body; its step is one of `JUDGED`.
        tables: the rows that follow from the entries before it.
        known: the cases of the same record judged so far, to which this one is added.
    """
    known = {} if known is None else known
    step, roles, duties = said["step"], said.get("roles"), tables["duty"]
    document = tables["document"].get(said["document"], _NOTHING)
    of = document.get
    number = of("mandate") if step != _REQUEST else _mandate_asked(said)
    loosened = _loosened(tables) if duties else ()
    case = (
        step, said["before"], said["actor"], said["unit"], said["day"], None if roles is None else tuple(roles),
        of("kind", ""), of("drafter"), of("reviewer"), of("applicant"), of("approver"),
        number, None if number is None else tables["mandate"].get(number, _NOTHING).get("entry"), loosened,
    )  # fmt: skip
    reasons = known.get(case)
    if reasons is None:
        reasons = known[case] = tuple(_broken(_Said.of(said), document, _mandate(number, tables), loosened))
    if step in _UNCHANGED and not _is_of_before(said, of("sha256")):
        reasons = ("所用的文件不是上一步登记的那一份", *reasons)
    return [RuleBroken(said["seq"], step, each) for each in reasons] if reasons else []


def _is_of_before(said: Row, sha256: Any) -> bool:
    """Whether a file of the digest is among those of an entry."""
    found = False
    for each in said["files"]:
        if each["sha256"] == sha256:
            found = True
    return found


def leaning(said: Row, tables: Tables) -> frozenset[Duty]:
    """Return the loosened duties that an entry would break, were they held to.

    Args:
        said: the entry's body.
        tables: the rows that follow from the entries before it.
    """
    loosened = _loosened(tables)
    if not loosened or said["step"] not in JUDGED:
        return frozenset()
    document, deed = tables["document"].get(said["document"], _NOTHING), _Said.of(said)
    asked = said["step"] == _REQUEST
    mandate = _mandate(_mandate_asked(said) if asked else document.get("mandate"), tables)
    act = Act(deed.row, _Parties.of(document), deed.by, mandate)
    return frozenset(duty for duty, _ in failings(act, ())).intersection(loosened)


def _loosened(tables: Tables) -> tuple[Duty, ...]:
    duties = tables["duty"]
    return tuple(duty for duty, values in duties.items() if values.get("loosened")) if duties else ()


def _broken(deed: _Said, document: Row, mandate: Mandate | None, loosened: tuple[Duty, ...]) -> Iterator[str]:
    """Yield what a deed breaks of roles, mandate and duties.

    Args:
        deed: as the entry says.
        document: as it stood before.
        mandate: under which it was done; None when it was never recorded.
        loosened: the duties loosened by then.
    """
    step, actor = deed.row, deed.by
    if not step.duties and not actor.may(step):
        yield f"{roles_of(actor)}，这件事由{'、'.join(step.by)}办理"
    if deed.step in _MANDATED:
        day = date.fromisoformat(deed.day)
        if mandate is None:
            yield "代章授权没有登记过"
        elif reason := hindrance(mandate, document.get("kind", ""), day, _UNKNOWN):
            yield f"第{mandate.id}号授权{reason}"
    if step.duties or deed.step in _MANDATED:
        act = Act(step, _Parties.of(document), actor, mandate)
        yield from (duty.value for duty, _ in failings(act, loosened))


def _mandate_asked(said: Row) -> Any:
    """Return the number of the mandate under which a seal is asked for; None for none."""
    for table, _, values in said["changes"]:
        if table == "document":
            return values.get("mandate")
    return None


def _mandate(number: Any, tables: Tables) -> Mandate | None:
    """Return a mandate as it stood before an entry; None when it was never recorded."""
    row = tables["mandate"].get(number)
    return Mandate.of_row({"id": number, **row}) if row and number is not None else None


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
