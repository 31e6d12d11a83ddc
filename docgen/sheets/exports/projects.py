"""The project list in its three stages, and the stewards of projects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from docgen.model.project import Project
from docgen.model.unit import Unit
from docgen.model.values import ListStage, Nature, ProjectState
from docgen.sheets.exports.frame import SIGNED_BY_HEAD, Col, Facts, Ledger, amount, names, short, words
from docgen.sheets.writing.tables import Value

_OTHER: Final = "未注明建设性质"
_NATURES: Final = (
    Nature.FINISHING, Nature.CONTINUED, Nature.NEW, Nature.EXTENDED, Nature.REBUILT, Nature.REBUILT_AND_EXTENDED,
    Nature.MOVED, Nature.RESTORED, Nature.PURCHASE, Nature.PREPARATORY,
)  # fmt: skip
"""The order of groups in a final list: what is finished first, what is only prepared last."""
_ADDED: Final[tuple[tuple[type, tuple[int, bool, str]], ...]] = (
    (date, (6, True, "yyyy-mm-dd")),
    (int, (5, True, "0")),
    (Decimal, (5, True, "0.00##")),
    (object, (8, False, "")),
)
"""How wide columns that clerks added are, whether they are centred, and their format, by what they hold."""


def _in_stage(*stages: ListStage) -> Any:
    def rows(facts: Facts) -> Iterable[Project]:
        return (each for each in facts.records.of(Project) if each.stage in stages)

    return rows


def _nature(project: Project, _: Facts) -> str:
    return project.nature.value if project.nature else _OTHER


def _by_nature(facts: Facts) -> Iterable[Project]:
    found = [each for each in facts.records.of(Project) if each.stage is ListStage.FINAL]
    order = {each: at for at, each in enumerate(_NATURES)}
    return sorted(
        found,
        key=lambda each: (order.get(each.nature, len(order)) if each.nature else len(order), each.number),
    )


def _by_lead_unit(stage: ListStage) -> Any:
    def rows(facts: Facts) -> Iterable[Project]:
        order = {each.name: each.order for each in facts.records.of(Unit)}
        found = [each for each in facts.records.of(Project) if each.stage is stage]
        return sorted(
            found, key=lambda each: (order.get(each.lead_unit.name, 0) if each.lead_unit else 0, each.number)
        )

    return rows


def _span(project: Project, _: Facts) -> Value:
    start, finish = project.planned_start, project.planned_finish
    return (
        f"{start.year}.{start.month}—{f'{finish.year}.{finish.month}' if finish else ''}" if start else None
    )


_WHAT: Final = (
    words("name", "项目名称", 14),
    words("code", "项目代码", 13),
    words("type", "项目类型", 4, centred=True),
    words("industry", "行业", 4, centred=True),
    words("nature", "建设性质", 4, centred=True),
    words("place", "建设地点", 8),
    words("content", "建设内容及规模", 24),
    Col("起止年月", 5, _span, centred=True),
    amount("total_investment", "总投资"),
    amount("invested_before", "上年底累计完成投资"),
    amount("year_investment", "本年计划完成投资"),
    words("year_content", "本年建设内容", 12),
)
_WHO: Final = (
    words("owner", "项目业主", 9),
    Col("牵头单位", 7, lambda each, _: names(each.lead_units)),
    words("steward", "项目管家", 4, centred=True),
)
_CONTACT: Final = (
    words("owner_contact", "业主联系人", 4, centred=True),
    words("owner_phone", "联系电话", 6, centred=True),
)
_NOTE: Final = words("remark", "备注", 8)


def _standing(project: Project, _: Facts) -> str:
    return "二、备选和暂缓" if project.state is ProjectState.SUSPENDED else "一、拟列入"


DRAFT_LIST: Final = Ledger(
    "{year}年{projects}清单（初稿）",
    _by_lead_unit(ListStage.DRAFT),
    (*_WHAT, *_WHO, *_CONTACT, _NOTE),
    lambda each, _: short(each.lead_unit) or "未定牵头单位",
    unit="亿元", counted="个", empty="没有处于初稿阶段的项目",
)  # fmt: skip
REVIEWED_LIST: Final = Ledger(
    "{year}年{projects}清单（审核稿）",
    lambda facts: sorted(_in_stage(ListStage.REVIEWED)(facts), key=lambda each: (_standing(each, facts), each.number)),
    (
        *_WHAT, *_WHO,
        Col("成熟度（存疑）", 8, lambda *_: None), Col("增、删、改及理由", 9, lambda *_: None),
        Col("领导审核意见", 8, lambda *_: None),
    ),
    lambda each, facts: _standing(each, facts).partition("、")[2],
    below=("注：“增、删、改及理由”填写与初稿相比的变动。", SIGNED_BY_HEAD),
    unit="亿元", counted="个", empty="没有处于审核稿阶段的项目",
)  # fmt: skip
FINAL_LIST: Final = Ledger(
    "{year}年{projects}清单",
    _by_nature,
    (*_WHAT, *_WHO),
    _nature,
    below=(),
    unit="亿元", counted="个", empty="没有终稿项目", sealed=False,
    serial=lambda each: each.number,  # by which letters speak of a project; it stays the whole year
)  # fmt: skip


POOL: Final = Ledger(
    "{year}年谋划项目库",
    _in_stage(ListStage.DRAFT, ListStage.REVIEWED),
    (*_WHAT[:-2], words("land", "用地（亩）", 4), *_WHO, words("state", "项目状态", 4, centred=True)),
    lambda each, _: each.industry or "未注明行业",
    unit="亿元", counted="个", empty="没有谋划的项目（处于初稿、审核稿阶段的）",
)  # fmt: skip
"""What is planned and not on the list yet, by industry; the columns that the office added itself come with it."""


def pool_of(facts: Facts) -> Ledger:
    """Return the pool of planned projects with the columns that the sheet of projects has beyond the declared ones."""
    added = tuple(_added(each, holds) for each, holds in facts.records.extra_types(Project).items())
    return replace(POOL, columns=(*POOL.columns, *added, _NOTE))


def _added(label: str, holds: type) -> Col:
    width, centred, shape = next(each for kind, each in _ADDED if issubclass(holds, kind))
    return Col(label, width, lambda each, _: each.extra.get(label), centred=centred, format=shape)


def _stewarded(facts: Facts) -> Iterable[Project]:
    """Return the projects of the final list by their stewards' places in the list of people."""
    order = {each.name: at for at, each in enumerate(facts.records.people)}
    found = [each for each in facts.records.of(Project) if each.stage is ListStage.FINAL and each.steward]
    return sorted(
        found, key=lambda each: (order.get(each.steward.name, 0) if each.steward else 0, each.number)
    )


def _steward(project: Project, facts: Facts) -> str:
    assert project.steward is not None  # noqa: S101  # by the rows
    held = project.steward.on(facts.today)
    return f"{project.steward.name}（{held.full_post}）" if held else project.steward.name


STEWARDS: Final = Ledger(
    "{year}年{projects}包联一览表",
    _stewarded,
    (
        words("name", "项目名称", 16),
        amount("total_investment", "总投资"),
        amount("year_investment", "本年计划完成投资"),
        words("progress", "形象进度", 14),
        words("state", "项目状态", 4, centred=True),
        Col("责任单位", 8, lambda each, _: names(each.lead_units)),
        Col("代办（服务）单位", 8, lambda each, _: names(each.agents)),
        words("owner_contact", "业主联系人", 4, centred=True),
        words("owner_phone", "联系电话", 6, centred=True),
    ),
    _steward,
    unit="亿元", paper="A4", counted="个", empty="终稿项目还没有项目管家",
)  # fmt: skip
