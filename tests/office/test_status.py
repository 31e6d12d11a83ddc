"""The picture of a day agrees with a second, plain reckoning over the workbooks; a project's page has all of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from docgen.cli.main import docgen
from docgen.cli.main import run as main

ROOT = Path(__file__).parents[2]


def rows_of(sheet: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a sheet of the sample workspace by header, as a plain reader sees them."""
    for path in sorted((ROOT / "data").glob("[!~]*.xlsx")):
        book = load_workbook(path, data_only=True)
        for found in [book[name] for name in book.sheetnames if name == sheet]:
            rows = [
                row for row in found.iter_rows(values_only=True) if sum(each is not None for each in row) > 2
            ]
            yield from (dict(zip(rows[0], row, strict=True)) for row in rows[1:])


def day_of(value: Any) -> date | None:
    if value is None or isinstance(value, str):
        return date.fromisoformat(value) if value else None
    found: date = value.date() if hasattr(value, "date") else value
    return found


def run(*arguments: str, folder: Path = ROOT) -> Any:
    done = CliRunner().invoke(docgen, ["-C", str(folder), "--json", *arguments])
    return json.loads(done.stdout), done.exit_code


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    value, code = run("--date", "2026-03-16", "status")
    assert code == 0
    value["late_of"] = Counter(each["kind"] for each in value["late"])
    return value  # type: ignore[no-any-return]


def listed() -> dict[str, dict[str, Any]]:
    return {str(each["序号"]): each for each in rows_of("项目") if each["清单阶段"] == "终稿"}


def test_the_rate_by_approval_is_that_of_the_workbooks(found: dict[str, Any]) -> None:
    uncounted = {each["事项名称"] for each in rows_of("事项") if each.get("计入办结率") == "否"}
    projects = listed()
    needed = [
        each for each in rows_of("手续") if str(each["项目"]) in projects and each["状态"] != "无需办理"
    ]
    states = [each["状态"] for each in needed if each["审批事项"] not in uncounted]
    assert found["by_approval"] | {"rate": ""} == {
        "done": states.count("办结"), "needed": len(states), "rate": "",
    }  # fmt: skip
    assert sum(found["lights"].values()) + found["done"] == len(needed) > len(states)
    assert found["done"] == [each["状态"] for each in needed].count("办结")


def test_what_is_late_is_what_a_plain_reader_finds_late(found: dict[str, Any]) -> None:
    today = date(2026, 3, 16)
    late = {
        "问题": sum(
            each["状态"] != "已销号" and bool(day_of(each["完成时限"])) and day_of(each["完成时限"]) < today  # type: ignore[operator]
            for each in rows_of("问题")
        ),
        "议定事项": sum(
            each["状态"] != "已落实" and bool(day_of(each["完成时限"])) and day_of(each["完成时限"]) < today  # type: ignore[operator]
            for each in rows_of("议定事项")
        ),
        "报送": sum(not each["报送日期"] and day_of(each["应报日期"]) < today for each in rows_of("报送")),  # type: ignore[operator]
    }
    assert {kind: found["late_of"][kind] for kind in late} == late
    assert all(each["left"] < 0 for each in found["late"])
    assert [each["day"] for each in found["late"]] == sorted(each["day"] for each in found["late"])


def test_who_returned_late_is_listed_with_both_days(found: dict[str, Any]) -> None:
    late = [
        (day_of(each["应报日期"]).isoformat(), day_of(each["报送日期"]).isoformat())  # type: ignore[union-attr]
        for each in rows_of("报送")
        if each["报送日期"] and day_of(each["报送日期"]) > day_of(each["应报日期"])  # type: ignore[operator]
    ]
    assert Counter((each["due"], each["returned"]) for each in found["returned_late"]) == Counter(late)


def test_units_add_up_to_all_and_one_unit_shows_its_own_with_its_rank_among_all(
    found: dict[str, Any],
) -> None:
    assert sum(each["needed"] for each in found["units"]) == found["by_approval"]["needed"]
    whole = next(each for each in found["units"] if each["unit"] == "澄湖县水利局")
    one, code = run("--date", "2026-03-16", "status", "--unit", "县水利局")
    assert code == 0
    assert one["units"] == [whole]
    assert {each["unit"] for each in (*one["late"], *one["soon"])} == {"澄湖县水利局"}
    assert len(one["late"]) == whole["late"]
    ranked = {each["unit"] for each in found["units"] if each["rank"] is not None}
    superior = {each["单位全称"] for each in rows_of("单位") if str(each["层级"]) in ("市级", "省级")}
    assert ranked
    assert superior
    assert not ranked & superior


def test_the_page_of_a_project_has_its_rows_of_every_sheet_and_its_documents(workspace: Path) -> None:
    drafted, code = run(
        "--date", "2026-03-16", "--by", "陶映雪", "notice", "--project", "8", folder=workspace
    )
    assert code == 0
    page, code = run("--date", "2026-03-16", "status", "--project", "8", folder=workspace)
    assert code == 0
    assert [each["id"] for each in page["documents"]] == [each["id"] for each in drafted["documents"]]
    for field, sheet in (("bottlenecks", "问题"), ("decisions", "议定事项"), ("supervision", "督办")):
        assert len(page[field]) == sum(str(each["项目"]) == "8" for each in rows_of(sheet)) > 0
    waiting = run("--date", "2026-03-16", "status", folder=workspace)[0]["waiting"]
    assert {each["id"] for each in waiting["待核稿"]} == {each["id"] for each in drafted["documents"]}


def test_what_no_sheet_has_is_said_and_unit_and_project_are_not_asked_together(
    capsys: pytest.CaptureFixture[str],
) -> None:
    here = ["-C", str(ROOT), "status"]
    assert main([*here, "--project", "不存在的项目"]) == 2
    assert "不存在的项目" in capsys.readouterr().err
    assert main([*here, "--unit", "县水利局", "--project", "3"]) == 2
    assert "只能写一个" in capsys.readouterr().err


@pytest.mark.parametrize("header", ["所属县区", "行业"])
def test_rates_of_places_and_industries_agree_with_the_workbooks(found: dict[str, Any], header: str) -> None:
    listed = {row["序号"]: row for row in rows_of("项目") if row["清单阶段"] == "终稿"}
    counted = {row["事项名称"] for row in rows_of("事项") if row.get("计入办结率") != "否"}
    states: dict[Any, list[str]] = {}
    for row in rows_of("手续"):
        if row["项目"] in listed and row["审批事项"] in counted and row["状态"] != "无需办理":
            states.setdefault(row["项目"], []).append(row["状态"])
    wanted: dict[str, list[list[str]]] = {}
    for number, row in listed.items():
        if row.get(header) and states.get(number):
            wanted.setdefault(row[header], []).append(states[number])
    shown = {each["name"]: each for each in found["groups"] if each["by"] == header}
    assert list(shown) == (list(wanted) if len(wanted) > 1 else [])
    for name, each in shown.items():
        done = sum(state == "办结" for one in wanted[name] for state in one)
        whole = sum(set(one) == {"办结"} for one in wanted[name])
        assert (each["by_approval"]["done"], each["by_approval"]["needed"]) == (
            done,
            sum(map(len, wanted[name])),
        )
        assert (each["by_project"]["done"], each["by_project"]["needed"]) == (whole, len(wanted[name]))
