"""`docgen doc replace`, `attach` and `form`: what gives files besides the steps."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.options import documents_argument, remark_option
from docgen.cli.progress import bar
from docgen.cli.register_json import document_json
from docgen.cli.shell import Shell, exit_code_of
from docgen.errors import DONE

ROLES: Final = ("扫描件", "复函", "回执", "附件")
_WHICH: Final = "公文写登记号、文号或标题的一部分，可写多个。\n"


@click.command(
    "replace", cls=ChineseCommand,
    help="按现在的数据另拟一件替换已编号的公文；新的签发以前，原文继续有效。",
    epilog=_WHICH + "例：docgen doc replace 澄联审办函〔2026〕3号 --remark 时限写错",
)  # fmt: skip
@documents_argument(required=True)
@remark_option("替换的原因（必须写明），记入登记")
@click.pass_obj
def replace(shell: Shell, documents: tuple[str, ...], remark: str) -> int:
    """Draft successors."""
    drafted = shell.office().replace(documents, remark)
    shell.complain(drafted.faults)
    shell.advise(drafted.advices)
    for each in drafted.made:
        old = f"，替换 {each.replaces.name}" if each.replaces else ""
        shell.result(f"{each.outcome.value}  {shell.near(each.path)}{old}")
    shell.result(f"共{len(drafted.made)}件。新稿的登记号用 docgen doc list --state 拟稿 查看。")
    return shell.finish(
        exit_code_of(drafted.faults) if drafted.faults else DONE,
        faults=drafted.faults,
        advices=drafted.advices,
        documents=[
            {
                "key": each.draft.key,
                "title": each.draft.title,
                "path": shell.near(each.path),
                "replaces": document_json(each.replaces) if each.replaces else None,
            }
            for each in drafted.made
        ],
    )


@click.command(
    "attach", cls=ChineseCommand, help="给已签发的公文附上文件的副本：盖章后的扫描件、复函、回执。",
    epilog="例：docgen doc attach 12 扫描.pdf --role 扫描件",
)  # fmt: skip
@click.argument("document", metavar="公文")
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--role", metavar="类别", type=click.Choice(ROLES), default="附件", help="扫描件、复函、回执或附件"
)
@remark_option()
@click.pass_obj
def attach(shell: Shell, document: str, files: tuple[Path, ...], role: str, remark: str) -> int:
    """Attach copies of files."""
    attached = shell.office().registry.attach(document, files, role, remark)
    for each in attached:
        shell.result(f"{role}  {shell.near(each.path)}")
    shell.result(f"已登记为 {attached[0].document.name} 的{role}，共{len(attached)}个文件。")
    return shell.finish(
        document=attached[0].document.id, role=role, files=[shell.near(each.path) for each in attached]
    )


@click.command(
    "form", cls=ChineseCommand,
    help="生成供签字的发文稿纸；已有文号的，另生成用印审批单。登记过的内容已填好。",
    epilog=_WHICH + "例：docgen doc form 12 13 --pdf",
)  # fmt: skip
@documents_argument(required=True)
@click.option("--pdf", is_flag=True, help="同时生成 PDF")
@click.pass_obj
def form(shell: Shell, documents: tuple[str, ...], *, pdf: bool) -> int:
    """Write the forms."""
    office = shell.office()
    if pdf:
        from docgen.pdf.libreoffice import find_soffice

        find_soffice()
    filled = office.forms(documents)
    for each in filled:
        moved = f"（原有的移到 {shell.near(each.kept)}）" if each.kept else ""
        shell.result(f"生成  {shell.near(each.path)}{moved}")
    files = [each.path for each in filled]
    return _finish(shell, files, _printed(shell, office, files) if pdf else None)


def _printed(shell: Shell, office: Any, files: list[Path]) -> Any:
    with bar(shell, "转换 PDF") as progress:
        pdfs = office.pdf_of(files, progress)
    for path in pdfs.made:
        shell.result(f"生成  {shell.near(path)}")
    shell.complain(pdfs.faults)
    return pdfs


def _finish(shell: Shell, files: list[Path], pdfs: Any) -> int:
    faults = pdfs.faults if pdfs else []
    made = [*files, *(pdfs.made if pdfs else [])]
    return shell.finish(
        exit_code_of(faults) if faults else DONE, faults=faults, files=[shell.near(each) for each in made]
    )
