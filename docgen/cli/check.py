"""`docgen check`."""

from __future__ import annotations

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.shell import Shell
from docgen.office.answers.files import of_check


@click.command("check", cls=ChineseCommand, help="检查设置、数据表、表间关联和模板，一次列出全部问题。")
@click.pass_obj
def check(shell: Shell) -> int:
    """Show everything that is wrong."""
    from docgen.office import checking

    workspace = shell.workspace()
    checked = checking.check(workspace, shell.day(workspace, told=False))
    shell.report(checked.faults)
    shell.advise(checked.advices)
    if not checked.faults:
        counts = "，".join(f"{sheet}{count}" for sheet, count in checked.counts if count)
        shell.result(f"没有问题。{counts}。")
    return shell.finish(of_check(checked))
