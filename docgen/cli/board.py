"""`docgen board`."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.options import refuse_other_ending
from docgen.cli.shell import Shell
from docgen.office.answers.files import of_board


@click.command(
    "board",
    cls=ChineseCommand,
    help="生成挂图作战图：一个网页文件，用浏览器打开，可以筛选，可以打印成一张 A3。",
    epilog="例：docgen board --to 挂图作战.html",
)
@click.option(
    "--to", "path", metavar="文件.html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写到哪个文件，不写就在 out/挂图作战 中以当天日期为名；原有的文件不是 docgen 生成的，移到“留存”",
)  # fmt: skip
@click.pass_obj
def board(shell: Shell, path: Path | None) -> int:
    """Write the wall chart."""
    from docgen.office.board import making

    if path is not None:
        refuse_other_ending(path, making.SUFFIXES)
    made = making.make(shell.desk(), path)
    moved = f"（原有的文件移到 {shell.near(made.kept)}）" if made.kept else ""
    shell.result(f"生成  {shell.near(made.path)}{moved}")
    projects, approvals = made.rates
    lights = "，".join(f"{words}{count}" for words, count in made.lights.items())
    shell.result(
        f"终稿项目{made.chart.final}个，全部办结{projects.done}个；"
        f"手续办结率 {approvals.words}（{approvals.done}/{approvals.needed}）；{lights}"
    )
    shell.advise(made.advices)
    return shell.finish(of_board(made, shell.near))
