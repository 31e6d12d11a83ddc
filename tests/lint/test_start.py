"""What checking a document loads: the checker, the measures of the standard, and the service that calls them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

NEEDLESS = (
    "pydantic", "sqlalchemy", "jinja2", "openpyxl", "python_calamine", "docgen.sheets", "docgen.register",
    "docgen.model", "docgen.settings", "docgen.workspace", "docgen.office.desk", "docgen.office.drafting",
    "docgen.template", "docgen.documents",
)  # fmt: skip
SHOWN = """
import sys
sys.argv = ["docgen", "-q", "lint", "one.docx"]
from docgen.cli.main import main
try:
    main()
except SystemExit as end:
    print(end.code, *sorted(sys.modules))
"""


@pytest.fixture
def loaded(tmp_path: Path, made: Callable[[str], bytes]) -> Callable[[], tuple[str, set[str]]]:
    """Exit code and modules of a check of one document in a folder."""

    def run() -> tuple[str, set[str]]:
        (tmp_path / "one.docx").write_bytes(made("docgen general"))
        ran = subprocess.run(
            [sys.executable, "-c", SHOWN], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        code, *names = ran.stdout.splitlines()[-1].split()
        return code, set(names)

    return run


def test_a_check_loads_nothing_of_sheets_register_and_office(
    loaded: Callable[[], tuple[str, set[str]]],
) -> None:
    code, names = loaded()
    assert code == "0"
    assert names & set(NEEDLESS) == set()


def test_a_workspace_that_says_nothing_of_the_checker_is_not_read(
    tmp_path: Path, loaded: Callable[[], tuple[str, set[str]]]
) -> None:
    (tmp_path / "docgen.toml").write_text("version = 1\n", encoding="utf-8")
    assert loaded()[1] & set(NEEDLESS) == set()


@pytest.mark.parametrize(
    "said", ["[lint]", "[lint.tolerance]", "  [ lint ]", 'lint.off = ["title-shape"]', "lint = {}"]
)
def test_a_workspace_that_changes_the_checker_is_read(
    tmp_path: Path, loaded: Callable[[], tuple[str, set[str]]], said: str
) -> None:
    (tmp_path / "docgen.toml").write_text(f"version = 1\n{said}\n", encoding="utf-8")
    assert "docgen.settings" in loaded()[1]
