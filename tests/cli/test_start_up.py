"""A short command loads what it needs and no more, and what it keeps from the last time changes no document."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
DRAFT = ("-q", "notice", "--project", "3", "--force")
RUN = (
    "import sys\n"
    "from docgen.cli.main import main\n"
    "try:\n"
    "    main()\n"
    "finally:\n"
    "    print(*sorted(sys.modules))\n"
)


def loaded_by_draft(cache: Path | str) -> set[str]:
    """Draft a project's notices in a process of its own, and return the modules it has loaded."""
    return loaded_by(DRAFT, cache)


def loaded_by(arguments: Sequence[str], cache: Path | str, *, fails: bool = False) -> set[str]:
    """Run a command in a process of its own, and return the modules it has loaded."""
    environment = {**os.environ, "DOCGEN_CACHE": str(cache)}
    ran = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=not fails,
    )
    return set(ran.stdout.splitlines()[-1].split())  # below what the command itself says


def drafts_in(workspace: Path) -> dict[str, bytes]:
    """Return the drafts of a workspace."""
    return {each.name: each.read_bytes() for each in (workspace / "out").rglob("*.docx")}


def test_a_draft_is_the_same_whatever_is_kept_and_whether_anything_is(
    workspace: Path, tmp_path: Path
) -> None:
    libraries = {"rjieba", "holidays"}
    cache = tmp_path / "cache"
    assert loaded_by_draft(cache) >= libraries
    first = drafts_in(workspace)
    assert len(first) == 4
    assert not loaded_by_draft(cache) & libraries
    assert drafts_in(workspace) == first
    for entry in cache.iterdir():
        entry.write_bytes(entry.read_bytes()[:-20])
    assert loaded_by_draft(cache) >= libraries
    assert drafts_in(workspace) == first
    assert loaded_by_draft("") >= libraries
    assert drafts_in(workspace) == first


NEEDLESS = {
    "database": {"sqlalchemy", "alembic", "psycopg"},
    "files": {"openpyxl", "docx", "docxtpl", "PIL", "rich"},
    "office": {
        "docgen.office.drafting.lists",
        "docgen.sheets.writing.printed",
        "docgen.office.verification",
        "docgen.office.papers.printing",
        "docgen.office.papers.filling",
        "docgen.office.life.signing",
    },
    "standard": {
        "docgen.lint", "docgen.standard.forms.wording", "docgen.pdf.convert", "docgen.pdf.libreoffice",
    },
}  # fmt: skip


def test_a_draft_loads_nothing_of_other_commands(workspace: Path, tmp_path: Path) -> None:
    for own in ("sheets", "kinds"):
        shutil.copytree(REPOSITORY / "examples" / "a" / own, workspace / own)
    drafting = loaded_by_draft(tmp_path / "cache")
    assert {name: drafting & each for name, each in NEEDLESS.items()} == {name: set() for name in NEEDLESS}


HEAVY = {
    "pydantic", "lxml", "jinja2", "openpyxl", "python_calamine", "docx", "sqlalchemy", "alembic", "holidays", "rjieba",
}  # fmt: skip
RENDERING = {
    "docgen.template",
    "docgen.sheets.reading.reader",
    "docgen.standard",
    "docgen.office.drafting.drafter",
}


def test_a_list_of_documents_loads_no_renderer_and_no_reader_of_sheets(
    workspace: Path, tmp_path: Path
) -> None:
    loaded_by_draft(tmp_path / "cache")
    listing = loaded_by(("-q", "doc", "list"), tmp_path / "cache")
    assert "docgen.register.store" in listing
    assert listing & (HEAVY | RENDERING) == set()


def test_checking_a_page_loads_no_register_and_no_reader_of_sheets(workspace: Path, tmp_path: Path) -> None:
    loaded_by_draft(tmp_path / "cache")
    page = min((workspace / "out").rglob("*.docx"))
    linting = loaded_by(("-q", "lint", str(page)), tmp_path / "cache")
    assert "docgen.lint.checker" in linting
    assert linting & (HEAVY - {"lxml"} | RENDERING - {"docgen.standard"}) == set()
    assert not {
        each for each in linting if each.startswith(("docgen.register", "docgen.documents", "sqlite3"))
    }


@pytest.mark.parametrize(
    "arguments", [("--help",), ("--version",), ("template", "--help"), ("nosuch",)], ids=" ".join
)
def test_help_and_misuse_load_no_other_room(
    workspace: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    loaded = loaded_by(arguments, tmp_path, fails=arguments == ("nosuch",))
    rooms = {each.split(".")[1] for each in loaded if each.startswith("docgen.")}
    assert rooms <= {"cli", "office", "documents", "clock", "dataclass", "durable", "errors", "files"}
    assert loaded & (HEAVY | {"sqlite3"}) == set()
    assert not {each for each in loaded if each.startswith("docgen.documents.")} - {
        "docgen.documents.declared",
        "docgen.documents.declared.catalogue",
    }


@pytest.mark.parametrize("arguments", [("check",), ("template", "list"), ("sheets", "check")], ids=" ".join)
def test_what_asks_the_register_nothing_does_not_load_its_database(
    workspace: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    assert "sqlite3" not in loaded_by(("-q", *arguments), tmp_path)


def test_the_register_loads_no_pydantic() -> None:
    rooms = sorted((Path(__file__).parents[2] / "docgen" / "register").glob("*.py"))
    imports = "".join(f"import docgen.register.{each.stem}\n" for each in rooms if each.stem != "__init__")
    assert "docgen.register.audit" in imports
    ran = subprocess.run(
        [sys.executable, "-c", f"import sys\n{imports}print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(ran.stdout.split()) & HEAVY == set()
