"""Kinds of the form 清单: what their declarations may say, and what they list."""

from __future__ import annotations

import textwrap
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from docgen.documents.declared.catalogue import bound
from docgen.documents.declared.columns import NUMBER
from docgen.documents.declared.reading import read
from docgen.documents.facts import Facts
from docgen.documents.frame.drafting import drafts
from docgen.documents.frame.drafts import Asked
from docgen.documents.frame.listing import LISTED
from docgen.errors import DocgenError, Problems
from docgen.model.approval import Approval
from docgen.model.project import Project
from docgen.model.schema import BUILT_IN
from docgen.model.unit import Unit

FILE = "kinds/台账.toml"
GOOD = """
title = "台账"
form = "清单"
heading = "待办台账"
none = "没有待办的手续"
[[made_for]]
source = "机制"
[[rows]]
name = "事项"
of = "手续"
when = "待办"
[[columns]]
head = "序号"
shows = "行号"
[[columns]]
head = "项目"
shows = "项目.项目名称"
"""
FORMATS = (
    "yyyy-mm-dd、yyyy.m.d、yyyy年m月d日、yyyy年m月、m月d日、0、0.0、0.00、#,##0、#,##0.00、0%、0.0%、文字"
)
LETTER = """
title = "台账"
form = "信函"
heading = "关于台账的函"
[[made_for]]
source = "项目"
to = ["牵头单位"]
"""


def faults_of(text: str, wording: str = "") -> list[str]:
    """Return what is wrong with a declaration, first by itself, then in a workspace."""
    try:
        bound(read(textwrap.dedent(text), wording, FILE, own=True), BUILT_IN)
    except Problems as found:
        return [str(each) for each in found.faults]
    return []


def column(**said: object) -> str:
    """Return the text of a column that shows something."""
    words = {"head": "列", "shows": "审批事项", **said}
    lines = [
        f"{key} = {str(value).lower() if isinstance(value, bool | int) else f'{chr(34)}{value}{chr(34)}'}"
        for key, value in words.items()
    ]
    return "[[columns]]\n" + "\n".join(lines) + "\n"


def listed(records, text: str, today: date = date(2026, 3, 16), **asked):
    """Return what each list of a declared kind shows."""
    kind = bound(read(text, "", FILE, own=True), BUILT_IN, records)
    facts = Facts(records, today)
    made = drafts(kind, facts, Asked(**(asked or {"everything": True})))
    assert not made.faults, [str(each) for each in made.faults]
    return [each.compute(today, {LISTED: {}})[LISTED] for each in made.drafts]


def cells(shown) -> list[tuple]:
    return [row for group in shown["各组"] for row in group["各行"]]


def test_an_amount_times_a_number_is_refused_and_not_written_twice() -> None:
    from docgen.template.line import compile_line

    with pytest.raises(DocgenError, match="文字和数字不能放在一起算"):
        compile_line("{{ 总投资 * 2 }}", "总投资").render({"总投资": "2.34"})


def test_a_declaration_of_a_list_needs_no_wording_and_no_template() -> None:
    assert faults_of(GOOD) == []


def test_every_fault_of_a_list_is_reported_at_once_with_line_and_nearest_word() -> None:
    found = faults_of(
        """\
        title = "台账"
        form = "清单"
        again = "每月"
        heading = "台账"
        signed = true
        list = "事向"
        paper = "A5"
        [[made_for]]
        source = "手续"
        copies = ["项目.项目管家"]
        [[made_for]]
        source = "项目"
        [[rows]]
        name = "事项"
        of = "手续"
        [[annexes]]
        name = "附表"
        title = "附表"
        [[columns]]
        head = "序号"
        shows = "行号"
        total = true
        width = 0
        [[columns]]
        head = "时限"
        shows = "办理时限"
        format = "yyyy-mm-d"
        align = "居中"
        """,
        wording="正文。",
    )
    assert found == [
        f"{FILE}第23行（[[columns]]第1组）：“width”要写1到60的整数，不加引号",
        f"{FILE}：清单没有正文，内容由 [[columns]] 定，请删去 kinds/台账.txt",
        f"{FILE}第5行：清单不签发、不编号，不能写 signed = true",
        f"{FILE}第3行：清单不签发，随时可以重新生成，请删去“again”",
        f"{FILE}第16行：清单没有附件，请删去 [[annexes]]",
        f"{FILE}第10行（[[made_for]]第1组）：清单不抄送，请删去“copies”",
        f"{FILE}第11行：清单各组 [[made_for]] 的制作对象要相同，这里有手续、项目",
        f"{FILE}第6行：没有“事向”这个清单，可以列出的有：事项、各项。是不是“事项”？",
        f"{FILE}第7行：没有“A5”这种纸，可以写：A4、A3",
        f"{FILE}第20行（[[columns]]第1组）：第一列要写“合计”二字，不能再合计，请把它移到后面",
        f"{FILE}第28行（[[columns]]第2组）：“align”要写：左、中、右",
        f"{FILE}第27行（[[columns]]第2组）：没有“yyyy-mm-d”这种格式，可以写：{FORMATS}。是不是“yyyy-mm-dd”？",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("added", "words"),
    [
        (column(shows="审批事向"), "没有“审批事向”这个字段。是不是“审批事项”？"),
        (column(shows="项目.牵头单位.层次"), "“牵头单位”下没有“层次”这个字段"),
        (column(shows="{{ 审批事向 }}"), "审批事向"),
        (column(shows="{{ 审批事项 }"), "没有结束"),
        (column(shows="{{ 审批事项.__class__ }}"), "__class__"),
        (column(shows="{{ 标题 }}"), "标题"),
        (column(total=True), "“审批事项”：不是数字，不能合计"),
        (column(shows="第{{ 行号 }}项", total=True), "是文字，不能合计"),
        (column(shows="剩余工作日", total=True, format="文字"), "合计的列要是数字，格式不能写“文字”"),
        (column(format="0.00"), "不是数字，不能用“0.00”这种格式"),
        (column(shows="剩余工作日", format="yyyy-mm-dd"), "不是日期，不能用“yyyy-mm-dd”这种格式"),
        (column(head=""), "缺少“head”"),
        (column(shows=""), "缺少“shows”"),
        (column(wide=3), "不认识的项“wide”。是不是“width”？"),
        (column(total="是"), "“total”要写 true 或 false"),
        ('[[rows]]\nname = "别的"\nof = "项目"\n', "请用“list”写明列出哪一个：事项、别的、各项"),
        ("".join(column(width=60) for _ in range(3)), "各列一共宽197个字，A4纸横放最多150个"),
    ],
)
def test_what_a_column_cannot_show_is_a_fault_with_its_words(added: str, words: str) -> None:
    (fault,) = faults_of(GOOD + added)
    assert words in fault
    assert FILE in fault


def test_wider_columns_fit_on_a3() -> None:
    wide = "".join(column(width=60) for _ in range(3))
    assert faults_of(GOOD.replace("form =", 'paper = "A3"\nform =') + wide) == []


def test_a_list_without_columns_is_none() -> None:
    (fault,) = faults_of(GOOD[: GOOD.index("[[columns]]")])
    assert fault == f"{FILE}：缺少 [[columns]]，不知道清单有哪些列"


def test_what_only_lists_have_is_a_fault_in_other_forms() -> None:
    text = LETTER.replace("form =", 'list = "各项"\namounts = "万元"\npaper = "A3"\nnote = "注"\nform =')
    assert faults_of(LETTER + column(shows="行号"), "请办理。") == [
        f"{FILE}第8行：[[columns]] 只有清单才有；版式是“信函”的，列写在正文的 [表] 里"
    ]
    found = faults_of(text, "请办理。")
    assert len(found) == 4
    assert all("只有清单才用，版式是“信函”的请删去" in each for each in found)


def test_cells_hold_dates_numbers_and_texts_as_such_and_nothing_where_nothing_is_known(asking) -> None:
    records = asking("notice").records
    text = GOOD + "".join(
        column(shows=each)
        for each in (
            "办理时限", "项目.总投资", "剩余工作日", "层级", "是否容缺", "缺少要件", "审批单位", "项目.计划开工",
            "项目.项目管家", "备注", "亮灯",
        )
    )  # fmt: skip
    (shown,) = listed(records, text)
    facts = Facts(records, date(2026, 3, 16))
    pending = [each for each in records.of(Approval) if each.state.pending]
    rows = cells(shown)
    assert len(rows) == len(pending)
    for number, (row, each) in enumerate(zip(rows, pending, strict=True), start=1):
        standing, start = facts.standing(each), each.project.planned_start
        left = standing.left if standing.left is not None and standing.left >= 0 else None
        assert row == (
            number, each.project.name, standing.deadline.day, each.project.total_investment, left, each.level.value,
            {True: "是", False: "否", None: None}[each.deferred], "、".join(each.missing) or None, each.unit.name,
            date(start.year, start.month, 1) if start else None,
            each.project.steward.name if each.project.steward else None, each.remark, standing.light.value,
        )  # fmt: skip
    kinds = {type(each) for row in rows for each in row}
    assert kinds == {int, str, date, Decimal, type(None)}


def test_a_text_leaves_out_what_is_empty_and_a_tag_alone_stays_a_number(asking) -> None:
    records = asking("notice").records
    text = GOOD + "".join(
        column(shows=each)
        for each in (
            "{{ 行号 }}.{{ 项目 }}（{{ 备注 }}）",
            "{{ 缺少要件|length }}",
            "{{ 机制.年度 }}",
            "{{ 备注 }}",
        )
    )
    (shown,) = listed(records, text)
    pending = [each for each in records.of(Approval) if each.state.pending]
    for number, (row, each) in enumerate(zip(cells(shown), pending, strict=True), start=1):
        words = f"{number}.{each.project.name}（{each.remark or ''}）"
        assert row[2:] == (words, len(each.missing), records.mechanism.year, each.remark)
    assert any(each.remark is None for each in pending)


def test_what_is_computed_stays_a_number_and_a_fault_of_it_names_the_column(asking) -> None:
    records = asking("notice").records
    (shown,) = listed(records, GOOD + column(shows="{{ 行号 / 4 }}", total=True))
    assert [row[2] for row in cells(shown)][:5] == [Decimal(each) / 4 for each in range(1, 6)]
    with pytest.raises(DocgenError, match=r"第20行（\[\[columns\]\]第3组）：式子“1 // \(行号 - 1\)”算不出来"):
        listed(records, GOOD + column(shows="{{ 1 // (行号 - 1) }}"))


def test_a_long_number_is_a_code_unless_its_column_reckons(asking) -> None:
    records = asking("notice").records
    long = "{{ 10000000000 + 行号 }}"
    columns = column(shows=long) + column(shows=long, total=True) + column(shows=long, format="0")
    (shown,) = listed(records, GOOD + columns)
    assert cells(shown)[0][2:] == ("10000000001", 10000000001, 10000000001)


def test_a_tag_of_a_field_alone_is_the_field(asking) -> None:
    records = asking("notice").records
    text = GOOD + "".join(
        column(shows=each, head="金　额") for each in ("{{ 项目.总投资 }}", "{{ 办理时限 }}")
    )
    (tagged,) = listed(records, text)
    (plain,) = listed(records, text.replace("{{ ", "").replace(" }}", ""))
    assert tagged == plain
    (fault,) = faults_of(GOOD + column(shows="{{ 项目.总投次 }}"))
    assert "是不是“总投资”？" in fault


def test_a_date_or_number_can_be_written_in_words(asking) -> None:
    records = asking("notice").records
    (shown,) = listed(
        records,
        GOOD + column(shows="办理时限", format="文字") + column(shows="项目.总投资", format="文字"),
    )
    written = [row[2:] for row in cells(shown)]
    assert all(isinstance(each, str | None) for row in written for each in row)
    assert any(each[0] and each[0].startswith("2026年") for each in written)


UNIT_LIST = GOOD.replace('"机制"', '"单位"').replace(
    'when = "待办"', 'match = [["审批单位", "本项"]]\nwhen = "待办"\norder = ["-办理时限"]'
)


def test_a_list_for_each_unit_has_its_rows_whatever_its_level_and_units_without_rows_get_none(asking) -> None:
    records = asking("notice").records
    kind = bound(read(UNIT_LIST, "", FILE, own=True), BUILT_IN, records)
    made = drafts(kind, Facts(records, date(2026, 3, 16)), Asked(everything=True))
    owing = [
        unit
        for unit in records.of(Unit)
        if any(each.unit is unit and each.state.pending for each in records.of(Approval))
    ]
    assert [each.receivers for each in made.drafts] == [each.name for each in owing]
    (empty,) = [each for each in made.skipped if each.code == "list-empty"]
    assert empty.text.startswith(f"{len(records.of(Unit)) - len(owing)}份台账没有内容，没有生成（")


def test_a_list_is_in_the_order_asked_for_over_all_its_things(asking) -> None:
    records = asking("notice").records
    ways = '[[ways]]\nname = "汇总"\neach = ["机制"]\n'
    (shown,) = listed(records, UNIT_LIST + ways + column(shows="办理时限"))
    days = [row[2] for row in cells(shown)]
    known = [each for each in days if each]
    assert known == sorted(known, reverse=True)
    assert len(set(known)) > 2


CHOSEN = """from = "各项"
when = "总投资 >= 5"
group = "牵头单位"
order = ["牵头单位", "-总投资"]"""


def test_things_themselves_are_listed_chosen_ordered_and_grouped(asking) -> None:
    records = asking("notice").records
    text = (
        GOOD.replace('source = "机制"', 'source = "项目"')
        .replace('of = "手续"\nwhen = "待办"', CHOSEN)
        .replace("项目.项目名称", "项目名称")
        + '[[ways]]\nname = "汇总"\neach = ["机制"]\n' + column(shows="总投资", total=True)
    )  # fmt: skip
    (shown,) = listed(records, text)
    large = [each for each in records.of(Project) if each.total_investment and each.total_investment >= 5]
    assert sorted(row[1] for row in cells(shown)) == sorted(each.name for each in large)
    assert [row[0] for row in cells(shown)] == list(range(1, len(large) + 1))
    for group in shown["各组"]:
        amounts = [row[2] for row in group["各行"]]
        assert amounts == sorted(amounts, reverse=True)
        assert group["标题"].endswith(f"（{len(amounts)}项）")
    assert shown["各组"][0]["标题"].startswith("一、")
    leads = list(dict.fromkeys(sorted((each.lead_unit for each in large), key=lambda each: each.order)))
    assert [each["标题"].partition("、")[2].partition("（")[0] for each in shown["各组"]] == [
        each.name for each in leads
    ]


def test_a_list_without_rows_is_not_made_and_says_the_declared_sentence(asking) -> None:
    records = asking("notice").records
    text = GOOD.replace('待办"\n[[col', '待办 and 超期工作日 > 9000"\n[[col')
    kind = bound(read(text, "", FILE, own=True), BUILT_IN, records)
    made = drafts(kind, Facts(records, date(2026, 3, 16)), Asked(everything=True))
    assert made.drafts == []
    assert [each.text for each in made.skipped] == ["没有待办的手续"]


@pytest.mark.parametrize("number", ["行号", "{{ 行号 }}"])
def test_the_number_of_a_row_counts_over_all_groups(asking, number: str) -> None:
    text = GOOD.replace('when = "待办"', 'when = "待办"\ngroup = "审批单位"').replace('"行号"', f'"{number}"')
    (shown,) = listed(asking("notice").records, text)
    assert len(shown["各组"]) > 3
    assert [row[0] for row in cells(shown)] == list(range(1, len(cells(shown)) + 1))
    assert NUMBER == "行号"


def test_the_shipped_list_is_for_each_unit_or_for_the_office(asking, set_kind, workspace: Path) -> None:
    from docgen.documents.declared.catalogue import read_catalogue
    from tests.documents.conftest import records_in

    def made(records):
        kind = read_catalogue(Path("kinds"), "kinds", BUILT_IN).bound("待办手续清单", records)
        return drafts(kind, Facts(records, date(2026, 3, 16)), Asked(everything=True)).drafts

    records = asking("notice").records
    pending = [
        each for each in records.of(Approval) if each.state.pending and each.project.stage.value == "终稿"
    ]
    by_unit = made(records)
    assert len(by_unit) == len({id(each.unit) for each in pending})
    assert all(len(each.compute(date(2026, 3, 16), {LISTED: {}})[LISTED]["各组"]) == 1 for each in by_unit)
    set_kind("待办手续清单", "合并方式", "全办公室")
    (whole,) = made(records_in(workspace))
    shown = whole.compute(date(2026, 3, 16), {LISTED: {}})[LISTED]
    assert len(shown["各组"]) == len(by_unit)
    assert len(cells(shown)) == len(pending)
    assert {row[9] for row in cells(shown)} <= {"绿灯", "黄灯", "红灯", "无时限"}
