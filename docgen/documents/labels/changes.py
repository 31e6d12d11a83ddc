"""What the rules derive for changes of the list and of the roster, by label: consent, whose it was, who is listed."""

from __future__ import annotations

from typing import Final

from docgen.documents.facts import Facts
from docgen.documents.labels.field import Field
from docgen.model.changes import ListChange, RosterChange
from docgen.model.charge import Charge
from docgen.model.member import Person
from docgen.rules.list_changes import in_charge_of
from docgen.standard.wording.text import official_date

NOT_ASKED: Final = "尚未取得分管领导同意"


def _in_charge(change: ListChange, facts: Facts) -> tuple[Person, ...] | None:
    return in_charge_of(change, facts.records.of(Charge)) or None


def _fits(change: ListChange, facts: Facts) -> bool | None:
    """Return whether who consented was in charge; None while nobody did, or the sheet 分管 does not say who was."""
    found = _in_charge(change, facts)
    if change.leader is None or change.consented is None or found is None:
        return None
    return change.leader.name in [each.name for each in found]


def _consent(change: ListChange, _facts: Facts) -> str:
    """Return who consented and when, with the post held on that day."""
    if change.leader is None or change.consented is None:
        return NOT_ASKED
    held = change.leader.on(change.consented)
    return f"{held.full_post if held else ''}{change.leader.name}{official_date(change.consented)}同意"


def _checked(change: ListChange, facts: Facts) -> str:
    """Return what the check of the consent against the sheet 分管 brought, for the paper that asks for approval."""
    fits, found = _fits(change, facts), _in_charge(change, facts)
    if fits:
        return "与分管表一致"
    if found is None:
        return "分管表中没有写明由谁分管"
    names = "、".join(each.name for each in found)
    return f"分管表中由{names}分管" + ("，与表中所填不一致" if fits is False else "")


CHANGE_FIELDS: Final = (
    Field("在管领导", _in_charge, Person, many=True, help="按分管表，同意（或申请）那天分管这个项目或单位的"),
    Field("分管相符", _fits, bool, help="同意的领导当天分管；没有同意的、分管表没有写明的为空"),
    Field("同意情况", _consent, str, help="句中用：某职务某人某日同意，或尚未取得分管领导同意"),
    Field("分管核对", _checked, str, help="同意的领导与分管表核对的结果"),
)


def _listed(change: RosterChange, facts: Facts) -> bool:
    """Return whether the roster lists who holds the role: heads, members and liaisons, whatever they are called."""
    role = facts.mechanism.role_list.role(change.role) if change.role else None
    return role is not None and role.listed


ROSTER_CHANGE_FIELDS: Final = (
    Field("列入名单", _listed, bool, help="变动的机制职务是负责人、成员、联络员，或办公室负责人"),
)
