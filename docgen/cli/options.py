"""Arguments and options that several commands on the register share."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_YEARS: Final = (2000, 2100)
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/{1,3}[^/]")
_LONGEST_REMARK: Final = 500
_LONGEST_SPAN: Final = 1_000
_IDS: Final = re.compile(r"\d+(?:[-~～—－至]\d+)?(?:[、，,]\d+(?:[-~～—－至]\d+)?)*")
_ID_OR_SPAN: Final = re.compile(r"(\d+)(?:[-~～—－至](\d+))?")
_MOST_COPIES: Final = 100_000


class Day(click.ParamType[date]):
    """A day as people write it: 2026-03-16, and as in the sheets, where the year is written."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; refuse what is none."""
        if isinstance(value, date):
            return value
        from docgen.office.days import NoDay, day_of

        try:
            return day_of(value)
        except NoDay as fault:
            self.fail(str(fault), param, ctx)


class FilePath(click.Path):
    """A path that says something, and is none of the web.

    An empty one, of a shell's variable that is not set, would be the folder itself; of an address a folder `https:`
    would be made. `endings` are those that the name of a file to be written may have.
    """

    def __init__(
        self,
        *,
        kind: type[Path | str] = Path,
        dir_okay: bool = True,
        file_okay: bool = True,
        endings: Sequence[str] = (),
    ) -> None:
        super().__init__(dir_okay=dir_okay, file_okay=file_okay, path_type=kind)
        self._endings = endings

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Return the path; refuse an empty one, an address, and an ending that the file cannot have."""
        words = os.fspath(value)
        if not str(words).strip():
            self.fail("路径是空的；如果写的是变量，请核对它有没有值", param, ctx)
        if isinstance(words, str) and _ADDRESS.match(words):
            self.fail(
                f"“{words}”是网址，这里要写文件夹或文件的路径；要传到网上的，请先放在文件夹里，再用对方的系统上传",
                param, ctx,
            )  # fmt: skip
        path = super().convert(value, param, ctx)
        if self._endings:
            refuse_other_ending(Path(os.fsdecode(path)), self._endings)
        return path


def refuse_other_ending(path: Path, endings: Sequence[str], option: str = "--to") -> None:
    """Raise BadParameter for a file to be written whose name says it is something else than it will be."""
    if path.suffix.lower() not in endings:
        raise click.BadParameter(f"文件名要以 {' 或 '.join(endings)} 结尾", param_hint=option)


def _words(ctx: click.Context, param: click.Parameter, value: str) -> str:
    del ctx
    words = value.strip()
    if not words.isprintable() or len(words) > _LONGEST_REMARK:
        raise click.BadParameter(
            f"要写在一行里，不超过{_LONGEST_REMARK}个字", param_hint=param.opts[0], param=param
        )
    return words


def words_option(name: str, said: str, metavar: str = "文字") -> Callable[[F], F]:
    """Return an option that takes words on one line."""
    return click.option(name, metavar=metavar, default="", callback=_words, help=said)


def remark_option(said: str = "说明，记入登记") -> Callable[[F], F]:
    """Return the option `--remark`."""
    return words_option("--remark", said)


def year_option(said: str) -> Callable[[F], F]:
    """Return the option `--year`."""
    return click.option("--year", metavar="年份", type=click.IntRange(*_YEARS), help=said)


def copies_option(said: str) -> Callable[[F], F]:
    """Return the option `--copies`."""
    kind = click.IntRange(1, _MOST_COPIES)
    return click.option("--copies", metavar="份数", type=kind, help=said)


def documents_argument(*, required: bool = False) -> Callable[[F], F]:
    """Return the argument that names documents; several ids may stand in one word: 1、2、3, or 1-3."""

    def apart(_ctx: click.Context, _param: click.Parameter, said: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for each in said for name in _names_in(each))

    return click.argument("documents", metavar="公文…", nargs=-1, required=required, callback=apart)


def _names_in(word: str) -> Iterator[str]:
    """Yield the ids that a word lists, or the word as it is."""
    if not _IDS.fullmatch(word):
        yield word
        return
    for first, last in _ID_OR_SPAN.findall(word):
        if last and not 0 <= int(last) - int(first) < _LONGEST_SPAN:  # 2026-03 is part of a title
            yield word
            return
    for first, last in _ID_OR_SPAN.findall(word):
        yield from map(str, range(int(first), int(last or first) + 1))


def all_option(said: str) -> Callable[[F], F]:
    """Return the option `--all`."""
    return click.option("--all", "everything", is_flag=True, help=said)
