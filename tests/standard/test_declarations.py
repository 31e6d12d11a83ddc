"""The declarations against the clauses of GB/T 9704-2012: here, and only here, the numbers stand a second time."""

from __future__ import annotations

import pytest

from docgen.standard.build import elements
from docgen.standard.build.elements import ELEMENTS, FORM_ELEMENTS, Align
from docgen.standard.measures import page
from docgen.standard.measures.fonts import GB2312, PLAIN, Face
from docgen.standard.measures.lengths import Length, Pt


@pytest.mark.parametrize(
    ("clause", "declared", "millimetres"),
    [
        ("5.1 paper A4, width", page.PAGE_WIDTH, 210),
        ("5.1 paper A4, height", page.PAGE_HEIGHT, 297),
        ("5.2.1 top margin", page.TOP, 37),
        ("5.2.1 binding margin", page.LEFT, 28),
        ("5.2.1 text area, width", page.TEXT_WIDTH, 156),
        ("5.2.1 text area, height", page.TEXT_HEIGHT, 225),
        ("what is left at the right", page.RIGHT, 26),
        ("what is left at the foot", page.BOTTOM, 35),
        ("7.5 page number below the text area", page.PAGE_NUMBER_GAP, 7),
        ("10.1 mark below the page's top", page.LETTER_MARK_TOP, 30),
        ("10.1 rule below the mark", page.LETTER_RULE_GAP, 4),
        ("10.1 length of the rules", page.LETTER_RULE_LENGTH, 170),
        ("10.1 rule above the page's end", page.LETTER_RULE_FOOT, 20),
        ("10.1 number below the rule: 7/8 of a 3号 character", page.LETTER_NUMBER_GAP, 4.94),
        ("7.2.4 mark below the text area's top", page.MARK_TOP, 35),
        ("10.2 an order's mark below the text area's top", page.ORDER_MARK_TOP, 20),
        ("7.2.7 red rule below the number", page.RED_RULE_GAP, 4),
        ("7.4.1 outer rules of the 版记", page.OUTER_RULE, 0.35),
        ("7.4.1 inner rules of the 版记", page.INNER_RULE, 0.25),
        ("国发〔1999〕25号 seal of a county's government", page.SEAL_DIAMETER, 42),
    ],
)
def test_a_length_is_that_of_its_clause(clause, declared, millimetres):
    assert declared.mm == pytest.approx(millimetres, abs=0.01), clause


def test_22_lines_of_28_characters_fit_the_text_area_and_no_more():
    assert page.LINE * page.LINES <= page.TEXT_HEIGHT < page.LINE * (page.LINES + 1)
    assert page.ZI * page.CHARACTERS <= page.TEXT_WIDTH < page.ZI * (page.CHARACTERS + 1)


@pytest.mark.parametrize(
    ("element", "points", "face", "indent"),
    [
        (elements.TITLE, 22, Face.TITLE, 0),
        (elements.BODY, 16, Face.BODY, 2),
        (elements.HEADING_1, 16, Face.LABEL, 2),
        (elements.HEADING_2, 16, Face.NAME, 2),
        (elements.HEADING_3, 16, Face.BODY, 2),
        (elements.ADDRESSEE, 16, Face.BODY, 0),
        (elements.ANNEX_LABEL, 16, Face.LABEL, 0),
        (elements.ANNEX_TITLE, 22, Face.TITLE, 0),
        (elements.PAGE_NUMBER, 14, Face.DIGITS, 0),
        (elements.COPIES, 14, Face.BODY, -3 * 14 / 15.75),
    ],
)
def test_an_element_has_its_clauses_type_and_indent(element, points, face, indent):
    assert (element.size.pt, element.face) == (points, face)
    assert element.first / page.ZI == pytest.approx(indent)


def test_the_date_stands_4_characters_from_the_right():
    assert elements.DATE.right == page.ZI * 4
    assert elements.DATE.align is Align.RIGHT


@pytest.mark.parametrize(
    ("element", "points", "face"),
    [
        (elements.COPY_NUMBER, 16, Face.BODY),
        (elements.SECRECY, 16, Face.LABEL),
        (elements.URGENCY, 16, Face.LABEL),
        (elements.FILE_NUMBER, 16, Face.BODY),
        (elements.IMPRINT_ISSUE, 14, Face.BODY),
        (elements.FORM_TITLE, 22, Face.TITLE),
    ],
)
def test_an_element_of_the_other_forms_has_its_clauses_type(element, points, face):
    assert (element.size.pt, element.face) == (points, face)


def test_rules_are_drawn_within_a_hundredth_of_a_millimetre_of_their_clause():
    for eighths, wanted in (
        (page.OUTER_RULE_EIGHTHS, page.OUTER_RULE),
        (page.INNER_RULE_EIGHTHS, page.INNER_RULE),
    ):
        assert Pt(eighths / 8).mm == pytest.approx(wanted.mm, abs=0.02)


def test_every_element_has_its_own_identifier_name_and_clause():
    assert len({each.id for each in ELEMENTS}) == len({each.name for each in ELEMENTS}) == len(ELEMENTS)
    assert all(each.clause for each in FORM_ELEMENTS)
    assert (
        len({each.id for each in FORM_ELEMENTS})
        == len({each.name for each in FORM_ELEMENTS})
        == len(FORM_ELEMENTS)
    )


def test_plain_faces_change_only_those_that_lack_rare_characters():
    assert GB2312.names == ("方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体")
    assert PLAIN.names == ("方正小标宋简体", "仿宋", "黑体", "楷体", "宋体")


def test_sums_differences_and_multiples_of_lengths_are_lengths():
    total = sum([page.LEFT, page.TEXT_WIDTH], Length(0)) + page.RIGHT
    assert isinstance(total, Length)
    assert isinstance(page.LINE * 0.5 - page.ZI, Length)
    assert total == page.PAGE_WIDTH
