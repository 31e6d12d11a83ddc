"""Faults of the command line itself, so that they too leave the program in one way."""

from __future__ import annotations

from typing import Final

from docgen.errors import OUTSIDE_FAILED, WRONG_USE, DocgenError

LONGEST_NAME: Final = 60


class Misused(DocgenError):
    """A command line is wrong; `said` says how and where its help is."""

    code = "usage"
    exit_code = WRONG_USE
    says = "{said}"

    said: str


class BadName(DocgenError):
    """Who acts is given outside the command line, and is no name."""

    code = "actor-no-name"
    exit_code = WRONG_USE
    says = "{source} 写的办理人“{name}”不是姓名"
    advises = f"要写姓名，写在一行里，不超过{LONGEST_NAME}个字。"

    source: str
    name: str


class Interrupted(DocgenError):
    """The user broke the command off."""

    code = "interrupted"
    exit_code = 130
    says = "已中断"
    advises = "已写好的文件是完整的，重新运行即可。"


class FolderGone(DocgenError):
    """The folder in which the user stands is there no longer."""

    code = "folder-gone"
    exit_code = OUTSIDE_FAILED
    says = "现在所在的文件夹已经不在了（被删除、改名、换成了另一个，或所在的磁盘断开）"
    advises = "请重新进入工作区的文件夹（cd），再运行。"


class SystemRefused(DocgenError):
    """The operating system refused something no other fault speaks of."""

    code = "system"
    exit_code = OUTSIDE_FAILED
    advises = "请检查磁盘和权限后重试。"

    path: str
    reason: str

    @property
    def what(self) -> str:
        """Name the file, where it is known, and the reason."""
        return f"系统操作失败：{self.path}（{self.reason}）" if self.path else f"系统操作失败：{self.reason}"


class Unforeseen(DocgenError):
    """An error nobody foresaw: a fault of docgen."""

    code = "internal"
    exit_code = OUTSIDE_FAILED
    says = "程序内部错误（{kind}：{detail}）"
    advises = "请加 -v 重试，并把输出发给维护人员。"

    kind: str
    detail: str
