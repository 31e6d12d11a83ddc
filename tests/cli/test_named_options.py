"""Whatever command or option a message names is there, so that who follows it comes further."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click

from docgen.cli.main import docgen as group

PACKAGE = Path(__file__).parents[2] / "docgen"
_NAMED = re.compile(r"docgen((?: +(?:[a-z][a-z-]*|--?[A-Za-z][a-z-]*|[^\s，。；：、（）()“”]+))+)")
_OPTION = re.compile(r"--[a-z][a-z-]*")
_WITH_VALUE = ("--by", "--date", "-C")
OF_OTHERS = {"pdf/soffice.py", "pdf/fonts.py", "pdf/standin.py"}
"""Files with the options of other programs."""


@cache
def texts() -> list[tuple[str, str]]:
    """Return each text of the program with Chinese in it, by its file; 〈〉 stands for what is filled in."""
    return [
        (path.relative_to(PACKAGE).as_posix(), text)
        for path in sorted(PACKAGE.rglob("*.py"))
        for text in _texts_in(ast.parse(path.read_text("utf-8")))
        if re.search("[\u4e00-\u9fff]", text)
    ]


def _texts_in(tree: ast.AST) -> Iterator[str]:
    told = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # what programmers are told
    for node in ast.walk(tree):
        if node in told:
            continue
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(each.value) if isinstance(each, ast.Constant) else "〈〉" for each in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def command_of(words: list[str]) -> tuple[click.Command, list[str]]:
    """Return the command that words call, and those behind its name."""
    command: click.Command = group
    rest = list(words)
    while rest and isinstance(command, click.Group):
        word = rest.pop(0)
        if word in _WITH_VALUE:
            rest = rest[1:]
        elif not word.startswith("-"):
            below = command.get_command(click.Context(command), word)
            if below is None:
                return command, [word, *rest]
            command = below
    return command, rest


def options_of(command: click.Command) -> set[str]:
    """Return the options that may be written behind a command."""
    return {"--help"} | {
        name for each in (command, group) for parameter in each.params for name in parameter.opts
    }


def all_options() -> set[str]:
    def below(command: click.Command) -> Iterator[click.Command]:
        yield command
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                yield from below(command.get_command(context, name))  # type: ignore[arg-type]

    return {option for each in below(group) for option in options_of(each)}


def test_every_command_that_a_text_names_is_there_and_has_the_options_beside_it() -> None:
    wrong, seen = [], 0
    for file, text in texts():
        for words in _NAMED.findall(text):
            command, rest = command_of(words.split())
            seen += 1
            if isinstance(command, click.Group) and rest and re.fullmatch("[a-z-]+", rest[0]):
                wrong.append((file, words, rest[0]))
            strange = set(_OPTION.findall(" ".join(rest))) - options_of(command)
            wrong += [(file, words, each) for each in strange]
    assert not wrong
    assert seen > 100


def test_every_option_that_a_text_names_is_one_of_some_command() -> None:
    known = all_options()
    named = {
        (file, each) for file, text in texts() if file not in OF_OTHERS for each in _OPTION.findall(text)
    }
    assert not [(file, each) for file, each in named if each not in known]
    assert len(named) > 50
