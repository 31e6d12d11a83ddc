"""`docgen pdf`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.shell import Shell


@click.command("pdf", cls=ChineseCommand, help="把 docx 转换成 PDF，可以一次多个。")
@click.argument(
    "files", metavar="文件.docx…", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--to", "folder", metavar="文件夹", type=click.Path(path_type=Path), help="写到哪里，不写就在原文件旁边"
)
@click.option("--setup", is_flag=True, help="安装所需的 LibreOffice 和替代字体（Debian 系统，需管理员权限）")
@click.pass_obj
def pdf(shell: Shell, files: tuple[Path, ...], folder: Path | None, *, setup: bool) -> int:
    """Convert documents, or install what conversion needs."""
    from docgen.render import fonts
    from docgen.render.pdf import to_pdf

    if setup:
        done = fonts.install()
        for line in done:
            shell.result(line)
        return shell.finish(done=done)
    if not files:
        raise click.UsageError("没有指明要转换的文件", click.get_current_context())
    made: list[Path] = []
    for place, documents in _by_folder(files, folder).items():
        replaced = {each.stem for each in documents if (place / f"{each.stem}.pdf").is_file()}
        for path in to_pdf(documents, place):
            made.append(path)
            moved = "（原有的 PDF 移到“留存”）" if path.stem in replaced else ""
            shell.result(f"生成  {shell.near(path)}{moved}")
    return shell.finish(files=[shell.near(path) for path in made])


def _by_folder(files: Sequence[Path], folder: Path | None) -> dict[Path, list[Path]]:
    """Return the files by the folder their PDFs go to."""
    folders: dict[Path, list[Path]] = {}
    for each in files:
        folders.setdefault(folder or each.parent, []).append(each)
    return folders
