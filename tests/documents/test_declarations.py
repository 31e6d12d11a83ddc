"""Declarations: every fault at once, with file, line, what was found and the nearest right word."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.documents.declared.catalogue import bound, built_in, built_in_of, read_catalogue, summaries
from docgen.documents.declared.reading import read
from docgen.errors import Problems
from docgen.model.schema import BUILT_IN

GOOD = """
title = "转办函"
form = "信函"
heading = "关于{{ 本项.项目名称 }}的转办函"
[[made_for]]
source = "项目"
when = "清单阶段 == '终稿'"
to = ["牵头单位"]
"""


AGAIN = (
    "kinds/转办函.toml第5行：“每个月”不是再次制发的间隔，可写："
    "一次、每日、每周、每旬、每半月、每月、每季、每年、每年度、N个工作日，或一个整数设置的名称。是不是“每月”？"
)


def faults_of(text: str, wording: str = "请办理。") -> list[str]:
    """Return what is wrong with a declaration, first by itself, then in a workspace."""
    try:
        bound(read(textwrap.dedent(text), wording, "kinds/转办函.toml", own=True), BUILT_IN)
    except Problems as found:
        return [str(each) for each in found.faults]
    return []


def test_a_declaration_that_holds_has_no_faults() -> None:
    assert faults_of(GOOD) == []


def test_every_fault_is_reported_at_once_with_line_and_nearest_word() -> None:
    found = faults_of(
        """\
        title = "转办/函"
        form = "信含"
        agian = "一次"
        heading = "关于{{ 本项.项目名称 }}的转办函"
        again = "每个月"
        more = "os"
        [[made_for]]
        source = "项目"
        to = "牵头单位"
        [[dates]]
        name = "本项"
        working_days = 3
        [[rows]]
        name = "清单"
        """
    )
    assert found == [
        "kinds/转办函.toml第3行：不认识的项“agian”。是不是“again”？",
        "kinds/转办函.toml第14行（[[rows]]第1组）：要写 of（哪张表）或 from（哪个清单），并且只写一个",
        "kinds/转办函.toml第1行：“转办/函”不能作文种的名称：它也是文件夹和模板的名称，只用汉字、字母、数字，不超过20个字",
        "kinds/转办函.toml第2行：没有“信含”这种版式，有：信函、文件、上行文、纪要、命令、单、期刊、清单。是不是“信函”？",
        AGAIN,
        "kinds/转办函.toml第6行：自定的文种不能用 more：工作区里不放程序",
        "kinds/转办函.toml第11行（[[dates]]第1组）：名称“本项”已是每份公文都有的名称，请换一个",
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('source = "项目"', 'source = "项木"', "没有“项木”这种制作对象"),
        ("'终稿'", "'终搞'", "没有“终搞”这个选项，只有初稿、审核稿、终稿、调出。是不是“终稿”？"),
        ('["牵头单位"]', '["牵头单立"]', "“牵头单立”不是单位、机制职务或字段。是不是“牵头单位”？"),
        ("{{ 本项.项目名称 }}", "{{ 本项.项目名称 }", "没有结束"),
        ("{{ 本项.项目名称 }}", "{{ 本项|safe }}", "safe"),
        ("{{ 本项.项目名称 }}", "{% include 'x' %}", "include"),
        ("{{ 本项.项目名称 }}", "{{ 本项.__class__ }}", "__class__"),
        ("{{ 本项.项目名称 }}", "{{ 标题 }}", "标题"),
    ],
)
def test_what_the_workspace_does_not_bear_out_is_a_fault_with_its_words(
    old: str, new: str, words: str
) -> None:
    (fault,) = faults_of(GOOD.replace(old, new))
    assert words in fault
    assert fault.startswith(("kinds/转办函.toml", "模板 kinds/转办函.toml"))


def test_a_document_for_a_group_may_not_name_one_of_its_things() -> None:
    text = (
        GOOD.replace("{{ 本项.项目名称 }}", "{{ 份数 }}个项目")
        + '[[ways]]\nname = "按单位"\neach = ["牵头单位"]\n'
    )
    assert faults_of(text) == []
    (fault,) = faults_of(text + 'heading = "关于{{ 本项.项目名称 }}的函"\n')
    assert "没有“本项”这个字段" in fault


@pytest.mark.parametrize(
    "text",
    [
        "title = 转办函",
        'title = "a\nform = "b"',
        '标题 = "转办函"',
        "[[made_for]\nsource = 1",
        "a = " + "[" * 5000,
        "a" * 100_000,
        'title = 5\nform = ["信函"]\nheading = true\nmade_for = "项目"',
        'title = "转\\u0000办"',
    ],
)
def test_a_text_that_is_no_declaration_ends_in_a_sentence(text: str) -> None:
    found = faults_of(text)
    assert found
    assert all(each.startswith("kinds/转办函.toml") for each in found)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert all(each.startswith("kinds/转办函.toml") for each in faults_of(text))


def test_what_the_workspace_does_not_bear_out_is_told_with_what_is_wrong_by_itself(tmp_path: Path) -> None:
    (tmp_path / "转办函.toml").write_text(
        """\
title = "转办函"
form = "信含"
agian = "一次"
heading = "关于{{ 本项.项目名 }}的转办函"
[[made_for]]
source = "项目"
when = "清单阶殷 == '终稿'"
to = ["牵头单外"]
[[rows]]
name = "各手续"
of = "手絮"
[[dates]]
name = "答复期限"
working_days = "三天"
""",
        "utf-8",
    )
    (tmp_path / "转办函.txt").write_text("请于{{ 答复期限 }}前办理。\n{% if 各手续 %}\n请办。", "utf-8")
    found = read_catalogue(tmp_path, "kinds", BUILT_IN).faults
    told = [re.findall("(toml|txt) ?第([0-9]+)行", str(each))[0] for each in found]
    assert told == [("toml", line) for line in ("3", "2", "8", "7", "11", "14", "4")] + [("txt", "2")]


@pytest.mark.parametrize(
    "part",
    [
        '[[row]]\nname = "各手续"\nof = "手续"\n',
        '[[rows]]\nnam = "各手续"\nof = "手续"\n',
        '[[rows]]\nname = "各手续"\nof = "手絮"\n',
    ],
)
def test_a_list_that_is_wrong_is_told_once_and_not_where_it_is_used(part: str, tmp_path: Path) -> None:
    heading = 'heading = "{% for 件 in 各手续 %}{{ 件.手续名称 }}{% endfor %}的转办函"'
    text = GOOD.replace('heading = "关于{{ 本项.项目名称 }}的转办函"', heading) + part
    (tmp_path / "转办函.toml").write_text(text.lstrip(), "utf-8")
    catalogue = read_catalogue(tmp_path, "kinds", BUILT_IN)
    faults = [*catalogue.faults, *(f for each in catalogue.own for f in catalogue.as_far(each.title)[1])]
    assert faults
    assert all("第3行" not in str(each) for each in faults)


def in_folder(folder: Path, text: str, wording: str = "请办理。") -> list[str]:
    """Return what is wrong with a declaration that lies in a folder of kinds, as one reading tells it."""
    (folder / "转办函.toml").write_text(textwrap.dedent(text).lstrip(), "utf-8")
    (folder / "转办函.txt").write_text(wording, "utf-8")
    catalogue = read_catalogue(folder, "kinds", BUILT_IN)
    own = (fault for each in catalogue.own for fault in catalogue.as_far(each.title)[1])
    return [str(each) for each in (*catalogue.faults, *own)]


def test_what_an_unknown_source_cannot_have_is_told_with_it_as_of_the_one_that_is_meant(
    tmp_path: Path,
) -> None:
    """事项 is as near to 项木 as 项目 is: the one counts that condition and receivers speak of."""
    text = GOOD.replace('"项目"', '"项木"').replace("终稿", "终搞").replace("项目名称", "项目名")
    source, condition, heading = in_folder(tmp_path, text)
    assert source.endswith("是不是“项目”？")
    assert "没有“终搞”这个选项" in condition
    assert "没有“本项.项目名”这个字段" in heading


def test_where_no_source_is_near_how_conditions_and_texts_are_written_is_told_with_it(tmp_path: Path) -> None:
    text = GOOD.replace('"项目"', '"走访"').replace("清单阶段 ==", "状态 =").replace("名称 }}", "名称 }")
    rows = '[[rows]]\nname = "各手续"\nof = "手续"\nwhen = "待办 且 是否容缺"\n'
    source, condition, listed, heading = in_folder(tmp_path, text + rows)
    assert "先在 sheets/走访.toml 里声明" in source
    assert "比较要写两个等号" in condition
    assert "“且”要写 and" in listed
    assert "没有结束" in heading


def test_a_second_source_that_there_is_not_keeps_nothing_back_of_the_first(tmp_path: Path) -> None:
    second = '[[made_for]]\nname = "二"\nsource = "走访"\nto = ["牵头单位"]\n'
    condition, source = in_folder(tmp_path, GOOD.replace("终稿", "终搞") + second)
    assert "没有“终搞”这个选项" in condition
    assert "没有“走访”这种制作对象" in source


def test_common_names_that_cannot_be_read_keep_back_only_the_texts_that_may_use_them(tmp_path: Path) -> None:
    text = GOOD.replace("终稿", "终搞").replace("本项.项目名称", "类别") + 'say = [["类别"]]\n'
    said, condition = in_folder(tmp_path, text)
    assert "“say”要写成一对一对的" in said
    assert "没有“终搞”这个选项" in condition


def test_a_group_that_there_is_not_is_told_with_the_texts_as_of_the_one_that_is_meant(
    docgen, workspace: Path
) -> None:
    ways = '[[ways]]\nname = "按单位"\neach = ["牵头单为"]\n'
    text = GOOD.replace("{{ 本项.项目名称 }}", "{{ 牵头单位.项目名 }}") + ways
    (workspace / "kinds").mkdir()
    (workspace / "kinds" / "转办函.toml").write_text(text, "utf-8")
    (workspace / "kinds" / "转办函.txt").write_text(
        "请{{ 牵头单位.规范化简称 }}会同{{ 份属 }}办理。", "utf-8"
    )
    found = docgen("kind", "check", "转办函")
    assert found.code == 1
    each, heading, wording = found.out.splitlines()[:3]
    assert "没有“牵头单为”这个字段。是不是“牵头单位”？" in each
    assert "没有“牵头单位.项目名”这个字段" in heading
    assert wording.startswith("kinds/转办函.txt 第1行")
    assert "是不是“份数”？" in wording


@pytest.mark.parametrize(
    ("each", "least", "words"),
    [
        ('["牵头单位"]', '"起店"', "一个整数设置的名称。是不是“起点”？"),
        ('["牵头单位"]', "0", "要写一件至少几项：从1起的整数"),
        ("[]", "3", "一项一件的，没有几项可数"),
    ],
)
def test_how_many_things_a_document_needs_is_a_number_or_a_setting_of_a_group(
    each: str, least: str, words: str
) -> None:
    text = GOOD.replace("{{ 本项.项目名称 }}", "{{ 份数 }}个项目")
    ways = f'[[ways]]\nname = "按单位"\neach = {each}\nat_least = {least}\n'
    (fault,) = faults_of(f'{text}{ways}[[settings]]\nname = "起点"\ndefault = 3\n')
    assert words in fault


def test_docgen_s_own_kinds_hold() -> None:
    for each in built_in():
        assert bound(each, BUILT_IN).title == each.title


def test_names_read_from_the_text_alone_are_those_of_the_read_declarations() -> None:
    declared, catalogue = built_in(), read_catalogue(Path("none"), "kinds", BUILT_IN)
    assert catalogue.titles == tuple(each.title for each in declared)
    for each in declared:
        assert catalogue.titled(each.title) is each
        family = tuple(other.title for other in declared if other.command == each.command)
        assert not each.command or catalogue.family(each.command) == family
        assert each in built_in_of(each.command)
        assert summaries().get(each.command) in {each.summary for each in declared} | {None}


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ('[[dates]]\nname = "期限"\nafter = "项目名称"\nworking_days = 3', "不是日期"),
        ('[[dates]]\nname = "期限"\nafter = "手续.办理时限"\nworking_days = 3', "不是日期"),
        ('[[dates]]\nname = "期限"\nworking_days = 1000000000', "最多写四位数"),
        ('[[dates]]\nname = "期限"\nworking_days = "项目名称"', "不是整数"),
        ('[[dates]]\nname = "期限"\nworking_days = "三"', "没有“三”这个字段；工作日数写数字、设置或整数字段"),
        ('[[ways]]\nname = "合并"\neach = ["清单阶段"]', "只能按一个单位"),
        ('[[ways]]\nname = "合并"\neach = ["手续"]', "只能按一个单位"),
    ],
)
def test_dates_count_from_dates_by_numbers_and_groups_are_by_single_records(part: str, words: str) -> None:
    assert any(words in each for each in faults_of(GOOD + part))


@pytest.mark.parametrize("form", ["", "  "])
def test_a_form_left_empty_is_lacking(form: str) -> None:
    assert faults_of(GOOD.replace('"信函"', f'"{form}"')) == ["kinds/转办函.toml：缺少“form”"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('heading = "关', 'order = ["序号"]\nheading = "关', "“order”不能写在这里，它写在[[rows]]里"),
        (
            'source = "项目"',
            'source = "项目"\nheading = "函"',
            "“heading”不能写在这里，它写在最前面、[[ways]]、[[also]]里",
        ),
        ("[[made_for]]", '[[setings]]\nname = "起点"\n[[made_for]]', "第5行：不认识的项“setings”"),
        ('source = "项目"', 'source = "走访"', "；是自己的数据表的，先在 sheets/走访.toml 里声明"),
    ],
)
def test_what_stands_in_the_wrong_place_is_told_the_right_one(old: str, new: str, words: str) -> None:
    assert any(words in each for each in faults_of(GOOD.replace(old, new)))


def test_a_list_matched_with_the_sheet_of_its_thing_is_told_to_name_the_thing() -> None:
    (fault,) = faults_of(GOOD + '[[rows]]\nname = "各手续"\nof = "手续"\nmatch = [["项目", "项目"]]\n')
    assert "等于这项目自己的，写“本项”" in fault


@pytest.mark.parametrize(
    ("match", "words"),
    [
        ('["审批单位", "本项"]', "“审批单位”与“本项”不是同一类的值，不会相等"),
        ('["状态", "本项"]', "“状态”与“本项”不是同一类的值，不会相等"),
        ('["审批单位", "手续.审批单位"]', "“手续.审批单位”可能有几个，与一个值不会相等"),
    ],
)
def test_a_list_matched_by_what_can_never_be_equal_is_refused(match: str, words: str) -> None:
    (fault,) = faults_of(GOOD + f'[[rows]]\nname = "各手续"\nof = "手续"\nmatch = [{match}]\n')
    assert words in fault


def test_a_fault_of_a_wording_names_the_text_and_not_a_template_that_nobody_has(docgen, workspace) -> None:
    (workspace / "kinds").mkdir()
    (workspace / "kinds" / "b.toml").write_text(GOOD, "utf-8")
    (workspace / "kinds" / "b.txt").write_text("请办理{{ 本项.项目名城 }}。", "utf-8")
    ran = docgen("kind", "check", "转办函")
    assert "kinds/b.txt 第1行“请办理{{ 本项.项目名城 }}。”：没有“本项.项目名城”这个字段" in ran.out + ran.err
    assert "模板" not in ran.out + ran.err
