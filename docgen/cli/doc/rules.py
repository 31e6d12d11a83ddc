"""`docgen doc rules`, `loosen`, `tighten`: the rules on who may do what; `explain`: what only looks like tampering."""

from __future__ import annotations

from typing import Final

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.options import remark_option
from docgen.cli.shell import Shell
from docgen.cli.terminal import aligned
from docgen.office.answers.register import of_duty, of_explaining, of_rules

_MOST_ENTRIES: Final = 10**9
_RULE: Final = click.argument("rule", metavar="规则")
_REASON: Final = remark_option("原因（必须写明），记入登记")


@click.command(
    "rules", cls=ChineseCommand, help="列出谁能办什么的规则，哪些放宽了。", epilog="例：docgen doc rules"
)
@click.pass_obj
def rules(shell: Shell) -> int:
    """List the duties."""
    from docgen.office.life import duties

    found = duties.rules(shell.desk())
    rows = [("已放宽" if each.loosened else "执行", each.duty.value, "、".join(each.steps)) for each in found]
    for line in aligned(rows, ("状态", "规则", "用于")):
        shell.result(line)
    return shell.finish(of_rules(found))


@click.command(
    "loosen", cls=ChineseCommand, help="放宽一条规则，从登记之时起生效；放宽和原因都记入登记。",
    epilog="例：docgen doc loosen 拟稿人不得签发 --remark 办公室只有一人在岗",
)  # fmt: skip
@_RULE
@_REASON
@click.pass_obj
def loosen(shell: Shell, rule: str, remark: str) -> int:
    """Loosen a duty."""
    return _set(shell, rule, remark, loosened=True)


@click.command(
    "tighten", cls=ChineseCommand, help="恢复执行一条放宽了的规则。",
    epilog="例：docgen doc tighten 拟稿人不得签发 --remark 人员已到岗",
)  # fmt: skip
@_RULE
@_REASON
@click.pass_obj
def tighten(shell: Shell, rule: str, remark: str) -> int:
    """Hold to a duty again."""
    return _set(shell, rule, remark, loosened=False)


@click.command(
    "explain", cls=ChineseCommand,
    help="说明一处已经查清的误报：旧版本中两人同时办理同一件公文，“替换”接不上当时的状态。说明记入登记，核对时代替那一处问题列出。",
    epilog="例：docgen --by 万里舟 doc explain 128 --remark 与印发同时登记，已核对原件",
)  # fmt: skip
@click.argument("entry", metavar="条号", type=click.IntRange(1, _MOST_ENTRIES))
@_REASON
@click.pass_obj
def explain(shell: Shell, entry: int, remark: str) -> int:
    """Explain an alarm."""
    from docgen.office.life import explaining

    alarm = explaining.explain(shell.desk(), entry, remark)
    shell.result(f"已说明：{alarm.what}")
    return shell.finish(of_explaining(alarm))


def _set(shell: Shell, rule: str, remark: str, *, loosened: bool) -> int:
    from docgen.office.life.duties import set_duty

    duty = set_duty(shell.desk(), rule, remark, loosened=loosened)
    shell.result(f"已放宽：{duty.value}" if loosened else f"恢复执行：{duty.value}")
    return shell.finish(of_duty(duty, loosened=loosened))
