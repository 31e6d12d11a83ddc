"""`docgen backup` and `docgen restore`: a whole copy of a workspace, and a workspace from such a copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.options import words_option
from docgen.cli.shell import Shell
from docgen.clock import now
from docgen.office.answers.register import of_backup, of_restoring

if TYPE_CHECKING:
    from docgen.office.verification import Verified


@click.command(
    "backup", cls=ChineseCommand,
    help="备份整个工作区：登记库、公文、档案包、数据表、模板、文种、设置。别人可以照常办理；写完后重新读一遍，逐个核对。",
    epilog="例：docgen backup --to /备份盘/工作区-2026-03-16",
)  # fmt: skip
@click.option(
    "--to", "to", metavar="文件夹", required=True, type=click.Path(path_type=Path), help="放备份的新文件夹"
)
@click.option("--no-archive", is_flag=True, help="不带档案包（“归档”文件夹）：另有副本、太大的时候用")
@click.pass_obj
def backup(shell: Shell, to: Path, *, no_archive: bool) -> int:
    """Copy the workspace."""
    from docgen.office.backups import backup as copied

    done = copied(shell.desk(), to, bags=not no_archive)
    shell.result(f"已备份到 {shell.near(done.folder)}：文件{done.files}个，共{done.size / 2**20:.1f} MB。")
    _tell(shell, done.verified, "备份已重新读过，与写入的一致")
    if done.left_out:
        shell.result(f"没有一起备份：{'、'.join(done.left_out)}。要留的请另外复制。")
    return shell.finish(of_backup(done, shell.near))


@click.command(
    "restore", cls=ChineseCommand,
    help="用备份恢复出一个工作区，放在一个新的或空的文件夹里。损坏的备份不恢复；任何已有的东西都不覆盖。",
    epilog="例：docgen restore /备份盘/工作区-2026-03-16 --to 工作区",
)  # fmt: skip
@click.argument("source", metavar="备份", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "to",
    metavar="文件夹",
    required=True,
    type=click.Path(path_type=Path),
    help="恢复到这个新的或空的文件夹",
)
@words_option("--url", "登记库在 PostgreSQL 上的，恢复到这个空的库（不写就用设置里的）", "地址")
@click.pass_obj
def restore(shell: Shell, source: Path, to: Path, url: str) -> int:
    """Make a workspace from a backup."""
    from docgen.office.restoring import restore as restored

    done = restored(source, to, now, url)
    shell.result(f"已恢复到 {shell.near(done.folder)}：文件{done.files}个，备份做于 {done.made}。")
    _tell(shell, done.verified, "与备份的清单一致")
    return shell.finish(of_restoring(done, shell.near))


def _tell(shell: Shell, verified: Verified, said: str) -> None:
    """Say what verifying found."""
    entries = f"；核对了登记{verified.entries}条、登记过的文件{verified.files}个" if verified.entries else ""
    shell.result(f"{said}{entries}。")
    shell.advise(verified.advices)
    if verified.faults:
        shell.result("登记本身核对出下面的问题：")
        shell.report(verified.faults)
