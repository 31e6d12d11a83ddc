"""How a document's styles and paragraphs look, of what bears on their height."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, TypeAlias

from lxml import etree

from docgen.dataclass import dataclass

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF: Final = frozenset({"0", "false", "off"})


@dataclass(frozen=True)
class Looks:
    """The properties of a paragraph that bear on its height; lengths in twips, `size` in half-points.

    `percent` is the width of its characters, 100 as they are drawn.
    """

    line: int = 0
    left: int = 0
    right: int = 0
    first: int = 0
    size: int = 32
    tightening: int = 0
    keep: bool = False
    new_page: bool = False
    below: int = 0
    percent: int = 100


Styles: TypeAlias = Mapping[str, Looks]
"""The looks of the paragraph styles of a document, by their identifiers."""


@lru_cache(maxsize=16)
def known_looks(styles: bytes) -> Styles:
    """Return the looks of `word/styles.xml`; documents of one template have the same."""
    return looks_of(etree.fromstring(styles))


def looks_of(root: Any) -> Styles:
    """Return the looks of each paragraph style, from `w:styles`; the styles are based on Normal or on nothing."""
    nodes = {
        each.get(f"{W}styleId"): each
        for each in root.findall(f"{W}style")
        if each.get(f"{W}type") == "paragraph"
    }
    normal = _of_style(Looks(), nodes["Normal"])
    return {name: _of_style(normal, node) for name, node in nodes.items()}


def _of_style(base: Looks, node: Any) -> Looks:
    laid = overlaid(base, node.find(f"{W}pPr"))
    run = node.find(f"{W}rPr")
    if run is None:
        return laid
    size, spacing = run.find(f"{W}sz"), run.find(f"{W}spacing")
    return replace(
        laid,
        size=laid.size if size is None else whole(size, "val"),
        tightening=laid.tightening if spacing is None else whole(spacing, "val"),
    )


def overlaid(base: Looks, own: Any) -> Looks:
    """Return looks with the paragraph properties of a style or a paragraph laid over them."""
    if own is None:
        return base
    found: dict[str, Any] = {}
    spacing, indent, border = (own.find(f"{W}{name}") for name in ("spacing", "ind", "pBdr"))
    if spacing is not None and spacing.get(f"{W}line"):
        found["line"] = whole(spacing, "line")
    if indent is not None:
        found |= _indents(indent)
    if border is not None:
        found["below"] = _border(border)
    for name, field in (("keepNext", "keep"), ("pageBreakBefore", "new_page")):
        node = own.find(f"{W}{name}")
        found |= {} if node is None else {field: node.get(f"{W}val") not in _OFF}
    return replace(base, **found)


def _indents(node: Any) -> dict[str, int]:
    named = {"left": "left", "right": "right", "firstLine": "first"}
    found = {field: whole(node, name) for name, field in named.items() if node.get(f"{W}{name}")}
    return found | ({"first": -whole(node, "hanging")} if node.get(f"{W}hanging") else {})


def _border(node: Any) -> int:
    rule = node.find(f"{W}bottom")
    return 0 if rule is None else round(whole(rule, "space") * 20 + whole(rule, "sz") * 20 / 8)


def value(own: Any, name: str) -> str:
    """Return what an element says by `w:val`; empty where it is missing."""
    node = own.find(f"{W}{name}")
    return "" if node is None else str(node.get(f"{W}val"))


def whole(node: Any, name: str) -> int:
    """Return a number; 0 where the element or the attribute is missing, or says no number (auto)."""
    try:
        return 0 if node is None else round(float(node.get(f"{W}{name}", 0)))
    except ValueError:
        return 0
