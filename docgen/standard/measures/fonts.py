"""The faces of GB/T 9704-2012: which role each plays, and which name a setting gives it.

The standard names 小标宋 (7.2.4, 7.3.1), 仿宋 (5.2.2), 黑体 and 楷体 (7.3.3) and 宋体 (7.5). The GB2312 faces
are what most offices have; they lack rare characters, so plain 仿宋 and 楷体 are a setting (`PLAIN`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from docgen.dataclass import dataclass


class Face(StrEnum):
    """The part a face plays in a document; its value is the field of `Faces` that names the font."""

    TITLE = "title"
    BODY = "body"
    LABEL = "label"
    NAME = "name"
    DIGITS = "digits"


@dataclass(frozen=True)
class Faces:
    """The font names of a set of documents.

    Args:
        title: 小标宋, of the mark and the titles.
        body: 仿宋, of the text.
        label: 黑体, of first-level headings, of 附件 and of table heads.
        name: 楷体, of second-level headings and of signatories' names.
        digits: 宋体, of page numbers.
    """

    title: str = "方正小标宋简体"
    body: str = "仿宋_GB2312"
    label: str = "黑体"
    name: str = "楷体_GB2312"
    digits: str = "宋体"

    def of(self, face: Face) -> str:
        """Return the font's name for a role."""
        return str(getattr(self, face.value))

    @property
    def names(self) -> tuple[str, ...]:
        """Return the font names, each once, in the order of the roles."""
        return tuple(dict.fromkeys(self.of(face) for face in Face))


GB2312: Final = Faces()
PLAIN: Final = Faces(body="仿宋", name="楷体")

ALTERNATIVES: Final = {
    "方正小标宋简体": "FZXiaoBiaoSong-B05S",
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "仿宋": "FangSong",
    "楷体": "KaiTi",
    "黑体": "SimHei",
    "宋体": "SimSun",
}
"""The name under which Word may know a face that it does not find under its own (`w:altName`)."""
