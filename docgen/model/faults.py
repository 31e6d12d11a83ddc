"""Faults of asking for a record by name."""

from __future__ import annotations

from typing import ClassVar

from docgen.errors import WRONG_USE, DocgenError


class UnknownName(DocgenError):
    """No record has the asked name, nor a name that contains it."""

    code: ClassVar[str] = "name-unknown"
    exit_code: ClassVar[int] = WRONG_USE

    noun: str
    asked: str
    nearest: tuple[str, ...]

    @property
    def what(self) -> str:
        """Name what was asked for."""
        return f"没有找到{self.noun}“{self.asked}”"

    @property
    def remedy(self) -> str:
        """Offer the nearest names."""
        return (
            f"是不是：{'、'.join(self.nearest)}？" if self.nearest else f"请核对{self.noun}表中的名称或序号。"
        )


class AmbiguousName(DocgenError):
    """Several records have the asked name or contain it."""

    code: ClassVar[str] = "name-ambiguous"
    exit_code: ClassVar[int] = WRONG_USE

    noun: str
    asked: str
    candidates: tuple[str, ...]

    @property
    def what(self) -> str:
        """List all candidates."""
        return f"{self.noun}“{self.asked}”对应{len(self.candidates)}个：{'；'.join(self.candidates)}"

    @property
    def remedy(self) -> str:
        """Ask for a fuller name."""
        return "请写全称或序号。"
