"""A ten-day round of 22 units from hand-out to undo: other programs, replies, conflicts, problems, late and missing."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.cli.main import run
from docgen.sheets.opening.workbook import Workbook
from docgen.sheets.writing.in_place import Edit, edited
from tests.conftest import REPOSITORY, set_row
from tests.office.test_replies import fill as fill_form
from tests.office.test_replies import fill_table, sent
from tests.office.test_rounds import row_of, sheets

PERIOD, NAME = "2026-03中旬", "2026年3月中旬"
MISSING, IDLE, SECOND = "县教体局", ("市发改委", "省发改委"), "县水利局（补）.xlsx"
Said = Callable[..., Any]


@pytest.fixture
def said(workspace: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a command in the sample workspace; return its JSON value."""
    assert workspace.is_dir()

    def call(*arguments: str | Path, day: str = "2026-03-18", by: str = "陶映雪") -> Any:
        capsys.readouterr()
        run(["--json", "--date", day, "--by", by, *map(str, arguments)])
        return json.loads(capsys.readouterr().out)

    return call


def saved_by_libreoffice(paths: Iterable[Path], to: Path, form: str) -> None:
    """Open files with LibreOffice, all in one process, and save them."""
    command = ["soffice", "--headless", "--convert-to", form, "--outdir", str(to), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)


def first_free(path: Path) -> tuple[str, int, dict[str, int]]:
    """Return a sheet of a workbook, its first row of which the remark or the progress is free, and its columns."""
    book = openpyxl.load_workbook(path)
    for name in ("手续", "问题", "项目"):
        if name not in book.sheetnames:
            continue
        sheet = book[name]
        columns = {str(each.value).split("（")[0]: each.column for each in sheet[3] if each.value}
        at = columns.get("备注") or columns.get("进展", 1)
        for row in range(4, sheet.max_row):
            if sheet.cell(row, 1).value is not None and not sheet.cell(row, at).protection.locked:
                return name, row, columns
    raise AssertionError(path)


def note(path: Path, to: Path, words: str, more: Mapping[str, object] | None = None) -> Path:
    """Write a remark, and more cells, into the first row of a workbook that the unit fills in."""
    name, row, columns = first_free(path)
    book = openpyxl.load_workbook(path)
    cells = {"备注" if "备注" in columns else "进展": words, **(more or {})}
    for label, value in cells.items():
        book[name].cell(row, columns[label]).value = value
    book.save(to)
    return to


def register_supervised(workspace: Path, said: Said) -> Mapping[str, Any]:
    """Enter an approval of the water bureau that is late among the supervised matters, and return it."""
    late = next(each for each in said("status", "--unit", "县水利局")["late"] if each["kind"] == "手续")
    said("supervise", "--project", str(late["project"]))
    row = {
        "督办方式": "挂牌督办", "督办事项": "加快办理", "项目": late["project"], "审批事项": late["name"],
        "承办单位": "县水利局", "下发日期": "2026-03-10", "办理时限": "2026-03-31", "状态": "处理中",
    }  # fmt: skip
    for header, value in row.items():
        set_row(workspace / "data/督办.xlsx", "督办", {"编号": "督办〔2026〕099号"}, header, value)
    return dict(late)


@dataclass
class Round:
    """A round under way: the workspace, what runs commands in it, and the folders of what goes out and comes back."""

    workspace: Path
    said: Said

    def __post_init__(self) -> None:
        self.out, self.back, self.typed = (self.workspace / each for each in ("下发件", "报回", "录入"))
        self.before = sheets(self.workspace)

    def name(self, unit: str) -> str:
        return f"{unit}-{NAME}.xlsx"

    def hand_out(self) -> list[str]:
        """Hand out to every unit of the list, superior ones too, and return who was handed something."""
        rows = openpyxl.load_workbook(self.workspace / "data/单位.xlsx").worksheets[0].iter_rows(min_row=3)
        units = [word for row in rows for word in ("--unit", str(row[2].value))]
        made = self.said("sheets", "hand-out", "--period", PERIOD, "--to", "下发件", "--enter", *units)
        assert (len(made["units"]), made["problems"]) == (22, [])
        return [each["unit"] for each in made["units"]]

    def fill_in(self, returning: list[str]) -> None:
        """Every second unit uses LibreOffice, some have nothing to say, one sends two files, one writes a wrong day."""
        self.back.mkdir()
        self.typed.mkdir()
        for number, unit in enumerate(returning):
            to = (self.typed if number % 2 else self.back) / self.name(unit)
            note(self.out / self.name(unit), to, f"{unit}本旬已推进")
        saved_by_libreoffice(sorted(self.typed.iterdir()), self.back, "xlsx:Calc MS Excel 2007 XML")
        for unit in IDLE:
            (self.back / f"{unit}.XLSX").write_bytes((self.out / self.name(unit)).read_bytes())
        note(self.out / self.name("县水利局"), self.back / SECOND, "县水利局改报")
        (self.back / "扫描件.jpg").write_bytes(b"\xff\xd8\xff\xe0")

    def forms(self, late: Mapping[str, Any]) -> list[Path]:
        """Fill in one form of each kind: a slip, a notice's table, a roster, a reply to a supervision notice."""
        said, sent_out = self.said, partial(sent, self.workspace)
        said("notice", "--unit", "县自然资源局", "--project", "3")
        said("draft", "名单反馈表", "--unit", "县水利局")
        slip = sent_out("水土保持方案-容缺")
        drafts = self.workspace.glob("out/*/挂牌督办通知书/草稿/*.docx")
        notice = next(each for each in drafts if late["name"] in each.name)
        answer = {"责任人": "郝喆", "计划办结日期": "2026年5月30日"}
        return [
            fill_form(slip, self.typed / "回执.docx", 经办人="范雨桐", 办理结果="已取得意见"),
            fill_table(sent_out("绿色建材"), self.typed / "反馈.docx", "压覆矿产资源查询", **answer),
            fill_form(sent_out("名单反馈表"), self.typed / "名单.docx", 姓名1="丁汝霖", 类别1="联络员"),
            fill_form(notice, self.typed / "复函.docx", 办理措施="倒排工期", 责任人="丁汝霖"),
        ]

    def decide(self) -> None:
        """Choose the second file of the water bureau where its two differ."""
        path = self.workspace / "核对" / "变动和冲突.xlsx"
        book = openpyxl.load_workbook(path)
        book["冲突"]["G3"] = f"县水利局（{SECOND}）"
        book.save(path)

    def holds(self, cell: Mapping[str, Any], words: str) -> bool:
        """Whether a cell of the office says what was returned."""
        key = [int(each) if each.isdigit() else each for each in cell["key"]]
        row = row_of(self.workspace / f"data/{cell['sheet']}.xlsx", cell["sheet"], tuple(key))
        return bool(row[cell["field"]] == words)


@pytest.mark.libreoffice
def test_a_round_of_22_units(workspace: Path, said: Said) -> None:
    """Every change is found once, whoever saved the file; what is decided and mended is written, and all is undone."""
    set_row(workspace / "data/问题.xlsx", "问题", {"编号": "问2026-004"}, "责任单位", "县政府办")
    said("slip", "--unit", "县水利局")
    late = register_supervised(workspace, said)
    it = Round(workspace, said)
    returning = [each for each in it.hand_out() if each not in (MISSING, *IDLE)]
    entered = sheets(workspace)
    it.fill_in(returning)
    wrong = it.back / it.name("县林草局")
    right = wrong.read_bytes()
    note(it.out / wrong.name, wrong, "县林草局本旬已推进", {"办结日期": "上周"})

    # everything is found at once
    found = said("sheets", "collect", it.back, "--to", "核对")
    assert sorted({each["unit"] for each in found["returned"]}) == sorted([*returning, *IDLE])
    assert (found["missing"], found["late"]) == ([MISSING], [])
    assert {each["unit"] for each in found["changes"]} == {*returning} - {"县水利局"}
    assert all(each["said"] == f"{each['unit']}本旬已推进" for each in found["changes"])
    (conflict,) = found["conflicts"]
    assert {each["said"] for each in conflict["said"]} == {"县水利局本旬已推进", "县水利局改报"}
    assert sorted(each["code"] for each in found["problems"]) == ["cell-value", "return-no-sheet"]
    assert (workspace / "核对" / f"退回-县林草局-{wrong.name}").is_file()
    assert sheets(workspace) == entered

    # in any order of the files, decided and mended; what the office has changed meanwhile stays
    it.decide()
    wrong.write_bytes(right)
    (it.back / "扫描件.jpg").unlink()
    set_row(workspace / "data/手续.xlsx", "手续", {"项目": 7, "审批事项": "水土保持方案"}, "责任人", "范雨桐")
    edited_by_office = sheets(workspace)
    files = sorted(it.back.iterdir())
    random.Random(7).shuffle(files)  # noqa: S311  # the same order in every run
    applied = said("sheets", "collect", *files, "--decisions", "核对/变动和冲突.xlsx", "--apply")
    assert (applied["problems"], applied["conflicts"]) == ([], [])
    assert said("check")["problems"] == []
    assert all(it.holds(each, each["said"]) for each in found["changes"])
    assert it.holds(conflict["said"][0], "县水利局改报")
    assert row_of(workspace / "data/手续.xlsx", "手续", (7, "水土保持方案"))["责任人"] == "范雨桐"
    entry = row_of(workspace / "data/报送.xlsx", "报送", ("县水利局", NAME, "前期手续台账"))
    assert f"{entry['报送日期']:%m-%d}" == "03-18"

    # a form comes back; a unit comes late; the same files once more change nothing
    forms = it.forms(late)
    saved_by_libreoffice(forms, workspace / "回执", "docx:MS Word 2007 XML")
    reply = said("replies", *(workspace / "回执" / each.name for each in forms), "--apply")
    assert reply["problems"] == []
    assert [[each["label"] for each in one["proposals"]] for one in reply["replies"]] == [
        ["备注"], ["责任人", "承诺办结日期"], [], ["答复措施", "答复责任人", "答复日期"],
    ]  # fmt: skip
    assert reply["replies"][2]["values"] == {"姓名1": "丁汝霖", "类别1": "联络员"}
    again = said("sheets", "collect", it.back, it.out / it.name(MISSING), day="2026-03-24")
    assert (again["late"], again["missing"], again["changes"]) == ([MISSING], [], [])

    # all of it is taken back: the reply, the collection, what was entered
    assert [said("sheets", "undo")["exit_code"] for _ in range(2)] == [0, 0]
    assert sheets(workspace) == edited_by_office
    assert said("sheets", "undo")["exit_code"] == 0
    assert {name for name, content in sheets(workspace).items() if content != it.before[name]} == {
        "手续.xlsx"
    }


CELLS = st.dictionaries(
    st.tuples(st.sampled_from("GHIKNOQ"), st.integers(3, 12)),
    st.one_of(
        st.none(), st.text("甲乙丙丁0123 =<&", max_size=6), st.integers(-5, 99999),
        st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    ),
    min_size=1, max_size=6,
)  # fmt: skip
BOOK = (REPOSITORY / "data/手续.xlsx").read_bytes()


def written(data: bytes, cells: Mapping[tuple[str, int], object]) -> bytes:
    edits = {f"{letter}{row}": Edit(value) for (letter, row), value in cells.items()}
    return edited(data, {"手续": edits}, "手续.xlsx")


def grid(data: bytes) -> list[list[Any]]:
    return Workbook(Path("手续.xlsx"), data).sheet("手续").rows


@settings(deadline=None, max_examples=10)
@given(CELLS, CELLS)
def test_edits_of_different_cells_commute(
    first: dict[tuple[str, int], object], second: dict[tuple[str, int], object]
) -> None:
    """Two returns about different cells come to the same sheet in either order, and in one go."""
    other = {place: value for place, value in second.items() if place not in first}
    one_way = grid(written(written(BOOK, first), other) if other else written(BOOK, first))
    other_way = grid(written(written(BOOK, other), first) if other else written(BOOK, first))
    assert one_way == other_way == grid(written(BOOK, {**first, **other}))


@settings(deadline=None, max_examples=10)
@given(CELLS)
def test_cells_that_are_written_back_are_what_they_were(cells: dict[tuple[str, int], object]) -> None:
    """Taking back cell by cell, as in a workbook saved since, gives every cell its value again."""
    before = grid(BOOK)
    at = {place: before[place[1] - 1][ord(place[0]) - 65] for place in cells}
    restored = {place: None if value == "" else value for place, value in at.items()}
    assert grid(written(written(BOOK, cells), restored)) == before
