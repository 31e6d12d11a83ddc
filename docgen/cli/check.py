"""`docgen check`."""

from __future__ import annotations

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.shell import Shell, exit_code_of, flat
from docgen.errors import DONE


@click.command("check", cls=ChineseCommand, help="检查设置、数据表、表间关联和模板，一次列出全部问题。")
@click.pass_obj
def check(shell: Shell) -> int:
    """Show everything that is wrong."""
    checked = shell.office().check()
    faults = flat(checked.faults)
    for fault in faults:
        shell.result(str(fault))
    shell.advise(checked.advices)
    counts = "，".join(f"{sheet}{count}" for sheet, count in checked.counts if count)
    shell.result(f"共{len(faults)}处问题。" if faults else f"没有问题。{counts}。")
    code = exit_code_of(faults) if faults else DONE
    return shell.finish(code, faults=faults, advices=checked.advices, counts=dict(checked.counts))
