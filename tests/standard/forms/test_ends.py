"""The ends of documents in millimetres: signatures, tables, pages that lie across, the 版记; with two sets of fonts."""

from __future__ import annotations

from itertools import pairwise

import pytest

from docgen.standard.measures import page
from docgen.standard.measures.lengths import Length

pytestmark = pytest.mark.libreoffice

TOLERANCE = 1.0
LEFT = page.LEFT.mm
RIGHT = page.LEFT.mm + page.TEXT_WIDTH.mm
TOP = page.TOP.mm
FOOT = page.TOP.mm + page.TEXT_HEIGHT.mm
ZI = page.ZI.mm
DATE = "2026年3月6日"
OFFICE = "澄湖县人民政府办公室"
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


def near(expected: float | Length, tolerance: float = TOLERANCE):
    return pytest.approx(expected.mm if isinstance(expected, Length) else expected, abs=tolerance)


def whole_line(sheet, words):
    """Return the box of the line that says nothing else."""
    for line in sheet.lines:
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
        sheet for sheet in forms(name) if DATE in sheet.words.replace(" ", "") and "通知。" in sheet.words
    )  # the only line of the text may be parted, so that no signature stands alone
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
    below = sheet.line("特此" if "特此" in sheet.words else "通知。")[3]
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
