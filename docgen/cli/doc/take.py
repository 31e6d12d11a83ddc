"""`docgen doc take`: a document that somebody wrote becomes a draft of the register."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.draft import selecting_options
from docgen.cli.options import FilePath, remark_option, words_option
from docgen.cli.shell import Shell
from docgen.office.answers.files import of_taking

_SELECTING = ("project", "unit", "meeting", "item", "period", "document")


@click.command(
    "take",
    cls=ChineseCommand,
    help="把手工写好、排好版的公文（docx）登记为草稿，以后同样核稿、签发、给号、用印、归档。"
    "还没有排好的，先用 docgen format 文件 --kind 文种。原文件不改动。",
    epilog="同一标题再登记一次，就更新原来的草稿；改了标题的加 --again。\n例：docgen doc take 通知.docx --kind 通报",
)
@click.argument("path", metavar="文件.docx", type=FilePath())
@click.option("--kind", metavar="文种", required=True, help="登记为哪种公文，如 通报；号码、用印、归档都按它")
@selecting_options(_SELECTING)
@words_option("--replaces", "替换哪件已编号的公文：登记号、文号或标题的一部分", "公文")
@words_option("--again", "改了标题、重新登记：原来那件草稿的登记号或标题的一部分", "草稿")
@remark_option("替换的原因，记入登记")
@click.option("--force", is_flag=True, help="登记过而手工改过的草稿，也换成这个文件（改过的先移到“留存”）；"
              "正文和别的草稿相同而标题不同的，也另立一件")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="只核对能不能登记，不写任何文件")
@click.pass_obj
def take(shell: Shell, /, path: Path, kind: str, replaces: str, remark: str, **selected: Any) -> int:
    """Enter a document as a draft."""
    from docgen.office.drafting.drafts import Request
    from docgen.office.drafting.taking import Taking
    from docgen.office.drafting.taking import take as taken

    again = str(selected.pop("again"))
    drafted = taken(
        shell.desk(), Taking(path, Request(kind, **selected), replaces, remark, again, _SELECTING)
    )
    answer = of_taking(drafted, shell.near)
    shell.advise(drafted.advices)
    for each in drafted.made:
        kept = f"（原文件移到 {'、'.join(map(shell.near, each.kept))}）" if each.kept else ""
        old = f"，替换 {each.replaces.name}" if each.replaces else ""
        known = f"{each.id}号草稿  " if each.id else ""
        shell.result(f"{each.outcome.value}  {known}{shell.near(each.path)}{old}{kept}")
    shell.result("（预演，未写文件）可以登记。" if selected["dry_run"] else answer.next_step)
    return shell.finish(answer)
