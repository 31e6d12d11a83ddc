"""Rankings by the rules of a mechanism agree with a plain reckoning over the sample's approvals."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from docgen.model.approval import Approval
from docgen.model.project import Project
from docgen.model.rank_rule import RankedBy, RankRule, RateBasis
from docgen.model.records import Records
from docgen.model.unit import Unit
from docgen.model.values import ApprovalState, Level, ListStage, Nature
from docgen.rules.assessments import Assessed, assessed, counted_for

ROOT = Path(__file__).parents[2]


def by_rule(records: Records, rule: RankRule) -> Assessed:
    (found,) = assessed(Records({**records.tables, RankRule: (rule,)}))
    return found


def rule(
    ranked: RankedBy, basis: RateBasis, nature: Nature | None = None, last: int = 2, target: int = 70
) -> RankRule:
    return RankRule.model_construct(
        ranked=ranked, basis=basis, nature=nature, last=last, target=Decimal(target)
    )


def counted(records: Records) -> list[Approval]:
    return [
        each
        for each in records.of(Approval)
        if each.project.stage is ListStage.FINAL
        and each.state is not ApprovalState.NOT_NEEDED
        and each.item.counted
    ]


def test_approving_units_rank_by_approval(records: Records) -> None:
    found = by_rule(records, rule(RankedBy.APPROVING, RateBasis.APPROVAL))
    shares: dict[str, list[bool]] = defaultdict(list)
    for each in counted(records):
        if each.unit.level is records.mechanism.level:  # those above are not the office's to rank
            shares[each.unit.name].append(each.state is ApprovalState.DONE)
    assert any(each.unit.level is not records.mechanism.level for each in counted(records))
    assert {each.key: (each.rate.done, each.rate.needed) for each in found.ranking if each.rate.needed} == {
        name: (sum(done), len(done)) for name, done in shares.items()
    }
    rates = sorted(sum(done) / len(done) for done in shares.values())
    foot = {
        name
        for name, done in shares.items()
        if sum(done) / len(done) <= rates[1] and sum(done) / len(done) < 0.7
    }
    assert {each.key for each in found.foot} == foot
    assert foot


def test_lead_units_rank_by_project_and_one_with_all_done_is_done(records: Records) -> None:
    found = by_rule(records, rule(RankedBy.LEAD, RateBasis.PROJECT))
    projects: dict[Project, list[bool]] = {}
    for each in counted(records):
        projects.setdefault(each.project, []).append(each.state is ApprovalState.DONE)
    plain: dict[str, list[bool]] = defaultdict(list)
    for project, done in projects.items():
        if project.lead_unit:
            plain[project.lead_unit.name].append(all(done))
    assert {each.key: (each.rate.done, each.rate.needed) for each in found.ranking if each.rate.needed} == {
        name: (sum(done), len(done)) for name, done in plain.items()
    }


def test_a_rule_for_one_nature_leaves_the_others_out_and_no_last_places_call_nobody(records: Records) -> None:
    everything = by_rule(records, rule(RankedBy.APPROVING, RateBasis.APPROVAL, last=0))
    new = by_rule(records, rule(RankedBy.APPROVING, RateBasis.APPROVAL, Nature.NEW, last=0))
    assert everything.foot == new.foot == ()
    assert (
        0
        < sum(each.rate.needed for each in new.ranking)
        < sum(each.rate.needed for each in everything.ranking)
    )


def test_those_are_praised_that_reached_the_target_and_stand_first_ties_included(records: Records) -> None:
    found = by_rule(records, rule(RankedBy.APPROVING, RateBasis.APPROVAL, target=50))
    asked = RankRule.model_construct(
        ranked=RankedBy.APPROVING,
        basis=RateBasis.APPROVAL,
        nature=None,
        last=None,
        target=Decimal(50),
        praised=3,
    )
    praised = by_rule(records, asked).head
    assert found.head == ()
    assert [each.rank for each in praised] == [1, 2, 3]
    assert all(each.rate.done * 2 >= each.rate.needed for each in praised)
    none = by_rule(records, asked.model_copy(update={"target": Decimal(99)}))
    assert none.head == ()


def test_without_the_sheet_nothing_is_ranked(records: Records) -> None:
    assert assessed(Records({**records.tables, RankRule: ()})) == ()


def test_a_rule_for_one_level_leaves_units_of_other_levels_out(records: Records) -> None:
    """Towns do not rank among departments where the rule says so, and the rule's name tells it."""
    whole, own = rule(RankedBy.APPROVING, RateBasis.APPROVAL), records.mechanism.level
    former = next(each.unit for each in counted(records) if each.unit.level is own)
    town = former.model_copy(update={"level": Level.TOWN})
    approvals = (
        each.model_copy(update={"unit": town}) if each.unit is former else each
        for each in records.of(Approval)
    )
    units = (town if each is former else each for each in records.of(Unit))
    with_town = Records({**records.tables, Unit: tuple(units), Approval: tuple(approvals)})

    def ranked(level: Level) -> set[str]:
        return {each.key for each in by_rule(with_town, whole.model_copy(update={"level": level})).ranking}

    assert ranked(own) == {each.key for each in by_rule(with_town, whole).ranking} - {town.name}
    assert ranked(Level.TOWN) == {town.name}
    assert ranked(Level.CITY) == set()
    only = by_rule(with_town, whole.model_copy(update={"level": own}))
    assert only.name == f"审批单位（{records.mechanism.level_word(own)}，以手续计）"


def test_districts_are_of_no_level() -> None:
    """A rule that ranks districts and names a level is refused with what to do."""
    with pytest.raises(ValueError, match="按所在地区排名的不分层级"):
        RankRule(ranked=RankedBy.DISTRICT, basis=RateBasis.PROJECT, level=Level.COUNTY)


@pytest.mark.parametrize("stored", ["0.85", "0.005", "1"])
def test_a_share_is_no_target_in_percent(stored: str) -> None:
    """As a spreadsheet stores what is typed as 85%; taken for 0.85 %, nobody would ever miss it."""
    with pytest.raises(ValueError, match="百分数，如 85"):
        RankRule(ranked=RankedBy.LEAD, basis=RateBasis.PROJECT, target=Decimal(stored))
    for target in (None, Decimal(0), Decimal(70), Decimal("1.5")):
        assert RankRule(ranked=RankedBy.LEAD, basis=RateBasis.PROJECT, target=target).target == target


def test_whom_a_rule_exempts_keeps_the_place_and_nobody_else_is_called(records: Records) -> None:
    asked = rule(RankedBy.APPROVING, RateBasis.APPROVAL)
    found = by_rule(records, asked)
    first, *others = [each.key for each in found.foot]
    unit = next(each for each in records.of(Unit) if each.name == first)
    for name in (unit.name, unit.short_name):
        spared = by_rule(records, asked.model_copy(update={"exempt": (name,)}))
        assert [each.key for each in spared.foot] == others
        assert [each.key for each in spared.spared] == [first]
        assert spared.ranking == found.ranking


def test_what_counts_for_a_place_is_what_its_rate_counts(records: Records) -> None:
    for ranked_by in RankedBy:
        asked = rule(ranked_by, RateBasis.APPROVAL)
        for each in by_rule(records, asked).ranking:
            found = counted_for(asked, each.key, records)
            assert (sum(one.state is ApprovalState.DONE for one in found), len(found)) == (
                each.rate.done,
                each.rate.needed,
            )


def test_units_with_one_place_stand_in_the_order_of_their_sheet(records: Records) -> None:
    """Who comes first in the sheet of approvals says nothing about a unit."""
    undone = [each.model_copy(update={"state": ApprovalState.ACCEPTED}) for each in records.of(Approval)]
    turned = Records({**records.tables, Approval: tuple(reversed(undone))})
    found = by_rule(turned, rule(RankedBy.APPROVING, RateBasis.APPROVAL))
    order = {each.name: each.order for each in records.of(Unit)}
    places = [order[each.key] for each in found.ranking if each.rank == 1]
    assert len(places) > 3
    assert places == sorted(places)
