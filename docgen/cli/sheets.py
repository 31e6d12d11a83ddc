"""`docgen sheets`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from docgen.cli.chinese import ChineseGroup
from docgen.cli.options import Day, FilePath
from docgen.cli.shell import Shell
from docgen.office.answers.files import of_files, of_sheets

if TYPE_CHECKING:
    from docgen.office.round.collect import Outcome

_WORKBOOK: Final = (".xlsx",)


@click.group("sheets", cls=ChineseGroup, help="数据表：生成空白表、检查、标注问题、下发和汇总、输出台账。")
def sheets() -> None:
    """Data sheets."""


@sheets.command(
    "new",
    help="生成空白数据表。种类如 单位、人员、项目、手续、事项、工作机制；写“全部”生成所有。"
    "写“台账样式”生成可以改台账字体、标题、列宽的工作簿，放在模板文件夹的 xlsx 下起作用。",
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

    workspace = shell.workspace()
    checked = check_sheets(workspace, shell.day(workspace))
    shell.report(checked.faults)
    shell.advise(checked.advices)
    if not checked.faults:
        shell.result("没有问题。")
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
    help="输出台账，可以直接打印、盖章、报送。台账有：谋划项目库、项目清单初稿、项目清单审核稿、项目清单终稿、"
    "倒排工期调度表、任务表、重大事项清单、堵点难点问题台账、督办台账、待批项目台账、超期清单、议定事项台账、包联一览表、代办帮办一览表、"
    "成员名单、报送统计、清单变动表（与 --since 期末的快照比较）、"
    "手续一览（一个项目一行、一个事项一列；填好的放进数据文件夹，没有手续表时按它读取）。",
)
@click.argument("ledger", metavar="台账")
@click.option(
    "--to", "path", metavar="文件", type=FilePath(dir_okay=False, endings=_WORKBOOK),
    help="写到哪个文件（.xlsx），不写的用台账名",
)  # fmt: skip
@click.option(
    "--since", metavar="时段", default="", help="与这一期期末的快照比较，只用于清单变动表，如 2025-10"
)
@click.pass_obj
def export(shell: Shell, ledger: str, path: Path | None, since: str) -> int:
    """Write a ledger made of the sheets."""
    from docgen.office import exporting

    made = exporting.export(shell.desk(), ledger, path, shell.folder, since)
    shell.result(f"新建  {shell.near(made)}")
    return shell.finish(of_files([made], shell.near))


@sheets.command(
    "hand-out",
    help="下发填报表：一个单位一个工作簿，只有它的行，要填的格可以填，其余锁定。收回后用 sheets collect 汇总。",
)
@click.option("--period", metavar="时段", required=True, help="哪一期，如 2026-03中旬")
@click.option(
    "--to", "folder", metavar="文件夹", type=click.Path(path_type=Path), required=True, help="工作簿写到哪里"
)
@click.option("--unit", "units", metavar="单位", multiple=True, help="只发给这个单位，可以写几次")
@click.option("--due", metavar="日期", type=Day(), help="何日前报回；不写的按报送表，报送表没有的为期末")
@click.option(
    "--enter",
    is_flag=True,
    help="同时在报送表登记应报事项，到期没有报的在 status 和通报中列出；可用 sheets undo 撤回",
)
@click.pass_obj
def hand_out(shell: Shell, /, period: str, folder: Path, enter: bool, **wished: Any) -> int:
    """Write a workbook for each unit."""
    from docgen.office.answers.rounds import of_hand_out
    from docgen.office.round.entering import enter_due
    from docgen.office.round.handing_out import hand_out as handing_out

    desk = shell.desk()
    made = handing_out(desk, period, shell.folder / folder, wished["units"], wished["due"])
    entered = enter_due(desk, made) if enter else None
    for path, (unit, rows, day) in zip(made.files, made.units, strict=True):
        shell.result(f"下发  {shell.near(path)}（{unit}，{rows}行，{day.month}月{day.day}日前报回）")
    if made.page:
        shell.result(f"附上  {shell.near(made.page)}（给填报人看的一页）")
    shell.advise((*made.advices, *(entered.advices if entered else ())))
    shell.result(f"{made.period.short_name}：共{len(made.files)}个单位。")
    if entered and entered.folder:
        shell.result(f"已在报送表登记应报事项，记录在 {shell.near(entered.folder)}")
    return shell.finish(of_hand_out(made, entered, shell.near))


@sheets.command(
    "collect",
    help="汇总报回的工作簿：谁报了、谁迟报、改了什么、哪里有冲突和问题。不加 --apply 只看不写。",
)
@click.argument("paths", metavar="文件或文件夹…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--apply", is_flag=True, help="写入办公室的数据表；写入前自动备份，可用 sheets undo 撤回")
@click.option("--partial", is_flag=True, help="有问题和冲突的不写，其余的先写入")
@click.option(
    "--to",
    metavar="文件夹",
    type=click.Path(path_type=Path),
    help="写出“变动和冲突.xlsx”和标注了问题的退回件",
)
@click.option(
    "--decisions",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="在“采用”列选定了冲突的“变动和冲突.xlsx”",
)
@click.pass_obj
def collect(shell: Shell, /, paths: tuple[Path, ...], **wished: Any) -> int:
    """Put returned workbooks together, and write them into the office's sheets when told to."""
    from docgen.office.answers.rounds import of_collecting
    from docgen.office.round.collect import Wish, run

    folders = {name: shell.folder / wished[name] for name in ("to", "decisions") if wished[name]}
    outcome = run(shell.desk(), Wish([shell.folder / each for each in paths], **{**wished, **folders}))
    answer = of_collecting(outcome, shell.near)
    _tell(shell, outcome, answer.next_step)
    shell.complain(outcome.faults)
    return shell.finish(answer)


def _tell(shell: Shell, outcome: Outcome, next_step: str) -> None:
    """Print what came back, what it changes and what was done."""
    from docgen.office.answers.rounds import told_changes, told_conflicts, told_returns

    found = outcome.collection
    for line in (*told_returns(found), *told_changes(found), *told_conflicts(found)):
        shell.result(line)
    shell.advise(outcome.advices)
    for path in outcome.files:
        shell.result(f"写出  {shell.near(path)}")
    applied = outcome.applied
    if applied and not applied.folder:
        shell.result("没有新的内容，没有写入。")
    elif applied and applied.folder and not applied.count:
        shell.result(f"没有要写入的格，报回已记下，记录在 {shell.near(applied.folder)}")
    elif applied and applied.folder:
        books = "、".join(applied.books)
        shell.result(f"已写入{applied.count}格（{books}），原表和记录在 {shell.near(applied.folder)}")
    elif found.returns:
        shell.result(f"没有写入任何内容。{next_step}")


@sheets.command(
    "import",
    help="把别的样式的清单（本办公室自己的表、外地的表）导入数据表：按表头猜每一列读作什么，先写出核对表，"
    "逐项确认后再写入。多行表头、合并单元格、分组标题、万元和亿元、一个项目一行的手续表都能读。",
)
@click.argument("path", metavar="清单文件", type=click.Path(path_type=Path))
@click.option(
    "--as", "kind", metavar="表", default="", help="导入为哪张数据表，如 项目、手续；不写的按表头判断"
)
@click.option("--sheet", "sheets_", metavar="工作表", multiple=True, help="只读这张工作表，可以写几次")
@click.option(
    "--to",
    metavar="文件",
    type=FilePath(dir_okay=False, endings=_WORKBOOK),
    help="核对表写到哪里，如 核对.xlsx；不写的只看不写",
)
@click.option("--decisions", metavar="文件", type=click.Path(path_type=Path), help="已经逐项确认的核对表")
@click.option("--apply", is_flag=True, help="写入办公室的数据表；写入前自动备份，可用 sheets undo 撤回")
@click.option("--partial", is_flag=True, help="没有确认和有问题的不写，其余的先写入")
@click.pass_obj
def import_(shell: Shell, /, path: Path, sheets_: tuple[str, ...], **wished: Any) -> int:
    """Take in a list of another shape, each guess confirmed before it counts."""
    from docgen.office.answers.imports import of_import, told_import
    from docgen.office.round.importing import Wish, run

    folders = {name: shell.folder / wished[name] for name in ("to", "decisions") if wished[name]}
    made = run(shell.desk(), Wish(shell.folder / path, sheets=sheets_, **{**wished, **folders}))
    for line in told_import(made):
        shell.result(line)
    answer = of_import(made, shell.near)
    shell.advise(answer.advices)
    if made.proposal:
        shell.result(f"写出  {shell.near(made.proposal)}")
    if made.applied and made.applied.folder:
        where = shell.near(made.applied.folder)
        shell.result(f"已写入{made.count}格（{'、'.join(made.applied.books)}），原表和记录在 {where}")
    elif made.applied:
        shell.result("没有新的内容，没有写入。")
    else:
        shell.result(f"没有写入任何内容。{answer.next_step}")
    shell.complain(made.faults)
    return shell.finish(answer)


@sheets.command(
    "refresh",
    help="把数据表下拉列表里的单位、人员、项目、事项换成现在的名称；数据和格式不动，可用 sheets undo 撤回。",
)
@click.pass_obj
def refresh(shell: Shell) -> int:
    """Bring the lists of drop-downs up to date."""
    from docgen.office.answers.rounds import of_refreshing, told_refreshed
    from docgen.office.drop_downs import refresh as refreshing

    made = refreshing(shell.desk())
    for line in told_refreshed(made):
        shell.result(line)
    folder = made.applied.folder
    shell.result(f"原表和记录在 {shell.near(folder)}" if folder else "下拉列表都是现在的名称，没有改动。")
    return shell.finish(of_refreshing(made, shell.near))


@sheets.command("undo", help="撤回最近一次写入的汇总；写入后没有再改过的工作簿恢复原样。")
@click.pass_obj
def undo(shell: Shell) -> int:
    """Take the last applied collection back."""
    from docgen.office.answers.rounds import of_undoing
    from docgen.office.round.undoing import undo as taking_back

    undone = taking_back(shell.desk())
    log = undone.collected.log
    books = "、".join(undone.books)
    what = (f"{undone.count}格（{books}）" if undone.count else books) or "工作簿都是原样，不用改"
    shell.result(f"撤回{log['day']}由{log['by']}写入的汇总：{what}")
    return shell.finish(of_undoing(undone, shell.near))
