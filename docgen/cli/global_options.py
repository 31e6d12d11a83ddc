"""The options that every command takes, before its name and after it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final, TypeVar

import click

from docgen.cli.faults import LONGEST_NAME
from docgen.cli.options import Day
from docgen.cli.shell import Shell, is_name

F = TypeVar("F", bound=Callable[..., Any])


def _name(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    del ctx, param
    value = value and value.replace("\u3000", " ")  # as people type it into sheets
    if value is not None and not is_name(value):
        raise click.BadParameter(f"要写姓名，不超过{LONGEST_NAME}个字", param_hint="--by")
    return value


_OPTIONS: Final[tuple[tuple[tuple[str, ...], dict[str, Any]], ...]] = (
    (("--json", "as_json"), {"is_flag": True, "help": "结果以一个 JSON 值输出，供程序使用"}),
    (
        ("--by", "by"),
        {"metavar": "姓名", "callback": _name, "help": "由谁办理（也可用环境变量 DOCGEN_BY）"},
    ),
    (
        ("--date", "today"),
        {"metavar": "日期", "type": Day(), "help": "把这一天当作今天，如 2026-03-16"},
    ),
    (("-q", "--quiet", "quiet"), {"is_flag": True, "help": "只报问题"}),
    (("-v", "--verbose", "verbose"), {"is_flag": True, "help": "多说一些，出错时给出详情"}),
)


def before_the_name(command: F) -> F:
    """Give the options to the group of all commands, which takes them before a command's name."""
    for names, declared in reversed(_OPTIONS):
        command = click.option(*names, **declared)(command)
    return command


@cache
def after_the_name() -> tuple[click.Option, ...]:
    """Return the same options as a command takes them: its help leaves them out, the shell is told of them."""
    return tuple(
        click.Option(
            names, **declared | {"hidden": True, "expose_value": False, "callback": _telling(declared)}
        )
        for names, declared in _OPTIONS
    )


def _telling(declared: dict[str, Any]) -> Callable[[click.Context, click.Parameter, Any], None]:
    check = declared.get("callback", lambda _ctx, _param, value: value)

    def tell(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        given, shell = check(ctx, param, value), ctx.find_object(Shell)
        if given and shell and param.name:
            setattr(shell, *_LOUDNESS.get(param.name, (param.name, given)))

    return tell


_LOUDNESS: Final[dict[str, tuple[str, int]]] = {"quiet": ("loudness", -1), "verbose": ("loudness", 1)}
