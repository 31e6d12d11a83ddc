"""告知函: how many matters it asks for, whose whole schedule it shows, and the rows of its feedback form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.frame.group import Group
from docgen.documents.identity import Pair
from docgen.documents.labels.fields import fields_of
from docgen.model.approval import Approval
from docgen.model.project import Project

FIELDS: Final = {
    "事项总数": None,
    "牵头": None,
    "有管家": None,
    "工期": [{"项目": Project, "手续": [Approval]}],
    "放假说明": None,
    "反馈事项": [dict.fromkeys(("次序", "事项", "时限", "责任人"))],
}


def compute(group: Group, facts: Facts) -> dict[str, Any]:
    """Return 事项总数, 牵头, 有管家, 工期 (projects and approvals), 放假说明 and 反馈事项 (rows to be filled in).

    放假说明 is said once of all schedules: what must be said of years whose holidays nobody knows yet. 有管家 says
    whether projects of this mechanism have stewards at all; where they do, a letter needs its project's.
    """
    pairs: tuple[Pair, ...] = group.things
    owed = fields_of(Pair)["手续"]
    leading = any(each.leads for each in pairs)
    count = sum(len(owed.value(each, facts) or ()) for each in pairs)
    many = count > group.kind.settings["附表起点"]  # what no annex shows is not worked out
    shown = pairs if leading or many else ()
    schedules = [(each.project, _schedule(each, facts, alone=len(pairs) == 1)) for each in shown]
    return {
        "事项总数": count,
        "牵头": leading,
        "有管家": any(each.steward for each in facts.records.of(Project)),
        "工期": [{"项目": project, "手续": approvals} for project, approvals in schedules],
        "放假说明": partial(_holidays, schedules, facts),
        "反馈事项": partial(_numbered, pairs if many else (), facts),
    }


def _schedule(pair: Pair, facts: Facts, *, alone: bool) -> Sequence[Approval]:
    """Return the schedule of a project as a letter shows it.

    A letter on one project shows it whole, and so does one on several where the unit leads the project; where it only
    decides there, its own approvals and those that have to be done before them: fourteen whole schedules would fill
    fifteen pages for fourteen approvals.
    """
    if alone or pair.leads:
        return facts.records.approvals_of(pair.project)
    owed: Sequence[Approval] = fields_of(Pair)["手续"].value(pair, facts) or ()
    before = fields_of(Approval)["前置未办结"]
    wanted = {id(one) for each in owed for one in (each, *(before.value(each, facts) or ()))}
    return tuple(each for each in facts.records.approvals_of(pair.project) if id(each) in wanted)


def _holidays(schedules: Sequence[tuple[Project, Sequence[Approval]]], facts: Facts) -> str:
    """Return what is said of years whose holidays nobody knows yet; empty where no deadline lies in one."""
    days = (facts.standing(each).deadline.day for _, approvals in schedules for each in approvals)
    return facts.calendar.note_on({day.year for day in days if day})


def _numbered(pairs: tuple[Pair, ...], facts: Facts) -> list[dict[str, Any]]:
    return [{"次序": place, **row} for place, row in enumerate(_rows(pairs, facts), start=1)]


def _rows(pairs: tuple[Pair, ...], facts: Facts) -> Iterator[dict[str, Any]]:
    """Yield what the unit names a person and a date for: leading a project, and each approval it owes."""
    deadline = fields_of(Approval)["办理时限简写"]
    several = len(pairs) > 1
    for pair in pairs:
        about = f"{pair.project.name}：" if several else ""
        if pair.leads:
            yield {"事项": f"{about}牵头统筹", "时限": "开工前", "责任人": ""}
        for each in fields_of(Pair)["手续"].value(pair, facts) or ():
            row = {"事项": f"{about}{each.item.name}", "时限": deadline.value(each, facts)}
            yield {**row, "责任人": each.responsible or ""}
