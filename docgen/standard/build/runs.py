"""Runs of text whose numbers and codes stay on one line, although the text reads as it was given.

The hyphens of a code (2511-990124-04-01-618203) become `w:noBreakHyphen`, which Word and python-docx read back as a
hyphen. (LibreOffice 7.4 reads it too, but may end a line there.)
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import Final

from docgen.standard.build.blocks import Block
from docgen.standard.build.ooxml import run, w

_HYPHEN: Final = re.compile(r"(?<=[0-9A-Za-z])-(?=[0-9A-Za-z])")

_PLACE: Final = "\0"
"""Where the text stands in what is kept of a run; no text has it."""


def runs(text: str, *looks: str) -> str:
    """Return runs of a text with run properties; the hyphens of codes do not end a line."""
    pieces = _HYPHEN.split(text) if "-" in text else [text]
    if len(pieces) == 1:
        return _run(text, looks) if text else ""
    return _hyphen(looks).join(_run(piece, looks) for piece in pieces)


def _run(text: str, looks: tuple[str, ...]) -> str:
    """Return a run, as `run` does; the lists that people print have hundreds of thousands."""
    if not text or "\t" in text:
        return run(text, *looks)
    start, end = _frame(looks)
    return f"{start}{escape(text, quote=False)}{end}"


@lru_cache(maxsize=64)
def _frame(looks: tuple[str, ...]) -> tuple[str, str]:
    """Return what stands before and after the text of a run."""
    start, _, end = run(_PLACE, *looks).partition(_PLACE)
    return start, end


@lru_cache(maxsize=64)
def _hyphen(looks: tuple[str, ...]) -> str:
    return run("", *looks).replace("</w:r>", f"{w('noBreakHyphen')}</w:r>")


def kept(text: str) -> Block:
    """Return a text for a template's `{{r 名称 }}`, the hyphens of its codes kept from ending a line."""
    return Block(runs(text))
