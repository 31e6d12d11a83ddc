"""A letter's page, measured in millimetres: every element within 1 mm of GB/T 9704-2012.

What is expected comes from the declarations; `test_declarations.py` holds these against the clauses.
"""

from __future__ import annotations

import pytest

from docgen.standard.build import estimate
from docgen.standard.build.blocks import _copies_lines
from docgen.standard.measures import page
from docgen.standard.measures.lengths import Length
from docgen.standard.measures.widths import width

pytestmark = pytest.mark.libreoffice

TOLERANCE = 1.0
LEFT = page.LEFT.mm
RIGHT = page.LEFT.mm + page.TEXT_WIDTH.mm
FOOT = page.TOP.mm + page.TEXT_HEIGHT.mm
MARKS = ["mark-8", "mark-18", "mark-28"]
BESIDE_MARK = 27
"""The rule is longer than the text area: left of this, its ink stands alone."""


def near(expected: float | Length, tolerance: float = TOLERANCE):
    return pytest.approx(expected.mm if isinstance(expected, Length) else expected, abs=tolerance)


def upper_rule(sheet):
    return sheet.red(0, 20, BESIDE_MARK, 90)


@pytest.mark.parametrize("name", MARKS)
def test_the_marks_ink_begins_30_mm_below_the_pages_top(sheets, name):
    assert sheets(name)[0].red()[1] == near(page.LETTER_MARK_TOP)


@pytest.mark.parametrize("name", MARKS)
def test_the_mark_is_centred_on_the_text_area_and_no_wider(sheets, name):
    sheet = sheets(name)[0]
    left, _, right, _ = sheet.red(0, 20, 210, upper_rule(sheet)[1] - 0.3)
    assert (left + right) / 2 == near((LEFT + RIGHT) / 2)
    assert left > LEFT - 0.5
    assert right < RIGHT + 0.5


@pytest.mark.parametrize("name", MARKS)
def test_the_upper_rule_lies_4_mm_below_the_mark(sheets, name):
    sheet = sheets(name)[0]
    rule = upper_rule(sheet)
    mark = sheet.red(LEFT, 20, RIGHT, rule[1] - 0.3)
    assert rule[1] - mark[3] == near(page.LETTER_RULE_GAP, 0.5)


@pytest.mark.parametrize("name", MARKS)
def test_the_upper_rule_is_double_and_170_mm_long(sheets, name):
    sheet = sheets(name)[0]
    top, bottom = upper_rule(sheet)[1::2]
    left, _, right, _ = sheet.red(0, top, 210, bottom)
    assert (left, right - left) == (near(20, 0.3), near(page.LETTER_RULE_LENGTH, 0.3))
    assert bottom - top == near(page.RULE_HEIGHT, 0.2)


@pytest.mark.parametrize("name", MARKS)
def test_the_lower_rule_lies_20_mm_above_the_pages_end(sheets, name):
    left, top, right, bottom = sheets(name)[0].red(0, 200)
    assert page.PAGE_HEIGHT.mm - bottom == near(page.LETTER_RULE_FOOT, 0.3)
    assert right - left == near(page.LETTER_RULE_LENGTH, 0.3)
    assert bottom - top == near(page.RULE_HEIGHT, 0.2)


def test_only_page_1_has_rules(sheets):
    assert [sheet.red() is None for sheet in sheets("long")] == [False, True, True, True]


@pytest.mark.parametrize("name", MARKS)
def test_the_number_stands_seven_eighths_of_a_character_below_the_rule_at_the_right_edge(sheets, name):
    sheet = sheets(name)[0]
    rule = upper_rule(sheet)[3]
    _, top, right, _ = sheet.ink(0, rule + 0.5, 210, rule + 14)
    assert top - rule == near(page.LETTER_NUMBER_GAP)
    assert right == near(RIGHT)


@pytest.mark.parametrize("name", MARKS)
def test_two_blank_lines_part_number_and_title_and_one_title_and_addressee(sheets, name):
    sheet = sheets(name)[0]
    number, title, addressee = (
        sheet.line(words)[1] for words in ("澄联审办函", "关于", "澄湖县自然资源局：")
    )
    leading = (page.TITLE_LINE - page.LINE).mm * page.BASELINE - (page.SIZE_2 - page.SIZE_3).mm * 0.88
    assert title - number == near(page.LINE.mm * 3 + leading)
    assert addressee - title == near(
        page.LINE.mm + page.TITLE_LINE.mm - leading - 0.2 * (page.TITLE_LINE - page.LINE).mm
    )


def test_the_title_is_centred(sheets):
    left, _, right, _ = sheets("plain")[0].line("关于")
    assert (left + right) / 2 == near((LEFT + RIGHT) / 2)


def test_the_addressee_stands_flush_left_and_the_text_two_characters_in(sheets):
    sheet = sheets("plain")[0]
    assert sheet.line("澄湖县自然资源局：")[0] == near(LEFT, 0.3)
    for words in ("一、基本情况", "（一）依据", "现将", "特此告知", "附件：", "（联系人"):
        assert sheet.line(words)[0] == near(LEFT + 2 * page.ZI.mm, 0.5), words


@pytest.mark.parametrize("number", [2, 3])
def test_a_full_page_holds_22_lines_of_28_characters_from_edge_to_edge(sheets, number):
    lines = [line for line in sheets("long")[number - 1].lines if "国" in line["text"]]
    assert [len(line["text"]) for line in lines] == [page.CHARACTERS] * page.LINES
    assert min(line["x0"] for line in lines) * 25.4 / 72 == near(LEFT)
    assert max(line["x1"] for line in lines) * 25.4 / 72 == near(RIGHT)


def test_a_full_page_fills_the_text_area_from_its_top_to_its_foot(sheets):
    _, top, _, bottom = sheets("long")[1].ink(0, 30, 210, 265)
    leading = page.ink_top(page.SIZE_3, page.LINE).mm
    assert top == near(page.TOP.mm + leading)
    assert bottom == near(FOOT - 0.2 * page.LINE.mm + 0.15 * page.SIZE_3.mm, 1.5)


def test_page_1_has_no_number_and_others_have_theirs_7_mm_below_the_text_area(sheets):
    pages = sheets("long")
    assert "—" not in pages[0].words
    for place, sheet in enumerate(pages[1:], start=2):
        assert f"— {place} —" in sheet.words
        left, _, right, _ = sheet.ink(0, FOOT + 3, 210, 290)
        dash = sheet.ink(left, FOOT + 3, left + 3.5, 290)
        assert dash[1] - FOOT == near(page.PAGE_NUMBER_GAP, 0.5)
        outer = left - LEFT if place % 2 == 0 else RIGHT - right
        assert outer == near(page.ZI_4, 0.6)


def test_the_date_stands_4_characters_from_the_right_edge_and_a_name_is_centred_on_it(sheets):
    sheet = sheets("short-name")[0]
    name, date = sheet.line("澄湖县发展和改革委员会"), sheet.line("2026年3月6日")
    assert RIGHT - date[2] == near(page.DATE_RIGHT)
    assert (name[0] + name[2]) / 2 == near((date[0] + date[2]) / 2)
    assert date[1] - name[1] == near(page.LINE, 0.2)


def test_a_name_too_wide_for_that_ends_at_the_right_edge_and_the_date_stays_centred_on_it(sheets):
    sheet = sheets("two-names")[0]
    host, date = sheet.line("澄湖县发展和改革委员会（代章）"), sheet.line("2026年3月6日")
    office = sheet.ink(LEFT + 40, host[1] - page.LINE.mm, 210, host[1] - 3)
    assert office[2] == near(RIGHT)
    centres = [(box[0] + box[2]) / 2 for box in (office, host, date)]
    assert max(centres) - min(centres) < TOLERANCE


@pytest.mark.parametrize(("name", "names"), [("short-name", 1), ("mark-18", 1), ("two-names", 2)])
def test_a_seal_centred_on_names_and_date_touches_no_text_above_and_leaves_no_more_than_a_line(
    sheets, name, names
):
    sheet = sheets(name)[0]
    date = sheet.line("2026年3月6日")
    above = sheet.line("2.分管" if name == "two-names" else "特此告知")
    centre = (date[1] + date[3]) / 2 - page.LINE.mm * names / 2
    room = centre - page.SEAL_DIAMETER.mm / 2 - above[3]
    assert 0 < room < page.LINE.mm + (page.LINE - page.SIZE_3).mm
    assert (date[0] + date[2]) / 2 + page.SEAL_DIAMETER.mm / 2 < RIGHT


def test_an_annex_list_follows_one_blank_line_and_turns_over_under_the_names_first_character(sheets):
    sheet = sheets("two-names")[0]
    text, first, second = (sheet.line(words) for words in ("特此告知", "附件：1.", "2.分管"))
    assert first[1] - text[1] == near(page.LINE * 2)
    assert second[0] == near(LEFT + 5 * page.ZI.mm, 0.6)
    turned = sheet.ink(LEFT, first[3] + 3, 210, second[1] - 3)
    assert turned[0] == near(LEFT + 6 * page.ZI.mm, 0.8)


def test_a_single_annex_has_no_number(sheets):
    sheet = sheets("plain")[0]
    first = sheet.line("附件：澄湖县")
    turned = sheet.ink(LEFT, first[3] + 3, 210, first[3] + 10)
    assert turned[0] == near(LEFT + 5 * page.ZI.mm, 0.8)


def test_the_note_stands_on_the_line_after_the_date(sheets):
    sheet = sheets("plain")[0]
    assert sheet.line("（联系人")[1] - sheet.line("2026年3月6日")[1] == near(page.LINE, 0.2)


def test_an_annex_begins_a_page_with_its_label_on_line_1_and_its_title_on_line_3(sheets):
    sheet = sheets("annex-12")[1]
    label, title = sheet.line("附件1"), sheet.line("前期手续倒排")
    assert label[0] == near(LEFT, 0.3)
    assert sheet.ink(0, 30, 210, 50)[1] == near(page.TOP.mm + page.ink_top(page.SIZE_3, page.LINE).mm)
    baseline = page.TOP.mm + 2 * page.LINE.mm + page.TITLE_LINE.mm * page.BASELINE
    assert title[3] == near(baseline + 0.12 * page.SIZE_2.mm)
    assert (title[0] + title[2]) / 2 == near((LEFT + RIGHT) / 2)


def test_a_table_over_several_pages_repeats_its_head_and_keeps_its_rows(sheets):
    pages = sheets("annex-40")
    heads = [sheet.words.count("手续名称") for sheet in pages[1:]]
    assert heads == [1] * len(heads)
    assert sum(sheet.words.count("2026.3.31") for sheet in pages) == 40


@pytest.mark.parametrize("name", ["two-names", "annex-12", "annex-40", "fill-3", "fill-12", "fill-29"])
def test_the_copies_lie_at_the_foot_of_the_last_pages_text_area(sheets, name):
    last = sheets(name)[-1]
    first, end = last.line("抄送："), last.ink(0, FOOT - page.LINE.mm, 210, FOOT + 2)
    assert first[0] == near(LEFT + page.ZI_4.mm, 0.5)
    assert first[2] < RIGHT - page.ZI_4.mm + 0.5
    assert FOOT - end[3] == near(0.2 * page.LINE.mm - 0.12 * page.SIZE_4.mm)
    assert end[0] == near(LEFT + 4 * page.ZI_4.mm, 0.8)
    assert not any("抄送" in sheet.words for sheet in sheets(name)[:-1])


@pytest.mark.parametrize("count", range(1, 30))
def test_however_long_the_text_nothing_lies_under_the_copies_and_no_signature_stands_alone(sheets, count):
    pages = sheets(f"fill-{count}")
    last = pages[-1]
    copies = last.line("抄送：")[1]
    others = [line["bottom"] * 25.4 / 72 for line in last.lines if line["top"] * 25.4 / 72 < copies]
    assert max(others) < copies
    assert "特此告知" in next(sheet.words for sheet in pages if "2026 年 3 月 6 日" in sheet.words)


@pytest.mark.parametrize("count", [1, 3, 6, 7, 8, 9, 10, 20])
def test_the_copies_take_no_more_lines_than_room_is_kept_for(sheets, count):
    said = [line["text"] for line in sheets(f"copies-{count}")[-1].lines]
    first = next(place for place, words in enumerate(said) if words.startswith("抄送"))
    lines = [words for words in said[first:] if "—" not in words]
    whole = "".join(lines)
    assert (whole.count("，") + 1, whole[-1]) == (count, "。")
    assert len(lines) <= _copies_lines(whole) <= len(lines) + 1


def test_long_copies_go_to_a_page_of_their_own_and_leave_the_signature_where_it_is(sheets):
    first, last = sheets("copies-20")
    assert "2026 年 3 月 6 日" in first.words
    assert last.words.startswith("抄送")


def test_no_case_makes_a_blank_page(sheets, pdfs):
    assert [name for name in pdfs if any(sheet.is_blank for sheet in sheets(name))] == []


def test_widths_are_estimated_as_they_are_set(sheets):
    for name, words in (
        ("short-name", "澄湖县发展和改革委员会"),
        ("plain", "2026年3月6日"),
        ("plain", "现将有关事项告知如下"),
    ):
        left, _, right, _ = sheets(name)[0].line(words)
        whole = words + ("。" if words.startswith("现") else "")
        assert right - left == near(width(whole).mm, 0.6), words


def test_the_estimate_counts_the_pages_of_letters_as_libreoffice_does(sheets, pdfs):
    estimated = {name: estimate.pages(pdf.with_suffix(".docx").read_bytes()) for name, pdf in pdfs.items()}
    assert estimated == {name: len(sheets(name)) for name in pdfs}
