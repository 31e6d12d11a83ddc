"""`docgen doc number`: numbers given, taken over from a paper register, reserved and voided."""

from __future__ import annotations

from typing import Final

import click

from docgen.cli.chinese import ChineseGroup
from docgen.cli.columns import aligned
from docgen.cli.options import remark_option, year_option
from docgen.cli.register_json import number_json
from docgen.cli.shell import Shell

_MOST: Final = 10_000
_KIND: Final = click.argument("kind", metavar="文种")


@click.group("number", cls=ChineseGroup, help="文号：查看、接续纸质登记簿、预留、作废。")
def number() -> None:
    """Document numbers."""


@number.command("list", help="列出给过的文号和各自的状态。", epilog="例：docgen doc number list --year 2026")
@year_option("只列这一年的")
@click.pass_obj
def list_(shell: Shell, year: int | None) -> int:
    """List the numbers."""
    found = shell.office().registry.numbers(year)
    if found:
        rows = [(each.text, each.state.value, each.day, each.document, each.remark) for each in found]
        for line in aligned(rows, ("文号", "状态", "日期", "登记号", "说明")):
            shell.result(line)
    shell.result(f"共{len(found)}个文号。" if found else "还没有给过文号。")
    return shell.finish(numbers=[number_json(each) for each in found])


@number.command(
    "start", help="年中接续纸质登记簿：从这个号起由程序给号，前面的号记为纸质。只能在给第一个号以前办理。",
    epilog="文种也可以写机关代字。\n例：docgen doc number start 告知函 41 --remark 1至40号见纸质登记簿",
)  # fmt: skip
@_KIND
@click.argument("serial", metavar="起号", type=click.IntRange(2, _MOST))
@year_option("哪一年，不写就是今年")
@remark_option("纸质登记簿在哪里（必须写明）")
@click.pass_obj
def start(shell: Shell, kind: str, serial: int, year: int | None, remark: str) -> int:
    """Begin after a paper register."""
    office = shell.office()
    series = office.registry.start_numbers(kind, year or office.today.year, serial, remark)
    shell.result(f"{series.name} 从{serial}号起给号，1至{serial - 1}号记为纸质。")
    return shell.finish(series=series.name, first=series.text(serial))


@number.command(
    "reserve", help="预留接下来的几个号，签发时加 --reserved 使用。",
    epilog="文种也可以写机关代字。\n例：docgen doc number reserve 告知函 7 --remark 第3号项目成批发文",
)  # fmt: skip
@_KIND
@click.argument("count", metavar="个数", type=click.IntRange(1, _MOST))
@year_option("哪一年，不写就是今年")
@remark_option("预留给什么用（必须写明）")
@click.pass_obj
def reserve(shell: Shell, kind: str, count: int, year: int | None, remark: str) -> int:
    """Reserve a block."""
    office = shell.office()
    kept = office.registry.reserve_numbers(kind, year or office.today.year, count, remark)
    shell.result(f"预留{len(kept)}个：{kept[0]}" + (f"至{kept[-1]}" if len(kept) > 1 else ""))
    return shell.finish(numbers=kept)


@number.command(
    "void", help="把不用的预留号登记作废。", epilog="例：docgen doc number void 澄联审办函〔2026〕9号 --remark 不再发文"
)  # fmt: skip
@click.argument("numbers", metavar="文号…", nargs=-1, required=True)
@remark_option("作废的原因（必须写明）")
@click.pass_obj
def void(shell: Shell, numbers: tuple[str, ...], remark: str) -> int:
    """Void reserved numbers."""
    voided = shell.office().registry.void_numbers(numbers, remark)
    for each in voided:
        shell.result(f"作废  {each.text}")
    return shell.finish(numbers=[each.text for each in voided])
