"""The ledgers on the terminal and as files: `docgen doc ledger` and `docgen seal register`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.options import refuse_other_ending, year_option
from docgen.cli.shell import Shell
from docgen.cli.terminal import aligned
from docgen.office.answers.register import of_ledger

if TYPE_CHECKING:
    from docgen.office.papers.printing import Printout

_SHORT: Final = 8

_COLUMNS: Final[dict[str, Sequence[tuple[str, str]]]] = {
    "发文登记簿": (
        ("序号", "serial"), ("文号", "number"), ("状态", "state"), ("成文日期", "dated"), ("签发人", "signatory"),
        ("份数", "copies"), ("印发日期", "issued"), ("主送", "addressees"), ("标题", "title"),
    ),
    "用印登记簿": (
        ("序号", "serial"), ("用印日期", "sealed"), ("文号", "number"), ("份数", "copies"), ("申请人", "applicant"),
        ("批准人", "approver"), ("监印人", "seal_keeper"), ("摘要", "digest"), ("标题", "title"),
    ),
}  # fmt: skip
"""What the terminal shows of each ledger; the files show all columns."""


def ledger_command(name: str, ledger: str, said: str, example: str) -> click.Command:
    """Return the command that shows a ledger, or writes it to a file.

    Args:
        name: of the command.
        ledger: its Chinese name.
        said: the help.
        example: of its use.
    """

    @click.command(name, cls=ChineseCommand, help=said, epilog=f"例：docgen {example}")
    @year_option("哪一年，不写就是今年")
    @click.option(
        "--to", "path", metavar="文件", callback=_writable,
        type=click.Path(dir_okay=False, path_type=Path),
        help="写成 .xlsx 或 .docx 文件，供打印；原有的同名文件移到“留存”",
    )  # fmt: skip
    @click.pass_obj
    def command(shell: Shell, year: int | None, path: Path | None) -> int:
        from docgen.office.papers import printing

        desk = shell.desk()
        printed = printing.ledger(desk, printing.LedgerName(ledger), year)
        if path is None:
            _show(shell, printed)
            return shell.finish(of_ledger(printed, (), None, shell.near))
        kept = printing.write_ledger(desk, printed, path)
        moved = f"（原有的文件移到 {shell.near(kept)}）" if kept else ""
        shell.result(f"生成  {shell.near(path)}{moved}")
        return shell.finish(of_ledger(printed, [path], kept, shell.near))

    return command


def _writable(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    del ctx, param
    if value is None:
        return None
    from docgen.office.papers.printing import SUFFIXES

    refuse_other_ending(value, SUFFIXES)
    return value


def _show(shell: Shell, printed: Printout) -> None:
    columns = _COLUMNS[printed.name.value]
    rows = [[_cell(name, getattr(row, name)) for _, name in columns] for row in printed.rows]
    shell.result(printed.ledger.title)
    for line in aligned(rows, [header for header, _ in columns]):
        shell.result(line)
    for line in printed.ledger.below:
        if not line.startswith("打印人"):
            shell.result(line)


_CELLS: Final[dict[str, Callable[[Any], Any]]] = {"digest": lambda digest: f"{digest[:_SHORT]}…"}


def _cell(name: str, value: Any) -> Any:
    return _CELLS[name](value) if name in _CELLS else value
