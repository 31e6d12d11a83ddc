"""`docgen replies`: forms that units filled in and sent back."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.shell import Shell
from docgen.office.answers.replies import of_replies, told_reply


@click.command(
    "replies", cls=ChineseCommand,
    help="读取各单位填好发回的表单（交办单反馈栏、督办回复、名单反馈表）：回复的是哪一件公文，填了什么，"
    "可以登记到数据表的哪一格。不加 --apply 只读不写。",
    epilog="例：docgen replies 报回/*.docx",
)  # fmt: skip
@click.argument("paths", metavar="文件.docx…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--document", metavar="公文", default="", help="这个文件回复哪一件，写登记号或文号；不写的自动辨认"
)
@click.option(
    "--apply", "applied", is_flag=True, help="登记到数据表，并把文件存到那件公文下面；可用 sheets undo 撤回"
)
@click.pass_obj
def replies(shell: Shell, paths: tuple[Path, ...], document: str, applied: bool) -> int:
    """Show what came back and what of it the office may record; record it when told to."""
    from docgen.office.replies.applying import planned, record
    from docgen.office.replies.reading import read_replies
    from docgen.office.round.sole_writer import alone

    desk = shell.desk()
    with alone(desk, when=applied):
        found = read_replies(desk, [shell.folder / each for each in paths], document)
        for reply in found:
            for line in told_reply(reply, shell.near):
                shell.result(line)
            shell.advise(reply.advices)
        faulty = any(each.faults for each in found)
        recorded = record(desk, found) if applied and not faulty else None
        if not applied and not faulty:
            planned(desk, found)
    if recorded:
        shell.advise(recorded.advices)
        shell.result(f"已登记{recorded.cells}格，{len(recorded.attached)}个文件存到公文下面。")
    answer = of_replies(found, recorded, shell.near)
    shell.complain(answer.faults)
    if answer.next_step and not faulty:
        shell.result(answer.next_step)
    return shell.finish(answer)
