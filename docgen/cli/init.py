"""`docgen init`."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.shell import Shell


@click.command("init", cls=ChineseCommand, help="新建工作区：设置、数据表、模板。文件夹必须是新的或空的。")
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path))
@click.option("--example", metavar="字母", help="带上示例数据：a（县级工作机制）")
@click.pass_obj
def init(shell: Shell, folder: Path, example: str | None) -> int:
    """Make a workspace."""
    from docgen.sheets.books import EVERYTHING, files_of
    from docgen.workspace import EXAMPLES, create

    if example is not None and example.lower() not in EXAMPLES:
        raise click.BadParameter(f"只有 {'、'.join(EXAMPLES)}", param_hint="--example")
    sheets = {} if example else files_of([EVERYTHING], {})
    made = create(shell.folder / folder, example and example.lower(), sheets)
    shell.result(f"新建了工作区 {shell.near(made)}")
    shell.result("下一步：填写 data 中的数据表，再运行 docgen check")
    return shell.finish(folder=shell.near(made))
