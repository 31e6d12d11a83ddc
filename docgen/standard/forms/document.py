"""A template of any form but the letter: its parts made into a .docx."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.dataclass import dataclass
from docgen.standard.build import package, section
from docgen.standard.build.blocks import document_end
from docgen.standard.build.elements import FORM_ELEMENTS, Element
from docgen.standard.build.parts import Part, Slot, join
from docgen.standard.build.styles import styles
from docgen.standard.measures.look import STANDARD, Look


@dataclass(frozen=True)
class Document:
    """A template of upright pages, 22 lines by 28 characters, numbered from page 1.

    Args:
        parts: From the head's slot to that of the 版记, in the order of the page. A slot at the end must be filled
            with at least one paragraph, as `imprint` does.
        title: The document's title in its properties; may hold tags.
        author: Its author in its properties; may hold tags.
    """

    parts: tuple[Part, ...]
    title: str = ""
    author: str = ""


def build(document: Document, look: Look = STANDARD, elements: Sequence[Element] = FORM_ELEMENTS) -> bytes:
    """Return the template as a .docx with a style for each element; equal declarations and looks give equal bytes."""
    end = "" if isinstance(document.parts[-1], Slot) else document_end()
    body = join(document.parts) + end + section.upright(look)
    looks = styles(look.faces, elements, look.line)
    content = package.Content(body, looks, look.faces, section.footers(look), document.title, document.author)
    return package.make(content)
