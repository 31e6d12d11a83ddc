"""The chart as a page: one HTML file that needs nothing else, complete without its script, with all data escaped.

The same chart gives the same bytes. The last line is a digest of those before it, so that a page that nobody has
changed is known as docgen's own.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from docgen.digests import sha256
from docgen.office.board.chart import Chart, Mark
from docgen.office.board.schedule import Axis
from docgen.rules.workdays import weekday

_END: Final = "<!-- docgen board {} -->\n"
_NAME, _RATE, _ITEM, _SCHEDULE = 17, 3.1, 3.0, 16  # the least widths of columns, in rem
_TOGETHER: Final = 30
"""Rows that a browser lays out together: where there are thousands, it does so only with those near the screen."""
_ROWS_MM: Final = 212
"""What the head leaves for rows on an A3 sheet, lying."""
_LOW, _HIGH, _TWO_LINES = 4.7, 10.0, 6.8  # the heights of rows in print, in mm
_WIDE_MM: Final = 394
"""What the rates leave for the other columns of an A3 sheet, lying."""
_USUAL: Final = 20
"""Columns of items beside which names and schedules have their full width."""
_LONGEST_CELL: Final = 4.6
"""How wide a cell may become, in em, its sides included: 红12/31."""
_LEAST_PX: Final = 6.0
_PX_A_MM: Final = 96 / 25.4


def page_of(chart: Chart) -> bytes:
    """Return the page of a chart."""
    style, script = _ours(_style(chart)), _ours(_source("page.js").strip())
    day = chart.today
    page = _template().render(
        chart=chart,
        day=f"{day.year}年{day.month}月{day.day}日",
        today=f"{day.month}/{day.day}",
        weekday=weekday(day),
        marks=[each for each in Mark if chart.lights[each] or each in (Mark.RED, Mark.YELLOW, Mark.GREEN)],
        all_marks=list(Mark),
        uncounted=any(not each.counted for each in chart.columns),
        rows_together=_TOGETHER,
        style=style,
        style_digest=_digest(style),
        script=script,
        script_digest=_digest(script),
    )
    data = page.encode()
    return data + _END.format(sha256(data)).encode()


def _ours(source: str) -> Markup:
    """Return styles or a script as they are: they are docgen's own, with numbers and nothing of the data in them."""
    return Markup(source)  # noqa: S704


def is_untouched(data: bytes) -> bool:
    """Whether bytes are a page of docgen that nobody has changed."""
    end = _END.format("0" * 64).encode()
    return data[-len(end) :] == _END.format(sha256(data[: -len(end)])).encode()


@cache
def _template() -> Template:
    surroundings = Environment(
        autoescape=True,
        loader=FunctionLoader(_source),
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    return surroundings.get_template("page.html")


def _source(name: str) -> str:
    return resources.files(__package__ or "").joinpath(name).read_text("utf-8")


def _style(chart: Chart) -> str:
    """Return the styles, with the widths of this chart's columns and months before them."""
    count = len(chart.columns)
    items = f"repeat({count},minmax({_ITEM}rem,1fr)) " if count else ""
    months = " ".join(f"{each.days}fr" for each in chart.axis.months)
    own = (
        f":root{{--columns:minmax({_NAME}rem,4fr) {_RATE}rem {items}minmax({_SCHEDULE}rem,6fr);"
        f"--width:{_NAME + _RATE + _ITEM * count + _SCHEDULE}rem;"
        f"--months:{months};--today:{chart.axis.share}%;--lines:{_lines(chart.axis)};"
        f"{_print_sizes(chart.final, count)}}}"
    )
    return own + _source("page.css").strip()


def _print_sizes(rows: int, columns: int) -> str:
    """Return the sizes in print: one sheet is filled as far as that goes, and what is in a cell fits its width."""
    high = min(max(_ROWS_MM / (rows + 1), _LOW), _HIGH)
    roomy = high >= _TWO_LINES
    letters, stroke = (10.5, 2.4) if roomy else (8.5, 1.6)
    name, schedule = (76, 90) if columns <= _USUAL else (64, 62)
    wide = (_WIDE_MM - name - schedule) / max(columns, 1)
    cells = max(min(letters, wide / _LONGEST_CELL * _PX_A_MM), _LEAST_PX)
    return (
        f"--row:{high:.2f}mm;--letters:{letters}px;--cells:{cells:.1f}px;--stroke:{stroke}px;"
        f"--small:{'block' if roomy else 'none'};--name:{name}mm;--schedule:{schedule}mm;"
    )


def _lines(axis: Axis) -> str:
    """Return the lines behind the bars, as backgrounds: today, and where months begin."""
    lines = [f"linear-gradient(#b3261e,#b3261e) {axis.share}% 0/2px 100% no-repeat"]
    lines += [f"linear-gradient(#ddd,#ddd) {each}% 0/1px 100% no-repeat" for each in axis.month_lines]
    return ",".join(lines)


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
