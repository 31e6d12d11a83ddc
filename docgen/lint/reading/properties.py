"""Reading `w:rPr` and `w:pPr` of one level (defaults, style, direct) into values that the next level overrides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from docgen.lint.reading.model import Border, Look, Setting
from docgen.lint.reading.names import WORD_2010, Element, attributes, is_on, local, number, value, w

Values = Mapping[str, Any]
NOTHING: Final[Values] = {}
_EFFECT: Final = "effect-"
_EFFECTS: Final = {
    "em": "着重号", "bdr": "文字边框", "w": "字符缩放", "position": "文字升降", "outline": "空心", "shadow": "阴影",
    "emboss": "阳文", "imprint": "阴文",
}  # fmt: skip
_LEAST_SCALE: Final = 90
_MOST_SCALE: Final = 110
_SWITCHES: Final = {"b": "bold", "i": "italic", "strike": "strike", "dstrike": "strike", "vanish": "hidden"}
_ALIGNS: Final = {"start": "left", "end": "right", "justify": "both"}
_THEME_BLACK: Final = frozenset(("text1", "dark1", "tx1"))
_LINE: Final = 240
_LOOKS: Final = 512
"""How many looks are kept."""
_SLOTS: Final = tuple((w(f"{slot}Theme"), w(slot)) for slot in ("eastAsia", "hAnsi", "ascii"))
_HINT: Final = w("hint")
_RULE: Final = w("lineRule")
_SIDES: Final = (
    ("left", "left", 1),
    ("start", "left", 1),
    ("right", "right", 1),
    ("end", "right", 1),
    ("firstLine", "first", 1),
    ("hanging", "first", -1),
)
_INDENTS: Final = tuple(
    (w(f"{name}{unit}"), key + of, sign)
    for name, key, sign in _SIDES
    for unit, of in (("", ""), ("Chars", "_chars"))
)
_ROOM: Final = tuple((w(name), name, 1) for name in ("before", "after", "beforeLines", "afterLines", "line"))


def run_values(properties: Element | None, themes: Mapping[str, str]) -> Values:
    """Return what a `w:rPr` says; faces by theme are looked up."""
    found: dict[str, Any] = {}
    for each in () if properties is None else properties:
        reader = _RUN.get(each.tag)
        if reader:
            found |= reader(each, themes)
    return found


def _fonts(element: Element, themes: Mapping[str, str]) -> Values:
    given = attributes(element)
    east, wide, plain = (themes.get(given.get(theme, "")) or given.get(face) for theme, face in _SLOTS)
    hint = given.get(_HINT)
    found: dict[str, Any] = {} if east is None else {"east": east}
    if wide or plain:
        found |= {"latin": wide or plain, "ascii": plain or wide}
    if hint:
        found["east_hint"] = hint == "eastAsia"
    return found


def _size(element: Element, _: Mapping[str, str]) -> Values:
    half_points = number(value(element))
    return {} if half_points is None else {"size": half_points / 2}


def _color(element: Element, _: Mapping[str, str]) -> Values:
    if (element.get(w("themeColor")) or "") in _THEME_BLACK:
        return {"color": None}
    return {"color": rgb(value(element))}


def rgb(text: str | None) -> str | None:
    """Return RRGGBB in capitals; None for automatic and for what is none."""
    text = (text or "").lstrip("#").upper()
    return text if len(text) == 6 and all(each in "0123456789ABCDEF" for each in text) else None


def _underline(element: Element, _: Mapping[str, str]) -> Values:
    return {"underline": value(element) not in (None, "none")}


def _highlight(element: Element, _: Mapping[str, str]) -> Values:
    color = value(element)
    return {"highlight": None if color in (None, "none") else color}


def _shade(element: Element, _: Mapping[str, str]) -> Values:
    fill = rgb(element.get(w("fill")))
    return {"highlight": fill} if fill and fill != "FFFFFF" else {}


def _spacing(element: Element, _: Mapping[str, str]) -> Values:
    return {"spacing": (number(value(element)) or 0) / 20}


def _effect(element: Element, _: Mapping[str, str]) -> Values:
    """Return an effect by its Chinese name, empty where it is switched off."""
    name = local(element)
    given = value(element)
    if name == "w":
        seen = not _LEAST_SCALE <= (number(given) or 100) <= _MOST_SCALE
    elif name == "position":
        seen = bool(number(given))
    elif name in ("em", "bdr"):
        seen = given not in (None, "none", "nil")
    else:
        seen = is_on(element)
    return {f"{_EFFECT}{name}": _EFFECTS[name] if seen else ""}


def _switch(element: Element, _: Mapping[str, str]) -> Values:
    return {_SWITCHES[local(element)]: is_on(element)}


_RUN: Final[dict[str, Callable[[Element, Mapping[str, str]], Values]]] = {
    w("rFonts"): _fonts,
    w("sz"): _size,
    w("color"): _color,
    w("u"): _underline,
    w("highlight"): _highlight,
    w("shd"): _shade,
    w("spacing"): _spacing,
    **dict.fromkeys(map(w, _SWITCHES), _switch),
    **dict.fromkeys(map(w, _EFFECTS), _effect),
    f"{{{WORD_2010}}}shadow": _effect,
}


def look(values: Values) -> Look:
    """Return the look that merged values make; the same object for the same values, of which documents have few."""
    return _look(frozenset(values.items()))


@lru_cache(maxsize=_LOOKS)
def _look(said: frozenset[tuple[str, Any]]) -> Look:
    known, effect = {}, ""
    values = dict(said)
    for key, each in sorted(said):
        if key.startswith(_EFFECT):
            effect = effect or each
        elif key not in ("ascii", "latin"):
            known[key] = each
    return Look(latin=values.get("ascii") or values.get("latin"), effect=effect, **known)


def paragraph_values(properties: Element | None) -> Values:
    """Return what a `w:pPr` says."""
    found: dict[str, Any] = {}
    for each in () if properties is None else properties:
        reader = _PARAGRAPH.get(each.tag)
        if reader:
            found |= reader(each)
    return found


def _align(element: Element) -> Values:
    align = value(element) or "left"
    return {"align": _ALIGNS.get(align, align)}


def _indents(element: Element) -> Values:
    return _taken(element, _INDENTS)


def _taken(element: Element, wanted: Sequence[tuple[str, str, int]]) -> dict[str, Any]:
    """Return the whole numbers among an element's attributes; of two for one key the later wanted one counts."""
    given = attributes(element)
    found: dict[str, Any] = {}
    for name, key, sign in wanted:
        count = number(given[name]) if name in given else None
        if count is not None:
            found[key] = sign * count
    return found


def _room(element: Element) -> Values:
    found = _taken(element, _ROOM)
    rule = element.get(_RULE)
    if rule:
        found["rule"] = rule
    elif "line" in found:
        found["rule"] = "auto"
    return found


def borders(element: Element) -> dict[str, Border]:
    """Return the lines of a `w:pBdr`, `w:tblBorders` or `w:tcBorders` by side."""
    return {
        local(each): Border(value(each) or "", number(each.get(w("sz"))) or 0, rgb(each.get(w("color"))))
        for each in element
    }


def _numbering(element: Element) -> Values:
    found: dict[str, Any] = {}
    for name in ("numId", "ilvl"):
        given = number(value(element.find(w(name))))
        if given is not None:
            found[name] = given
    return found


_PARAGRAPH: Final[dict[str, Callable[[Element], Values]]] = {
    w("jc"): _align,
    w("ind"): _indents,
    w("spacing"): _room,
    w("snapToGrid"): lambda element: {"snap": is_on(element)},
    w("pageBreakBefore"): lambda element: {"new_page": is_on(element)},
    w("framePr"): lambda element: {"framed": True, "frame_align": element.get(w("xAlign")) or ""},
    w("shd"): lambda element: {"shaded": rgb(element.get(w("fill"))) not in (None, "FFFFFF")},
    w("pBdr"): lambda element: {"borders": borders(element)},
    w("numPr"): _numbering,
}


def setting(values: Values, zi: float, pitch: float, style: str) -> Setting:
    """Return the setting that merged values make.

    Args:
        values: What all levels say together.
        zi: The width of a character in points, the unit of `firstLineChars` and the like.
        pitch: The grid's line in points, the unit of `beforeLines`; 0 for none.
        style: The name of the paragraph's style.
    """
    plain = {
        key: values[key]
        for key in ("align", "snap", "new_page", "framed", "frame_align", "borders", "shaded")
        if key in values
    }
    return Setting(
        left=_indent(values, "left", zi),
        right=_indent(values, "right", zi),
        first=_indent(values, "first", zi),
        before=_lines(values, "before", pitch),
        after=_lines(values, "after", pitch),
        line=values.get("line", _LINE) or _LINE,
        rule=values.get("rule", "auto"),
        style=style,
        **plain,
    )


def _indent(values: Values, key: str, zi: float) -> float:
    chars: int = values.get(f"{key}_chars", 0)
    twips: int = values.get(key, 0)
    return chars / 100 * zi if chars else twips / 20


def _lines(values: Values, key: str, pitch: float) -> float:
    lines: int = values.get(f"{key}Lines", 0)
    twips: int = values.get(key, 0)
    return lines / 100 * (pitch or 12.0) if lines else twips / 20


_CELL_MARGIN: Final = 108
"""Twips beside the words of a cell, where neither table nor style says."""


def inset(*holders: Element | None) -> float | None:
    """Return how far from the left edge the words of a table's first column begin, in points.

    Args:
        holders: The table properties of its style and its own, of which the last that says something counts.

    Returns:
        None for a table in the middle or at the right.
    """
    indent, margin = 0, _CELL_MARGIN
    for holder in holders:
        if holder is None:
            continue
        if value(holder.find(w("jc"))) in ("center", "right", "end"):
            return None
        indent = _twips(holder.find(w("tblInd")), indent)
        sides = (holder.find(f"{w('tblCellMar')}/{w(side)}") for side in ("left", "start"))
        margin = _twips(next((each for each in sides if each is not None), None), margin)
    return (indent + margin) / 20


def _twips(element: Element | None, usual: int) -> int:
    """Return a width of a table in twips; the usual one where it is none, or is no length."""
    if element is None or value(element, "type") not in (None, "dxa"):
        return usual
    found = number(value(element, "w"))
    return usual if found is None else found
