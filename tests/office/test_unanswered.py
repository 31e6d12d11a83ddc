"""Documents that asked for an answer in vain turn up in `docgen status` until an answer is recorded."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from scans import SCAN

from tests.conftest import set_row


@pytest.fixture
def office(workspace: Path, docgen) -> Path:
    """An office that signed a notice, a task slip for a decision, and a supervision notice on 16 March."""
    for words in (
        ("notice", "--project", "3", "--unit", "县水利局"),
        ("slip", "--item", "会2026-02-1"),
        ("supervise", "--project", "8"),
    ):
        assert docgen(*words).code == 0
    for by, step in (("方知远", "review"), ("万里舟", "sign")):
        ran = docgen("--date", "2026-03-16", "--by", by, "doc", step, "--all")
        assert ran.code == 0, ran.err
    return workspace


def waiting(docgen: Callable[..., Any], day: str, *more: str) -> dict[str, tuple[str, int]]:
    """Return what is unanswered on a day: by kind, since when and for how many working days."""
    found = json.loads(docgen("--json", "--date", day, "status", *more).out)["unanswered"]
    return {each["kind"]: (each["asked_by"], each["late"]) for each in found}


def test_a_document_turns_up_the_day_after_its_day_of_reply(office: Path, docgen) -> None:
    assert office.is_dir()
    assert waiting(docgen, "2026-03-19") == {}
    assert waiting(docgen, "2026-03-20") == {
        "告知函": ("2026-03-19", 1),
        "挂牌督办通知书": ("2026-03-19", 1),
    }
    assert waiting(docgen, "2026-03-25")["任务交办单"] == ("2026-03-23", 2)
    assert set(waiting(docgen, "2026-03-25", "--unit", "县水利局")) == {
        "告知函",
        "挂牌督办通知书",
        "任务交办单",
    }
    assert waiting(docgen, "2026-03-25", "--unit", "县住建局") == {}
    said = docgen("--date", "2026-03-25", "status").out
    assert "逾期未答复的公文3件：" in said
    assert "2026-03-23  超2个工作日  任务交办单" in said


def test_a_reply_that_is_attached_closes_what_was_asked(office: Path, docgen) -> None:
    reply = office / "反馈.txt"
    reply.write_text("已办", "utf-8")
    sealed = office / "盖章件.pdf"
    sealed.write_bytes(SCAN)
    ids = {
        each["kind"]: str(each["id"]) for each in json.loads(docgen("--json", "doc", "list").out)["documents"]
    }
    scan = docgen(
        "--date",
        "2026-03-20",
        "--by",
        "陶映雪",
        "doc",
        "attach",
        ids["任务交办单"],
        sealed,
        "--role",
        "扫描件",
    )
    assert scan.code == 0, scan.err
    assert "任务交办单" in waiting(docgen, "2026-03-25")  # a scan of the slip itself is no reply
    ran = docgen(
        "--date", "2026-03-20", "--by", "陶映雪", "doc", "attach", ids["任务交办单"], reply, "--role", "复函"
    )
    assert ran.code == 0, ran.err
    assert set(waiting(docgen, "2026-03-25")) == {"告知函", "挂牌督办通知书"}


def test_what_is_done_and_what_the_ledger_of_supervision_has_a_reply_to_are_not_asked_for(
    office: Path, docgen
) -> None:
    meetings = office / "data" / "会议.xlsx"
    where = {"会议": "会2026-02", "序号": 1}
    set_row(meetings, "议定事项", where, "状态", "已落实")
    set_row(meetings, "议定事项", where, "落实日期", date(2026, 3, 24))
    assert set(waiting(docgen, "2026-03-25")) == {"告知函", "挂牌督办通知书"}
    book, row = office / "data" / "督办.xlsx", {"编号": "督办〔2026〕010号"}
    for header, value in (("项目", 8), ("审批事项", "水土保持方案"), ("问题", None), ("督办方式", "挂牌督办"),
                          ("承办单位", "县水利局"), ("下发日期", date(2026, 3, 16)), ("答复日期", date(2026, 3, 18)),
                          ("答复期限", date(2026, 3, 19))):  # fmt: skip
        set_row(book, "督办", row, header, value)
    assert set(waiting(docgen, "2026-03-25")) == {"告知函"}


def test_a_bulletin_asks_nobody_for_an_answer(workspace: Path, docgen) -> None:
    """A bulletin names a day for feedback and goes to all units; that none of them writes back is nothing owed."""
    for by, words in (
        ("陶映雪", ("bulletin", "--period", "2026-03上旬")),
        ("方知远", ("doc", "review", "--all")),
        ("万里舟", ("doc", "sign", "--all")),
    ):
        ran = docgen("--date", "2026-03-16", "--by", by, *words)
        assert ran.code == 0, ran.err
    (signed,) = json.loads(docgen("--json", "doc", "list").out)["documents"]
    assert (signed["kind"], signed["number"] is not None) == ("工作通报", True)
    assert waiting(docgen, "2026-05-06") == {}
