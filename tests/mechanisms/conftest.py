"""The years of the example mechanisms, each run once a session."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

EXAMPLES = Path(__file__).parents[2] / "examples"
sys.path.insert(0, str(EXAMPLES))

from year import Year, read_year, run_year  # noqa: E402  # found beside the examples' scripts


def cells_of(root: Path, book: str, sheet: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet by header, plainly."""
    heads, *rows = list(openpyxl.load_workbook(root / "data" / f"{book}.xlsx")[sheet].values)[1:]
    return [dict(zip(heads, row, strict=True)) for row in rows if any(each is not None for each in row)]


@dataclass(frozen=True)
class Lived:
    """A year that has been run.

    Args:
        year: its parts and steps.
        root: the workspace in which it ran, as it was left.
        said: what commands said, by the number of their line.
    """

    year: Year
    root: Path
    said: dict[int, str]

    def of(self, kind: str) -> list[Path]:
        """Return the documents of a kind below `out`, by their names."""
        return sorted(
            each for each in (self.root / "out").glob(f"*/{kind}/**/*.docx") if "留存" not in each.parts
        )

    def words(self, kind: str) -> str:
        """Return all text of the documents of a kind, as they were signed, one paragraph or cell a line."""
        return "\n".join(self.text(each) for each in self.of(kind) if each.stem != "送签稿")

    @staticmethod
    def text(path: Path) -> str:
        """Return all text of a document, one paragraph or cell a line."""
        return "\n".join(
            "".join(t.text or "" for t in paragraph.iter(qn("w:t")))
            for paragraph in docx.Document(str(path)).element.body.iter(qn("w:p"))
        )

    def rows(self, kind: str) -> list[tuple[object, ...]]:
        """Return the rows of the workbooks of a kind of ledger."""
        found = sorted((self.root / "out").glob(f"*/{kind}/**/*.xlsx"))
        sheets = (openpyxl.load_workbook(each).worksheets[0] for each in found)
        return [row for sheet in sheets for row in sheet.iter_rows(values_only=True)]

    def table_rows(self, kind: str) -> list[list[str]]:
        """Return the rows of the tables in the documents of a kind, the words of each cell."""
        found = [docx.Document(str(each)) for each in self.of(kind) if each.stem != "送签稿"]
        return [
            [cell.text for cell in row.cells] for each in found for table in each.tables for row in table.rows
        ]

    def heard(self, words: str) -> str:
        """Return what all commands said whose lines hold these words."""
        lines = [each.line for each in self.year.steps if words in each.text]
        return "\n".join(self.said[each] for each in lines)


Live = Callable[[str], Lived]


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Live:
    """Run the year of a letter when it is asked for first."""
    lived: dict[str, Lived] = {}

    def run(letter: str) -> Lived:
        if letter not in lived:
            root = tmp_path_factory.mktemp("year") / letter
            year = read_year(letter)
            lived[letter] = Lived(year, root, run_year(year, root))
        return lived[letter]

    return run
