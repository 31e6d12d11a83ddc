"""`docgen sheets`."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.chinese import ChineseGroup
from docgen.cli.shell import Shell
from docgen.office.answers.files import of_files, of_sheets


@click.group("sheets", cls=ChineseGroup, help="数据表：生成空白表、检查、标注问题、输出台账。")
def sheets() -> None:
    """Data sheets."""


@sheets.command(
    "new", help="生成空白数据表。种类如 单位、人员、项目、手续、事项、工作机制；写“全部”生成所有。"
)
@click.argument("kinds", metavar="种类…", nargs=-1, required=True)
@click.option(
    "--to", "folder", metavar="文件夹", type=click.Path(path_type=Path), default=Path(), help="写到哪里"
)
@click.pass_obj
def new(shell: Shell, kinds: tuple[str, ...], folder: Path) -> int:
    """Write blank sheets; with a workspace around, drop-downs offer its units, people, items and projects."""
    from docgen.office.starting import new_sheets

    made = new_sheets(kinds, shell.folder / folder, shell.folder)
    for path in made:
        shell.result(f"新建  {shell.near(path)}")
    return shell.finish(of_files(made, shell.near))


@sheets.command("check", help="只检查数据表和表间关联。")
@click.pass_obj
def check(shell: Shell) -> int:
    """Show everything that is wrong with the sheets."""
    from docgen.office.checking import check_sheets

    checked = check_sheets(shell.workspace())
    for fault in checked.faults:
        shell.result(str(fault))
    shell.advise(checked.advices)
    shell.result(f"共{len(checked.faults)}处问题。" if checked.faults else "没有问题。")
    return shell.finish(of_sheets(checked))


@sheets.command("annotate", help="把有问题的单元格标红、加批注，写成数据表的副本；原表不动。")
@click.option(
    "--to", "folder", metavar="文件夹", type=click.Path(path_type=Path), required=True, help="副本写到哪里"
)
@click.pass_obj
def annotate(shell: Shell, folder: Path) -> int:
    """Write marked copies of the workbooks."""
    from docgen.office import checking

    faults, copies = checking.annotate(shell.workspace(), shell.folder / folder)
    shell.complain(faults)
    for path in copies:
        shell.result(f"标注  {shell.near(path)}")
    if not copies:
        shell.result("没有可标注的单元格。")
    return shell.finish(of_files(copies, shell.near, faults))


@sheets.command(
    "export",
    help="输出台账。手续一览：一个项目一行、一个事项一列；填好的放进数据文件夹，没有手续表时按它读取。",
)
@click.argument("ledger", metavar="台账")
@click.option(
    "--to", "path", metavar="文件", type=click.Path(path_type=Path), help="写到哪个文件，不写的用台账名"
)
@click.pass_obj
def export(shell: Shell, ledger: str, path: Path | None) -> int:
    """Write a ledger made of the sheets."""
    from docgen.office import exporting

    made = exporting.export(shell.workspace(), ledger, path, shell.folder)
    shell.result(f"新建  {shell.near(made)}")
    return shell.finish(of_files([made], shell.near))
