"""`docgen template`."""

from __future__ import annotations

import click

from docgen.cli.chinese import ChineseGroup
from docgen.cli.shell import Shell
from docgen.office.answers.answer import Answer
from docgen.office.answers.files import of_templates


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
        shell.result(f"{each.kind}  {shell.near(each.path)}  {each.state.value}")
    return shell.finish(of_templates(found, shell.near))


@template.command("check", help="检查模板：标签、字段，指出错在哪一段。")
@click.argument("kinds", metavar="[文种]…", nargs=-1)
@click.pass_obj
def check(shell: Shell, kinds: tuple[str, ...]) -> int:
    """Check templates."""
    from docgen.office.templates import checked

    faults = checked(shell.workspace(), kinds)
    shell.complain(faults)
    if not faults:
        shell.result("模板没有问题。")
    return shell.finish(Answer(faults=faults))


@template.command("fields", help="列出一种公文的模板可以使用的字段。")
@click.argument("kind", metavar="文种")
@click.pass_obj
def fields(shell: Shell, kind: str) -> int:
    """List the fields a template may use."""
    from docgen.office.templates import fields as fields_of

    names = fields_of(shell.workspace(), kind)
    for name in names:
        shell.result("{{ " + name + " }}" if "[" not in name else name)
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
    if not rebuilt:
        shell.result("模板都是随附的，没有改动。")
    return shell.finish(Answer({"templates": [shell.near(path) for path, _ in rebuilt]}))
