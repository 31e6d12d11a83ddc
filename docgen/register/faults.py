"""Faults of the register."""

from __future__ import annotations

from typing import ClassVar

from docgen.errors import DATA_WRONG, OUTSIDE_FAILED, DocgenError


class RegisterUnreachable(DocgenError):
    """The register's database cannot be opened, read or written."""

    code: ClassVar[str] = "register-unreachable"
    exit_code: ClassVar[int] = OUTSIDE_FAILED

    path: str
    reason: str

    @property
    def what(self) -> str:
        """Name the register and the reason."""
        return f"登记库 {self.path} 打不开或写不进：{self.reason}"

    @property
    def remedy(self) -> str:
        """Say what to look at."""
        return (
            "已有的登记没有改动。文件损坏的，请用备份恢复；没有备份的，把它改名移开即可继续，草稿不会丢失。"
        )


class RegisterTooNew(DocgenError):
    """The register was made by a later docgen."""

    code: ClassVar[str] = "register-too-new"
    exit_code: ClassVar[int] = DATA_WRONG

    path: str
    version: int
    known: int

    @property
    def what(self) -> str:
        """Name both versions."""
        return f"登记库 {self.path} 的版本是{self.version}，本程序只认到版本{self.known}"

    @property
    def remedy(self) -> str:
        """Say what to do."""
        return "请升级 docgen 后再用。"
