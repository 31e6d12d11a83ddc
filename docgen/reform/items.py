"""The text of a draft as items: its levels, its tables and their captions, pictures, lists of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Role
from docgen.reform import signs
from docgen.reform.draft import BLANK, Block, Line, Piece, Table, broken, cut, joined
from docgen.reform.labels import Label, label_of, official
from docgen.reform.paper import Caption, Figure, Item, Names, Salutation, Text
from docgen.reform.rosters import roster_at
from docgen.standard.build import elements

_OWN_NUMBER: Final = re.compile(
    r"第[〇零一二三四五六七八九十百\d]{1,5}[编章节条篇]"
    r"|\d{1,2}(?:[.．]\d{1,2})*[.．]?[ \t\u3000\xa0]+\S|\d{1,2}(?:[.．]\d{1,2})+\S"
)
_INNER: Final = (re.compile(r"[:：;；,，。]\s*\d{1,2}[)）]"), re.compile("[①-⑳]"))
"""Numbers of the kinds beyond the fourth level within a line."""
_SOFT: Final = "\n"
_PARTED: Final = frozenset(each.name for each in (elements.BODY, elements.HEADING_3, elements.HEADING_4))
"""The styles of paragraphs that are parted to keep their end with the signature."""
_SHORT: Final = 20
_FLUSH: Final = 0.5
_LEVELS: Final = 4
_SECOND: Final = 2


def items_of(blocks: Sequence[Block], *, annexed: bool = False) -> tuple[Item, ...]:
    """Return the items of a text; in an annex its first line may name an addressee."""
    parted = _rejoined([piece for block in blocks for piece in _parted(block)])
    found: list[Item] = []
    labels = _labels(parted)
    headings = _headings(parted, labels)
    end = 0
    for place, block in enumerate(parted):
        if place < end:
            continue
        roster, end = roster_at(parted, place)
        if roster:
            found.append(roster)
        elif isinstance(block, Table):
            found.append(block)
        elif found and isinstance(found[-1], Names) and _is_turned_over(block, labels[place]):
            names = found[-1]
            more = [*names.line.pieces, Piece("\u3000"), *_stripped(block).pieces]
            found[-1] = replace(names, line=replace(names.line, pieces=joined(more)))
        elif place in headings:
            found.append(_numbered(block, *headings[place]))
        else:
            found.append(
                _item(block, labels[place], _beside_table(parted, place), first=annexed and not place)
            )
    return _signed(found) if annexed else tuple(found)


def _signed(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items of an annex with who signed it and when, as of a document that is forwarded, set aside."""
    last = [each for each in items[-_SECOND:] if isinstance(each, Text) and not each.level]
    signed = len(last) == _SECOND and signs.is_organ(last[0].line.words) and signs.is_date(last[1].line)
    return (*items[:-_SECOND], *(replace(each, aside=True) for each in last)) if signed else tuple(items)


def without_lists(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items of a text with its lists of names made text, but for those that end it."""
    end = len(items)
    while end and isinstance(items[end - 1], Names):
        end -= 1
    return (*(_as_text(each) if isinstance(each, Names) else each for each in items[:end]), *items[end:])


def _as_text(names: Names) -> Text:
    return Text(replace(names.line, pieces=joined([Piece(names.label), *names.line.pieces])))


def _rejoined(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with a paragraph whole again that was parted to keep its end with the signature."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(last, Line) and isinstance(block, Line) and _goes_on(last, block):
            found[-1] = replace(last, pieces=joined([*last.pieces, *block.pieces]))
        else:
            found.append(block)
    return found


def _goes_on(above: Line, line: Line) -> bool:
    styled = above.looks.style == line.looks.style and line.looks.style in _PARTED
    flush = line.looks.align != "right" and abs(line.looks.indent) < _FLUSH
    return styled and flush and above.looks.indent > _FLUSH


def _parted(block: Block) -> list[Block]:
    """Return a line as several where soft breaks or pictures part it."""
    if isinstance(block, Table):
        return [block]
    if signs.styled(block) is Role.LIST:
        return [block]
    text = block.text
    if _SOFT not in text:
        return [] if block.blank else [block]
    lines = [each for each in broken(block) if not each.blank]
    return [*_begun(lines), *lines[1:]]


def _begun(lines: Sequence[Line]) -> list[Line]:
    """Return the first of the lines that soft breaks part: as two where the first of the items below stands in it."""
    first = list(lines[:1])
    below = label_of(lines[1].text.lstrip(BLANK)) if len(lines) > 1 else None
    if below is None or below.count != _SECOND:
        return first
    text = lines[0].text
    for mark in re.finditer("[：:；。]", text):
        label = label_of(text[mark.end() :].lstrip(BLANK))
        if label and (label.level, label.count) == (below.level, 1):
            pieces = lines[0].pieces
            return [
                replace(lines[0], pieces=cut(pieces, 0, mark.end())),
                replace(lines[0], pieces=cut(pieces, mark.end(), len(text))),
            ]
    return first


def _item(line: Line, label: Label | None, beside: bool, *, first: bool) -> Item:
    if line.things and not any(each.isalnum() for each in line.words):
        return Figure(line)
    listed = words.LIST.match(line.words)
    if listed and not label and (signs.styled(line) is Role.LIST or len(listed["colon"]) > 0):
        return Names(f"{listed[1]}：", _stripped(line, listed.end()))
    if first and signs.is_addressee(line) and words.ORGAN_END.search(line.words.rstrip("：: ")):
        return Salutation(_stripped(line))
    if beside and (signs.is_caption(line) or _is_centred_name(line)):
        return Caption(_stripped(line))
    plain = _stripped(line)
    if label is None:
        return Text(plain)
    typed = len(label.typed) if label.typed else 0
    return Text(plain, label.level, typed)


def _is_centred_name(line: Line) -> bool:
    """Whether a line in the middle beside a table or picture says what that is."""
    short = line.looks.align == "center" and line.width <= signs.LONGEST_NAME and not signs.is_sentence(line)
    return short and signs.styled(line) is None and line.words[-1] not in "。：；，"


def _is_turned_over(line: Line, label: Label | None) -> bool:
    """Whether a line below a list of names goes on with it, set far in as it is."""
    far = line.looks.indent > _SECOND and signs.styled(line) is None
    return far and label is None and not words.LIST.match(line.words) and line.words[-1] not in "。：:"


def _headings(lines: Sequence[Block], labels: Sequence[Label | None]) -> dict[int, tuple[int, int]]:
    """Return level and number of the headings that a style alone sets apart; none where some are numbered by hand."""
    bold = _bold_ones(lines, labels)
    outlined = dict.fromkeys(bold, 1) or {
        place: line.looks.outline
        for place, line in enumerate(lines)
        if isinstance(line, Line) and line.looks.outline and not labels[place] and signs.styled(line) is None
        and len(line.bare) <= signs.LONGEST_TITLE and not signs.is_sentence(line) and not line.things
    }  # fmt: skip
    if any(_OWN_NUMBER.match(line.words) for line in lines if isinstance(line, Line) and line.looks.outline):
        return {}
    depths = sorted(set(outlined.values()))[:_LEVELS]
    if {label.level for label in labels if label} & set(range(1, min(len(depths), 2) + 1)):
        return {}
    found: dict[int, tuple[int, int]] = {}
    counts = [0] * _LEVELS
    for place, depth in outlined.items():
        if depth in depths:
            level = depths.index(depth)
            counts[level] += 1
            counts[level + 1 :] = [0] * (_LEVELS - level - 1)
            found[place] = (level + 1, counts[level])
    return found


def _bold_ones(lines: Sequence[Block], labels: Sequence[Label | None]) -> list[int]:
    """Return the places of headings that bold type alone sets apart: short lines, each with plain text below it."""
    found = {}
    for place, (line, after) in enumerate(pairwise(lines)):
        if not isinstance(line, Line) or not isinstance(after, Line) or line.looks.outline:
            continue
        short = len(line.bare) <= _SHORT and not line.things and line.words[-1:].isalnum()
        if line.looks.bold and short and not after.looks.bold and signs.styled(line) is None:
            found[place] = line.text
    several = len(found) > 1 and not any(labels)
    return list(found) if several and not any(map(_OWN_NUMBER.match, found.values())) else []


def _numbered(line: Line, level: int, count: int) -> Text:
    plain, label = _stripped(line), official(level, count)
    return Text(replace(plain, pieces=joined([Piece(label), *plain.pieces])), level, len(label), added=True)


def _labels(lines: Sequence[Block]) -> list[Label | None]:
    """Return the number of each line, those that only one level of a typist's explains made one of the standard's."""
    found: list[Label | None] = []
    expected = 1
    for line in lines:
        label = None
        if isinstance(line, Line) and not words.is_of_contents(line.words):
            label = label_of(line.text.lstrip(BLANK), expected)
        if label and label.level == 1:
            expected = label.count + 1
        found.append(label)
    return _beyond(lines, found)


def _beyond(lines: Sequence[Block], labels: list[Label | None]) -> list[Label | None]:
    """Return labels with `1)` and ① made the next level that the text does not use, where nothing refers to them."""
    for level in (5, 6):
        ours = [at for at, each in enumerate(labels) if each and each.level == level]
        used = {each.level for each in labels if each and each.level <= 4}
        target = 3 if not used & {3, 4} else 4 if 4 not in used else 0
        above = {_above(labels, at) for at in ours}
        target = 3 if target and max(above, default=0) < 3 else target
        begun = [lines[at] for at in ours]
        several = len(ours) > 1  # one alone counts nothing: it is a sign for a remark
        plain = (
            target
            and several
            and not _is_cited(begun, lines, labels)
            and not any(map(_goes_on_in_digits, begun))
        )
        for at in ours:
            label = labels[at]
            labels[at] = replace(label, level=target) if plain and label else None
    return labels


def _above(labels: Sequence[Label | None], place: int) -> int:
    """Return the level of the standard's next above a line."""
    return next((each.level for each in reversed(labels[:place]) if each and each.level <= _LEVELS), 0)


def _goes_on_in_digits(line: Block) -> bool:
    """Whether digits follow a number, with which it would read as another one: `1)11` as 1.11."""
    text = line.text.lstrip(BLANK) if isinstance(line, Line) else ""
    label = label_of(text)
    return label is not None and text[len(label.typed) :][:1].isdigit()


def _is_cited(ours: Sequence[Block], lines: Sequence[Block], labels: Sequence[Label | None]) -> bool:
    """Whether signs of the kind with which lines begin stand within lines too."""
    begun = {line.text.lstrip(BLANK)[:1] for line in ours if isinstance(line, Line)}
    rest = "\n".join(
        line.text.lstrip(BLANK)[len(label.typed) if label else 0 :]
        for line, label in zip(lines, labels, strict=True)
        if isinstance(line, Line)
    )
    digits, circled = _INNER
    return bool((digits if any(map(str.isdecimal, begun)) else circled).search(rest))


def _beside_table(lines: Sequence[Block], place: int) -> bool:
    """Whether a table or picture stands next to a line."""
    near = [lines[at] for at in (place - 1, place + 1, place + 2) if 0 <= at < len(lines)]
    return any(isinstance(each, Table) or bool(each.things) for each in near)


def _stripped(line: Line, start: int = 0) -> Line:
    """Return a line without the white space around its words, and without so many of their first characters."""
    text = line.text
    lead = len(text) - len(text.lstrip(BLANK))
    end = len(text.rstrip(BLANK))
    whole = not lead + start and end == len(text)
    return line if whole else replace(line, pieces=cut(line.pieces, lead + start, end))


def relabelled(text: Text) -> Text:
    """Return a paragraph whose number is written as the standard has it."""
    if not text.level:
        return text
    typed = text.line.text[: text.label]
    label = label_of(typed + "字") or label_of(typed)
    count = (
        label.count if label else words.counted(typed.strip(BLANK))
    )  # 一 alone, which a space parts from its words
    shown = official(text.level, count) if count else typed
    first = text.line.pieces[0] if text.line.pieces else Piece("")
    if shown == typed and not any(first.manner) and len(first.text) >= text.label:
        return text
    rest = cut(text.line.pieces, text.label, len(text.line.text))
    return Text(replace(text.line, pieces=joined([Piece(shown), *rest])), text.level, len(shown), text.added)
