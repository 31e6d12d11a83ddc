"""Faults of drafting: values a document needs that the sheets do not give, and selections that make none."""

from __future__ import annotations

from typing import ClassVar

from docgen.errors import NOT_ALLOWED, WRONG_USE, DocgenError


class NeededValue(DocgenError):
    """A value that a document needs is not in the sheets. `place` is the cell, `subject` what needs it."""

    code: ClassVar[str] = "value-needed"

    place: str
    label: str
    subject: str
    kind: str

    @property
    def what(self) -> str:
        """Name the cell and what needs it."""
        return f"{self.place}「{self.label}」：没有填，{self.subject}的{self.kind}要用到它"


class PostNotHeld(DocgenError):
    """A person a document names held no post on its date."""

    code: ClassVar[str] = "post-not-held"

    place: str
    name: str
    day: str

    @property
    def what(self) -> str:
        """Name the person and the day."""
        return f"{self.place}：{self.name}在{self.day}没有在任职务"

    @property
    def remedy(self) -> str:
        """Say where to look."""
        return "请核对人员表中的“任职起”“任职止”，或更换人员。"


class NotInFinalList(DocgenError):
    """A project is not in the final list, so that no document of this kind may be made for it."""

    code: ClassVar[str] = "project-not-final"
    exit_code: ClassVar[int] = NOT_ALLOWED

    project: str
    stage: str
    kind: str

    @property
    def what(self) -> str:
        """Name project and stage."""
        return f"{self.project}的清单阶段是“{self.stage}”，列入终稿的项目才发{self.kind}"

    @property
    def remedy(self) -> str:
        """Say what would allow it."""
        return "如已列入终稿，请改项目表的“清单阶段”。"


class UnitNotConcerned(DocgenError):
    """A unit was named that is neither lead nor approving unit of the project."""

    code: ClassVar[str] = "unit-not-concerned"

    unit: str
    project: str
    concerned: tuple[str, ...]

    @property
    def what(self) -> str:
        """Name unit and project."""
        return f"{self.unit}不是{self.project}的牵头单位，也没有审批事项"

    @property
    def remedy(self) -> str:
        """List the units that are concerned."""
        return f"相关单位：{'、'.join(self.concerned)}。"


class NothingAsked(DocgenError):
    """A command was given no selection."""

    code: ClassVar[str] = "selection-missing"
    exit_code: ClassVar[int] = WRONG_USE

    kind: str

    @property
    def what(self) -> str:
        """Say that a selection is needed."""
        return f"没有说明为哪些项目起草{self.kind}"

    @property
    def remedy(self) -> str:
        """Give the options."""
        return "请加 --project 序号或名称（可重复）、--unit 单位，或 --all。"
