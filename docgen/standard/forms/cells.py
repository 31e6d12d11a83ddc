"""A cell of a wording's table or form: words, and places to write in them (`[办理结果]`, `[空格 日期]`)."""

from __future__ import annotations

import re
from typing import Final

from docgen.standard.build.controls import Blank
from docgen.standard.forms.nodes import Cell

_PLACE: Final = re.compile(r"\[空格\s*([^\]]*)\]")
_WHOLE_PLACE: Final = re.compile(r"\[(?:空格(?=[\s\]]))?\s*([^\[\]|]*)\]")


def cell_of(words: str, label: str) -> Cell:
    """Return the pieces of a cell; a place without a name has that of its row or column."""
    whole = _WHOLE_PLACE.fullmatch(words)
    if whole:
        return (Blank(whole[1].strip() or label),)
    pieces: list[str | Blank] = []
    for at, piece in enumerate(_PLACE.split(words)):
        if at % 2:
            pieces.append(Blank(piece.strip() or label))
        elif piece:
            pieces.append(piece)
    return tuple(pieces)
