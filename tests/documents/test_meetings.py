"""会议通知 and 会议纪要 from the sample: every fact of a meeting and of its decisions is in its document."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from docgen.cli.main import run
from docgen.model.meeting import Decision, Meeting
from docgen.model.records import Records
from docgen.model.values import MeetingKind, MeetingState
from docgen.sheets.reading.reader import read_folder
from docgen.standard.wording.text import official_date


@pytest.fixture
def records(workspace: Path) -> Records:
    reading = read_folder(workspace / "data", "data")
    assert reading.records is not None
    return reading.records


def drafted(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run(["--json", "--date", "2026-03-16", "--by", "陶映雪", *arguments]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["documents"]
    return found


def words_of(path: str) -> str:
    document = docx.Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_minutes_say_every_decision_with_unit_and_day_grouped_by_topic(
    records: Records, capsys: pytest.CaptureFixture[str]
) -> None:
    held = [
        each
        for each in records.of(Meeting)
        if each.state is MeetingState.HELD and each.kind is not MeetingKind.TALK
    ]
    made = drafted(capsys, "minutes", "--all")
    assert len(made) == len(held) > 3
    for meeting, document in zip(held, made, strict=True):
        words = words_of(document["path"])
        assert meeting.chair is not None
        assert meeting.day is not None
        for said in (
            meeting.chair.name,
            official_date(meeting.day),
            meeting.place,
            meeting.points,
            *meeting.present,
        ):
            assert str(said) in words
        topics: list[str] = []
        for each in records.linking(Decision, "meeting", meeting):
            by = f"，于{official_date(each.deadline)}前完成" if each.deadline else "，长期坚持"
            helping = "、".join(unit.short_name for unit in each.supporting_units)
            with_ = f"，{helping}配合" if helping else ""
            assert f"{each.decided}。由{each.unit.short_name}负责{with_}{by}。" in words
            topics.append(each.topic or "")
        named = [f"关于{each[2:]}" for each in meeting.topics if each in topics]  # 研究, 听取 …
        places = [words.index(each) for each in named]
        assert places == sorted(places)
        assert ("请假：" in words) is bool(meeting.absent)


def test_a_meeting_notice_goes_to_the_units_with_weekday_topics_and_a_form_to_return(
    records: Records, capsys: pytest.CaptureFixture[str]
) -> None:
    (document,) = drafted(capsys, "meeting-notice", "--all")
    (meeting,) = [
        each
        for each in records.of(Meeting)
        if each.state is MeetingState.PLANNED and each.kind is not MeetingKind.TALK
    ]
    words = words_of(document["path"])
    assert "2026年3月20日（星期五）上午9:00" in words
    assert all(topic in words for topic in meeting.topics)
    host = records.mechanism.host_unit
    for unit in meeting.units:
        assert unit.short_name in words
        assert (unit.name in words.partition("：")[0]) is (unit is not host)
    assert "参会回执" in words
    assert "2026年3月18日前" in words


def test_one_meeting_is_chosen_by_its_number_and_lint_finds_no_fault(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert workspace.is_dir()
    (minutes,) = drafted(capsys, "minutes", "--meeting", "会2026-02")
    (notice,) = drafted(capsys, "meeting-notice", "--meeting", "会2026-07")
    for each in (minutes, notice):
        assert run(["lint", each["path"]]) == 0
        assert "错误" not in (said := capsys.readouterr().out)
        assert "警告" not in said


def test_minutes_are_reviewed_and_signed_without_a_seal(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert workspace.is_dir()
    drafted(capsys, "minutes", "--meeting", "会2026-02")
    assert run(["--date", "2026-03-16", "--by", "方知远", "doc", "review", "1"]) == 0
    assert run(["--date", "2026-03-16", "--by", "万里舟", "doc", "sign", "1"]) == 0
    assert run(["--date", "2026-03-16", "--by", "陶映雪", "verify"]) == 0
    assert "澄联审办纪〔2026〕1号" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-03-19", "的反馈截止写的是2026年3月18日，已经过了。请改到会前的日期再起草。"),
        (
            "2026-03-21",
            "定在2026年3月20日召开，已经过了，不再通知。开过的，请把状态改为“已召开”；改期的，请改日期。",
        ),
    ],
)
def test_nobody_is_called_to_a_meeting_that_is_past_nor_asked_to_answer_by_a_day_that_is(
    records: Records, capsys: pytest.CaptureFixture[str], day: str, words: str
) -> None:
    planned = next(
        each for each in records.of(Meeting) if each.state is MeetingState.PLANNED and each.feedback_by
    )
    assert (planned.day, planned.feedback_by) == (date(2026, 3, 20), date(2026, 3, 18))
    for asked in (("--all",), ("--meeting", planned.number)):
        capsys.readouterr()
        assert run(["--date", day, "--by", "陶映雪", "meeting-notice", *asked]) == 1
        said = capsys.readouterr()
        assert words in said.err
        assert "草稿" not in said.out
    assert run(["--date", "2026-03-18", "--by", "陶映雪", "meeting-notice", "--all"]) == 0
