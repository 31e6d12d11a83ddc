"""Texts that stand inside a sentence are put right when they are read."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from docgen.model.wording import (
    with_a_letter,
    with_inner_title_marks,
    with_year_brackets,
    without_stop,
    without_title_marks,
)


@pytest.mark.parametrize(
    ("written", "stands"),
    [
        ("配套建设余热利用设施。", "配套建设余热利用设施"),
        ("设计压力6.3兆帕；", "设计压力6.3兆帕"),
        ("一期、二期", "一期、二期"),
    ],
)
def test_a_clause_has_no_stop_of_its_own(written: str, stands: str) -> None:
    assert without_stop(written) == stands


@pytest.mark.parametrize(
    ("written", "stands"),
    [
        ("《关于建立工作机制的通知》", "关于建立工作机制的通知"),
        ("关于印发《工作机制》的通知", "关于印发《工作机制》的通知"),
        ("《甲办法》和《乙办法》", "《甲办法》和《乙办法》"),
    ],
)
def test_a_title_has_no_marks_around_the_whole_of_it(written: str, stands: str) -> None:
    assert without_title_marks(written) == stands


@pytest.mark.parametrize(
    ("written", "stands"),
    [
        ("关于印发《工作机制》的通知", "关于印发〈工作机制〉的通知"),
        ("关于建立工作机制的通知", "关于建立工作机制的通知"),
        ("《甲办法》和《乙办法》", "《甲办法》和《乙办法》"),
    ],
)
def test_a_title_that_documents_put_in_marks_has_single_ones_inside(written: str, stands: str) -> None:
    assert with_inner_title_marks(written) == stands


@pytest.mark.parametrize(
    "written", ["青政办发[2025]12号", "青政办发（2025）12号", "青政办发【2025】12号", "青政办发〔2025〕12号"]
)
def test_a_number_s_year_stands_in_its_brackets(written: str) -> None:
    assert with_year_brackets(written) == "青政办发〔2025〕12号"


@pytest.mark.parametrize("written", ["12.5", "2026-03-01", "138 0000 0000", "——", "？"])
def test_numbers_and_signs_name_nobody(written: str) -> None:
    with pytest.raises(PydanticCustomError, match="姓名"):
        with_a_letter(written)


@pytest.mark.parametrize(
    "written", ["周新", "张三、李四", "王明（水利）", "周新 13900000000", "县长", "艾力·买买提", "John"]
)
def test_whoever_is_named_in_letters_is_somebody(written: str) -> None:
    assert with_a_letter(written) == written
