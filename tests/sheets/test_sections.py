"""Values that a list of projects gives in the headings of its groups reach the rows below, and that is said."""

from __future__ import annotations

from typing import Any

import pytest

from docgen.model.project import Project

HEAD = ("序号", "项目名称", "项目类型", "清单阶段", "计划开工", "行业", "建设性质", "所属县区")


def project(number: int, *more: str | None) -> tuple[Any, ...]:
    return (number, f"澄湖县第{number}号工程", "政府投资", "终稿", "2026年3月", *more)


def read(data: Any, *lines: tuple[Any, ...]) -> tuple[dict[int, tuple[Any, ...]], list[str]]:
    """Return industry, nature and place of each project, and what is told."""
    data.write("项目", HEAD, *lines)
    reading = data.read()
    assert [str(each) for each in reading.faults] == []
    found = {
        each.number: (each.industry, each.nature and each.nature.value, each.district)
        for each in reading.records.of(Project)
    }
    return found, [each.text for each in reading.advices if each.code == "section-inherited"]


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("一、交通（94个）", ("交通", None, None)),
        ("（一）公路26项", ("公路", None, None)),
        ("一、能源类项目", ("能源", None, None)),
        ("一、续建项目（2个）", (None, "续建", None)),
        ("【新建】（1个）", (None, "新建", None)),
        ("一、澄湖县（2个）", (None, None, "澄湖县")),
        ("① 水利（2个）", ("水利", None, None)),
        ("-1 农业（2个）", ("农业", None, None)),
        ("1、澄湖县(915个)", (None, None, "澄湖县")),
    ],
)
def test_a_heading_gives_what_it_is_about(data: Any, heading: str, meant: tuple[str | None, ...]) -> None:
    """Industry, nature or place of a heading reach the rows below that leave them blank, and none above it."""
    found, told = read(data, project(1), (heading,), project(2), project(3))
    assert found == {1: (None, None, None), 2: meant, 3: meant}
    assert len(told) == 1
    assert "第4至5行中2行" in told[0]


def test_a_chapter_begins_anew_and_a_part_says_more(data: Any) -> None:
    """What 一、 says holds until 二、; what （一） says stands beside it; a row's own word counts."""
    found, _ = read(
        data,
        ("一、新建项目（3个）",),
        ("（一）交通2项",),
        project(1),
        project(2, "公路"),
        ("（二）水利1项",),
        project(3),
        ("二、续建项目（1个）",),
        project(4),
    )
    assert found == {
        1: ("交通", "新建", None),
        2: ("公路", "新建", None),
        3: ("水利", "新建", None),
        4: (None, "续建", None),
    }


@pytest.mark.parametrize("heading", ["县发改委（2个）", "望泽镇（2个）", "一、开发区（2个）"])
def test_a_heading_that_names_a_unit_or_a_town_is_no_industry(data: Any, heading: str) -> None:
    """It may lead the projects below or be where they stand; neither is guessed at as what they are about."""
    found, told = read(data, (heading,), project(1), project(3))
    assert (found, told) == ({1: (None, None, None), 3: (None, None, None)}, [])


def test_a_heading_that_is_a_sentence_is_about_nothing(data: Any) -> None:
    """A long heading is passed over, and no row takes anything from it."""
    found, told = read(data, ("一、各有关单位要加快推进的重大基础设施和民生工程",), project(3))
    assert (found, told) == ({3: (None, None, None)}, [])
