"""`docgen pdf`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.progress import bar
from docgen.cli.shell import Shell, exit_code_of
from docgen.errors import DONE

if TYPE_CHECKING:
    from docgen.pdf.convert import Pdfs

_LONGEST: Final = 86400


@click.command("pdf", cls=ChineseCommand, help="把 docx 转换成 PDF，可以一次多个。")
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
    if setup:
        return _set_up(shell)
    if not files:
        raise click.UsageError("没有指明要转换的文件", click.get_current_context())
    from docgen.pdf.convert import make_pdfs
    from docgen.pdf.libreoffice import FILE_SECONDS

    targets = {each: (folder or each.parent) / f"{each.stem}.pdf" for each in _different(files)}
    with bar(shell, "转换 PDF") as progress:
        pdfs = make_pdfs(targets, seconds=seconds or FILE_SECONDS, progress=progress)
    return _tell(shell, pdfs)


def _set_up(shell: Shell) -> int:
    from docgen.pdf import fonts

    done = fonts.install()
    for line in done:
        shell.result(line)
    return shell.finish(done=done)


def _different(files: Iterable[Path]) -> Iterable[Path]:
    """Return the files without those named twice."""
    different: dict[Path, Path] = {}
    for each in files:
        different.setdefault(each.resolve(), each)
    return different.values()


def _tell(shell: Shell, pdfs: Pdfs) -> int:
    for path in pdfs.made:
        moved = "（原有的 PDF 移到“留存”）" if path in pdfs.kept else ""
        shell.result(f"生成  {shell.near(path)}{moved}")
    shell.complain(pdfs.faults)
    return shell.finish(
        exit_code_of(pdfs.faults) if pdfs.faults else DONE,
        faults=pdfs.faults,
        files=[shell.near(path) for path in pdfs.made],
    )
