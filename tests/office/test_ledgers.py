"""发文登记簿 and 用印登记簿, as people read them on paper and in a workbook."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.office.papers.ledgers import (
    ISSUE_COLUMNS,
    SEAL_COLUMNS,
    ChainHead,
    IssueRow,
    Printing,
    SealRow,
    issue_ledger,
    ledger_bytes,
    seal_ledger,
)
from docgen.standard.build.ledger import Ledger, LedgerColumn, LedgerRow
from docgen.standard.measures.legible import legible
from docgen.standard.measures.lengths import Mm

OFFICE = "澄湖县重大项目联审联批工作机制办公室"
HEAD = ChainHead(1287, sha256("登记".encode()).hexdigest())
PRINTING = Printing(
    OFFICE, date(2026, 1, 1), date(2026, 12, 31), "张小三", datetime(2026, 12, 31, 16, 5, tzinfo=UTC), HEAD
)
SEAL = SealRow(
    1,
    date(2026, 3, 6),
    "关于调整成员单位的通知",
    "澄联审办发〔2026〕3号",
    12,
    OFFICE,
    "澄湖县发展和改革委员会",
    "《澄湖县重大项目联审联批工作机制》（澄政办发〔2025〕18号）第五条",
    "张小三",
    "赵六",
    "钱七",
    sha256("甲".encode()).hexdigest(),
    "加盖骑缝章",
)
ISSUE = IssueRow(
    1,
    "澄联审办发〔2026〕1号",
    date(2026, 3, 5),
    "通知",
    "关于调整成员单位的通知",
    "各成员单位",
    "张小三",
    "李四",
    "县水务局、县林草局",
    "王小明",
    12,
    date(2026, 3, 7),
    "澄湖县发展和改革委员会",
    date(2026, 3, 6),
    "印发",
)
VOID = IssueRow(
    2, "澄联审办发〔2026〕2号", title="作废的通知", state="作废", reason="主送单位有误", void=True
)


def numbers(count):
    """Return rows of so many numbers, every ninth void, and titles of several lengths."""
    return [
        replace(
            ISSUE,
            serial=place,
            number=f"澄联审办发〔2026〕{place}号",
            dated=date(2026, 1, 5) + timedelta(days=place // 2),
            title="关于澄湖县重大项目前期手续办理有关事项的通知" * (place % 3 + 1),
            void=place % 9 == 0,
        )
        for place in range(1, count + 1)
    ]


def table(ledger):
    opened = docx.Document(io.BytesIO(ledger_bytes(ledger, ".docx")))
    return [[cell.text for cell in row.cells] for row in opened.tables[0].rows]


def notes(ledger):
    return [each.text for each in docx.Document(io.BytesIO(ledger_bytes(ledger, ".docx"))).paragraphs]


def sheet(ledger):
    return openpyxl.load_workbook(io.BytesIO(ledger_bytes(ledger, ".xlsx"))).active


def cells(ledger):
    """Return the cells of a workbook's rows by head."""
    read = sheet(ledger)
    heads = [cell.value.replace("\n", "") for cell in read[3]]
    return [dict(zip(heads, row, strict=True)) for row in read.iter_rows(4, 3 + len(ledger.rows))]


def test_the_seal_ledger_has_the_columns_of_the_usual_paper_book():
    assert [column.head.replace("\n", "") for column in SEAL_COLUMNS] == [
        "序号",
        "用印日期",
        "文件标题",
        "发文字号",
        "用印份数",
        "发文机关（委托单位）",
        "代章单位",
        "授权依据",
        "申请人",
        "批准人",
        "监印人",
        "文件摘要（SHA-256）",
        "备注",
    ]


def test_a_row_of_the_issue_ledger_on_paper_says_all_and_keeps_unit_and_day_of_the_seal_together():
    head, row = table(issue_ledger([ISSUE], PRINTING))
    assert dict(zip(head, row, strict=True)) == {
        "序号": "1",
        "发文字号": "澄联审办发〔2026〕1号",
        "成文日期": "2026-03-05",
        "文种": "通知",
        "标题": "关于调整成员单位的通知",
        "主送": "各成员单位",
        "拟稿人": "张小三",
        "核稿人": "李四",
        "会签": "县水务局、县林草局",
        "签发人": "王小明",
        "份数": "12",
        "印发日期": "2026-03-07",
        "代章单位\n用印日期": "澄湖县发展和改革委员会\n2026-03-06",
        "状态": "印发",
        "备注": "",
    }


def test_both_ledgers_fill_the_width_of_a_page_that_lies_across():
    for ledger in (issue_ledger([ISSUE], PRINTING), seal_ledger([SEAL], PRINTING)):
        section = docx.Document(io.BytesIO(ledger_bytes(ledger, ".docx"))).sections[0]
        assert section.orientation is WD_ORIENT.LANDSCAPE
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
        text = section.page_width - section.left_margin - section.right_margin
        assert int(ledger.width) == pytest.approx(text, abs=Mm(0.1))


def test_a_digest_is_shortened_on_paper_where_the_head_says_so_and_whole_in_the_workbook():
    ledger = seal_ledger([SEAL], PRINTING)
    head, row = table(ledger)
    on_paper = dict(zip(head, row, strict=True))["文件摘要\n（SHA-256\n前16位）"]
    assert on_paper.replace("\n", "") == SEAL.digest[:16]
    assert cells(ledger)[0]["文件摘要（SHA-256）"].value == SEAL.digest


def test_dates_and_counts_are_dates_and_counts_in_the_workbook():
    row = cells(seal_ledger([SEAL], PRINTING))[0]
    assert row["用印日期"].is_date
    assert row["用印日期"].value.date() == SEAL.sealed
    assert row["用印日期"].number_format == "yyyy-mm-dd"
    assert row["用印份数"].value == 12
    assert row["发文字号"].data_type == "s"


def test_a_void_number_keeps_its_row_struck_through_with_the_reason():
    ledger = issue_ledger([ISSUE, VOID], PRINTING)
    opened = docx.Document(io.BytesIO(ledger_bytes(ledger, ".docx"))).tables[0]
    struck = {
        cell.text
        for row in opened.rows
        for cell in row.cells
        if any(run.font.strike for paragraph in cell.paragraphs for run in paragraph.runs)
    }
    assert struck == {VOID.number, VOID.title}
    assert opened.rows[2].cells[-1].text == "作废：主送单位有误"
    _, row = cells(ledger)
    assert [head for head, cell in row.items() if cell.font.strike] == ["发文字号", "标题"]
    assert any("作废1个" in line for line in notes(ledger))


def test_a_replaced_document_and_the_one_in_its_place_name_each_other():
    old = replace(ISSUE, state="替换", reason="会议改期", replaced_by="澄联审办发〔2026〕8号")
    new = replace(ISSUE, serial=8, number="澄联审办发〔2026〕8号", replaces=ISSUE.number)
    remarks = [row[-1] for row in table(issue_ledger([old, new], PRINTING))[1:]]
    assert remarks == ["原因：会议改期\n被替换，见澄联审办发〔2026〕8号", "替换澄联审办发〔2026〕1号"]


def test_below_the_table_stand_period_count_printing_and_the_end_of_the_record_in_groups():
    said = "\n".join(notes(seal_ledger([SEAL, replace(SEAL, serial=2, copies=30)], PRINTING)))
    assert "登记期间：2026年1月1日—12月31日。共登记用印2次、42份。" in said
    assert "打印人：张小三。打印时间：2026年12月31日16时05分。" in said
    groups = " ".join(HEAD.digest[at : at + 8] for at in range(0, 64, 8))
    assert f"登记链末端：第1287条，摘要 {groups}" in said
    assert "docgen verify" in said


def test_notes_on_the_seals_stand_below_the_count():
    note = "授权依据 澄政办发〔2025〕18号 即《关于建立工作机制的通知》。"
    ledger = seal_ledger([SEAL], PRINTING, (note,))
    assert note in ledger.below
    assert note in "\n".join(notes(ledger))
    assert note in [row[0].value for row in sheet(ledger).iter_rows(6)]


def test_the_workbook_says_the_same_below_its_table():
    ledger = seal_ledger([SEAL], PRINTING)
    values = [row[0].value for row in sheet(ledger).iter_rows(6)]
    assert [value for value in values if value] == list(ledger.below)


@pytest.mark.parametrize("make", [issue_ledger, seal_ledger])
def test_an_empty_ledger_is_a_table_that_says_so(make):
    ledger = make([], replace(PRINTING, head=None))
    assert set(table(ledger)[1]) == {"本期没有登记"}
    assert sheet(ledger)["A4"].value == "本期没有登记"
    assert "登记链末端：尚无登记。" in notes(ledger)


def test_the_workbook_can_be_filtered_and_prints_across_a4_with_its_head_on_each_page():
    read = sheet(issue_ledger(numbers(30), PRINTING))
    assert read.auto_filter.ref == "A3:P33"
    assert read.freeze_panes == "C4"
    assert read.print_title_rows == "$1:$3"
    assert (read.page_setup.orientation, int(read.page_setup.paperSize)) == ("landscape", 9)
    assert (read.page_setup.fitToWidth, read.page_setup.fitToHeight) == (1, 0)


def test_a_year_that_is_not_one_is_named_by_both():
    spanning = replace(PRINTING, start=date(2025, 7, 1))
    assert seal_ledger([], spanning).title == "2025—2026年用印登记簿"
    assert seal_ledger([], PRINTING).title == "2026年用印登记簿"


HOSTILE = (
    "=1+1",
    "+86 990",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("x")',
    "<b>&amp;</b>",
    "{{ 标题 }}",
    "甲\x0b乙\x00",
    "\ud800",
    "付款100元\u202e元001款付",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_a_title_holds_stays_text(words):
    row = replace(SEAL, title=words, remark=words)
    ledger = seal_ledger([row], PRINTING)
    cell = cells(ledger)[0]["文件标题"]
    assert (cell.data_type, cell.value) == ("s", legible(words))
    assert cell.quotePrefix == words.startswith(("=", "+", "-", "@"))
    assert table(ledger)[1][2] == legible(words)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(), st.text(max_size=80))
def test_a_ledger_of_any_words_can_be_opened_and_says_them(title, digest):
    ledger = seal_ledger([replace(SEAL, title=title, digest=digest, remark=title)], PRINTING)
    assert table(ledger)[1][2] == legible(title)
    assert (cells(ledger)[0]["文件标题"].value or "") == legible(title)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_equal_ledgers_give_equal_bytes_that_do_not_say_when_they_were_saved(suffix):
    made = [ledger_bytes(issue_ledger(numbers(3), PRINTING), suffix) for _ in range(2)]
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms:modified" not in package.read("docProps/core.xml")


def test_columns_wider_than_the_page_and_rows_of_other_lengths_are_refused():
    column = LedgerColumn("标题", Mm(140))
    with pytest.raises(ValueError, match="280"):
        Ledger("簿", ("", ""), (column, column), ())
    with pytest.raises(ValueError, match="1 values"):
        Ledger("簿", ("", ""), (column,), (LedgerRow(("甲", "乙")),))


@pytest.mark.libreoffice
def test_a_year_of_numbers_prints_with_the_head_and_the_foot_on_every_page(printed):
    rows = numbers(120)
    pages = printed({"year": ledger_bytes(issue_ledger(rows, PRINTING), ".docx")})["year"]
    assert 9 < len(pages) < 21
    for place, page in enumerate(pages, start=1):
        assert "序号" in page
        assert "成文日期" in page
        assert f"第{place}页共{len(pages)}页" in page
        assert f"第1287条，摘要前16位{HEAD.digest[:16]}" in page
    whole = "".join(pages)
    assert all(f"〔2026〕{row.serial}号" in whole for row in rows)
    assert "登记链末端：第1287条，摘要" + HEAD.digest in pages[-1]


@pytest.mark.libreoffice
def test_what_stands_below_the_table_is_never_alone_on_a_page():
    """The last row goes over with it, empty cells and all; the rows before it do not."""
    made = docx.Document(io.BytesIO(ledger_bytes(issue_ledger(numbers(3), PRINTING), ".docx")))
    held = [
        {each.paragraph_format.keep_with_next for cell in row.cells for each in cell.paragraphs}
        for row in made.tables[0].rows[1:]
    ]
    assert held == [{None}, {None}, {True}]


def test_nothing_of_a_very_long_row_is_cut(printed):
    remark = "".join(f"第{place}点说明。" for place in range(400))
    rows = [SEAL, replace(SEAL, serial=2, remark=remark), replace(SEAL, serial=3, remark="末行")]
    made = {
        "long": ledger_bytes(seal_ledger(rows, PRINTING), ".docx"),
        "none": ledger_bytes(issue_ledger([], PRINTING), ".docx"),
        "few": ledger_bytes(issue_ledger([ISSUE, VOID], PRINTING), ".docx"),
    }
    pages = printed(made)
    whole = "".join(pages["long"])
    assert len(pages["long"]) > 2
    assert "399" in whole
    assert "末行" in whole
    assert len(pages["none"]) == len(pages["few"]) == 1


def test_the_heads_of_the_issue_ledger_are_one_declaration_for_paper_and_workbook():
    ledger = issue_ledger([ISSUE], PRINTING)
    on_paper = "".join(table(ledger)[0]).replace("\n", "")
    in_workbook = "".join(cell.value for cell in sheet(ledger)[3])
    assert on_paper == in_workbook == "".join(column.head for column in ISSUE_COLUMNS)
