"""The 催办函: what is due or late, one letter for each unit, again after the days that are set."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from docgen.documents.facts import Facts
from docgen.documents.frame.drafting import drafts
from docgen.documents.frame.drafts import Asked
from docgen.documents.identity import MadeFor
from docgen.documents.issued import Issued, Paper, PaperState
from docgen.documents.labels.views import tree_of
from docgen.model.approval import Approval
from docgen.model.supervision import Supervision
from docgen.model.values import ListStage

TODAY = date(2026, 3, 16)


def things(draft) -> list[tuple[str, ...]]:
    made_for = MadeFor.read(draft.made_for)
    return [tuple(part.keys[-1][1] for part in thing if part.source != "类别") for thing in made_for.things]


def test_a_unit_of_its_level_gets_one_letter_a_grade_with_all_that_is_late_or_comes_due(asking) -> None:
    ask = asking("remind")
    due = [
        each
        for each in ask.records.of(Approval)
        if each.project.stage is ListStage.FINAL
        and each.state.pending
        and (left := ask.facts.standing(each).left) is not None
        and left <= 5
        and each.unit.level is ask.records.mechanism.level
        and each.unit is not ask.records.mechanism.host_unit
    ]
    drafting = ask.all()
    titles = [(each.addressee, each.title.partition("项")[2]) for each in drafting.drafts]
    assert len(set(titles)) == len(titles)
    graded = [each for each in drafting.drafts if "督办事项" not in each.title]
    assert sorted(thing for each in graded for thing in things(each)) == sorted(
        (each.project.name, each.item.name) for each in due
    )


def test_late_and_coming_items_are_counted_apart(asking) -> None:
    ask = asking("remind", None, date(2026, 6, 25))  # 30 June is near
    for draft in ask.all().drafts:
        shown = ask.show(draft, "超期数", "临期数", "各项[].超期工作日", "各项[].剩余工作日")
        late = [each for each in shown["各项"] if each.超期工作日]
        assert shown["超期数"] == len(late)
        assert shown["临期数"] == len(shown["各项"]) - len(late)
        assert all(each.剩余工作日 <= 5 for each in shown["各项"] if not each.超期工作日)


def test_how_long_before_a_unit_is_reminded_is_a_setting(workspace: Path, set_setting, asking) -> None:
    from docgen.model.schema import BUILT_IN
    from docgen.sheets.reading.reader import read_folder

    before = len(asking("remind", None, date(2026, 6, 10)).all().drafts)
    set_setting("催办函", "提前工作日", "20")
    records = read_folder(workspace / "data", "data", (), BUILT_IN).records
    assert len(asking("remind", records, date(2026, 6, 10)).all().drafts) > before


def test_the_title_says_reminder_or_urging(asking) -> None:
    """One approval is named in the title, several are counted."""
    drafts = asking("remind").all().drafts
    assert {each.title.rpartition("的")[2] for each in drafts} == {"蓝色提醒函", "黄色催办函"}
    for each in drafts:
        about, count = each.title.removeprefix("关于").rpartition("的")[0], len(things(each))
        if "督办事项" in about:
            assert about == f"{count}项督办事项答复"
        else:
            named = "".join(things(each)[0]) + "办理"
            assert about == (named if count == 1 else f"{count}项前期手续办理")
    assert {len(things(each)) == 1 for each in drafts} == {True, False}


def test_the_documents_that_handed_the_matters_over_are_named(asking) -> None:
    ask = asking("remind")
    (draft, *_) = ask.all().drafts
    approval = next(
        each for each in ask.records.of(Approval) if (each.project.name, each.item.name) == things(draft)[0]
    )
    (letter,) = [
        each
        for each in asking("notice").of(approval.project.number).drafts
        if each.receivers == approval.unit.name
    ]
    told = Paper(
        7, "告知函", letter.title, "澄联审办函〔2026〕7号", TODAY, things=MadeFor.read(letter.made_for).things
    )
    facts = Facts(ask.records, TODAY, issued=Issued(lambda: (told,)))
    (draft, *_) = drafts(ask.kind, facts, Asked(everything=True)).drafts
    assert ask.show(draft, "告知情况") == {"告知情况": "告知函（澄联审办函〔2026〕7号）"}


def test_nothing_late_means_no_letter_and_a_sentence(asking) -> None:
    drafting = asking("remind", None, date(2025, 12, 1)).all()
    assert drafting.drafts == []
    words = "没有临近时限或已超期的手续，也没有逾期未答复的督办，不需要催办"
    assert words in [each.text for each in drafting.skipped]


def test_a_project_that_owes_nothing_due_is_said_to_need_none(asking) -> None:
    drafting = asking("remind").of(3)
    assert (drafting.drafts, drafting.faults) == ([], [])
    assert any("没有需要制发催办函的事项" in each.text for each in drafting.skipped)


def test_only_what_is_late_is_asked_for_with_overdue(asking) -> None:
    ask = asking("remind", None, date(2026, 6, 25))
    late = drafts(ask.kind, ask.facts, Asked(overdue=True)).drafts
    found = [ask.show(each, "临期数")["临期数"] for each in late]
    assert found
    assert set(found) == {0}


def test_a_letter_about_one_matter_says_it_in_a_sentence_and_takes_one_page(workspace: Path, docgen) -> None:
    """Late, due soon, or a reply that is owed; titles of two lines, copies that just fill their line."""
    from docgen.standard.build.estimate import pages

    assert workspace.is_dir()
    seen = set[str]()
    for day in ("2026-03-05", "2026-03-16"):
        ran = docgen("--json", "--date", day, "remind", "--all")
        for each in json.loads(ran.out)["documents"]:
            if "项前期手续" in each["title"]:
                continue
            assert pages(Path(each["path"]).read_bytes()) == 1, each["title"]
            seen.add(each["title"][-5:] if "督办" not in each["title"] else "督办")
    assert seen == {"蓝色提醒函", "黄色催办函", "督办"}


def test_how_late_a_matter_is_stands_on_one_line_of_its_cell(workspace: Path, docgen) -> None:
    import docx

    from docgen.standard.build.table import SIDE_MARGIN
    from docgen.standard.measures.lengths import NONE, Pt
    from docgen.standard.measures.widths import width

    ran = docgen("--json", "remind", "--unit", "县自然资源局")
    (made,) = json.loads(ran.out)["documents"]
    (table,) = docx.Document(made["path"]).tables
    assert table.rows[1].cells[-1].text == "超期27个工作日"
    room = table.rows[1].cells[-1].width.mm - SIDE_MARGIN.mm * 2
    assert width("超期127个工作日", Pt(10.5), NONE).mm <= room


def test_a_supervised_matter_whose_reply_is_late_is_urged_with_what_was_asked_by_when(asking) -> None:
    ask = asking("remind")
    late = [each for each in ask.records.of(Supervision)
            if each.state.is_open and each.reply_by and not each.replied and each.reply_by < TODAY]  # fmt: skip
    made = [each for each in ask.all().drafts if "督办事项答复" in each.title]
    assert {each.addressee for each in made} == {each.unit.short_name for each in late}
    (row,), (draft,) = late, made
    shown = ask.show(draft, *(f"各项[].{label}" for label in ("督办事项", "答复期限", "答复超期工作日")))[
        "各项"
    ]
    assert [(str(each.督办事项), each.答复超期工作日) for each in shown] == [(row.matter, 2)]
    assert row.reply_by == date(2026, 3, 12)
    assert draft.file_name == "县生态环境分局-黄色-督办答复-2026年3月16日"


UNIT = "县自然资源局"


def paper(place: int, kind: str, day: date, made_for: tuple, state: str = "印发") -> Paper:
    number = f"澄联审办函〔2026〕{place}号"
    return Paper(place, kind, "标题", number, day, PaperState(state), things=made_for)


def reminded(ask, *papers: Paper) -> tuple[list[str], list[tuple[str, ...]]]:
    """Return how a unit's reminder speaks of earlier documents, a text each, and what it is about."""
    facts = Facts(ask.records, TODAY, issued=Issued(lambda: papers))
    draft, *_ = [
        each for each in drafts(ask.kind, facts, Asked(everything=True)).drafts if each.addressee == UNIT
    ]
    paths = [f"前函[].{label}" for label in ("事项", "日期", "文种", "文号", "方式")]
    said = draft.compute(TODAY, tree_of(paths))["前函"]
    lines = [" ".join(filter(None, each.values())) for each in said]
    return lines, MadeFor.read(draft.made_for).things


def letters(ask, asking, things) -> list[tuple]:
    """Return what the 告知函 to the unit about each project of some things covers, in their order."""
    numbers = [ask.records.find_project(dict(thing[0].keys)["名称"]).number for thing in things]
    return [
        MadeFor.read(asking("notice").of(number, units=(UNIT,)).drafts[0].made_for).things
        for number in numbers
    ]


def test_nothing_is_said_of_earlier_documents_where_there_are_none(asking) -> None:
    assert reminded(asking("remind"))[0] == []


def test_a_second_reminder_names_the_first_and_for_which_items_it_is_true(asking) -> None:
    ask = asking("remind")
    _, things = reminded(ask)
    assert len(things) > 1
    first, all_ = (
        paper(3, "催办函", date(2026, 3, 2), things[:1]),
        paper(4, "催办函", date(2026, 3, 4), things),
    )
    early = replace(first, replied=date(2026, 3, 3))  # else the next one for item 1 would be a red letter
    assert reminded(ask, early)[0] == ["第1项 2026年3月2日 催办函 澄联审办函〔2026〕3号 催办"]
    assert reminded(ask, all_, first)[0] == [
        "第1项 2026年3月2日 催办函 澄联审办函〔2026〕3号 催办",
        f"上述{len(things)}项 2026年3月4日 催办函 澄联审办函〔2026〕4号 催办",
    ]


def test_the_letters_that_handed_the_items_over_come_first_their_numbers_together(asking) -> None:
    ask = asking("remind")
    _, things = reminded(ask)
    one, other = (paper(place, "告知函", date(2026, 2, place), each) for place, each in
                  enumerate(letters(ask, asking, things[:2]), start=1))  # fmt: skip
    urged = paper(9, "催办函", date(2026, 1, 4), things)
    said, _ = reminded(ask, urged, other, one)
    assert said[0].endswith("告知函 澄联审办函〔2026〕1号、2号 告知")
    assert "2026年2月" not in said[0]  # of two days none
    assert said[1].endswith("2026年1月4日 催办函 澄联审办函〔2026〕9号 催办")
    alone, _ = reminded(ask, one)
    assert "2026年2月1日 告知函 澄联审办函〔2026〕1号 告知" in alone[0]


@pytest.mark.parametrize("state", ["作废", "替换"])
def test_what_is_no_longer_in_force_is_not_named(asking, state: str) -> None:
    ask = asking("remind")
    _, things = reminded(ask)
    assert reminded(ask, paper(3, "催办函", date(2026, 3, 2), things, state))[0] == []


def test_a_document_about_other_items_is_not_named(asking) -> None:
    ask = asking("remind")
    _, things = reminded(ask)
    _, *others = (MadeFor.read(each.made_for).things for each in ask.all().drafts)
    assert not set(others[0]) & set(things)
    assert reminded(ask, paper(3, "催办函", date(2026, 3, 2), others[0]))[0] == []
