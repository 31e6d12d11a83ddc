"""Who is who in the people sheet: one person under two spellings, rows against each other, roles from the list."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from docgen.model.member import Member

HEAD = ("序号", "姓名", "单位", "职务", "机制职务", "登录名", "任职起", "任职止")
FIRST = (1, "周景明", "县发改委", "主任", "成员")
SECOND = (2, "郝喆", "县自然资源局", "局长", "项目管家")


def people(data: Any, *rows: Any) -> None:
    data.write("人员", HEAD, *rows)


def codes(data: Any) -> list[str]:
    return [each.code for each in data.read().faults]


def advices(data: Any) -> list[str]:
    return [each.text for each in data.read().advices]


@pytest.mark.parametrize(
    "spelt", ["郝\u034f喆", "郝\u3164喆", "郝\u2800喆", "郝\u180b喆", "郝\u115f喆",
     "郝喆\u17b4", "郝\ufe00喆", "郝 喆", "郝　喆", "郝\U000e0101喆"],
)  # fmt: skip
def test_a_row_of_a_name_with_something_unseen_is_the_same_persons(data: Any, spelt: str) -> None:
    people(data, FIRST, SECOND, (3, spelt, "县自然资源局", "党组书记", "成员"))

    (person,) = (each for each in data.records().people if each.name == "郝喆")
    assert len(person.tenures) == 2


@pytest.mark.parametrize("spelt", ["郝\u034f喆", "郝\u3164喆", "郝\u2800喆", "郝\u180b喆"])
def test_what_is_unseen_is_said(data: Any, spelt: str) -> None:
    people(data, FIRST, (2, spelt, "县自然资源局", "局长", "项目管家"))

    (said,) = advices(data)
    assert said.startswith("人员!B3「姓名」：U+")


def test_a_radical_is_said_in_every_text_and_read_as_the_hanzi(data: Any) -> None:
    people(data, FIRST, (2, "郝⽔", "县自然资源局", "局⻓", "项目管家"))

    assert data.records().people[1].name == "郝水"
    assert advices(data) == [
        "人员!B3「姓名」：“⽔”U+2F54看着像“水”，却是另一个字符，已按“水”读，请改正",
        "人员!D3「职务」：“⻓”U+2ED3看着像“长”，却是另一个字符，已按“长”读，请改正",
    ]


@pytest.mark.parametrize(
    ("spelt", "said"),
    [("郝\u0301喆", "U+0301"), ("郝А", "“А”U+0410"), ("郝ㄧ", "“ㄧ”U+3127"), ("郝1", "“1”U+0031")],
)
def test_what_no_name_has_is_a_fault(data: Any, spelt: str, said: str) -> None:
    people(data, FIRST, SECOND, (3, spelt, "县自然资源局", "股长", "成员"))

    (fault,) = data.faults()
    assert fault.startswith("人员!B4「姓名」：")
    if said != "“1”U+0031":
        assert said in fault


def test_a_second_unit_of_a_name_with_something_unseen_is_a_fault(data: Any) -> None:
    data.change("单位", A5=4, B5="澄湖县自然资源局\u034f", C5="县自然资源局\u3164", E5="县级", F5="成员单位")

    assert codes(data)[:2] == ["cell-repeated", "cell-repeated"]
    data.change("单位", A5=4, B5="澄湖县自然资源局\u0301", C5="县自资局", E5="县级", F5="成员单位")
    assert codes(data) == ["cell-value"]


def test_a_row_in_another_form_of_a_hanzi_is_the_same_persons_and_that_is_said(data: Any) -> None:
    people(data, FIRST, (2, "吕喆", "县自然资源局", "局长", "成员"), (3, "呂喆", "县发改委", "书记", "成员"))

    assert advices(data) == [
        "人员!B4「姓名」：“呂喆”和 人员!B3 的“吕喆”当作同一个人，请写成一样；不是同一个人的，各加括号区分"
    ]
    people(
        data,
        FIRST,
        (2, "吕喆", "县自然资源局", "局长", "成员"),
        (3, "呂喆（女）", "县发改委", "书记", "成员"),
    )
    assert codes(data) == ["person-contradictory"]


def test_the_same_post_written_twice_with_other_days_is_a_contradiction(data: Any) -> None:
    people(
        data, FIRST, (2, "郝喆", "县自然资源局", "局长", "成员", None, "2025-01-01"),
        (3, "郝喆", "县自然资源局", "局长", "成员", None, "2026-01-01", "2026-02-01"),
    )  # fmt: skip

    (fault,) = data.faults()
    assert "人员!B4「姓名」：“郝喆”在这一行和 人员!B3 说的不一致：同一职务写了两次，任职起止不同" in fault


def test_head_and_deputy_of_one_body_at_once_is_a_contradiction(data: Any) -> None:
    people(
        data,
        FIRST,
        (2, "郝喆", "县发改委", "主任", "办公室主任"),
        (3, "郝 喆", "县发改委", "书记", "办公室副主任"),
    )

    assert codes(data) == ["person-contradictory"]


def test_several_posts_and_roles_in_several_bodies_are_none(data: Any) -> None:
    people(
        data, FIRST, (2, "郝喆", "县发改委", "主任", "办公室主任、副总召集人、成员"),
        (3, "郝喆", "县自然资源局", "局长", "专项工作组组长", None, "2026-01-01"),
        (4, "郝喆", "县发改委", "副主任", "办公室副主任", None, "2024-01-01", "2024-12-31"),
        (5, "郝喆", "县自然资源局", "副局长", None, None, "2026-01-01"),
    )  # fmt: skip

    fault_codes = codes(data)
    assert fault_codes == ["person-contradictory"]  # 办公室主任 without a first day, and 办公室副主任 in 2024
    people(
        data, FIRST, (2, "郝喆", "县发改委", "主任", "办公室主任、副总召集人、成员", None, "2025-01-01"),
        (3, "郝喆", "县自然资源局", "局长", "专项工作组组长", None, "2026-01-01"),
        (4, "郝喆", "县发改委", "副主任", "办公室副主任", None, "2024-01-01", "2024-12-31"),
    )  # fmt: skip
    assert codes(data) == []


def test_of_two_people_of_one_name_both_have_brackets(data: Any) -> None:
    people(data, FIRST, SECOND, (3, "郝喆（水利）", "县发改委", "股长", "成员"))

    (fault,) = data.faults()
    assert "同名的人都要加括号区分" in fault
    people(data, FIRST, (2, "郝喆（国土）", "县自然资源局", "局长"), (3, "郝喆（水利）", "县发改委", "股长"))
    assert codes(data) == []


@pytest.mark.parametrize(
    "role",
    ["原办公室主任", "前办公室副主任", "拟任组长", "非负责人", "后勤负责人", "办公室付主任", "第一书记"],
)
def test_a_role_that_is_not_in_the_list_is_a_fault(data: Any, role: str) -> None:
    people(data, FIRST, SECOND, (3, "沈若珺", "县发改委", "股长", role))

    (fault,) = data.read().faults
    assert fault.code == "role-unknown"
    assert str(fault).startswith(f"人员!E4「机制职务」：“{role}”不在机制职务的名单里")


def test_a_role_with_the_post_behind_it_is_told_how_to_be_written(data: Any) -> None:
    people(data, FIRST, SECOND, (3, None, "县发改委", "县长", "总召集人（县长）"))

    (fault,) = data.faults()
    assert "职务写“总召集人”" in fault
    assert "“姓名”不填" in fault


def test_the_mechanism_names_its_own_heads_and_roles(data: Any) -> None:
    rows = [(FIRST), SECOND, (3, "沈若珺", "县发改委", "县长", "总协调人、顾问")]
    people(data, *rows)
    assert codes(data) == ["role-unknown", "role-unknown"]
    data.change("工作机制", A15="自定负责人", B15="总协调人、副总协调人", A16="自定职务", B16="顾问")

    assert data.records().mechanism.role_list.heads == ("总协调人", "副总协调人")


def test_words_of_older_sheets_are_read_and_said(data: Any) -> None:
    people(
        data,
        FIRST,
        SECOND,
        (3, "沈若珺", "县发改委", "股长", "办公室工作人员"),
        (4, "魏东屿", "县发改委", "股长", "印章保管人"),
    )

    assert advices(data) == [
        "人员!E4「机制职务」：“办公室工作人员”现在写作“经办”，这次按它读；方便时请改写",
        "人员!E5「机制职务」：“印章保管人”现在写作“监印”，这次按它读；方便时请改写",
    ]


def test_a_seat_without_a_name_is_held_by_who_holds_the_post_that_day(data: Any) -> None:
    people(
        data, FIRST, SECOND, (3, None, "县发改委", "县长", "总召集人"),
        (4, "陆承钧", "县发改委", "县委副书记、县长", None, None, "2025-01-01", "2026-01-31"),
        (5, "魏东屿", "县发改委", "县长", None, None, "2026-02-01"),
        (6, "沈若珺", "县发改委", "副县长"), (7, "曹砚秋", "县发改委", "原县长"), (8, "邵立堃", "县自然资源局", "县长"),
    )  # fmt: skip

    records = data.records()
    for day, holder in ((date(2026, 1, 31), "陆承钧"), (date(2026, 2, 1), "魏东屿")):
        held = [each.name for each in records.people if "总召集人" in records.roles_of(each, day)]
        assert held == [holder]


@pytest.mark.parametrize("name", [None, "待定"])
def test_a_row_without_name_and_role_is_a_fault(data: Any, name: str | None) -> None:
    people(data, FIRST, SECOND, (3, name, "县发改委", "县长", None))

    (fault,) = data.faults()
    assert fault.startswith("人员!B4「姓名」：没有填")


@pytest.mark.parametrize("post", ["、", "；", "/、"])
def test_a_seat_names_a_post(data: Any, post: str) -> None:
    people(data, FIRST, SECOND, (3, None, "县发改委", post, "总召集人"))

    (fault,) = data.faults()
    assert fault.startswith("人员!D4「职务」")


def test_an_open_seat_is_a_row_without_a_person(data: Any) -> None:
    people(data, FIRST, SECOND, (3, "待定", "县发改委", "县长", "总召集人"))

    records = data.records()
    assert [each.name for each in records.of(Member)] == ["周景明", "郝喆", None]
    assert [each.name for each in records.people] == ["周景明", "郝喆"]


def test_a_login_is_one_persons(data: Any) -> None:
    people(data, (*FIRST, "zhoujm"), (*SECOND, "ZHOUJM"))

    assert codes(data) == ["cell-repeated"]
