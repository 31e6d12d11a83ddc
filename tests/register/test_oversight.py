"""What an auditor would ask, listed when the record is verified: lives of minutes, rules loosened for a step."""

from __future__ import annotations

from datetime import timedelta

import pytest
from desks import REVIEWER, SIGNATORY, Desk

from docgen.office.life.duties import set_duty
from docgen.register import life
from docgen.register.life import Duty
from docgen.register.oversight import BRIEF, QUICK

MINUTE = timedelta(minutes=1)


def listed(desk: Desk) -> dict[str, str]:
    """Return what verifying advises, by code; nothing is wrong."""
    verified = desk.verify()
    assert verified.faults == ()
    return {each.code: each.text for each in verified.advices}


def led(desk: Desk, *, apart: timedelta, documents: int = 1) -> list[int]:
    """Lead notices from draft to seal, so long from step to step."""
    desk.grant()
    ids = [each.id for each in desk.draft("3")[:documents]]
    for step in (life.REVIEW, life.SIGN, life.REQUEST, life.APPROVE, life.APPLY):
        desk.now += apart
        desk.take(step, ids)
    return ids


def loosened(desk: Desk, duty: Duty, *, on: bool) -> None:
    set_duty(desk.office(SIGNATORY), duty.value, "一人在岗", loosened=on)


def test_documents_drafted_signed_and_sealed_within_minutes_by_one_account_are_one_line(desk: Desk) -> None:
    """On either database: three documents, four people, one account, five minutes."""
    led(desk, apart=MINUTE, documents=3)

    said = listed(desk)["steps-at-once"]
    assert said.startswith("有3件公文从拟稿到代章（印发）都由同一个账户（“clerk”）在10分钟以内登记完")
    assert "澄联审办函〔2026〕1号、澄联审办函〔2026〕2号、澄联审办函〔2026〕3号" in said


def test_documents_on_which_people_took_their_time_are_not_mentioned(desk_on_sqlite: Desk) -> None:
    """The first step came ten minutes too late; that the others were recorded at once is usual."""
    desk = desk_on_sqlite
    desk.grant()
    (first, *_) = [each.id for each in desk.draft("3")]
    desk.now += QUICK + MINUTE
    for step in (life.REVIEW, life.SIGN, life.REQUEST, life.APPROVE, life.APPLY):
        desk.take(step, first)

    assert "steps-at-once" not in listed(desk)


def test_a_batch_at_the_end_of_the_month_is_not_mentioned(desk_on_sqlite: Desk) -> None:
    """Drafted in the course of the month, all steps recorded at one moment from one account."""
    desk = desk_on_sqlite
    desk.grant()
    ids = [each.id for each in desk.draft()]
    desk.now += timedelta(days=10)
    for step in (life.REVIEW, life.SIGN, life.REQUEST, life.APPROVE, life.APPLY):
        desk.take(step, ids)

    assert len(ids) > 3
    assert "steps-at-once" not in listed(desk)


def test_a_rule_loosened_for_a_step_is_named_with_what_was_done_meanwhile(desk: Desk) -> None:
    document, other = (each.id for each in desk.draft("3")[:2])
    desk.now += timedelta(hours=1)
    desk.take(life.REVIEW, [document, other], by=REVIEWER)
    loosened(desk, Duty.DRAFTER_IS_NOT_SIGNATORY, on=True)
    loosened(desk, Duty.REVIEWER_IS_NOT_SIGNATORY, on=True)
    desk.now += MINUTE
    desk.take(life.SIGN, other)
    desk.take(life.SIGN, document, by=REVIEWER)
    seq = desk.verify().head[0]
    desk.now += MINUTE
    loosened(desk, Duty.REVIEWER_IS_NOT_SIGNATORY, on=False)
    loosened(desk, Duty.DRAFTER_IS_NOT_SIGNATORY, on=False)

    said = [each.text for each in desk.verify().advices if each.code == "rules-briefly-loosened"]
    assert len(said) == 1
    assert said[0].startswith("规则“核稿人不得签发”有1次放宽后3天以内又恢复")
    assert f"至{seq + 1}条" in said[0]
    assert "其间靠放宽办理了1件公文：澄联审办函〔2026〕2号；请核对放宽的原因" in said[0]


@pytest.mark.parametrize(("who", "after"), [(REVIEWER, BRIEF + MINUTE), (SIGNATORY, MINUTE)])
def test_a_rule_loosened_for_long_or_for_nothing_is_not_mentioned(
    desk_on_sqlite: Desk, who: str, after: timedelta
) -> None:
    desk = desk_on_sqlite
    document = desk.draft("3")[0].id
    desk.take(life.REVIEW, document, by=REVIEWER)
    loosened(desk, Duty.REVIEWER_IS_NOT_SIGNATORY, on=True)
    desk.take(life.SIGN, document, by=who)
    desk.now += after
    loosened(desk, Duty.REVIEWER_IS_NOT_SIGNATORY, on=False)

    assert "rules-briefly-loosened" not in listed(desk)
