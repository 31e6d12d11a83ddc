"""`docgen doc sign-pdf`: a PDF of an issued document, signed with a certificate and attached to it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.options import documents_argument
from docgen.cli.register_json import document_json
from docgen.cli.shell import Shell

PASSWORD: Final = "DOCGEN_CERT_PASSWORD"  # noqa: S105  # the name of the variable


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
    made = shell.office().sign_pdfs(documents, certificate, _password())
    for each in made:
        shell.result(f"签名  {shell.near(each.path)}")
    shell.result(f"共{len(made)}件。")
    return shell.finish(
        attachments=[
            {"document": document_json(each.document), "path": shell.near(each.path)} for each in made
        ]
    )


def _password() -> str:
    """Return the certificate's password, asked for only on a terminal."""
    given = os.environ.get(PASSWORD)
    if given is not None or not sys.stdin.isatty():
        return given or ""
    asked: str = click.prompt("证书密码", hide_input=True, default="", show_default=False, err=True)
    return asked
