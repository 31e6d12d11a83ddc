"""A small document, and LibreOffice or a reason why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from docgen.render.libreoffice import find_soffice
from docgen.render.pdf_faults import NoLibreOffice
from docgen.standard.letter import Letter, build
from docgen.standard.parts import Body


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "告知函 一.docx"
    path.write_bytes(build(Letter((Body("澄湖县㎡喆2026年"),))))
    return path


@pytest.fixture
def libreoffice() -> None:
    try:
        find_soffice()
    except NoLibreOffice as fault:
        if os.environ.get("CI") == "true":
            pytest.fail(str(fault))
        pytest.skip(str(fault))
