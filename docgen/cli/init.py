"""`docgen init`."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.options import FilePath
from docgen.cli.shell import Shell
from docgen.office.answers.files import of_founding, of_start


@click.command("init", cls=ChineseCommand, help="新建工作区：设置、数据表、模板。文件夹必须是新的或空的。")
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path))
@click.option("--example", metavar="字母", help="带上一个示例的数据：a、b 等；字母不对时列出有哪些示例")
@click.option(
    "--from",
    "text",
    metavar="文件",
    type=FilePath(),
    help="读本单位设立工作机制的文件（印发通知或文本），把读到的填进数据表，每个值旁边列出原句，供核对",
)
@click.pass_obj
def init(shell: Shell, folder: Path, example: str | None, text: Path | None) -> int:
    """Make a workspace."""
    if text is not None:
        if example is not None:
            raise click.UsageError("--example 和 --from 只能写一个")
        return _from_text(shell, folder, text)
    from docgen.office.starting import new_workspace

    made = new_workspace(shell.folder / folder, example)
    answer = of_start(made, shell.near)
    shell.result(f"新建了工作区 {shell.near(made)}")
    shell.result(answer.next_step)
    return shell.finish(answer)


def _from_text(shell: Shell, folder: Path, text: Path) -> int:
    """Make a workspace from a founding text, and say what was read and what was not."""
    from docgen.office.founding import REPORT, workspace_from

    found = workspace_from(shell.folder / folder, text)
    answer = of_founding(found, shell.near)
    read = "，".join(
        f"{sheet}{count}{'项' if sheet == '工作机制' else '行'}" for sheet, count in found.read.items()
    )
    shell.result(f"新建了工作区 {shell.near(found.folder)}，按 {shell.near(text)} 填入：{read}")
    places: dict[str, list[str]] = {}
    for each in found.open:
        told = places.setdefault(f"  {each.what}：{each.why}", [])
        told += [str(each.source.place)] if each.source and each.source.place else []
    for words, of in places.items():
        shell.result(words + (f"（第{'、'.join(dict.fromkeys(of))}段）" if of else ""))
    if found.open:
        shell.result(f"以上{len(found.open)}处请补填或核对，原句列在 {REPORT}。")
    shell.result(answer.next_step)
    return shell.finish(answer)
