"""`docgen doc number`: numbers given, taken over from a paper register, reserved, given back and voided."""

from __future__ import annotations

from typing import Final

import click

from docgen.cli.chinese import ChineseGroup
from docgen.cli.options import remark_option, year_option
from docgen.cli.shell import Shell
from docgen.cli.terminal import aligned
from docgen.office.answers.register import of_numbers, of_series, of_texts

_MOST: Final = 10_000
_KIND: Final = click.argument("kind", metavar="文种")


@click.group("number", cls=ChineseGroup, help="文号：查看、接续纸质登记簿、预留、收回、作废。")
def number() -> None:
    """Document numbers."""


@number.command("list", help="列出给过的文号和各自的状态。", epilog="例：docgen doc number list --year 2026")
@year_option("只列这一年的")
@click.pass_obj
def list_(shell: Shell, year: int | None) -> int:
    """List the numbers."""
    from docgen.office.life import numbers

    found = numbers.numbers(shell.desk(), year)
    if found:
        rows = [(each.text, each.state.value, each.day, each.document, each.remark) for each in found]
        for line in aligned(rows, ("文号", "状态", "日期", "登记号", "说明")):
            shell.result(line)
    shell.result(f"共{len(found)}个文号。" if found else "还没有给过文号。")
    return shell.finish(of_numbers(found))


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
    from docgen.office.life import numbers

    series = numbers.start(shell.desk(), kind, serial, remark, year)
    shell.result(f"{series.name} 从{serial}号起给号，1至{serial - 1}号记为纸质。")
    return shell.finish(of_series(series, serial))


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
    from docgen.office.life import numbers

    kept = numbers.reserve(shell.desk(), kind, count, remark, year)
    shell.result(f"预留{len(kept)}个：{kept[0]}" + (f"至{kept[-1]}" if len(kept) > 1 else ""))
    return shell.finish(of_texts(kept))


@number.command(
    "give-back", help="收回末尾没有用过的预留号，以后重新给出；后面已有用过或作废的号的，不能收回。",
    epilog="起号起错了的，还没有给过号以前，写 1 把记为纸质的号码全部收回。\n"
    "例：docgen doc number give-back 告知函 13 --remark 多留了",
)  # fmt: skip
@_KIND
@click.argument("first", metavar="[从几号起]", type=click.IntRange(1, _MOST), required=False)
@year_option("哪一年，不写就是今年")
@remark_option("收回的原因（必须写明）")
@click.pass_obj
def give_back(shell: Shell, kind: str, first: int | None, year: int | None, remark: str) -> int:
    """Give reserved numbers back."""
    from docgen.office.life import numbers

    back = numbers.give_back(shell.desk(), kind, first, remark, year)
    shell.result(f"收回{len(back)}个：{back[0]}" + (f"至{back[-1]}" if len(back) > 1 else ""))
    return shell.finish(of_texts(back))


@number.command(
    "void", help="把不用的预留号登记作废。", epilog="例：docgen doc number void 某办函〔2026〕9号 --remark 不再发文"
)  # fmt: skip
@click.argument("numbers", metavar="文号…", nargs=-1, required=True)
@remark_option("作废的原因（必须写明）")
@click.pass_obj
def void(shell: Shell, numbers: tuple[str, ...], remark: str) -> int:
    """Void reserved numbers."""
    from docgen.office.life.numbers import void as void_numbers

    voided = void_numbers(shell.desk(), numbers, remark)
    for each in voided:
        shell.result(f"作废  {each.text}")
    return shell.finish(of_texts(each.text for each in voided))
