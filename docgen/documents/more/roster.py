"""成员调整通知: who comes in, who goes and since when, with whose consent, and which roster it takes the place of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.faults import ApprovalMissing
from docgen.documents.frame.group import Group
from docgen.documents.labels.rosters import roster_block, what_changed
from docgen.errors import Problems
from docgen.model.changes import RosterChange
from docgen.rules.roster import lacks_approval
from docgen.standard.wording.text import titled

_ROLES: Final = ("职务", "原任", "新任", "起", "句")
FIELDS: Final = {
    **dict.fromkeys(("调整对象", "事由", "依据", "前文", "名单")),
    "变动": [dict.fromkeys(_ROLES)],
}


def compute(group: Group, facts: Facts) -> dict[str, Any]:
    """Return 调整对象, 事由, 依据, 变动, 前文 (which had the former roster), 名单. Raises Problems: not approved."""
    changes: Sequence[RosterChange] = group.things
    alone = bool(group.kind.settings["办公室自行增减单位"])
    Problems.raise_any(_unapproved(changes, facts, units_alone=alone))
    told = [what_changed(each) for each in changes]
    units, people = ([each for each in changes if each.kind.is_of_unit is of] for of in (True, False))
    return {
        "调整对象": "和".join(filter(None, ("成员单位" if units else "", _named(people)))),
        "事由": _cause(changes),
        "依据": _consent(changes, facts),
        "变动": [dict(zip(_ROLES, each, strict=True)) for each in told],
        "前文": _former(group, facts),
        "名单": partial(roster_block, facts, [each.role for each in changes if each.role]),
    }


def _named(people: Sequence[RosterChange]) -> str:
    """Return what the people that change are called in the title: by their role if they have one, else members."""
    roles = {each.role for each in people if each.role}
    return roles.pop() if len(roles) == 1 else "成员" if people else ""


def _cause(changes: Sequence[RosterChange]) -> str:
    """Return why the roster changes: the reason that all changes have, else that people have changed."""
    reasons = {each.reason or "工作需要" for each in changes}
    return reasons.pop() if len(reasons) == 1 else "工作需要和人员变动"


def _unapproved(
    changes: Sequence[RosterChange], facts: Facts, *, units_alone: bool
) -> Iterator[ApprovalMissing]:
    for each in changes:
        why = "" if units_alone and each.kind.is_of_unit else lacks_approval(each, facts.records)
        if why:
            yield ApprovalMissing(each.cell_of("approved_by"), each.number, why)


def _consent(changes: Sequence[RosterChange], facts: Facts) -> str:
    """Return with whose consent, by their roles; what the office changes alone it does by the founding document."""
    roles = facts.mechanism.role_list
    held = (each.approved_by.on(each.approved) for each in changes if each.approved_by and each.approved)
    names = dict.fromkeys(
        role.name
        for member in held
        if member
        for word in member.roles
        if (role := roles.role(word)) and role.seat
    )
    return f"经{'、'.join(names)}同意" if names else f"根据{titled(facts.mechanism.founding_title)}"


def _former(group: Group, facts: Facts) -> str:
    papers = [each for each in facts.issued.kinds((group.kind.title, "印发通知")) if each.state.in_force]
    if papers:
        return f"{titled(papers[-1].title)}（{papers[-1].number}）"
    return f"{titled(facts.mechanism.founding_title)}（{facts.mechanism.founding_number}）"
