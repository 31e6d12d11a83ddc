"""All ledgers that are made of the sheets, by the names by which they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from docgen.model.values import Level
from docgen.sheets.exports.approvals import OVERDUE, PENDING, TASKS
from docgen.sheets.exports.frame import Facts, Ledger, filled, table_of
from docgen.sheets.exports.helpers import HELPERS
from docgen.sheets.exports.matters import BOTTLENECKS, DECISIONS, MAJOR, RETURNS, SUPERVISION
from docgen.sheets.exports.people import ROSTER
from docgen.sheets.exports.projects import DRAFT_LIST, FINAL_LIST, POOL, REVIEWED_LIST, STEWARDS, pool_of
from docgen.sheets.exports.schedule import NAME as SCHEDULE
from docgen.sheets.exports.schedule import USUAL_TITLE as SCHEDULE_TITLE
from docgen.sheets.exports.schedule import schedule_workbook
from docgen.sheets.exports.stages import CHANGED
from docgen.sheets.exports.stages import NAME as CHANGED_NAME
from docgen.sheets.reading.wide import WideApprovals
from docgen.sheets.writing.design import PLAIN_DESIGN, Design
from docgen.sheets.writing.printed import workbook_of
from docgen.sheets.writing.wide_book import wide_workbook


def _printed(ledger: Ledger, facts: Facts, design: Design = PLAIN_DESIGN) -> bytes:
    return workbook_of(table_of(ledger, facts, design.title), design)


def _pool(facts: Facts, design: Design = PLAIN_DESIGN) -> bytes:
    return _printed(pool_of(facts), facts, design)


def _major(facts: Facts, design: Design = PLAIN_DESIGN) -> bytes:
    """Make the list of major matters, headed in the mechanism's own words for levels."""
    nation, province = (
        facts.records.mechanism.level_word(each).removesuffix("级") for each in (Level.NATION, Level.PROVINCE)
    )
    columns = tuple(
        replace(each, head=f"需协调的{nation}、{province}部门") if each.head.startswith("需协调的") else each
        for each in MAJOR.columns
    )
    return _printed(replace(MAJOR, columns=columns), facts, design)


def _wide(facts: Facts, design: Design = PLAIN_DESIGN) -> bytes:
    return wide_workbook(facts.records, filled(design.title or WideApprovals.title, facts), design)


_PRINTED: Final[Mapping[str, Ledger]] = {
    "谋划项目库": POOL,
    "项目清单初稿": DRAFT_LIST,
    "项目清单审核稿": REVIEWED_LIST,
    "项目清单终稿": FINAL_LIST,
    CHANGED_NAME: CHANGED,
    "任务表": TASKS,
    "重大事项清单": MAJOR,
    "堵点难点问题台账": BOTTLENECKS,
    "督办台账": SUPERVISION,
    "待批项目台账": PENDING,
    "超期清单": OVERDUE,
    "议定事项台账": DECISIONS,
    "包联一览表": STEWARDS,
    "代办帮办一览表": HELPERS,
    "成员名单": ROSTER,
    "报送统计": RETURNS,
}
LEDGERS: Final[Mapping[str, Callable[..., bytes]]] = {
    WideApprovals.sheet: _wide,
    SCHEDULE: schedule_workbook,
    **{name: partial(_printed, ledger) for name, ledger in _PRINTED.items()},
    "谋划项目库": _pool,
    "重大事项清单": _major,
}
"""What makes each ledger of facts and a design, where one is given."""
TITLES: Final[Mapping[str, str]] = {
    WideApprovals.sheet: WideApprovals.title,
    SCHEDULE: SCHEDULE_TITLE,
    **{name: each.title for name, each in _PRINTED.items()},
}
"""The usual title of each, with places to be filled."""
COMPARED: Final = frozenset((CHANGED_NAME,))
"""Those that are made beside an earlier state of the sheets."""
