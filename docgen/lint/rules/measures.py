"""Judgements that several rules share: whether words are set in a face, a size, a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docgen.lint.findings import Finding, Seen, shown
from docgen.lint.reading.model import Para, Span, family
from docgen.lint.rule import Rule

_FIRST_HANZI: Final = "\u3400"
_LAST_HANZI: Final = "\u9fff"


def hanzi(text: str) -> str:
    """Return the hanzi of a text alone, in their order: the rules on faces are about those."""
    return "".join(each for each in text if _FIRST_HANZI <= each <= _LAST_HANZI)


def wrong_face(para: Para, *wanted: str, start: int = 0, end: int | None = None) -> Span | None:
    """Return the first stretch between two places whose hanzi are in none of the families."""
    for piece in para.pieces(start, end):
        if family(piece.look.east) not in wanted and hanzi(piece.text):
            return piece
    return None


def wrong_size(para: Para, points: float, room: float) -> Span | None:
    """Return the first stretch with words that is not of a size."""
    for piece in para.pieces():
        if abs(piece.look.size - points) > room and piece.text.strip(" \t\n\u3000"):
            return piece
    return None


def face(
    seen: Seen, rule: Rule, para: Para, *wanted: str, start: int = 0, end: int | None = None
) -> Iterator[Finding]:
    """Find words in a wrong face."""
    piece = wrong_face(para, *wanted, start=start, end=end)
    if piece:
        yield seen.found(
            rule,
            para,
            f"字体为{piece.look.east or '（未指定）'}",
            "或".join(dict.fromkeys(wanted)),
            piece.text,
        )


def size(seen: Seen, rule: Rule, para: Para, points: float) -> Iterator[Finding]:
    """Find words of a wrong size."""
    piece = wrong_size(para, points, seen.tolerance(rule))
    if piece:
        yield seen.found(rule, para, f"字号为 {shown(piece.look.size)} 磅", f"{shown(points)} 磅", piece.text)


def flush(seen: Seen, rule: Rule, para: Para) -> Iterator[Finding]:
    """Find a line that does not begin at the left edge."""
    away = (para.setting.left + para.setting.first) / para.zi + para.lead / 2
    if para.setting.align in ("center", "right"):
        yield seen.found(rule, para, "没有左对齐", "居左顶格")
    elif abs(away) > (seen.tolerance(rule) or 0.3):
        yield seen.found(rule, para, f"左边空 {shown(away)} 字", "居左顶格")


def begins_at(seen: Seen, rule: Rule, para: Para, characters: float) -> Iterator[Finding]:
    """Find a line that does not begin so many characters from the left edge."""
    away = (para.setting.left + para.setting.first) / para.zi + para.lead / 2
    if para.setting.align in ("center", "right"):
        yield seen.found(rule, para, "没有左对齐", f"左空 {shown(characters)} 字")
    elif abs(away - characters) > seen.tolerance(rule):
        yield seen.found(rule, para, f"左空 {shown(away)} 字", f"左空 {shown(characters)} 字")
