"""What tests need that print by LibreOffice."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path

import pytest

from docgen.pdf.coverage import unshown
from docgen.pdf.faults import NoLibreOffice
from docgen.pdf.fonts import missing_fonts, write_fontconfig
from docgen.pdf.libreoffice import find_soffice

_RARE = frozenset("䶮\U00020bb7")


@cache
def _shows_rare_hanzi() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        return not unshown(_RARE, write_fontconfig(Path(folder)))


def require_libreoffice() -> None:
    """Skip without LibreOffice and the fonts that the pages are measured with; where CI is set, fail."""
    try:
        find_soffice()
        missing = [*missing_fonts(), *([] if _shows_rare_hanzi() else ["a font with rare hanzi"])]
    except NoLibreOffice:
        missing = ["LibreOffice"]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"needs {missing}")
    if missing:
        pytest.skip(f"needs {missing}: run python -m docgen.pdf.fonts")
