"""What an office may well fill in wrongly, met when documents are drafted: each is said, none breaks the command."""

from __future__ import annotations

from datetime import date

import pytest
from sample import sample

from docgen.documents.declared.again import is_covered
from docgen.documents.declared.catalogue import bound
from docgen.documents.declared.reading import read
from docgen.documents.facts import Facts
from docgen.documents.faults import DaysOutOfReach
from docgen.documents.frame.drafting import drafts
from docgen.documents.frame.drafts import Asked, Drafting
from docgen.errors import DocgenError
from docgen.model.project import Project
from docgen.model.schema import BUILT_IN
from docgen.rules.workdays import WorkCalendar

DECLARED = """
title = "会议纪要"
form = "信函"
heading = "关于{{ 份数 }}个项目的函"
[[made_for]]
source = "项目"
"""


def drafted(text: str) -> Drafting:
    """Return what a kind of an office's own drafts from the sample's sheets."""
    kind = bound(read(DECLARED + text, "请办理。", "kinds/会议纪要.toml", own=True), BUILT_IN, sample())
    return drafts(kind, Facts(sample(), date(2026, 3, 16)), Asked(everything=True))


def test_a_thing_without_what_its_documents_are_grouped_by_is_said_and_the_others_are_drafted() -> None:
    found = drafted('[[ways]]\nname = "按单位"\neach = ["牵头单位"]\n')
    lacking = [each for each in sample().of(Project) if each.lead_unit is None]
    assert [each.code for each in found.faults] == ["group-empty"] * len(lacking)
    assert f"第{lacking[0].number}号" in str(found.faults[0])
    assert "没有填牵头单位" in str(found.faults[0])
    assert found.drafts


@pytest.mark.parametrize("days", [1000, 999999, 0, -5])
def test_an_interval_of_any_length_tells_whether_a_document_still_covers(days: int) -> None:
    covered = is_covered(f"{days}个工作日", date(2026, 3, 2), date(2026, 3, 16), WorkCalendar())
    assert covered is (days > 10)


def test_a_date_counted_beyond_reason_is_a_fault_and_not_a_long_wait() -> None:
    text = '[[dates]]\nname = "期限"\nworking_days = "天数"\n[[settings]]\nname = "天数"\ndefault = 999999\n'
    (draft, *_) = drafted(text).drafts
    with pytest.raises(DocgenError) as refused:
        draft.compute(date(2026, 3, 16), {"期限": {}})
    assert isinstance(refused.value, DaysOutOfReach)
