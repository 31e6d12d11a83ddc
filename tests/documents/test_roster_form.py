"""The 名单反馈表: each unit's people to be checked, room for others; neither numbered nor signed."""

from __future__ import annotations

import json
from pathlib import Path

from docgen.model.member import Member
from docgen.model.unit import Unit


def asked(asking):
    from docgen.documents.declared.catalogue import read_catalogue
    from docgen.model.schema import BUILT_IN

    ask = asking("notice")
    ask.kind = read_catalogue(Path("kinds"), "kinds", BUILT_IN).bound("名单反馈表", ask.records)
    return ask


def test_each_member_unit_gets_a_form_with_the_people_it_has_now(asking) -> None:
    ask = asked(asking)
    drafts = ask.all().drafts
    host = ask.records.mechanism.host_unit
    wanted = {"成员单位", "专项工作组", "跟进组"}
    units = [
        each
        for each in ask.records.of(Unit)
        if each is not host
        and each.level is ask.records.mechanism.level
        and wanted & set(map(str, each.roles))
    ]
    assert [each.receivers for each in drafts] == [each.name for each in units]
    for draft, unit in zip(drafts, units, strict=True):
        shown = ask.show(draft, "现有人员[].姓名").get("现有人员")
        people = [
            each for each in ask.records.of(Member) if each.unit is unit and each.held_on(ask.facts.today)
        ]
        assert [str(each.姓名) for each in shown] == [
            each.name for each in sorted(people, key=lambda each: each.order)
        ]


def test_it_has_no_number_and_nobody_signs_it(workspace: Path, docgen) -> None:
    import docx

    ran = docgen("--json", "draft", "名单反馈表", "--unit", "县水利局")
    assert ran.code == 0, ran.err
    (document,) = json.loads(ran.out)["documents"]
    opened = docx.Document(document["path"])
    words = "\n".join(each.text for each in opened.paragraphs)
    cells = "\n".join(cell.text for table in opened.tables for row in table.rows for cell in row.cells)
    assert "〔2026〕" not in words
    assert "代章" not in words + cells
    assert "新增或变动人员" in words + cells
    assert docgen("lint", document["path"]).code == 0
