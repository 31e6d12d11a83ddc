"""What tests need that print by LibreOffice."""

from __future__ import annotations

import os

import pytest

from docgen.pdf.faults import NoLibreOffice
from docgen.pdf.fonts import missing_fonts
from docgen.pdf.libreoffice import find_soffice


def require_libreoffice() -> None:
    """Skip without LibreOffice and the fonts that the pages are measured with; where CI is set, fail."""
    try:
        find_soffice()
        missing = missing_fonts()
    except NoLibreOffice:
        missing = ["LibreOffice"]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"needs {missing}")
    if missing:
        pytest.skip(f"needs {missing}: run python -m docgen.pdf.fonts")
