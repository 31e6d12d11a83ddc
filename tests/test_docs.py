"""The pages and the README say what the program does."""

from __future__ import annotations

import importlib.util
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import docx
import openpyxl
import pytest

from docgen.cli.main import docgen as docgen_group
from docgen.documents.declared.catalogue import built_in
from docgen.sheets.writing.arrangement import BOOKS, EVERYTHING
from docgen.sheets.writing.books import files_of

ROOT = Path(__file__).parent.parent
Docgen = Callable[..., Any]


def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_build", ROOT / "docs" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_generated_pages_are_those_the_code_gives() -> None:
    stale = [
        name for name, text in build().pages().items() if (ROOT / "docs" / name).read_text("utf-8") != text
    ]
    assert stale == [], "run python docs/build.py"


def commands_in(page: str) -> list[list[str]]:
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL)
    return [
        shlex.split(line, comments=True) for block in blocks for line in block.splitlines() if line.strip()
    ]


def test_both_readmes_show_the_same_commands() -> None:
    assert commands_in("README.md") == commands_in("README.en.md")


@pytest.mark.libreoffice
def test_the_commands_of_the_readme_work_in_a_fresh_folder(
    tmp_path: Path, docgen: Docgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    circular = docx.Document()
    for line in (ROOT / "tests/founding/texts/county.txt").read_text("utf-8").splitlines():
        circular.add_paragraph(line)
    circular.save("印发通知.docx")
    shown = [
        each for each in commands_in("README.md") if each[0] in ("docgen", "cd") and "--setup" not in each
    ]
    assert len(shown) >= 10
    for program, *arguments in shown:
        if program == "cd":
            monkeypatch.chdir(Path.cwd() / arguments[0])
            continue
        ran = docgen(*arguments)
        assert ran.code == 0, (arguments, ran.err)


def known_command(arguments: list[str]) -> tuple[click.Command, list[str]]:
    """Return the command that a line of the manual calls, and the options it gives to that command."""
    command: click.Command = docgen_group
    context = click.Context(command)
    words = iter(arguments)
    for word in words:
        if not isinstance(command, click.Group):
            return command, [each for each in (word, *words) if each.startswith("-")]
        if word in ("--by", "--date", "-C"):
            next(words)
            continue
        below = command.get_command(context, word)
        assert below is not None, arguments
        command = below
    return command, []


def test_the_commands_of_the_manual_are_known() -> None:
    for program, *arguments in commands_in("docs/手册.md"):
        assert program == "docgen"
        command, options = known_command(arguments)
        assert not isinstance(command, click.Group), arguments
        offered = {name for parameter in command.params for name in parameter.opts}
        assert set(options) <= offered, arguments


def test_the_manual_has_a_row_for_every_kind_of_document() -> None:
    manual = (ROOT / "docs" / "手册.md").read_text("utf-8")
    for kind in built_in():
        assert f"| `docgen {kind.command or f'draft {kind.title}'}` | {kind.title} |" in manual


def test_the_page_for_unit_clerks_that_is_handed_out_is_the_one_of_the_docs() -> None:
    page = build()._beside("page")
    assert page.words(page.MADE.read_bytes()) == page.words(page.page()), "run python docs/build.py"


def test_links_between_pages_lead_somewhere() -> None:
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), (page.name, target)


def test_the_shipped_blank_sheets_are_those_the_declarations_give() -> None:
    for name, data in files_of([EVERYTHING], {}).items():
        path = ROOT / "templates" / "xlsx" / name
        assert cells_of(path.read_bytes()) == cells_of(data), f"write {name} again with docgen sheets new"


def test_the_shipped_designs_of_ledgers_are_those_that_sheets_new_writes() -> None:
    from docgen.sheets.exports.catalogue import TITLES
    from docgen.sheets.writing.designs import FILE, designs_workbook

    path = ROOT / "templates" / "xlsx" / FILE
    assert cells_of(path.read_bytes()) == cells_of(designs_workbook(TITLES))


def cells_of(data: bytes) -> dict[str, list[tuple[Any, ...]]]:
    from io import BytesIO

    book = openpyxl.load_workbook(BytesIO(data))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_every_record_type_stands_in_one_workbook() -> None:
    from docgen.model.schema import BUILT_IN

    placed = [record for records in BOOKS.values() for record in records]
    assert sorted(each.sheet for each in placed) == sorted(each.sheet for each in BUILT_IN.types)
