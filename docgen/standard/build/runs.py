"""Runs of text whose numbers and codes stay on one line, although the text reads as it was given.

The hyphens of a code (2511-990124-04-01-618203) become `w:noBreakHyphen`, which Word and python-docx read back as a
hyphen. (LibreOffice 7.4 reads it too, but may end a line there.)
"""

from __future__ import annotations

import re
from typing import Final

from docgen.standard.build.blocks import Block
from docgen.standard.build.ooxml import run, w

_HYPHEN: Final = re.compile(r"(?<=[0-9A-Za-z])-(?=[0-9A-Za-z])")


def runs(text: str, *looks: str) -> str:
    """Return runs of a text with run properties; the hyphens of codes do not end a line."""
    pieces = _HYPHEN.split(text)
    if len(pieces) == 1:
        return run(text, *looks) if text else ""
    hyphen = run("", *looks).replace("</w:r>", f"{w('noBreakHyphen')}</w:r>")
    return hyphen.join(run(piece, *looks) for piece in pieces)


def kept(text: str) -> Block:
    """Return a text for a template's `{{r 名称 }}`, the hyphens of its codes kept from ending a line."""
    return Block(runs(text))
