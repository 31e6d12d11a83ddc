"""`docgen format`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.options import Day, FilePath
from docgen.cli.shell import Shell
from docgen.office import formatting
from docgen.office.answers.files import of_formatting
from docgen.office.formatting import FORM_NAMES, FORMS, Done, Kind, Severity

_MOST_SHOWN: Final = 8
_LONGEST: Final = 24
_LONGEST_LINE: Final = 500
F = TypeVar("F", bound=Callable[..., Any])


def _line(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Return words on one line, which may hold the wide space of a number that is not given yet."""
    del ctx
    words = value.strip()
    if not words.replace("\u3000", " ").isprintable() or len(words) > _LONGEST_LINE:
        raise click.BadParameter(
            f"要写在一行里，不超过{_LONGEST_LINE}个字", param_hint=param.opts[0], param=param
        )
    return words


def _each_line(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_line(ctx, param, each) for each in values)


def _said_option(name: str, said: str) -> Callable[[F], F]:
    return click.option(name, metavar="文字", default="", callback=_line, help=said)


@click.command(
    "format",
    cls=ChineseCommand,
    help="把文稿按 GB/T 9704-2012 排成公文，可以一次多个，也可以给文件夹。docx、md、txt 直接读，"
    "doc、wps、odt、rtf 用 LibreOffice 读。原稿不改动，文字不增不减。",
)
@click.argument("paths", metavar="文件…", nargs=-1, required=True, type=FilePath())
@click.option("--to", "folder", metavar="文件夹", type=FilePath(file_okay=False),
              help="写到哪里；不写就在原稿旁边，文件名后加“（规范版）”")  # fmt: skip
@click.option("--form", metavar="格式", type=click.Choice(FORMS), default="auto",
              help=f"排成哪种格式：auto（自动识别）、{'、'.join(FORMS[1:])}")  # fmt: skip
@_said_option("--kind", "按工作区里这个文种的版头、文号、署名、代章、抄送、版记补齐文稿没写的，如 通报")
@_said_option("--mark", "发文机关标志，如“某县人民政府文件”")
@_said_option("--number", "发文字号，如“某政发〔2026〕3号”；待编号写“某政发〔2026〕　号”")
@click.option("--signatory", "signatories", metavar="姓名", multiple=True, callback=_each_line,
              help="签发人，可以写几次")  # fmt: skip
@_said_option("--addressees", "主送机关，不写冒号")
@click.option(
    "--signature",
    "signature",
    metavar="署名",
    multiple=True,
    callback=_each_line,
    help="署名的一行，可以写几次，如“某局（代章）”",
)
@click.option("--dated", metavar="日期", type=Day(), help="成文日期，如 2026-03-16")
@_said_option("--copies", "抄送机关")
@_said_option("--printer", "印发机关")
@click.option("--sealed/--unsealed", default=None, help="盖章或不盖章的落款；不写就照原稿，认不出时按盖章")
@click.option("--keep-emphasis", "emphasis", is_flag=True, help="保留正文里的加粗、倾斜、下划线")
@click.pass_obj
def format_(shell: Shell, /, paths: tuple[Path, ...], folder: Path | None, form: str, **said: object) -> int:
    """Make conforming documents and print what was changed in each."""
    kind = str(said.pop("kind"))
    of_kind = (kind, shell.day(shell.workspace())) if kind else None
    day = said.pop("dated")
    said["date"] = f"{day.year}年{day.month}月{day.day}日" if isinstance(day, date) else ""
    asked = formatting.asked_of(formatting.given(form, **said), shell.folder, of_kind)
    with shell.bar("整理") as progress:
        found = list(formatting.reformat(paths, folder, asked, progress))
    for each in found:
        for line in _lines(shell, each):
            shell.result(line)
    shell.complain([each.fault for each in found if each.fault])
    if len(found) > 1:
        shell.result(_summary(found))
    if kind and (made := [each.target for each in found if each.target]):
        shell.result(f"下一步：核对后登记，如 docgen doc take {shell.near(made[0])} --kind {kind}")
    return shell.finish(of_formatting(found, shell.near))


def _lines(shell: Shell, done: Done) -> Iterator[str]:
    if done.target is None:
        return
    there = "（已有，内容相同）" if done.same else ""
    yield f"生成  {shell.near(done.target)}（{FORM_NAMES[done.form]}）{there}"
    for kind in Kind:
        ours = [each for each in done.changes if each.kind is kind]
        if ours:
            more = f"……共{len(ours)}处" if len(ours) > _MOST_SHOWN else ""
            shown = "；".join(_said(each.place, each.before, each.after) for each in ours[:_MOST_SHOWN])
            yield f"  {kind.value}：{shown}{more}"
    for finding in done.report.findings if done.report else ():
        if finding.rule.severity is not Severity.HINT:
            name = "请改正" if finding.rule.severity is Severity.ERROR else "请核对"
            yield f"  {name}：{finding.place}，{finding.message}。{finding.rule.mend}"


def _said(place: int, before: str, after: str) -> str:
    where = f"第{place}段" if place else ""
    if not before:
        return f"{where}补“{_short(after)}”"
    if not after:
        return f"{where}{before}"
    start = _first_difference(before, after)
    return f"{where}“{_short(before, start)}”→“{_short(after, start)}”"


def _first_difference(before: str, after: str) -> int:
    """Return where two texts begin to differ."""
    pairs = zip(before, after, strict=False)
    return next((at for at, (was, now) in enumerate(pairs) if was != now), min(len(before), len(after)))


def _short(words: str, place: int = 0) -> str:
    """Return so much of a text as a message shows, with what stands at a place of it."""
    start = max(0, place - _LONGEST // 2) if len(words) > _LONGEST and place >= _LONGEST else 0
    shown = words[start : start + _LONGEST]
    return f"{'……' if start else ''}{shown}{'……' if start + len(shown) < len(words) else ''}"


def _summary(found: list[Done]) -> str:
    made = [each for each in found if each.target]
    failed = len(found) - len(made)
    return f"共整理{len(made)}件" + (f"；{failed}件没有整理" if failed else "") + "。"
