"""The letter format 信函格式 (clause 10.1), as which 函 are sent: a template of it is declared, then built."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.standard.build import package, section
from docgen.standard.build.blocks import document_end
from docgen.standard.build.parts import Part, Slot, join
from docgen.standard.build.styles import styles
from docgen.standard.measures.look import STANDARD, Look


@dataclass(frozen=True)
class Letter:
    """A template in letter format.

    Args:
        parts: From the mark's slot to that of the 版记, in the order of the page. A slot at the end must be filled
            with at least one paragraph, as `letter_copies` does.
        title: The document's title in its properties; may hold tags.
        author: Its author in its properties; may hold tags.
    """

    parts: tuple[Part, ...]
    title: str = ""
    author: str = ""


def build(letter: Letter, look: Look = STANDARD) -> bytes:
    """Return the letter's template as a .docx; equal declarations and looks give equal bytes."""
    end = "" if isinstance(letter.parts[-1], Slot) else document_end()
    body = join(letter.parts) + end + section.letter(look)
    looks, footers = styles(look.faces, line=look.line), section.letter_footers(look)
    return package.make(package.Content(body, looks, look.faces, footers, letter.title, letter.author))
