"""Draws the life of a document, `docs/办文步骤.svg`, from the table of steps (docgen/register/life.py).

Only the places of the states stand here; every arrow and its words come from the table. A state without a place, or a
step that is not drawn, is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from docgen.register.life import DRAFT, STEPS, VOID, State

_WIDE, _HIGH = 112, 40
_ROW, _LEFT, _MIDDLE, _RIGHT = 84, 90, 330, 590
_ROWS: Final = (
    State.DRAFTED, State.REVIEWED, State.COUNTERSIGNED, State.SIGNED, State.NUMBERED, State.REQUESTED,
    State.APPROVED, State.SEALED, State.ISSUED, State.ARCHIVED,
)  # fmt: skip
PLACES: Final = {state: (_MIDDLE, 70 + _ROW * row) for row, state in enumerate(_ROWS)} | {
    State.RETURNED: (_LEFT, 70 + _ROW),
    State.VOID: (_RIGHT, 70 + _ROW * 2),
    State.REPLACED: (_RIGHT, 70 + _ROW * 6),
}
_FILLS: Final = {State.RETURNED: "#fdf0d5", State.VOID: "#eeeeee", State.REPLACED: "#eeeeee"}
_FONT: Final = "'Noto Sans CJK SC','Microsoft YaHei','WenQuanYi Micro Hei',sans-serif"
_SKIPS: Final = {State.REVIEWED: "不需要会签的", State.NUMBERED: "机制自有印章的"}
"""Why a state further on may be reached without those between."""
Arrow = tuple[State, State, str]


def drawing() -> str:
    """Return the SVG."""
    arrows = list(_arrows())
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 740 920" font-family="{_FONT}" font-size="15">',
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">',
        '<path d="M0 0 10 5 0 10z" fill="#555"/></marker></defs>',
        '<rect width="740" height="920" fill="#fff"/>',
        *(_arrow(each) for each in arrows),
        *(_box(state) for state in PLACES),
        _words(_RIGHT, 70 + _ROW * 2 + 42, f"归档以前任何一步都可以{VOID.name}，", 12),
        _words(_RIGHT, 70 + _ROW * 2 + 60, "须写明原因，文号保留", 12),
        _words(_RIGHT, 70 + _ROW * 6 + 42, "编号以后，新文签发时", 12),
        _words(_RIGHT, 70 + _ROW * 6 + 60, "旧文自动转为“替换”", 12),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _arrows() -> Iterator[Arrow]:
    """Yield what the table says, but for voiding and replacing, which a note tells."""
    drawn: dict[tuple[State, State], list[str]] = {}
    for each in STEPS:
        for before in each.before:
            after = each.after or before
            if after is before or after in (State.VOID, State.REPLACED):
                continue
            drawn.setdefault((before, after), []).append(each.name)
    for (before, after), names in drawn.items():
        yield before, after, "、".join(dict.fromkeys(names))


def _box(state: State) -> str:
    x, y = PLACES[state]
    fill = _FILLS.get(state, "#e8f0fa")
    return (
        f'<rect x="{x - _WIDE / 2:g}" y="{y - _HIGH / 2:g}" width="{_WIDE}" height="{_HIGH}" rx="6" fill="{fill}" '
        f'stroke="#555"/>' + _words(x, y + 5, state.value, 16)
    )


def _arrow(arrow: Arrow) -> str:
    before, after, name = arrow
    (x1, y1), (x2, y2) = PLACES[before], PLACES[after]
    if x1 == x2 and y2 - y1 == _ROW:
        return _path(f"M{x1} {y1 + _HIGH / 2:g}V{y2 - _HIGH / 2:g}") + _words(
            x1 + 8, (y1 + y2) / 2 + 5, "" if name == after else name, 13, "start"
        )
    if x1 == x2:
        return _around(arrow)
    return _aside(arrow)


def _around(arrow: Arrow) -> str:
    """Draw an arrow beside the main line: forward ones on the right, those that go back on the left."""
    before, after, name = arrow
    (x, y1), (_, y2) = PLACES[before], PLACES[after]
    side = 1 if y2 > y1 else -1
    start, far = x + side * _WIDE / 2, x + side * (_WIDE / 2 + 26 + 9 * abs(y2 - y1) / _ROW)
    line = f"M{start:g} {y1 + 8 * side:g}H{far:g}V{y2 - 8 * side:g}H{start:g}"
    nearest = side < 0 and y1 - y2 == _ROW
    words = _SKIPS[before] if side > 0 else "" if nearest else name
    return _path(line) + _words(far + side * 6, (y1 + y2) / 2 + 5, words, 13, "start" if side > 0 else "end")


def _aside(arrow: Arrow) -> str:
    """Draw an arrow to or from the state beside the main line."""
    before, after, name = arrow
    (x1, y1), (x2, y2) = PLACES[before], PLACES[after]
    side = 1 if x2 > x1 else -1
    lift = 9 if before is State.RETURNED else -9
    if y1 == y2:
        line = f"M{x1 + side * _WIDE / 2:g} {y1 + lift}H{x2 - side * _WIDE / 2:g}"
        return _path(line) + _words((x1 + x2) / 2, y1 + lift + (16 if lift > 0 else -5), name, 13)
    beside = PLACES[State.RETURNED][0]
    if before is State.RETURNED:
        line = f"M{beside - 14} {y1 - _HIGH / 2:g}V{y2}H{x2 - _WIDE / 2:g}"
        return _path(line) + _words(beside + 60, y2 - 6, name, 13)
    end = y2 + (_HIGH / 2 if y1 > y2 else -_HIGH / 2)
    drop = beside + (30 if y1 < y2 else 0)
    line = f"M{x1 - _WIDE / 2:g} {y1 + (12 if y1 < y2 else 0)}H{drop}V{end:g}"
    return _path(line) + _words(drop + 66, y1 + (26 if y1 < y2 else -6), name, 13)


def _path(line: str) -> str:
    return f'<path d="{line}" fill="none" stroke="#555" stroke-width="1.4" marker-end="url(#tip)"/>'


def _words(x: float, y: float, words: str, size: int, anchor: str = "middle") -> str:
    if not words:
        return ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" text-anchor="{anchor}" fill="#222">{escape(words)}</text>'


assert set(PLACES) == set(State), "a state has no place"  # noqa: S101
assert DRAFT.after is State.DRAFTED  # noqa: S101
