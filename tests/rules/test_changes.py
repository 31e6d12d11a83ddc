"""Changes between two states agree with a plain comparison by code and name, whatever changed."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from docgen.model.approval import Approval
from docgen.model.item import Item
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.values import ApprovalState, ListStage
from docgen.rules.changes import changes_between

ITEMS = [Item.model_construct(name=name, order=place) for place, name in enumerate(("节能审查", "取水许可"))]
CODES = ("2601-990124-04-01-000001", "2601-990124-04-01-000002")
PROJECTS = st.lists(
    st.tuples(
        st.sampled_from(("甲项目", "乙项目", "丙项目")),
        st.sampled_from((None, *CODES)),
        st.sampled_from((ListStage.FINAL, ListStage.FINAL, ListStage.REMOVED)),
        st.sampled_from((1, 2)),
        st.tuples(st.sampled_from(list(ApprovalState)), st.sampled_from(list(ApprovalState))),
    ),
    max_size=3,
    unique_by=(lambda each: each[0], lambda each: each[1] or each[0]),
)


def records(rows: list[Any]) -> Records:
    projects, approvals = [], []
    for number, (name, code, stage, money, states) in enumerate(rows, start=1):
        project = Project.model_construct(
            number=number, name=name, code=code, stage=stage, total_investment=money, year_investment=None,
            planned_start=None, lead_units=(),
        )  # fmt: skip
        projects.append(project)
        approvals += [
            Approval.model_construct(project=project, item=item, state=state)
            for item, state in zip(ITEMS, states, strict=True)
        ]
    return Records({Project: tuple(projects), Approval: tuple(approvals)})


def same(one: Any, other: Any) -> bool:
    """Whether two rows are one project: by code where both have one, else by name."""
    return bool(one[1] == other[1] if one[1] and other[1] else one[0] == other[0])


@given(PROJECTS, PROJECTS)
def test_what_came_went_and_moved_is_what_a_plain_comparison_finds(before: list[Any], now: list[Any]) -> None:
    found = changes_between(records(before), records(now))
    earlier, later = ([each for each in rows if each[2] is ListStage.FINAL] for rows in (before, now))
    pairs = [(each, next((one for one in earlier if one[1] and one[1] == each[1]), None)) for each in later]
    pairs = [(each, was or next((one for one in earlier if same(each, one)), None)) for each, was in pairs]
    assert [each.name for each in found.came] == [each[0] for each, was in pairs if was is None]
    assert [each.name for each in found.went] == [
        one[0] for one in earlier if not any(same(one, each) for each in later)
    ]
    moved = [
        (each[0], item.name, was and was[4][place], each[4][place])
        for each, was in pairs
        for place, item in enumerate(ITEMS)
        if not was or was[4][place] is not each[4][place]
    ]
    told = [
        (each.approval.project.name, each.approval.item.name, each.before, each.approval.state)
        for each in found.moved
    ]
    assert told == moved
    assert len(found.done) == sum(state is ApprovalState.DONE for *_, state in moved)
    assert len(found.reopened) == sum(was is ApprovalState.DONE for _, _, was, _ in moved)


@given(PROJECTS)
def test_nothing_changed_between_a_state_and_itself(rows: list[Any]) -> None:
    found = changes_between(records(rows), records(rows))
    assert (found.came, found.went, found.figures, found.moved) == ((), (), (), ())


def test_a_figure_that_is_another_is_told_with_both() -> None:
    before = records([("甲项目", CODES[0], ListStage.FINAL, 1, (ApprovalState.DONE, ApprovalState.DONE))])
    now = records(
        [("甲项目（一期）", CODES[0], ListStage.FINAL, 2, (ApprovalState.DONE, ApprovalState.DONE))]
    )
    found = changes_between(before, now)
    assert {(each.field, each.before, each.now) for each in found.figures} == {
        ("total_investment", 1, 2),
        ("name", "甲项目", "甲项目（一期）"),
    }
    assert (found.came, found.went) == ((), ())
