"""Signs in one line's words and looks that it is a certain element; words decide, looks help."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from docgen.lint.reading.model import Family
from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Role
from docgen.reform.draft import BLANK, Line
from docgen.reform.labels import label_of
from docgen.standard.measures.widths import ems

LONGEST_NAME: Final = 45
LONGEST_TITLE: Final = 60
LONGEST_OF_ALL: Final = 140
"""Characters of a title that is surely one."""
_LINE: Final = 28
"""Characters on a line of text (5.2.3): an organ's name needs no second one."""
_TITLE_SIZE: Final = 18.5
_MARK_SIZE: Final = 20.0
_ASIDE: Final = 8.0
_MARK_ENDS: Final = ("文件", "令", "纪要", "简报", "专报", "公报")
_HANZI_DATE: Final = (
    r"[〇○零ΟＯ一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_OPEN: Final = r"[ \t\u3000\xa0×xX_＿]*"
_DATE: Final = re.compile(
    rf"(?P<date>(?:\d{{4}}|\d{{2}})\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日|{_HANZI_DATE}|"
    rf"\d{{4}}\s*[.\-/．]\s*\d{{1,2}}\s*[.\-/．]\s*\d{{1,2}}日?|\d{{4}}\s*年\s*\d{{0,2}}{_OPEN}月\s*\d{{0,2}}{_OPEN}日|"
    rf"[×xX_＿]{{1,8}}年{_OPEN}月{_OPEN}日|"
    r"[0-9]{4}年[0-9]{1,2}月|[〇○零ΟＯ一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月)$"
)
_SEALED: Final = re.compile(r"[（(](?:代章|盖章|公章|印章|章|签章)[）)]$")
_DATE_ENDS: Final = tuple("日月0123456789０１２３４５６７８９")
_WIDE: Final = re.compile("[０-ｚ]+")
_WITHOUT_BLANKS: Final = str.maketrans("", "", BLANK)
_SENTENCE: Final = re.compile("[。；！？]")
_PERSON: Final = "[\u3400-\u9fff]{1,2}[\u3000 ]*[\u3400-\u9fff·]{1,3}"
_POST: Final = re.compile(
    rf"^(?:\S{{2,12}}|\S[\u3000 ]+[长任])[\t\u3000 ]+{_PERSON}$"
    rf"|^\S{{0,8}}[长任记][:：][\t\u3000 ]*{_PERSON}$"
)
_CAPTION: Final = re.compile(
    r"^[（(]?(?:续?[表图])\s*[0-9０-９一二三四五六七八九十]|^(?:单位|注|备注|来源|资料来源|说明)[:：]"
)
_PREFACE: Final = re.compile(r"^[（(].*\d.*[）)]$")
_NAMED: Final = re.compile("[A-Za-z\u3400-\u9fff]")
_PARTED: Final = re.compile("[，,、；;：:]")
GAP: Final = re.compile(r"[\t\u3000]+|[ \xa0]{2,}|\n")
"""What parts names that stand on one line."""
_ORGAN: Final = re.compile(
    r"(?:大队|支队|总队|中队|指挥部|办公室|专班|所|站|队|协会|商会|联合会|银行|支行|报社|电视台|管委会)$"
)
_PEOPLE: Final = ("同志", "同志们", "先生", "女士", "代表", "领导", "企业", "职工")
STYLES: Final = {
    "发文机关标志": Role.MARK,
    "发文字号": Role.NUMBER,
    "文件发文字号": Role.NUMBER,
    "上行文发文字号": Role.NUMBER,
    "令号": Role.NUMBER,
    "纪要编号": Role.NUMBER,
    "纪要编发机关和日期": Role.ISSUER,
    "签发人": Role.SIGNER,
    "份号": Role.COPY_NUMBER,
    "密级和保密期限": Role.SECRECY,
    "紧急程度": Role.URGENCY,
    "公文标题": Role.TITLE,
    "主送机关": Role.ADDRESSEE,
    "公文正文": Role.BODY,
    "一级标题": Role.BODY,
    "二级标题": Role.BODY,
    "三级标题": Role.BODY,
    "四级标题": Role.BODY,
    "附件说明": Role.ANNEX_LIST,
    "发文机关署名": Role.SIGNATURE,
    "不盖章署名": Role.SIGNATURE,
    "联合署名": Role.SIGNATURE,
    "签名章": Role.SIGNATURE,
    "成文日期": Role.DATE,
    "不盖章日期": Role.DATE,
    "附注": Role.NOTE,
    "附件标识": Role.ANNEX_HEAD,
    "附件标题": Role.ANNEX_TITLE,
    "抄送机关": Role.IMPRINT,
    "印发机关和印发日期": Role.IMPRINT,
    "出席请假列席": Role.LIST,
}
"""The element that each of docgen's styles is; who set a paragraph in one has said what it is."""


def styled(line: Line) -> Role | None:
    """Return the element a line is by its style; None for other styles."""
    return STYLES.get(line.looks.style)


def folded(text: str) -> str:
    """Return a text without white space, full-width letters and digits made plain."""
    return _WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text.translate(_WITHOUT_BLANKS))


def is_sentence(line: Line) -> bool:
    """Whether a line has the end of a sentence before its own end."""
    return bool(_SENTENCE.search(line.words[:-1]))


def looks_titled(line: Line) -> int:
    """Return how many looks of a title a line has: centred, large, in a title's face or bold, a top heading."""
    looks = line.looks
    return sum(
        (
            looks.align == "center",
            looks.size >= _TITLE_SIZE,
            looks.face == Family.TITLE or looks.style.lower() in ("title", "标题"),
            looks.outline == 1,
        )
    )


def is_number(line: Line) -> bool:
    """Whether a line is the number of a document and nothing else, but perhaps 签发人."""
    if styled(line) is Role.NUMBER:
        return True
    bare = folded(line.text)
    bare = re.split("签发人", bare)[0]
    if not bare or len(bare) > LONGEST_NAME or "关于" in bare or is_sentence(line):
        return False
    if words.PLAIN_NUMBER.match(bare):
        return True
    found = words.NUMBER.match(bare)
    if found is None or not any(each.isdigit() for each in found["year"]):
        return False
    return bare.endswith("号") and found["serial"].removeprefix("第").isdigit() | (found["serial"] == "")


def is_mark(line: Line, *, numbered: bool) -> bool:
    """Whether a line is a mark; `numbered` says that a document's number follows soon."""
    if styled(line) is Role.MARK:
        return True
    bare = line.bare
    if not 2 < len(bare) <= LONGEST_NAME or is_sentence(line) or bare.startswith("关于") or is_date(line):
        return False
    if label_of(line.words) or "签发人" in bare or (words.kind_of(bare) and "关于" in bare):
        return False
    named = bare.endswith(_MARK_ENDS)
    if line.looks.red and line.looks.size >= _MARK_SIZE:
        return True
    if named and (line.looks.size >= _MARK_SIZE or numbered):
        return True
    return numbered and is_organ(bare)


def is_kind_title(text: str) -> bool:
    """Whether words end as a title does, with a 文种, and speak of something."""
    return bool(words.kind_of(text)) and ("关于" in text or len(text) <= LONGEST_NAME)


def is_addressee(line: Line) -> bool:
    """Whether a line names addressees: organs or people, a colon behind them."""
    if styled(line) is Role.ADDRESSEE:
        return True
    text = line.words
    if not words.ADDRESSEE_END.search(text) or "。" in text or "如下" in text or len(text) > 400:
        return False
    if label_of(text) or words.LIST.match(text) or words.ANNEX_LIST.match(text) or line.things:
        return False
    last = re.split("[、，,；;]", text.rstrip("：: "))[-1].strip(BLANK)
    last = re.sub(r"[（(][^（()）]*[）)]$", "", last)
    known = is_organ(last) or last.endswith(_PEOPLE)
    return known or (line.looks.indent <= 1 and len(last) <= LONGEST_NAME and len(text) > 2)


def date_in(text: str) -> re.Match[str] | None:
    """Return the date that a line ends with."""
    ended = text.rstrip(BLANK + "。")
    return _DATE.search(ended) if ended.endswith(_DATE_ENDS) else None


def is_date(line: Line) -> bool:
    """Whether a line is a date and nothing else, right or wrong."""
    if styled(line) is Role.DATE:
        return True
    found = date_in(folded(line.text))
    return found is not None and found.start() == 0 and not line.things


def signed_and_dated(line: Line) -> tuple[str, str] | None:
    """Return the names and the date of a line that holds both; None for any other."""
    text = line.words
    found = date_in(text)
    if found is None or found.start() == 0 or line.things:
        return None
    names = text[: found.start()].rstrip(BLANK + "，,")
    parted = text[len(names) : found.start()] != ""
    if (
        len(names) > LONGEST_NAME
        or _SENTENCE.search(names)
        or label_of(names)
        or "：" in names
        or ":" in names
    ):
        return None
    organ = any(map(is_organ, names.split("\n")))
    return (
        (names, found["date"])
        if (organ or (is_aside(line) and parted)) and not words.kind_of(names)
        else None
    )


def unsealed(text: str) -> str:
    """Return an organ's name without （代章） or （盖章） behind it."""
    return _SEALED.sub("", text.strip(BLANK)).strip(BLANK)


def is_organ(text: str) -> bool:
    """Whether words are an organ's name, perhaps with （代章） or （盖章）."""
    bare = unsealed(text)
    ended = words.ORGAN_END.search(bare) or _ORGAN.search(bare)
    return len(bare) > 1 and ems(bare) <= _LINE and bool(ended) and not _PARTED.search(bare)


def is_aside(line: Line) -> bool:
    """Whether a line stands at the right or in the middle, as names and dates do."""
    return line.looks.align in ("right", "center") or line.looks.indent > _ASIDE


def is_name(line: Line, *, above_date: bool) -> bool:
    """Whether a line can be a signature: short, without a sentence, and not set like text."""
    if styled(line) is Role.SIGNATURE:
        return True
    text = line.words
    if (
        not text
        or len(text) > LONGEST_NAME
        or text[-1] in "。：:；，！？"
        or line.things
        or line.looks.outline
    ):
        return False
    if (
        is_caption(line)
        or words.ANNEX_LIST.match(text)
        or label_of(text)
        or words.LIST.match(text)
        or _SENTENCE.search(text)
    ):
        return False
    if is_aside(line) or all(map(is_organ, re.split(r"[\t\u3000 \n]+", text))):
        return True
    return above_date and (bool(_POST.match(text)) or (len(text) <= 4 and text.isalpha()))


def is_annex_head(line: Line) -> bool:
    """Whether a line is the label of an annex, and nothing else."""
    return styled(line) is Role.ANNEX_HEAD or bool(words.ANNEX_HEAD.match(line.words))


def starts_annex_list(line: Line, *, above: bool = False) -> bool:
    """Whether a line begins the list of annexes, in the standard's way or as 附件一：某表.

    On a new page it is rather the head of an annex, but `above` the date, where a section may have begun.
    """
    if styled(line) is Role.ANNEX_LIST:
        return True
    text = line.words
    if "。" in text[:-1] or (line.looks.new_page and not above):
        return False
    if words.ANNEX_BY_NAME.match(text):
        return len(text) <= 2 * LONGEST_TITLE
    if not _NAMED.search(text[2:]):
        return False
    found = words.ANNEX_LIST.match(text)
    return bool(found and (found["colon"] or found["rest"][:1].isdigit()))


def is_annex_item(line: Line) -> bool:
    """Whether a line goes on with the list of annexes."""
    if styled(line) is Role.ANNEX_LIST:
        return True
    found = words.ANNEX_ITEM.match(line.words) or words.ANNEX_BY_NAME.match(line.words)
    return (
        bool(found)
        and bool(_NAMED.search(line.words))
        and "。" not in line.words[:-1]
        and not line.looks.new_page
    )


def is_note(line: Line) -> bool:
    """Whether a line is a 附注: who to ask, or how far it may be published."""
    if styled(line) is Role.NOTE:
        return True
    return (
        bool(words.NOTE.match(line.words))
        and len(line.words) <= 3 * LONGEST_TITLE
        and not label_of(line.words)
    )


def is_imprint(line: Line) -> bool:
    """Whether a line near the end of a draft is of the 版记."""
    if styled(line) is Role.IMPRINT:
        return True
    text = line.words
    copies = words.COPIES.match(text)
    if copies and copies["colon"]:
        return True
    return text.rstrip("。").endswith("印发") and bool(words.PRINTED.match(text) or len(text) < LONGEST_TITLE)


def is_subtitle(line: Line) -> bool:
    """Whether a line below the title gives in brackets a date or a number."""
    whole = _PREFACE.match(line.words) or words.STAGE.match(line.bare)
    return bool(whole) and len(line.words) <= LONGEST_NAME


def is_caption(line: Line) -> bool:
    """Whether a line names a table or picture, or remarks on one."""
    return bool(_CAPTION.match(line.words)) and len(line.words) <= LONGEST_TITLE and not is_sentence(line)
