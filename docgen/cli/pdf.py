"""`docgen pdf`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.shell import Shell
from docgen.office.answers.answer import Answer
from docgen.office.answers.files import of_files

_LONGEST: Final = 86400


@click.command("pdf", cls=ChineseCommand, help="把 docx、xlsx 转换成 PDF，可以一次多个。")
@click.argument(
    "files", metavar="文件.docx…", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--to", "folder", metavar="文件夹", type=click.Path(path_type=Path), help="写到哪里，不写就在原文件旁边"
)
@click.option(
    "--timeout",
    "seconds",
    metavar="秒",
    type=click.IntRange(1, _LONGEST),
    help="一个文件最多等多少秒，不写是 60 秒；很大的文件自动多等",
)
@click.option("--setup", is_flag=True, help="安装所需的 LibreOffice 和替代字体（Debian 系统，需管理员权限）")
@click.pass_obj
def pdf(
    shell: Shell, files: tuple[Path, ...], folder: Path | None, seconds: int | None, *, setup: bool
) -> int:
    """Convert documents, or install what conversion needs."""
    from docgen.office import pdfs

    if setup:
        done = pdfs.set_up()
        for line in done:
            shell.result(line)
        return shell.finish(Answer({"done": done}))
    if not files:
        raise click.UsageError("没有指明要转换的文件", click.get_current_context())
    with shell.bar("转换 PDF") as progress:
        converted = pdfs.converted(files, folder, seconds, progress)
    for path in converted.made:
        moved = "（原有的 PDF 移到“留存”）" if path in converted.kept else ""
        shell.result(f"生成  {shell.near(path)}{moved}")
    advices = pdfs.advices(converted, shell.near)
    shell.advise(advices)
    shell.complain(converted.faults)
    return shell.finish(of_files(converted.made, shell.near, converted.faults, advices))
