"""Finding out which paragraph is which element of an official document, and of which form the document is.

Everything is decided by words, place and looks together, so that one wrong property does not hide an element.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from docgen.lint.reading.model import Doc, Family, Para, family
from docgen.lint.recognition import signs, words
from docgen.lint.recognition.forms import form_of, name_items
from docgen.lint.recognition.imprint import imprint_places
from docgen.lint.recognition.layout import Form, Layout, Role, number_headings
from docgen.lint.recognition.slip import assign_slip, is_slip

_MOST_NAMES: Final = 8
_MOST_STRAY: Final = 3


def recognise(doc: Doc, form: Form | None = None) -> Layout:
    """Return the elements of a document; its form too, unless that is given."""
    layout = Layout(doc)
    if form is Form.SLIP or (form is None and is_slip(doc)):
        layout.form = Form.SLIP
        assign_slip(layout)
        return layout
    _Finder(layout).find()
    layout.form = form or form_of(layout)
    if layout.form is Form.SERIAL:
        name_items(layout)
    number_headings(layout)
    return layout


class _Finder:
    """Assigns the roles, from the ends of the document to its middle."""

    def __init__(self, layout: Layout) -> None:
        self._layout, self._roles = layout, layout.roles
        self._seen: set[Role] = set()
        self._mark = ""
        self._doc = layout.doc
        self._live = [para for para in layout.doc.paras if not para.blank]

    def find(self) -> None:
        """Assign a role to every paragraph."""
        imprint = self._imprint()
        heads = self._annex_heads(imprint)
        issued = self._issued([*heads[:1], *imprint[:1]])
        cut = min([len(self._live), *imprint[:1], *heads[:1], *issued])
        start = self._head(cut)
        self._middle(start, cut)
        self._annexes(sorted({*heads, *issued}), imprint)
        for para in self._doc.paras:
            self._roles.setdefault(para.number, Role.BLANK if para.blank else Role.BODY)

    def _set(self, para: Para, role: Role) -> None:
        self._roles[para.number] = role
        self._seen.add(role)
        if role is Role.MARK:
            self._mark = para.bare

    def _imprint(self) -> list[int]:
        """Assign the 版记 and what stands behind it; return its places among the paragraphs with words."""
        places = imprint_places(self._live)
        for place in places:
            self._set(self._live[place], Role.IMPRINT)
        for para in self._live[places[-1] + 1 :] if places else ():
            self._set(para, Role.AFTER)
        return places

    def _annex_heads(self, imprint: Sequence[int]) -> list[int]:
        found = []
        inside = set(imprint)
        dated = False
        for place, para in enumerate(self._live):
            dated = dated or signs.is_date(para)
            if place in inside or para.table or not words.ANNEX_HEAD.match(para.words):
                continue
            following = self._live[place + 1].words if place + 1 < len(self._live) else ""
            listed = para.words[-1] in ":：" and not para.starts_page and words.ANNEX_ITEM.match(following)
            if not listed and self._is_headed(place, dated=dated):
                found.append(place)
        self._layout.alone = found[:1] == [0]
        return found

    def _is_headed(self, place: int, *, dated: bool) -> bool:
        """Whether a line 附件 is an annex's head; on the first line, that of an annex in a file of its own."""
        if place:
            return dated or self._begins_annex(place)
        titled = any(signs.is_annex_title(each, first=False) for each in self._live[1:2])
        return titled and not any(map(signs.is_date, self._live))

    def _begins_annex(self, place: int) -> bool:
        """Whether a line 附件 above any date begins a page, or a title stands below it; in the text it is text."""
        following = self._live[place + 1 : place + 2]
        return self._live[place].starts_page or any(
            signs.is_annex_title(each, first=False) for each in following
        )

    def _issued(self, stops: Sequence[int]) -> list[int]:
        """Return where the document begins that a notice issues (印发): a title on a new page below the date."""
        dated = False
        for place, para in enumerate(self._live[: min(stops, default=len(self._live))]):
            if dated and para.starts_page and signs.is_annex_title(para, first=False):
                return [place]
            dated = dated or signs.is_date(para)
        return []

    def _head(self, cut: int) -> int:
        """Assign what stands above the text; return the place where the text begins."""
        place = 0
        while place < cut:
            if below := self._below_telegram(place, cut):
                place = below
            elif role := self._head_role(place) or self._stray(place, cut):
                self._set(self._live[place], role)
                place += 1
            else:
                break
        place = self._title(place, cut)
        if place < cut and self._is_addressee(place, cut):
            self._set(self._live[place], Role.ADDRESSEE)
            place += 1
        return place

    def _below_telegram(self, place: int, cut: int) -> int:
        """Assign the table between mark and title that telegrams have; return the place below it, 0 for no such."""
        end = signs.below_table(self._live, place) if Role.MARK in self._seen else 0
        if not 0 < end < cut or not self._begins_title(self._live[end]):
            return 0
        for para in self._live[place:end]:
            self._set(para, Role.TABLE)
        return end

    def _head_role(self, place: int) -> Role | None:
        para = self._live[place]
        bare, seen = para.bare, self._seen
        if signer := words.SIGNER.search(para.words):
            numbered = words.NUMBER.match(bare) or para.words[: signer.start()].rstrip().endswith("号")
            return Role.NUMBER if numbered else Role.SIGNER
        above = Role.MARK not in seen and Role.NUMBER not in seen
        if (role := signs.label(bare)) and (above or (role not in seen and words.CERTAIN_LABEL.match(bare))):
            return role
        if self._is_below_signer(place) and not words.NUMBER.match(bare) and signs.are_names(para):
            return Role.NUMBER if para.words.split()[0].endswith("号") else Role.SIGNER
        if len(bare) < signs.LONGEST_NAME and (signs.is_number(bare) or self._is_issue_number(bare)):
            return Role.NUMBER
        if Role.MARK in seen and self._is_issuer(place):
            return Role.ISSUER
        return None if Role.NUMBER in seen else self._loose_number_or_mark(place)

    def _is_issue_number(self, bare: str) -> bool:
        """Whether a line is the number of minutes, which offices write in many ways (`（12）`, `〔2026〕第5次`)."""
        mark = "".join(para.bare for para in self._live if self._roles.get(para.number) is Role.MARK)
        return (
            mark.endswith("纪要") and Role.NUMBER not in self._seen and bool(words.ISSUE_NUMBER.match(bare))
        )

    def _is_issuer(self, place: int) -> bool:
        """Whether a line, or one cell of a line, gives the issuing organ and the date below the mark."""
        para = self._live[place]
        if len(para.bare) >= signs.LONGEST_NAME:
            return False
        if para.table and para.look.size < signs.TITLE_SIZE and not para.look.is_red:
            return bool(words.DATE.match(para.bare) or words.ORGAN_END.search(para.bare))
        return bool(words.ISSUER_LINE.match(para.words))

    def _loose_number_or_mark(self, place: int) -> Role | None:
        marked = Role.MARK in self._seen
        if marked and signs.is_loose_number(self._live[place]):
            return Role.NUMBER
        return Role.MARK if self._is_mark(place, first=not marked) else None

    def _stray(self, place: int, cut: int) -> Role | None:
        """Return the role of a line that is no element but stands in the head, as the title still follows."""
        for at in range(place, min(place + _MOST_STRAY + 1, cut)):
            para = self._live[at]
            if self._begins_title(para):
                return Role.STRAY if at > place else None
            if len(para.bare) > signs.LONGEST_NAME or "。" in para.words or self._is_addressee(at, cut):
                return None
        return None

    def _is_below_signer(self, place: int) -> bool:
        """Whether the line above carries signatories, so that more of them may stand on this one."""
        if not place or (role := self._roles.get(self._live[place - 1].number)) is None:
            return False
        return role is Role.SIGNER or bool(words.SIGNER.search(self._live[place - 1].words))

    def _is_mark(self, place: int, *, first: bool) -> bool:
        """Whether a paragraph is a mark by its looks, or by a number that follows below."""
        para = self._live[place]
        if signs.is_mark(para, first=first):
            return True
        numbered = any(signs.is_number(each.bare) for each in self._live[place + 1 : place + 4])
        prominent = para.look.size > signs.TITLE_SIZE or para.look.is_red
        if not para.look.is_red and signs.is_of_public(self._live[place : place + _MOST_STRAY]):
            return False  # all the head it has is its title, with the issue below
        return first and numbered and prominent and len(para.bare) < signs.LONGEST_NAME

    def _title(self, place: int, cut: int) -> int:
        if place >= cut or not self._begins_title(self._live[place]):
            return place
        first = place
        while place < cut and (place == first or self._continues_title(first, place, cut)):
            self._set(self._live[place], Role.TITLE)
            place += 1
        public = words.kind_of(self._layout.title) in words.PUBLIC
        while place < cut and signs.is_subtitle(self._live[place], public=public):
            self._set(self._live[place], Role.ISSUER)
            place += 1
            if self._is_speaker(place, cut):
                self._set(self._live[place], Role.ISSUER)
                place += 1
        if signs.are_issuer_and_date(self._live[place : min(place + 2, cut)]):
            for para in self._live[place : place + 2]:
                self._set(para, Role.ISSUER)
            place += 2
        return place

    def _is_speaker(self, place: int, cut: int) -> bool:
        """Whether a line below the day of a speech says who spoke."""
        return place < cut and signs.is_centred_name(self._live[place]) and not self._is_addressee(place, cut)

    def _begins_title(self, para: Para) -> bool:
        if para.table or len(para.bare) > signs.LONGEST_TITLE + 30:
            return False
        named = words.kind_of(para.bare) != "" or para.bare.startswith("关于")
        named = named and not (para.words.endswith("。") and "，" in para.words)  # 现予公告。 is a sentence
        present = (para.setting.align == "center", para.look.size >= signs.TITLE_SIZE,
                 family(para.look.east) == Family.TITLE, named and "。" not in para.words[:-1])  # fmt: skip
        return sum(present) >= (1 if Role.ADDRESSEE not in self._seen and present[3] else 2) and not (
            words.ADDRESSEE_END.search(para.words) and not named
        )

    def _continues_title(self, first: int, place: int, cut: int) -> bool:
        para, top = self._live[place], self._live[first]
        apart = para.table or para.box != top.box or len(para.bare) > signs.LONGEST_NAME
        if apart or "。" in para.words[:-1]:
            return False
        if (
            signs.is_subtitle(para)
            or words.LEVELS[0].match(para.words)
            or (self._is_addressee(place, cut) and para.look.size < signs.TITLE_SIZE)
        ):
            return False
        present = (
            para.setting.align == "center",
            para.look.size >= signs.TITLE_SIZE,
            family(para.look.east) == Family.TITLE,
        )
        return sum(present) >= 2 and abs(para.look.size - top.look.size) < 6

    def _is_addressee(self, place: int, cut: int) -> bool:
        para = self._live[place]
        if para.table or "。" in para.words or "如下" in para.words or words.LIST.match(para.words):
            return False
        if any(level.match(para.words) for level in words.LEVELS) or words.ANNEX_LIST.match(para.words):
            return False
        if words.ADDRESSEE_END.search(para.words):
            last = re.split("[、，,；;]", para.words.rstrip("：:"))[-1]
            indented = para.setting.first + para.lead * para.zi / 2 > para.zi
            return place + 1 < cut and (not indented or bool(words.ORGAN_END.search(last)))
        named = "：" not in para.words and words.ORGAN_END.search(para.words.rstrip("。，；;,."))
        return bool(named) and len(para.words) < 120 and place + 2 < cut and para.look.size < signs.TITLE_SIZE

    def _middle(self, start: int, cut: int) -> None:
        """Assign the text and what stands below it, from the end upward."""
        end = self._date(start, cut)
        place = start
        listed = self._listed(start, end)
        while place < end:
            para = self._live[place]
            if para.table:
                self._set(para, Role.TABLE)
            elif words.LIST.match(para.words):
                self._set(para, Role.LIST)
            elif caption := words.CAPTION.match(para.words):
                self._set(para, Role.ABOVE_TABLE if caption["what"] == "表" else Role.BELOW_TABLE)
            elif signs.is_of_roster(para, self._roles.get(self._live[place - 1].number)):
                self._set(para, Role.ROSTER)
            elif signs.names_what_is_beside(self._doc, para):
                self._set(para, Role.BELOW_TABLE)
            elif place == listed:
                place = self._annex_list(place, end)
                continue
            else:
                self._set(para, Role.BODY)
            place += 1

    def _date(self, start: int, cut: int) -> int:
        """Assign date, signature and note; return the place where the text above them ends."""
        places = range(cut - 1, max(start, cut - 12) - 1, -1)
        looks = (signs.is_date, signs.is_printed_date)
        found = (place for is_it in looks for place in places if is_it(self._live[place]))
        date = next(found, None)
        if date is None:
            return self._undated(start, cut)
        self._set(self._live[date], Role.DATE)
        listed = False
        for para in self._live[date + 1 : cut]:
            listed = not para.table and (
                signs.starts_annex_list(para) or (listed and signs.is_annex_item(para))
            )
            role = Role.ANNEX_LIST if listed else signs.below_date(para)
            self._set(para, Role.TABLE if para.table else role)
        return self._signature(date, start)

    def _undated(self, start: int, cut: int) -> int:
        """Return the end of a text without date; an organ's name or a note may stand there."""
        end = cut
        while end > start and words.NOTE.match(noted := self._live[end - 1].words) and noted[0] in "（(":
            end -= 1
            self._set(self._live[end], Role.NOTE)
        if end > start and signs.is_signed_and_dated(self._live[end - 1]):
            end -= 1
            self._set(self._live[end], Role.SIGNED_DATE)
        elif end > start and signs.is_signed(self._live[end - 1]):
            end -= 1
            self._set(self._live[end], Role.SIGNATURE)
        return end

    def _signature(self, date: int, start: int) -> int:
        place = self._notes_above(date, start)
        last = place
        while place > start and last - place < _MOST_NAMES and signs.is_name(self._live[place - 1]):
            if self._live[place - 1].setting.align in ("left", "both") and self._is_annex_item(
                place - 1, start
            ):
                break
            place -= 1
            self._set(self._live[place], Role.SIGNATURE)
        return place if place < last else date

    def _notes_above(self, date: int, start: int) -> int:
        """Assign notes that stand wrongly between a signature and the date; return where they begin."""
        place = date
        while (
            place > start + 1
            and words.NOTE.match(self._live[place - 1].words)
            and signs.is_bracketed(self._live[place - 1])
        ):
            place -= 1
        if place == date or not signs.is_signed(self._live[place - 1]):
            return date
        for para in self._live[place:date]:
            self._set(para, Role.NOTE)
        return place

    def _is_annex_item(self, place: int, start: int) -> bool:
        return any(
            signs.starts_annex_list(self._live[each]) for each in range(max(start, place - 12), place + 1)
        ) and bool(
            words.ANNEX_ITEM.match(self._live[place].words) or signs.starts_annex_list(self._live[place])
        )

    def _listed(self, start: int, end: int) -> int | None:
        """Return where the 附件说明 begins: the last lines that can be one, as it stands below the text."""
        goes_on = False
        first = None
        for place in range(start + 1, end):
            para = self._live[place]
            starts = not para.table and not words.LIST.match(para.words) and signs.starts_annex_list(para)
            goes_on = goes_on and (starts or signs.is_annex_item(para))
            if starts and not goes_on:
                first, goes_on = place, True
        return first

    def _annex_list(self, place: int, end: int) -> int:
        self._set(self._live[place], Role.ANNEX_LIST)
        place += 1
        while place < end and (
            signs.is_annex_item(self._live[place]) or signs.starts_annex_list(self._live[place])
        ):
            self._set(self._live[place], Role.ANNEX_LIST)
            place += 1
        return place

    def _annexes(self, heads: Sequence[int], imprint: Sequence[int]) -> None:
        inside = set(imprint)
        for order, head in enumerate(heads):
            end = heads[order + 1] if order + 1 < len(heads) else len(self._live)
            if imprint and head < imprint[0]:
                end = min(end, imprint[0])
            headed = words.ANNEX_HEAD.match(self._live[head].words) is not None
            if headed:
                self._set(self._live[head], Role.ANNEX_HEAD)
            rest = [place for place in range(head + headed, end) if place not in inside]
            self._annex([self._live[place] for place in rest])

    def _annex(self, paras: Sequence[Para]) -> None:
        titled = True
        for place, para in enumerate(paras):
            titled = titled and place < 4 and signs.is_annex_title(para, first=place == 0)
            self._set(para, Role.ANNEX_TITLE if titled else Role.TABLE if para.table else Role.ANNEX)
