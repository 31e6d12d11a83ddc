"""`docgen seal`: the seal on behalf, its mandates and its register."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from docgen.cli.chinese import ChineseGroup
from docgen.cli.doc.steps import SEAL_STEPS, step_command
from docgen.cli.ledgers import ledger_command
from docgen.cli.options import Day, remark_option, words_option
from docgen.cli.shell import Shell
from docgen.cli.terminal import aligned
from docgen.office.answers.register import of_mandate, of_mandates

if TYPE_CHECKING:
    from docgen.office.life.mandates import Mandate, Standing, Terms


@click.group("seal", cls=ChineseGroup, help="代章：授权、申请、批准、盖章、用印登记簿。")
def seal() -> None:
    """The seal on behalf."""


@seal.group("mandate", cls=ChineseGroup, help="代章授权：登记、查看、终止。")
def mandate() -> None:
    """Mandates for the seal on behalf."""


@mandate.command(
    "add", help="登记代章授权。没有写的各项取自“工作机制”表：设立文件、代章条款、代章单位。",
    epilog="例：docgen seal mandate add --clause 第二条第（三）项 --to 2026-12-31 --kinds 告知函、通报",
)  # fmt: skip
@words_option("--title", "授权文件名称，不加书名号", "名称")
@words_option("--number", "授权文件文号", "文号")
@words_option("--clause", "授权代章的条款", "条款")
@words_option("--principal", "委托单位全称", "单位")
@words_option("--stamping-unit", "代章单位全称", "单位")
@click.option("--from", "start", metavar="日期", type=Day(), help="从哪天起，当天在内")
@click.option("--to", "end", metavar="日期", type=Day(), help="到哪天止，当天在内；不写就是长期")
@words_option("--kinds", "涵盖的文种，用顿号隔开；不写就是全部", "文种")
@remark_option()
@click.pass_obj
def add(shell: Shell, /, **options: Any) -> int:
    """Record a mandate."""
    from docgen.office.life import mandates

    desk = shell.desk()
    terms = _terms(mandates.proposed_terms(desk), options)
    granted = mandates.grant(desk, terms, options["remark"])
    shell.result("已登记代章授权：")
    _describe(shell, granted, mandates.standing(granted, desk.today))
    return shell.finish(of_mandate(granted))


def _terms(proposed: Terms, options: dict[str, Any]) -> Terms:
    """Return the terms as the sheet proposes them, but for what was given."""
    names = ("title", "number", "clause", "principal", "stamping_unit", "start", "end")
    given = {name: options[name] for name in names if options[name]}
    kinds = options["kinds"].replace(",", "、").replace("，", "、").split("、")
    return replace(proposed, **given, kinds=tuple(filter(None, map(str.strip, kinds))))


@mandate.command("list", help="列出代章授权，今天是否有效。", epilog="例：docgen seal mandate list")
@click.pass_obj
def list_(shell: Shell) -> int:
    """List the mandates."""
    from docgen.office.life import mandates

    desk = shell.desk()
    found = mandates.mandates(desk)
    for each in found:
        _describe(shell, each, mandates.standing(each, desk.today))
    shell.result(f"共{len(found)}项授权。" if found else "还没有登记过代章授权。")
    return shell.finish(of_mandates(found, desk.today))


@mandate.command(
    "end", help="终止代章授权，今天是最后一天。", epilog="例：docgen seal mandate end 1 --remark 机构改革，印章停用"
)  # fmt: skip
@click.argument("which", metavar="授权")
@remark_option("终止的原因（必须写明），记入登记")
@click.pass_obj
def end(shell: Shell, which: str, remark: str) -> int:
    """End a mandate."""
    from docgen.office.life import mandates

    ended = mandates.end(shell.desk(), which, remark)
    shell.result(f"第{ended.id}号代章授权已终止，最后一天是 {ended.end}。")
    return shell.finish(of_mandate(ended))


def _describe(shell: Shell, mandate: Mandate, standing: Standing) -> None:
    until = f"至 {mandate.end}" if mandate.end else "起，长期"
    ended = f"由{mandate.ended_by}登记终止" if mandate.ended_by else ""
    facts = (
        ("授权文件", mandate.basis), ("条款", mandate.clause), ("委托单位", mandate.principal),
        ("代章单位", mandate.stamping_unit), ("文种", "、".join(mandate.kinds) or "全部"),
        ("期限", f"{mandate.start} {until}"), ("终止", ended), ("说明", mandate.remark),
    )  # fmt: skip
    shell.result(f"第{mandate.id}号  {standing.value}")
    for line in aligned([each for each in facts if each[1]]):
        shell.result(f"  {line}")


for _each in SEAL_STEPS:
    seal.add_command(step_command(_each))
seal.add_command(
    ledger_command(
        "register",
        "用印登记簿",
        "用印登记簿：一年的全部用印和登记链末端。",
        "seal register --year 2026 --to 用印登记簿.docx",
    )
)
