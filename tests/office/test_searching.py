"""`docgen find` lists every row and document that contains all the words, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from docgen.cli.main import run


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    code = run(["--json", "--date", "2026-03-16", "--by", "陶映雪", *arguments])
    return json.loads(capsys.readouterr().out) | {"code": code}


def test_rows_and_documents_with_all_words_are_found(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert workspace.is_dir()
    drafted = said(capsys, "notice", "--project", "8")["documents"]
    found = said(capsys, "find", "水库", "除险加固")["found"]
    kinds = {each["kind"] for each in found}
    assert {"项目", "问题", "议定事项", "督办", "公文"} <= kinds
    assert {each["key"] for each in found if each["kind"] == "公文"} == {str(each["id"]) for each in drafted}
    fewer = said(capsys, "find", "水库", "除险加固", "灌区")["found"]
    assert {tuple(each.items()) for each in fewer} < {tuple(each.items()) for each in found}


def test_an_approval_is_found_by_item_and_unit_and_not_by_its_projects_name_alone(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """水土保持 at 水利局 is what somebody at the telephone asks for; a project's name alone lists the project."""
    assert workspace.is_dir()
    found = said(capsys, "find", "水土保持", "水利局")["found"]
    listed = [each["name"] for each in found if each["kind"] == "手续"]
    assert listed
    assert all("水土保持" in each and "水利局" in each for each in listed)
    kinds = [each["kind"] for each in said(capsys, "find", "绿色建材")["found"]]
    assert "项目" in kinds
    assert "手续" not in kinds


def test_width_case_and_blanks_do_not_count(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert workspace.is_dir()
    plainly = said(capsys, "find", "220千伏")["found"]
    assert plainly
    assert said(capsys, "find", "２２０ 千伏")["found"] == plainly


def test_nothing_found_is_said_and_no_words_are_refused(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert workspace.is_dir()
    nothing = said(capsys, "find", "没有这样的词")
    assert (nothing["code"], nothing["found"]) == (0, [])
    assert said(capsys, "find", " ")["code"] == 2
