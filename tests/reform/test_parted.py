"""Last paragraphs that are parted so that the signature does not stand alone: where, and how they are read."""

from __future__ import annotations

import pytest
from typed import made, texts

from docgen.lint.rule import Severity
from docgen.reform.formatting import Formatted, formatted, read_draft

TASK = "各镇对照清单逐项落实项目前期手续，倒排工期挂图作战"
CLAUSE = "各镇对照清单逐项落实重点项目前期手续倒排工期挂图作战；"
ITEMS = {
    "an item that announces what follows": f"一、{TASK * 4}：",
    "an item whose lines end behind marks": f"（一）{CLAUSE * 5}",
    "a heading with its text behind it": f"（一）压实工作责任。{TASK * 4}。",
    "a heading of more than a line": f"一、{TASK * 2}。{'各镇要抓好落实，' * 4}",
    "spaces where a line ends": f"2.项目推进 {'各镇 对照 清单 逐项 落实 重点 项目 ' * 5}。",
}
LINE = "各镇要对照清单逐项落实重点项目。\n"
PAGES = range(6, 22)
"""So many lines stand above: with one of these numbers the signature begins page 2."""


def over_pages(item: str, formula: str = "") -> list[Formatted]:
    """Return the documents of a text that ends with an item, at each place of the page."""
    head = "关于做好防汛工作的通知\n各镇人民政府：\n"
    end = f"{formula}云河县水利局\n2026年5月8日\n"
    return [made(f"{head}{LINE * above}{item}\n{end}") for above in PAGES]


def errors(found: Formatted) -> set[str]:
    """Return what is wrong in a result."""
    return {each.rule.id for each in found.report.findings if each.rule.severity is Severity.ERROR}


@pytest.mark.parametrize("kind", ITEMS)
def test_a_paragraph_that_is_parted_is_right_and_whole_again_when_read(kind: str) -> None:
    """Wherever on the page it stands; the checker knows its second part for its rest."""
    for each in over_pages(ITEMS[kind]):
        assert errors(each) <= {"level-order"}
        assert formatted(read_draft(each.document, "果.docx")).document == each.document


@pytest.mark.parametrize("kind", ITEMS)
def test_each_of_them_is_parted_somewhere(kind: str) -> None:
    """Beside the lines above stand title, addressee, the item, organ and date."""
    assert any(
        len(texts(each)) > above + 5 for above, each in zip(PAGES, over_pages(ITEMS[kind]), strict=True)
    )


def test_a_heading_is_not_parted_from_its_text() -> None:
    """Above a formula whole sentences go with the signature, of which the heading is none."""
    item = "（一）压实各级工作责任。" + "各镇要对照清单逐项落实重点项目，倒排工期，挂图作战" * 3 + "。"
    made_of = over_pages(item, "特此通知。\n")
    assert all("（一）压实各级工作责任。" not in texts(each) for each in made_of)
    assert any(item not in texts(each) for each in made_of)
