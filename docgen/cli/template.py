"""`docgen template`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from docgen.cli.chinese import ChineseGroup
from docgen.cli.shell import Shell
from docgen.office.answers.answer import Answer
from docgen.office.answers.files import of_templates

if TYPE_CHECKING:
    from docgen.office.drafting.comparing import Compared


@click.group("template", cls=ChineseGroup, help="公文模板。")
def template() -> None:
    """Document templates."""


@template.command("list", help="列出模板。")
@click.pass_obj
def list_(shell: Shell) -> int:
    """List the templates."""
    from docgen.office.templates import listed

    found = listed(shell.workspace())
    for each in found:
        place = f"{shell.near(each.path)}  " if each.path else ""
        shell.result(f"{each.kind}  {place}{each.state.value}")
    return shell.finish(of_templates(found, shell.near))


@template.command("check", help="检查模板：标签、字段，指出错在哪一段。")
@click.argument("kinds", metavar="[文种]…", nargs=-1)
@click.option(
    "--docxtpl", "compares", is_flag=True, help="再用 docxtpl 按实际数据填一遍，列出两者文字不同的地方"
)
@click.pass_obj
def check(shell: Shell, kinds: tuple[str, ...], compares: bool) -> int:
    """Check templates."""
    from docgen.office.templates import checked

    faults = checked(shell.workspace(), kinds)
    shell.complain(faults)
    _tell_lists(shell, kinds, "只检查了声明")
    if compares and not faults:
        return _compare(shell, kinds)
    if not faults:
        shell.result("模板没有问题。")
    return shell.finish(Answer(faults=faults))


def _tell_lists(shell: Shell, kinds: tuple[str, ...], what: str) -> tuple[str, ...]:
    """Say of the lists among named kinds that they have no template, and what was done instead; return them."""
    from docgen.office.templates import lists_among

    lists = lists_among(shell.workspace(), kinds) if kinds else ()
    for each in lists:
        shell.say(f"{each}是清单，没有模板，{what}。")
    return lists


def _compare(shell: Shell, kinds: tuple[str, ...]) -> int:
    """Show where docxtpl would write other words than docgen; differences are no faults."""
    from docgen.office.answers.files import of_comparing
    from docgen.office.drafting.comparing import compared

    found, advices = compared(shell.desk(), kinds)
    shell.advise(advices)
    for each in found:
        for line in _compared_lines(each):
            shell.result(line)
    return shell.finish(of_comparing(found, advices))


def _compared_lines(each: Compared) -> Iterator[str]:
    """Yield what comparing one kind's template brought."""
    if each.comparison is None:
        yield f"{each.kind}：按现在的数据表没有要制发的，没有对照"
    elif each.comparison.failed:
        yield f"{each.kind}：docxtpl 填不出这个模板（{each.comparison.failed}）"
    elif each.comparison.same:
        yield f"{each.kind}：两者文字相同（{each.document}）"
    else:
        yield f"{each.kind}：{len(each.comparison.differences)}处不同（{each.document}）"
        for difference in each.comparison.differences:
            yield f"  {difference.place}：docgen 写“{difference.ours}”，docxtpl 写“{difference.theirs}”"


@template.command("fields", help="列出一种公文的模板可以使用的字段。")
@click.argument("kind", metavar="文种")
@click.pass_obj
def fields(shell: Shell, kind: str) -> int:
    """List the fields a template may use."""
    from docgen.office.templates import fields as fields_of

    names = fields_of(shell.workspace(), kind)
    _tell_lists(shell, (kind,), "列出的是各列（shows）可以写的字段")
    for name in names:
        shell.result("{{ " + name + " }}" if "[]" not in name else name)
    return shell.finish(Answer({"fields": list(names)}))


@template.command("rebuild", help="恢复随附的模板；改过的模板先移到“留存”。")
@click.argument("kinds", metavar="[文种]…", nargs=-1)
@click.pass_obj
def rebuild(shell: Shell, kinds: tuple[str, ...]) -> int:
    """Write the templates that docgen ships."""
    from docgen.office.templates import rebuild as rebuild_of

    rebuilt = rebuild_of(shell.workspace(), kinds)
    for path, kept in rebuilt:
        moved = f"（原模板移到 {shell.near(kept)}）" if kept else ""
        shell.result(f"恢复  {shell.near(path)}{moved}")
    lists = _tell_lists(shell, kinds, "不用生成")
    if not rebuilt and not lists:
        shell.result("模板都是随附的，没有改动。")
    return shell.finish(Answer({"templates": [shell.near(path) for path, _ in rebuilt]}))
