"""告知函: tells each lead and approving unit of a project in the final list what it must do, and by when.

Letter format (GB/T 9704-2012, 10.1). One document for each project and unit; the office asks the unit to name a
responsible person and a date (mechanism A, project list and notices).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from typing import Any, Final

from docgen.documents.faults import NeededValue, NothingAsked, NotInFinalList, PostNotHeld, UnitNotConcerned
from docgen.documents.kind import Asked, Context, Draft, Drafting, Kind, Spec
from docgen.documents.schedule import FIELDS as STEP
from docgen.documents.schedule import NONE, Step, owed_to, rows, steps_of
from docgen.documents.signature import copies_to, places_in, signature_names
from docgen.documents.view import labelled, labels
from docgen.errors import Advice, DocgenError
from docgen.model.fields import Record, label_of
from docgen.model.kind_row import KindRow
from docgen.model.mechanism import Holiday, Mechanism
from docgen.model.member import Member
from docgen.model.names import file_name_of
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.unit import Unit
from docgen.model.values import ListStage, Reach, SealWording
from docgen.rules.deadlines import day_off_advice
from docgen.rules.workdays import WorkCalendar
from docgen.standard.build.blocks import annex_list, letter_copies, letter_mark, signature
from docgen.standard.build.runs import kept
from docgen.standard.measures.lengths import Mm
from docgen.standard.measures.look import Look
from docgen.standard.wording.text import official_date
from docgen.standard.wording.titles import break_title

TITLE: Final = "告知函"
SUMMARY: Final = "起草告知函：向项目的牵头单位和各审批单位告知手续和时限"
SCHEDULE: Final = "前期手续倒排工期表"
FEEDBACK: Final = "责任人和计划办结日期反馈表"
FEW: Final = 3
"""Up to so many approvals stand in the text, more in a table."""

NEEDED: Final = (
    "place", "total_investment", "content", "owner", "lead_unit", "steward", "planned_start",
)  # fmt: skip
"""What the letter says of a project and cannot leave out."""

FIELDS: Final[Spec] = {
    "发文机关标志": None,
    "发文字号": None,
    "标题": None,
    "标题行": [None],
    "机制": labels(Mechanism),
    "项目": labels(Project),
    "项目代码说明": None,
    "项目管家": labels(Member),
    "主送单位": labels(Unit),
    "是牵头单位": None,
    "手续": [STEP],
    "手续较多": None,
    "超期事项": None,
    "缺件情况": None,
    "牵头单位": None,
    "全部手续": [STEP],
    "手续总数": None,
    "待办总数": None,
    "反馈期限": None,
    "反馈事项": [dict.fromkeys(("次序", "事项", "层级", "办理时限", "办理时限简写", "责任人"))],
    "工期表标题行": [None],
    "反馈表标题行": [None],
    "工期说明": None,
    "附件说明": None,
    "落款": None,
    "抄送": None,
}


def drafts(records: Records, asked: Asked) -> Drafting:
    """Return a draft for each project and unit asked for.

    A project with missing values gives faults and no draft at all. A unit that owes nothing more gets no notice.

    Raises:
        NothingAsked: neither projects, units nor everything was asked for.
    """
    if not (asked.projects or asked.units or asked.everything):
        raise NothingAsked(TITLE)
    calendar = WorkCalendar(records.of(Holiday))
    ours = list(_mechanism_faults(records))
    drafting = Drafting(faults=list(ours))
    deadlines: dict[date, list[str]] = {}
    common = _common(records, asked, calendar)
    shared = lru_cache(maxsize=1)(_shared)  # the notices of a project come one after the other
    said: list[Advice] = []
    for project in _projects(records, asked, drafting):
        subject = _Subject(records, project, asked, calendar.apart(), common, shared)
        _draft_project(subject, drafting, deadlines)
        said += subject.calendar.advices()
    drafting.advices += day_off_advice(deadlines, calendar)
    if ours:  # every notice would lack something
        drafting.drafts.clear()
    drafting.advices += sorted({*said, *calendar.advices()}, key=lambda each: each.text)
    return drafting


def _projects(records: Records, asked: Asked, drafting: Drafting) -> Iterator[Project]:
    """Yield the projects of the final list that are asked for, and report the others."""
    final = [each for each in asked.projects or records.of(Project) if each.stage is ListStage.FINAL]
    yield from final
    if asked.projects:
        others = (each for each in asked.projects if each.stage is not ListStage.FINAL)
        drafting.faults += [NotInFinalList(_shown(each), each.stage.value, TITLE) for each in others]
    elif left_out := len(records.of(Project)) - len(final):
        drafting.skipped.append(Advice("not-final", f"{left_out}个项目不在终稿，未起草"))


def _shown(project: Project) -> str:
    return f"第{project.number}号项目“{project.name}”"


def _mechanism_faults(records: Records) -> Iterator[DocgenError]:
    """Yield what every notice needs of the mechanism's own sheets and does not find there."""
    mechanism = records.mechanism
    if records.number_code(TITLE) is None:
        yield NeededValue(KindRow.sheet, TITLE, "办公室", TITLE)
    if mechanism.stamping_unit is None and mechanism.seal_wording is not SealWording.OWN_SEAL:
        yield _needed(mechanism, "stamping_unit", "办公室")


def _needed(record: Record, name: str, subject: str) -> NeededValue:
    place = record.origin.place(name) if record.origin else record.sheet
    return NeededValue(place, label_of(type(record), name), subject, TITLE)


@dataclass(frozen=True, eq=False)
class _Subject:
    """One project with all that its notices share.

    Args:
        records: the sheets.
        project: what the notices are about.
        asked: what for, and on which day.
        calendar: the project's own, so that what it advises concerns no other project.
        common: the part of the context that all notices have.
        shared: gives the part that those of the project have.
    """

    records: Records
    project: Project
    asked: Asked
    calendar: WorkCalendar
    common: Context
    shared: Callable[[_Subject], Context]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return steps_of(self.records, self.project, self.asked.today, self.calendar)

    @cached_property
    def steward(self) -> Member | None:
        return self.project.steward.on(self.asked.today, "项目管家") if self.project.steward else None

    @property
    def owed(self) -> tuple[Step, ...]:
        return tuple(each for each in self.steps if each.pending)

    def faults(self) -> Iterator[DocgenError]:
        """Yield each value the letter needs and the sheets do not give."""
        for name in NEEDED:
            if getattr(self.project, name) is None:
                yield _needed(self.project, name, f"第{self.project.number}号项目")
        if self.project.steward and self.steward is None:
            origin = self.project.origin
            place = f"{origin.place('steward')}「项目管家」" if origin else Project.sheet
            yield PostNotHeld(place, self.project.steward.name, official_date(self.asked.today))

    def units(self) -> list[Unit]:
        """Return the units that get a notice: the lead unit, then those that owe approvals, in list order."""
        row, level = self.records.kind_row(TITLE), self.records.mechanism.level
        owing = {each.approval.unit for each in self.owed}
        if row is None or row.reach is Reach.OWN_LEVEL:
            owing = {each for each in owing if each.level.rank <= level.rank}
        lead = self.project.lead_unit
        others = sorted((each for each in owing if each != lead), key=lambda each: each.order)
        return [lead, *others] if lead and self.owed else others


def _draft_project(subject: _Subject, drafting: Drafting, deadlines: dict[date, list[str]]) -> None:
    faults = list(subject.faults())
    if faults:
        drafting.faults += faults
        return
    units = _chosen_units(subject, drafting)
    if not units:
        return
    for step in subject.owed:
        if step.deadline.day:
            deadlines.setdefault(step.deadline.day, []).append(f"第{subject.project.number}号项目")
    drafting.drafts += [_draft(subject, unit) for unit in units]


def _chosen_units(subject: _Subject, drafting: Drafting) -> list[Unit]:
    """Return the units asked for among those concerned, reporting those that are not."""
    concerned, asked, name = subject.units(), subject.asked, _shown(subject.project)
    if not concerned and (asked.projects or not asked.units):
        drafting.skipped.append(Advice("nothing-owed", f"{name}没有待办手续，不需要{TITLE}"))
    if not asked.units:
        return concerned
    if asked.projects:
        drafting.faults += [
            UnitNotConcerned(each.name, name, tuple(unit.short_name for unit in concerned))
            for each in asked.units
            if each not in concerned
        ]
    return [each for each in concerned if each in asked.units]


def _common(records: Records, asked: Asked, calendar: WorkCalendar) -> Context:
    """Return the part of the context that is the same for all notices."""
    mechanism, today = records.mechanism, asked.today
    return {
        "发文机关标志": letter_mark(mechanism.office, asked.look),
        "发文字号": f"{records.number_code(TITLE) or ''}〔{today.year}〕　号",
        "机制": labelled(mechanism),
        "反馈期限": official_date(calendar.after(today, _feedback_days(records))),
        "工期表标题行": [SCHEDULE],
        "反馈表标题行": [FEEDBACK],
        "附件说明": annex_list((SCHEDULE, FEEDBACK)),
        "落款": signature(signature_names(mechanism), official_date(today), Mm(mechanism.seal_diameter)),
    }


def _feedback_days(records: Records) -> int:
    given = records.settings_of(TITLE).get("反馈工作日", "")
    return int(given) if given.isdigit() else 3


def _shared(subject: _Subject) -> Context:
    """Return the part of the context that is the same for all units of a project."""
    records, project, title = subject.records, subject.project, _title(subject.project)
    names = (project.name, *places_in(records.mechanism.place))
    return {
        **subject.common,
        "标题": title,
        "标题行": list(break_title(title, keep=names)),
        "项目": labelled(project),
        "项目代码说明": kept(f"国家项目代码为{project.code}" if project.code else "国家项目代码尚未赋予"),
        "项目管家": labelled(subject.steward) if subject.steward else {},
        "全部手续": rows(subject.steps, records),
        "手续总数": len(subject.steps),
        "待办总数": len(subject.owed),
        "工期说明": "".join(f"{each.text}。" for each in subject.calendar.advices()),
    }


def _title(project: Project) -> str:
    return f"关于{project.name}前期手续办理事项的{TITLE}"


def _context(subject: _Subject, unit: Unit) -> Context:
    records, project, shared = subject.records, subject.project, subject.shared(subject)
    owed, leads = owed_to(subject.steps, unit), unit == project.lead_unit
    return {
        **shared,
        "主送单位": labelled(unit),
        "是牵头单位": leads,
        "手续": rows(owed, records),
        "手续较多": len(owed) > FEW,
        "超期事项": "、".join(each.approval.item.name for each in owed if each.overdue),
        "缺件情况": _lacking(owed),
        "牵头单位": "贵单位" if leads else shared["项目"]["牵头单位"],
        "反馈事项": _feedback(owed, leads, subject),
        "抄送": letter_copies(_copies(subject, unit)),
    }


def _draft(subject: _Subject, unit: Unit) -> Draft:
    project = subject.project
    return Draft(
        kind=TITLE,
        key=f"{TITLE}/项目{project.number}/{unit.short_name}",
        subject=f"第{project.number}号 {project.name}",
        addressee=unit.short_name,
        title=_title(project),
        file_name=file_name_of(f"{project.number:03d}-{unit.short_name}-{project.name}"),
        number_place=subject.common["发文字号"],
        compute=partial(_context, subject, unit),
        receivers=unit.name,
        copies_to="、".join(_copies(subject, unit)),
        annexes=f"{SCHEDULE}、{FEEDBACK}",
    )


def _copies(subject: _Subject, unit: Unit) -> tuple[str, ...]:
    return copies_to(subject.records, TITLE, subject.project, unit, subject.asked.today)


def _lacking(owed: Sequence[Step]) -> str:
    """Return which approvals lack which papers, as a part of a sentence; empty when none does."""
    lacking = (each.approval for each in owed if each.approval.missing)
    return "；".join(f"{each.item.name}缺少{'、'.join(each.missing)}" for each in lacking)


def _feedback(owed: Sequence[Step], leads: bool, subject: _Subject) -> list[dict[str, Any]]:
    """Return the rows of the form on which the unit names a person and a date for each of its tasks."""
    tasks = [
        {"事项": each["审批事项"]}
        | {name: each[name] for name in ("层级", "办理时限", "办理时限简写", "责任人")}
        for each in rows(owed, subject.records)
    ]
    if leads:
        start = f"{subject.project.planned_start}开工前"
        tasks.insert(
            0, {"事项": "牵头统筹", "层级": NONE, "办理时限": start, "办理时限简写": "开工前", "责任人": ""}
        )
    return [{"次序": number, **task} for number, task in enumerate(tasks, start=1)]


REQUIRED: Final = ("发文机关标志", "发文字号", "标题行", "主送单位.单位全称", "附件说明", "落款", "抄送")


def _template(look: Look) -> bytes:
    from docgen.documents.notice_template import template

    return template(look)


KIND: Final = Kind(title=TITLE, fields=FIELDS, required=REQUIRED, template=_template, drafts=drafts)
