"""The frame speaks no mechanism's own language: what one office calls its things stands in its sheets and settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

Docgen = Callable[..., Any]

DOCGEN = Path(__file__).parents[2] / "docgen"
OWN = (
    "联审联批", "审批联动", "澄湖", "青岚", "安澜", "云塘", "朔宁", "指挥部办公室", "重点项目办", "联审办", "审联办",
    "集中攻坚", "苍原", "起底", "五项制度", "挂图作战指挥部", "宝日图", "敖特尔", "霁川", "澹宁", "云岫",
    "红灯告知", "热线转办", "超期项目月报", "入库审核", "月调度专报", "督导通报", "五清", "签约项目", "临渚", "汛情",
)  # fmt: skip
"""Names that the examples' mechanisms, places and papers have."""
TITLES = re.compile("副?总?召集人|(?:常务)?副?组长|(?:常务)?副?总?指挥长?(?!部)")
"""What mechanisms call their heads; the closed list of roles is the only place that may know them."""
EXAMPLE = re.compile(r'example="[^"]*"')


@cache
def lines() -> list[tuple[str, str]]:
    """Return every line of program and declaration with its place; what a cell's note gives as an example left out."""
    files = [
        each for each in DOCGEN.rglob("*") if each.suffix in {".py", ".toml", ".txt", ".html", ".js", ".sql"}
    ]
    return [
        (f"{path.relative_to(DOCGEN)}:{number}", EXAMPLE.sub("", line))
        for path in sorted(files)
        if "_shipped" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    ]


def test_no_line_has_a_word_of_one_mechanism() -> None:
    """Neither program nor declarations nor shipped wording name an example's mechanism, place or paper."""
    assert [(place, word) for place, line in lines() for word in OWN if word in line] == []


def test_only_the_list_of_roles_knows_what_heads_are_called() -> None:
    """A kind addresses 机制负责人, whoever they are: chief conveners, group leaders, commanders."""
    found = [(place, line.strip()) for place, line in lines() if TITLES.search(line)]
    assert [each for each in found if not each[0].startswith("model/roles.py")] == []


def test_shipped_wording_calls_projects_as_the_mechanism_does() -> None:
    """重大项目 is a default of the sheet 工作机制; no kind and no ledger says it by itself."""
    found = [
        place
        for place, line in lines()
        if "重大项目" in line and place.startswith(("documents/", "sheets/exports/", "rules/", "office/"))
    ]
    assert found == []


@pytest.fixture
def campaign(workspace: Path, begin: Callable[[str, Callable[[], object]], None]) -> Path:
    """The sample office as another body: a headquarters with heads of its own, its own words for projects."""
    begin("campaign", lambda: become(workspace / "data"))
    return workspace


VALUES = {
    "全称": "澄湖县重点项目前期手续集中办理行动指挥部",
    "简称": "县集中办理行动指挥部",
    "办公室全称": "澄湖县重点项目前期手续集中办理行动指挥部办公室",
    "办公室简称": "县指挥部办公室",
    "设立文件名称": "澄湖县重点项目前期手续集中办理行动方案",
    "项目称谓": "重点项目",
    "自定负责人": "总协调人、副总协调人",
}
TO_HEADS = {"会议纪要", "通报", "报告", "约谈通知", "成员调整通知", "项目清单调整", "约谈纪要"}


def become(data: Path) -> None:
    """Write the headquarters' own words into the sheets."""
    book = openpyxl.load_workbook(data / "工作机制.xlsx")
    for row in book["工作机制"].iter_rows():
        if row[0].value in VALUES:
            row[1].value = VALUES[row[0].value]
    for row in book["文种"].iter_rows(min_row=3):
        if row[0].value in TO_HEADS:
            row[2].value = "总协调人"
    book.save(data / "工作机制.xlsx")
    people = openpyxl.load_workbook(data / "人员.xlsx")
    for row in people["人员"].iter_rows(min_row=3, max_row=8):
        row[4].value = "总协调人" if row[0].value == 1 else "副总协调人"
    people.save(data / "人员.xlsx")


def test_another_bodys_papers_have_none_of_the_samples_words(campaign: Path, docgen: Docgen) -> None:
    """Letters, bulletins, reports and ledgers of a headquarters speak of its projects, its heads and itself."""
    assert docgen("check").code == 0
    for command in ("notice --project 3", "bulletin --period 2026-02", "draft 专报 --period 2026-03上半月",
                    "sheets export 任务表"):  # fmt: skip
        ran = docgen(*command.split())
        assert ran.code == 0, ran.err
    said = "\n".join(words_of(each) for each in (campaign / "out").rglob("*.docx"))
    assert "2026年重点项目清单" in said
    told = said.replace("联审联批工作专报", "")  # the masthead, which the settings still have
    strange = re.findall(".{12}(?:联审联批|召集人|工作机制).{6}", told)
    assert strange == []
    title = openpyxl.load_workbook(campaign / "任务表.xlsx").worksheets[0].cell(1, 1).value
    assert title == "2026年重点项目前期手续办理任务表"


def test_a_head_by_the_mechanisms_own_name_signs(campaign: Path, docgen: Docgen) -> None:
    """Who is 总协调人 may sign as any head may; a member may not."""
    assert campaign.is_dir()
    assert docgen("notice", "--project", "3", "--unit", "县水利局").code == 0
    assert docgen("--by", "褚云帆", "doc", "review", "--all").code == 0
    assert docgen("--by", "史长河", "doc", "sign", "--all").code == 3
    assert docgen("--by", "魏东屿", "doc", "sign", "--all").code == 0


def test_a_head_by_the_mechanisms_own_name_is_told_of_in_the_roster(campaign: Path, docgen: Docgen) -> None:
    """A change of a 副总协调人 goes into the notice of the roster, as one of a 副召集人 does."""
    book = openpyxl.load_workbook(campaign / "data" / "调整.xlsx")
    row = next(row for row in book["人员变动"].iter_rows(min_row=3) if row[0].value == "变2026-02")
    next(cell for cell in row if cell.value == "副召集人").value = "副总协调人"
    book.save(campaign / "data" / "调整.xlsx")
    assert docgen("roster", "--all").code == 0
    (made,) = (campaign / "out").rglob("成员调整通知/**/*.docx")
    assert "郝喆" in words_of(made).partition("附件")[0]


def words_of(path: Path) -> str:
    texts = docx.Document(str(path)).element.body.iter(qn("w:t"))
    return "".join(each.text or "" for each in texts)


def test_no_shipped_template_has_a_word_of_one_mechanism() -> None:
    """The Word templates and blank sheets that docgen ships are every office's."""
    shipped = sorted((DOCGEN.parent / "templates").rglob("*.docx"))
    assert len(shipped) > 20
    said = {each.name: words_of(each) for each in shipped}
    assert [
        (name, word) for name, words in said.items() for word in (*OWN, "重大项目") if word in words
    ] == []
