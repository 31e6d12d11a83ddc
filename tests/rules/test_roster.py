"""The roster of a day: nobody twice, no unit without a person whose person is a head."""

from __future__ import annotations

from datetime import date

from docgen.model.member import Member
from docgen.model.records import Records
from docgen.rules.roster import MEMBER, OFFICE_HEAD, roster_on
from tests.documents.conftest import sample

DAY = date(2026, 3, 16)


def test_a_unit_whose_person_is_a_head_has_no_second_line_among_the_members() -> None:
    """The head of the office, made a deputy head of the mechanism as well, is listed once."""
    head = next(each for each in sample().of(Member) if OFFICE_HEAD in each.roles and each.held_on(DAY))
    members = tuple(
        each.model_copy(update={"roles": tuple(one for one in each.roles if one != MEMBER)})
        if each.unit is head.unit
        else each
        for each in sample().of(Member)
    )
    raised = tuple(
        each.model_copy(update={"roles": (*each.roles, "副总召集人")}) if each.name == head.name else each
        for each in members
    )
    for rows, where in ((members, {MEMBER}), (raised, {"副总召集人"})):
        ranks = roster_on(Records({**sample().tables, Member: rows}), DAY)
        assert {rank.label for rank in ranks for seat in rank.seats if seat.name == head.name} == where
        assert not any(
            seat.unit == head.unit.short_name and not seat.name for rank in ranks for seat in rank.seats
        )
