"""The wall chart in a real browser: filters, print, keyboard and screen reader, and what is there without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdfium2
import pytest

from docgen.model.values import ListStage
from docgen.office.board.chart import Cell, Chart, Mark, Row

pytestmark = pytest.mark.browser

BROKEN = """cells => cells.filter(cell => {
    const range = document.createRange();
    range.selectNodeContents(cell.firstChild);
    return range.getClientRects().length > 1;
}).length"""
"""How many cells have their light and deadline on more than one line."""
Opened = Callable[..., Any]
SHOWN = (
    "rows => rows.filter(row => row.checkVisibility()).map(row => Number(row.querySelector('b').textContent))"
)
BRIGHT = (
    "cells => cells.filter(cell => cell.checkVisibility()"
    " && cell.className && !cell.classList.contains('o')).length"
)


def shown(page: Any) -> list[int]:
    """Return the numbers of the projects that are shown."""
    numbers: list[int] = page.eval_on_selector_all("tbody:not(.stage) tr", SHOWN)
    return numbers


def choose(page: Any, **fields: str) -> None:
    """Choose in the filters by what they show, after clearing them."""
    page.get_by_role("button", name="清除筛选").click()
    for label, value in fields.items():
        page.get_by_role("combobox", name=label).select_option(label=value)


def numbers(rows: Iterable[Row], fits: Callable[[Row], bool] = lambda _: True) -> list[int]:
    return [each.number for each in rows if fits(each)]


def test_filters_show_what_they_say(chart: Chart, opened: Opened) -> None:
    """By unit, level, light, stage, industry and words; what is shown, what is dimmed and what is counted agree."""
    page = opened(chart)
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    stages = dict(chart.stages)
    final = stages[ListStage.FINAL]
    assert shown(page) == numbers(final)
    at = chart.units.index("县自然资源局")

    def of_unit(row: Row) -> int:
        return sum(
            at in row.leads or (chart.columns[n].unit if cell.unit is None else cell.unit) == at
            for n, cell in enumerate(row.cells)
            if cell
        )

    choose(page, 单位="县自然资源局")
    assert shown(page) == numbers(final, lambda row: of_unit(row) > 0 or at in row.leads)
    hits = sum(map(of_unit, final))
    assert page.eval_on_selector_all("td", BRIGHT) == hits
    assert f"{hits} 项手续（已筛选）" in page.get_by_role("status").text_content()

    def late(row: Row) -> bool:
        return any(cell and cell.mark is Mark.RED for cell in row.cells)

    choose(page, 亮灯="红灯")
    assert shown(page) == numbers(final, late)
    choose(page, 层级="市级")
    level = chart.levels.index("市级")

    def has_level(row: Row) -> bool:
        def level_of(n: int, cell: Cell) -> int:
            return chart.columns[n].level if cell.level is None else cell.level

        return any(level_of(n, cell) == level for n, cell in enumerate(row.cells) if cell)

    assert shown(page) == numbers(final, has_level)
    choose(page, 阶段=f"审核稿（{len(stages[ListStage.REVIEWED])}）")
    assert shown(page) == numbers(stages[ListStage.REVIEWED])
    choose(page, 行业="新能源", 阶段="全部")
    energy = chart.industries.index("新能源")
    assert shown(page) == [
        number for rows in stages.values() for number in numbers(rows, lambda row: row.industry == energy)
    ]
    page.get_by_role("button", name="清除筛选").press("Enter")
    page.get_by_role("searchbox", name="查找").press_sequentially("水库")
    assert shown(page) == numbers(final, lambda row: "水库" in row.name)
    assert faults == []


def test_a_filtered_chart_says_so_on_paper(chart: Chart, opened: Opened) -> None:
    """So that nobody hangs a part as the whole; the whole has no line about filters."""
    page = opened(chart)
    page.emulate_media(media="print")
    said = page.locator("output")
    assert not said.is_visible()
    page.emulate_media(media="screen")
    choose(page, 亮灯="红灯")
    page.emulate_media(media="print")
    assert said.is_visible()
    assert "（已筛选）" in said.text_content()
    assert not page.get_by_role("button", name="清除筛选").is_visible()


def test_the_page_is_complete_without_its_script(chart: Chart, opened: Opened) -> None:
    """All projects of all stages are there to be read, and no filter that would do nothing."""
    page = opened(chart, scripted=False)
    everything = [number for _, rows in chart.stages for number in numbers(rows)]
    rows = page.locator("tbody:not(.stage) tr")
    assert rows.count() == len(everything)
    assert rows.last.is_visible()
    assert not page.get_by_role("button", name="清除筛选").is_visible()


def test_the_head_row_and_the_names_stay_when_the_page_is_scrolled(chart: Chart, opened: Opened) -> None:
    """Both ways, in a window that is smaller than the table."""
    page = opened(chart)
    page.set_viewport_size({"width": 900, "height": 600})
    page.evaluate("scrollTo(400, 900)")
    page.wait_for_function("scrollY > 800 && scrollX > 300")
    head = page.locator("thead").bounding_box()
    name = page.get_by_text(chart.stages[0][1][14].name).bounding_box()
    assert head["y"] == 0
    assert 0 <= name["x"] < 60


def widest(cell: Cell | None) -> Cell | None:
    """Return a cell whose deadline, if any, takes as much room as one of the year can."""
    return cell and replace(cell, day=cell.day and "12/31")


@pytest.mark.parametrize(
    ("name", "items"),
    [("", 20), ("澄湖县城区供水管网更新改造工程" * 4, 20), ("", 36)],
    ids=["the sample's names and items", "names of 60 characters", "36 items"],
)
def test_forty_projects_are_printed_on_one_sheet(chart: Chart, opened: Opened, name: str, items: int) -> None:
    """A3, lying, whatever the names are, and light and deadline stand on one line."""
    forty = tuple(
        replace(each, number=number, name=name or each.name, cells=tuple(map(widest, each.cells * 2))[:items])
        for number, each in enumerate((chart.stages[0][1] * 2)[:40], 1)
    )
    stages = ((ListStage.FINAL, forty), *chart.stages[1:])
    page = opened(replace(chart, columns=(chart.columns * 2)[:items], stages=stages))
    printed = pypdfium2.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    sizes = [tuple(round(each / 72 * 25.4) for each in printed.get_page_size(n)) for n in range(len(printed))]
    words = printed[0].get_textpage().get_text_bounded()
    printed.close()
    assert sizes == [(420, 297)]
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1527, "height": 1062})  # what the margins leave of the sheet
    assert page.eval_on_selector_all("tbody td[class]", BROKEN) == 0
    assert "合计（终稿）" in words.replace("\n", "").replace("\r", "")


def test_a_screen_reader_finds_a_table_and_axe_finds_nothing_wrong(chart: Chart, opened: Opened) -> None:
    """Every cell has its headers although rows are laid out as grids, and contrast is enough."""
    from axe_playwright_python.sync_playwright import Axe

    page = opened(chart)
    page.evaluate("() => new Promise(shown => requestAnimationFrame(() => requestAnimationFrame(shown)))")
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = [each["role"]["value"] for each in nodes if not each.get("ignored")]
    assert roles.count("table") == 1
    assert roles.count("columnheader") == len(chart.columns) + 3
    assert roles.count("rowheader") > 10, "at least those on the screen"
    choose(page, 阶段="全部")
    for light in ("全部", "绿灯"):
        page.get_by_role("combobox", name="亮灯").select_option(label=light)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
