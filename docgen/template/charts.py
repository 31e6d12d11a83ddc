"""Charts in templates: `{{p 清单|图('柱', '单位,办结率', '各单位办结率', '%') }}` in a paragraph of its own.

The filter takes a list, how it is drawn (柱 bars, 线 lines, 叠 stacked bars), the label that names each item and those
of its numbers, a caption, a unit, and names for the numbers where labels are not to be shown. Each chart of a document
has its own part, workbook and number (图1, 图2), in loops too. A list without items draws nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from jinja2 import Environment, pass_environment
from jinja2.filters import make_attrgetter

from docgen.standard.build.blocks import Block
from docgen.standard.build.chart import (
    MOST_SERIES,
    Chart,
    Kind,
    Series,
    chart_paragraphs,
    chart_part,
    workbook_of,
)
from docgen.template import attach
from docgen.template.faults import ChartUnfit, Refusal
from docgen.template.gaps import is_gap
from docgen.template.rendering import spend

NAME: Final = "图"
_MOST: Final = 60  # categories that a page holds
_COST: Final = 20_000
_DIGITS: Final = 15  # what a spreadsheet keeps of a number
_SMALLEST: Final = -60  # the power of ten of the last digit, so that a number is short when written out
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]{1,60}(?:\.[0-9]{0,60})?|\.[0-9]{1,60})(?:[eE][+-]?[0-9]{1,3})?")
_SHOWN: Final = 24
_KINDS: Final = {each.value: each for each in Kind}


@pass_environment
def chart(  # noqa: PLR0913, PLR0917  as a template calls it
    environment: Environment, value: Iterable[Any], kind: str, attribute: str, caption: str = "", unit: str = "",
    names: str = "",
) -> Block:  # fmt: skip
    """Draw a list.

    Args:
        environment: of the template.
        value: the list.
        kind: 柱, 线 or 叠.
        attribute: the label of the names, and those of the numbers, with commas between them.
        caption: below the chart, without its number.
        unit: behind each number.
        names: what the numbers are called, with commas between them; empty for their labels.

    Raises:
        Refusal: the kind is none, there are too many items or numbers for a chart, or a value is no number.
    """
    labels = [each.strip() for each in attribute.split(",")]
    called = [each.strip() for each in names.split(",")] if names else labels[1:]
    items = list(value)
    if kind not in _KINDS:
        raise Refusal(ChartUnfit, why=f"没有“{kind}”这种样式")
    if not 0 < len(labels) - 1 == len(called) <= MOST_SERIES or len(items) > _MOST:
        raise Refusal(ChartUnfit, why=f"一张图最多{_MOST}项、{MOST_SERIES}组数，每组一个名称")
    if not items:
        return Block()
    spend(_COST)
    columns = [[make_attrgetter(environment, label)(item) for item in items] for label in labels]
    series = (Series(name, tuple(map(_number, each))) for name, each in zip(called, columns[1:], strict=True))
    made = Chart(_KINDS[kind], tuple(map(str, columns[0])), tuple(series), unit)
    return _drawn(made, caption)


def _drawn(made: Chart, caption: str) -> Block:
    here = attach.now()
    relation, number = here.chart(chart_part(made), workbook_of(made))
    return Block(chart_paragraphs(made, relation, f"{NAME}{number}　{caption}".rstrip("　")))


def _number(value: Any) -> Decimal | None:
    """Return a number of a chart; None for what is empty or not applicable (—). Raises Refusal: none, or too big."""
    said = "" if value is None or is_gap(value) else _words(value)
    words = said.replace(",", "").strip().removesuffix("%").strip()
    if words in ("", "—"):
        return None
    number = Decimal(words) if _NUMBER.fullmatch(words) else None
    if number is None or not _is_fit(number):
        raise Refusal(ChartUnfit, why=f"“{words[:_SHOWN]}”不是数字，或太大")
    return number


def _words(value: Any) -> str:
    """Return what a value says; of a number, which may have been reckoned, as many digits as a chart holds."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f"{Decimal(value):.{_DIGITS}g}"
    return str(value)


def _is_fit(number: Decimal) -> bool:
    """Whether a number is below 10 to the 15th and has 15 digits at most, leading and trailing zeros left out."""
    digits, power = "".join(map(str, number.as_tuple().digits)).strip("0"), number.as_tuple().exponent
    return (
        len(digits) <= _DIGITS
        and abs(number) < Decimal(10) ** _DIGITS
        and isinstance(power, int)
        and power >= _SMALLEST
    )
