"""What may be said of a record, by Chinese label: its columns, columns that clerks added, and what the rules derive.

Values are raw here (dates are dates, choices are choices, None is empty); how a document writes them is the
business of `views.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from typing import Any, Final

from docgen.documents.called import Called
from docgen.documents.catalogue_labels import ITEM_FIELDS, PROJECT_FIELDS
from docgen.documents.change_labels import CHANGE_FIELDS
from docgen.documents.facts import Facts
from docgen.documents.field import Field as Field  # noqa: PLC0414  # fields are told of from here
from docgen.documents.given import Given
from docgen.documents.identity import Derived, Known, Lack, Pair, Thing, component_of
from docgen.documents.issued import ISSUED, Paper, PaperState
from docgen.documents.matter_labels import (
    LISTED_FIELD,
    MATTER_FIELDS,
    MEETING_FIELDS,
    RETURN_FIELDS,
    SUPERVISION_FIELDS,
)
from docgen.documents.period_labels import PERIOD_FIELDS
from docgen.documents.period_rows import ROW_FIELDS
from docgen.documents.periods import Told
from docgen.documents.reminded import REMINDED_FIELDS
from docgen.documents.signature import places_in
from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.changes import ListChange
from docgen.model.fields import FieldSpec, Record, labels_of
from docgen.model.item import Item
from docgen.model.mechanism import Mechanism
from docgen.model.meeting import Decision, Meeting
from docgen.model.member import Member, Person
from docgen.model.project import Project
from docgen.model.rank_rule import RankRule
from docgen.model.records import Records
from docgen.model.returned import Return
from docgen.model.supervision import Supervision
from docgen.model.unit import Unit
from docgen.model.values import ApprovalState
from docgen.rules.deadlines import Light
from docgen.rules.periods import PeriodKind
from docgen.standard.build.blocks import Block
from docgen.standard.build.runs import kept
from docgen.standard.wording.text import official_date

UNDECIDED: Final = "待定"
LATE: Final = "已逾期"


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


def _cell(name: str, record: Record, facts: Facts) -> Any:
    del facts
    value = getattr(record, name)
    return None if value == () else value


def _extra(label: str, record: Record, facts: Facts) -> Any:
    del facts
    return record.extra.get(label)


def _light(approval: Approval, facts: Facts) -> str:
    return facts.standing(approval).light.value


def _deadline(approval: Approval, facts: Facts) -> date | None:
    return None if approval.state.without_permit else facts.standing(approval).deadline.day


def _latest(approval: Approval, facts: Facts) -> date | None:
    return facts.standing(approval).latest


def _days_left(approval: Approval, facts: Facts) -> int | None:
    left = facts.standing(approval).left
    return left if left is not None and left >= 0 else None


def _days_late(approval: Approval, facts: Facts) -> int | None:
    standing = facts.standing(approval)
    return -standing.left if standing.light is Light.RED and standing.left is not None else None


def _supplement_late(approval: Approval, facts: Facts) -> int | None:
    """Return by how many working days papers that were promised are late."""
    until = approval.deferred_until if approval.missing and approval.state.pending else None
    return facts.calendar.between(until, facts.today) if until and until < facts.today else None


def _short_deadline(approval: Approval, facts: Facts) -> str:
    day = _deadline(approval, facts)
    if approval.state.without_permit:
        return "—"
    return short_date(day, facts) if day else UNDECIDED


def _short_latest(approval: Approval, facts: Facts) -> str:
    day = facts.standing(approval).latest
    if day is None:
        return "—"
    return LATE if day < facts.today else short_date(day, facts)


def short_date(day: date, facts: Facts) -> str:
    """Return a day for a narrow column, without the year when it is the mechanism's."""
    if day.year == facts.mechanism.year:
        return f"{day.month}月{day.day}日"
    return official_date(day)


_PROGRESS: Final = {
    ApprovalState.NOT_SUBMITTED: "尚未申报",
    ApprovalState.PREPARING: "正在组卷",
    ApprovalState.SUPPLEMENT: "正在补正",
    ApprovalState.SENT_UP: "已上报上级",
}


def _progress(approval: Approval, facts: Facts) -> str:
    """Return how far an owed approval is, as it stands in a sentence."""
    del facts
    wanted = approval.missing if approval.state.pending else ()
    lacking = f"，缺少{'、'.join(wanted)}" if wanted else ""
    return _PROGRESS.get(approval.state, approval.state.value) + lacking


def _demand(approval: Approval, facts: Facts) -> str:
    """Return what is asked for an owed approval, as the end of a sentence."""
    standing = facts.standing(approval)
    if standing.deadline.day is None:
        return "办理时限另行告知"
    day = official_date(standing.deadline.day)
    if standing.light is Light.RED:
        return f"已超过{day}的办理时限，请即组织办理"
    if approval.state is ApprovalState.SENT_UP:
        return f"请跟踪上级审批进度，于{day}前取得批复"
    if standing.latest is None:
        return f"请于{day}前办结"
    if standing.latest < facts.today:
        basis = approval.item.basis_used(facts.mechanism.term_basis)
        return f"按{basis.value}倒排已逾最迟申报日期，请即申报，于{day}前办结"
    return f"请最迟于{official_date(standing.latest)}申报，于{day}前办结"


def _waits_for(approval: Approval, facts: Facts) -> tuple[Approval, ...] | None:
    """Return the approvals of the same project that come before one and are not done."""
    before = facts.records.predecessors_of(approval.item)
    owed = owed_by(approval.project, facts) if before else ()
    return tuple(each for each in owed if each.item in before) or None


def _pending(approval: Approval, facts: Facts) -> bool:
    del facts
    return approval.state.pending


def _approvals(project: Project, facts: Facts) -> tuple[Approval, ...] | None:
    return facts.records.approvals_of(project) or None


def _owed(project: Project, facts: Facts) -> tuple[Approval, ...] | None:
    return owed_by(project, facts) or None


def owed_by(project: Project, facts: Facts) -> tuple[Approval, ...]:
    """Return a project's approvals that are needed and not done; those of the project asked of last are kept."""
    kept = facts.kept.get("owed")
    if kept is None or kept[0] is not project:
        found = tuple(each for each in facts.records.approvals_of(project) if each.state.pending)
        kept = facts.kept["owed"] = (project, found)
    owed: tuple[Approval, ...] = kept[1]
    return owed


def _schedule_note(project: Project, facts: Facts) -> str | None:
    """Return what must be said of years whose holidays nobody knows yet, where a deadline lies in one."""
    days = (facts.standing(each).deadline.day for each in facts.records.approvals_of(project))
    return facts.calendar.note_on({day.year for day in days if day}) or None


def _code(project: Project, facts: Facts) -> Block:
    del facts
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


def issued_about(things: Iterable[Any], facts: Facts) -> tuple[Paper, ...]:
    """Return the documents in force that cover one of some things, the newest last.

    An approval is covered too by what its unit was told about its project as a whole.
    """
    return facts.issued.about(known for each in things for known in _known_as(each))


def _known_as(thing: Any) -> Iterator[Thing]:
    yield component_of(thing)
    if isinstance(thing, Approval):
        yield (*component_of(thing.project), *component_of(thing.unit))


def _issued(thing: Any, facts: Facts) -> tuple[Paper, ...]:
    return issued_about((thing,), facts)


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


def _name(person: Person, facts: Facts) -> str:
    del facts
    return person.name


def _government(mechanism: Mechanism, facts: Facts) -> str:
    del facts
    return f"{''.join(places_in(mechanism.place)[-1:]) or mechanism.place}人民政府"


def _office_head(mechanism: Mechanism, facts: Facts) -> str | None:
    del mechanism
    held = (each for each in facts.records.of(Member) if each.held_on(facts.today))
    return next((each.name for each in held if each.name and _OFFICE_HEAD in each.roles), None)


_OFFICE_HEAD: Final = "办公室主任"
_ISSUED: Final = Field(
    ISSUED, _issued, Paper, many=True, help="已签发、没有作废或替换的公文中写到这一项的，后发的在后"
)

_DERIVED: Final[Mapping[type, tuple[Field, ...]]] = {
    Mechanism: (
        Field("本级政府", _government, str, help="所在地的人民政府，如 澄湖县人民政府"),
        Field("办公室主任", _office_head, str, help="当天的办公室主任，姓名"),
    ),
    Bottleneck: (*MATTER_FIELDS, LISTED_FIELD),
    Meeting: MEETING_FIELDS,
    Decision: MATTER_FIELDS,
    Supervision: (*MATTER_FIELDS, *SUPERVISION_FIELDS),
    Return: (*MATTER_FIELDS, *RETURN_FIELDS),
    ListChange: CHANGE_FIELDS,
    Approval: (
        Field("亮灯", _light, str, help="绿灯、黄灯、红灯、无时限或不予许可"),
        Field("办理时限", _deadline, date, help="表中单独定的，或按时限规则算的"),
        Field("办理时限简写", _short_deadline, str, help="窄栏用，本年的不写年份"),
        Field("最迟申报", _latest, date, help="按办理时限和事项的时限倒推"),
        Field("最迟申报简写", _short_latest, str, help="窄栏用；已经过了的写“已逾期”"),
        Field("剩余工作日", _days_left, int, help="到办理时限还有几个工作日；已超期的为空"),
        Field("超期工作日", _days_late, int, help="超过办理时限几个工作日；没有超期的为空"),
        Field("办理情况", _progress, str, help="句中用：尚未申报、正在补正，缺少……"),
        Field("时限要求", _demand, str, help="句中用：请于……前办结"),
        Field("待办", _pending, bool, help="需要办且没有办结，也没有不予许可"),
        Field("容缺超期工作日", _supplement_late, int, help="缺件过了容缺补齐日期几个工作日；没有过的为空"),
        *REMINDED_FIELDS,
        LISTED_FIELD,
        Field("前置未办结", _waits_for, Approval, many=True, help="这个项目中要先办结、还没有办结的手续"),
    ),
    Item: ITEM_FIELDS,
    Project: (
        *PROJECT_FIELDS,
        Field("手续", _approvals, Approval, many=True, help="全部手续，按事项次序"),
        Field("待办手续", _owed, Approval, many=True, help="没有办结的手续"),
        Field("代码说明", _code, Block, help="句中用，代码不断行：国家项目代码为……，或尚未赋予"),
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
    Called: (
        Field("名称", lambda called, _: called.name, str, help="单位的简称，或地区"),
        Field("单位", lambda called, _: called.unit, Unit, help="给地区排名的，是名称以它开头的政府、管委会"),
        Field("考核规则", lambda called, _: called.rule, RankRule),
        Field("规则名称", lambda called, _: called.rule.name, str, help="审批单位（以手续计）"),
        Field("办结情况", lambda called, _: called.counts, str, help="句中用：应办手续12项，已办结5项"),
        Field("办结率", lambda called, _: called.place.rate.words, str),
        Field("名次", lambda called, _: called.place.rank, int, help="并列的名次相同"),
        Field("总数", lambda called, _: called.assessed.placed, int, help="参加排名、有办结率的几个"),
        Field("目标", lambda called, _: called.target, str),
        Field("相差", lambda called, _: called.missed_by, str, help="比目标低几个百分点，不写单位"),
        Field(
            "约谈会议",
            lambda called, _: called.talk,
            Meeting,
            help="会议表中类型为约谈、拟召开、参会单位有它的",
        ),
    ),
    Lack: (
        Field("要件", lambda lack, _: lack.paper, str, help="缺少的要件的名称"),
        Field("手续", lambda lack, _: lack.approval, Approval),
        Field("项目", lambda lack, _: lack.project, Project),
        Field("审批单位", lambda lack, _: lack.approval.unit, Unit),
    ),
    Given: (
        Field("题名", lambda given, _: given.name, str, help="正文的标题"),
        Field("文件", lambda given, _: given.file, str, help="正文是从哪个文件读的"),
        Field("附件题名", lambda given, _: given.text.annexes or None, str, many=True, help="正文自己的附件"),
    ),
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
}
"""A person has the post held on the day of the document."""
