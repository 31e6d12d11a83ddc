"""Values that are hardly meant are asked about."""

from __future__ import annotations

from decimal import Decimal

import pytest

from docgen.model.doubts import doubts_on_amount, doubts_on_contact, doubts_on_phone
from docgen.model.project import Project
from docgen.model.values import ListStage, ProjectType


@pytest.mark.parametrize(
    "number",
    [
        "0990-7000101", "09907000101", "010-12345678", "(0990)7000101", "（0990）7000101", "7000101", "2345678",
        "19900002301", "+8619900002301", "86-19900002301", "400-810-8888", "4008108888",
        "12345", "110", "0990-7000101-8012", "0990－7000101", "0990—7000101", "0990-7000101、19900002301",
        "7000101/7000102", "内线8012", "0990-7000216（传真）", "办公室 7000101", "",
    ],
)  # fmt: skip
def test_a_telephone_number_of_any_kind_is_not_asked_about(number: str) -> None:
    assert list(doubts_on_phone("phone", number)) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("9907000101", "写的是“9907000101”，不像电话号码，是不是少了开头的0？"),
        ("1.38E+10", "写的是“1.38E+10”，表格软件改写过这个号码，请把单元格格式设为“文本”后重新填写"),
        ("1.99e10", "写的是“1.99e10”，表格软件改写过这个号码，请把单元格格式设为“文本”后重新填写"),
        ("电话1.38E+10", "写的是“电话1.38E+10”，表格软件改写过这个号码，请把单元格格式设为“文本”后重新填写"),
        ("1990000230", "写的是“1990000230”，不像电话号码，是不是少了开头的0？"),
        ("199000023011", "写的是“199000023011”，不像电话号码？"),
        ("0990-7OO0101", "写的是“0990-7OO0101”，不像电话号码，是不是把数字写成了字母？"),
        ("88l2345", "写的是“88l2345”，不像电话号码，是不是把数字写成了字母？"),
        ("12", "写的是“12”，不像电话号码？"),
        ("19900002300000", "写的是“19900002300000”，不像电话号码？"),
        ("0990-70001", "写的是“0990-70001”，不像电话号码？"),
        ("7000101.0", "写的是“7000101.0”，不像电话号码？"),
        ("0990-7000101、9907000102", "写的是“0990-7000101、9907000102”，不像电话号码，是不是少了开头的0？"),
    ],
)
def test_what_no_telephone_number_can_be_is_asked_about(number: str, words: str) -> None:
    assert [each.words for each in doubts_on_phone("phone", number)] == [words]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("999.9", []),
        ("1000", ["写的是1000亿元，是不是1000万元（0.1亿元）？"]),
        ("18600", ["写的是18600亿元，是不是18600万元（1.86亿元）？"]),
        ("18600.5", ["写的是18600.5亿元，是不是18600.5万元（1.86005亿元）？"]),
    ],
)
def test_an_amount_that_was_probably_written_in_another_unit_is_asked_about(
    amount: str, words: list[str]
) -> None:
    assert [each.words for each in doubts_on_amount("total", Decimal(amount))] == words


def test_a_year_above_the_total_is_asked_about() -> None:
    project = Project(
        number=1, name="甲", type=ProjectType.ENTERPRISE, stage=ListStage.FINAL,
        total_investment=Decimal("1.5"), year_investment=Decimal(2),
    )  # fmt: skip
    assert [(each.name, each.words) for each in project.doubts()] == [
        ("year_investment", "写的是2亿元，比总投资1.5亿元还多，请核对")
    ]
    assert list(project.model_copy(update={"year_investment": Decimal("1.5")}).doubts()) == []


@pytest.mark.parametrize(
    ("contact", "asked"),
    [
        ("周建国", False),
        (None, False),
        ("周建国13807990001", True),
        ("吴水根 0799-2223001", True),
        ("3号楼李工", False),
    ],
)
def test_a_telephone_number_behind_a_contact_s_name_is_asked_about(contact: str | None, asked: bool) -> None:
    """Lists of old have 联系人及电话 in one column; imported whole it would be printed as a name."""
    words = [each.words for each in doubts_on_contact("owner_contact", contact, "业主电话")]
    assert words == ([f"写的是“{contact}”，里面有电话号码，请移到“业主电话”一列"] if asked else [])
