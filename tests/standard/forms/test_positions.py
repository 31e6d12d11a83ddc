"""Pages of every form, measured in millimetres: every element within 1 mm of GB/T 9704-2012, with two sets of fonts.

What is expected comes from the declarations; `test_declarations.py` holds these against the clauses.
"""

from __future__ import annotations

import pytest

from docgen.standard.measures import page
from docgen.standard.measures.lengths import Length
from docgen.standard.measures.widths import width

pytestmark = pytest.mark.libreoffice

TOLERANCE = 1.0
LEFT = page.LEFT.mm
RIGHT = page.LEFT.mm + page.TEXT_WIDTH.mm
TOP = page.TOP.mm
FOOT = page.TOP.mm + page.TEXT_HEIGHT.mm
CENTRE = (LEFT + RIGHT) / 2
ZI = page.ZI.mm
# From the mark's ink to that of the number: what is left of the mark's line, two blank lines, the room above the ink.
BELOW_MARK = (
    page.MARK_SIZE.mm * (page.MARK_LINE * (1 - page.BASELINE) - page.DESCENT)
    + 2 * page.LINE.mm
    + page.ink_top(page.SIZE_3, page.LINE).mm
)
MARKED = [
    "one",
    "bare",
    "secret",
    "urgent",
    "joint-2",
    "joint-3",
    "joint-6",
    "up-1",
    "up-3",
    "minutes",
    "ink",
]


def near(expected: float | Length, tolerance: float = TOLERANCE):
    return pytest.approx(expected.mm if isinstance(expected, Length) else expected, abs=tolerance)


def red_rule(sheet):
    """Return the box of the red rule, the lowest red thing of a first page."""
    bottom = sheet.red()[3]
    return sheet.red(0, bottom - 0.9, 210, bottom)


def number(sheet):
    """Return the box of the ink of the number's line."""
    rule = red_rule(sheet)
    return sheet.ink(LEFT, rule[1] - 9, RIGHT, rule[1] - 1)


@pytest.mark.parametrize("name", MARKED)
def test_the_marks_ink_begins_35_mm_below_the_text_areas_top_whatever_stands_above(forms, name):
    sheet = forms(name)[0]
    box = sheet.red()
    assert box[1] == near(TOP + page.MARK_TOP.mm)


def test_an_orders_mark_begins_20_mm_below_the_text_areas_top(forms):
    assert forms("order")[0].red(0, 0, 210, 90)[1] == near(TOP + page.ORDER_MARK_TOP.mm)


@pytest.mark.parametrize("name", ["one", "secret", "up-1", "minutes", "order"])
def test_a_mark_is_centred_and_no_wider_than_the_text_area(forms, name):
    left, _, right, _ = forms(name)[0].red(0, 50, 210, 90)
    assert (left + right) / 2 == near(CENTRE)
    assert left > LEFT - TOLERANCE
    assert right < RIGHT + TOLERANCE


def test_number_secrecy_and_urgency_stand_on_lines_1_to_3_at_the_left(forms):
    sheet = forms("secret")[0]
    for line, words in enumerate(("000123", "秘密★1年", "特急")):
        left, top, _, _ = sheet.line(words)
        ink = sheet.ink(0, TOP + line * page.LINE.mm + 1, 60, TOP + (line + 1) * page.LINE.mm)
        assert left == near(LEFT, 0.5)
        assert ink[1] == near(TOP + line * page.LINE.mm + page.ink_top(page.SIZE_3, page.LINE).mm)
        assert top > TOP


def test_what_is_missing_at_the_top_left_leaves_no_line(forms):
    assert forms("urgent")[0].ink(0, 30, 60, 60)[1] == near(TOP + page.ink_top(page.SIZE_3, page.LINE).mm)


@pytest.mark.parametrize("name", ["joint-2", "joint-3", "joint-6"])
def test_joint_names_are_stacked_to_one_width_with_the_word_in_the_middle_at_their_right(forms, name):
    sheet = forms(name)[0]
    left, top, right, bottom = sheet.red(0, 60, 210, red_rule(sheet)[1] - 25)
    word = sheet.red(right - 8, 60, 210, red_rule(sheet)[1] - 25)
    assert (word[1] + word[3]) / 2 == near((top + bottom) / 2)
    assert (left + right) / 2 == near(CENTRE, 1.5)
    size = (word[3] - word[1]) * 1.1
    starts = [
        sheet.red(0, top + size * 1.2 * n, CENTRE, top + size * 1.2 * n + size)[0]
        for n in range(int(name[-1]))
    ]
    assert max(starts) - min(starts) < size / 5


@pytest.mark.parametrize("name", ["one", "secret", "joint-3", "joint-6"])
def test_the_number_is_centred_two_blank_lines_below_the_mark(forms, name):
    sheet = forms(name)[0]
    bottom = sheet.red(LEFT + 2, 60, RIGHT + 1, red_rule(sheet)[1] - 12)[3]
    left, top, right, _ = number(sheet)
    assert (left + right) / 2 == near(CENTRE)
    assert top - bottom == near(BELOW_MARK, 1.2)


@pytest.mark.parametrize("name", ["one", "secret", "joint-3", "up-1", "up-2", "up-4", "ink"])
def test_the_red_rule_is_as_wide_as_the_text_area_4_mm_below_the_number(forms, name):
    sheet = forms(name)[0]
    left, top, right, _ = red_rule(sheet)
    assert (left, right) == (near(LEFT, 0.5), near(RIGHT, 0.5))
    assert top - number(sheet)[3] == near(page.RED_RULE_GAP)


@pytest.mark.parametrize("name", ["one", "secret", "joint-3", "up-1", "four-lines"])
def test_the_title_stands_two_blank_lines_below_the_rule(forms, name):
    sheet = forms(name)[0]
    bottom = red_rule(sheet)[3]
    top = sheet.ink(0, bottom + 5, 210, bottom + 40)[1]
    assert top - bottom == near(page.LINE.mm * 2 + page.ink_top(page.SIZE_2, page.TITLE_LINE).mm)


@pytest.mark.parametrize("name", ["one", "up-1", "four-lines"])
def test_title_lines_are_centred_and_the_addressee_follows_after_a_blank_line(forms, name):
    sheet = forms(name)[0]
    last = "通知" if name == "four-lines" else "工作机制"
    left, _, right, bottom = sheet.line(last)
    assert (left + right) / 2 == near(CENTRE)
    addressee = sheet.line("各苏木镇")
    assert addressee[0] == near(LEFT, 0.5)
    assert addressee[3] - bottom == near(page.LINE.mm * 2, 2)


@pytest.mark.parametrize(("name", "right"), [("up-1", "张三丰"), ("up-4", "赵小六")])
def test_going_upward_the_number_is_1_zi_from_the_left_and_the_signatory_1_zi_from_the_right(
    forms, name, right
):
    left, _, end, _ = number(forms(name)[0])
    assert left == near(LEFT + ZI)
    assert end == near(RIGHT - ZI)


@pytest.mark.parametrize(("name", "lines"), [("up-2", 1), ("up-3", 2), ("up-4", 2)])
def test_signatories_stand_two_a_line_aligned_the_last_on_the_numbers_line(forms, name, lines):
    sheet = forms(name)[0]
    rule = red_rule(sheet)[1]
    rows = [
        sheet.ink(LEFT + 70, rule - 9 - page.LINE.mm * up, 210, rule - 1 - page.LINE.mm * up)
        for up in range(lines)
    ]
    assert all(row is not None for row in rows)
    assert sheet.ink(LEFT, rule - 9 - page.LINE.mm * lines, 210, rule - 1 - page.LINE.mm * lines) is None
    if lines > 1:
        label = width("签发人：").mm
        assert rows[1][0] + label == near(rows[0][0])


@pytest.mark.parametrize("number", [2, 3])
def test_a_full_page_holds_22_lines_of_28_characters_from_edge_to_edge(forms, number):
    lines = [line for line in forms("long")[number - 1].lines if "国" in line["text"]]
    assert [len(line["text"]) for line in lines] == [page.CHARACTERS] * page.LINES
    assert min(line["x0"] for line in lines) * 25.4 / 72 == near(LEFT)
    assert max(line["x1"] for line in lines) * 25.4 / 72 == near(RIGHT)


def test_with_ink_margins_the_ink_itself_fills_the_text_area(forms):
    sheet = forms("ink")[1]
    _, top, _, bottom = sheet.ink(0, 25, 210, 264)
    assert (top, bottom) == (near(TOP), near(FOOT))
    assert sum("国" in line["text"] for line in sheet.lines) == page.LINES


def test_headings_and_text_stand_two_zi_in(forms):
    pages = forms("levels")
    for words in (
        "一、总体",
        "二、重点",
        "（一）明确",
        "（二）倒排",
        "1.用地",
        "2.环评",
        "（1）登记",
        "特此",
        "附件：",
        "（联系人",
    ):
        sheet = next(sheet for sheet in pages if words in sheet.words.replace(" ", ""))
        assert sheet.line(words)[0] == near(LEFT + 2 * ZI), words


@pytest.mark.parametrize("name", ["one", "levels", "long", "minutes", "order"])
def test_page_numbers_stand_7_mm_below_the_text_area_odd_ones_right_even_ones_left(forms, name):
    for place, sheet in enumerate(forms(name), start=1):
        if sheet.is_blank or "—" not in sheet.words:
            continue
        assert f"—{place}—" in sheet.words.replace(" ", "")
        left, _, right, _ = sheet.ink(0, FOOT + 3, 210, 290)
        dash = sheet.ink(left, FOOT + 3, left + 3.5, 290)
        assert dash[1] - FOOT == near(page.PAGE_NUMBER_GAP)
        outer = left - LEFT if place % 2 == 0 else RIGHT - right
        assert outer == near(page.ZI_4)


def test_plain_page_numbers_have_no_dashes(forms):
    assert all("—" not in sheet.words for sheet in forms("ink"))
    assert forms("ink")[0].words.rstrip().endswith("1")


def test_an_orders_number_stands_two_blank_lines_below_the_mark_and_two_above_the_text(forms):
    sheet = forms("order")[0]
    number, text = sheet.line("第3号"), sheet.line("《澄湖县")
    assert (number[0] + number[2]) / 2 == near(CENTRE)
    assert text[1] - number[1] == near(page.LINE * 3)
    mark_bottom = sheet.red(0, 50, 210, 90)[3]
    assert sheet.ink(80, mark_bottom + 5, 130, mark_bottom + 45)[1] - mark_bottom == near(BELOW_MARK, 1.2)


def test_minutes_list_those_present_2_zi_in_and_turn_over_after_the_colon(forms):
    sheet = forms("minutes")[0]
    first = sheet.line("出席：")
    assert first[0] == near(LEFT + 2 * ZI)
    turned = min(
        each["x0"] for each in sheet.text.chars if first[1] + 5 < each["top"] * 25.4 / 72 < first[1] + 14
    )
    assert turned * 25.4 / 72 == near(LEFT + 5 * ZI)
    assert first[1] - sheet.line("会议议定")[1] == near(page.LINE * 2)
    pages = forms("minutes")
    for label in ("请假：", "列席："):
        assert next(each for each in pages if label in each.words).line(label)[0] == near(LEFT + 2 * ZI)
