"""What may be said of a record, by Chinese label: its columns, columns that clerks added, and what the rules derive.

Values are raw here (dates are dates, choices are choices, None is empty); how a document writes them is the
business of `views.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.given import Given
from docgen.documents.identity import Derived, Known, Lack, Pair, component_of
from docgen.documents.issued import ISSUED, Paper, PaperState
from docgen.documents.labels.approvals import APPROVAL_FIELDS, owed_by
from docgen.documents.labels.called import CALLED_FIELDS, Called
from docgen.documents.labels.catalogue import ITEM_FIELDS, PROJECT_FIELDS
from docgen.documents.labels.changes import CHANGE_FIELDS, ROSTER_CHANGE_FIELDS
from docgen.documents.labels.field import Field
from docgen.documents.labels.figures import ROW_FIELDS
from docgen.documents.labels.given import GIVEN_FIELDS
from docgen.documents.labels.matters import (
    BOTTLENECK_FIELDS,
    LISTED_FIELD,
    MATTER_FIELDS,
    MEETING_FIELDS,
    RETURN_FIELDS,
    SUPERVISION_FIELDS,
)
from docgen.documents.labels.periods import PERIOD_FIELDS
from docgen.documents.labels.reminded import REMINDED_FIELDS
from docgen.documents.labels.signature import government_of
from docgen.documents.periods import Told
from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.changes import ListChange, RosterChange
from docgen.model.fields import FieldSpec, Record, labels_of
from docgen.model.item import Item
from docgen.model.mechanism import Mechanism
from docgen.model.meeting import Decision, Meeting
from docgen.model.member import Member, Person
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.returned import Return
from docgen.model.spans import Month
from docgen.model.supervision import Supervision
from docgen.model.unit import Unit
from docgen.model.values import ProjectState
from docgen.rules.deadlines import Light
from docgen.rules.periods import PeriodKind
from docgen.standard.build.blocks import Block
from docgen.standard.build.runs import kept


def fields_of(holds: type, records: Records | None = None) -> Mapping[str, Field]:
    """Return what may be said of a record type, of a person, or of nothing else.

    Args:
        holds: the type.
        records: whose sheets' added columns count too; None for none.
    """
    if issubclass(holds, Person):
        return _PERSON
    if issubclass(holds, Derived):
        return {**derived_of(holds), ISSUED: _ISSUED}  # type: ignore[arg-type]  # a class can be hashed
    if not issubclass(holds, Record):
        return {}
    added = records.extra_types(holds) if records else {}
    if not added:
        return _declared(holds)
    own = {label: Field(label, partial(_extra, label), values) for label, values in added.items()}
    return {**own, **_declared(holds)}


@cache
def _declared(holds: type[Record]) -> Mapping[str, Field]:
    """Return the columns of a record type and what the rules derive for it."""
    own = {label: _column(spec) for label, spec in labels_of(holds).items()}
    return {ISSUED: _ISSUED, **own, **derived_of(holds)}


@cache
def derived_of(holds: type) -> Mapping[str, Field]:
    """Return what the rules derive for a record type."""
    return {each.label: each for each in _DERIVED.get(holds, ())}


def _column(spec: FieldSpec) -> Field:
    return Field(spec.label, partial(_cell, spec.name), spec.type, spec.many, spec.name, spec.column.help)


def _cell(name: str, record: Record, _facts: Facts) -> Any:
    value = getattr(record, name)
    return None if value == () else value


def _extra(label: str, record: Record, _facts: Facts) -> Any:
    return record.extra.get(label)


def _approvals(project: Project, facts: Facts) -> tuple[Approval, ...] | None:
    return facts.records.approvals_of(project) or None


def _owed(project: Project, facts: Facts) -> tuple[Approval, ...] | None:
    return owed_by(project, facts) or None


def _schedule_note(project: Project, facts: Facts) -> str | None:
    """Return what must be said of years whose holidays nobody knows yet, where a deadline lies in one."""
    days = (facts.standing(each).deadline.day for each in facts.records.approvals_of(project))
    return facts.calendar.note_on({day.year for day in days if day}) or None


def _start_is_past(project: Project, facts: Facts) -> bool:
    """Whether the month of the planned start is over, and work has not begun as far as the sheets say."""
    start = project.planned_start
    has_begun = project.state in (ProjectState.STARTED, ProjectState.COMPLETED)
    return start is not None and start < Month(facts.today.year, facts.today.month) and not has_begun


def _code(project: Project, _facts: Facts) -> Block:
    return kept(f"国家项目代码为{project.code}" if project.code else "国家项目代码尚未赋予")


def _owed_by(pair: Pair, facts: Facts) -> tuple[Approval, ...] | None:
    owed = owed_by(pair.project, facts)
    return tuple(each for each in owed if each.unit is pair.unit) or None


def _late_words(pair: Pair, facts: Facts) -> str | None:
    late = (each for each in _owed_by(pair, facts) or () if facts.standing(each).light is Light.RED)
    return "、".join(each.item.name for each in late) or None


def _lacking_words(pair: Pair, facts: Facts) -> str | None:
    """Return which approvals lack which papers, as a part of a sentence."""
    lacking = (each for each in _owed_by(pair, facts) or () if each.missing)
    return "；".join(f"{each.item.name}缺少{'、'.join(each.missing)}" for each in lacking) or None


def _issued(thing: Any, facts: Facts) -> tuple[Paper, ...]:
    return facts.issued.about((thing,))


def _covered(record: type[Record], paper: Paper, facts: Facts) -> tuple[Any, ...] | None:
    """Return the projects or approvals that a signed document is about, as far as the sheets have them."""
    key = ("known", record)
    if key not in facts.kept:
        facts.kept[key] = Known((component_of(each), each) for each in facts.records.of(record))
    count = 1 if record is Project else 2
    found = [each for thing in paper.things for each in facts.kept[key].find(thing[:count])]
    return tuple({id(each): each for each in found}.values()) or None


def _held(name: str, person: Person, facts: Facts) -> Any:
    member = person.on(facts.today)
    return getattr(member, name) if member else None


def _name(person: Person, _facts: Facts) -> str:
    return person.name


def _government(mechanism: Mechanism, _facts: Facts) -> str:
    return government_of(mechanism)


def _office_head(_mechanism: Mechanism, facts: Facts) -> str | None:
    held = (each for each in facts.records.of(Member) if each.held_on(facts.today))
    return next((each.name for each in held if each.name and _OFFICE_HEAD in each.roles), None)


_OFFICE_HEAD: Final = "办公室主任"
_ISSUED: Final = Field(
    ISSUED, _issued, Paper, many=True, help="已签发、没有作废或替换的公文中写到这一项的，后发的在后"
)

_DERIVED: Final[Mapping[type, tuple[Field, ...]]] = {
    Mechanism: (
        Field("本级政府", _government, str, help="所在地的人民政府，如 某县人民政府"),
        Field("办公室主任", _office_head, str, help="当天的办公室主任，姓名"),
    ),
    Bottleneck: (*MATTER_FIELDS, *BOTTLENECK_FIELDS, LISTED_FIELD),
    Meeting: MEETING_FIELDS,
    Decision: MATTER_FIELDS,
    Supervision: (*MATTER_FIELDS, *SUPERVISION_FIELDS),
    Return: (*MATTER_FIELDS, *RETURN_FIELDS),
    ListChange: CHANGE_FIELDS,
    RosterChange: ROSTER_CHANGE_FIELDS,
    Approval: (*APPROVAL_FIELDS, *REMINDED_FIELDS, LISTED_FIELD),
    Item: ITEM_FIELDS,
    Project: (
        *PROJECT_FIELDS,
        Field("手续", _approvals, Approval, many=True, help="全部手续，按事项次序"),
        Field("待办手续", _owed, Approval, many=True, help="没有办结的手续"),
        Field("代码说明", _code, Block, help="句中用，代码不断行：国家项目代码为……，或尚未赋予"),
        Field("过了计划开工", _start_is_past, bool, help="计划开工的月份已经过去，还没有开工"),
        Field("工期说明", _schedule_note, str, help="放假安排尚未公布时的说明"),
    ),
    Pair: (
        Field("项目", lambda pair, _: pair.project, Project),
        Field("单位", lambda pair, _: pair.unit, Unit),
        Field("是牵头单位", lambda pair, _: pair.leads, bool, help="该单位是项目的牵头单位"),
        Field("手续", _owed_by, Approval, many=True, help="该单位在这个项目中没有办结的手续"),
        Field("超期事项", _late_words, str, help="其中超过时限的，用顿号隔开"),
        Field("缺件情况", _lacking_words, str, help="句中用：某事项缺少某要件；……"),
    ),
    Called: CALLED_FIELDS,
    Lack: (
        Field("要件", lambda lack, _: lack.paper, str, help="缺少的要件的名称"),
        Field("手续", lambda lack, _: lack.approval, Approval),
        Field("项目", lambda lack, _: lack.project, Project),
        Field("审批单位", lambda lack, _: lack.approval.unit, Unit),
    ),
    Given: GIVEN_FIELDS,
    Told: (
        Field("名称", lambda told, _: told.name, str, help="2026年1月上旬；没有结束的注明截至哪天"),
        Field("简称", lambda told, _: told.period.short_name, str, help="标题用：2026年第3周，不带起止日期"),
        Field("种类", lambda told, _: told.period.kind, PeriodKind, help="日、周、旬、半月、月、季、年"),
        Field("起", lambda told, _: told.period.start, date, help="第一天"),
        Field("止", lambda told, _: told.period.end, date, help="最后一天"),
        Field("截至", lambda told, _: told.until, date, help="没有结束的是起草那天，结束了的是最后一天"),
        Field("已结束", lambda told, _: not told.runs, bool),
        Field("天数", lambda told, _: told.period.days, int, help="从起到止几天"),
        Field("年度", lambda told, _: told.period.year, int, help="周按它的星期四所在的年"),
        Field("年内次序", lambda told, _: told.period.place, int, help="是这一年的第几周、第几旬……"),
        Field("上一时段", lambda told, _: Told.on(told.period.before, told.until), Told),
        *PERIOD_FIELDS,
    ),
    **ROW_FIELDS,
    Paper: (
        Field("文种", lambda paper, _: paper.kind, str),
        Field("标题", lambda paper, _: paper.title, str),
        Field("文号", lambda paper, _: paper.number, str),
        Field("成文日期", lambda paper, _: paper.day, date),
        Field("状态", lambda paper, _: paper.state, PaperState),
        Field("有效", lambda paper, _: paper.state.in_force, bool, help="没有作废，也没有被替换"),
        Field("主送单位", lambda paper, _: paper.to or None, str, many=True),
        Field("抄送单位", lambda paper, _: paper.copies_to or None, str, many=True),
        Field("份数", lambda paper, _: paper.copies, int, help="印发的；还没有印发的，盖章或申请用印的"),
        Field("签发人", lambda paper, _: paper.signatory or None, str),
        Field("登记号", lambda paper, _: paper.id, int),
        Field("答复日期", lambda paper, _: paper.replied, date, help="第一次登记复函的那天；没有的为空"),
        Field("项目", partial(_covered, Project), Project, many=True, help="写到的项目，数据表中有的"),
        Field("手续", partial(_covered, Approval), Approval, many=True, help="写到的手续，数据表中有的"),
    ),
}

_PERSON: Final[Mapping[str, Field]] = {
    "姓名": Field("姓名", _name, str),
    **{
        spec.label: Field(spec.label, partial(_held, spec.name), spec.type, spec.many)
        for spec in labels_of(Member).values()
        if spec.name in ("post", "unit", "role", "phone")
    },
    "单位职务": Field(
        "单位职务",
        partial(_held, "full_post"),
        str,
        help="职务前写上单位，如 县水利局副局长；县委副书记、县长照写",
    ),
}
"""A person has the post held on the day of the document."""
