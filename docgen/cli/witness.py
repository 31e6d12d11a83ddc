"""`docgen witness`: what the witnesses of the register have noted, and beginning them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from docgen.cli.chinese import ChineseGroup
from docgen.cli.options import remark_option
from docgen.cli.shell import Shell
from docgen.office.answers.register import of_begun, of_witnesses

if TYPE_CHECKING:
    from docgen.office.witnesses import Seen


@click.group(
    "witness",
    cls=ChineseGroup,
    help="登记库的见证：每次登记后记在库外的条数和摘要，用来查出丢失和换回的旧库。",
)
def witness() -> None:
    """Witnesses of the register."""


@witness.command(
    "list", help="列出见证放在哪里、记到第几条，与登记是否相符。", epilog="例：docgen witness list"
)
@click.pass_obj
def list_(shell: Shell) -> int:
    """List the witnesses."""
    from docgen.office.witnesses import witnesses

    seen = witnesses(shell.desk())
    for each in seen:
        shell.result(line_of(each))
    answer = of_witnesses(seen)
    shell.advise(answer.advices)
    shell.report(answer.faults)
    return shell.finish(answer)


@witness.command(
    "begin",
    help="建立还没有的见证，或者在查明原因后重新建立不见了的、与登记不符的见证。要由负责人决定，记入登记；原来的见证移到“留存”。"
    "登记库属于别的工作区的，用 --adopt 改由这个工作区使用。",
    epilog="例：docgen --by 万里舟 witness begin --remark 硬盘损坏，已用昨晚的备份恢复",
)
@remark_option("原因（必须写明），记入登记")
@click.option("--adopt", is_flag=True, help="登记库原来属于别的工作区，从此由这个工作区使用")
@click.pass_obj
def begin(shell: Shell, remark: str, adopt: bool) -> int:
    """Begin witnesses."""
    from docgen.office import witnesses

    begun = witnesses.begin(shell.desk(), remark, adopt=adopt)
    for each in begun:
        former = f"，原来的移到 {shell.near(each.former)}" if each.former else ""
        shell.result(f"已建立见证 {shell.near(each.path)}{former}")
    return shell.finish(of_begun(begun, shell.near))


def line_of(seen: Seen) -> str:
    """Say what a witness has noted."""
    return f"见证 {seen.place.shown}：{f'{seen.lines}行，记到第{seen.count}条' if seen.lines else '没有'}。"
