"""Words put right where the rule is certain: punctuation, the writing of numbers, dates, spaces typed as layout."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from docgen.lint.recognition import words
from docgen.reform.changes import Change, Kind
from docgen.reform.draft import BLANK, OBJECT, Cell, Line, Note, Piece, Table, cut, joined
from docgen.reform.items import relabelled
from docgen.reform.paper import Annex, Caption, Figure, Item, Names, Paper, Person, Roster, Salutation, Text
from docgen.standard.wording.text import chinese_punctuation, official_number

_WIDE: Final = re.compile("[Ａ-Ｚａ-ｚ０-９]+(?:[．：／＠－＿％]+[Ａ-Ｚａ-ｚ０-９]+)*％?")
"""Full-width letters and digits with the signs within a number, a time or an address."""
_THOUSANDS: Final = re.compile("[０-９]{1,3}(?:，[０-９]{3})+(?![０-９])")
_S: Final = r"[ \u3000]*"
_SPACED_DATE: Final = re.compile(rf"(?<!\d)(?:\d{{4}}{_S}年{_S})?\d{{1,2}}{_S}月{_S}\d{{1,2}}{_S}日")
_YEARS: Final = dict(zip("〇○零ΟＯ0一二三四五六七八九", "00000" + "0123456789", strict=True))
_HANZI_DATE: Final = re.compile(r"^(.{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日$")
_HANZI_MONTH: Final = re.compile(r"^(.{4})年([一二三四五六七八九十]{1,3})月$")
_DIGITS_DATE: Final = re.compile(r"^(\d{4})[年.\-/．](\d{1,2})[月.\-/．](\d{1,2})日?$")
_QUOTED: Final = re.compile("[＂「〝]([^＂「〝“”」〞]*)[＂」〞”]|“([^＂「〝“”」〞]*)[＂」〞]")
_EMOJI: Final = re.compile(
    "[\U0001f000-\U0001faff\u231a-\u23ff\u2600-\u2604\u2614-\u2618\u2620-\u26ff\u2702-\u2712\u2728-\u2755\u2764\u2795-\u27bf"
    "\u2b05-\u2b55][\ufe0e\ufe0f\u200d]*|[\ufe0e\ufe0f\u20e3]"
)
"""Pictures among letters, as telephones have them; ticks, boxes and plain stars are none."""
_TIME: Final = re.compile(r"(?<=[午上晚日）至—])([01]?\d|2[0-4])：([0-5]\d)(?![\d：])")
"""A time behind a day or a part of it; elsewhere two numbers with a colon may be a ratio."""
_TIMES: Final = re.compile(
    r"(?<![\d：])([6-9]|[01]\d|2[0-4])[：:]([0-5]\d)[ ]*([-－—–~～至])[ ]*([6-9]|[01]\d|2[0-4])[：:]([0-5]\d)(?![\d：])"
)
"""From one time to another; a slope (1：2～1：3) has other numbers."""
_ROUND_ZERO: Final = re.compile("(?<=[〇○Ο一二三四五六七八九])[○Ο](?=[〇○Ο一二三四五六七八九])")
_CRIES: Final = str.maketrans("❗❕❓❔", "！！？？")
_STOPPED: Final = re.compile("[⒈-⒛]")
_RADICALS: Final = re.compile("[\u2f00-\u2fd5]")
_APOSTROPHES: Final = re.compile(
    "(?<![0-9A-Za-z°])'([^'\u2018\u2019]{0,29}[\u3400-\u9fff][^'\u2018\u2019]{0,29})'(?![0-9A-Za-z\"])"
)
"""Straight marks around hanzi, none that stands within an English word or for minutes."""
_NESTED: Final = re.compile("《([^《》<>]*)<([^《》<>]+)>([^《》<>]*)》")
_PERCENTS: Final = re.compile(r"(\d[%％])[ ]*[-－–—][ ]*(?=\d+(?:\.\d+)?[%％])")
_CODE: Final = re.compile(r"(?:https?://|www\.)[!-~]*[0-9A-Za-z/]|[\w.+-]+@[\w.-]*\w", re.ASCII)
_MARKED: Final = re.compile("(?<=[0-9A-Za-z%％℃°‰²³㎡㎥)）”’\ue000])[ ]*([,;?!])[ ]*(?=[\u3400-\u9fff《“（])")
_FULL: Final = {",": "，", ";": "；", "?": "？", "!": "！"}
_GAP: Final = re.compile(
    "(?<=[，；、。])[ \u3000\xa0]+(?=[\u3400-\u9fff“（《])|(?<=[\u3400-\u9fff])[ \xa0]+(?=（)"
    "|(?<=\\S)[ \xa0]+(?=[，。；：、])"
)
_STOP: Final = re.compile("(?<=[”’）》])\\.(?=\\s*(?:$|[\u3400-\u9fff]))")
_SPREAD: Final = re.compile("^(?:[\u3400-\u9fff][ \u3000]+){1,3}[\u3400-\u9fff](?=[:：])")
"""A label of a few hanzi spread to the width of the one above it: 联 系 人："""
_YEARS_SPAN: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-－](?=(?:19|20)\d\d(?:学|财)?年)")
_MONTHS_SPAN: Final = re.compile(r"(?<![\d.\-－])(1[0-2]|[1-9])[-－](?=(?:1[0-2]|[1-9])月(?![\d日]))")
_ARTICLE: Final = re.compile(r"^(第[〇零一二三四五六七八九十百\d]{1,5}[编章节条])[ \u3000]+(?=\S)")
"""The number of a chapter or an article: one full-width space parts it from its words."""
_HALVES: Final = re.compile(r"（([^（()）]*)\)|\(([^（()）]*)）")
_IN_ORDER: Final = re.compile(
    "(?:[\u3400-\u9fff，；、！？（）《》]|：(?![0-9])|。(?!。)|“[\u3400-\u9fff]*”|[0-9]+(?:[.][0-9]+)?%?(?![.0-9]))*"
)
"""Hanzi, whole marks and numbers: nothing to put right, but in the number of a document, which has 号."""
_BULLET: Final = re.compile(r"[•●■◆▪►▶➢➤▌▍▎◈❖✦][ \t\u3000\xa0]*(?=\S)")
_HELD: Final = "\ue000"
_NAME_ENDS: Final = "。；，、：！？;,.:!? \u3000"
_TITLE_ENDS: Final = "。；，、：;,. \u3000"
_ENDED_HEADING: Final = re.compile("[^。；，：！？]{1,20}[。；]")


class Mending:
    """Puts the words of one draft right and notes each change."""

    def __init__(self, *, emphasis: bool = False) -> None:
        self.changes: list[Change] = []
        self._emphasis = emphasis

    def paper(self, paper: Paper) -> Paper:
        """Return a draft's parts with their words put right."""
        return replace(
            paper,
            number=self._number(paper.number),
            title=self._title(paper.title),
            below_title=tuple(self._words(each, Kind.PUNCTUATION) for each in paper.below_title),
            addressees=self._words(paper.addressees, Kind.PUNCTUATION),
            below_head=self._items(paper.below_head),
            body=self._items(paper.body),
            annexes=tuple(map(self._annex_name, paper.annexes)),
            signature=tuple(self._words(each, Kind.PUNCTUATION) for each in paper.signature),
            date=self._date(paper.date),
            printed=self._date(paper.printed),
            copies=self._words(paper.copies, Kind.PUNCTUATION),
            receivers={label: self._words(each, Kind.PUNCTUATION) for label, each in paper.receivers.items()},
            notes=tuple(map(self._note, paper.notes)),
            after=self._items(paper.after),
            attached=tuple(map(self._annex, paper.attached)),
        )

    def _noted(self, kind: Kind, place: int, before: str, after: str) -> None:
        if before != after:
            self.changes.append(Change(kind, place, before, after))

    def _words(self, text: str, kind: Kind, place: int = 0) -> str:
        mended = certain(text)
        self._noted(kind, place, text, mended)
        return mended

    def _title(self, lines: Sequence[str]) -> tuple[str, ...]:
        """Return the lines of a title put right; it is no sentence and has no mark at its end (7.3.1)."""
        mended = [self._words(each, Kind.PUNCTUATION) for each in lines]
        if mended and len(ended := mended[-1].rstrip(_TITLE_ENDS)) < len(mended[-1]):
            self._noted(Kind.PUNCTUATION, 0, mended[-1], ended)
            mended[-1] = ended
        return tuple(each for each in mended if each)

    def _number(self, text: str) -> str:
        folded = "".join(each for each in plain_letters(text) if each not in BLANK or each == "\u3000")
        mended = official_number(folded)
        self._noted(Kind.NUMBER, 0, text, mended)
        return mended

    def _date(self, text: str) -> str:
        mended = official_day(text)
        self._noted(Kind.DATE, 0, text, mended)
        return mended

    def _annex(self, annex: Annex) -> Annex:
        label = annex_label(annex.label)
        self._noted(Kind.PUNCTUATION, 0, annex.label, label)
        title = tuple(self._words(each, Kind.PUNCTUATION) for each in annex.title)
        return Annex(label, title, self._items(annex.items))

    def _annex_name(self, text: str) -> str:
        mended = certain(text).rstrip(_NAME_ENDS)
        self._noted(Kind.PUNCTUATION, 0, text, mended)
        return mended

    def _note(self, line: Line) -> Line:
        text = line.words
        whole = self.line(line)
        if text[0] in "（(" and text[-1] in "）)":
            return whole
        self.changes.append(Change(Kind.PUNCTUATION, line.place, text, f"（{text}）"))
        ended = whole.text.rstrip("。")
        return replace(whole, pieces=joined([Piece("（"), *cut(whole.pieces, 0, len(ended)), Piece("）")]))

    def _items(self, items: Sequence[Item]) -> tuple[Item, ...]:
        followed = list(pairwise((*items, None)))
        listed = {
            item.level for item, after in followed if isinstance(item, Text) and not _heads(item, after)
        }
        return tuple(self._item(item, listed) for item, _ in followed if item)

    def _item(self, item: Item, listed: Collection[int]) -> Item:
        match item:
            case Text():
                return self._text(item, heads=item.level not in listed)
            case Table():
                return self._table(item)
            case Names():
                return Names(item.label, self.line(item.line))
            case Caption() | Salutation():
                return replace(item, line=self.line(item.line))
            case Roster():
                return replace(item, groups=tuple(map(self._seats, item.groups)))
            case Figure():
                return item

    def _seats(self, group: tuple[str, tuple[Person, ...]]) -> tuple[str, tuple[Person, ...]]:
        """Return a label of a roster and its people, their posts put right."""
        label, people = group
        return label, tuple(replace(each, post=self._words(each.post, Kind.PUNCTUATION)) for each in people)

    def _text(self, text: Text, *, heads: bool) -> Text:
        """Return a paragraph put right; a short one that `heads` text, as all of its level do, needs no end."""
        numbered = relabelled(self._without_bullet(text))
        whole, label = numbered.line, numbered.label
        typed = "" if text.added else text.line.text[: text.label].strip(BLANK)
        self._noted(Kind.NUMBERING, whole.place, typed, whole.text[:label])
        unlabelled = replace(whole, pieces=cut(whole.pieces, label, len(whole.text))) if label else whole
        rest = self.line(unlabelled)
        if heads and text.level in (1, 2) and _ENDED_HEADING.fullmatch(rest.text):
            self._noted(Kind.PUNCTUATION, whole.place, rest.text, rest.text[:-1])
            rest = replace(rest, pieces=cut(rest.pieces, 0, len(rest.text) - 1))
        if rest is unlabelled:
            return Text(whole, text.level, label, aside=text.aside)
        if label:
            rest = replace(rest, pieces=joined([*cut(whole.pieces, 0, label), *rest.pieces]))
        return Text(rest, text.level, label, aside=text.aside)

    def _without_bullet(self, text: Text) -> Text:
        """Return a paragraph without the sign that somebody typed for a bullet, which the standard has not."""
        found = None if text.level else _BULLET.match(text.line.text)
        if found is None:
            return text
        sign = found[0].strip(BLANK)
        self.changes.append(Change(Kind.NUMBERING, text.line.place, f"项目符号“{sign}”已去掉"))
        return replace(
            text, line=replace(text.line, pieces=cut(text.line.pieces, found.end(), len(text.line.text)))
        )

    def _table(self, table: Table) -> Table:
        rows = tuple(tuple(self._cell(cell) for cell in row) for row in table.rows)
        return replace(table, rows=rows)

    def _cell(self, cell: Cell) -> Cell:
        blocks = tuple(
            self.line(each) if isinstance(each, Line) else self._table(each) for each in cell.blocks
        )
        return replace(cell, blocks=blocks)

    def line(self, line: Line) -> Line:
        """Return a line with its words put right, each where it was."""
        pieces = self._plain(line)
        before = "".join(each.text for each in pieces)
        after = certain(before)
        self._noted(Kind.PUNCTUATION, line.place, before, after)
        made = rewritten(pieces, after)
        return line if made == line.pieces else replace(line, pieces=made)

    def _plain(self, line: Line) -> tuple[Piece, ...]:
        """Return a line's pieces without emphasis, unless it is kept; notes are put right as well."""
        pieces = [self._noted_piece(each) for each in line.pieces]
        if self._emphasis:
            return tuple(pieces)
        said = "".join(each.text for each in pieces if each.emphasis).strip(BLANK)
        if said:
            self.changes.append(Change(Kind.EMPHASIS, line.place, said))
        return joined(
            [replace(each, emphasis="") if each.emphasis and not each.thing else each for each in pieces]
        )

    def _noted_piece(self, piece: Piece) -> Piece:
        if isinstance(piece.thing, Note):
            return replace(piece, thing=Note(tuple(map(self.line, piece.thing.lines))))
        return piece


def _heads(text: Text, after: Item | None) -> bool:
    """Whether text of its own follows a heading, neither the next one nor a chapter or an article."""
    if not isinstance(after, Text) or 0 < after.level <= text.level:
        return False
    return not _ARTICLE.match(after.line.words)


def certain(text: str) -> str:
    """Return a text with what is surely wrong put right; addresses of the net are left alone."""
    if "号" not in text and _IN_ORDER.fullmatch(text):
        return text
    codes = _CODE.findall(text)
    held = _CODE.sub(_HELD, text)
    spaced = _SPACED_DATE.sub(lambda found: _tight(found[0]), whole_characters(held))
    spaced = _HALVES.sub(lambda found: f"（{found[1] or found[2] or ''}）", spaced)
    quoted = _QUOTED.sub(lambda found: f"“{found[1] or found[2] or ''}”", spaced)
    marked = _MARKED.sub(lambda found: _FULL[found[1]], chinese_punctuation(plain_letters(quoted)))
    ranged = _MONTHS_SPAN.sub(r"\1—", _YEARS_SPAN.sub(r"\1—", _STOP.sub("。", marked)))
    mended = _closed_up(official_number(set_apart(ranged)))
    for code in codes:
        mended = mended.replace(_HELD, code, 1)
    return mended


def set_apart(text: str) -> str:
    """Return a text with quotes, titles and percents that stand beside or within each other as GB/T 15834 has them."""
    if not any(each in text for each in "<'%％、"):
        return text
    nested = _NESTED.sub("《\\1〈\\2〉\\3》", text).replace("》、《", "》《").replace("”、“", "”“")
    quoted = _APOSTROPHES.sub(lambda found: _quoted(nested, found), nested)
    return _PERCENTS.sub(r"\1～", quoted)


def _quoted(text: str, found: re.Match[str]) -> str:
    inside = text[: found.start()].count("“") > text[: found.start()].count("”")
    return f"‘{found[1]}’" if inside else f"“{found[1]}”"


def _closed_up(text: str) -> str:
    """Return a text without white space where none belongs."""
    if not any(each in text for each in " \u3000\xa0"):
        return text
    labelled = _ARTICLE.sub("\\1\u3000", _SPREAD.sub(lambda found: _tight(found[0]), text))
    return _GAP.sub("", labelled)


def whole_characters(text: str) -> str:
    """Return a text with radicals, which come out of PDFs in place of hanzi that look the same, made hanzi.

    Emoji are left out; a number that is one character with its stop (⒈), which lines of print crowd, becomes two.
    """
    whole = _RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    times = _TIME.sub(r"\1:\2", _TIMES.sub(_from_to, _ROUND_ZERO.sub("〇", whole)))
    stopped = _STOPPED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), times).translate(_CRIES)
    plain = _EMOJI.sub("", stopped)
    return plain if plain == stopped else plain.lstrip(BLANK)


def _from_to(found: re.Match[str]) -> str:
    """Return two times with narrow colons, a long dash for a hyphen between them."""
    mark = "—" if found[3] in "-－–" else found[3]
    return f"{found[1]}:{found[2]}{mark}{found[4]}:{found[5]}"


def _tight(text: str) -> str:
    return "".join(each for each in text if each not in BLANK)


def plain_letters(text: str) -> str:
    """Return a text with full-width letters and digits made plain ones (GB/T 15835), with the signs between them."""
    counted = _THOUSANDS.sub(lambda found: found[0].replace("，", ""), text)
    return _WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), counted)


def annex_label(text: str) -> str:
    """Return the label of an annex as the standard writes it: 附件1."""
    found = words.ANNEX_HEAD.match(text)
    if not found:
        return text
    number = plain_letters(found["number"] or "")
    count = number if number.isdigit() or not number else str(words.counted(number))
    return f"附件{count}"


def official_day(text: str) -> str:
    """Return a date as the standard writes it (7.3.5.4); what is no day stays as it is."""
    bare = _tight(plain_letters(text))
    month = _HANZI_MONTH.match(bare)
    if month and all(each in _YEARS for each in month[1]):
        return f"{''.join(_YEARS[each] for each in month[1])}年{words.counted(month[2])}月"
    hanzi = _HANZI_DATE.match(bare)
    digits = _DIGITS_DATE.match(bare)
    if hanzi and all(each in _YEARS for each in hanzi[1]):
        year = "".join(_YEARS[each] for each in hanzi[1])
        parts = (int(year), words.counted(hanzi[2]), words.counted(hanzi[3]))
    elif digits:
        parts = (int(digits[1]), int(digits[2]), int(digits[3]))
    else:
        return text
    try:
        date(*parts)
    except ValueError:
        return text
    return f"{parts[0]}年{parts[1]}月{parts[2]}日"


def rewritten(pieces: Sequence[Piece], after: str) -> tuple[Piece, ...]:
    """Return pieces that say something else, each character in the manner of those it took the place of."""
    before = "".join(each.text for each in pieces)
    if before == after:
        return tuple(pieces)
    if len(pieces) == 1 and pieces[0].thing is None:
        return (replace(pieces[0], text=after),)
    owners = [piece for piece in pieces for _ in piece.text]
    made: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            made += [
                owners[at] if before[at] == OBJECT else replace(owners[at], text=before[at])
                for at in range(i1, i2)
            ]
        elif j1 < j2:
            owner = next((each for each in owners[i1:] if each.thing is None), Piece(""))
            made.append(Piece(after[j1:j2], *owner.manner))
    return joined(made)
