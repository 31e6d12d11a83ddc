"""`docgen ofd`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.shell import Shell
from docgen.office.answers.files import of_files

_LONGEST: Final = 86400


@click.command(
    "ofd", cls=ChineseCommand,
    help="把 PDF、docx、xlsx 转换成 OFD，可以一次多个；文字可以查找和复制，字体嵌在文件里。",
    epilog="例：docgen ofd 通知.pdf\n需要先安装：pip install 'docgen[ofd]'",
)  # fmt: skip
@click.argument(
    "files", metavar="文件…", nargs=-1, required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)  # fmt: skip
@click.option(
    "--to", "folder", metavar="文件夹", type=click.Path(path_type=Path), help="写到哪里，不写就在原文件旁边"
)
@click.option(
    "--timeout",
    "seconds",
    metavar="秒",
    type=click.IntRange(1, _LONGEST),
    help="docx、xlsx 先转成 PDF，一个文件最多等多少秒，不写是 60 秒",
)
@click.pass_obj
def ofd(shell: Shell, files: tuple[Path, ...], folder: Path | None, seconds: int | None) -> int:
    """Convert PDFs and documents."""
    from docgen.office import ofds, pdfs

    with shell.bar("转换 OFD") as progress:
        converted = ofds.converted(files, folder, seconds, progress)
    for path in converted.made:
        moved = "（原有的 OFD 移到“留存”）" if path in converted.kept else ""
        shell.result(f"生成  {shell.near(path)}{moved}")
    advices = pdfs.advices(converted, shell.near)
    shell.advise(advices)
    shell.complain(converted.faults)
    return shell.finish(of_files(converted.made, shell.near, converted.faults, advices))
