"""`docgen status`: the picture of a day, of one unit, or the page of a project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.options import words_option
from docgen.cli.shell import Shell
from docgen.cli.terminal import aligned, columns
from docgen.office.answers.status import of_changes, of_overview, of_project

if TYPE_CHECKING:
    from docgen.office.since import Changed
    from docgen.office.status import (
        Approval,
        Assessed,
        Document,
        GroupRow,
        Matter,
        Overview,
        ProjectPage,
        Standing,
        Unanswered,
    )

_MATTERS: Final = ("单位", "项目", "期限", "余期", "事项")
_UNANSWERED: Final = ("文号", "主送", "答复期限", "超期", "标题")
_UNITS: Final = ("单位", "办结率", "位次", "应办", "办结", "超期", "临期", "未报")
_GROUPS: Final = ("名称", "手续办结率", "办结", "应办", "项目办结率", "办结", "项目")
_APPROVALS: Final = ("手续", "审批单位", "状态", "亮灯", "办理时限", "余期")


@click.command(
    "status", cls=ChineseCommand,
    help="今天的情况：超期、临期、未答复、未报送的事项，各单位办结率，待核稿、待签发、待用印的公文。",
    epilog="例：docgen status --unit 县水利局；docgen status --project 3 列出一个项目的全部情况",
)  # fmt: skip
@words_option("--unit", "只看这个单位", "单位")
@words_option("--project", "看这个项目的手续、问题、议定事项、督办和公文", "项目")
@words_option("--since", "看这个时段末以来的变化，要有那时的快照，如 2026-02", "时段")
@click.pass_obj
def status(shell: Shell, unit: str, project: str, since: str) -> int:
    """Show how things stand."""
    from docgen.office.status import overview, project_page

    if sum(map(bool, (unit, project, since))) > 1:
        raise click.UsageError("--unit、--project、--since 只能写一个")
    if since:
        from docgen.office.since import changed_since

        changed = changed_since(shell.desk(), since)
        _tell(shell, _lines_of_changes(changed))
        return shell.finish(of_changes(changed))
    if project:
        page = project_page(shell.desk(), project)
        _tell(shell, _lines_of_page(page))
        return shell.finish(of_project(page))
    found = overview(shell.desk(), unit)
    _tell(shell, _lines(found))
    shell.advise(found.advices)
    return shell.finish(of_overview(found))


def _tell(shell: Shell, lines: Iterable[str]) -> None:
    for each in lines:
        shell.result(each)


def _lines(found: Overview) -> Iterable[str]:
    day = found.day
    yield f"{found.mechanism}  {day.year}年{day.month}月{day.day}日"
    projects = f"项目办结率{found.by_project.words}（{found.by_project.done}/{found.by_project.needed}个）"
    yield (
        f"手续办结率{found.by_approval.words}（{found.by_approval.done}/{found.by_approval.needed}项），"
        f"{projects}；{_lights(found)}。"
    )
    yield from _section(f"超期{len(found.late)}项", _matters(found.late), _MATTERS)
    yield from _section(f"临期{len(found.soon)}项", _matters(found.soon), _MATTERS)
    yield from _section(
        f"没有明确责任单位的问题{len(found.unassigned)}个", [[each.name] for each in found.unassigned]
    )
    yield from _section(
        f"迟报{len(found.returned_late)}次",
        [
            (each.unit.short_name, f"{each.period}{each.matter}", f"应报{each.due}", f"报送{each.returned}")
            for each in found.returned_late
        ],
    )
    yield from _section(
        "各单位",
        [
            (each.unit.short_name, each.rate.in_column, each.rank, each.rate.needed, each.rate.done, each.late or None,
             each.soon or None, each.not_returned or None)
            for each in found.units
        ],
        _UNITS,
    )  # fmt: skip
    for label, rows in groupby(found.groups, key=lambda each: each.grouped_by):
        yield from _section(f"各{label.removeprefix('所属')}", [_group(each) for each in rows], _GROUPS)
    for each in found.assessed:
        yield from _ranking(each)
    yield from _section(
        f"逾期未答复的公文{len(found.unanswered)}件", _unanswered(found.unanswered), _UNANSWERED
    )
    for name, documents in found.waiting.items():
        yield from _section(f"{name}{len(documents)}件", _documents(documents))


def _lights(found: Overview) -> str:
    """Say how many approvals have each light and how many are done, and of how many, where the rate counts others."""
    counts = {light.value: count for light, count in found.lights.items()} | {"已办结": found.done}
    told = "，".join(f"{words}{count}" for words, count in counts.items() if count)
    every = sum(counts.values())
    beside = every - found.by_approval.needed
    return f"全部应办手续{every}项（含不计入办结率的{beside}项）：{told}" if beside else told or "没有手续"


def _group(row: GroupRow) -> tuple[Any, ...]:
    return row.name, *(
        cell
        for rate in (row.by_approval, row.by_project)
        for cell in (rate.in_column, rate.done, rate.needed)
    )


def _ranking(found: Assessed) -> Iterable[str]:
    """Yield a ranking by a rule of the mechanism, with who is called to account."""
    rule, foot = found.rule, {each.key for each in found.foot}
    target = f"，目标{rule.target:f}%" if rule.target is not None else ""
    title = f"{found.name}排名{target}"
    rows = [
        (
            each.rank,
            each.key,
            each.rate.in_column,
            f"{each.rate.done}/{each.rate.needed}",
            "约谈" if each.key in foot else None,
        )
        for each in found.ranking
    ]  # fmt: skip
    yield from _section(title, rows, ("位次", "名称", "办结率", "办结/应办", ""))


def _lines_of_page(page: ProjectPage) -> Iterable[str]:
    project = page.project
    yield f"第{project.number}号 {project.name}"
    yield f"{project.stage.value}；手续办结率{page.rate.words}（{page.rate.done}/{page.rate.needed}项）"
    rows = [_approval(*each) for each in page.approvals]
    yield from _section(f"手续{len(rows)}项", rows, _APPROVALS)
    for name, records in (
        ("问题", page.bottlenecks),
        ("议定事项", page.decisions),
        ("督办", page.supervision),
    ):
        told = [(each.link_names[0], each.name, each.state.value) for each in records]
        yield from _section(f"{name}{len(told)}项", told)
    changes = [(each.number, each.kind.value) for each in page.list_changes]
    yield from _section(f"清单调整{len(changes)}次", changes)
    yield from _section(f"公文{len(page.documents)}件", _documents(page.documents))


def _lines_of_changes(found: Changed) -> Iterable[str]:
    changes, day, taken = found.changes, found.since, found.taken
    yield f"{day.year}年{day.month}月{day.day}日以来：手续办结率由{found.before.words}变为{found.now.words}。"
    late = "，晚于期末，其间的变化看不出来" if taken > day else ""
    yield f"与{taken.year}年{taken.month}月{taken.day}日保存的快照比较{late}。"
    for name, projects in (("列入终稿", changes.came), ("离开终稿", changes.went)):
        yield from _section(f"{name}{len(projects)}个项目", [(each.number, each.name) for each in projects])
    figures = [
        (each.project.number, each.project.name, *told)
        for each, told in zip(changes.figures, found.figures, strict=True)
    ]
    yield from _section(f"调整内容{len(figures)}处", figures, ("序号", "项目", "内容", "原来", "现在"))
    moved = [
        (each.approval.project.number, each.approval.item.name, each.approval.unit.short_name,
         each.before.value if each.before else None, each.approval.state.value)
        for each in changes.moved
    ]  # fmt: skip
    title = f"手续进展{len(moved)}项，其中办结{len(changes.done)}项"
    yield from _section(title, moved, ("项目", "手续", "审批单位", "原来", "现在"))


def _approval(approval: Approval, standing: Standing | None) -> Sequence[object]:
    """Return the row of an approval; one that is not needed has neither light nor deadline."""
    told = (approval.item.name, approval.unit.short_name, approval.state.value)
    if standing is None:
        return (*told, None, None, None)
    return (
        *told,
        standing.light.value,
        standing.deadline.day,
        _left(standing.left, late=standing.is_late),
    )


def _section(title: str, rows: Iterable[Sequence[object]], headers: Sequence[str] = ()) -> Iterable[str]:
    """Yield a title and its rows, indented; nothing where there are none."""
    told = list(rows)
    if told:
        yield ""
        yield f"{title}："
        yield from (f"  {line}" for line in aligned(told, headers, most=max(columns() - 2, 0)))


def _matters(matters: Iterable[Matter]) -> list[Sequence[object]]:
    return [
        (
            each.unit.short_name if each.unit else None,
            each.project.number if each.project else None,
            each.day,
            _left(each.left, late=each.is_late),
            f"{each.kind.value}：{each.name}",
        )
        for each in matters
    ]


def _documents(documents: Iterable[Document]) -> list[Sequence[object]]:
    return [
        (each.id, each.number or None, each.state.value, each.day, each.shortly_to, each.told_title)
        for each in documents
    ]


def _unanswered(found: Iterable[Unanswered]) -> list[Sequence[object]]:
    return [
        (
            each.document.number,
            each.document.shortly_to,
            each.day,
            _left(-each.late, late=True),
            each.document.told_title,
        )
        for each in found
    ]


def _left(left: int | None, *, late: bool) -> str | None:
    """Return how long there is, or was; one that is late since a day off has no working day behind it yet."""
    if left is None:
        return None
    if late:
        return f"超{-left}个工作日" if left else "已超期"
    return f"还有{left}个工作日" if left else "今天到期"
