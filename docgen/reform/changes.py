"""What was changed in a draft, so that whoever typed it can see it."""

from __future__ import annotations

from enum import StrEnum

from docgen.dataclass import dataclass


class Kind(StrEnum):
    """Kinds of changes; the values are what users read."""

    PUNCTUATION = "标点"
    NUMBERING = "序号"
    SPACES = "空格"
    UNSEEN = "不可见字符"
    DATE = "日期"
    NUMBER = "发文字号"
    LOOKS = "字体字号"
    EMPHASIS = "强调"
    PLACE = "版面"
    ADDED = "补写"
    ASIDE = "未排入"


@dataclass(frozen=True)
class Change:
    """A change: its kind, the paragraph of the draft (0 for none), how it was written, how it is now."""

    kind: Kind
    place: int
    before: str
    after: str = ""
