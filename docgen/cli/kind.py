"""`docgen kind`: the kinds of documents of a workspace."""

from __future__ import annotations

import click

from docgen.cli.chinese import ChineseGroup
from docgen.cli.shell import Shell
from docgen.cli.terminal import aligned
from docgen.office.answers.answer import Answer


@click.group("kind", cls=ChineseGroup, help="文种：列出、查看、新建、检查。")
def kind() -> None:
    """Kinds of documents."""


@kind.command("list", help="列出可以起草的文种，随附的和本单位自定的。")
@click.pass_obj
def list_(shell: Shell) -> int:
    """List the kinds."""
    from docgen.office.drafting.kinds import listed

    found, faults = listed(shell.desk())
    shell.complain(faults)
    rows = []
    for each in found:
        command = each.command or f"draft {each.title}"
        rows.append((each.title, each.form, each.made_for_words, f"docgen {command}"))
    for line in aligned(rows, ("文种", "版式", "制作对象", "命令")):
        shell.result(line)
    kinds = [
        {
            "title": each.title, "command": each.command, "form": each.form, "made_for": list(each.made_for),
            "made_for_kinds": list(each.kinds), "own": each.own, "file": each.file,
        }
        for each in found
    ]  # fmt: skip
    return shell.finish(Answer({"kinds": kinds}, faults))


@kind.command("show", help="查看一种公文：为什么制发、发给谁、可改的设置。")
@click.argument("name", metavar="文种")
@click.pass_obj
def show(shell: Shell, name: str) -> int:
    """Show a kind."""
    from docgen.office.drafting.kinds import shown

    found = shown(shell.desk(), name)
    lines = {
        "文种": found.info.title,
        "版式": found.info.form,
        "制作对象": found.info.made_for_words,
        "条件": "；".join(found.conditions),
        "主送": "、".join(found.to),
        "抄送": "、".join(found.copies),
        "选择": "、".join(found.options),
        "再次制发": found.again,
        "机关代字": found.code,
        "合并方式": f"{found.way}（可选：{'、'.join(found.ways)}）" if found.ways else "",
        "模板": shell.near(found.template) if found.template else "清单，没有模板",
        **{f"列 {head}": shows for head, shows in found.columns},
        **{f"设置 {name}": f"{value}  {said}" for name, value, said in found.settings},
    }
    for line in aligned([(label, words) for label, words in lines.items() if words]):
        shell.result(line)
    value = {
            "title": found.info.title, "command": found.info.command, "form": found.info.form,
            "made_for": list(found.info.made_for), "made_for_kinds": list(found.info.kinds),
            "options": list(found.options), "conditions": list(found.conditions), "to": list(found.to),
            "copies": list(found.copies), "again": found.again, "code": found.code, "ways": list(found.ways),
            "way": found.way, "settings": {name: value for name, value, _ in found.settings},
            "template": shell.near(found.template) if found.template else "", "own": found.info.own,
            "columns": [{"head": head, "shows": shows} for head, shows in found.columns],
    }  # fmt: skip
    return shell.finish(Answer({"kind": value}))


@kind.command("new", help="新建一种自定的公文或清单：写一份声明和一份正文（清单只有声明），供修改。")
@click.argument("name", metavar="文种")
@click.option("--form", metavar="版式", required=True, help="信函、文件、上行文、纪要、命令、单、期刊或清单")
@click.option(
    "--for",
    "source",
    metavar="制作对象",
    required=True,
    help="项目、项目单位、手续、单位、机制、时段、公文，或一张数据表",
)
@click.pass_obj
def new(shell: Shell, name: str, form: str, source: str) -> int:
    """Begin a kind of the office's own."""
    from docgen.office.drafting.kinds import begin

    paths = begin(shell.desk(), name, form, source)
    for path in paths:
        shell.result(f"新建  {shell.near(path)}")
    if len(paths) == 1:  # a list
        shell.result(
            f"下一步：改好声明，运行 docgen kind check {name}，再用 docgen draft {name} --all 生成。"
        )
        return shell.finish(Answer({"files": [shell.near(path) for path in paths]}))
    shell.result(
        f"下一步：改好声明和正文，运行 docgen kind check {name}，再用 docgen draft {name} --all 起草。"
    )
    shell.result("要在 Word 里改模板的，先运行 docgen template rebuild " + name)
    return shell.finish(Answer({"files": [shell.near(path) for path in paths]}))


@kind.command("check", help="检查文种的声明和模板，一次列出全部问题。")
@click.argument("names", metavar="[文种]…", nargs=-1)
@click.pass_obj
def check(shell: Shell, names: tuple[str, ...]) -> int:
    """Check declarations and templates."""
    from docgen.office.drafting.kinds import checked, unwritten, without_code

    desk = shell.desk()
    faults = checked(desk, names)
    advices = [*unwritten(desk, names), *without_code(desk, names)]
    shell.advise(advices)
    shell.report(faults)
    if not faults:
        shell.result("文种没有问题。")
    return shell.finish(Answer(faults=faults, advices=advices))
