"""How a text is put right that will stand inside a sentence of a document.

Clerks close a cell with 。, set a title in 《》 or write a document's number in [ ]; the documents add their own.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

from pydantic import BeforeValidator

_YEAR: Final = re.compile(r"[\[\(（【﹝]\s*((?:19|20)\d{2})\s*[\]\)）】﹞]")


def without_stop(text: Any) -> Any:
    """Return a text without punctuation at its end."""
    return text.rstrip("。；;.，,、") if isinstance(text, str) else text


def without_title_marks(text: Any) -> Any:
    """Return a title without the 《》 around the whole of it; those inside stay."""
    if isinstance(text, str) and text.startswith("《") and text.endswith("》") and "》" not in text[1:-1]:
        return text[1:-1]
    return text


def with_year_brackets(text: Any) -> Any:
    """Return a document's number with its year in 〔〕 (GB/T 9704-2012, 7.2.5)."""
    return _YEAR.sub(r"〔\1〕", text) if isinstance(text, str) else text


Clause = Annotated[str, BeforeValidator(without_stop)]
"""A text that stands inside a sentence."""

DocumentTitle = Annotated[str, BeforeValidator(without_title_marks)]
"""The title of a document, which documents put in 《》."""

NumberText = Annotated[str, BeforeValidator(with_year_brackets)]
"""The number of a document, 澄政办发〔2025〕47号."""
