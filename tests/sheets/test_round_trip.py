"""What docgen writes into sheets it reads again, unchanged."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.fields import Record, fields_of
from docgen.model.mechanism import DeadlineRule, Holiday, Mechanism
from docgen.model.meeting import Decision
from docgen.model.project import Project
from docgen.model.rank_rule import RankedBy, RankRule, RateBasis
from docgen.model.records import Records
from docgen.model.schema import BUILT_IN
from docgen.model.spans import MonthDay
from docgen.model.values import Half, Level, Nature, StartingPoint
from docgen.sheets.reading.reader import read_folder
from docgen.sheets.writing.arrangement import BOOKS
from docgen.sheets.writing.blank import raw_value, workbook_bytes
from docgen.sheets.writing.books import offered_by

SAMPLE = Path(__file__).parent.parent.parent / "data"
LETTERS = "县水利局项目一期〇喆𫖯王Aa9-—、，。：；“”‘’（）〔〕《》&<>'\"/\\|+*%·№①Ⅱ㎡"
texts = st.text(LETTERS, min_size=1, max_size=60).filter(lambda text: text[0] not in "=@+-")


@cache
def sample() -> Records:
    records = read_folder(SAMPLE, "data").records
    assert records is not None
    return records


def raw_of(record: Record) -> dict[str, Any]:
    """Return a record as its sheet would hold it, by field name."""
    return {spec.name: raw_value(getattr(record, spec.name), spec) for spec in fields_of(type(record))}


def written(folder: Path, records: Records) -> Records:
    for book, kinds in BOOKS.items():
        sheets = [(kind, map(raw_of, records.of(kind))) for kind in kinds]
        (folder / f"{book}.xlsx").write_bytes(workbook_bytes(sheets, offered_by(records)))
    reading = read_folder(folder, "data")
    assert reading.faults == ()
    assert reading.records is not None
    return reading.records


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Records:
    return written(tmp_path_factory.mktemp("data"), sample())


@pytest.mark.parametrize("record", BUILT_IN.types, ids=lambda each: each.__name__)
def test_every_record_reads_back_as_it_was(again: Records, record: type[Record]) -> None:
    assert again.of(record) == sample().of(record)


def test_what_the_sample_leaves_blank_reads_back_too(tmp_path: Path) -> None:
    mechanism = sample().mechanism.model_copy(
        update={"level_words": ("旗县级", "盟市级", "自治区级", "国家级")}
    )
    rules = (
        DeadlineRule(half=Half.ANY, start=StartingPoint.ACCEPTED, working_days=5),
        DeadlineRule(half=Half.FIRST, level=Level.CITY, day=MonthDay(2, 31)),
        DeadlineRule(half=Half.SECOND, level=Level.CITY, day=MonthDay(4, 31)),
    )
    holidays = (
        Holiday(day=date(2027, 2, 11), working=False),
        Holiday(day=date(2027, 2, 20), working=True, remark="调休"),
    )
    ranks = (
        RankRule(ranked=RankedBy.DISTRICT, basis=RateBasis.PROJECT, target=Decimal(70), last=3),
        RankRule(
            ranked=RankedBy.APPROVING,
            basis=RateBasis.APPROVAL,
            nature=Nature.NEW,
            level=Level.CITY,
            remark="新建项目单排",
        ),
    )
    changed = {Mechanism: (mechanism,), DeadlineRule: rules, Holiday: holidays, RankRule: ranks}
    back = written(tmp_path, Records({**sample().tables, **changed}))
    assert (back.mechanism, back.of(DeadlineRule), back.of(Holiday)) == (mechanism, rules, holidays)
    assert back.of(RankRule) == ranks


def test_between_them_the_samples_give_every_field_a_value() -> None:
    never = {
        f"{record.__name__}.{spec.name}"
        for record in BUILT_IN.types
        for spec in fields_of(record)
        if all(getattr(each, spec.name) in (None, ()) for each in sample().of(record))
    }
    assert never == {
        "Approval.checked",
        "Mechanism.level_words",
        "Mechanism.own_heads",
        "Mechanism.own_roles",
        "Member.login",
        "DeadlineRule.year",
        "DeadlineRule.working_days",
        "Holiday.day",
        "Holiday.working",
        "Holiday.remark",
        "RankRule.level",
        "RankRule.nature",
        "RankRule.praised",
        "RuleEvent.by_item",
    }


@settings(max_examples=4, deadline=None)
@given(st.lists(texts, min_size=20, max_size=60))
def test_any_text_reads_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, remarks: list[str]) -> None:
    project = sample().of(Project)[0]
    changed = [
        project.model_copy(update={"number": n, "name": f"{n}号项目", "code": None, "remark": text})
        for n, text in enumerate(remarks, 1)
    ]
    tables = {
        each: rows
        for each, rows in sample().tables.items()
        if not any(spec.type in (Project, Bottleneck, Decision) for spec in fields_of(each))
    }
    records = Records({**tables, Project: tuple(changed), Approval: sample().approvals_of(project)[:1]})
    back = written(tmp_path_factory.mktemp("data"), records).of(Project)
    assert [each.remark for each in back] == [each if each not in BLANK else None for each in remarks]


BLANK = ("/", "\\", "—", "——")


def test_a_text_that_begins_like_a_formula_stays_text(tmp_path: Path) -> None:
    raw = {**raw_of(sample().of(Project)[0]), "remark": "=1+1"}
    (tmp_path / "项目.xlsx").write_bytes(workbook_bytes([(Project, [raw])], {}))
    faults = [str(each) for each in read_folder(tmp_path, "data").faults]
    assert any("写的是“=1+1”，要填文字，不能以“=”“@”开头" in each for each in faults)
    assert not any("是公式" in each for each in faults)
