"""Documents made for signed documents, and those that name them: found in the register, as far as they are in force."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from docgen.documents.issued import PaperState
from docgen.register.life import State

CORRECTION = """
title = "更正通知"
form = "信函"
again = "一次"
heading = "关于更正{{ 本项.文号 }}有关内容的函"

[[made_for]]
source = "公文"
kinds = ["告知函", "催办函"]
when = "有效"
to = ["主送单位"]
"""
WORDING = """
我办{{ 本项.成文日期 }}以{{ 本项.文号 }}印发的《{{ 本项.标题 }}》（{{ 本项.文种 }}，状态为{{ 本项.状态 }}）：
涉及{{ 本项.项目|length }}个项目。
{% for 件 in 本项.已发公文 %}
此前已印发{{ 件.文号 }}。
{% endfor %}
"""


def put(workspace: Path, title: str, text: str, wording: str) -> None:
    """Write an own kind into a workspace."""
    (workspace / "kinds").mkdir(exist_ok=True)
    (workspace / "kinds" / f"{title}.toml").write_text(text, "utf-8")
    (workspace / "kinds" / f"{title}.txt").write_text(wording, "utf-8")


@pytest.fixture
def office(workspace: Path, set_kind) -> Path:
    """The sample workspace with a kind that corrects letters."""
    put(workspace, "更正通知", CORRECTION, WORDING)
    set_kind("更正通知", "机关代字", "澄联审办更")
    return workspace


def documents(docgen) -> list[dict[str, Any]]:
    return json.loads(docgen("--json", "doc", "list").out)["documents"]


def sign(docgen, day: str, *ids: str) -> None:
    for who, *step in (("褚云帆", "review"), ("万里舟", "sign")):
        taken = docgen("--date", day, "--by", who, "doc", *step, *ids)
        assert taken.code == 0, taken.err


def words_of(document: dict[str, Any]) -> str:
    import docx

    return "\n".join(each.text for each in docx.Document(document["path"]).paragraphs)


def told(docgen, day: str, *units: str) -> list[str]:
    """Draft and sign letters about project 3; return their numbers."""
    chosen = [word for unit in units for word in ("--unit", unit)]
    assert docgen("--date", day, "notice", "--project", "3", *chosen).code == 0
    ids = [str(each["id"]) for each in documents(docgen) if each["state"] == "拟稿"]
    sign(docgen, day, *ids)
    return [each["number"] for each in documents(docgen) if str(each["id"]) in ids]


def test_states_of_signed_documents_are_those_of_the_register() -> None:
    assert [each.value for each in PaperState] == [each.value for each in State if not each.is_unsigned]
    assert all(each.in_force is not State(each.value).is_over for each in PaperState)


@pytest.mark.parametrize("asked", ["2", "2号", "澄联审办函〔2026〕2号", "［2026］2号"])
def test_a_document_is_made_for_the_one_that_is_named_and_goes_to_whom_that_went(
    office: Path, docgen, begin, asked: str
) -> None:
    begin("told", lambda: told(docgen, "2026-03-16", "县水利局", "县住建局"))
    drafted = docgen("draft", "更正通知", "--document", asked)
    assert drafted.code == 0, drafted.err
    *letters, correction = documents(docgen)
    (letter,) = [each for each in letters if each["number"].endswith("2号")]
    assert correction["title"] == "关于更正澄联审办函〔2026〕2号有关内容的函"
    assert (correction["addressee"], correction["receivers"]) == (letter["addressee"], letter["receivers"])
    assert f"我办2026年3月16日以澄联审办函〔2026〕2号印发的《{letter['title']}》" in words_of(correction)
    assert "涉及1个项目。" in words_of(correction)
    assert docgen("lint", correction["path"]).code == 0


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        (("--document", "3"), 3, "是拟稿的任务交办单，更正通知只为已签发的告知函、催办函制发"),
        (("--document", "99号"), 2, "99号"),
        (("--document", "县水利局的函"), 2, "没有找到公文“县水利局的函”"),
        ((), 2, "请加 --document 公文，或 --all。"),
        (("--period", "2026-01"), 2, "更正通知不能用 --period 选。可用的有：--document、--all。"),
    ],
)
def test_a_document_that_cannot_be_meant_is_refused_in_words(
    office: Path, docgen, begin, asked, code, words
) -> None:
    def lead() -> None:
        told(docgen, "2026-03-16", "县水利局", "县住建局")
        assert docgen("slip", "--all").code == 0

    begin("told, and slips", lead)
    before = len(documents(docgen))
    refused = docgen("draft", "更正通知", *asked)
    assert (refused.code, words in refused.err) == (code, True), refused.err
    assert len(documents(docgen)) == before


def test_all_that_are_in_force_get_one_and_those_that_have_one_no_other(office: Path, docgen) -> None:
    told(docgen, "2026-03-16", "县水利局", "县住建局")
    assert docgen("--by", "万里舟", "doc", "void", "1", "--remark", "写错了").code == 0
    assert docgen("draft", "更正通知", "--all").code == 0
    corrections = [each for each in documents(docgen) if each["kind"] == "更正通知"]
    assert [each["title"] for each in corrections] == ["关于更正澄联审办函〔2026〕2号有关内容的函"]
    refused = docgen("draft", "更正通知", "--document", "1")
    assert (refused.code, "不符合“有效”，不制发更正通知" in refused.err) == (3, True), refused.err
    sign(docgen, "2026-03-16", str(corrections[0]["id"]))
    again = docgen("draft", "更正通知", "--document", "2")
    assert (again.code, "不再改动" in again.err) == (3, True)
    replaced = docgen("doc", "replace", str(corrections[0]["id"]), "--remark", "再更正")
    assert replaced.code == 0, replaced.err
    assert documents(docgen)[-1]["title"] == corrections[0]["title"]


def test_what_was_issued_about_a_thing_is_asked_by_conditions_and_shown(
    workspace: Path, docgen, set_kind
) -> None:
    text = (
        CORRECTION.replace('title = "更正通知"', 'title = "再告知"')
        .replace(
            'source = "公文"\nkinds = ["告知函", "催办函"]\nwhen = "有效"\nto = ["主送单位"]',
            'source = "项目单位"\nwhen = "\'告知函\' in 已发公文.文种"\nto = ["单位"]',
        )
        .replace("本项.文号", "本项.项目")
    )
    put(
        workspace,
        "再告知",
        text,
        "{% for 件 in 本项.已发公文 %}\n已于{{ 件.成文日期 }}以{{ 件.文号 }}告知。\n{% endfor %}\n",
    )
    set_kind("再告知", "机关代字", "澄联审办再")
    assert "没有需要制发再告知的事项" in docgen("draft", "再告知", "--all").err
    numbers = told(docgen, "2026-03-16", "县水利局")
    drafted = docgen("draft", "再告知", "--all")
    assert drafted.code == 0, drafted.err
    assert [each["addressee"] for each in documents(docgen)] == ["县水利局", "县水利局"]
    assert f"已于2026年3月16日以{numbers[0]}告知。" in words_of(documents(docgen)[-1])


def test_a_kind_that_names_no_documents_does_not_read_those_of_the_register(
    workspace: Path, docgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    from docgen.register.books import Books

    def refuse(_: Books) -> None:
        raise AssertionError("the register's documents were read")

    monkeypatch.setattr(Books, "numbered", refuse)
    for kind in ("notice", "meeting-notice"):
        assert docgen(kind, "--all", "--workers", "1").code == 0


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"告知函", "催办函"', '"告之函"', "没有“告之函”这种公文"),
        ('"告知函", "催办函"', '"告之函"', "是不是“告知函”？"),
        ('kinds = ["告知函", "催办函"]\n', "", '要写明是哪些文种的公文，如 kinds = ["告知函"]'),
        ('when = "有效"', "when = \"状态 == '印制'\"", "“状态”没有“印制”这个选项"),
        ('when = "有效"', 'when = "有校"', "是不是“有效”？"),
        ('to = ["主送单位"]', 'to = ["主送单外"]', "是不是“主送单位”？"),
    ],
)
def test_what_a_declaration_says_wrongly_of_documents_is_named(office: Path, docgen, old, new, words) -> None:
    path = office / "kinds" / "更正通知.toml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    checked = docgen("kind", "check", "更正通知")
    assert (checked.code, words in checked.out + checked.err) == (1, True), checked.out + checked.err


def test_a_second_reminder_names_the_first_and_one_that_replaces_it_does_not_name_it(
    workspace: Path, docgen
) -> None:
    unit = "县行政审批局"
    for day, kind in (("2026-01-20", "notice"), ("2026-03-02", "remind"), ("2026-03-25", "remind")):
        assert docgen("--date", day, kind, "--unit", unit).code == 0
        ids = [str(each["id"]) for each in documents(docgen) if each["state"] == "拟稿"]
        last = words_of(documents(docgen)[-1])
        sign(docgen, day, *ids)
    first, second = [each["number"] for each in documents(docgen) if each["kind"] == "催办函"]
    assert f"于2026年3月2日以催办函（{first}）催办。" in last
    assert "该事项，我办已于2026年1月20日以告知函（澄联审办函〔2026〕" in last
    replaced = docgen("--date", "2026-03-26", "doc", "replace", second, "--remark", "用语有误")
    assert replaced.code == 0, replaced.err
    successor = words_of(documents(docgen)[-1])
    assert (first in successor, second in successor) == (True, False)
