"""The commands that draft documents: `draft KIND` for any kind, and one for each of docgen's own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.options import FilePath
from docgen.cli.shell import Shell
from docgen.errors import DocgenError
from docgen.office.answers.files import of_drafts

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.office.desk import Desk
    from docgen.office.drafting.drafts import Drafted, Made, Request

_LISTED: Final = 500
"""Up to so many drafts are listed one by one."""


_SELECTING: Final = {
    "project": ("projects", {"metavar": "项目", "multiple": True, "help": "项目的序号、名称或名称的一部分，可重复"}),
    "unit": ("units", {"metavar": "单位", "multiple": True, "help": "只给这个单位，可重复"}),
    "meeting": ("meetings", {"metavar": "会议", "multiple": True, "help": "会议的编号或名称，可重复"}),
    "item": ("items", {"metavar": "编号", "multiple": True, "help": "数据表中一行的编号或名称，可重复"}),
    "period": (
        "periods",
        {
            "metavar": "时段",
            "multiple": True,
            "help": "2026-W03、2026-01上旬、2026-01下半月、2026-01、2026Q1、2026 或其中一天，可重复；"
            "不写而用 --all 的，是最近一个已经结束的时段",
        },
    ),
    "document": (
        "documents",
        {"metavar": "公文", "multiple": True, "help": "为哪件已签发的公文：登记号、文号或标题的一部分，可重复"},
    ),
    "text": (
        "texts",
        {
            "metavar": "文件",
            "multiple": True,
            "type": FilePath(kind=str),
            "help": "要印发的正文（.docx、.md 或 .txt），可重复",
        },
    ),
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
        click.option("--ofd", is_flag=True, help="同时生成 OFD"),
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

    def add(command: Callable[..., int]) -> Callable[..., int]:
        for option in reversed(common):
            command = option(command)
        return selecting_options(selecting)(command)

    return add


def selecting_options(selecting: tuple[str, ...]) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Return what gives a command the named options that select what documents are made for."""
    chosen = [
        click.option(f"--{each}", _SELECTING[each][0], **_SELECTING[each][1])  # type: ignore[arg-type]
        for each in _SELECTING
        if each in selecting
    ]

    def add(command: Callable[..., int]) -> Callable[..., int]:
        for option in reversed(chosen):
            command = option(command)
        return command

    return add


@click.command("draft", cls=ChineseCommand, help="起草任何一种公文，随附的和本单位自定的都可以。")
@click.argument("kind", metavar="文种")
@_options(tuple(_SELECTING))
@click.pass_obj
def draft(shell: Shell, /, **options: Any) -> int:
    """Draft documents of any kind."""
    return _draft(shell, options.pop("kind"), options)


def _draft(shell: Shell, name: str, options: dict[str, Any]) -> int:
    from docgen.office.drafting.drafts import Request

    if options["to"] and not options["scheduler"]:
        raise click.UsageError("--to 要与 --scheduler 同用。")
    afar: dict[str, Any] = {each: options[each] or "" for each in ("scheduler", "to")}
    named = [name for name, _ in _SELECTING.values() if name in options]
    selection = {key: options[key] for key in (*named, "everything", "force", "dry_run")}
    desk = shell.desk()
    if not options["dry_run"]:
        _need_tools(options)
    drafted = _drafted(shell, desk, Request(name, **selection, workers=options["workers"] or 0, **afar))
    extra = [] if options["dry_run"] else _converted(shell, desk, drafted, options)
    answer = of_drafts(drafted, extra, shell.near)
    _tell(shell, drafted, extra, dry_run=options["dry_run"])
    if answer.next_step and not options["dry_run"]:
        shell.result(answer.next_step)
    return shell.finish(answer)


def _need_tools(options: dict[str, Any]) -> None:
    """Find what is needed besides drafting before anything is written."""
    if options["pdf"] or options["ofd"] or options["preview"]:
        from docgen.office import pdfs

        pdfs.need_tools(preview=options["preview"])
    if options["ofd"]:
        from docgen.office.ofds.making import need_tools

        need_tools()


def _drafted(shell: Shell, desk: Desk, request: Request) -> Drafted:
    """Draft under a progress bar; when that is broken off, say how much of it is done."""
    from docgen.office.drafting.drafter import draft

    done = 0
    with shell.bar("起草") as progress:

        def tell(so_far: int, count: int) -> None:
            nonlocal done
            done = so_far
            progress(so_far, count)

        try:
            return draft(desk, request, tell)
        except (KeyboardInterrupt, DocgenError):
            if done:
                shell.say(f"前{done}件已经办完并登记，重新运行同一命令只做其余的。")
            raise


def _converted(shell: Shell, desk: Desk, drafted: Drafted, options: dict[str, Any]) -> list[Path]:
    """Make the PDFs, OFDs and pictures asked for, of one PDF each; what cannot be made is a fault of its own."""
    if not (options["pdf"] or options["ofd"] or options["preview"]):
        return []
    import tempfile

    made: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="docgen-", ignore_cleanup_errors=True) as place:
        try:
            pdf_of = _printed(shell, drafted, made, None if options["pdf"] else Path(place))
            if options["ofd"]:
                made += _ofds(shell, desk, drafted, pdf_of)
            if options["preview"]:
                from docgen.office.pdfs import first_pages

                made += first_pages(pdf_of)
        except DocgenError as fault:
            drafted.faults.append(fault)
    return made


def _printed(shell: Shell, drafted: Drafted, made: list[Path], place: Path | None) -> dict[Path, Path]:
    """Return the PDF of each draft that has one: beside it, which is then among those made, or in a folder."""
    from docgen.office import pdfs

    paths = [each.path for each in drafted.made]
    with shell.bar("转换 PDF") as progress:
        pdf_of, found = pdfs.printed(paths, place, progress)
    drafted.faults += found.faults
    drafted.advices += pdfs.advices(found, shell.near)
    if place is None:
        made += found.made
    return pdf_of


def _ofds(shell: Shell, desk: Desk, drafted: Drafted, pdf_of: dict[Path, Path]) -> list[Path]:
    """Make an OFD beside each draft and return those made."""
    from docgen.office.ofds.making import Asked, converted

    asked = Asked(printed=pdf_of, desk=desk)
    with shell.bar("转换 OFD") as progress:
        found = converted(list(pdf_of), asked, progress)
    drafted.faults += found.faults
    drafted.advices += found.advices
    return found.paths


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
