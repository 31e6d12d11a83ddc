"""Markdown as a draft: headings, lists, tables, emphasis, links, pictures, notes; what is unknown stays as typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Final

from docgen.reform.draft import (
    BLANK,
    OBJECT,
    Block,
    Cell,
    Draft,
    Line,
    Looks,
    Note,
    Picture,
    Piece,
    Table,
    joined,
)
from docgen.reform.faults import PictureGone
from docgen.reform.pictures import size_of
from docgen.reform.reading.decoding import PAGE, decoded, refuse_many
from docgen.reform.reading.plain import unwrapped

Fetch = Callable[[str], bytes | None]
"""Gives the bytes of a picture by the name that the draft has for it; None if it is not there."""
_HEADING: Final = re.compile(r"^ {0,3}(?P<marks>#{1,6})[ \t]+(?P<words>.*?)[ \t]*#*$")
_ITEM: Final = re.compile(r"^(?P<indent>[ \t]*)(?P<mark>[-*+]|(?P<count>\d{1,3})[.)])[ \t]+(?P<words>\S.*)$")
_RULE: Final = re.compile(r"^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_UNDER: Final = re.compile(r"^ {0,3}(?P<mark>=+|-{2,})[ \t]*$")
_FENCE: Final = re.compile(r"^ {0,3}(?P<mark>`{3,}|~{3,})")
_ROW: Final = re.compile(r"^\s*\|.*\|\s*$")
_DIVIDER: Final = re.compile(r"^(?=.*-)[\s|:\-]+$")
_NOTE: Final = re.compile(r"^\[\^(?P<name>[^\]\s]+)\]:[ \t]*(?P<words>.*)$")
_QUOTE: Final = re.compile(r"^ {0,3}> ?")
_COMMENT: Final = re.compile(r"<!--(.*?)-->", re.DOTALL)
_INLINE: Final = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|!\[(?P<said>[^\]]*)\]\((?P<picture>[^()\s]+)(?:[ \t]+\"(?P<shown>[^\"]*)\")?\)"
    r"|\[\^(?P<note>[^\]\s]+)\]"
    r"|\[(?P<label>[^\[\]]+)\]\((?P<target>[^()\s]+)(?:[ \t]+\"(?P<hint>[^\"]*)\")?\)"
    r"|<(?P<bare>https?://[^<>\s]+)>|<(?P<mail>[\w.+-]+@[\w.-]+)>"
    r"|(?P<ticks>`+)(?P<code>.+?)(?P=ticks)"
    r"|(?P<bold>\*\*|__)(?=\S)(?P<strong>.+?)(?<=\S)(?P=bold)"
    r"|(?P<line>~~)(?=\S)(?P<struck>.+?)(?<=\S)~~"
    r"|(?<![*\w])\*(?=[^\s*])(?P<leaning>[^*]+?)(?<=\S)\*(?!\*)"
    r"|<u>(?P<under>[^<]*)</u>"
    r"|<sup>(?P<raised>[^<]*)</sup>|<sub>(?P<lowered>[^<]*)</sub>"
    r"|(?P<break><br\s*/?>)"
)
_DATUM: Final = re.compile(r"^[\w-]+[ \t]*[:：](?:[ \t]+|$)|^[ \t]+\S")
"""A line of the data at a text's head: a name with its value, or more of a value."""
_TITLED: Final = re.compile(r"^(?:title|标题)[ \t]*[:：][ \t]+[\"'“]?(?P<value>[^\"'”]+?)[\"'”]?[ \t]*$")
_BREAKS: Final = re.compile(r"^(?:<br\s*/?>\s*)+|(?:\s*<br\s*/?>)+$")
_TAG: Final = re.compile(r"</?(?:p|div|center|span|font|small)(?:\s[^<>]*)?>", re.IGNORECASE)
"""Tags of HTML that part words or say how large they are."""
_TITLES: Final = re.compile(
    r"<(?:p|div|center|span|font|small|a|img|table|t[rdh])\b[^<>]*?\btitle=(?P<mark>[\"'])(?P<said>[^\"'<>]+)(?P=mark)[^<>]*>",
    re.IGNORECASE,
)
"""Words that a browser shows while the mouse is over an element."""
_SHOWN: Final = 30
_AS_MARKDOWN: Final = (
    (re.compile(r"<a\b[^<>]*?\bhref=[\"']([^\"'<>\s]+)[\"'][^<>]*>([^<>]*)</a>", re.IGNORECASE), r"[\2](\1)"),
    (
        re.compile(
            r"<img\b(?=[^<>]*?\balt=[\"']([^\"'<>\[\]]*)[\"']|)[^<>]*?\bsrc=[\"']([^\"'<>\s]+)[\"'][^<>]*>",
            re.IGNORECASE,
        ),
        r"![\1](\2)",
    ),
    (re.compile(r"<(b|strong)>([^<>\s][^<>]*)</\1>", re.IGNORECASE), r"**\2**"),
    (re.compile(r"<(i|em)>([^<>\s][^<>]*)</\1>", re.IGNORECASE), r"*\2*"),
)
"""Elements of HTML for which Markdown has marks of its own."""
_HTML_TABLE: Final = re.compile(r"<table\b[^>]*>.*?</table>", re.IGNORECASE | re.DOTALL)
_TABLE_ENDS: Final = ("</table>", "</TABLE>")
_HTML_ROW: Final = re.compile(r"<tr\b[^>]*>(.*?)(?=<tr\b|</table)", re.IGNORECASE | re.DOTALL)
_HTML_CELL: Final = re.compile(r"<t[dh]\b[^>]*>(.*?)(?=</t[dh]>|<t[dh]\b|</tr>|$)", re.IGNORECASE | re.DOTALL)
_SPANNED: Final = re.compile(r"<t[dh]\b[^>]*(?:col|row)span", re.IGNORECASE)
_USUAL: Final = (400.0, 300.0)
_TABS: Final = 4


def read_markdown(data: bytes, path: str, fetch: Fetch) -> Draft:
    """Return the draft in a Markdown text.

    Args:
        data: Its bytes, encoded as `decoded` tells.
        path: What messages call it.
        fetch: Gives its pictures.

    Raises:
        DraftFault: its encoding cannot be told, it is too long, or a picture is missing.
    """
    found = decoded(data, path)
    text = found.text.replace(PAGE, "")
    remarks = [f"批注“{each[1].strip()[:_SHOWN]}”" for each in _COMMENT.finditer(text)]
    text = _COMMENT.sub("", text)
    remarks += [_hint(each["said"]) for each in _TITLES.finditer(text)]
    reader = _Reader(path, fetch)
    lines, about = _front_matter(_without_html(text).split("\n"))
    blocks = tuple(reader.blocks(lines))
    refuse_many(sum(not isinstance(each, Line) or not each.blank for each in blocks), path)
    aside = (*remarks, *about, *reader.aside)
    return Draft(path, blocks, reader.media, aside, reader.bullets, dropped=found.dropped)


def _hint(words: str) -> str:
    """Say that words are left out which a page of the net shows while the mouse is over others."""
    return f"鼠标停在上面才显示的说明“{words[:_SHOWN]}”"


@dataclass
class _Reader:
    """Reads the lines of one text."""

    path: str
    fetch: Fetch
    media: dict[str, bytes] = field(default_factory=dict)
    bullets: int = 0
    aside: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    _counts: dict[int, int] = field(default_factory=dict)
    _place: int = 0

    def blocks(self, lines: Sequence[str]) -> Iterator[Block]:
        """Yield the paragraphs and tables."""
        lines = self._without_notes(lines)
        at = 0
        while at < len(lines):
            taken, blocks = self._taken(lines, at)
            yield from blocks
            at += taken

    def _taken(self, lines: Sequence[str], at: int) -> tuple[int, list[Block]]:
        """Return how many lines a block takes, and what they are."""
        line = lines[at]
        if fence := _FENCE.match(line):
            return self._fenced(lines, at, fence["mark"])
        if heading := _HEADING.match(line):
            return 1, [self._line(heading["words"], Looks(outline=len(heading["marks"])))]
        if _ROW.match(line):
            return self._table(lines, at)
        if item := _ITEM.match(line):
            return self._item(lines, at, item)
        if _RULE.match(line) or not line.strip(BLANK):
            return 1, [self._line("", Looks())]
        return self._paragraphs(lines, at)

    def _paragraphs(self, lines: Sequence[str], at: int) -> tuple[int, list[Block]]:
        """Read lines up to the next block; a line that an editor broke goes on, any other is a paragraph."""
        end = at + 1
        while end < len(lines) and lines[end].strip(BLANK) and not _ends_paragraph(lines[end]):
            end += 1
        under = _UNDER.match(lines[end]) if end < len(lines) and end == at + 1 else None
        if under:
            level = 1 if under["mark"][0] == "=" else 2
            return 2, [self._line(lines[at].strip(BLANK), Looks(outline=level))]
        typed = [_QUOTE.sub("", line) for line in lines[at:end]]
        self._counts.clear()
        return end - at, [self._typed(line) for line in unwrapped(typed)]

    def _typed(self, line: str) -> Line:
        lead = line[: len(line) - len(line.lstrip(BLANK))]
        return self._line(
            line.strip(BLANK), Looks(indent=sum(2 if each == "\u3000" else 1 for each in lead) / 2)
        )

    def _item(self, lines: Sequence[str], at: int, item: re.Match[str]) -> tuple[int, list[Block]]:
        end = at + 1
        while end < len(lines) and lines[end].startswith("  ") and not _begins_block(lines[end]):
            end += 1
        words = " ".join([_ticked(item["words"]), *(each.strip() for each in lines[at + 1 : end])])
        depth = len(item["indent"].expandtabs(_TABS))
        for deeper in [each for each in self._counts if each > depth]:
            del self._counts[deeper]
        if not item["count"]:
            self.bullets += 1
            return end - at, [self._line(words, Looks())]
        self._counts[depth] = self._counts[depth] + 1 if depth in self._counts else int(item["count"])
        label = f"（{self._counts[depth]}）" if len(self._counts) > 1 else f"{self._counts[depth]}."
        line = self._line(words, Looks(label=label))
        return end - at, [replace(line, pieces=joined([Piece(label), *line.pieces]))]

    def _fenced(self, lines: Sequence[str], at: int, mark: str) -> tuple[int, list[Block]]:
        end = next(
            (each for each in range(at + 1, len(lines)) if lines[each].strip().startswith(mark)), len(lines)
        )
        return min(end + 1, len(lines)) - at, [self._plain(line) for line in lines[at + 1 : end]]

    def _table(self, lines: Sequence[str], at: int) -> tuple[int, list[Block]]:
        end = at
        while end < len(lines) and _ROW.match(lines[end]):
            end += 1
        rows = [_cells(line) for line in lines[at:end] if not _DIVIDER.match(line)]
        most = max(map(len, rows), default=0)
        refuse_many(most * len(rows), self.path)
        self._place += 1
        place = self._place
        made = tuple(
            tuple(
                Cell((Line(self._pieces(words), Looks(), place),))
                for words in (*row, *[""] * (most - len(row)))
            )
            for row in rows
        )
        return end - at, [Table(made, 1, (), (), place)]

    def _line(self, words: str, looks: Looks) -> Line:
        self._place += 1
        if not looks.label and words:
            self._counts.clear() if looks.outline else None
        return Line(self._pieces(words), looks, self._place)

    def _plain(self, words: str) -> Line:
        self._place += 1
        return Line(joined([Piece(words.rstrip())]), Looks(), self._place)

    def _pieces(self, words: str, emphasis: str = "", link: str = "") -> tuple[Piece, ...]:
        found: list[Piece] = []
        at = 0
        for each in _INLINE.finditer(words):
            found.append(Piece(unescape(words[at : each.start()]), emphasis, "", link))
            found += self._piece(each, emphasis, link)
            at = each.end()
        found.append(Piece(unescape(words[at:]), emphasis, "", link))
        return joined(found)

    def _piece(self, found: re.Match[str], emphasis: str, link: str) -> Sequence[Piece]:
        said = found.groupdict()
        if plain := said["escaped"] or said["code"] or said["mail"] or said["bare"]:
            return [Piece(plain, emphasis, "", said["bare"] or link)]
        if hint := said["hint"] or said["shown"]:
            self.aside.append(_hint(hint))
        if said["picture"]:
            return [Piece(OBJECT, thing=self._picture(said["picture"], said["said"] or ""))]
        if said["note"]:
            known = self.notes.get(said["note"])
            note = Note((Line(self._pieces(known or "")),))
            return [Piece(found[0], emphasis, "", link) if known is None else Piece(OBJECT, thing=note)]
        if said["label"]:
            return self._pieces(said["label"], emphasis, said["target"] or "")
        return self._manner(said, emphasis, link)

    def _manner(self, said: Mapping[str, str | None], emphasis: str, link: str) -> Sequence[Piece]:
        if said["strong"]:
            return self._pieces(said["strong"], emphasis + "b", link)
        if said["leaning"]:
            return self._pieces(said["leaning"], emphasis + "i", link)
        if said["struck"]:
            return self._pieces(said["struck"], emphasis + "s", link)
        if said["under"]:
            return self._pieces(said["under"], emphasis + "u", link)
        if said["break"]:
            return [Piece("\n", emphasis, "", link)]
        raised = "superscript" if said["raised"] else "subscript"
        return [Piece(said["raised"] or said["lowered"] or "", emphasis, raised, link)]

    def _picture(self, name: str, said: str) -> Picture:
        data = self.fetch(name)
        if data is None:
            raise PictureGone(self.path, name)
        self.media[name] = data
        return Picture(name, *(size_of(data) or _USUAL), said)

    def _without_notes(self, lines: Sequence[str]) -> list[str]:
        kept = []
        text = "\n".join(line for line in lines if not _NOTE.match(line))
        for line in lines:
            found = _NOTE.match(line)
            if found and f"[^{found['name']}]" in text:
                self.notes[found["name"]] = found["words"]
            else:
                kept.append(line)
        return kept


def _ticked(words: str) -> str:
    """Return an item with the box of a list of tasks as a character."""
    box = {"[ ] ": "☐", "[x] ": "☑", "[X] ": "☑"}.get(words[:4], "")
    return f"{box} {words[4:]}" if box else words


def _without_html(text: str) -> str:
    """Return a text with HTML in it written as Markdown, as far as that has marks for it."""
    for pattern, mark in _AS_MARKDOWN:
        text = pattern.sub(mark, text)
    end = max(text.rfind(each) for each in _TABLE_ENDS) + len(_TABLE_ENDS[0])  # none is looked for behind it
    return _TAG.sub("", _HTML_TABLE.sub(_rows, text[:end]) + text[end:])


def _rows(table: re.Match[str]) -> str:
    """Return a table of HTML as rows of Markdown; one with cells that span others stays as it is typed."""
    if _SPANNED.search(table[0]):
        return table[0]
    rows = [_HTML_CELL.findall(row) for row in _HTML_ROW.findall(table[0])]
    return "\n".join(f"| {' | '.join(' '.join(cell.split()) for cell in row)} |" for row in rows if row)


def _begins_block(line: str) -> bool:
    return any(each.match(line) for each in (_HEADING, _ITEM, _ROW, _FENCE, _RULE))


def _ends_paragraph(line: str) -> bool:
    return _begins_block(line) or _UNDER.match(line) is not None


def _front_matter(lines: Sequence[str]) -> tuple[Sequence[str], tuple[str, ...]]:
    """Return lines without the data about a text at its head, and those data in words.

    A title among them heads a text that has none of its own. Where one is no name with a value, all are text.
    """
    ends = [at for at, each in enumerate(lines) if each.strip() == "---"]
    if len(ends) < 2 or ends[0] != 0:
        return lines, ()
    data = [each for each in lines[1 : ends[1]] if each.strip()]
    rest = lines[ends[1] + 1 :]
    if not all(map(_DATUM.match, data)):
        return [*lines[1 : ends[1]], *rest], ()
    title = next((found["value"] for each in data if (found := _TITLED.match(each))), "")
    if title and not any(each.startswith("# ") for each in rest):
        data = [each for each in data if not _TITLED.match(each)]
        rest = [f"# {title}", "", *rest]
    return rest, tuple(f"文件头信息“{each.strip()}”" for each in data)


def _cells(line: str) -> list[str]:
    marked = line.strip().strip("|").replace("\\|", "\0")
    return [_BREAKS.sub("", each.strip(BLANK)).replace("\0", "|") for each in marked.split("|")]
