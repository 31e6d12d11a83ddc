"""Faults of the command line itself, so that they too leave the program in one way."""

from __future__ import annotations

from typing import ClassVar

from docgen.errors import OUTSIDE_FAILED, WRONG_USE, DocgenError


class Misused(DocgenError):
    """A command line is wrong; `said` says how and where its help is."""

    code: ClassVar[str] = "usage"
    exit_code: ClassVar[int] = WRONG_USE

    said: str

    @property
    def what(self) -> str:
        """Say how."""
        return self.said


class Interrupted(DocgenError):
    """The user broke the command off."""

    code: ClassVar[str] = "interrupted"
    exit_code: ClassVar[int] = 130

    @property
    def what(self) -> str:
        """Say so."""
        return "已中断"

    @property
    def remedy(self) -> str:
        """Say what holds now."""
        return "已写好的文件是完整的，重新运行即可。"


class SystemRefused(DocgenError):
    """The operating system refused something no other fault speaks of."""

    code: ClassVar[str] = "system"
    exit_code: ClassVar[int] = OUTSIDE_FAILED

    path: str
    reason: str

    @property
    def what(self) -> str:
        """Name the file and the reason."""
        return f"系统操作失败：{self.path}（{self.reason}）" if self.path else f"系统操作失败：{self.reason}"

    @property
    def remedy(self) -> str:
        """Say what to look at."""
        return "请检查磁盘和权限后重试。"


class Unforeseen(DocgenError):
    """An error nobody foresaw: a fault of docgen."""

    code: ClassVar[str] = "internal"
    exit_code: ClassVar[int] = OUTSIDE_FAILED

    kind: str
    detail: str

    @property
    def what(self) -> str:
        """Give what a maintainer needs."""
        return f"程序内部错误（{self.kind}：{self.detail}）"

    @property
    def remedy(self) -> str:
        """Say whom to tell."""
        return "请加 -v 重试，并把输出发给维护人员。"
