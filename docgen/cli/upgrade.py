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
    from docgen.office.answers.register import of_upgrade
    from docgen.office.upgrade import upgrade as upgraded

    desk = shell.desk()
    done = upgraded(desk)
    answer = of_upgrade(done, shell.near)
    if done is None:
        version = answer.fields["version"]
        shell.result(f"登记库不需要升级：已是版本{version}，或还没有登记。")
    return shell.finish(answer)
