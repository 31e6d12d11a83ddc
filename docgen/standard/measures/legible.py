"""Text as a printed record may hold it: what cannot be printed as it stands is shown as �, so that all else is read.

That is what no XML can hold, and the marks that turn the direction of text and so make a line read otherwise than it
is. A register that was filled years ago must print whatever is in it; a template refuses such text instead.
"""

from __future__ import annotations

import re
from typing import Final

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_TURNING: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINE_END: Final = re.compile("\r\n?|[\u0085\u2028\u2029]")


def legible(text: str) -> str:
    """Return a text with line feeds for every line end, blanks for tabs, and � for what cannot be printed."""
    if text.isprintable():  # most are, and three searches cost
        return text
    lines = _LINE_END.sub("\n", text).replace("\t", " ").strip("\n")
    return _TURNING.sub("\ufffd", _ILLEGAL.sub("\ufffd", lines))
