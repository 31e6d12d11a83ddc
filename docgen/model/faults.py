"""Faults of asking for a record, or one of a closed list, by name."""

from __future__ import annotations

from docgen.errors import WRONG_USE, DocgenError
from docgen.model.names import nearest


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


class NotAmong(DocgenError):
    """A word was asked for that a closed list does not have; subclasses say of which list."""

    code = "word-unknown"
    exit_code = WRONG_USE
    says = "没有“{asked}”"
    guesses = "是不是：{nearest}？"
    advises = "可用的有：{known}。"

    asked: str
    known: tuple[str, ...]

    @property
    def nearest(self) -> tuple[str, ...]:
        """Return the words of the list that are like the one asked for."""
        return tuple(nearest(self.asked, self.known))


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
