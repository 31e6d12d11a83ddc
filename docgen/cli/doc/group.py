"""`docgen doc` with `list` and `show`; the other commands stand beside it by what they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import click

from docgen.cli.chinese import ChineseGroup
from docgen.cli.doc.files import attach, detach, form, replace, sign_pdf
from docgen.cli.doc.number import number
from docgen.cli.doc.rules import explain, loosen, rules, tighten
from docgen.cli.doc.steps import DOC_STEPS, step_command
from docgen.cli.doc.story import lines_of
from docgen.cli.doc.take import take
from docgen.cli.ledgers import ledger_command
from docgen.cli.options import words_option, year_option
from docgen.cli.shell import Shell
from docgen.cli.terminal import aligned, columns
from docgen.office.answers.register import of_documents, of_story
from docgen.office.life.orders import State

if TYPE_CHECKING:
    from docgen.office.life.finding import Document

_HEADERS: Final = ("登记号", "文号", "状态", "日期", "主送", "标题", "涉及")


@click.group("doc", cls=ChineseGroup, help="公文：查看、核稿、签发、印发、作废、替换、登记簿。")
def doc() -> None:
    """Documents and their life."""


@doc.command(
    "list", help="列出登记过的公文。", epilog="例：docgen doc list --state 核稿 --kind 告知函 --year 2026"
)
@click.option(
    "--state",
    metavar="状态",
    type=click.Choice([each.value for each in State]),
    help="只列这个状态的，如 拟稿、核稿、编号、代章",
)
@words_option("--kind", "只列这种公文，如 告知函", "文种")
@year_option("只列这一年的")
@click.pass_obj
def list_(shell: Shell, state: str | None, kind: str, year: int | None) -> int:
    """List documents."""
    from docgen.office.life.finding import Wanted, documents

    found = documents(shell.desk(), Wanted(State(state) if state else None, kind, year))
    if found:
        rows = _rows(found)
        told = any(row[-1] for row in rows)  # one column less where titles tell all apart
        shown = rows if told else [row[:-1] for row in rows]
        for line in aligned(shown, _HEADERS if told else _HEADERS[:-1], most=columns()):
            shell.result(line)
    shell.result(f"共{len(found)}件。" if found else "没有这样的公文。")
    return shell.finish(of_documents(found))


def _rows(found: Sequence[Document]) -> list[tuple[object, ...]]:
    """Return the cells of each document; where titles and addressees do not tell all apart, with what it is about."""
    alike = Counter((each.title, each.addressee) for each in found)
    told = any(each.title == each.kind or alike[each.title, each.addressee] > 1 for each in found)
    return [
        (
            each.id,
            each.number,
            each.state.value,
            each.dated,
            each.shortly_to,
            each.title,
            each.about if told else "",
        )
        for each in found
    ]


@doc.command(
    "show", help="一件公文的经过：谁在什么时候办了什么，文件、附件，现在可以做什么。",
    epilog="公文写登记号、文号或标题的一部分。\n例：docgen doc show 某办函〔2026〕3号",
)  # fmt: skip
@click.argument("document", metavar="公文")
@click.pass_obj
def show(shell: Shell, document: str) -> int:
    """Show the life of a document."""
    from docgen.office.life import finding

    story = finding.story(shell.desk(), document)
    answer = of_story(story)
    for line in lines_of(story):
        shell.result(line)
    if answer.next_step:
        shell.result(answer.next_step)
    return shell.finish(answer)


for _each in DOC_STEPS:
    doc.add_command(step_command(_each))
for _command in (take, replace, attach, detach, form, sign_pdf, number, loosen, tighten, rules, explain):
    doc.add_command(_command)
doc.add_command(
    ledger_command(
        "ledger",
        "发文登记簿",
        "发文登记簿：一年的全部文号，作废、预留的也在内。",
        "doc ledger --year 2026 --to 发文登记簿.xlsx",
    )
)
