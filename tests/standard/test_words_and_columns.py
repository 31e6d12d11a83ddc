"""The language rules of official documents, and columns sized to what their cells say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.standard.build.columns import fit
from docgen.standard.measures import page
from docgen.standard.measures.lengths import Mm
from docgen.standard.wording import text


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("澄政发[2026]第03号", "澄政发〔2026〕3号"),
        ("澄政发（2026）12号", "澄政发〔2026〕12号"),
        ("澄政发【2026】12号", "澄政发〔2026〕12号"),
        ("澄政发〔2026〕12号", "澄政发〔2026〕12号"),
        ("项目（2026）已开工", "项目（2026）已开工"),
    ],
)
def test_a_number_has_its_year_in_shell_brackets_and_no_leading_zero(written, right):
    assert text.official_number(written) == right


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("共3项,其中1.5亿元;见附件:甲", "共3项，其中1.5亿元；见附件：甲"),
        ("(以下简称办公室)", "（以下简称办公室）"),
        ('"十四五"规划', "“十四五”规划"),
        ("通知如下...", "通知如下……"),
        ("项目--前期", "项目——前期"),
        ("时间10:30,GB/T 9704-2012", "时间10:30,GB/T 9704-2012"),
        ("3.5%，1,234.5万元", "3.5%，1,234.5万元"),
        ("办结.", "办结。"),
    ],
)
def test_punctuation_beside_hanzi_is_full_width(written, right):
    assert text.chinese_punctuation(written) == right


@given(st.text(st.sampled_from("项目，。“”……——（）0123.,:-A "), max_size=40))
def test_mended_punctuation_stays_as_it_is(written):
    once = text.chinese_punctuation(written)
    assert text.chinese_punctuation(once) == once


def test_ranges_say_what_they_share_once():
    assert text.date_range(date(2026, 3, 1), date(2026, 3, 6)) == "2026年3月1日—6日"
    assert text.date_range(date(2026, 3, 1), date(2026, 4, 6)) == "2026年3月1日—4月6日"
    assert text.date_range(date(2025, 12, 30), date(2026, 1, 6)) == "2025年12月30日—2026年1月6日"
    assert text.date_range(date(2026, 3, 1), date(2026, 3, 1)) == "2026年3月1日"


def test_no_enumeration_comma_stands_between_titles_or_quotations():
    assert text.joined(["《甲》", "《乙》", "丙", "“丁”", "“戊”"]) == "《甲》《乙》、丙、“丁”“戊”"


def test_columns_fill_the_width_and_long_cells_get_what_short_ones_leave():
    widths = fit(("序号", "项目名称", "备注"), [("1", "年产二十万吨绿色建材生产线建设项目" * 3, "无")])
    assert sum(each.twips for each in widths) == page.TEXT_WIDTH.twips
    assert widths[1] > widths[0] * 3


def test_no_column_is_narrower_than_its_longest_number():
    long = "需要协调解决的问题" * 20
    widths = fit(("甲", "代码", "乙"), [(long, "2511-990124-04-01-618203", long)])
    assert widths[1] > Mm(44)


def test_columns_of_short_cells_share_the_width():
    widths = fit(("甲", "乙"), [("1", "2")])
    assert abs(widths[0] - widths[1]) < Mm(1)
