"""A short command loads what it needs and no more, and what it keeps from the last time changes no document."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

DRAFT = (
    "import sys\n"
    "from docgen.cli.main import main\n"
    "sys.argv[1:] = ['-q', 'notice', '--project', '3', '--force']\n"
    "try:\n"
    "    main()\n"
    "finally:\n"
    "    print(*sorted(sys.modules))\n"
)


def loaded_by_draft(cache: Path | str) -> set[str]:
    """Draft a project's notices in a process of its own, and return the modules it has loaded."""
    environment = {**os.environ, "DOCGEN_CACHE": str(cache)}
    ran = subprocess.run(
        [sys.executable, "-c", DRAFT], env=environment, capture_output=True, text=True, check=True
    )
    return set(ran.stdout.split())


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


@pytest.mark.parametrize(
    "needless",
    [
        {"sqlalchemy.dialects.postgresql", "sqlalchemy.orm", "psycopg"},
        {"openpyxl", "docx", "docxtpl", "PIL", "rich"},
        {
            "docgen.office.verification",
            "docgen.office.papers.printing",
            "docgen.office.papers.filling",
            "docgen.office.life.signing",
        },
        {"docgen.lint", "docgen.standard.forms.letter", "docgen.pdf.convert", "docgen.pdf.libreoffice"},
    ],
    ids=["database", "files", "office", "standard"],
)
def test_a_draft_loads_nothing_of_other_commands(needless: set[str], drafting: set[str]) -> None:
    assert drafting & needless == set()


@pytest.fixture(scope="module")
def drafting(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What a draft in the sample workspace loads."""
    place = tmp_path_factory.mktemp("workspace") / "sample"
    subprocess.run([sys.executable, "-m", "docgen", "-q", "init", str(place), "--example", "a"], check=True)
    with pytest.MonkeyPatch.context() as standing:
        standing.chdir(place)
        return loaded_by_draft(place / "cache")
