"""The commands that draft documents: `draft KIND` for any kind, and one for each of docgen's own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.progress import bar
from docgen.cli.shell import Shell, exit_code_of
from docgen.errors import DONE, DocgenError

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.office.drafting.drafts import Drafted, Made, Request

_LISTED: Final = 500
"""Up to so many drafts are listed one by one."""
_SELECTING: Final = {
    "project": ("projects", {"metavar": "项目", "multiple": True, "help": "项目的序号、名称或名称的一部分，可重复"}),
    "unit": ("units", {"metavar": "单位", "multiple": True, "help": "只给这个单位，可重复"}),
    "item": ("items", {"metavar": "编号", "multiple": True, "help": "数据表中一行的编号或名称，可重复"}),
    "overdue": ("overdue", {"is_flag": True, "help": "只要已超期的"}),
}  # fmt: skip


def draft_command(name: str, summary: str) -> click.Command:
    """Return the command that drafts one of docgen's own kinds; its options come from what the kind is made for."""
    from docgen.office.drafting.kinds import options_of

    @click.command(name, cls=ChineseCommand, help=summary + "。", short_help=summary)
    @_options(options_of(name))
    @click.pass_obj
    def command(shell: Shell, /, **options: Any) -> int:
        return _draft(shell, name, options)

    return command


def _options(selecting: tuple[str, ...]) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Return what gives a command the options that select, and those that all kinds have."""
    common = (
        click.option("--all", "everything", is_flag=True, help="所有应发的"),
        click.option("--pdf", is_flag=True, help="同时生成 PDF"),
        click.option("--preview", is_flag=True, help="同时生成首页图片（PNG）"),
        click.option("--dry-run", is_flag=True, help="只说会生成什么，不写任何文件"),
        click.option("--force", is_flag=True, help="数据未变也重新生成（手工改过的草稿先移到“留存”）"),
        click.option(
            "--workers",
            metavar="个数",
            type=click.IntRange(1, 64),
            help="同时用几个进程；不写时按处理器和件数定",
        ),
        click.option("--scheduler", metavar="地址", help="交给一组机器（Dask）去做，如 tcp://10.0.0.1:8786"),
        click.option(
            "--to",
            metavar="位置",
            help="与 --scheduler 同用：各台机器写到这个位置（URL），不写时写到共享的 out",
        ),
    )
    chosen = [
        click.option(f"--{each}", _SELECTING[each][0], **_SELECTING[each][1])  # type: ignore[arg-type]
        for each in _SELECTING
        if each in selecting
    ]

    def add(command: Callable[..., int]) -> Callable[..., int]:
        for option in reversed((*chosen, *common)):
            command = option(command)
        return command

    return add


@click.command("draft", cls=ChineseCommand, help="起草任何一种公文，随附的和本单位自定的都可以。")
@click.argument("kind", metavar="文种")
@_options(tuple(_SELECTING))
@click.pass_obj
def draft(shell: Shell, kind: str, /, **options: Any) -> int:
    """Draft documents of any kind."""
    return _draft(shell, kind, options)


def _draft(shell: Shell, kind: str, options: dict[str, Any]) -> int:
    from docgen.office.drafting.drafts import Request

    if options["to"] and not options["scheduler"]:
        raise click.UsageError("--to 要与 --scheduler 同用。")
    afar: dict[str, Any] = {each: options[each] or "" for each in ("scheduler", "to")}
    named = {name for name, _ in _SELECTING.values()} & options.keys()
    selection = {key: options[key] for key in (*named, "everything", "force", "dry_run")}
    if (options["pdf"] or options["preview"]) and not options["dry_run"]:
        _need_pdf_tools(preview=options["preview"])
    drafted = _drafted(shell, Request(kind, **selection, workers=options["workers"] or 0, **afar))
    extra = [] if options["dry_run"] else _converted(shell, drafted, options)
    _tell(shell, drafted, extra, dry_run=options["dry_run"])
    return _finish(shell, drafted, extra)


def _drafted(shell: Shell, request: Request) -> Drafted:
    """Draft under a progress bar; when that is broken off, say how much of it is done."""
    from docgen.office.drafting.drafter import draft as draft_all

    desk = shell.desk()
    done = 0
    with bar(shell, "起草") as progress:

        def tell(so_far: int, count: int) -> None:
            nonlocal done
            done = so_far
            progress(so_far, count)

        try:
            return draft_all(desk, request, tell)
        except (KeyboardInterrupt, DocgenError):
            if done:
                shell.say(f"前{done}件已经办完并登记，重新运行同一命令只做其余的。")
            raise


def _converted(shell: Shell, drafted: Drafted, options: dict[str, Any]) -> list[Path]:
    """Make the PDFs and pictures asked for; what cannot be made is a fault of its own, the drafts are there."""
    from docgen.office.pdfs import pdf_of, preview_of

    made: list[Path] = []
    paths = [each.path for each in drafted.made]
    try:
        if options["pdf"]:
            with bar(shell, "转换 PDF") as progress:
                pdfs = pdf_of(paths, progress)
            made += pdfs.made
            drafted.faults += pdfs.faults
        if options["preview"]:
            made += preview_of(paths)
    except DocgenError as fault:
        drafted.faults.append(fault)
    return made


def _need_pdf_tools(*, preview: bool) -> None:
    """Find what PDFs and previews need before anything is written."""
    from docgen.pdf.convert import need_preview
    from docgen.pdf.libreoffice import find_soffice

    find_soffice()
    if preview:
        need_preview()


def _tell(shell: Shell, drafted: Drafted, extra: list[Path], *, dry_run: bool) -> None:
    shell.complain(drafted.faults)
    shell.advise([*drafted.skipped, *drafted.advices])
    for each in _worth_a_line(drafted.made):
        kept = f"（原文件移到 {'、'.join(map(shell.near, each.kept))}）" if each.kept else ""
        known = f"{each.id}号草稿  " if each.id else ""
        shell.result(f"{each.outcome.value}  {known}{shell.near(each.path)}{kept}")
    for path in extra:
        shell.result(f"附带  {shell.near(path)}")
    shell.result(_summary(drafted.made, dry_run=dry_run))
    if drafted.made and not dry_run:
        shell.result("下一步：用 docgen doc list 查看登记号，核稿后用 docgen doc review 登记。")


def _worth_a_line(made: list[Made]) -> list[Made]:
    """Return what is listed one by one: of very many only those whose former file was moved aside."""
    return made if len(made) <= _LISTED else [each for each in made if each.kept]


def _summary(made: list[Made], *, dry_run: bool) -> str:
    if not made:
        return "没有要起草的文件。"
    counts = "，".join(
        f"{word}{count}件" for word, count in Counter(each.outcome.value for each in made).items()
    )
    said = f"共{len(made)}件：{counts}。"
    if len(made) > _LISTED:
        folders = "、".join(dict.fromkeys(str(each.path.parent) for each in made))
        said += f"件数较多，不逐件列出；都在 {folders}，逐件的结果可用 --json 取得。"
    return f"（预演，未写文件）{said}" if dry_run else said


def _finish(shell: Shell, drafted: Drafted, extra: list[Path]) -> int:
    code = exit_code_of(drafted.faults) if drafted.faults else DONE
    return shell.finish(
        code,
        faults=drafted.faults,
        advices=[*drafted.skipped, *drafted.advices],
        documents=[
            {
                "id": each.id,
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
