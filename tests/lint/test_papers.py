"""The forms and ledgers docgen prints pass the checker, and are taken for what they are."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from docgen.lint.checker import check
from docgen.lint.recognition.layout import Form
from docgen.office.papers.forms import Hand, RoutingForm, SealForm, routing_form, seal_form
from docgen.office.papers.ledgers import (
    ChainHead,
    IssueRow,
    Printing,
    SealRow,
    issue_ledger,
    ledger_bytes,
    seal_ledger,
)

OFFICE = "澄湖县重大项目联审联批工作机制办公室"
SIGNED = Hand("张小三", "2026年3月6日", "综合科", "同意")
PRINTING = Printing(
    OFFICE,
    date(2026, 1, 1),
    date(2026, 12, 31),
    "张小三",
    datetime(2026, 12, 31, tzinfo=UTC),
    ChainHead(12, "a" * 64),
)
ISSUE = IssueRow(
    1, "澄联审办发〔2026〕1号", date(2026, 3, 5), "通知", "关于调整成员单位的通知", "各成员单位", "张小三", "李四",
    "县水务局、县林草局", "王小明", 12, date(2026, 3, 7), "澄湖县发展和改革委员会", date(2026, 3, 6), "印发",
)  # fmt: skip
SEAL = SealRow(
    1, date(2026, 3, 6), "关于调整成员单位的通知", "澄联审办发〔2026〕3号", 12, OFFICE, "澄湖县发展和改革委员会",
    "《澄湖县重大项目联审联批工作机制》（澄政办发〔2025〕18号）第五条", "张小三", "赵六", "钱七", "b" * 64, "",
)  # fmt: skip
PAPERS = {
    "empty routing form": lambda: routing_form(RoutingForm()),
    "routing form": lambda: routing_form(
        RoutingForm(OFFICE, "函-12", "关于调整成员单位的通知", "通知", "各成员单位", "县委办公室", "1.名单",
                    drafter=SIGNED, reviewer=SIGNED, signatory=SIGNED, countersigners=(SIGNED, SIGNED))
    ),
    "empty request for the seal": lambda: seal_form(SealForm()),
    "request for the seal": lambda: seal_form(
        SealForm(OFFICE, "函-12", "关于调整成员单位的通知", "澄联审办发〔2026〕3号", "12", OFFICE,
                 sha256="a" * 64, sm3="b" * 64)
    ),
    "ledger of numbers": lambda: ledger_bytes(issue_ledger([ISSUE] * 40, PRINTING), ".docx"),
    "ledger of seals": lambda: ledger_bytes(seal_ledger([SEAL] * 3, PRINTING), ".docx"),
    "empty ledger": lambda: ledger_bytes(seal_ledger([], PRINTING), ".docx"),
}  # fmt: skip


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_of_the_office_is_a_form_and_has_no_findings(paper: str) -> None:
    report = check(PAPERS[paper](), paper)
    assert report.form is Form.SLIP
    assert [(each.rule.id, each.place, each.message) for each in report.findings] == []
