"""`docgen verify`: is the record whole, is each file the one that was recorded; which document is a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.shell import Shell
from docgen.cli.terminal import aligned
from docgen.cli.witness import line_of
from docgen.digests import grouped
from docgen.errors import DocgenError
from docgen.office.answers.register import of_sightings, of_verifying

if TYPE_CHECKING:
    from docgen.office.desk import Desk
    from docgen.office.sighting import Sighting
    from docgen.office.verification import Entry

_HEX: Final = frozenset("0123456789abcdef")
_DIGITS: Final = 64
_MOST_ENTRIES: Final = 10**9


def _head(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Return a digest as written down from a printout, blanks between the groups or not."""
    del ctx
    digest = "".join(value.split()).lower()
    if digest and not (len(digest) == _DIGITS and set(digest) <= _HEX):
        raise click.BadParameter(
            f"摘要是{_DIGITS}位的0—9、a—f，可以分组，要加引号；写的有{len(digest)}位", param=param
        )
    return digest


@click.command(
    "verify", cls=ChineseCommand,
    help="核对登记和文件是否被改动过；给出文件时，说明它是哪一件公文、是否现在登记的那一份。",
    epilog="例：docgen verify\n    docgen verify --entry 128          核对打印件上的“第128条”\n"
    '    docgen verify --head "3f0a91c2 …"    核对打印件上的摘要\n'
    "    docgen verify 收到的文件.docx",
)  # fmt: skip
@click.argument("files", metavar="[文件]…", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--head", metavar="摘要", default="", callback=_head, help="打印的登记簿上登记链末端的摘要，全部64位"
)
@click.option("--entry", metavar="条号", type=click.IntRange(1, _MOST_ENTRIES), help="列出登记第几条的摘要")
@click.pass_obj
def verify(shell: Shell, files: tuple[Path, ...], head: str, entry: int | None) -> int:
    """Verify the record and its files, or say what the given files are."""
    if files and (head or entry):
        raise click.UsageError("给出文件时不能写 --head 或 --entry", click.get_current_context())
    desk = shell.desk()
    return _sight(shell, desk, files) if files else _verify(shell, desk, head, entry)


def _verify(shell: Shell, desk: Desk, head: str, asked: int | None) -> int:
    from docgen.office import verification

    verified = verification.verify(desk, head)
    faults = list(verified.faults)
    entry = _entry(desk, asked, faults) if asked else None
    if entry:
        shell.result(f"第{entry.seq}条的摘要：{grouped(entry.digest)}")
        deed = entry.deed
        shell.result(f"第{entry.seq}条的内容：{deed.day} {deed.actor} {deed.step} {deed.remark}".rstrip())
    shell.result(f"核对了登记{verified.entries}条、文件{verified.files}个。")
    shell.result(_head_line(verified.head) if verified.entries else "登记链末端：尚无登记。")
    for each in verified.witnesses:
        shell.result(line_of(each))
    if head and not faults:
        shell.result("打印件上的摘要在登记链中，打印时的登记都在。")
    shell.advise(verified.advices)
    shell.report(faults)
    if not faults:
        shell.result("没有发现改动。")
    return shell.finish(of_verifying(verified, entry, faults))


def _entry(desk: Desk, asked: int, faults: list[DocgenError]) -> Entry | None:
    from docgen.office import verification

    try:
        return verification.entry(desk, asked)
    except DocgenError as fault:
        faults.append(fault)
        return None


def _sight(shell: Shell, desk: Desk, files: tuple[Path, ...]) -> int:
    from docgen.office.sighting import sight

    seen = sight(desk, files)
    for each in seen:
        if not isinstance(each, DocgenError):
            for line in _lines(shell, each):
                shell.result(line)
    shell.report(each for each in seen if isinstance(each, DocgenError))
    return shell.finish(of_sightings(seen, shell.near))


def _lines(shell: Shell, sighting: Sighting) -> Iterator[str]:
    document, first = sighting.document, sighting.entries[0].deed
    seen = next(each for each in first.files if each.sha256 == (sighting.printed or sighting.sha256))
    facts = (
        ("公文", f"{document.id} {document.name}"),
        ("是它的", f"{sighting.role}转换成的 {_printed_as(sighting)}" if sighting.printed else sighting.role),
        ("登记于", "；".join(_when(each) for each in sighting.entries)),
        ("是否现行", _current(sighting)),
        ("SHA-256", grouped(sighting.sha256)),
        ("SM3", "" if sighting.printed else grouped(seen.sm3)),
    )
    yield shell.near(sighting.path)
    yield from (f"  {line}" for line in aligned([each for each in facts if each[1]]))


def _printed_as(sighting: Sighting) -> str:
    return "OFD" if sighting.path.suffix.lower() == ".ofd" else "PDF"


def _when(entry: Entry) -> str:
    return f"第{entry.seq}条 {entry.deed.day} {entry.deed.step}（{entry.deed.actor}）"


def _current(sighting: Sighting) -> str:
    document, state = sighting.document, sighting.document.state
    standing = f"（公文现在的状态是“{state.value}”）"
    if sighting.printed:
        return _current_print(sighting) + standing
    if not sighting.current:
        return f"不是现在登记的文件，是此前登记过的一份{standing}"
    if sighting.sha256 != document.sha256:
        return f"与登记的{sighting.role}一致；它不是公文本身{standing}"
    return f"与现在登记的一致{standing}" + ("，但公文已不再有效" if state.is_over else "")


def _current_print(sighting: Sighting) -> str:
    """Say of a PDF or OFD by its own word alone whether its document is still the one it was made of."""
    claim = f"{_printed_as(sighting)} 自己这样记载，本身没有登记，请与正本对照"
    if sighting.current and sighting.printed == sighting.document.sha256:
        return f"由现在登记的{sighting.role}转换而来；{claim}"
    if sighting.current:
        return f"由登记的{sighting.role}转换而来，它不是公文本身；{claim}"
    return f"公文此后已经改动，这份 PDF 由此前登记过的一份转换而来；{claim}"


def _head_line(head: tuple[int, str]) -> str:
    """Return the end of the record as people compare it."""
    return f"登记链末端：第{head[0]}条，摘要 {grouped(head[1])}"
