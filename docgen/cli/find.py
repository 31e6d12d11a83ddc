"""`docgen find`: what contains some words."""

from __future__ import annotations

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.shell import Shell
from docgen.cli.terminal import aligned, columns
from docgen.office.answers.status import of_found


@click.command(
    "find", cls=ChineseCommand,
    help="找含有这些词的项目、手续、问题、会议、议定事项、督办、清单调整、自己的数据表的行和公文；写几个词的，要都有才列出。",
    epilog="例：docgen find 水土保持 水利局",
)  # fmt: skip
@click.argument("words", metavar="词…", nargs=-1, required=True)
@click.pass_obj
def find(shell: Shell, words: tuple[str, ...]) -> int:
    """Show what contains all the words."""
    from docgen.office.searching import find as look_for

    found = look_for(shell.desk(), words)
    rows = [(each.kind, each.key, each.state, each.name) for each in found]
    for line in aligned(rows, ("类别", "编号", "状态", "名称"), most=columns()) if rows else ():
        shell.result(line)
    shell.result(f"共{len(found)}项。" if found else f"没有含有“{' '.join(words)}”的。")
    return shell.finish(of_found(found))
