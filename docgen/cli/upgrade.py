"""`docgen upgrade`."""

from __future__ import annotations

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.shell import Shell


@click.command(
    "upgrade",
    cls=ChineseCommand,
    help="把旧版本的登记库升级到这个版本，先做备份。平时不必运行：用到登记库的命令会先自行升级。",
    epilog="例：docgen upgrade",
)
@click.pass_obj
def upgrade(shell: Shell) -> int:
    """Upgrade the workspace's register."""
    from docgen.office.upgrade import upgrade as upgraded
    from docgen.register.schema import VERSION

    desk = shell.desk()
    done = upgraded(desk)
    if done is None:
        shell.result(f"登记库不需要升级：已是版本{VERSION}，或还没有登记。")
    return shell.finish(
        version=VERSION,
        upgraded_from=done.before if done else None,
        backup=shell.near(done.backup) if done else None,
        documents=done.documents if done else 0,
    )
