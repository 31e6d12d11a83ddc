"""`docgen ofd`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.shell import Shell
from docgen.office.answers.files import of_ofds

if TYPE_CHECKING:
    from docgen.office.ofds.making import Ofd

_LONGEST: Final = 86400
_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    "ofd", cls=ChineseCommand,
    help="把 PDF、docx、xlsx 转换成 OFD，可以一次多个；文字可以查找和复制，字体嵌在文件里。"
    "登记过的公文带上登记的元数据和附件，其他文件写入能从正文读出的元数据。",
    epilog="例：docgen ofd 通知.pdf\n    docgen ofd 通知.docx --attach 附表.xlsx\n"
    "    docgen read 通知.ofd              列出 OFD 的元数据和附件\n"
    "需要先安装：pip install 'docgen[ofd]'",
)  # fmt: skip
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=_FILE)
@click.option(
    "--to", "folder", metavar="文件夹", type=click.Path(path_type=Path), help="写到哪里，不写就在原文件旁边"
)
@click.option(
    "--attach",
    metavar="文件",
    multiple=True,
    type=_FILE,
    help="作为附件放进 OFD 的文件，可重复；放进每一个 OFD",
)
@click.option("--no-attachments", "bare", is_flag=True, help="不带登记的附件")
@click.option(
    "--timeout",
    "seconds",
    metavar="秒",
    type=click.IntRange(1, _LONGEST),
    help="docx、xlsx 先转成 PDF，一个文件最多等多少秒，不写是 60 秒",
)
@click.pass_obj
def ofd(shell: Shell, /, files: tuple[Path, ...], **options: Any) -> int:
    """Convert PDFs and documents."""
    from docgen.office import pdfs
    from docgen.office.ofds.making import Asked, converted

    asked = Asked(
        options["folder"], options["seconds"], desk=shell.desk_if_any(),
        attach=options["attach"], recorded=not options["bare"],
    )  # fmt: skip
    with shell.bar("转换 OFD") as progress:
        made = converted(files, asked, progress)
    for each in made.made:
        for line in _lines(shell, each):
            shell.result(line)
    advices = [*made.advices, *pdfs.advices(made, shell.near)]
    shell.advise(advices)
    shell.complain(made.faults)
    return shell.finish(of_ofds(made, shell.near, advices))


def _lines(shell: Shell, made: Ofd) -> Iterator[str]:
    moved = "（原有的 OFD 移到“留存”）" if made.kept else ""
    yield f"生成  {shell.near(made.path)}{moved}"
    if made.document:
        yield f"      登记的公文：{made.document}"
    if made.attachments:
        yield f"      附件：{'、'.join(made.attachments)}"
