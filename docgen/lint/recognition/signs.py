"""Signs in one paragraph's words and looks that it is a certain element."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, islice, takewhile
from typing import Final

from docgen.lint.reading.model import Doc, Family, Para, family, is_red
from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Role

_MARK_SIZE: Final = 25.0
_RED_MARK_SIZE: Final = 20.0
TITLE_SIZE: Final = 18.5
LONGEST_TITLE: Final = 60
LONGEST_NAME: Final = 45
_POST_LENGTH: Final = 20
_FEWEST_CELLS: Final = 6
_NEAR: Final = 3
_PERSON: Final = re.compile(
    "(?:[\u3400-\u9fff·]{2,12}|[\u3400-\u9fff][\u3000 ]+[\u3400-\u9fff]|（待定）)\u3000+[\u3400-\u9fff][^。]*$"
)
_SEAT: Final = re.compile(rf"[\u3400-\u9fff \u3000]{{1,14}}[长员任人问][:：]{_PERSON.pattern}")
_OF_TITLES: Final = "关于"
_POST_AND_NAME: Final = re.compile(
    r"^[\u3400-\u9fff]{1,3}(?:[\u3000 ]?\S{1,12})?[\t\u3000 ]+\S{1,2}[\u3000 ]?\S{1,3}$"
)


def label(bare: str) -> Role | None:
    """Return which of the labels above the mark a text is, None for none."""
    if words.SECRECY.match(bare):
        return Role.SECRECY
    if words.URGENCY.match(bare):
        return Role.URGENCY
    return Role.COPY_NUMBER if words.COPY_NUMBER.match(bare) else None


def is_number(bare: str) -> bool:
    """Whether a text without white space is a number of a document; a title that names one is none."""
    if bare.startswith(_OF_TITLES):
        return False
    found = words.NUMBER.match(bare)
    if words.PLAIN_NUMBER.match(bare) or bare == words.UNCOUNTED:
        return True
    if found is None or not any(each.isdigit() for each in found["year"]):
        return False
    return bool(found["end"]) or bare.endswith("号") or found["serial"].removeprefix("第").isdigit()


def is_loose_number(para: Para) -> bool:
    """Whether a line below the mark stands as the number does, its words no number: at a place, with a red line."""
    if len(para.bare) > LONGEST_NAME or para.look.size >= TITLE_SIZE or "。" in para.words:
        return False
    ruled = any(each.seen and is_red(each.color) for each in para.setting.borders.values())
    set_aside = para.setting.align in ("center", "right")
    return (set_aside and para.bare.endswith("号")) or (ruled and any(map(str.isdigit, para.bare)))


def is_mark(para: Para, *, first: bool) -> bool:
    """Whether a paragraph is a mark, or a line of one."""
    if len(para.bare) > LONGEST_NAME or is_date(para):
        return False
    if para.look.is_red and para.look.size >= _RED_MARK_SIZE:
        return True
    return para.look.size >= _MARK_SIZE or (
        first
        and para.bare.endswith("文件")
        and _OF_TITLES not in para.bare
        and para.look.size >= _RED_MARK_SIZE
    )


def are_names(para: Para) -> bool:
    """Whether a line holds nothing but a few names of people, perhaps a document's number."""
    pieces = para.words.split()
    return (
        len(pieces) > 0
        and all(1 < len(each) <= 4 and each.isalpha() for each in pieces[-2:])
        and (
            len(pieces) <= 4
            and para.look.size < TITLE_SIZE
            and "。" not in para.words
            and "：" not in para.words
            and words.kind_of(para.bare) == ""
        )
    )


def is_of_public(lines: Sequence[Para]) -> bool:
    """Whether the first of some lines ends the title of a 公告 or 通告, or one below it does, above any number."""
    above = takewhile(lambda each: not is_number(each.bare), lines)
    return any(words.kind_of(each.bare) in words.PUBLIC for each in above)


def is_subtitle(para: Para, *, public: bool = False) -> bool:
    """Whether a line below the title gives in brackets a number or a date; that of a `public` kind its issue, bare."""
    if para.setting.align != "center":
        return False
    if public and words.PLAIN_NUMBER.match(para.bare):
        return True
    dated = para.bare[0] in "（(" and para.bare[-1] in "）)" and any(each.isdigit() for each in para.bare)
    return dated or bool(words.STAGE.match(para.bare))


def are_issuer_and_date(paras: Sequence[Para]) -> bool:
    """Whether two lines below a title say in the middle who issued it, or spoke, and when."""
    if len(paras) < 2 or any(each.setting.align != "center" for each in paras):
        return False
    issued = bool(words.ORGAN_END.search(paras[0].words)) and is_date(paras[1])
    spoken = (
        len(paras[0].words) <= LONGEST_NAME
        and paras[0].words[-1] not in "：:。，；"
        and is_subtitle(paras[1])
    )
    return issued or spoken


def is_date(para: Para) -> bool:
    """Whether a paragraph is a date and nothing else, right or wrong."""
    return not para.table and bool(words.DATE.match(para.bare) or words.LOOSE_DATE.match(para.bare))


def is_printed_date(para: Para) -> bool:
    """Whether a paragraph is nothing but a date with 印发, which only the 版记 should have."""
    found = None if para.table else words.PRINTED.match(para.words)
    return found is not None and not found["organ"] and bool(found["word"])


def is_name(para: Para) -> bool:
    """Whether a line can be a signature: short, without a sentence, and not set like text."""
    text = para.words
    long = any(
        len(each) > LONGEST_NAME for each in text.split("\t")
    )  # tabs part organs that stand side by side
    if para.table or long or text[-1] in "。：:；，" or words.ANNEX_LIST.match(text):
        return False
    if any(level.match(text) for level in words.LEVELS) or words.LIST.match(text) or words.COPIES.match(text):
        return False
    aside = (
        para.setting.align in ("right", "center")
        or para.setting.left + para.setting.first > 60
        or para.lead > 8
    )
    if aside or is_signed_by_hand(para) or para.text.startswith("\t"):
        return True
    return bool(words.ORGAN_END.search(text.removesuffix("（代章）").removesuffix("(代章)")))


def is_signed_by_hand(para: Para) -> bool:
    """Whether a line has the shape of a post and a name, as a signatory's stamp stands (`县长　张某`)."""
    return bool(_POST_AND_NAME.match(para.words)) and len(para.bare) < _POST_LENGTH


def is_signed(para: Para) -> bool:
    """Whether a paragraph is a signature without a date below it."""
    return is_name(para) and para.setting.align in ("right", "center")


def is_signed_and_dated(para: Para) -> bool:
    """Whether a paragraph holds the signature and, below a soft break, the date."""
    *above, last = [line.strip() for line in para.words.split("\n")]
    dated = words.DATE.match("".join(last.split())) or words.LOOSE_DATE.match("".join(last.split()))
    return (
        bool(above)
        and bool(dated)
        and not para.table
        and all(0 < len(line) <= LONGEST_NAME for line in above)
    )


def starts_annex_list(para: Para) -> bool:
    """Whether a paragraph begins the 附件说明; written 附件一：… too, which is wrong, but not on a new page."""
    if "。" in para.words[:-1]:
        return False
    if words.ANNEX_BY_NAME.match(para.words):
        return not para.starts_page
    found = words.ANNEX_LIST.match(para.words)
    return bool(found) and bool(found and (found["colon"] or found["rest"][0].isdigit()))


def is_annex_item(para: Para) -> bool:
    """Whether a paragraph goes on with the 附件说明."""
    found = words.ANNEX_ITEM.match(para.words) or words.ANNEX_BY_NAME.match(para.words)
    return bool(found) and "。" not in para.words[:-1] and not para.starts_page


def is_annex_title(para: Para, *, first: bool) -> bool:
    """Whether a paragraph below an annex head is its title; the first one needs fewer signs."""
    if para.table or len(para.bare) > LONGEST_TITLE or "。" in para.words[:-1]:
        return False
    signs = (
        para.setting.align == "center",
        para.look.size >= TITLE_SIZE,
        family(para.look.east) == Family.TITLE,
    )
    return sum(signs) >= (1 if first else 2)


def is_centred_name(para: Para) -> bool:
    """Whether a short line in the middle is a name and no sentence."""
    short = len(para.bare) <= LONGEST_NAME and para.words[-1] not in "。；：:，"
    return para.setting.align == "center" and short


def names_what_is_beside(doc: Doc, para: Para) -> bool:
    """Whether a line in the middle, beside a picture or above a table, says what that is."""
    if not is_centred_name(para):
        return False
    above, below = (doc.paras[at : at + 1] for at in (max(0, para.number - 2), para.number))
    drawn = any(each.has_drawing and each.blank for each in (*above, *below))
    # What a table counts in stands between its name and the table.
    follows = dropwhile(
        lambda each: each.blank or words.UNIT.match(each.words), doc.paras[para.number :][:_NEAR]
    )
    return drawn or any(each.table > 0 for each in (*below, *islice(follows, 1)))


def is_of_roster(para: Para, above: Role | None) -> bool:
    """Whether a line names one person of a roster and the post; without a label it goes on with the line `above`."""
    return bool(_SEAT.match(para.words) or (above is Role.ROSTER and _PERSON.match(para.words)))


def below_table(live: Sequence[Para], place: int) -> int:
    """Return the place below the table that begins at a place; 0 for none, or one for a number and who signs."""
    end = place
    while end < len(live) and live[end].table and live[end].table == live[place].table:
        end += 1
    return end if end - place >= _FEWEST_CELLS else 0


def is_bracketed(para: Para) -> bool:
    """Whether a line stands in brackets."""
    return para.words[0] in "（(" and para.words[-1] in "）)"


def below_date(para: Para) -> Role:
    """Return what a line below the date is."""
    if words.NOTE.match(para.words) or is_bracketed(para):
        return Role.NOTE
    return Role.LIST if words.LIST.match(para.words) else Role.BODY
