"""`docgen init`."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.shell import Shell
from docgen.office.answers.files import of_start


@click.command("init", cls=ChineseCommand, help="新建工作区：设置、数据表、模板。文件夹必须是新的或空的。")
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path))
@click.option("--example", metavar="字母", help="带上一个示例的数据：a、b 等；字母不对时列出有哪些示例")
@click.pass_obj
def init(shell: Shell, folder: Path, example: str | None) -> int:
    """Make a workspace."""
    from docgen.office.starting import new_workspace

    made = new_workspace(shell.folder / folder, example)
    answer = of_start(made, shell.near)
    shell.result(f"新建了工作区 {shell.near(made)}")
    shell.result(answer.next_step)
    return shell.finish(answer)
