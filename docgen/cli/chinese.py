"""click in Chinese: help pages and the messages of wrong use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

import click

from docgen.cli.terminal import width

_SIMILAR_ENOUGH: Final = 0.5
_LONGEST_SUMMARY: Final = 60
_CUT: Final = "..."
_HELP: Final = "显示帮助后退出"
_BOUNDS: Final = re.compile(r"\s*\[(?:(\d+)<=x<=(\d+))?(?:; )?(required)?\]$")
_METAVARS: Final = {"TEXT": "文字", "FILE": "文件", "DIRECTORY": "文件夹", "INTEGER": "整数", "PATH": "路径"}


class ChineseFormatter(click.HelpFormatter):
    """Lays out help pages by display width, in which a hanzi counts as two."""

    def write_heading(self, heading: str) -> None:
        """Write a heading with a Chinese colon."""
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and what they mean in two aligned columns."""
        rows = list(rows)
        first = min(max((width(term) for term, _ in rows), default=0), col_max) + col_spacing
        for term, meaning in rows:
            room = " " * max(first - width(term), col_spacing)
            self.write(f"{'':>{self.current_indent}}{term}{room}{meaning}\n")


class ChineseContext(click.Context):
    """Uses the Chinese layout of help pages."""

    formatter_class = ChineseFormatter


class ChineseCommand(click.Command):
    """A command whose help page is Chinese."""

    context_class = ChineseContext

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the command's own parameters and, unless it is the group of all, those that every command takes."""
        from docgen.cli.global_options import after_the_name

        own = super().get_params(ctx)
        return own if ctx.parent is None else [*own, *after_the_name()]

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; the shell knows it by its whole name, as `sheets import`."""
        from docgen.cli.shell import Shell

        shell = ctx.find_object(Shell)
        if shell and ctx.parent:
            shell.command = ctx.command_path.partition(" ")[2]
        return super().invoke(ctx)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option with Chinese words."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the pieces of the usage line, in Chinese."""
        words = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]…"}
        return [words.get(piece, piece.replace("...", "…")) for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        rows = [row for option in options if (row := option.get_help_record(ctx))]
        if rows:
            with formatter.section("选项"):
                formatter.write_dl([(_in_chinese(names), _explained(said)) for names, said in rows])
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the epilog as it stands, one line each."""
        del ctx
        if self.epilog:
            formatter.write("\n" + self.epilog.strip() + "\n")


class ChineseGroup(ChineseCommand, click.Group):
    """A group whose help page is Chinese."""

    command_class = ChineseCommand

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their one-line help."""
        with formatter.section("命令"):
            formatter.write_dl(self.summaries(ctx))

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Return each command with its one-line help."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        return [(name, _summary(command)) for name, command in found if command]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; for one that does not exist name the nearest."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            from difflib import get_close_matches

            close = get_close_matches(args[0], self.list_commands(ctx), 1, _SIMILAR_ENOUGH)
            raise click.UsageError(
                f"没有“{args[0]}”这个命令" + (f"，是不是 {close[0]}？" if close else ""), ctx
            )
        return super().resolve_command(ctx, args)


def _summary(command: click.Command) -> str:
    """Return a command's help in one line; of a long one its first sentence, where click cuts between words."""
    said = command.get_short_help_str(_LONGEST_SUMMARY)
    if not said.endswith(_CUT):
        return said
    whole = " ".join((command.short_help or command.help or "").split())
    return whole.partition("。")[0] + "。"


def _in_chinese(names: str) -> str:
    head, _, metavar = names.rpartition(" ")
    return f"{head} {_METAVARS.get(metavar, metavar)}" if head else names


def _explained(said: str) -> str:
    """Return what an option is for, with its bounds and that it must be given in Chinese."""
    found = _BOUNDS.search(said)
    if not found:
        return said
    bounds = f"{found[1]}至{found[2]}" if found[1] else ""
    notes = "，".join(filter(None, (bounds, "必须写" if found[3] else "")))
    return f"{said[: found.start()]}（{notes}）"


def usage_message(fault: click.ClickException) -> str:
    """Return what is wrong with a command line, in Chinese, with the way to its help page."""
    said = _said(fault)
    context = getattr(fault, "ctx", None)
    where = f"\n查看用法：{context.command_path} --help" if context else ""
    return said + where


def _said(fault: Any) -> str:  # noqa: PLR0911  # one return for each way to misuse a command
    match fault:
        case click.NoSuchOption():
            return f"没有 {fault.option_name} 这个选项{_instead(fault)}"
        case click.MissingParameter():
            return f"缺少参数 {_name(fault)}"
        case click.BadParameter():
            return f"参数 {_name(fault)} 的值不对：{_detail(fault)}"
        case click.BadOptionUsage():
            return f"选项 {fault.option_name} 缺少值或用法不对"
        case click.UsageError():
            return _plain(fault.message) + _as_option(fault)
        case click.FileError():
            return f"打不开文件 {fault.ui_filename}"
    return str(fault.format_message())


def _instead(fault: click.NoSuchOption) -> str:
    """Say where an option belongs, or which one may be meant."""
    root = fault.ctx.find_root() if fault.ctx else None
    if root and root is not fault.ctx and any(fault.option_name in each.opts for each in root.command.params):
        command = fault.ctx.command_path.partition(" ")[2] if fault.ctx else ""
        return f"；它要写在命令前面：{root.info_name} {fault.option_name} … {command}"
    meant = _alike(fault.option_name, fault.possibilities or ())
    return f"，是不是 {'、'.join(meant)}？" if meant else ""


def _alike(option: str, others: Iterable[str]) -> list[str]:
    """Return the options that read like one, their dashes aside: two dashes alone make `--as` like `--json`."""
    from difflib import get_close_matches  # only misuse needs it

    bare = {each.lstrip("-"): each for each in others}
    return [bare[each] for each in get_close_matches(option.lstrip("-"), bare)]


def _name(fault: click.BadParameter) -> str:
    if fault.param_hint:
        hint = fault.param_hint
        return hint if isinstance(hint, str) else " / ".join(hint)
    if fault.param is None:
        return ""
    return (
        fault.param.opts[0] if fault.param.param_type_name == "option" else (fault.param.human_readable_name)
    )


def _detail(fault: click.BadParameter) -> str:
    kind = fault.param.type if fault.param else None
    if isinstance(kind, click.Choice):
        return "只能是 " + "、".join(str(each) for each in kind.choices)
    if isinstance(kind, click.IntRange):
        return f"要写{kind.min}到{kind.max}之间的整数"
    if isinstance(kind, click.types.IntParamType):
        return "要写整数"
    if isinstance(kind, click.Path) and fault.message.endswith("is a directory."):
        return f"{_quoted(fault.message)}是文件夹，要写文件名"
    if isinstance(kind, click.Path) and "'" in fault.message:
        return f"没有{_quoted(fault.message)}这个文件或文件夹"
    return fault.message


def _quoted(message: str) -> str:
    """Return what stands in quotation marks in one of click's sentences."""
    inner = message.partition("'")[2].rpartition("'")[0]
    return f"“{inner}”"


def _as_option(fault: click.UsageError) -> str:
    """Say by which option a word that stands alone is given: what is selected, where a command selects."""
    if not fault.message.startswith("Got unexpected extra argument") or fault.ctx is None:
        return ""
    choosing = (each for each in fault.ctx.command.params if isinstance(each, click.Option) and each.multiple)
    option = next(choosing, None)
    word = fault.message.partition("(")[2].rstrip(")").partition(" ")[0]
    return f"；要用选项写明，如 {option.opts[0]} {word}" if option else ""


def _plain(message: str) -> str:
    """Translate the few sentences that click itself raises without a class of their own."""
    if message.startswith("Got unexpected extra argument"):
        return "多了参数 " + message.partition("(")[2].rstrip(")")
    if message.startswith("Missing command"):
        return "缺少命令"
    return message
