"""Pages of every form, measured in millimetres: every element within 1 mm of GB/T 9704-2012, with two sets of fonts.

What is expected comes from the declarations; `test_declarations.py` holds these against the clauses.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from docgen.standard import page
from docgen.standard.lengths import Length
from docgen.standard.widths import width

pytestmark = pytest.mark.libreoffice

TOLERANCE = 1.0
LEFT = page.LEFT.mm
RIGHT = page.LEFT.mm + page.TEXT_WIDTH.mm
TOP = page.TOP.mm
FOOT = page.TOP.mm + page.TEXT_HEIGHT.mm
CENTRE = (LEFT + RIGHT) / 2
ZI = page.ZI.mm
DATE = "2026年3月6日"
OFFICE = "澄湖县人民政府办公室"
# From the mark's ink to that of the number: what is left of the mark's line, two blank lines, the room above the ink.
BELOW_MARK = (
    page.MARK_SIZE.mm * (page.MARK_LINE * (1 - page.BASELINE) - page.DESCENT)
    + 2 * page.LINE.mm
    + page.ink_top(page.SIZE_3, page.LINE).mm
)
WITH_IMPRINT = [
    "one",
    "secret",
    "levels",
    "joint-2",
    "moved",
    "up-1",
    "up-4",
    "minutes",
    "table",
    "across",
    "ink",
    "down-16",
]
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
    lines = [line for line in forms("long")[number - 1].text.extract_text_lines() if "国" in line["text"]]
    assert [len(line["text"]) for line in lines] == [page.CHARACTERS] * page.LINES
    assert min(line["x0"] for line in lines) * 25.4 / 72 == near(LEFT)
    assert max(line["x1"] for line in lines) * 25.4 / 72 == near(RIGHT)


def test_with_ink_margins_the_ink_itself_fills_the_text_area(forms):
    sheet = forms("ink")[1]
    _, top, _, bottom = sheet.ink(0, 25, 210, 264)
    assert (top, bottom) == (near(TOP), near(FOOT))
    assert sum("国" in line["text"] for line in sheet.text.extract_text_lines()) == page.LINES


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
        if sheet.ink() is None or "—" not in sheet.words:
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


def whole_line(sheet, words):
    """Return the box of the line that says nothing else."""
    for line in sheet.text.extract_text_lines(return_chars=False):
        if line["text"].replace(" ", "") == words:
            return tuple(line[edge] * 25.4 / 72 for edge in ("x0", "top", "x1", "bottom"))
    raise AssertionError(words)


def inked_rules(sheet):
    """Return top and bottom of each rule of the 版记, in the ink left of its words."""
    strip = (LEFT + 0.5, 180, LEFT + 3, FOOT + 3)
    found, top = [], strip[1]
    while box := sheet.ink(strip[0], top, strip[2], strip[3]):
        first = sheet.ink(strip[0], box[1], strip[2], box[1] + 1)
        found.append((first[1], first[3]))
        top = first[3] + 0.2
    return found


@pytest.mark.parametrize("name", WITH_IMPRINT)
def test_the_last_rule_of_the_imprint_is_the_text_areas_foot(forms, name):
    rules = inked_rules(forms(name)[-1])
    assert rules[-1][1] == near(FOOT)
    thick = [bottom - top for top, bottom in rules]
    assert thick[0] == near(page.OUTER_RULE, 0.12)
    assert thick[-1] == near(page.OUTER_RULE, 0.12)
    assert all(each == near(page.INNER_RULE, 0.12) for each in thick[1:-1])


@pytest.mark.parametrize("name", WITH_IMPRINT)
def test_the_rules_of_the_imprint_are_as_wide_as_the_text_area(forms, name):
    sheet = forms(name)[-1]
    top, bottom = inked_rules(sheet)[-1]
    left, _, right, _ = sheet.ink(0, top, 210, bottom)
    assert (left, right) == (near(LEFT, 0.5), near(RIGHT, 0.5))


@pytest.mark.parametrize("name", ["one", "moved", "up-1", "minutes", "across"])
def test_the_words_of_the_imprint_stand_1_zi_in_and_copies_turn_over_after_the_colon(forms, name):
    sheet = forms(name)[-1]
    rules = inked_rules(sheet)
    left, _, right, _ = sheet.ink(LEFT + 0.5, rules[-2][1] + 1, RIGHT - 0.5, rules[-1][0] - 0.5)
    assert left == near(LEFT + page.ZI_4.mm)
    assert right == near(RIGHT - page.ZI_4.mm)
    copies = sheet.line("抄送：")
    assert copies[0] == near(LEFT + page.ZI_4.mm)
    turned = sheet.ink(LEFT + 0.5, rules[-2][0] - 8, RIGHT, rules[-2][0] - 0.5)
    assert turned[0] == near(LEFT + 4 * page.ZI_4.mm)


def test_moved_addressees_stand_above_the_copies_without_a_rule_between(forms):
    sheet = forms("moved")[-1]
    rules = inked_rules(sheet)
    assert len(rules) == 3
    assert rules[0][1] < sheet.line("主送：")[1] < sheet.line("抄送：")[1] < rules[1][0]


@pytest.mark.parametrize("name", ["down-4", "down-16", "text-3", "rows-6", "upward-30"])
def test_nothing_lies_under_the_imprint(forms, name):
    last = forms(name)[-1]
    top = inked_rules(last)[0][0]
    assert last.ink(LEFT, top - 2, RIGHT, top - 0.3) is None
    assert min(line["top"] for line in last.text.extract_text_lines()) * 25.4 / 72 > TOP


def test_a_sealed_date_stands_4_zi_from_the_right_and_the_organ_is_centred_on_it(forms):
    sheet = forms("one")[0]
    name, date = whole_line(sheet, OFFICE), sheet.line(DATE)
    assert RIGHT - date[2] == near(page.DATE_RIGHT)
    assert (name[0] + name[2]) / 2 == near((date[0] + date[2]) / 2)


def test_an_unsealed_organ_stands_2_zi_from_the_right_and_the_date_begins_2_zi_after_it(forms):
    sheet = forms("unsealed")[0]
    name, date, text = whole_line(sheet, OFFICE), sheet.line(DATE), sheet.line("特此通知")
    assert RIGHT - name[2] == near(page.ORGAN_RIGHT)
    assert date[0] - name[0] == near(page.UNSEALED_DATE_STEP)
    assert name[1] - text[1] == near(page.LINE * 2)


def test_a_date_longer_than_the_unsealed_organ_stands_2_zi_from_the_right(forms):
    sheet = forms("unsealed-short")[0]
    name, date = sheet.line("水务局"), sheet.line("2026年11月26日")
    assert RIGHT - date[2] == near(page.ORGAN_RIGHT)
    # Micro Hei's digits are a tenth wider than those of a 仿宋, by which the organ's place is computed.
    assert date[0] - name[0] == near(page.UNSEALED_DATE_STEP, 2.2)


@pytest.mark.parametrize("name", ["joint-2", "joint-3", "joint-6"])
def test_joint_seals_do_not_touch_stay_in_the_text_area_and_the_last_covers_the_date(forms, name):
    sheet = next(
        sheet for sheet in forms(name) if DATE in sheet.words.replace(" ", "") and "特此" in sheet.words
    )
    date = sheet.line(DATE)
    rows = organ_rows(sheet)
    radius = page.SEAL_DIAMETER.mm / 2
    centres = [(x, y) for y, row in rows for x in row]
    assert len(centres) == int(name[-1])
    assert centres[-1][0] == near((date[0] + date[2]) / 2, 1.5)
    for place, (x, y) in enumerate(centres):
        assert x - radius > LEFT - TOLERANCE
        assert x + radius < RIGHT + TOLERANCE
        for other_x, other_y in centres[:place]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 > (2 * radius) ** 2
    assert max(len(row) for _, row in rows) <= page.SEALS_IN_ROW


def organ_rows(sheet):
    """Return for each row of organs its height on the page and the centres of its names."""
    below = sheet.line("特此")[3]
    until = sheet.line(DATE)[1]
    chars = [
        (c["top"] * 25.4 / 72, c["x0"] * 25.4 / 72, c["x1"] * 25.4 / 72)
        for c in sheet.text.chars
        if c["text"].strip() and below < c["top"] * 25.4 / 72 < until - 3
    ]
    rows = {}
    for top, left, right in sorted(chars):
        rows.setdefault(round(top), []).append((left, right))
    return [(top, _centres(sorted(found))) for top, found in rows.items()]


def _centres(edges):
    groups = [[edges[0]]]
    for before, after in pairwise(edges):
        if after[0] - before[1] > 2:
            groups.append([])
        groups[-1].append(after)
    return [(group[0][0] + group[-1][1]) / 2 for group in groups]


def test_a_stamp_stands_4_zi_from_the_right_its_post_2_zi_left_of_it_and_the_date_a_blank_line_below(forms):
    sheet = forms("order")[0]
    stamp = sheet.red(100, 130, 210, 250)
    date = sheet.line(DATE)
    post = sheet.ink(LEFT + 40, stamp[1], RIGHT - page.STAMP_RIGHT.mm - page.STAMP_WIDTH.mm, stamp[3])
    assert (stamp[0] + stamp[2]) / 2 == near(RIGHT - page.STAMP_RIGHT.mm - page.STAMP_WIDTH.mm / 2, 2)
    assert post[2] == near(RIGHT - page.STAMP_RIGHT.mm - page.STAMP_WIDTH.mm - page.STAMP_GAP.mm)
    assert RIGHT - date[2] == near(page.DATE_RIGHT)
    line = sheet.line("县长")
    assert date[1] - line[1] == near(page.LINE * 2, 1.5)
    assert line[1] - sheet.line("议通过")[1] == near(page.LINE * 3, 1.5)


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


def test_on_pages_that_lie_across_the_number_is_where_it_is_on_upright_ones(forms):
    upright_line = page.PAGE_HEIGHT.mm - FOOT - page.PAGE_NUMBER_GAP.mm
    for place, sheet in enumerate(forms("across"), start=1):
        if sheet.text.width < sheet.text.height:
            continue
        box = sheet.ink(0, 0, page.BOTTOM.mm - 1.5, 210)
        assert f"{place}" in sheet.words
        # Turned upright, the left edge is the foot: the dashes' middle lies 7 mm below the text area.
        dash = sheet.ink(0, box[1], page.BOTTOM.mm - 1.5, box[1] + 3)
        assert (dash[0] + dash[2]) / 2 == near(upright_line)
        outer = 210 - page.RIGHT.mm - box[3] if place % 2 else box[1] - page.LEFT.mm
        assert outer == near(page.ZI_4)


def test_pages_that_lie_across_have_the_upright_text_area_turned(forms):
    across = [sheet for sheet in forms("across") if sheet.text.width > sheet.text.height]
    assert across
    for sheet in across:
        left, top, right, bottom = sheet.ink(page.BOTTOM.mm - 0.5, 0, 297, 210)
        assert left > page.BOTTOM.mm - TOLERANCE
        assert right < 297 - TOP + TOLERANCE
        assert top > LEFT - TOLERANCE
        assert bottom < 210 - page.RIGHT.mm + TOLERANCE
    assert forms("across")[-1].text.width < forms("across")[-1].text.height


@pytest.mark.parametrize("name", ["table", "table-size", "across"])
def test_a_table_repeats_its_head_and_keeps_its_rows(forms, name):
    pages = [sheet.words.replace("\n", "") for sheet in forms(name) if "牵头单位" in sheet.words]
    assert len(pages) > 1
    assert sum(words.count("2026.3.10") for words in pages) == 30


def test_numbers_in_a_table_end_at_one_edge(forms):
    sheet = next(sheet for sheet in forms("table") if "牵头单位" in sheet.words)
    ends = {round(each["x1"]) for each in sheet.text.extract_words() if each["text"].endswith((".5", ".0"))}
    assert max(ends) - min(ends) <= 1


def test_equal_cells_of_a_group_are_one_cell(forms):
    words = "".join(sheet.words for sheet in forms("grouped") if "所在地" in sheet.words)
    assert words.count("城关镇") == words.count("沙湾镇") == 1
