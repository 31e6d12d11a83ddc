"""Every step is taken by who holds a role for it that day, and the record says which; words in a post give nothing."""

from __future__ import annotations

from typing import Any

import openpyxl
import pytest
from desks import (
    DAY,
    DRAFTER,
    KEEPER,
    OUTSIDER,
    REVIEWER,
    SECOND_CLERK,
    SIGNATORY,
    Desk,
    change_person,
    faults_of,
    refused,
)

from docgen.errors import DocgenError
from docgen.office.desk import Desk as OfficeDesk
from docgen.office.desk import People
from docgen.office.drafting.drafter import draft, replace
from docgen.office.drafting.drafts import Request
from docgen.office.life import numbers
from docgen.office.life.attachments import attach
from docgen.office.life.duties import set_duty
from docgen.office.people import DrafterMissing, actor_on, office_records
from docgen.register import life
from docgen.register.life import DEEDS, STEPS, Duty, State, Step
from docgen.register.number import NumberState
from docgen.register.record import FileRole


def set_lines(desk: Desk, **lines: str) -> None:
    """Set lines of the sheet 工作机制."""
    path = desk.root / "data" / "工作机制.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["工作机制"]
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 1).value in lines:
            sheet.cell(row, 2).value = lines[sheet.cell(row, 1).value]
    book.save(path)
    desk.sheets_change = True


@pytest.fixture
def drafted(desk_on_sqlite: Desk) -> tuple[Desk, int]:
    desk_on_sqlite.grant()
    return desk_on_sqlite, desk_on_sqlite.draft("3", units=("县水利局",))[0].id


STATES: dict[Step, State] = {
    life.REVIEW: State.DRAFTED,
    life.COUNTERSIGN: State.REVIEWED,
    life.SIGN: State.REVIEWED,
    life.REQUEST: State.NUMBERED,
    life.APPROVE: State.REQUESTED,
    life.REFUSE: State.REQUESTED,
    life.APPLY: State.APPROVED,
    life.ISSUE: State.SEALED,
    life.RETURN: State.REVIEWED,
    life.VOID_UNSIGNED: State.DRAFTED,
    life.VOID: State.NUMBERED,
}


@pytest.mark.parametrize("step", STATES, ids=lambda each: f"{each.name}-{STATES[each]}")
def test_who_has_no_role_for_it_takes_no_step(drafted: tuple[Desk, int], step: Step) -> None:
    desk, document = drafted
    desk.lead([document], STATES[step])
    for role in (None, "项目管家", "专项工作组专家"):
        change_person(desk, 21, 机制职务=role)  # 章立群, of the stamping unit

        assert refused(desk, step, document, by="章立群", remark="原因") == ("duty-broken",)


def test_a_draft_is_returned_by_a_reviewer_and_not_by_a_member(drafted: tuple[Desk, int]) -> None:
    desk, document = drafted

    assert refused(desk, life.RETURN, document, by=OUTSIDER) == ("duty-broken",)
    desk.take(life.REVIEW, document)
    desk.take(life.RETURN, document, by=OUTSIDER)


def test_the_reviewer_does_not_sign(drafted: tuple[Desk, int]) -> None:
    desk, document = drafted
    desk.take(life.REVIEW, document, by=SIGNATORY)

    assert refused(desk, life.SIGN, document, by=SIGNATORY) == ("duty-broken",)
    set_duty(desk.office(SIGNATORY), Duty.REVIEWER_IS_NOT_SIGNATORY.value, "只有一人在岗", loosened=True)
    desk.take(life.SIGN, document, by=SIGNATORY)
    assert desk.verify().faults == ()


@pytest.mark.parametrize(
    "post",
    [
        "原办公室主任",
        "前办公室副主任",
        "拟任组长",
        "非负责人",
        "后勤负责人",
        "总召集人",
        "县发改委主任、召集人",
    ],
)
def test_words_in_a_post_never_give_a_right(drafted: tuple[Desk, int], post: str) -> None:
    desk, document = drafted
    desk.take(life.REVIEW, document)
    change_person(desk, 21, 职务=post, 机制职务=None)

    assert refused(desk, life.SIGN, document, by="章立群") == ("duty-broken",)


@pytest.mark.parametrize(
    "role", ["总指挥", "副总指挥", "办公室常务副主任", "常务副组长", "组长", "副总召集人", "成员、副召集人"]
)
def test_heads_of_every_name_sign(drafted: tuple[Desk, int], role: str) -> None:
    desk, document = drafted
    desk.take(life.REVIEW, document)
    change_person(desk, 21, 机制职务=role)

    desk.take(life.SIGN, document, by="章立群")
    assert desk.verify().faults == ()


def test_a_head_of_the_mechanisms_own_naming_signs_and_the_record_says_so(
    drafted: tuple[Desk, int],
) -> None:
    desk, document = drafted
    desk.take(life.REVIEW, document)
    set_lines(desk, 自定负责人="总协调人")
    change_person(desk, 21, 机制职务="总协调人")
    desk.take(life.SIGN, document, by="章立群")
    set_lines(desk, 自定负责人="")
    change_person(desk, 21, 机制职务="专项工作组专家")

    held = desk.story(document).entries[-1].deed.held
    assert held
    assert held.roles == ("总协调人=负责人",)
    assert desk.verify().faults == ()


def test_a_seat_is_filled_by_who_holds_the_post_on_the_day(drafted: tuple[Desk, int]) -> None:
    desk, document = drafted
    desk.take(life.REVIEW, document)
    change_person(desk, 1, 机制职务=None)
    assert refused(desk, life.SIGN, document, by="陆承钧") == ("duty-broken",)
    change_person(desk, 8, 姓名=None, 职务="县长", 机制职务="总召集人")

    desk.take(life.SIGN, document, by="陆承钧")
    held = desk.story(document).entries[-1].deed.held
    assert held
    assert (held.post, held.roles) == ("县委副书记、县长", ("总召集人",))


def test_an_entry_says_post_roles_and_sheets_of_who_acted(drafted: tuple[Desk, int]) -> None:
    desk, document = drafted
    desk.take(life.REVIEW, document, by=SECOND_CLERK)
    change_person(desk, 17, 备注="改了备注")
    desk.take(life.REVIEW, document, by=SECOND_CLERK, remark="第二遍")
    change_person(desk, 17, 机制职务="经办、核稿、联络员")
    desk.take(life.REVIEW, document, by=SECOND_CLERK, remark="第三遍")

    *_, first, same, other = (each.deed.held for each in desk.story(document).entries)
    assert first
    assert other
    assert (first.post, first.roles) == ("重大项目股四级主任科员", ("经办", "核稿"))
    assert other.roles == ("经办", "核稿", "联络员")
    assert first == same
    assert first.sheets != other.sheets


def test_somebody_acts_by_whole_name_or_login(drafted: tuple[Desk, int]) -> None:
    desk, document = drafted
    change_person(desk, 15, 登录名="fangzy")
    desk.take(life.REVIEW, document, by="FangZY")

    assert desk.document(document).reviewer == REVIEWER
    records = office_records(desk.workspace)
    assert actor_on(records, "fangzy", DAY).name == actor_on(records, " 方知 远", DAY).name == REVIEWER


def unsaid(desk: Desk, login: str) -> OfficeDesk:
    return OfficeDesk.at(desk.workspace, People(login, login, said=False), DAY, lambda: desk.now)


def test_drafting_asks_for_the_drafter(desk_on_sqlite: Desk) -> None:
    desk = desk_on_sqlite
    with pytest.raises(DrafterMissing) as fault:
        draft(unsaid(desk, "root"), Request("notice", projects=("3",)))

    for way in ("--by", "DOCGEN_BY", "docgen.toml", "登录名", "root"):
        assert way in str(fault.value)
    assert desk.documents() == []
    change_person(desk, 16, 登录名="root")
    draft(unsaid(desk, "root"), Request("notice", projects=("3",)))
    assert {each.drafter for each in desk.documents()} == {DRAFTER}


@pytest.mark.parametrize("name", [OUTSIDER, KEEPER, "罗启邦"])
def test_who_is_not_of_the_office_drafts_replaces_and_attaches_nothing(
    drafted: tuple[Desk, int], name: str
) -> None:
    desk, document = drafted
    desk.lead([document], State.NUMBERED)
    file = desk.root / "回执.txt"
    file.write_text("收讫")
    office = desk.office(name)
    deeds: list[Any] = [
        lambda: draft(office, Request("notice", projects=("4",))),
        lambda: replace(office, [str(document)], "更正"),
    ]
    if name != KEEPER:
        deeds.append(lambda: attach(office, str(document), [file], FileRole.RECEIPT, ""))
    before = desk.entries()
    for deed in deeds:
        with pytest.raises(DocgenError) as fault:
            deed()
        assert faults_of(fault.value) == ("role-missing",)
    assert desk.entries() == before


@pytest.mark.parametrize("name", [OUTSIDER, KEEPER, "罗启邦"])
def test_who_is_not_of_the_office_does_nothing_to_numbers(desk_on_sqlite: Desk, name: str) -> None:
    desk = desk_on_sqlite
    numbers.reserve(desk.office(DRAFTER), "告知函", 3, "成批发文")
    office, before = desk.office(name), desk.entries()
    for deed in (
        lambda: numbers.reserve(office, "告知函", 9999, "成批发文"),
        lambda: numbers.void(office, ["澄联审办函〔2026〕1号"], "不用了"),
        lambda: numbers.give_back(office, "告知函", None, "不用了"),
    ):
        with pytest.raises(DocgenError) as fault:
            deed()
        assert faults_of(fault.value) == ("role-missing",)
    with pytest.raises(DocgenError) as fault:
        numbers.start(desk.office(DRAFTER), "通报", 10000, "纸质登记簿")
    assert faults_of(fault.value) == ("not-leading",)
    assert desk.entries() == before


def test_every_step_that_people_take_has_its_capacities() -> None:
    assert [
        each.name for each in (*STEPS, *DEEDS) if not each.by and each.name not in ("编号", "被替换")
    ] == []
    for each in STEPS:
        judged = {Duty.HOLDS_ROLE, Duty.SIGNATORY_LEADS, Duty.VOIDER_LEADS} & set(each.duties)
        assert bool(each.by) is bool(judged)


def test_a_role_put_into_the_sheet_and_taken_out_again_is_said(drafted: tuple[Desk, int]) -> None:
    desk, document = drafted
    desk.take(life.REVIEW, document)
    assert desk.verify().advices == ()
    change_person(desk, 21, 机制职务="副总召集人")
    desk.take(life.SIGN, document, by="章立群")
    change_person(desk, 21, 机制职务="专项工作组专家")

    verified = desk.verify()
    assert verified.faults == ()
    (said,) = verified.advices
    assert said.code == "verify-role-unknown"
    assert "“章立群”：人员表现在写的，那一天没有“副总召集人”这项职务" in said.text


def test_who_acted_and_stands_in_no_sheet_of_that_day_is_named(drafted: tuple[Desk, int]) -> None:
    desk, document = drafted
    desk.take(life.REVIEW, document)
    change_person(desk, 15, 姓名="方知近")
    change_person(desk, 11, 姓名="方知近")
    change_person(desk, 13, 任职止="2026-03-15")

    verified = desk.verify()
    assert verified.faults == ()
    assert {each.code for each in verified.advices} == {"verify-actor-unknown"}
    assert [name for name in (REVIEWER, SIGNATORY) if any(name in each.text for each in verified.advices)] == [
        REVIEWER, SIGNATORY,
    ]  # fmt: skip


def given(desk: Desk) -> list[tuple[int, str]]:
    return [(each.serial, each.state.value) for each in numbers.numbers(desk.office())]


class TestGivingBack:
    """Reserved numbers are given back as long as none of them nor a later one was used."""

    def test_those_at_the_end_are_given_again(self, desk: Desk) -> None:
        numbers.reserve(desk.office(), "告知函", 9999, "误写")
        kept = numbers.give_back(desk.office(), "告知函", 3, "多留了")
        assert (kept[0], kept[-1]) == ("澄联审办函〔2026〕3号", "澄联审办函〔2026〕9999号")
        document = desk.draft("3", units=("县水利局",))[0].id
        desk.take(life.REVIEW, document)
        desk.take(life.SIGN, document)

        assert desk.document(document).number == "澄联审办函〔2026〕3号"
        assert given(desk)[:4] == [(1, "预留"), (2, "预留"), (3, "已用"), (4, "收回")]
        assert desk.verify().faults == ()

    def test_all_reserved_ones_at_the_end_when_none_is_named(self, desk_on_sqlite: Desk) -> None:
        desk = desk_on_sqlite
        numbers.start(desk.office(SIGNATORY), "告知函", 3, "纸质登记簿")
        numbers.reserve(desk.office(), "告知函", 2, "一")
        numbers.reserve(desk.office(), "告知函", 2, "二")

        assert len(numbers.give_back(desk.office(), "告知函", None, "不用了")) == 4
        assert given(desk)[:3] == [(1, "纸质"), (2, "纸质"), (3, "收回")]
        assert numbers.reserve(desk.office(), "告知函", 1, "三") == ["澄联审办函〔2026〕3号"]
        assert desk.verify().faults == ()

    def test_a_series_begun_wrongly_is_begun_again(self, desk_on_sqlite: Desk) -> None:
        desk = desk_on_sqlite
        numbers.start(desk.office(SIGNATORY), "告知函", 10000, "误写")
        with pytest.raises(DocgenError):
            numbers.give_back(desk.office(), "告知函", 5000, "起错了")
        with pytest.raises(DocgenError) as fault:  # what a head decided, a head undoes
            numbers.give_back(desk.office(), "告知函", 1, "起错了")
        assert faults_of(fault.value) == ("not-leading",)
        numbers.give_back(desk.office(SIGNATORY), "告知函", 1, "起错了")
        numbers.start(desk.office(SIGNATORY), "告知函", 3, "前2号见纸质登记簿")

        assert numbers.reserve(desk.office(), "告知函", 1, "一") == ["澄联审办函〔2026〕3号"]
        assert desk.verify().faults == ()

    def test_nothing_before_one_that_was_used_or_voided(self, desk_on_sqlite: Desk) -> None:
        desk = desk_on_sqlite
        numbers.reserve(desk.office(), "告知函", 4, "一")
        numbers.void(desk.office(), ["澄联审办函〔2026〕3号"], "不用了")
        for first in (1, 2, 3):
            with pytest.raises(DocgenError) as fault:
                numbers.give_back(desk.office(), "告知函", first, "不用了")
            assert faults_of(fault.value) == ("number-not-reserved",)
        assert numbers.give_back(desk.office(), "告知函", None, "不用了") == ["澄联审办函〔2026〕4号"]
        with pytest.raises(DocgenError) as fault:
            numbers.give_back(desk.office(), "告知函", None, "不用了")
        assert faults_of(fault.value) == ("number-none-reserved",)
        assert [each.state for each in numbers.numbers(desk.office())].count(NumberState.GIVEN_BACK) == 1
        assert desk.verify().faults == ()

    def test_it_gives_its_reason(self, desk_on_sqlite: Desk) -> None:
        numbers.reserve(desk_on_sqlite.office(), "告知函", 4, "一")
        with pytest.raises(DocgenError) as fault:
            numbers.give_back(desk_on_sqlite.office(), "告知函", None, "")
        assert faults_of(fault.value) == ("reason-missing",)
