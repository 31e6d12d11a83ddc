"""What is odd about days and times: said when a step is taken, listed when the record is verified."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from desks import DAY, NOW, Desk

from docgen.office import desk as office_desk
from docgen.office.desk import People
from docgen.office.life.numbers import reserve
from docgen.register import life
from docgen.register.dates import ranges


@pytest.fixture
def desk(desk_on_sqlite: Desk) -> Desk:
    """An office whose register is a file: what is odd about days does not depend on the database."""
    return desk_on_sqlite


def listed(desk: Desk) -> dict[str, str]:
    """Return what verifying advises, by code."""
    verified = desk.verify()
    assert verified.faults == ()
    return {each.code: each.text for each in verified.advices}


@pytest.fixture
def signed(desk: Desk) -> tuple[Desk, int]:
    """A desk where one notice is signed."""
    document = desk.draft("3")[0].id
    desk.grant(end=date(2026, 6, 30))
    desk.take(life.REVIEW, document)
    desk.take(life.SIGN, document)
    return desk, document


def test_steps_recorded_in_time_are_not_mentioned(signed: tuple[Desk, int]) -> None:
    desk, _ = signed

    assert listed(desk) == {}


def test_a_step_recorded_long_after_its_day_is_said_and_listed(desk: Desk) -> None:
    document = desk.draft("3")[0].id
    desk.now = NOW + timedelta(days=24)
    assert desk.take(life.REVIEW, document).advices == ()
    desk.now = NOW + timedelta(days=200)

    advices = desk.take(life.SIGN, document).advices

    (said,) = (each for each in advices if each.code == "day-far")
    assert f"办理日期 {DAY} 比今天（2026-10-06）早204天" in said.text
    seq = desk.verify().head[0]
    assert f"有2条登记的办理日期与登记时间相差30天以上：第{seq - 1}至{seq}条" in listed(desk)["dates-far"]


def test_sealing_under_a_mandate_that_ran_out_by_an_earlier_date_is_said_and_listed(
    signed: tuple[Desk, int],
) -> None:
    desk, document = signed
    desk.day, desk.now = date(2026, 6, 30), NOW.replace(month=7, day=1)
    said = desk.take(life.REQUEST, document).advices
    assert [each.code for each in said] == ["mandate-over"]
    desk.now = NOW.replace(month=11, day=30)
    for step in (life.APPROVE, life.APPLY):
        said = desk.take(step, document).advices
        assert [each.code for each in said] == ["day-far", "mandate-over"]
        assert "第1号代章授权已于 2026-06-30 到期，这一步按 2026-06-30 登记" in said[-1].text

    seq = desk.verify().head[0]
    assert f"用印：第{seq - 2}至{seq}条" in listed(desk)["dates-mandate-over"]


def test_numbers_that_do_not_rise_with_their_dates_are_listed(desk: Desk) -> None:
    ids = [each.id for each in desk.draft("3")[:3]]
    desk.take(life.REVIEW, ids)
    reserve(desk.office(), "告知函", 3, "集中签发")
    for document, day in zip(ids, (DAY, date(2026, 3, 18), date(2026, 3, 17)), strict=True):
        desk.take(life.SIGN, document, day=day, reserved=True)

    assert listed(desk)["numbers-dates"] == "成文日期早于前面的号：澄联审办函〔2026〕3号，请核对"


def test_times_that_run_backwards_are_listed_unless_clocks_only_differ_by_minutes(
    signed: tuple[Desk, int],
) -> None:
    desk, document = signed
    desk.now = NOW - timedelta(minutes=4)
    desk.take(life.REQUEST, document)
    assert "times-backwards" not in listed(desk)
    desk.now = NOW - timedelta(days=2)
    desk.take(life.APPROVE, document)

    assert f"第{desk.verify().head[0]}条的登记时间早于前面的条目" in listed(desk)["times-backwards"]


def test_entries_are_listed_as_people_write_them() -> None:
    assert ranges([3, 5, 6, 7, 12]) == "3、5至7、12"
    assert ranges([]) == ""


def test_a_clock_that_is_behind_the_record_is_told_before_more_is_recorded(signed: tuple[Desk, int]) -> None:
    """A year too early would begin another series of numbers; minutes are a difference between computers."""
    desk, _ = signed

    def told(now: datetime) -> list[str]:
        said: list[Any] = []
        with office_desk.Desk.at(
            desk.workspace, People("陶映雪", "clerk"), desk.day, lambda: now, said.append
        ).register.writing():
            pass
        return [each.text for each in said]

    assert told(NOW - timedelta(minutes=4)) == told(NOW) == []
    (words,) = told(NOW.replace(year=2025))
    assert (
        f"时钟是 {NOW.replace(year=2025):%Y-%m-%d %H:%M}，早于最近一次登记的时间（{NOW:%Y-%m-%d %H:%M}）"
        in words
    )
