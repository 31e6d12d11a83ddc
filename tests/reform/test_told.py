"""What is told of the laying out of a draft, beside what its words lost or gained."""

from __future__ import annotations

from typed import made

from docgen.reform.changes import Kind

TEXT = (
    "云河县水利局文件\n特急\n云水发〔2026〕8号\n关于防汛的通知\n各镇：\n请落实。\n云河县水利局\n2026年5月8日"
)


def test_a_label_that_stood_below_the_mark_is_moved_and_told() -> None:
    """In a document that is no letter its labels stand at the top left (7.2.3)."""
    found = made(TEXT)
    assert found.paper.corner.urgency == "特急"
    moved = [(each.place, each.before, each.after) for each in found.changes if each.kind is Kind.PLACE]
    assert moved == [(2, "特急", "移到首页左上角")]


def test_a_label_that_stands_at_the_top_is_not_told() -> None:
    """It stays where it is."""
    found = made(TEXT.replace("云河县水利局文件\n特急", "特急\n云河县水利局文件"))
    assert found.paper.corner.urgency == "特急"
    assert [each for each in found.changes if each.kind is Kind.PLACE] == []
