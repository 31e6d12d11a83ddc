"""The mark of a chart in a wording: `[图 柱 %] 列表 单位 办结率=办结率数 | 各单位办结率（截至{{ 本项.截至 }}）`.

Bars (柱), lines (线) or stacked bars (叠), and the unit of the numbers; a list, the label of its names, the labels of
its numbers, each under another name if one is written before `=`; behind the stroke the caption. It becomes a tag of
the template engine, as a clerk writes one in Word.
"""

from __future__ import annotations

import re
from typing import Final

from docgen.standard.build.chart import Kind

CHART_LIKE: Final = "[图 柱 %] 列表 单位 办结率 | 各单位办结率"
"""What a mark should look like, for messages."""
_KINDS: Final = frozenset(each.value for each in Kind)
_LEAST: Final = 2  # labels: of the names, and of one number
_SHOWN: Final = re.compile(r"(\{\{.*?\}\})")


def chart_tag(options: str, rest: str) -> str:
    """Return the tag that draws a chart; empty where the mark does not say one.

    Args:
        options: what stands in the mark behind its name: the kind, and the unit if there is one.
        rest: what stands behind the mark.
    """
    said, _, caption = (each.strip() for each in rest.partition("|"))
    kind, unit, *more = (*options.split(), "", "")[: max(2, len(options.split()))]
    listed, *labels = said.split() or [""]
    if kind not in _KINDS or more or len(labels) < _LEAST or "'" in options + rest or "{" in said:
        return ""
    pairs = [each.rpartition("=") for each in labels]
    paths = ",".join(path for _, _, path in pairs)
    names = ",".join(name or path for name, _, path in pairs[1:])
    words = " ~ ".join(_as_expression(each) for each in _SHOWN.split(caption) if each) or "''"
    return f"{{{{p {listed}|图('{kind}', '{paths}', {words}, '{unit}', '{names}') }}}}"


def _as_expression(piece: str) -> str:
    """Return a piece of a text as a part of an expression: `{{ 名称 }}` as the name, words in quotes."""
    return f"({piece[2:-2].strip()})" if _SHOWN.fullmatch(piece) else f"'{piece}'"
