"""In which order the papers of an archive list documents: by 档号 (DA/T 22-2015), of however many digits."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from years import CLERK, NAME, call

from docgen.archive import papers
from docgen.archive.inventory import Inventory, inventory_of

CODES = [
    "J001-WS·2026-Y-BGS-0001",
    "J001-WS·2026-D10-BGS-10000",
    "J001-WS·2026-D10-BGS-9999",
    "J001-WS·2026-D10-BGS-1001",
]
"""By the dates of their documents; some of them were archived after later ones."""
IN_ORDER = [*reversed(CODES[1:]), CODES[0]]


@pytest.fixture
def inventory(archived: Path) -> Inventory:
    """A bag of four documents that were not archived in the order of their dates."""
    read = inventory_of((archived / "归档" / NAME / "data/档案包.json").read_bytes())
    kept = {"Y": "永久", "D10": "10年"}
    filed = (replace(read.filed[0], code=each, retention=kept[each.split("-")[2]]) for each in CODES)
    return replace(read, filed=tuple(filed))


def test_papers_list_documents_by_their_code(inventory: Inventory) -> None:
    """Those archived later than others of a later date, and those after the 9999th."""
    listed = papers.catalogue(inventory, "10年")
    assert [row.values[1] for row in listed.rows] == IN_ORDER[:3]
    assert [row.values[1] for row in papers.transfer_list(inventory).rows] == IN_ORDER
    assert [row.values[0] for row in papers.description(inventory).rows] == IN_ORDER
    facts = dict(row.values for row in papers.cover(inventory, "10年").rows)
    assert facts["起止档号"] == f"{IN_ORDER[0]} 至 {IN_ORDER[2]}"


def test_the_catalogue_that_is_shown_is_by_code_too(
    office: Path, inventory: Inventory, capsys: pytest.CaptureFixture[str]
) -> None:
    """As people see it, and as programs do."""
    (office / "归档" / NAME / "data/档案包.json").write_bytes(inventory.as_json())
    assert call(office, CLERK, "archive", "catalogue", "--year", "2026") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("J001")] == IN_ORDER
    assert call(office, CLERK, "--json", "archive", "catalogue", "--year", "2026") == 0
    said = json.dumps(json.loads(capsys.readouterr().out), ensure_ascii=False)
    assert sorted(IN_ORDER, key=said.index) == IN_ORDER
