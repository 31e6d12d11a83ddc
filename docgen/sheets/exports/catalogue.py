"""All ledgers that are made of the sheets, by the names by which they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from docgen.model.values import Level
from docgen.sheets.exports.approvals import OVERDUE, PENDING, TASKS
from docgen.sheets.exports.frame import Facts, Ledger, table_of
from docgen.sheets.exports.helpers import HELPERS
from docgen.sheets.exports.matters import BOTTLENECKS, DECISIONS, MAJOR, RETURNS, SUPERVISION
from docgen.sheets.exports.people import ROSTER
from docgen.sheets.exports.projects import DRAFT_LIST, FINAL_LIST, REVIEWED_LIST, STEWARDS, pool_of
from docgen.sheets.exports.schedule import NAME as SCHEDULE
from docgen.sheets.exports.schedule import schedule_workbook
from docgen.sheets.exports.stages import CHANGED
from docgen.sheets.exports.stages import NAME as CHANGED_NAME
from docgen.sheets.printed import workbook_of
from docgen.sheets.wide import WideApprovals
from docgen.sheets.wide_book import wide_workbook


def _made(ledger: Ledger, facts: Facts) -> bytes:
    return workbook_of(table_of(ledger, facts))


def _major(facts: Facts) -> bytes:
    """Make the list of major matters, headed in the mechanism's own words for levels."""
    nation, province = (
        facts.records.mechanism.level_word(each).removesuffix("级") for each in (Level.NATION, Level.PROVINCE)
    )
    columns = tuple(
        replace(each, head=f"需协调的{nation}、{province}部门") if each.head.startswith("需协调的") else each
        for each in MAJOR.columns
    )
    return _made(replace(MAJOR, columns=columns), facts)


LEDGERS: Final[Mapping[str, Callable[[Facts], bytes]]] = {
    WideApprovals.sheet: lambda facts: wide_workbook(facts.records),
    "谋划项目库": lambda facts: _made(pool_of(facts), facts),
    "项目清单初稿": partial(_made, DRAFT_LIST),
    "项目清单审核稿": partial(_made, REVIEWED_LIST),
    "项目清单终稿": partial(_made, FINAL_LIST),
    SCHEDULE: schedule_workbook,
    CHANGED_NAME: partial(_made, CHANGED),
    "任务表": partial(_made, TASKS),
    "重大事项清单": _major,
    "堵点难点问题台账": partial(_made, BOTTLENECKS),
    "督办台账": partial(_made, SUPERVISION),
    "待批项目台账": partial(_made, PENDING),
    "超期清单": partial(_made, OVERDUE),
    "议定事项台账": partial(_made, DECISIONS),
    "包联一览表": partial(_made, STEWARDS),
    "代办帮办一览表": partial(_made, HELPERS),
    "成员名单": partial(_made, ROSTER),
    "报送统计": partial(_made, RETURNS),
}
"""What makes each ledger."""
COMPARED: Final = frozenset((CHANGED_NAME,))
"""Those that are made beside an earlier state of the sheets."""
