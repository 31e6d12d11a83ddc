"""Faults of drafting: values a document needs that the sheets do not give, and selections that make none."""

from __future__ import annotations

from docgen.errors import NOT_ALLOWED, WRONG_USE, DocgenError


class NeededValue(DocgenError):
    """A value that a document needs is not in the sheets. `place` is the cell, `subject` what needs it."""

    code = "value-needed"
    says = "{place}「{label}」：没有填，{subject}的{kind}要用到它"

    place: str
    label: str
    subject: str
    kind: str


class PostNotHeld(DocgenError):
    """A person a document names held no post on its date."""

    code = "post-not-held"
    says = "{place}：{name}在{day}没有在任职务"
    advises = "请核对人员表中的“任职起”“任职止”，或更换人员。"

    place: str
    name: str
    day: str


class NotInFinalList(DocgenError):
    """A project is not in the final list, so that no document of this kind may be made for it."""

    code = "project-not-final"
    exit_code = NOT_ALLOWED
    says = "{project}的清单阶段是“{stage}”，列入终稿的项目才发{kind}"
    advises = "如已列入终稿，请改项目表的“清单阶段”。"

    project: str
    stage: str
    kind: str


class UnitNotConcerned(DocgenError):
    """A unit was named that is neither lead nor approving unit of the project."""

    code = "unit-not-concerned"
    says = "{unit}不是{project}的牵头单位，也没有审批事项"
    advises = "相关单位：{concerned}。"

    unit: str
    project: str
    concerned: tuple[str, ...]


class NothingAsked(DocgenError):
    """A command was given no selection."""

    code = "selection-missing"
    exit_code = WRONG_USE
    says = "没有说明为哪些项目起草{kind}"
    advises = "请加 --project 序号或名称（可重复）、--unit 单位，或 --all。"

    kind: str
