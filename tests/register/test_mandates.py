"""Under which mandate the seal is used, and for how many copies: granted, ended, missing, used up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from desks import DAY, SIGNATORY, Desk, fault_of, faults_of, ready_to_request, refused

from docgen.errors import NOT_ALLOWED, DocgenError
from docgen.office.life import mandates
from docgen.register import life
from docgen.register.life import State, Step

OTHER_UNIT = "澄湖县自然资源局"


@pytest.fixture
def desk(desk_on_sqlite: Desk) -> Desk:
    """An office whose register is a file: under which mandate the seal is used does not depend on the database."""
    return desk_on_sqlite


def end_mandate(desk: Desk, number: int = 1, day: date = DAY) -> None:
    mandates.end(desk.office(SIGNATORY, day), str(number), "设立文件已修订")


def test_without_a_mandate_there_is_no_seal(desk: Desk) -> None:
    document = ready_to_request(desk)

    assert refused(desk, life.REQUEST, document) == ("mandate-missing",)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"kinds": ("会议纪要", "通报")}, "不涵盖"),
        ({"start": DAY + timedelta(days=1)}, "期限"),
        ({"end": DAY - timedelta(days=1)}, "期限"),
        ({"stamping_unit": OTHER_UNIT}, OTHER_UNIT),
    ],
)
def test_a_mandate_that_does_not_fit_does_not_serve(desk: Desk, terms: dict[str, Any], words: str) -> None:
    document = ready_to_request(desk)
    desk.grant(**terms)

    with pytest.raises(DocgenError) as fault:
        desk.take(life.REQUEST, document)
    assert faults_of(fault.value) == ("mandate-missing",)
    assert words in str(fault.value)
    assert fault_of(fault.value).exit_code == NOT_ALLOWED


@pytest.mark.parametrize(
    "terms", [{"kinds": ("告知函",)}, {"start": DAY, "end": DAY}, {"kinds": ("通报", "告知函")}, {}]
)
def test_a_mandate_that_fits_serves_on_its_first_and_last_day(desk: Desk, terms: dict[str, Any]) -> None:
    document = ready_to_request(desk)
    mandate = desk.grant(**terms)
    desk.take(life.REQUEST, document)

    assert desk.document(document).mandate == mandate.id


@pytest.mark.parametrize("steps", [(), (life.APPROVE,)], ids=["before approval", "before the seal"])
def test_a_mandate_ended_on_the_way_stops_the_seal_even_on_its_last_day(
    requested: tuple[Desk, int], steps: Sequence[Step]
) -> None:
    desk, document = requested
    for each in steps:
        desk.take(each, document)
    end_mandate(desk)
    following = life.APPLY if steps else life.APPROVE

    assert refused(desk, following, document) == ("mandate-missing",)
    desk.grant(title="另一份授权文件")
    assert refused(desk, following, document) == ("mandate-missing",)  # asked for under the one that ended
    desk.take(life.REFUSE, document)
    desk.take(life.REQUEST, document)
    assert desk.document(document).mandate == 2
    assert desk.verify().faults == ()


def test_a_step_is_not_dated_back_into_a_mandate_that_was_ended(desk: Desk) -> None:
    document = ready_to_request(desk)
    desk.grant()
    end_mandate(desk, day=DAY + timedelta(days=2))

    for day in (DAY, DAY + timedelta(days=2), DAY + timedelta(days=3)):
        assert refused(desk, life.REQUEST, document, day=day) == ("mandate-missing",)


def test_a_mandate_is_ended_once_with_a_reason(desk: Desk) -> None:
    desk.grant(start=DAY)
    office = desk.office(SIGNATORY)
    with pytest.raises(DocgenError) as fault:
        mandates.end(office, "1", "")
    assert faults_of(fault.value) == ("reason-missing",)
    end_mandate(desk)
    with pytest.raises(DocgenError) as fault:
        mandates.end(office, "1", "再次撤销")
    assert faults_of(fault.value) == ("mandate-ended",)


@pytest.mark.parametrize(
    ("start", "end", "last"),
    [
        (DAY + timedelta(days=9), None, DAY),
        (DAY + timedelta(days=9), DAY + timedelta(days=20), DAY),
        (DAY - timedelta(days=20), DAY + timedelta(days=20), DAY),
        (DAY - timedelta(days=20), DAY - timedelta(days=9), DAY - timedelta(days=9)),
    ],
    ids=["not begun", "not begun, with an end", "running", "run out"],
)
def test_a_mandate_is_ended_at_any_time_and_never_lengthened(
    desk: Desk, start: date, end: date | None, last: date
) -> None:
    document = ready_to_request(desk)
    office = desk.office(SIGNATORY)
    mandates.grant(office, replace(mandates.proposed_terms(office), start=start, end=end), "试行")
    end_mandate(desk)

    (ended,) = mandates.mandates(office)
    assert (ended.start, ended.end, ended.ended_by) == (start, last, SIGNATORY)
    assert ended.remark == "试行；终止：设立文件已修订"
    for day in (DAY, DAY + timedelta(days=4)):
        assert refused(desk, life.REQUEST, document, day=day) == ("mandate-missing",)
    assert desk.verify().faults == ()


def test_the_same_mandate_is_not_granted_twice_while_it_runs(desk: Desk) -> None:
    desk.grant(kinds=("告知函",))
    before = desk.entries()
    with pytest.raises(DocgenError) as fault:
        desk.grant(kinds=("告知函",), stamping_unit="县发改委")
    assert faults_of(fault.value) == ("mandate-unsound",)
    assert "与第1号授权完全相同" in str(fault.value)
    assert desk.entries() == before

    assert desk.grant(kinds=("告知函", "通报")).id == 2
    end_mandate(desk)
    assert desk.grant(kinds=("告知函",)).id == 3


def test_the_stamping_unit_is_one_of_the_sheet_and_kept_with_its_full_name(desk_on_sqlite: Desk) -> None:
    desk = desk_on_sqlite

    assert desk.grant(stamping_unit="县自然资源局").stamping_unit == OTHER_UNIT
    with pytest.raises(DocgenError) as fault:
        desk.grant(stamping_unit="澄湖县重大项目联审联批工作机制办公室")
    assert faults_of(fault.value) == ("name-unknown",)
    assert len(mandates.mandates(desk.office())) == 1


@pytest.mark.parametrize(
    "terms",
    [
        {"title": " "},
        {"number": ""},
        {"clause": ""},
        {"principal": ""},
        {"stamping_unit": ""},
        {"principal": "澄湖县发展和改革委员会"},
        {"end": date(2025, 1, 1)},
    ],
)
def test_a_mandate_names_its_ground_and_both_sides(desk_on_sqlite: Desk, terms: dict[str, Any]) -> None:
    office = desk_on_sqlite.office(SIGNATORY)
    with pytest.raises(DocgenError) as fault:
        mandates.grant(office, replace(mandates.proposed_terms(office), **terms))

    assert faults_of(fault.value) == ("mandate-unsound",)
    assert mandates.mandates(office) == []


@pytest.mark.parametrize("copies", [0, -3])
def test_copies_are_asked_for_by_their_number(desk: Desk, copies: int) -> None:
    document = ready_to_request(desk)
    desk.grant()

    assert refused(desk, life.REQUEST, document, copies=copies) == ("copies-missing",)


def test_no_more_copies_are_sealed_than_approved_and_issued_than_sealed(requested: tuple[Desk, int]) -> None:
    desk, document = requested
    desk.take(life.APPROVE, document)
    assert refused(desk, life.APPLY, document, copies=4) == ("copies-wrong",)
    assert refused(desk, life.APPLY, document, copies=0) == ("copies-missing",)
    desk.take(life.APPLY, document, copies=2)
    assert refused(desk, life.ISSUE, document, copies=3) == ("copies-wrong",)
    desk.take(life.ISSUE, document, copies=2)

    found = desk.document(document)
    assert (found.copies_asked, found.copies_sealed, found.copies_issued, found.seal_serial) == (3, 2, 2, 1)


def test_the_rest_of_the_copies_is_sealed_later_under_the_same_number_of_the_seal_register(
    requested: tuple[Desk, int],
) -> None:
    desk, document = requested
    later = DAY + timedelta(days=2)
    desk.take(life.APPROVE, document)
    desk.take(life.APPLY, document, copies=1)
    assert desk.take(life.APPLY).taken == ()  # --all is for those never sealed
    assert refused(desk, life.APPLY, document, copies=3, day=later) == ("copies-wrong",)
    desk.take(life.APPLY, document, copies=1, day=later)
    desk.take(life.APPLY, document, day=later)

    found = desk.document(document)
    assert (found.state, found.copies_sealed, found.seal_serial) == (State.SEALED, 3, 1)
    assert (found.sealed_on, found.day) == (DAY.isoformat(), later)
    assert [each.deed.remark for each in desk.story(document).entries[-2:]] == ["补盖1份"] * 2
    for copies in (None, 1):
        assert refused(desk, life.APPLY, document, copies=copies, day=later) == ("copies-wrong",)
    desk.take(life.ISSUE, document, copies=3, day=later)
    assert refused(desk, life.APPLY, document, copies=1, day=later) == ("step-wrong-state",)
    assert desk.verify().faults == ()


def test_a_request_says_how_many_copies_and_puts_an_earlier_refusal_behind_it(
    requested: tuple[Desk, int],
) -> None:
    desk, document = requested
    desk.take(life.REFUSE, document, remark="份数不符")
    assert desk.document(document).reason == "份数不符"
    desk.take(life.REQUEST, document, copies=5)

    assert desk.document(document).reason == ""
    assert "5份" in desk.story(document).entries[-1].deed.remark
