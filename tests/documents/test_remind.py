"""The 催办函: what is due or late, one letter for each unit, again after the days that are set."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from docgen.documents.drafts import Asked
from docgen.documents.facts import Facts, Paper
from docgen.documents.frame import drafts
from docgen.documents.identity import MadeFor
from docgen.model.approval import Approval
from docgen.model.values import ListStage

TODAY = date(2026, 3, 16)


def things(draft) -> list[tuple[str, ...]]:
    made_for = MadeFor.read(draft.made_for)
    return [tuple(part.keys[-1][1] for part in thing) for thing in made_for.things]


def test_a_unit_of_its_level_gets_one_letter_with_all_that_is_late_or_comes_due(asking) -> None:
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
    assert len({each.addressee for each in drafting.drafts}) == len(drafting.drafts)
    assert sorted(thing for each in drafting.drafts for thing in things(each)) == sorted(
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
    from docgen.sheets.reader import read_folder

    before = len(asking("remind", None, date(2026, 6, 10)).all().drafts)
    set_setting("催办函", "提前工作日", "20")
    records = read_folder(workspace / "data", "data", (), BUILT_IN).records
    assert len(asking("remind", records, date(2026, 6, 10)).all().drafts) > before


def test_the_title_says_reminder_or_urging(asking) -> None:
    titles = {each.title for each in asking("remind").all().drafts}
    assert all(title.startswith("关于催办") for title in titles)


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
    told = Paper("告知函", "澄联审办函〔2026〕7号", TODAY, MadeFor.read(letter.made_for).things)
    facts = Facts(ask.records, TODAY, papers=(told,))
    (draft, *_) = drafts(ask.kind, facts, Asked(everything=True)).drafts
    assert ask.show(draft, "告知情况") == {"告知情况": "告知函（澄联审办函〔2026〕7号）"}


def test_nothing_late_means_no_letter_and_a_sentence(asking) -> None:
    drafting = asking("remind", None, date(2025, 12, 1)).all()
    assert drafting.drafts == []
    assert "没有临近时限或已超期的手续，不需要催办" in [each.text for each in drafting.skipped]


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


def test_how_late_a_matter_is_stands_on_one_line_of_its_cell(workspace: Path, docgen) -> None:
    import json

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
