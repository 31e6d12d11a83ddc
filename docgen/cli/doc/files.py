"""`docgen doc replace`, `attach`, `form` and `sign-pdf`: what gives files besides the steps."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.options import documents_argument, remark_option
from docgen.cli.shell import Shell
from docgen.office.answers.register import of_attaching, of_detaching, of_forms, of_replacing, of_signed_pdfs
from docgen.office.life.orders import ATTACHABLE, FileRole

if TYPE_CHECKING:
    from docgen.office.pdfs import Pdfs

PASSWORD: Final = "DOCGEN_CERT_PASSWORD"  # noqa: S105  # the name of the variable
_WHICH: Final = "公文写登记号、文号或标题的一部分，可写多个。\n"


@click.command(
    "replace", cls=ChineseCommand,
    help="按现在的数据另拟一件替换已编号的公文；新的签发以前，原文继续有效。",
    epilog=_WHICH + "例：docgen doc replace 某办函〔2026〕3号 --remark 时限写错",
)  # fmt: skip
@documents_argument(required=True)
@remark_option("替换的原因（必须写明），记入登记")
@click.pass_obj
def replace(shell: Shell, documents: tuple[str, ...], remark: str) -> int:
    """Draft successors."""
    from docgen.office.drafting import drafter

    drafted = drafter.replace(shell.desk(), documents, remark)
    answer = of_replacing(drafted, shell.near)
    shell.complain(drafted.faults)
    shell.advise(drafted.advices)
    for each in drafted.made:
        old = f"，替换 {each.replaces.name}" if each.replaces else ""
        draft = f"{each.id}号草稿  " if each.id is not None else ""
        shell.result(f"{each.outcome.value}  {draft}{shell.near(each.path)}{old}")
    shell.result(f"共{len(drafted.made)}件。{answer.next_step}")
    return shell.finish(answer)


@click.command(
    "attach", cls=ChineseCommand, help="给已签发的公文附上文件的副本：盖章后的扫描件、复函、回执。",
    epilog="例：docgen doc attach 12 扫描.pdf --role 扫描件",
)  # fmt: skip
@click.argument("document", metavar="公文")
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--role",
    metavar="类别",
    type=click.Choice([each.value for each in ATTACHABLE]),
    default=FileRole.ATTACHMENT.value,
    help="扫描件、复函、回执或附件",
)
@remark_option()
@click.pass_obj
def attach(shell: Shell, document: str, files: tuple[Path, ...], role: str, remark: str) -> int:
    """Attach copies of files."""
    from docgen.office.life import attachments

    attached = attachments.attach(shell.desk(), document, files, FileRole(role), remark)
    for each in attached:
        shell.result(f"{role}  {shell.near(each.path)}")
    shell.result(f"已登记为 {attached[0].document.name} 的{role}，共{len(attached)}个文件。")
    shell.advise(each.advice for each in attached if each.advice)
    return shell.finish(of_attaching(attached, role, shell.near))


@click.command(
    "detach", cls=ChineseCommand, help="停用登记错了、不能归档的附件：写明原因，文件保留在原处，不再算作附件。",
    epilog="例：docgen doc detach 12 扫描件-扫描.pdf --remark 扫错了页",
)  # fmt: skip
@click.argument("document", metavar="公文")
@click.argument("files", metavar="附件…", nargs=-1, required=True)
@remark_option("停用的原因（必须写明），记入登记")
@click.pass_obj
def detach(shell: Shell, document: str, files: tuple[str, ...], remark: str) -> int:
    """Set attachments aside."""
    return detached(shell, document, files, remark, archived=False)


def detached(shell: Shell, document: str, files: tuple[str, ...], remark: str, *, archived: bool) -> int:
    """Set attachments aside and say so."""
    from docgen.office.life import detaching

    desk = shell.desk()
    found = detaching.detach(desk, document, files, remark, archived=archived)
    for each in found.paths:
        shell.result(f"停用  {shell.near(desk.workspace.root / each)}")
    shell.result(f"已登记停用 {found.document.name} 的附件{len(found.paths)}个，文件保留在原处。")
    return shell.finish(of_detaching(found, shell.near, desk.workspace.root))


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
    from docgen.office.papers.filling import write_forms

    desk, pdfs = shell.desk(), None
    if pdf:
        from docgen.office.pdfs import need_tools

        need_tools()
    filled = write_forms(desk, documents)
    for each in filled:
        moved = f"（原有的移到 {shell.near(each.kept)}）" if each.kept else ""
        shell.result(f"生成  {shell.near(each.path)}{moved}")
    files = [each.path for each in filled]
    if pdf:
        pdfs = _printed(shell, files)
    return shell.finish(of_forms(files, pdfs, shell.near))


def _printed(shell: Shell, files: list[Path]) -> Pdfs:
    from docgen.office.pdfs import advices, beside

    with shell.bar("转换 PDF") as progress:
        pdfs = beside(files, progress)
    for path in pdfs.made:
        shell.result(f"生成  {shell.near(path)}")
    shell.complain(pdfs.faults)
    shell.advise(advices(pdfs, shell.near))
    return pdfs


@click.command(
    "sign-pdf", cls=ChineseCommand,
    help="把公文转成 PDF，用证书签名，登记为附件。",
    epilog=f"证书的密码放在环境变量 {PASSWORD} 里，或按提示输入。签名由 docgen verify 核对。\n"
    "例：docgen doc sign-pdf 1 --certificate 证书.p12",
)  # fmt: skip
@documents_argument(required=True)
@click.option(
    "--certificate", metavar="文件", type=click.Path(path_type=Path), required=True,
    help="带私钥的 PKCS#12 证书（.p12、.pfx）",
)  # fmt: skip
@click.pass_obj
def sign_pdf(shell: Shell, documents: tuple[str, ...], certificate: Path) -> int:
    """Attach signed PDFs."""
    from docgen.office.life import attachments

    made = attachments.sign_pdfs(shell.desk(), documents, certificate, _password())
    for each in made:
        shell.result(f"签名  {shell.near(each.path)}")
    shell.result(f"共{len(made)}件。")
    return shell.finish(of_signed_pdfs(made, shell.near))


def _password() -> str:
    """Return the certificate's password, asked for only on a terminal."""
    given = os.environ.get(PASSWORD)
    if given is not None or not sys.stdin.isatty():
        return given or ""
    asked: str = click.prompt("证书密码", hide_input=True, default="", show_default=False, err=True)
    return asked
