"""What is owed of bottlenecks, decisions, supervised matters and returns, and what documents may say of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from docgen.documents.facts import Facts
from docgen.documents.labels.fields import fields_of
from docgen.model.approval import Approval
from docgen.model.fields import Record
from docgen.model.records import Records
from docgen.model.returned import Return
from docgen.model.supervision import Supervision
from docgen.model.values import ApprovalState
from docgen.rules.matters import MatterKind, matters_of, reply_owed, term_of

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 3, 16)


def said(record: Record, label: str, records: Records, today: date = TODAY) -> object:
    return fields_of(type(record), records)[label].value(record, Facts(records, today))


def test_every_open_matter_is_listed_once_and_none_that_is_over(records: Records) -> None:
    facts = Facts(records, TODAY)
    found = matters_of(records, TODAY, facts.calendar)
    for kind, sheet in (
        (MatterKind.BOTTLENECK, "问题"),
        (MatterKind.DECISION, "议定事项"),
        (MatterKind.RETURN, "报送"),
    ):
        owed = [each for each in records.named(sheet) if term_of(each)[0]]
        assert [each.record for each in found if each.kind is kind] == owed
        assert 0 < len(owed) < len(records.named(sheet))


def test_the_light_of_a_matter_says_what_its_days_say(records: Records) -> None:
    for sheet in ("问题", "议定事项", "督办", "报送"):
        for each in records.named(sheet):
            light, late, left = (said(each, label, records) for label in ("亮灯", "超期工作日", "剩余工作日"))
            owed, day = term_of(each)
            assert (light == "不再办理") is not owed
            assert (light == "红灯") is (late is not None) is (owed and day is not None and day < TODAY)
            assert left is None or late is None


def test_an_extension_moves_the_day_and_an_answer_ends_the_wait_for_it(records: Records) -> None:
    extended = [each for each in records.of(Supervision) if each.extended_to]
    assert extended
    assert all(said(each, "到期日", records) == each.extended_to for each in extended)
    waiting = [each for each in records.of(Supervision) if said(each, "逾期未答复", records)]
    assert waiting
    assert all(each.replied is None and each.reply_by and each.reply_by < TODAY for each in waiting)


def test_a_matter_that_is_done_meanwhile_waits_for_no_reply(records: Records) -> None:
    """What a supervised approval was put under supervision for is over; nobody is urged to say when he will do it."""
    waiting = next(each for each in records.of(Supervision) if said(each, "逾期未答复", records))
    for state, waits in ((ApprovalState.NOT_SUBMITTED, True), (ApprovalState.DONE, False)):
        approval = next(each for each in records.of(Approval) if each.state is state)
        about = {"project": approval.project, "item": approval.item, "bottleneck": None, "decision": None}
        supervised = waiting.model_copy(update=about)
        assert said(supervised, "逾期未答复", records) is waits
        assert reply_owed(supervised, records) is waits


def test_a_return_is_late_or_missing_by_its_two_days(records: Records) -> None:
    late = [each for each in records.of(Return) if said(each, "是否迟报", records)]
    missing = [each for each in records.of(Return) if said(each, "逾期未报", records)]
    assert late
    assert missing
    assert all(each.returned and each.returned > each.due for each in late)
    assert all(each.returned is None for each in missing)
    assert not any(said(each, "逾期未报", records, date(2026, 1, 1)) for each in missing)
