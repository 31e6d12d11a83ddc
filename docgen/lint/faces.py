"""Families of faces: the many names under which 小标宋, 仿宋, 楷体, 黑体 and 宋体 are installed."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

TITLE: Final = "小标宋"
BODY: Final = "仿宋"
LABEL: Final = "黑体"
NAME: Final = "楷体"
DIGITS: Final = "宋体"
# Read in this order: 仿宋 before 宋, 小标宋 before 宋.
_FAMILIES: Final = (
    (TITLE, ("小标宋", "xiaobiaosong", "fzxbs", "xbs")),
    (BODY, ("仿宋", "fangsong", "fzfs", "simfang")),
    (NAME, ("楷", "kaiti", "simkai", "fzkt")),
    ("雅黑", ("雅黑", "yahei")),
    (LABEL, ("黑体", "simhei", "heiti", "fzht")),
    (DIGITS, ("宋", "simsun", "song", "mingliu")),
)

_CHINESE: Final = frozenset(name for name, _ in _FAMILIES)


@lru_cache(maxsize=512)
def family(face: str | None) -> str:
    """Return the family of a face; its own name when it belongs to none."""
    plain = (face or "").lower().replace(" ", "")
    for name, marks in _FAMILIES:
        if any(mark in plain for mark in marks):
            return name
    return face or "（未指定）"


def is_chinese(face: str | None) -> bool:
    """Whether a face draws Chinese punctuation at full width."""
    return family(face) in _CHINESE
