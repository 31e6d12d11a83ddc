"""`docgen sheets`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.chinese import ChineseGroup
from docgen.cli.shell import Shell, exit_code_of
from docgen.errors import DONE

if TYPE_CHECKING:
    from docgen.model.schema import Schema


@click.group("sheets", cls=ChineseGroup, help="数据表：生成空白表、检查、标注问题。")
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
    from docgen.files import staged
    from docgen.sheets.books import files_of, refuse_existing

    offered, schema = _offered(shell)
    files = files_of(kinds, offered, schema)
    paths = {shell.folder / folder / name: data for name, data in files.items()}
    refuse_existing(list(paths))
    with staged() as staging:
        for path, data in paths.items():
            staging.add(path, data)
    for path in paths:
        shell.result(f"新建  {shell.near(path)}")
    return shell.finish(files=[shell.near(path) for path in paths])


@sheets.command("check", help="只检查数据表和表间关联。")
@click.pass_obj
def check(shell: Shell) -> int:
    """Show everything that is wrong with the sheets."""
    reading = shell.workspace().read()
    for fault in reading.faults:
        shell.result(str(fault))
    shell.advise(reading.advices)
    shell.result(f"共{len(reading.faults)}处问题。" if reading.faults else "没有问题。")
    code = exit_code_of(reading.faults) if reading.faults else DONE
    return shell.finish(code, faults=reading.faults, advices=reading.advices)


@sheets.command("annotate", help="把有问题的单元格标红、加批注，写成数据表的副本；原表不动。")
@click.option(
    "--to", "folder", metavar="文件夹", type=click.Path(path_type=Path), required=True, help="副本写到哪里"
)
@click.pass_obj
def annotate(shell: Shell, folder: Path) -> int:
    """Write marked copies of the workbooks."""
    faults, copies = shell.office().annotate(shell.folder / folder)
    shell.complain(faults)
    for path in copies:
        shell.result(f"标注  {shell.near(path)}")
    if not copies:
        shell.result("没有可标注的单元格。")
    code = exit_code_of(faults) if faults else DONE
    return shell.finish(code, faults=faults, files=[shell.near(path) for path in copies])


def _offered(shell: Shell) -> tuple[dict[type, list[str]], Schema]:
    """Return the names that drop-downs offer, none without a sound workspace, and the sheets there are.

    Raises:
        Problems: what is wrong with the sheets that the workspace declares.
    """
    from docgen.errors import DocgenError
    from docgen.model.schema import BUILT_IN
    from docgen.sheets.books import offered_by

    try:
        workspace = shell.workspace()
    except DocgenError:
        return {}, BUILT_IN
    records = workspace.read().records
    return offered_by(records) if records else {}, workspace.schema
