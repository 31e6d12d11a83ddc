"""`docgen snapshot`: keep the sheets as they are, for changes since."""

from __future__ import annotations

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.options import words_option
from docgen.cli.shell import Shell
from docgen.office.answers.status import of_snapshot, of_snapshots


@click.command(
    "snapshot", cls=ChineseCommand,
    help="把数据表现在的样子保存下来，以后算变化用。每期结束时保存一次。",
    epilog="例：docgen snapshot --period 2026-02；看变化用 docgen status --since 2026-02",
)  # fmt: skip
@words_option(
    "--period", "作为这个时段末的情况保存，如 2026-02、2026-02下旬、2026-W09；不写就是今天的", "时段"
)
@click.option("--list", "listed", is_flag=True, help="列出已有的快照")
@click.pass_obj
def snapshot(shell: Shell, period: str, listed: bool) -> int:
    """Keep a snapshot, or list those that are there."""
    from docgen.office.snapshots import keep, period_asked, snapshots

    if listed:
        found = snapshots(shell.workspace())
        for each in found:
            shell.result(f"{each.day}  {shell.near(each.path)}")
        shell.result(f"共{len(found)}个快照。")
        return shell.finish(of_snapshots(found, shell.near))
    kept = keep(shell.desk(), period_asked(period))
    path, day = shell.near(kept.snapshot.path), kept.snapshot.day
    shell.result(f"已保存到 {path}。" if kept.new else f"{path} 已有，数据表没有变过。")
    if kept.late:
        shell.say(
            f"提示：保存的是现在的数据表，作为{day.year}年{day.month}月{day.day}日的情况；此后填的内容也在里面，请核对"
        )
    if kept.former:
        shell.say(f"原来的移到 {shell.near(kept.former)}")
    return shell.finish(of_snapshot(kept, shell.near))
