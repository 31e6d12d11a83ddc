"""The options that every command takes stand before its name, between a group's and its command's, or behind it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from docgen.cli.main import docgen as all_commands

Docgen = Callable[..., Any]


def paths(group: click.Group, context: click.Context) -> Iterator[tuple[str, ...]]:
    """Yield the words of each command and each group below a group."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (name,)
        if isinstance(command, click.Group):
            yield from ((name, *rest) for rest in paths(command, context))


EVERY = list(paths(all_commands, click.Context(all_commands, info_name="docgen")))


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_every_command_and_group_takes_them_behind_its_name(
    workspace: Path, docgen: Docgen, path: tuple[str, ...]
) -> None:
    ran = docgen(*path, "--by", "万里舟", "--date", "2026-03-16", "-q", "-v", "--json", "--help")
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_every_command_and_group_judges_them_as_before_its_name(
    workspace: Path, docgen: Docgen, path: tuple[str, ...]
) -> None:
    for wrong, said in ((("--date", "31.1.2026"), "不是日期"), (("--by", " "), "要写姓名")):
        ran = docgen(*path, *wrong)
        assert (ran.code, said in ran.err) == (2, True)


def steps(docgen: Docgen, document: str) -> list[tuple[str, str, str]]:
    entries = json.loads(docgen("--json", "doc", "show", document).out)["entries"]
    return [(each["step"], each["actor"], each["day"]) for each in entries if each["document"]]


@pytest.mark.parametrize(
    "words",
    [
        ("--by", "方知远", "--date", "2026-03-17", "doc", "review", "1"),
        ("doc", "--by", "方知远", "--date", "2026-03-17", "review", "1"),
        ("doc", "review", "1", "--by", "方知远", "--date", "2026-03-17"),
        ("--by", "陶映雪", "doc", "review", "--date", "2026-03-17", "1", "--by", "方知远"),
    ],
    ids=["before", "between", "behind", "the-last-one-holds"],
)
def test_who_and_when_mean_the_same_wherever_they_stand(
    workspace: Path, docgen: Docgen, words: tuple[str, ...]
) -> None:
    docgen("notice", "--project", "3", "--date", "2026-03-16", "-q")
    assert docgen(*words).code == 0
    assert steps(docgen, "1")[-1] == ("核稿", "方知远", "2026-03-17")


def test_quiet_and_json_mean_the_same_behind_the_command(workspace: Path, docgen: Docgen) -> None:
    assert docgen("template", "list", "-q") == docgen("-q", "template", "list")
    assert docgen("template", "list", "-q").out == ""
    assert docgen("doc", "number", "list", "--json").out == docgen("--json", "doc", "number", "list").out


def test_what_an_option_of_the_command_is_given_is_no_option(workspace: Path, docgen: Docgen) -> None:
    docgen("notice", "--project", "3", "-q")
    ran = docgen("doc", "review", "1", "--by", "方知远", "--remark", "--date")
    assert ran.code == 0
    entries = json.loads(docgen("--json", "doc", "show", "1").out)["entries"]
    assert entries[-1]["remark"] == "--date"
