"""Who acted, by the record, compared with what the sheets now say of that day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from docgen.errors import Advice, DocgenError
from docgen.office.people import actor_on, office_records
from docgen.register.audit import Acted
from docgen.workspace import Workspace

_THEN: Final = "人员表现在写的，那一天"


def strangers(workspace: Workspace, acted: Mapping[Acted, int]) -> Iterator[Advice]:
    """Yield who acted on a day on which the sheets, as they are now, know no post or not these roles of theirs.

    A row that was put into the people sheet and taken out again is found so; a sheet that was put right is too, and
    therefore it is said, not judged.

    Args:
        workspace: whose sheets.
        acted: who acted on which day in which roles, with the number of the first such entry.
    """
    if not acted:
        return
    try:
        records = office_records(workspace)
    except DocgenError:
        yield Advice("verify-people-unread", "人员等数据表有问题，没有核对办理人；请先用 docgen check 检查")
        return
    for (name, day, roles), seq in acted.items():
        who = f"登记第{seq}条（{day}）的办理人“{name}”"
        try:
            actor = actor_on(records, name, date.fromisoformat(day))
        except (DocgenError, ValueError):
            yield Advice("verify-actor-unknown", f"{who}：{_THEN}没有这个人任职")
            continue
        then = actor.held.roles if actor.held else ()
        gone = [each for each in roles or () if each not in then]
        if gone:
            yield Advice("verify-role-unknown", f"{who}：{_THEN}没有“{'、'.join(gone)}”这项职务")
