"""What is asked of the archive's commands: help that can be read, places that are places."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from years import CLERK, call

from docgen.cli.main import docgen


def groups(command: click.Group, context: click.Context) -> list[tuple[str, str]]:
    """The help page of each group below a command, by its path."""
    found = []
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        if isinstance(inner, click.Group):
            below = click.Context(inner, info_name=name, parent=context)
            found += [(below.command_path, inner.get_help(below)), *groups(inner, below)]
    return found


def test_each_command_of_a_group_says_what_it_does() -> None:
    """No line of a help page is cut to dots."""
    pages = groups(docgen, click.Context(docgen, info_name="docgen", **docgen.context_settings))
    assert {"docgen archive", "docgen doc number"} <= {path for path, _ in pages}
    assert not [path for path, page in pages if "..." in page]


@pytest.mark.parametrize("place", ["https://dag.example.cn/in", "ftp://a/b", "file:///tmp/a", "https:/dag"])
def test_an_address_is_no_folder(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Refused before anything is done: no folder `https:` is made."""
    before = sorted(tmp_path.iterdir())
    assert call(tmp_path, CLERK, "archive", "build", "--year", "2026", "--to", place) == 2
    assert "是网址" in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == before
