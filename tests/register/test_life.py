"""The life of documents: what the table of steps allows leads where it says, and nothing else is possible."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from desks import DRAFTER, USUALLY, WAYS, Desk, fault_of, faults_of
from scans import SCAN

from docgen.errors import NOT_ALLOWED, DocgenError
from docgen.office.drafting.drafter import replace
from docgen.office.life.attachments import attach
from docgen.office.life.orders import Order
from docgen.office.life.steps import take
from docgen.register import life
from docgen.register.life import STEPS, State, Step, allowed_after
from docgen.register.record import FileRole

STANDING = tuple(each for each in State if each is not State.SIGNED)
"""Signing gives the number at once, so that no document stays merely signed."""
ASKED = {each.name: each for each in reversed(STEPS) if not each.automatic or each is life.ARCHIVE}
BY_ORDER = tuple(each for name, each in ASKED.items() if name not in ("拟稿", "替换", "附件"))


def rows_of(step: Step) -> list[Step]:
    return [each for each in STEPS if each.name == step.name]


PAIRS = tuple(itertools.product(STANDING, BY_ORDER))
ALLOWED = tuple((state, step) for state, step in PAIRS if any(state in each.before for each in rows_of(step)))
REFUSED = tuple(each for each in PAIRS if each not in ALLOWED)
SPARE = 6
SOME_COPIES = {life.REQUEST: 9, life.APPLY: 2}
"""Fewer are sealed than asked for, so that the rest can be sealed later."""


def words(value: State | Step) -> str:
    return value.name if isinstance(value, Step) else value.value


@dataclass
class Stock:
    """An office with several documents in every state."""

    desk: Desk
    waiting: dict[State, list[int]] = field(default_factory=dict)

    def one(self, state: State) -> int:
        """Return a document in a state, another one each time."""
        return self.waiting[state].pop()


@pytest.fixture(scope="module")
def stock(shared_desk: Desk) -> Stock:
    desk = shared_desk
    desk.grant()
    ids = iter([each.id for each in desk.draft()])
    made = Stock(desk)
    for state in WAYS:
        made.waiting[state] = list(itertools.islice(ids, SPARE))
    made.waiting[State.REPLACED] = list(itertools.islice(ids, SPARE))
    for number, step in enumerate(
        (life.REVIEW, life.SIGN, life.REQUEST, life.APPROVE, life.APPLY, life.ISSUE)
    ):
        going = [state for state, way in WAYS.items() if len(way) > number and way[number] is step]
        also = [State.REPLACED] if number < 2 else []
        more = {"copies": SOME_COPIES[step]} if step in SOME_COPIES else {}
        desk.take(step, [each for state in (*going, *also) for each in made.waiting[state]], **more)
    for state, step in (
        (State.RETURNED, life.RETURN),
        (State.COUNTERSIGNED, life.COUNTERSIGN),
        (State.ARCHIVED, life.ARCHIVE),
        (State.VOID, life.VOID),
    ):
        desk.take(step, made.waiting[state])
    olds = made.waiting[State.REPLACED]
    replace(desk.office(), [str(each) for each in olds], "原文有误")
    successors = [desk.document(each).replaced_by or 0 for each in olds]
    desk.take(life.REVIEW, successors)
    desk.take(life.SIGN, successors)
    return made


def order_for(step: Step, document: int) -> Order:
    """Return an order that gives everything a step may need, and something new to say where it may be taken again."""
    remark = "按要求办理" if life.Need.REASON in step.needs or step.after in step.before else ""
    return Order(step, (str(document),), remark=remark, copies=2 if life.Need.COPIES in step.needs else None)


def taken_by(step: Step) -> str:
    usual = {each.name: who for each, who in USUALLY.items()}
    return usual.get(step.name, DRAFTER)


@pytest.mark.parametrize(
    ("state", "step"), [each for each in ALLOWED if (each[0], each[1].name) != ("编号", "印发")], ids=words
)
def test_an_allowed_step_leads_where_the_table_says(stock: Stock, state: State, step: Step) -> None:
    document = stock.one(state)
    before = stock.desk.story(document)
    assert before.document.state is state
    (row,) = [each for each in rows_of(step) if state in each.before]

    taken = take(stock.desk.office(taken_by(step)), order_for(step, document)).taken

    expected = State.NUMBERED if row is life.SIGN else row.after or state
    assert [(each.before, each.document.state) for each in taken] == [(state, expected)]
    after = stock.desk.story(document)
    assert after.document.state is expected
    assert after.next_steps == allowed_after(expected)
    assert (step.name in before.next_steps) is not row.automatic
    new = after.entries[len(before.entries) :]
    assert [each.deed.step for each in new] == (["签发", "编号"] if row is life.SIGN else [step.name])
    assert (new[0].deed.actor, new[0].recorder) == (taken_by(step), "clerk")
    assert (new[0].deed.before, new[-1].deed.after) == (state, expected)
    if life.Need.FILE in row.needs:
        assert [each.path for each in new[0].deed.files] == [before.document.path]


@pytest.mark.parametrize(("state", "step"), REFUSED, ids=words)
def test_any_other_step_is_refused_and_changes_nothing(stock: Stock, state: State, step: Step) -> None:
    document = stock.waiting[state][-1]
    before = stock.desk.story(document)

    with pytest.raises(DocgenError) as refused:
        take(stock.desk.office(taken_by(step)), order_for(step, document))

    assert faults_of(refused.value) == ("step-wrong-state",)
    assert fault_of(refused.value).exit_code == NOT_ALLOWED
    assert fault_of(refused.value).values["allowed"] == allowed_after(state)
    assert stock.desk.story(document) == before


@pytest.mark.parametrize("state", STANDING)
def test_a_file_is_attached_and_a_document_replaced_only_in_the_states_of_the_table(
    stock: Stock, state: State, tmp_path: Path
) -> None:
    desk, document = stock.desk, stock.waiting[state][-1]
    scan = tmp_path / "扫描件.pdf"
    scan.write_bytes(SCAN)

    for step, deed in (
        (life.ATTACH, lambda: attach(desk.office(), str(document), [scan], FileRole.SCAN, "")),
        (life.REPLACE, lambda: replace(desk.office(), [str(document)], "原文有误")),
    ):
        before = desk.story(document)
        if state not in step.before:
            with pytest.raises(DocgenError) as refused:
                deed()
            assert "step-wrong-state" in faults_of(refused.value)
            assert desk.story(document) == before
            continue
        deed()
        after = desk.story(document)
        assert (after.document.state, after.entries[-1].deed.step) == (state, step.name)
        assert after.next_steps == allowed_after(state)


def test_nothing_is_attached_to_a_draft_that_was_voided(desk_on_sqlite: Desk, tmp_path: Path) -> None:
    desk, scan = desk_on_sqlite, tmp_path / "扫描件.pdf"
    scan.write_bytes(SCAN)
    document = desk.draft("3")[0].id
    desk.take(life.VOID, document)

    with pytest.raises(DocgenError) as refused:
        attach(desk.office(), str(document), [scan], FileRole.SCAN, "")

    assert faults_of(refused.value) == ("step-wrong-state",)
    assert list(desk.root.rglob("扫描件*")) == []


def test_the_record_of_all_these_steps_holds(stock: Stock) -> None:
    verified = stock.desk.verify()

    assert verified.faults == ()
    assert verified.files > len(STANDING) * SPARE


def test_an_automatic_step_cannot_be_asked_for() -> None:
    automatic = {each.name for each in STEPS if each.automatic}

    assert automatic == {"拟稿", "编号", "归档", "被替换", "归档后补充", "停用附件", "归档后停用", "开放审核"}
    assert not any(automatic & set(allowed_after(state)) for state in State)


@pytest.mark.parametrize("name", ["拟稿", "核稿", "签发", "退回", "不存在的步骤"])
def test_the_table_knows_no_other_ways(name: str) -> None:
    for before, after in itertools.product(State, State):
        known = [each for each in STEPS if each.name == name and before in each.before]
        assert life.may_follow(name, before, after) is any((each.after or before) is after for each in known)
    assert life.may_follow(name, None, State.DRAFTED) is (name == "拟稿")
