"""Faults of the register's database; those of steps stand in `refusals.py`."""

from __future__ import annotations

from docgen.errors import NOT_ALLOWED, NOT_VERIFIED, OUTSIDE_FAILED, DocgenError


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


_ADOPT = "由负责人执行 docgen witness begin --adopt --remark 原因"


class RegisterOfAnother(DocgenError):
    """The register belongs to another workspace than the one that opens it."""

    code = "register-of-another"
    exit_code = NOT_ALLOWED
    says = "登记库 {path} 属于编号 {bound} 的工作区，这个工作区的编号文件 {file} {how}"
    advises = (
        "没有读写任何内容。地址写错的，请在 docgen.toml 里改正，每个工作区用自己的登记库；编号文件丢失、写坏的，"
        f"从备份放回，或新建这个文件写上 {{bound}}；确实要改由这个工作区使用的，{_ADOPT}，原来的工作区从此不能再用它。"
    )

    path: str
    bound: str
    file: str
    how: str


class RegisterShared(DocgenError):
    """The workspace is a copy of another, and both lead to one register in a database."""

    code = "register-shared"
    exit_code = NOT_ALLOWED
    says = "这个工作区是 {original} 的复制件，两处连着同一个登记库 {path}"
    advises = (
        "没有读写任何内容。请用 docgen backup 备份原来的工作区，再用 docgen restore --url 恢复到一个空的库；"
        f"在 docgen.toml 里已经换成自己的库的，{_ADOPT}；工作区已经搬到这里的，请删去原处留下的那一份。"
    )

    path: str
    original: str


class WorkspaceIdUnreadable(DocgenError):
    """What lies in the place of the workspace's id is none, so that no register can be bound to it."""

    code = "workspace-id-unreadable"
    exit_code = OUTSIDE_FAILED
    says = "工作区的编号文件 {file} {how}"
    advises = "请从备份放回原来的文件；还没有登记过的，移走它再运行，会另写一个。"

    file: str
    how: str


class RowUnreadable(DocgenError):
    """A row holds what docgen never writes there."""

    code = "register-row"
    exit_code = NOT_VERIFIED
    says = "登记库里“{row}”这一条的内容读不懂，不是本程序写的"
    advises = "请运行 docgen verify 查明被改动的地方，并用备份恢复。"

    row: str


class TextUnreadable(DocgenError):
    """The database holds a text that is no UTF-8, which docgen never writes."""

    code = "register-text"
    exit_code = NOT_VERIFIED
    says = "登记库 {path} 里有文字不是 UTF-8（“{column}”一栏），不是本程序写的"
    advises = "请运行 docgen verify 查明被改动的地方，并用备份恢复。"

    path: str
    column: str


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
