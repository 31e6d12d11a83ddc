"""Faults of asking for a record by name."""

from __future__ import annotations

from docgen.errors import WRONG_USE, DocgenError


class UnknownName(DocgenError):
    """No record has the asked name, nor a name that contains it."""

    code = "name-unknown"
    exit_code = WRONG_USE
    says = "没有找到{noun}“{asked}”"
    guesses = "是不是：{nearest}？"
    advises = "请核对{noun}表中的名称或序号。"

    noun: str
    asked: str
    nearest: tuple[str, ...]


class AmbiguousName(DocgenError):
    """Several records have the asked name or contain it."""

    code = "name-ambiguous"
    exit_code = WRONG_USE
    says = "{noun}“{asked}”对应{count}个：{candidates:；}"
    advises = "请写全称或序号。"

    noun: str
    asked: str
    candidates: tuple[str, ...]

    @property
    def count(self) -> int:
        """Return how many have the name."""
        return len(self.candidates)
