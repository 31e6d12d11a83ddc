"""The wall chart: what is on it, that data cannot break it, and where it is written."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from docgen.documents.facts import Facts
from docgen.model.approval import Approval
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.values import ApprovalState, ListStage
from docgen.office.board.chart import Chart
from docgen.office.board.drawing import chart_of
from docgen.office.board.page import is_untouched, page_of
from docgen.office.board.schedule import axis_of, path_of
from docgen.rules.deadlines import Light

REPOSITORY = Path(__file__).parent.parent.parent
TODAY = date(2026, 3, 16)
SIGNS: Mapping[Light, str] = {
    Light.RED: "红",
    Light.YELLOW: "黄",
    Light.GREEN: "绿",
    Light.GREY: "无时限",
    Light.REFUSED: "不予",
}
DECIDED: Mapping[ApprovalState, str] = {ApprovalState.DONE: "办结", ApprovalState.NOT_NEEDED: "无需"}
PLAIN = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=40)


@pytest.fixture(scope="module")
def facts(records: Records) -> Facts:
    return Facts(records, TODAY)


@pytest.fixture(scope="module")
def chart(facts: Facts) -> Chart:
    return chart_of(facts)


@pytest.fixture(scope="module")
def page(chart: Chart) -> Any:
    return parsed(chart)


def parsed(chart: Chart) -> Any:
    return html.document_fromstring(page_of(chart).decode())


def rows_of(page: Any) -> dict[int, Any]:
    """Return the rows of projects by number."""
    return {int(row.find("th/b").text): row for row in page.xpath("//tbody[not(@class)]/tr")}


def items_of(page: Any) -> list[str]:
    """Return the names of the columns of items."""
    return [each.text_content().strip("＊\n") for each in page.xpath("//thead//th")[2:-1]]


def sign_of(facts: Facts, approval: Approval) -> str:
    return DECIDED.get(approval.state) or SIGNS[facts.standing(approval).light]


def test_every_approval_stands_in_its_project_s_row_with_its_light(facts: Facts, page: Any) -> None:
    rows, items = rows_of(page), items_of(page)
    approvals = facts.records.of(Approval)
    assert len(approvals) > 300
    for each in approvals:
        cell = rows[each.project.number].findall("td")[1 + items.index(each.item.name)]
        assert re.match("[^0-9]+", cell.text).group() == sign_of(facts, each), each
        deadline = facts.standing(each).deadline.day
        if each.state.pending and deadline:
            assert cell.text.endswith(f"{deadline.month}/{deadline.day}")
    filled = page.xpath("//tbody[not(@class)]/tr/td[@class]")
    assert len(filled) == len(approvals)


def test_projects_of_the_final_list_come_first_and_all_others_follow(facts: Facts, page: Any) -> None:
    projects = facts.records.of(Project)
    final = [each.number for each in projects if each.stage is ListStage.FINAL]
    shown = list(rows_of(page))
    assert shown[: len(final)] == sorted(final)
    assert sorted(shown) == sorted(each.number for each in projects)
    assert [each.text_content().split()[0] for each in page.xpath("//tbody[@class='stage']")] == [
        "审核稿项目", "初稿项目", "调出项目",
    ]  # fmt: skip


def test_the_head_counts_projects_rates_and_lights_of_the_final_list(facts: Facts, page: Any) -> None:
    final = [each for each in facts.records.of(Approval) if each.project.stage is ListStage.FINAL]
    needed = [each for each in final if each.item.counted and each.state is not ApprovalState.NOT_NEEDED]
    done = sum(each.state is ApprovalState.DONE for each in needed)
    told = [" ".join(each.text_content().split()) for each in page.xpath("//header//dd")]
    assert told[0] == "26 个"
    assert told[2].startswith(f"{done}/{len(needed)} ")
    lights = {each.find("dt/i").text: int(each.find("dd/b").text) for each in page.xpath("//dl/div[dt/i]")}
    assert lights == Counter(sign_of(facts, each) for each in final)


def test_each_approving_unit_has_what_is_done_of_what_it_owes(facts: Facts, page: Any) -> None:
    owed: dict[str, list[bool]] = {}
    for each in facts.records.of(Approval):
        counts = each.item.counted and each.state is not ApprovalState.NOT_NEEDED
        if counts and each.project.stage is ListStage.FINAL:
            owed.setdefault(each.unit.short_name, []).append(each.state is ApprovalState.DONE)
    told = {each[0].text: each[2].text.strip() for each in page.xpath("//section//li")}
    assert told == {name: f"{sum(done)}/{len(done)}" for name, done in owed.items()}


def test_a_unit_and_a_level_other_than_the_column_s_are_in_the_cell(facts: Facts, page: Any) -> None:
    rows, items = rows_of(page), items_of(page)
    units = [each.text for each in page.xpath("//select[@name='u']/option")][1:]
    heads = page.xpath("//thead//th")[2:-1]
    for each in facts.records.of(Approval):
        at = items.index(each.item.name)
        cell = rows[each.project.number].findall("td")[1 + at]
        assert units[int(cell.get("data-u") or heads[at].get("data-u"))] == each.unit.short_name


@settings(max_examples=40, deadline=None)
@given(name=PLAIN, unit=PLAIN, title=PLAIN)
def test_names_are_shown_as_they_are_whatever_they_contain(
    chart: Chart, name: str, unit: str, title: str
) -> None:
    row = replace(chart.stages[0][1][0], name=name)
    units = (unit, *chart.units[1:])
    small = replace(chart, title=title, units=units, stages=((ListStage.FINAL, (row,)),))
    found = parsed(small)
    assert rows_of(found)[row.number].find("th/b").tail.strip() == name
    assert found.xpath("//select[@name='u']/option")[1].text == unit
    assert found.xpath("//h1")[0].text == f"{title}挂图作战"
    assert len(found.xpath("//script")) == 1


def test_markup_in_names_is_text(chart: Chart) -> None:
    bad = "<script>alert('1')</script>\"&amp;</td>"
    row = replace(chart.stages[0][1][0], name=bad, about=bad)
    found = parsed(replace(chart, title=bad, industries=(bad, bad), stages=((ListStage.FINAL, (row,)),)))
    assert rows_of(found)[row.number].find("th/b").tail.strip() == bad
    assert rows_of(found)[row.number].find("th/small").text == bad
    assert len(found.xpath("//script")) == 1


def test_the_page_needs_nothing_else_and_allows_only_its_own_script(chart: Chart) -> None:
    page = page_of(chart).decode()
    assert not re.search(r"(src|href|url)\s*[=(]|https?:|@import", page)
    policy = re.search('Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        source = page.split(f"<{tag}>")[1].split(f"</{tag}>")[0]
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in html.fromstring(f"<p>{policy[1]}</p>").text


def test_deadlines_of_other_years_are_written_with_their_year(facts: Facts) -> None:
    later = chart_of(Facts(facts.records, date(2027, 3, 1)))
    days = {cell.day for _, rows in later.stages for row in rows for cell in row.cells if cell and cell.day}
    assert days
    assert all(day.startswith("26/") for day in days)


def test_the_chart_and_the_status_of_a_day_agree(workspace: Path, docgen: Callable[..., Any]) -> None:
    board, status = (json.loads(docgen("--json", each).out) for each in ("board", "status"))
    for rate, same in (("approvals", "by_approval"), ("projects", "by_project")):
        assert board[rate] == {each: status[same][each] for each in ("done", "needed")}
    marks = {**status["lights"], "已办结": status["done"]}
    assert marks == {each: count for each, count in board["lights"].items() if each != "无需办理"}


def test_without_a_final_list_the_others_are_shown_and_nothing_is_counted(chart: Chart, facts: Facts) -> None:
    none = replace(chart, stages=chart.stages[1:])
    assert none.final == 0
    found = parsed(none)
    assert found.xpath("//dl/div[1]/dd/b")[0].text == "0"
    assert "审核稿" in found.xpath("//select[@name='s']/option[@selected]")[0].text


def test_a_workspace_without_approvals_gives_a_page_too(chart: Chart) -> None:
    rows = tuple(replace(each, cells=(), bars=(), lanes=0) for each in chart.stages[0][1])
    found = parsed(replace(chart, columns=(), unit_rates=(), stages=((ListStage.FINAL, rows),)))
    assert len(rows_of(found)) == len(rows)


DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(today=DAYS, spans=st.lists(st.tuples(DAYS, st.integers(0, 900)), max_size=6))
def test_bars_lie_on_the_axis_and_today_does(today: date, spans: list[tuple[date, int]]) -> None:
    bars = [(start, start + timedelta(days=days)) for start, days in spans]
    axis = axis_of(today, bars)
    assert axis.start <= today <= axis.end
    assert sum(each.days for each in axis.months) == axis.days <= 25 * 31
    for start, end in bars:
        left, long = map(int, re.fullmatch("M([0-9]+),0h([0-9]+)", path_of(axis, 0, start, end)).groups())  # type: ignore[union-attr]
        assert 0 <= left < left + long <= axis.days
        if axis.start <= start and end <= axis.end:
            assert (left, long) == ((start - axis.start).days, (end - start).days + 1)


def test_the_page_is_written_under_its_day_and_made_anew_in_silence(
    workspace: Path, docgen: Callable[..., Any]
) -> None:
    first = docgen("--json", "board")
    told = json.loads(first.out)
    path = workspace / told["files"][0]
    assert told["files"] == ["out/挂图作战/2026-03-16.html"]
    assert (told["day"], told["final"], told["size"]) == ("2026-03-16", 26, path.stat().st_size)
    assert sum(told["lights"].values()) == 303
    made = path.read_bytes()
    assert docgen("board").code == 0
    assert path.read_bytes() == made, "the same sheets give the same bytes"
    path.write_bytes(page_of_another_day(made))
    assert docgen("board").code == 0
    assert path.read_bytes() == made
    assert not (path.parent / "留存").exists(), "what docgen has made is not kept"


def page_of_another_day(made: bytes) -> bytes:
    """Return a page that docgen might have made: its own digest agrees."""
    body = made[: made.rindex(b"<!--")].replace("3月16日".encode(), "3月15日".encode())
    return body + f"<!-- docgen board {hashlib.sha256(body).hexdigest()} -->\n".encode()


def test_what_somebody_has_written_is_moved_aside(workspace: Path, docgen: Callable[..., Any]) -> None:
    path = workspace / "图.html"
    path.write_text("我的")
    ran = docgen("board", "--to", path)
    assert "（原有的文件移到 留存/图.1.html）" in ran.out
    assert (workspace / "留存" / "图.1.html").read_text() == "我的"
    changed = path.read_bytes().replace("挂图作战".encode(), "作战".encode())
    assert is_untouched(path.read_bytes())
    assert not is_untouched(changed)
    path.write_bytes(changed)
    assert docgen("board", "--to", path).code == 0
    assert (workspace / "留存" / "图.2.html").read_bytes() == changed


@pytest.mark.parametrize(
    ("place", "code", "words"),
    [
        ("data/图.html", 2, "只放数据表"),
        ("templates/图.html", 2, "只放模板"),
        ("out/2026/告知函/图.html", 2, "只放登记过的公文"),
        ("图.pdf", 2, "文件名要以 .html"),
    ],
)
def test_places_of_other_things_are_refused(
    workspace: Path, docgen: Callable[..., Any], place: str, code: int, words: str
) -> None:
    ran = docgen("board", "--to", place)
    assert (ran.code, words in ran.err) == (code, True)
    assert not (workspace / place).exists()


def test_faults_of_the_sheets_are_told_and_nothing_is_written(
    workspace: Path, docgen: Callable[..., Any], edit: Callable[..., None]
) -> None:
    edit("项目", 3, "计划开工", "明年")
    ran = docgen("board")
    assert ran.code == 1
    assert "「计划开工」" in ran.err
    assert not (workspace / "out" / "挂图作战").exists()
