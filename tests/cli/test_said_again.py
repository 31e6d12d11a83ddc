"""The same matter is not written twice, whichever way its drafts were grouped; forms are not signed; settings apply."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

UNIT = "县水利局"


def ids_of(docgen) -> list[str]:
    return [str(each["id"]) for each in json.loads(docgen("--json", "doc", "list").out)["documents"]]


@pytest.fixture
def twice(workspace: Path, docgen, set_kind, begin) -> Path:
    """A reminder to a unit for each project, and a combined one of the same matters, both drafts."""

    def lead() -> None:
        set_kind("催办函", "合并方式", "按项目")
        assert docgen("remind", "--unit", UNIT).code == 0
        set_kind("催办函", "合并方式", "按单位")
        assert docgen("remind", "--unit", UNIT).code == 0
        assert len(ids_of(docgen)) >= 2

    begin("twice", lead)
    return workspace


def test_two_drafts_of_one_matter_are_not_both_reviewed(twice: Path, docgen, set_kind) -> None:
    refused = docgen("--by", "方知远", "doc", "review", "--all")
    assert (refused.code, "再发就重复了" in refused.err) == (3, True), refused.err
    assert docgen("--by", "方知远", "doc", "review", "1").code == 0
    again = docgen("--by", "方知远", "doc", "review", "--all")
    assert (again.code, "再发就重复了" in again.err) == (3, True)
    *_, last = ids_of(docgen)
    assert docgen("--by", "万里舟", "doc", "void", last, "--remark", "改为按项目发").code == 0
    assert docgen("--by", "方知远", "doc", "review", "--all").code == 0
    signed = docgen("--by", "万里舟", "doc", "sign", "--all")
    assert signed.code == 0, signed.err


def test_a_document_replaced_may_say_again_what_it_said(workspace: Path, docgen) -> None:
    assert docgen("notice", "--project", "3", "--unit", "县住建局").code == 0
    assert docgen("--by", "方知远", "doc", "review", "1").code == 0
    assert docgen("--by", "万里舟", "doc", "sign", "1").code == 0
    for old, new in (("1", "2"), ("2", "3")):
        assert docgen("doc", "replace", old, "--remark", "事项有误").code == 0
        assert docgen("--by", "方知远", "doc", "review", new).code == 0
        assert docgen("--by", "万里舟", "doc", "sign", new).code == 0


def test_a_form_to_be_filled_in_is_left_out_of_signing_all(workspace: Path, docgen) -> None:
    assert docgen("draft", "名单反馈表", "--all").code == 0
    forms = len(ids_of(docgen))
    assert docgen("notice", "--project", "3", "--unit", "县住建局").code == 0
    assert docgen("--by", "方知远", "doc", "review", "--all").code == 0
    signed = docgen("--by", "万里舟", "doc", "sign", "--all")
    assert signed.code == 0, signed.err
    states = [each["state"] for each in json.loads(docgen("--json", "doc", "list").out)["documents"]]
    assert states.count("核稿") == forms
    refused = docgen("--by", "万里舟", "doc", "sign", "1")
    assert (refused.code, "供填写，不签发" in refused.err) == (3, True)


def test_a_setting_for_a_kind_that_there_is_not_is_said(workspace: Path, docgen, set_setting) -> None:
    set_setting("催办涵", "催办间隔", "5")
    checked = docgen("check")
    assert checked.code == 1
    assert "没有“催办涵”这种公文，这一行设置不起作用。是不是“催办函”？" in checked.out


def test_a_combined_draft_that_shrinks_with_the_selection_says_so(workspace: Path, docgen, set_kind) -> None:
    set_kind("告知函", "合并方式", "合并")
    assert docgen("notice", "--unit", UNIT).code == 0
    again = docgen("notice", "--unit", UNIT, "--project", "3")
    assert (again.code, "号草稿原来写" in again.err, "这次只选了其中1项" in again.err) == (0, True, True), (
        again.err
    )
    (narrowed,) = json.loads(docgen("--json", "doc", "list").out)["documents"]
    assert narrowed["title"] == "关于澄湖县年产20万吨绿色建材生产线建设项目前期手续办理事项的告知函"
    whole = docgen("notice", "--unit", UNIT)
    assert (whole.code, "号草稿原来写" in whole.err) == (0, False)
