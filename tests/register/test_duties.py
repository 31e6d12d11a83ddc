"""Who may do what, under which mandate: every way round a rule that we could think of is closed."""

from __future__ import annotations

from datetime import date, timedelta
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
    fault_of,
    faults_of,
    ready_to_request,
    refused,
)

from docgen.errors import DATA_WRONG, NOT_ALLOWED, DocgenError
from docgen.office.life import mandates
from docgen.office.life.duties import set_duty
from docgen.office.life.steps import take
from docgen.office.people import UnknownActor
from docgen.register import life
from docgen.register.databases import address_of, connected
from docgen.register.life import Duty, State, Step

OTHER_UNIT = "澄湖县自然资源局"
SECOND_KEEPER = "俞静姝"
"""Of the stamping unit too, and 监印 beside 联络员."""


@pytest.fixture
def desk(desk_on_sqlite: Desk) -> Desk:
    """An office whose register is a file: who may do what does not depend on the database."""
    return desk_on_sqlite


@pytest.mark.parametrize("name", ["万里舟", " 万 里 舟 ", "万里舟\u3164", "万　里舟"])
def test_a_drafter_does_not_sign_however_the_name_is_written(desk: Desk, name: str) -> None:
    document = desk.draft("3", by="万里舟")[0].id
    desk.take(life.REVIEW, document)

    assert refused(desk, life.SIGN, document, by=name) == ("duty-broken",)
    desk.take(life.SIGN, document, by="陆承钧")
    assert desk.document(document).signatory == "陆承钧"


@pytest.mark.parametrize("drafter", ["万　里舟", " 万里舟"])
def test_a_drafter_with_blanks_in_the_name_is_the_same_person(desk: Desk, drafter: str) -> None:
    document = desk.draft("3", by=drafter)[0].id
    desk.take(life.REVIEW, document)

    assert desk.document(document).drafter == "万里舟"
    assert refused(desk, life.SIGN, document, by="万里舟") == ("duty-broken",)


@pytest.mark.parametrize("drafter", ["administrator", "万里", "万里舟主任"])
def test_somebody_unknown_drafts_nothing(desk_on_sqlite: Desk, drafter: str) -> None:
    with pytest.raises(UnknownActor) as fault:
        desk_on_sqlite.draft("3", by=drafter)

    assert "要写全名" in str(fault.value)
    assert desk_on_sqlite.documents() == []


def test_what_an_unknown_drafter_made_is_signed_by_nobody(reviewed: tuple[Desk, int]) -> None:
    desk, document = reviewed
    change_person(desk, 16, 姓名="陶映霜")
    (desk.workspace.data / "机构.xlsx").unlink()  # which names her in a crew

    assert refused(desk, life.SIGN, document) == ("duty-broken",)
    desk.take(life.RETURN, document)
    desk.draft("3", by=SECOND_CLERK, force=True)
    desk.take(life.REVIEW, document)
    desk.take(life.SIGN, document)


def test_a_drafter_struck_from_the_people_sheet_stays_the_drafter(reviewed: tuple[Desk, int]) -> None:
    desk, document = reviewed
    change_person(desk, 16, 姓名="陶映霜")
    change_person(desk, 16, 机制职务="办公室副主任")

    assert refused(desk, life.SIGN, document, by="陶映霜") == ("duty-broken",)


@pytest.mark.parametrize("name", [SECOND_CLERK, OUTSIDER, KEEPER, "秦望川"])
def test_only_heads_of_the_mechanism_or_its_office_sign(reviewed: tuple[Desk, int], name: str) -> None:
    desk, document = reviewed

    assert refused(desk, life.SIGN, document, by=name) == ("duty-broken",)


def test_who_was_a_head_at_another_time_does_not_sign_now(reviewed: tuple[Desk, int]) -> None:
    desk, document = reviewed

    assert refused(desk, life.SIGN, document, by="梁叙") == ("duty-broken",)
    assert refused(desk, life.SIGN, document, by="梁叙", day=date(2026, 2, 1)) == ("step-too-early",)


def test_a_post_that_has_ended_gives_no_right(reviewed: tuple[Desk, int]) -> None:
    desk, document = reviewed

    assert refused(desk, life.SIGN, document, by="白建业") == ("actor-without-post",)
    with pytest.raises(DocgenError) as fault:
        desk.take(life.SIGN, document, by="白建业")
    assert fault_of(fault.value).exit_code == DATA_WRONG


@pytest.mark.parametrize("name", ["王二小", "", "小", "舟", "万里", "里舟", "13", "万里舟、方知远"])
def test_neither_somebody_unknown_nor_a_part_of_a_name_does_anything(
    reviewed: tuple[Desk, int], name: str
) -> None:
    desk, document = reviewed
    before = desk.story(document)
    with pytest.raises(UnknownActor):
        take(desk.office(name), order(life.SIGN, document))
    assert desk.story(document) == before


def order(step: Step, document: int) -> Any:
    from docgen.office.life.orders import Order

    return Order(step, (str(document),))


@pytest.mark.parametrize("name", [DRAFTER, " 陶映雪", "陶\u2800映雪", "陶 映雪"])
def test_an_applicant_does_not_approve(requested: tuple[Desk, int], name: str) -> None:
    desk, document = requested

    assert refused(desk, life.APPROVE, document, by=name) == ("duty-broken",)
    desk.take(life.APPROVE, document)


def test_an_applicant_does_not_approve_after_a_refusal_and_a_new_request_of_the_same(
    requested: tuple[Desk, int],
) -> None:
    desk, document = requested
    desk.take(life.REFUSE, document)
    assert desk.document(document).applicant == ""
    desk.take(life.REQUEST, document, by=SIGNATORY)

    assert refused(desk, life.APPROVE, document, by=SIGNATORY) == ("duty-broken",)
    desk.take(life.APPROVE, document, by=REVIEWER)


@pytest.mark.parametrize("step", [life.APPROVE, life.REFUSE])
def test_only_the_stamping_unit_approves_and_refuses(requested: tuple[Desk, int], step: Step) -> None:
    desk, document = requested

    assert refused(desk, step, document, by="陆承钧") == ("duty-broken",)
    change_person(desk, 22, 机制职务="成员、用印审批、监印")
    assert refused(desk, step, document, by=OUTSIDER) == ("duty-broken",)


def test_the_seal_keeper_belongs_to_the_stamping_unit_on_the_day(requested: tuple[Desk, int]) -> None:
    desk, document = requested
    desk.take(life.APPROVE, document)

    assert refused(desk, life.APPLY, document, by=OUTSIDER) == ("duty-broken",)
    assert refused(desk, life.APPLY, document, by="胡桂英") == ("actor-without-post",)
    assert refused(desk, life.APPLY, document, by="胡桂英", day=date(2026, 1, 4)) == ("step-too-early",)
    change_person(desk, 19, 单位="县自然资源局")
    assert refused(desk, life.APPLY, document, by=KEEPER) == ("duty-broken",)


@pytest.mark.parametrize("name", [DRAFTER, " 陶 映雪", "陶\u034f映雪"])
def test_a_drafter_does_not_review(desk: Desk, name: str) -> None:
    change_person(desk, 16, 机制职务="经办、核稿")
    document = desk.draft("3")[0].id

    assert refused(desk, life.REVIEW, document, by=name) == ("duty-broken",)
    desk.take(life.REVIEW, document, by=SECOND_CLERK)
    assert refused(desk, life.REVIEW, document, by=name) == ("duty-broken",)


@pytest.mark.parametrize("step", [life.REQUEST, life.APPROVE], ids=["asked for it", "approved it"])
def test_the_seal_keeper_seals_nothing_of_which_he_took_another_step(
    reviewed: tuple[Desk, int], step: Step
) -> None:
    desk, document = reviewed
    change_person(desk, 19, 机制职务="经办、用印审批、监印")
    desk.grant()
    desk.take(life.SIGN, document)
    for each in (life.REQUEST, life.APPROVE):
        desk.take(each, document, by=KEEPER if each is step else None)

    assert refused(desk, life.APPLY, document, by=KEEPER) == ("duty-broken",)
    desk.take(life.APPLY, document, by=SECOND_KEEPER, copies=1)
    assert refused(desk, life.APPLY, document, by=KEEPER) == ("duty-broken",)


def test_several_posts_count_only_as_long_as_they_are_held(requested: tuple[Desk, int]) -> None:
    desk, document = requested

    # 梁叙 was with the stamping unit until 2026-02-10.
    assert refused(desk, life.APPROVE, document, by="梁叙") == ("duty-broken",)
    desk.take(life.APPROVE, document, by="方知远")  # with it since 2026-02-11
    assert desk.story(document).entries[-1].deed.unit == "澄湖县发展和改革委员会"


def test_a_refusal_names_the_person_the_rule_and_the_reason(requested: tuple[Desk, int]) -> None:
    desk, document = requested
    with pytest.raises(DocgenError) as fault:
        desk.take(life.APPROVE, document, by=OUTSIDER)

    said = str(fault.value)
    assert fault_of(fault.value).exit_code == NOT_ALLOWED
    for words in (OUTSIDER, OTHER_UNIT, "机制职务是：成员", Duty.APPROVER_OF_STAMPING_UNIT.value, "批准用印"):
        assert words in said


def test_a_rule_is_loosened_only_by_an_entry_with_a_reason_and_from_there_on(desk: Desk) -> None:
    document = desk.draft("3", by="万里舟")[0].id
    desk.take(life.REVIEW, document)
    office = desk.office(SIGNATORY)
    with pytest.raises(DocgenError) as fault:
        set_duty(office, Duty.DRAFTER_IS_NOT_SIGNATORY.value, "", loosened=True)
    assert faults_of(fault.value) == ("reason-missing",)
    assert refused(desk, life.SIGN, document) == ("duty-broken",)

    set_duty(office, "拟稿人不得签发", "只有一人在岗", loosened=True)
    desk.take(life.SIGN, document)
    set_duty(office, "拟稿人不得签发", "人员已到位", loosened=False)
    other = desk.draft("4", by="万里舟")[-1].id
    desk.take(life.REVIEW, other)
    assert refused(desk, life.SIGN, other) == ("duty-broken",)
    assert desk.verify().faults == ()


@pytest.mark.parametrize("name", [DRAFTER, KEEPER, OUTSIDER])
def test_rules_and_mandates_are_changed_only_by_who_leads_the_mechanism_or_its_office(
    desk_on_sqlite: Desk, name: str
) -> None:
    desk = desk_on_sqlite
    desk.grant()
    before, office = desk.entries(), desk.office(name)
    deeds = (
        lambda: set_duty(office, "拟稿人不得签发", "只有一人在岗", loosened=True),
        lambda: set_duty(office, "拟稿人不得签发", "人员已到位", loosened=False),
        lambda: mandates.grant(office, mandates.proposed_terms(office)),
        lambda: mandates.end(office, "1", "撤销"),
    )
    for deed in deeds:
        with pytest.raises(DocgenError) as fault:
            deed()
        assert (faults_of(fault.value), fault.value.exit_code) == (("not-leading",), NOT_ALLOWED)
        assert name in str(fault.value)
    assert desk.entries() == before


def test_loosening_one_rule_leaves_the_others(desk: Desk) -> None:
    document = desk.draft("3", by=SECOND_CLERK)[0].id
    desk.take(life.REVIEW, document)
    set_duty(desk.office(SIGNATORY), "拟稿人不得签发", "只有一人在岗", loosened=True)

    assert refused(desk, life.SIGN, document, by=SECOND_CLERK) == ("duty-broken",)


@pytest.mark.parametrize("asked", ["", "不得", "拟稿人", "没有的规则"])
def test_a_rule_must_be_named_clearly(desk_on_sqlite: Desk, asked: str) -> None:
    with pytest.raises(DocgenError) as fault:
        set_duty(desk_on_sqlite.office(), asked, "原因", loosened=True)

    assert faults_of(fault.value) == ("duty-unknown",)


def test_a_rule_loosened_by_writing_into_the_table_is_found(reviewed: tuple[Desk, int]) -> None:
    desk, _ = reviewed
    place = desk.workspace.settings.register_at.url or desk.workspace.register_path
    with connected(address_of(place), write=True) as connection:
        connection.do(
            "INSERT INTO duty (id, loosened, entry) VALUES (?, 1, 1)", (Duty.DRAFTER_IS_NOT_SIGNATORY.value,)
        )

    assert [each.code for each in desk.verify().faults] == ["verify-row-unfounded"]


@pytest.mark.parametrize("step", [life.REVIEW, life.COUNTERSIGN, life.SIGN])
def test_nothing_is_recorded_before_its_day_or_before_the_step_it_follows(
    reviewed: tuple[Desk, int], step: Step
) -> None:
    desk, document = reviewed

    assert refused(desk, step, document, day=date(2026, 3, 21)) == ("step-in-future",)
    assert refused(desk, step, document, day=DAY - timedelta(days=1)) == ("step-too-early",)


def test_a_new_review_puts_the_reason_of_the_return_behind_it(reviewed: tuple[Desk, int]) -> None:
    desk, document = reviewed
    desk.take(life.RETURN, document, remark="时限写错")
    assert desk.document(document).reason == "时限写错"
    desk.take(life.REVIEW, document)

    assert desk.document(document).reason == ""
    assert "时限写错" in [each.deed.remark for each in desk.story(document).entries]


def test_a_sealed_mechanism_issues_nothing_unsealed(desk: Desk) -> None:
    document = ready_to_request(desk)

    assert refused(desk, life.ISSUE, document) == ("seal-needed",)


def test_a_mechanism_with_its_own_seal_issues_without_a_mandate(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.root / "data" / "工作机制.xlsx")
    sheet = book["工作机制"]
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 1).value in ("代章单位", "代章条款"):
            sheet.cell(row, 2).value = None
        if sheet.cell(row, 1).value == "署名方式":
            sheet.cell(row, 2).value = "办公室自有印章"
    book.save(desk.root / "data" / "工作机制.xlsx")
    desk.sheets_change = True
    document = ready_to_request(desk)
    assert refused(desk, life.REQUEST, document) == ("seal-of-office",)  # and not: register a mandate first
    desk.take(life.ISSUE, document)

    assert desk.document(document).state is State.ISSUED
    assert desk.verify().faults == ()


@pytest.mark.parametrize("step", [life.REFUSE, life.RETURN, life.VOID])
def test_a_step_back_gives_its_reason(desk: Desk, step: Step) -> None:
    document = desk.draft("3")[0].id
    desk.grant()
    desk.take(life.REVIEW, document)
    if step is not life.RETURN:
        desk.take(life.SIGN, document)
        desk.take(life.REQUEST, document)

    assert refused(desk, step, document, remark="") == ("reason-missing",)
    desk.take(step, document, remark="内容有误")
    assert desk.document(document).reason == "内容有误"
    assert desk.story(document).entries[-1].deed.remark == "内容有误"
