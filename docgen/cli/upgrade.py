"""`docgen upgrade`."""

from __future__ import annotations

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.shell import Shell
from docgen.office.answers.register import of_upgrade


@click.command(
    "upgrade",
    cls=ChineseCommand,
    help="把旧版本的登记库升级到这个版本，先做备份。平时不必运行：用到登记库的命令会先自行升级。",
    epilog="例：docgen upgrade",
)
@click.pass_obj
def upgrade(shell: Shell) -> int:
    """Upgrade the workspace's register."""
    from docgen.office.upgrade import VERSION
    from docgen.office.upgrade import upgrade as upgraded

    done = upgraded(shell.desk())
    if done is None:
        shell.result(f"登记库不需要升级：已是版本{VERSION}，或还没有登记。")
    return shell.finish(of_upgrade(VERSION, done, shell.near))
