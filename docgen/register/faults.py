"""Faults of the register's database; those of steps stand in `refusals.py`."""

from __future__ import annotations

from docgen.errors import NOT_VERIFIED, OUTSIDE_FAILED, DocgenError


class RegisterUnreachable(DocgenError):
    """The register's database cannot be opened, read or written."""

    code = "register-unreachable"
    exit_code = OUTSIDE_FAILED
    says = "登记库 {path} 打不开或写不进：{reason}"
    advises = (
        "原有登记没有改动；请先用 docgen doc list 看这一次是否已登记，没有登记的，处理好后重新运行。"
        "文件损坏的，请用备份恢复。"
    )

    path: str
    reason: str


class RegisterForeign(DocgenError):
    """The database has a table of a name that docgen uses, made by another program."""

    code = "register-foreign"
    exit_code = OUTSIDE_FAILED
    says = "登记库 {path} 是别的程序在用的数据库：其中的表 {table} 不是本程序建的"
    advises = "请另建一个只供 docgen 使用的库，在 docgen.toml 里改正；这个库里没有改动任何内容。"

    path: str
    table: str


class RegisterTooNew(DocgenError):
    """The register was made by a later docgen."""

    code = "register-too-new"
    says = "登记库 {path} 的版本是{version}，本程序只认到版本{known}"
    advises = "请升级 docgen 后再用。"

    path: str
    version: int
    known: int


class RegisterDamaged(DocgenError):
    """The register's head is missing or contradicts its entries, so that nothing may be added."""

    code = "register-damaged"
    exit_code = NOT_VERIFIED
    says = "登记库 {path} 不完整：{reason}"
    advises = "为免破坏证据，不再登记新内容。请运行 docgen verify 查明，并用备份恢复。"

    path: str
    reason: str


class RegisterTaken(DocgenError):
    """A backup was to be put into a database that has a register already."""

    code = "register-taken"
    exit_code = OUTSIDE_FAILED
    says = "数据库 {path} 里已有登记，不能恢复到这里"
    advises = "请另建一个空的库，用 --url 写明；原有登记没有改动。"

    path: str


class RowUnreadable(DocgenError):
    """A row holds what docgen never writes there."""

    code = "register-row"
    exit_code = NOT_VERIFIED
    says = "登记库里“{row}”这一条的内容读不懂，不是本程序写的"
    advises = "请运行 docgen verify 查明被改动的地方，并用备份恢复。"

    row: str


class WrongAddress(DocgenError):
    """The database address in the settings is not one docgen can use."""

    code = "register-address"
    says = "docgen.toml「register.url」不是可用的数据库地址：{reason}"
    advises = "写法如 postgresql://用户@主机/库名；密码请放在环境变量 PGPASSWORD 或 .pgpass 文件里。"

    reason: str


class RegisterNotUpgraded(DocgenError):
    """A register of an earlier version could not be brought up to this one; it is as it was."""

    code = "register-not-upgraded"
    exit_code = OUTSIDE_FAILED
    says = "登记库 {path} 是版本{version}的，没能升级到版本{known}：{reason}"
    advises = (
        "登记库没有改动，原来版本的 docgen 还可以用。请处理好上面的原因后运行 docgen upgrade；"
        "在光盘等只读的地方的，请把整个工作区复制到能写的磁盘上再打开。"
    )

    path: str
    version: int
    known: int
    reason: str
