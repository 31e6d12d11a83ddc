"""The example of a sheet of one's own works in the sample workspace as its README says."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from docgen.model.unit import Unit
from docgen.workspace import Workspace

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "own"


@pytest.fixture
def office(workspace: Path) -> Path:
    """The sample workspace with the sheet of visits."""
    for name in ("sheets", "data"):
        shutil.copytree(EXAMPLE / name, workspace / name, dirs_exist_ok=True)
    return workspace


def test_the_visits_are_read_and_linked_to_projects_units_and_people(office: Path) -> None:
    found = Workspace.find(office)
    reading = found.read()
    assert (reading.faults, reading.advices) == ((), ())
    assert reading.records is not None
    visits = reading.records.named("走访")
    assert len(visits) == 6
    record = type(visits[0])
    linked = [reading.records.linking(record, "需办单位", each) for each in reading.records.of(Unit)]
    assert sum(map(len, linked)) == 6


def test_check_counts_them_and_a_blank_sheet_offers_the_units(office: Path, docgen: Any) -> None:
    ran = docgen("check")
    assert ran.code == 0
    assert "走访6" in ran.out
    assert docgen("sheets", "new", "走访", "--to", "空白").code == 0
    data = (office / "空白" / "走访.xlsx").read_bytes()
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["填表说明", "走访", "选项"]


def test_a_fault_in_the_declaration_is_told_and_blocks_no_seal(office: Path, docgen: Any) -> None:
    path = office / "sheets" / "走访.toml"
    path.write_text(path.read_text("utf-8").replace('to = "人员"', 'to = "人圆"'), "utf-8")
    ran = docgen("sheets", "check")
    assert ran.code == 1
    assert "sheets/走访.toml 第37行：列「走访人」的 to 写的是“人圆”，没有这样的表，是不是“人员”？" in ran.out
    assert docgen("doc", "list").code == 0
