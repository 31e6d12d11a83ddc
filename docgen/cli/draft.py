"""The commands that draft documents, one for each kind in the catalogue."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.shell import Shell, exit_code_of
from docgen.errors import DONE

if TYPE_CHECKING:
    from docgen.office import Drafted, Made


def draft_command(name: str, summary: str) -> click.Command:
    """Return the command that drafts one kind of document."""

    @click.command(name, cls=ChineseCommand, help=summary + "。", short_help=summary)
    @click.option(
        "--project", "projects", metavar="项目", multiple=True, help="项目的序号、名称或名称的一部分，可重复"
    )
    @click.option("--unit", "units", metavar="单位", multiple=True, help="只给这个单位，可重复")
    @click.option("--all", "everything", is_flag=True, help="所有应发的")
    @click.option("--pdf", is_flag=True, help="同时生成 PDF")
    @click.option("--preview", is_flag=True, help="同时生成首页图片（PNG）")
    @click.option("--dry-run", is_flag=True, help="只说会生成什么，不写任何文件")
    @click.option("--force", is_flag=True, help="数据未变也重新生成（手工改过的草稿先移到“留存”）")
    @click.pass_obj
    def command(shell: Shell, /, **options: Any) -> int:
        return _draft(shell, name, options)

    return command


def _draft(shell: Shell, name: str, options: dict[str, Any]) -> int:
    from docgen.office import Request

    selection = {key: options[key] for key in ("projects", "units", "everything", "force", "dry_run")}
    office = shell.office()
    if (options["pdf"] or options["preview"]) and not options["dry_run"]:
        _need_pdf_tools(preview=options["preview"])
    drafted = office.draft(Request(name, **selection))
    extra: list[Path] = []
    if not options["dry_run"] and drafted.made:
        extra += office.pdf(drafted.made) if options["pdf"] else []
        extra += office.preview(drafted.made) if options["preview"] else []
    _tell(shell, drafted, extra, dry_run=options["dry_run"])
    return _finish(shell, drafted, extra)


def _need_pdf_tools(*, preview: bool) -> None:
    """Find what PDFs and previews need before anything is written."""
    from docgen.render.libreoffice import find_soffice
    from docgen.render.pdf import need_preview

    find_soffice()
    if preview:
        need_preview()


def _tell(shell: Shell, drafted: Drafted, extra: list[Path], *, dry_run: bool) -> None:
    shell.complain(drafted.faults)
    shell.advise([*drafted.skipped, *drafted.advices])
    for each in drafted.made:
        kept = f"（原文件移到 {'、'.join(map(shell.near, each.kept))}）" if each.kept else ""
        shell.result(f"{each.outcome.value}  {shell.near(each.path)}{kept}")
    for path in extra:
        shell.result(f"附带  {shell.near(path)}")
    shell.result(_summary(drafted.made, dry_run=dry_run))


def _summary(made: list[Made], *, dry_run: bool) -> str:
    if not made:
        return "没有要起草的文件。"
    counts = "，".join(
        f"{word}{count}件" for word, count in Counter(each.outcome.value for each in made).items()
    )
    return f"（预演，未写文件）共{len(made)}件：{counts}。" if dry_run else f"共{len(made)}件：{counts}。"


def _finish(shell: Shell, drafted: Drafted, extra: list[Path]) -> int:
    code = exit_code_of(drafted.faults) if drafted.faults else DONE
    return shell.finish(
        code,
        faults=drafted.faults,
        advices=[*drafted.skipped, *drafted.advices],
        documents=[
            {
                "kind": each.draft.kind,
                "key": each.draft.key,
                "title": each.draft.title,
                "subject": each.draft.subject,
                "addressee": each.draft.addressee,
                "outcome": each.outcome.name.lower(),
                "path": shell.near(each.path),
                "kept": [shell.near(path) for path in each.kept],
            }
            for each in drafted.made
        ],
        files=[shell.near(path) for path in extra],
    )
