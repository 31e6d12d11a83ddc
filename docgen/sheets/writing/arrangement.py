"""Which sheets stand together in which workbook, and the names that docgen itself uses for sheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from docgen.model.approval import Approval
from docgen.model.body import StandingBody
from docgen.model.bottleneck import Bottleneck
from docgen.model.changes import ListChange, RosterChange
from docgen.model.charge import Charge
from docgen.model.fields import Record
from docgen.model.item import Item
from docgen.model.kind_row import KindRow, KindSetting
from docgen.model.mechanism import DeadlineRule, Holiday, Mechanism
from docgen.model.meeting import Decision, Meeting
from docgen.model.member import Member
from docgen.model.project import Project
from docgen.model.rank_rule import RankRule
from docgen.model.returned import Return
from docgen.model.rule_event import RuleEvent
from docgen.model.schema import BUILT_IN
from docgen.model.supervision import Supervision
from docgen.model.unit import Unit
from docgen.sheets.opening.workbook import OPTIONS
from docgen.sheets.reading.old import OLD
from docgen.sheets.reading.wide import WideApprovals

GUIDE: Final = "填表说明"
IDENTITY: Final = "docgen"
"""A sheet that spreadsheet programs do not list; it survives renaming and saving by WPS and LibreOffice."""
EVERYTHING: Final = "全部"
BOOKS: Final[Mapping[str, tuple[type[Record], ...]]] = {
    "工作机制": (Mechanism, KindRow, KindSetting, DeadlineRule, Holiday, RankRule),
    "单位": (Unit,),
    "人员": (Member,),
    "事项": (Item,),
    "项目": (Project,),
    "手续": (Approval,),
    "问题": (Bottleneck,),
    "会议": (Meeting, Decision),
    "督办": (Supervision,),
    "报送": (Return,),
    "机构": (StandingBody, Charge),
    "调整": (RosterChange, ListChange),
    "规则事项": (RuleEvent,),
}
"""The sheets of each workbook of a new workspace; any other arrangement is read as well."""
TAKEN: Final = (
    *BOOKS, *(each.sheet for each in (*BUILT_IN.types, *OLD)), WideApprovals.sheet, OPTIONS, GUIDE, IDENTITY, EVERYTHING
)  # fmt: skip
"""Names that no sheet which a workspace declares may have."""
