"""Input that is much too much ends soon and in a sentence: many kinds and faults, deep nesting, endless texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docgen.documents.declared.catalogue import bound
from docgen.documents.declared.reading import read
from docgen.errors import Problems
from docgen.model.schema import BUILT_IN
from docgen.toml import parse_toml


def said(heading: str = "关于{{ 本项.项目名称 }}的函", when: str = "", more: str = "") -> str:
    condition = f"when = {json.dumps(when, ensure_ascii=False)}\n" if when else ""
    top = f'title = "试函"\nform = "信函"\nheading = {json.dumps(heading, ensure_ascii=False)}\n'
    return f'{top}[[made_for]]\nsource = "项目"\n{condition}to = ["\'县政府督查室\'"]\n{more}'


def faults_of(text: str) -> list[str]:
    try:
        bound(read(text, "请办理。", "kinds/试函.toml", own=True), BUILT_IN)
    except Problems as found:
        return [str(each) for each in found.faults]
    return []


def test_a_thousand_faults_are_all_said_each_with_its_line() -> None:
    rows = "".join(f'[[rows]]\nname = "表{number}"\nof = "项木"\n' for number in range(1000))
    found = faults_of(said(more=rows))
    first = said().count("\n") + 3
    assert [each.split("（")[0] for each in found] == [
        f"kinds/试函.toml第{first + 3 * number}行" for number in range(1000)
    ]


def test_lines_are_found_among_tables_of_several_names() -> None:
    toml = parse_toml("a = 1\n[[x]]\nb = 2\n[[y]]\nb = 3\n[ z ]\nc = 1\n[[ x ]]\nc = 4\nb = 5\n")
    assert [toml.line("a"), toml.line("b"), toml.line("b", "x"), toml.line("b", "x", 1)] == [1, 0, 3, 10]
    assert [toml.line("b", "y"), toml.line("", "x", 1), toml.line("q", "x", 1), toml.line("b", "x", 2)] == [
        5,
        8,
        8,
        0,
    ]


@pytest.mark.parametrize(("first", "second"), [("乙", "甲"), ("甲", "乙")])
def test_lists_that_are_taken_from_each_other_are_refused(first: str, second: str) -> None:
    found = faults_of(
        said(more=f'[[rows]]\nname = "甲"\nfrom = "{first}"\n[[rows]]\nname = "乙"\nfrom = "{second}"\n')
    )
    assert found
    assert all("前面没有这个清单" in each for each in found)


@pytest.mark.parametrize(
    "when",
    [
        "(" * 490 + "序号 > 1" + ")" * 490,
        "not " * 240 + "序号",
        "序号 > 1 and " * 500 + "序号",
        "手续." * 300 + "事项",
    ],
)
def test_conditions_nested_without_end_hold_or_are_refused_in_few_words(when: str) -> None:
    assert all(len(each) < 400 for each in faults_of(said(when=when)))


@pytest.mark.parametrize(
    "heading", ["{{ " + "(" * 500 + "1" + ")" * 500 + " }}", "{% if 1 %}" * 500 + "{% endif %}" * 500]
)
def test_headings_nested_without_end_are_refused_in_few_words(heading: str) -> None:
    (found,) = faults_of(said(heading))
    assert "嵌套太深" in found
    assert len(found) < 500


def test_of_conditions_nested_too_deep_in_a_wording_the_deepest_is_named(docgen, own_kind) -> None:
    own_kind(said(), "开头{{ 份数 }}\n" + "{% if 份数 %}\n" * 500 + "请办\n" + "{% endif %}\n" * 500)
    ran = docgen("kind", "check", "试函")
    found = ran.out + ran.err
    assert "“{%p if 份数 %}”写法不对（嵌套太深）" in found
    assert "发文机关标志" not in found


ENDLESS = (
    "{% for a in range(10**9) %}x{% endfor %}",
    "{{ ('啊' * 900000)|replace('啊', '啊啊啊啊') }}",
    "{{ ('啊' * 900000).replace('啊', '啊' * 1000) }}",
    "{{ (['啊' * 900000] * 1000)|join }}",
    "{{ ''.join(['啊' * 900000] * 1000) }}",
    "{{ 'x'.ljust(10**9) }}",
    "{{ '啊' * 200000 }}",
    "{% for a in range(900) %}{% for b in range(900) %}啊{% endfor %}{% endfor %}",
    "{% for a in range(900) %}{{ '啊' * 50000 }}{% endfor %}",
)


@pytest.fixture
def own_kind(workspace: Path, set_kind):
    """Write the declaration and wording of a kind of the office's own."""
    set_kind("试函", "机关代字", "澄联审办函")

    def write(text: str, wording: str) -> None:
        (workspace / "kinds").mkdir(exist_ok=True)
        (workspace / "kinds" / "试函.toml").write_text(text, "utf-8")
        (workspace / "kinds" / "试函.txt").write_text(wording, "utf-8")

    return write


def test_no_text_goes_on_without_an_end(docgen, own_kind, workspace: Path) -> None:
    for endless in ENDLESS:
        for heading, wording in ((endless, "请办理。"), ("关于办理的函", f"请{endless}办理。")):
            own_kind(said(heading), wording)
            ran = docgen("draft", "试函", "--project", "3")
            assert (ran.code, "算不出来" in ran.err) == (1, True), (endless, ran.err)
            assert not list((workspace / "out").rglob("*.docx"))
            assert not list((workspace / "out").rglob(".docgen-*"))


def test_a_batch_whose_template_would_not_end_is_given_up_after_a_few(docgen, own_kind) -> None:
    """Three of the projects are tried; the others would take as long, and end as they did."""
    own_kind(
        said(), "请{% for a in range(99999) %}{% for b in range(99999) %}啊{% endfor %}{% endfor %}办理。"
    )
    ran = docgen("draft", "试函", "--all")
    assert (ran.code, "算不出来：要做的太多" in ran.err) == (1, True), ran.err
    assert ran.err.count("算不出来") <= 3


def test_a_table_of_a_hundred_thousand_rows_is_refused(docgen, own_kind) -> None:
    own_kind(
        said(), "请办。\n[表] a in range(100000)\n| 序号 | 项目 |\n| {{ a }} | {{ 本项.项目名称 }} |\n请复。"
    )
    ran = docgen("draft", "试函", "--project", "3")
    assert (ran.code, "算不出来：要做的太多" in ran.err) == (1, True), ran.err


def test_marks_that_nobody_sees_are_not_in_file_names(docgen, own_kind, edit, workspace: Path) -> None:
    own_kind(said(), "请办理。")
    edit("项目", 3, "项目名称", "澄湖\u202e县\u200b绿色\u200f建材\u2066项目")
    drafted = json.loads(docgen("--json", "draft", "试函", "--project", "3").out)
    (document,) = drafted["documents"]
    assert Path(document["path"]).name == "关于澄湖县绿色建材项目的函.docx"
