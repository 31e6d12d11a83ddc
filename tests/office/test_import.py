"""A list of another shape is taken in: each guess is shown and confirmed, the rest is written as one change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from docgen.cli.main import run
from docgen.sheets.importing.proposal import COLUMNS, GUESSES, ROWS

LIST = "清单.xlsx"
BROKEN = Path(__file__).parents[1] / "broken"
NEW = "澄湖县北岸风电场二期"
ROAD = "环湖公路北段改造"
Said = Callable[..., Any]


def write(path: Path, rows: list[list[object]], merged: tuple[str, ...] = (), name: str = "Sheet") -> Path:
    """Write a workbook of one sheet, some cells merged."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for row in rows:
        sheet.append(row)
    for each in merged:
        sheet.merge_cells(each)
    book.save(path)
    return path


HEADS: list[list[object]] = [
    ["2026年全县重点项目推进表"],
    ["填报单位：", *[None] * 9, "单位：万元"],
    ["序号", "项 目 名 称", "项目类型", "建设\n性质", "总投资（亿元）", "2026年计划", None, "责任单位",
     "起止年限", "前期手续", None, None],
    [None, None, None, None, None, "投资", "建设内容", None, None, "节能审查", "取水许可", "状态说明"],
]  # fmt: skip
MERGED = (
    "A1:L1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:G3", "H3:H4", "I3:I4", "J3:L3", "A9:A10", "B9:B10",
)  # fmt: skip
ROWS_OF_LIST: list[list[object]] = [
    ["一、新能源（2个）"],
    [
        1,
        NEW,
        "企业",
        "新开工",
        12.5,
        30000,
        "完成风机基础",
        "县发改委",
        "2026.5-2027.10",
        "2026-01-15",
        "不涉及",
    ],
    [
        2,
        "北岸储能电站",
        "企业",
        "新建",
        "120.5亿元",
        "3,000",
        "主体完工",
        "发改",
        "2025-2027",
        "正在办理",
        "预计月底",
    ],
    ["二、交通（1个）"],
    [1, ROAD, "政府", "改建", 4, 12000, "路基", "县交通局", "2026年4月至2027年6月", "——", "/"],
    [None, None, None, None, None, 5000, "路面"],
    ["合计", None, None, None, 137],
]


def the_list(workspace: Path) -> Path:
    return write(workspace / LIST, [*HEADS, *ROWS_OF_LIST], MERGED, "推进表")


def columns(found: Any) -> dict[str, tuple[str | None, str | None, bool]]:
    return {each["head"]: (each["read_as"], each["unit"], each["confirmed"]) for each in found["columns"]}


def guesses(found: Any) -> dict[tuple[str, str], str]:
    return {(each["kind"], each["said"]): each["read_as"] for each in found["guesses"]}


def decide(path: Path, answers: Mapping[str, str | None], fixed: Mapping[str, str]) -> None:
    """Confirm every guess of a proposal, with another reading where one is given, None for left out."""
    book = openpyxl.load_workbook(path)
    for sheet, said_in, taken_in in ((COLUMNS, 3, 9), (GUESSES, 3, 8)):
        for row in range(3, book[sheet].max_row + 1):
            said = str(book[sheet].cell(row, said_in).value)
            label = str(book[sheet].cell(row, 4).value)
            if said == "（没有这一列）":
                book[sheet].cell(row, 7).value = fixed.get(label)
            elif book[sheet].cell(row, taken_in).value is None:
                chosen = answers.get(said, book[sheet].cell(row, 4).value)
                book[sheet].cell(row, 4).value = chosen
                book[sheet].cell(row, taken_in).value = "否" if chosen is None else "是"
    book.save(path)


def test_heads_of_two_rows_are_joined_and_matched(workspace: Path, said: Said) -> None:
    """Parents stand above their columns, years read as this year, units come from the head, else the line above."""
    found = columns(said("sheets", "import", the_list(workspace)))
    assert found["2026年计划 / 投资"] == ("本年计划完成投资", "万元", True)
    assert found["总投资（亿元）"] == ("总投资", "亿元", True)
    assert found["2026年计划 / 建设内容"] == ("本年建设内容", None, True)
    assert found["项目名称"] == ("项目名称", None, True)
    assert found["责任单位"] == ("牵头单位", None, True)
    assert found["起止年限"] == ("计划开工和计划竣工", None, True)
    assert found["前期手续 / 取水许可"][0] == "取水许可·状态"


def test_nothing_counts_before_it_is_confirmed(workspace: Path, said: Said) -> None:
    """Guesses are listed with what they are read as; nothing is written while one is open."""
    before = {path.name: path.read_bytes() for path in (workspace / "data").glob("*.xlsx")}
    found = said("sheets", "import", the_list(workspace), "--apply")
    open_ones = guesses(found)
    assert open_ones[("分组标题", "新能源")] == "新能源"
    assert open_ones[("办理情况", "预计月底")] == "未申报：预计月底"
    assert ("写法", "发改") in open_ones
    assert [value for (kind, _), value in open_ones.items() if kind == "一个项目占几行"] == ["1.7"]
    codes = {each["code"] for each in found["problems"]}
    assert {"import-not-confirmed", "import-lacking"} <= codes
    assert {path.name: path.read_bytes() for path in (workspace / "data").glob("*.xlsx")} == before


def test_a_list_without_a_column_that_is_needed_is_not_called_ready(workspace: Path, said: Said) -> None:
    """Nothing is guessed of it, and still it cannot be written: the first sheet says so."""
    path = write(workspace / LIST, [["项目名称", "项目类型", "牵头单位"], [NEW, "企业投资", "县发改委"]])
    found = said("sheets", "import", path, "--as", "项目", "--to", "核对.xlsx")
    assert [each["code"] for each in found["problems"]] == ["import-lacking"]
    guide = openpyxl.load_workbook(workspace / "核对.xlsx").worksheets[0]
    assert {row[0]: row[1] for row in guide.iter_rows(values_only=True)}[
        "要确认的"
    ] == "有1处问题，见“没有读的”"


def test_a_refused_list_names_no_next_step_beside_the_refusal(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What to do stands in the refusal; looked at without --apply, the same list names the next step."""
    run(["sheets", "import", str(the_list(workspace))])
    assert "没有写入任何内容。下一步：" in capsys.readouterr().out
    run(["sheets", "import", str(the_list(workspace)), "--to", "核对.xlsx"])
    assert "再加 --decisions 核对.xlsx 运行" in capsys.readouterr().out
    run(["sheets", "import", str(the_list(workspace)), "--apply"])
    told = capsys.readouterr()
    assert "没有写入任何内容。\n" in told.out
    assert "用 --to 写出核对表" in told.err


def test_a_confirmed_list_is_written_and_taken_back(workspace: Path, said: Said) -> None:
    """Amounts in 亿元, values from headings and merged cells, approvals from columns; undo gives the bytes back."""
    before = {path.name: path.read_bytes() for path in (workspace / "data").glob("*.xlsx")}
    path = the_list(workspace)
    said("sheets", "import", path, "--to", "核对.xlsx")
    answers = {"发改": "县发改委", "前期手续 / 状态说明": None, "不涉及": "无需办理：不取水"}
    decide(workspace / "核对.xlsx", answers, {"清单阶段": "初稿"})
    found = said("sheets", "import", path, "--decisions", "核对.xlsx", "--apply")
    assert found["problems"] == []
    assert set(found["applied"]["books"]) == {"项目.xlsx", "手续.xlsx"}
    written = said("find", NEW)
    assert written["problems"] == []
    rows = rows_of(workspace / "data" / "项目.xlsx", "项目")
    wind, road = rows[NEW], rows[ROAD]
    assert (wind["总投资"], wind["本年计划完成投资"], wind["行业"], wind["建设性质"]) == (
        12.5,
        3,
        "新能源",
        "新建",
    )
    assert (wind["计划开工"], wind["计划竣工"], wind["清单阶段"]) == ("2026年5月", "2027年10月", "初稿")
    assert (road["本年计划完成投资"], road["本年建设内容"], road["行业"]) == (1.7, "路基；路面", "交通")
    assert rows["北岸储能电站"]["总投资"] == 120.5
    numbers = [each["序号"] for each in rows.values()]
    assert len(numbers) == len(set(numbers))
    assert said("check")["problems"] == []
    again = said("sheets", "import", path, "--decisions", "核对.xlsx", "--apply")
    assert [each["what"] for each in again["rows"]] == ["不变", "不变", "不变"]
    said("sheets", "undo")
    assert {path.name: path.read_bytes() for path in (workspace / "data").glob("*.xlsx")} == before


def rows_of(path: Path, sheet: str) -> dict[str, dict[str, Any]]:
    cells = openpyxl.load_workbook(path)[sheet]
    head = [str(each.value).split("（")[0] for each in cells[2]]
    rows = (dict(zip(head, row, strict=False)) for row in cells.iter_rows(min_row=3, values_only=True))
    return {str(each["项目名称"]): each for each in rows if each["项目名称"]}


def test_known_projects_change_in_the_cells_that_differ(workspace: Path, said: Said) -> None:
    """A project known by its name keeps its serial; amounts ten thousand times what they were are asked about."""
    rows = rows_of(workspace / "data" / "项目.xlsx", "项目")
    first, second = list(rows.values())[:2]
    path = write(
        workspace / LIST,
        [
            ["序号", "项目名称", "总投资（亿元）", "备注"],
            [9, first["项目名称"], float(first["总投资"]) * 10_000, "加快"],
            [8, second["项目名称"], second["总投资"], None],
            [7, f"{first['项目名称']}建设", 3, None],
        ],
    )
    found = said("sheets", "import", path)
    assert [each["what"] for each in found["rows"]] == ["更改1格", "不变", "待确认"]
    assert [kind for kind, _ in guesses(found)] == ["同一项目", "金额"]


def test_odd_shapes_of_heads_and_rows(workspace: Path, said: Said) -> None:
    """Three rows of heads, a head merged over two columns, one that comes twice, a row whose name is a formula."""
    path = write(
        workspace / LIST,
        [
            ["序号", "项目", None, "投资情况（亿元）", None, None, "责任单位", "牵头单位"],
            [None, None, None, "总投资", "2026年", None, None, None],
            [None, None, None, None, "计划投资", "完成投资", None, None],
            [1, NEW, None, 3, 1, 0.5, "县发改委", None],
            [2, "=CONCATENATE(1,2)", None, 4, 1, 0.5, "县发改委", None],
        ],
        ("A1:A3", "B1:C3", "D1:F1", "D2:D3", "E2:F2", "G1:G3", "H1:H3", "B4:C4", "B5:C5"),
    )
    answer = said("sheets", "import", path)
    found = columns(answer)
    assert found["投资情况（亿元） / 2026年 / 计划投资"] == ("本年计划完成投资", "亿元", True)
    assert [each["column"] for each in answer["columns"]] == ["A", "B", "D", "E", "F", "G", "H"]
    assert [each["why"] for each in answer["columns"] if each["head"] == "责任单位"] == ["与H列重复"]
    assert len(answer["rows"]) == 2
    assert [each["code"] for each in answer["advices"]] == ["import-formula"]


def test_a_last_head_merged_over_columns_without_cells_is_read(workspace: Path, said: Said) -> None:
    path = write(
        workspace / LIST,
        [["序号", "项目名称", "总投资（亿元）", "备注"], [1, NEW, 3, None], [2, ROAD, 4, "加快"]],
        ("D1:F1",),
    )
    answer = said("sheets", "import", path)
    assert columns(answer)["备注"][0] == "备注"
    assert len(answer["rows"]) == 2


def test_a_heading_with_its_number_in_the_column_of_serials_is_no_project(
    workspace: Path, said: Said
) -> None:
    """一 beside 工业项目（1个） is a heading; who builds is the owner; a plan is asked about; 环评 is guessed."""
    path = write(
        workspace / LIST,
        [
            ["序号", "项目名称", "总投资（万元）", "建设主体", "手续办理情况", None],
            [None, None, None, None, "环评", "施工许可"],
            ["一", "工业项目（1个）", None, None, None, None],
            [1, NEW, 12000, "某某公司", "正在编制", "4月底"],
            ["（二）", "交通项目（1个）", 28000, None, None, None],
            [1, "县道改造工程", 28000, "县交通运输局", None, "未办理"],
        ],
        ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"),
    )
    answer = said("sheets", "import", path)
    assert len(answer["rows"]) == 2
    found = columns(answer)
    assert found["建设主体"][0] == "项目业主"
    assert found["手续办理情况 / 环评"][0].endswith("·状态")
    assert ("办理情况", "4月底") in guesses(answer)


def test_a_list_without_names_is_no_list_of_projects(workspace: Path, said: Said) -> None:
    path = write(workspace / LIST, [["序号", "总投资", "备注"], [1, 3, "x"]])
    assert [each["code"] for each in said("sheets", "import", path)["problems"]] == ["import-no-head"]


def test_titles_of_last_year_and_struck_rows_are_asked_about(workspace: Path, said: Said) -> None:
    """A list of last year is not taken for this year's, and what is struck through not for what counts."""
    path = write(
        workspace / LIST,
        [["2025年重点项目清单"], ["序号", "项目名称", "总投资"], [1, NEW, 3], [2, ROAD, 4]],
    )
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["B4"].font = Font(strike=True)
    book.save(path)
    found = said("sheets", "import", path)
    assert {each["kind"] for each in found["guesses"]} == {"年份", "删除线"}
    assert columns(found)["总投资"] == ("总投资", "亿元", False)


def test_the_names_of_several_sheets_are_values(workspace: Path, said: Said) -> None:
    """Of a workbook with a sheet for each town, the town is a value of its rows, where that is confirmed."""
    path = write(workspace / LIST, [["序号", "项目名称"], [1, NEW]], name="龙湖镇")
    book = openpyxl.load_workbook(path)
    other = book.create_sheet("续建")
    for row in (["序号", "项目名称"], [1, ROAD]):
        other.append(row)
    book.save(path)
    found = guesses(said("sheets", "import", path))
    assert found == {("工作表名", "龙湖镇"): "龙湖镇", ("工作表名", "续建"): "续建"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n", "import-no-table"),
        (b"%PDF-1.7", "import-no-table"),
        (b"PK\x03\x04 word/document.xml", "import-no-table"),
        (b"", "workbook-unreadable"),
    ],
)
def test_what_is_no_table_is_said(workspace: Path, said: Said, content: bytes, code: str) -> None:
    """Pictures, PDF and Word are named as such, with what to ask for; nothing in them is guessed at."""
    (workspace / LIST).write_bytes(content)
    assert [each["code"] for each in said("sheets", "import", LIST)["problems"]] == [code]


def test_a_sheet_without_cells_and_one_without_heads_are_told(workspace: Path, said: Said) -> None:
    write(workspace / "空.xlsx", [])
    write(workspace / "别的.xlsx", [["姓名", "年龄"], ["甲", 3]])
    assert [each["code"] for each in said("sheets", "import", "空.xlsx")["problems"]] == ["import-no-table"]
    assert [each["code"] for each in said("sheets", "import", "别的.xlsx")["problems"]] == ["import-no-head"]
    assert said("sheets", "import", "别的.xlsx", "--as", "花名册")["exit_code"] == 2
    assert said("sheets", "import", "别的.xlsx", "--sheet", "一")["exit_code"] == 2


def test_decisions_of_another_list_and_odd_answers_are_refused(workspace: Path, said: Said) -> None:
    """A proposal is of one file as it was; an answer that is neither yes nor no is shown with its cell."""
    path = the_list(workspace)
    said("sheets", "import", path, "--to", "核对.xlsx")
    book = openpyxl.load_workbook(workspace / "核对.xlsx")
    assert book.sheetnames[-1] == "选项"
    assert book[ROWS].cell(3, 1).value == "新增"
    book[COLUMNS]["I3"] = "也许"
    book.save(workspace / "核对.xlsx")
    odd = said("sheets", "import", path, "--decisions", "核对.xlsx")
    assert [each["code"] for each in odd["problems"]] == ["decision-value"]
    write(path, [["序号", "项目名称"], [1, NEW]])
    other = said("sheets", "import", path, "--decisions", "核对.xlsx")
    assert [each["code"] for each in other["problems"]] == ["import-proposal-other"]


def test_of_two_lines_of_one_project_the_first_counts(workspace: Path, said: Said) -> None:
    """A repeated project is a fault; with --partial the first line is written and the rest told."""
    path = write(
        workspace / LIST,
        [
            ["项目名称", "项目类型", "清单阶段", "牵头单位"],
            [NEW, "企业投资", "初稿", "县发改委"],
            [NEW, "企业投资", "初稿", "县交通局"],
            [ROAD, "政府投资", "初稿", "县外星局"],
        ],
    )
    found = said("sheets", "import", path, "--apply")
    assert {"import-line-twice", "import-not-confirmed"} <= {each["code"] for each in found["problems"]}
    partial = said("sheets", "import", path, "--apply", "--partial")
    assert partial["applied"]["cells"] > 0
    rows = rows_of(workspace / "data" / "项目.xlsx", "项目")
    assert (rows[NEW]["牵头单位"], rows[ROAD]["牵头单位"]) == ("县发改委", None)


@pytest.mark.parametrize("ledger", ["手续一览", "项目清单终稿"])
def test_ledgers_that_docgen_wrote_say_nothing_new(workspace: Path, said: Said, ledger: str) -> None:
    """The matrix of approvals and the final list, read as somebody's list, match without a guess and change nothing."""
    said("sheets", "export", ledger)
    found = said("sheets", "import", f"{ledger}.xlsx")
    assert (found["sheet"], found["guesses"], found["cells"]) == ("项目", [], 0)
    assert {each["what"] for each in found["rows"]} == {"不变"}
    assert all(each["confirmed"] and each["read_as"] for each in found["columns"])


def test_a_day_that_has_not_come_is_no_day_on_which_an_approval_was_done(workspace: Path, said: Said) -> None:
    """A list of plans has days in the same columns as one of results: a later one is asked about."""
    path = write(
        workspace / LIST,
        [
            ["序号", "项目名称", "项目类型", "牵头单位", "清单阶段", "计划开工", "取水许可", "施工许可"],
            [41, NEW, "企业投资", "县发改委", "终稿", "2026年9月", date(2026, 6, 30), date(2026, 3, 2)],
        ],
    )
    found = said("sheets", "import", path, "--to", "核对.xlsx")
    assert guesses(found) == {("办理情况", "2026-06-30"): "计划办结：2026-06-30"}
    decide(workspace / "核对.xlsx", {}, {})
    assert said("sheets", "import", path, "--decisions", "核对.xlsx", "--apply")["problems"] == []
    cells = openpyxl.load_workbook(workspace / "data" / "手续.xlsx")["手续"]
    labels = [each.value for each in cells[2]]
    rows = [dict(zip(labels, row, strict=False)) for row in cells.iter_rows(min_row=3, values_only=True)]
    written = {
        each["审批事项"]: tuple(str(each[label])[:10] for label in ("状态", "计划办结", "办结日期"))
        for each in rows
        if each["项目"] in (41, "41")
    }
    assert written == {
        "取水许可": ("未申报", "2026-06-30", "None"),
        "施工许可": ("办结", "None", "2026-03-02"),
    }


def test_notes_and_colours_of_a_list_are_told(workspace: Path, said: Said) -> None:
    """A note on a cell and a coloured row mean something to who made the list; neither is read, and both are named."""
    heads = ["序号", "项目名称", "项目类型", "牵头单位", "清单阶段", "计划开工"]
    rows = [[40 + at, f"{NEW}{at}", "企业投资", "县发改委", "终稿", "2026年9月"] for at in range(1, 5)]
    path = write(workspace / LIST, [heads, *rows])
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for cell in (*sheet[1], *sheet[4]):
        cell.fill = PatternFill("solid", fgColor="FFFF00")
    sheet["B1"].comment, sheet["B3"].comment = Comment("写全称", ""), Comment("已办结，等证", "")
    book.save(path)
    told = {each["code"]: each["text"] for each in said("sheets", "import", path)["advices"]}
    assert told["import-notes"] == "Sheet 有批注，没有读：B3“已办结，等证”；请核对，要留的填在备注等栏"
    assert told["import-coloured"] == "Sheet 第4行的底色与别的行不同，底色的意思没有读，请核对"


HEADS_OF_NAMES: list[object] = [
    "序号", "项目名称", None, "项目类型", "牵头单位", "清单阶段", "计划开工", "计划竣工", "配合单位", "取水许可",
]  # fmt: skip


def test_what_clerks_write_into_lists_is_read_or_guessed(workspace: Path, said: Said) -> None:
    """Serials are no keys, signs before names are told, a name may stand beside its head; the rest is guessed at."""
    rows: list[list[object]] = [
        [
            "（1）",
            f"★{NEW}",
            None,
            "企业投资",
            "县发改委",
            "终稿",
            "2026年9月",
            "2027年底",
            None,
            "2026-03-01办结",
        ],
        [
            "1、",
            None,
            "北岸储能电站",
            "企业投资",
            "县发改委",
            "终稿",
            "2026年9月",
            None,
            "县水利局/县林草局",
            None,
        ],
    ]
    path = write(workspace / LIST, [HEADS_OF_NAMES, *rows], ("B1:C1",))
    book = openpyxl.load_workbook(path)
    book.worksheets[0].row_dimensions[3].hidden = True
    book.save(path)
    found = said("sheets", "import", path)
    assert guesses(found) == {
        ("写法", "2027年底"): "2027年12月",
        ("写法", "县水利局/县林草局"): "县水利局、县林草局",
        ("办理情况", "2026-03-01办结"): "办结：2026-03-01",
    }
    assert [each["values"]["项目名称"] for each in found["rows"]] == [NEW, "北岸储能电站"]
    assert len({each["values"]["序号"] for each in found["rows"]}) == 2
    told = {each["code"]: each["text"] for each in found["advices"]}
    assert "1个项目名称前有“★”（Sheet!B2）" in told["import-marks"]
    assert "第3行是隐藏的，照常读取" in told["import-hidden"]


def test_an_approval_may_have_several_columns(workspace: Path, said: Said) -> None:
    """Below the name of an approval stand its limit, how far it is, and who answers; words are confirmed once."""
    path = write(
        workspace / LIST,
        [
            ["项目名称", "项目类型", "清单阶段", "取水许可", None, None],
            [None, None, None, "办理时限", "进展", "责任人"],
            [NEW, "企业", "初稿", "2026-06-30", "正在组卷", "周新"],
        ],
        ("A1:A2", "B1:B2", "C1:C2", "D1:F1"),
    )
    found = said("sheets", "import", path, "--apply")
    assert (found["problems"], found["guesses"]) == ([], [])
    cells = openpyxl.load_workbook(workspace / "data" / "手续.xlsx")["手续"]
    heads = [str(each.value) for each in cells[2]]
    last = max(row for row in range(3, cells.max_row + 1) if cells.cell(row, 2).value)
    row = dict(zip(heads, (each.value for each in cells[last]), strict=True))
    assert (row["审批事项"], row["状态"], row["责任人"]) == ("取水许可", "组卷中", "周新")


def test_approvals_of_an_own_list_become_rows_of_approvals(workspace: Path, said: Said) -> None:
    """A list with a row for each approval goes into the sheet of approvals; a known one changes in its cells."""
    cells = openpyxl.load_workbook(workspace / "data" / "手续.xlsx")["手续"]
    project, item = cells.cell(3, 1).value, cells.cell(3, 2).value
    path = write(
        workspace / LIST,
        [["项目名称", "手续名称", "办理时限", "责任人"], [project, item, "2026-06-30", "周新"]],
    )
    found = said("sheets", "import", path, "--as", "手续")
    assert columns(found)["手续名称"] == ("审批事项", None, True)
    assert [each["what"] for each in found["rows"]] == ["更改2格"]


def test_a_list_is_what_an_empty_workspace_begins_with(workspace: Path, said: Said) -> None:
    """Sheets without rows yet take the first ones; what other sheets lack meanwhile is no reason against it."""
    for name in ("项目", "手续"):
        (workspace / "data" / f"{name}.xlsx").unlink()
    assert said("sheets", "new", "项目", "手续", "--to", "data")["exit_code"] == 0
    path = write(
        workspace / LIST,
        [
            ["序号", "项目名称", "项目类型", "清单阶段", "牵头单位", "取水许可"],
            [1, NEW, "企业", "终稿", "县发改委", "2026-01-15"],
            [2, ROAD, "政府", "终稿", "县交通局", "未申报"],
        ],
    )
    found = said("sheets", "import", path, "--apply")
    assert found["problems"] == []
    assert list(rows_of(workspace / "data" / "项目.xlsx", "项目")) == [NEW, ROAD]
    cells = openpyxl.load_workbook(workspace / "data" / "手续.xlsx")["手续"]
    assert [cells.cell(row, 1).value for row in (3, 4)] == [1, 2]


def test_the_values_of_an_old_workbook_are_taken_in_and_what_cannot_be_seen_is_said(
    workspace: Path, said: Said
) -> None:
    """An .xls is read for its values; one damaged, or with macros, is refused in a sentence."""
    old = (BROKEN / "old-xls" / "手续.xls").read_bytes()
    (workspace / "清单.xls").write_bytes(old)
    found = said("sheets", "import", "清单.xls")
    assert [(each["head"], each["read_as"]) for each in found["columns"]] == [
        ("项目", "项目"),
        ("审批事项", "审批事项"),
        ("状态", "状态"),
    ]
    assert "workbook-old" in [each["code"] for each in found["advices"]]
    for spoilt, words in (
        (old[:1024] + b"\xff" * 2000 + old[3024:], "已损坏"),
        (old + "_VBA_PROJECT".encode("utf-16-le"), "带有宏"),
    ):
        (workspace / "坏.xls").write_bytes(spoilt)
        assert words in said("sheets", "import", "坏.xls")["problems"][0]["message"]
