"""The page of GB/T 9704-2012: paper, margins, text area, lines and characters, page number; and of the letter format.

Every number of the standard stands here once, beside its clause. `zi` is the width of one character of 3号.
"""

from __future__ import annotations

from typing import Final

from docgen.standard.measures.lengths import Length, Mm, Pt, Twip

# 5.1 paper: A4; 5.2.1 margins 37 (top) and 28 (left), text area 156 x 225
PAGE_WIDTH: Final = Mm(210)
PAGE_HEIGHT: Final = Mm(297)
TOP: Final = Mm(37)
LEFT: Final = Mm(28)
TEXT_WIDTH: Final = Mm(156)
TEXT_HEIGHT: Final = Mm(225)
RIGHT: Final = PAGE_WIDTH - LEFT - TEXT_WIDTH
BOTTOM: Final = PAGE_HEIGHT - TOP - TEXT_HEIGHT

# 5.2.2 and 5.2.3: 3号 type, 22 lines a page, 28 characters a line
SIZE_2: Final = Pt(22)
SIZE_3: Final = Pt(16)
SIZE_4: Final = Pt(14)
LINES: Final = 22
CHARACTERS: Final = 28
# 28 characters of 16 pt are wider than 156 mm, so each gives up a quarter of a point.
TIGHTENING: Final = Twip(-5)
ZI: Final = SIZE_3 + TIGHTENING
# 225 mm / 22 lines, rounded down: a line of 580 twips gives 21 lines.
LINE: Final = Twip(579)
TITLE_LINE: Final = Twip(640)
# Where ink stands in a line: LibreOffice and Word put the baseline of a line of exact height at four fifths of it,
# whatever the face. In FandolSong a line's ink was measured from 0.76 of the size above it to 0.16 below; the official
# faces were not at hand and are expected to stand a little higher, so the shares lie between.
BASELINE: Final = 0.8
ASCENT: Final = 0.80
DESCENT: Final = 0.14

# 7.5: page number of 4号, its dashes 7 mm below the text area
PAGE_NUMBER_GAP: Final = Mm(7)
PAGE_NUMBER_LINE: Final = Pt(20)
ZI_4: Final = SIZE_4
# The dash's ink stands 0.36 of the size above the baseline.
FOOTER_DISTANCE: Final = BOTTOM - PAGE_NUMBER_GAP - PAGE_NUMBER_LINE * (1 - BASELINE) - SIZE_4 * 0.36

# 10.1 letter format
LETTER_MARK_TOP: Final = Mm(30)
LETTER_RULE_GAP: Final = Mm(4)
LETTER_RULE_LENGTH: Final = Mm(170)
LETTER_RULE_FOOT: Final = Mm(20)
LETTER_NUMBER_GAP: Final = SIZE_3 * (7 / 8)
# Free by the standard: the mark's size, and the strength of the double rules.
MARK_SIZE: Final = Pt(42)
NARROW_MARK_SIZE: Final = Pt(26)
MARK_LINE: Final = 1.2
RULE_THICK: Final = Pt(2.25)
RULE_GAP: Final = Pt(1)
RULE_THIN: Final = Pt(0.75)
RULE_HEIGHT: Final = RULE_THICK + RULE_GAP + RULE_THIN
RED: Final = "FF0000"

# 7.3.5.1: the seal of a county's or a city's government (国发〔1999〕25号: 4.2 to 4.5 cm)
SEAL_DIAMETER: Final = Mm(42)
# 7.3.5.1: the date of a sealed document stands 4 characters from the right edge
DATE_RIGHT: Final = ZI * 4

# 7.2.4 and 10.2, 10.3: ink of the mark below the text area's top, of the general form and minutes, and of an order
MARK_TOP: Final = Mm(35)
ORDER_MARK_TOP: Final = Mm(20)
# 7.2.7: the red rule below the number; its strength is free
RED_RULE_GAP: Final = Mm(4)
RED_RULE_EIGHTHS: Final = 12
# A rule lies below the line's foot by whole points; the ink of 3号 ends above that foot.
RED_RULE_SPACE: Final = 7
# Free: how much of page 1 a mark of joint issue may take at most, so that the text begins on page 1 (5.2.4).
JOINT_MARK_HEIGHT: Final = Mm(80)

# 7.4.1: the rules of the 版记, outer 0.35 mm and inner 0.25 mm, in eighths of a point as OOXML has them
OUTER_RULE_EIGHTHS: Final = 8
INNER_RULE_EIGHTHS: Final = 6
OUTER_RULE: Final = Mm(0.35)
INNER_RULE: Final = Mm(0.25)
RULE_LINE: Final = Twip(20)

# 7.3.5.2: an unsealed signature; 7.3.5.3: a signatory's stamp (签名章), of which the standard gives no size
ORGAN_RIGHT: Final = ZI * 2
UNSEALED_DATE_STEP: Final = ZI * 2
STAMP_RIGHT: Final = ZI * 4
STAMP_GAP: Final = ZI * 2
STAMP_WIDTH: Final = Mm(30)
SEALS_IN_ROW: Final = 3
SEAL_GAP: Final = Mm(2)

# The ink reading of 5.2.1: margins by which the text's ink, not its first line's box, begins 37 mm below the edge.
INK_TOP: Final = Twip(1880)
INK_BOTTOM: Final = Twip(1933)
INK_LINE: Final = Twip(592)


def ink_top(size: Length, line: Length) -> Length:
    """Return how far below the top of a line of exact height the ink of hanzi of a size begins."""
    return line * BASELINE - size * ASCENT
