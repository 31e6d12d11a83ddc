"""`docgen`: the group of all commands, each imported when it is called, and the way faults leave the program."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from docgen import __version__
from docgen.cli.chinese import ChineseGroup, usage_message
from docgen.cli.faults import FolderGone, Interrupted, Misused, SystemRefused, Unforeseen
from docgen.cli.global_options import before_the_name
from docgen.cli.shell import Shell, open_streams, use_utf8
from docgen.errors import WRONG_USE, DocgenError
from docgen.files import reason_of
from docgen.office.answers.answer import Answer

_YOUNG: Final = 200_000
"""New objects after which the collector looks: a short command makes fewer, nearly all of them in imports."""

_COMMANDS: Final = {
    "init": ("docgen.cli.init:init", "新建工作区"),
    "check": ("docgen.cli.check:check", "检查设置、数据表、表间关联和模板，一次列出全部问题"),
    "status": ("docgen.cli.status:status", "今天的情况：超期、临期、未报送、各单位办结率、待办公文"),
    "board": ("docgen.cli.board:board", "挂图作战图：一个可以筛选、打印的网页"),
    "find": ("docgen.cli.find:find", "找含有某些词的项目、问题、议定事项、公文"),
    "snapshot": ("docgen.cli.snapshot:snapshot", "保存数据表现在的样子，以后算变化用"),
    "sheets": ("docgen.cli.sheets:sheets", "数据表：生成空白表、检查、下发和汇总、输出台账"),
    "replies": ("docgen.cli.replies:replies", "读取各单位填好发回的表单，说明回复的是哪一件、可以登记什么"),
    "doc": ("docgen.cli.doc.group:doc", "公文：查看、核稿、签发、印发、作废、替换、登记簿"),
    "seal": ("docgen.cli.seal:seal", "代章：授权、申请、批准、盖章、用印登记簿"),
    "verify": ("docgen.cli.verify:verify", "核对登记和文件是否被改动过，文件是哪一件公文"),
    "archive": ("docgen.cli.archive:archive", "归档：生成档案包、四性检测、移交"),
    "backup": ("docgen.cli.backup:backup", "备份整个工作区，写完后逐个核对"),
    "restore": ("docgen.cli.backup:restore", "用备份恢复出一个工作区"),
    "witness": ("docgen.cli.witness:witness", "登记库的见证：列出，重新建立"),
    "draft": ("docgen.cli.draft:draft", "起草任何一种公文，随附的和本单位自定的都可以"),
    "upgrade": ("docgen.cli.upgrade:upgrade", "把旧版本的登记库升级到这个版本，先做备份"),
    "kind": ("docgen.cli.kind:kind", "文种：列出、查看、新建、检查"),
    "template": ("docgen.cli.template:template", "模板：查看、检查、恢复"),
    "format": ("docgen.cli.format:format_", "把任何文稿按 GB/T 9704-2012 排成公文，文字不增不减"),
    "read": ("docgen.cli.read:read", "读出公文的要素：标题、主送、层次、表格、附件、落款"),
    "lint": ("docgen.cli.lint:lint", "检查 docx 是否符合 GB/T 9704-2012"),
    "pdf": ("docgen.cli.pdf:pdf", "把 docx 转换成 PDF"),
    "ofd": ("docgen.cli.ofd:ofd", "把 PDF、docx 转换成 OFD"),
}


class LazyGroup(ChineseGroup):
    """Knows its commands by name and imports one only when it is called or its help is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all commands, those that draft documents in the middle."""
        del ctx
        from docgen.office.kinds import summaries

        names = list(_COMMANDS)
        return [*names[:3], *summaries(), *names[3:]]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name in _COMMANDS:
            module, _, name = _COMMANDS[cmd_name][0].partition(":")
            command: click.Command = getattr(importlib.import_module(module), name)
            return command
        from docgen.office.kinds import summaries

        if cmd_name not in summaries():
            return None
        from docgen.cli.draft import draft_command

        return draft_command(cmd_name, summaries()[cmd_name])

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Return the one-line helps without importing a command."""
        from docgen.office.kinds import summaries

        helps = {name: said for name, (_, said) in _COMMANDS.items()} | summaries()
        return [(name, helps[name]) for name in self.list_commands(ctx)]


@click.group(
    cls=LazyGroup,
    invoke_without_command=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="从数据表生成工作机制办公室的公文（GB/T 9704-2012）。",
    epilog="除 -C 和 --version 外，以上选项写在命令前面、后面都可以。",
)
@click.option("-C", "folder", metavar="文件夹", type=click.Path(), default=".", help="在这个文件夹里找工作区")
@before_the_name
@click.version_option(__version__, "--version", message="docgen %(version)s", help="显示版本后退出")
@click.pass_context
def docgen(ctx: click.Context, /, **options: Any) -> None:
    """Gather the global options."""
    ctx.obj = Shell(
        folder=Path(options["folder"]),
        as_json=options["as_json"],
        by=options["by"],
        today=options["today"],
        loudness=options["verbose"] - options["quiet"],
    )


def main() -> NoReturn:
    """Run the command line and exit with the documented code."""
    _start_lightly()
    open_streams()
    use_utf8()
    code = run(sys.argv[1:])
    gc.freeze()  # else Python would look through everything once more before it ends
    sys.exit(code)


def _start_lightly() -> None:
    """Spare a process of its own what libraries do while they are imported (docs/decisions/0013-start-up.md)."""
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; whatever goes wrong is said in Chinese, never as a traceback."""
    try:
        with docgen.make_context("docgen", list(arguments)) as context:
            code = docgen.invoke(context)
            return code if isinstance(code, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  # a clerk gets a sentence, not a traceback
        return _failed(arguments, error)


def _failed(arguments: list[str], error: BaseException) -> int:
    """Say what went wrong, on standard error and with `--json` also as the JSON value."""
    shell = _shell(arguments)
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and not shell.as_json:
        click.echo(error.ctx.get_help() if error.ctx else "")
        return WRONG_USE
    fault = _fault_of(error)
    answer = Answer(faults=[fault])
    with suppress(OSError):  # what cannot be said anywhere is still said by the exit code
        if shell.loudness > 0:
            traceback_of(error)
        shell.complain([fault])
        shell.finish(answer)
    return answer.exit_code


def _fault_of(error: BaseException) -> DocgenError:
    match error:
        case DocgenError():
            return error
        case click.ClickException():
            return Misused(usage_message(error))
        case KeyboardInterrupt() | click.Abort():
            return Interrupted()
        case FileNotFoundError() if error.filename is None and not _has_folder():
            return FolderGone()
        case OSError():
            return SystemRefused(str(error.filename or ""), reason_of(error))
    return Unforeseen(type(error).__name__, str(error))


def _has_folder() -> bool:
    """Whether the folder in which the user stands is still there."""
    try:
        return bool(Path.cwd())
    except OSError:
        return False


def _shell(arguments: list[str]) -> Shell:
    """Return what the global options say, whatever is wrong with the command line."""
    words = arguments[: arguments.index("--")] if "--" in arguments else arguments
    loud = "-v" in words or "--verbose" in words
    return Shell(Path(), as_json="--json" in words, loudness=int(loud), command=_named(words))


def _named(words: list[str]) -> str:
    """Return the command that words name, with its groups: `sheets import`; empty for none."""
    path: list[str] = []
    found: click.Command | None = docgen
    for each in words:
        if isinstance(found, click.Group) and each in found.list_commands(click.Context(found)):
            path.append(each)
            found = found.get_command(click.Context(found), each)
    return " ".join(path)


def traceback_of(error: BaseException) -> None:
    """Print where an error came from, for whoever mends it."""
    import traceback

    traceback.print_exception(error)
