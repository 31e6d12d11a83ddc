"""Papers of the office as pages of text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from printing import require_libreoffice

from docgen.cli.main import run
from docgen.pdf.convert import to_pdf

Pages = Callable[[Mapping[str, bytes]], dict[str, list[str]]]


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Print .docx files by name: the text of each page of each, without blanks; skips without LibreOffice."""
    require_libreoffice()

    def pages(documents: Mapping[str, bytes]) -> dict[str, list[str]]:
        folder = tmp_path_factory.mktemp("papers")
        paths = [folder / f"{name}.docx" for name in documents]
        for path in paths:
            path.write_bytes(documents[path.stem])
        return {pdf.stem: _texts(pdf) for pdf in to_pdf(paths, folder)}

    return pages


def _texts(pdf: Path) -> list[str]:
    opened = pypdfium2.PdfDocument(pdf)
    texts = ["".join(page.get_textpage().get_text_bounded().split()) for page in opened]
    opened.close()
    return texts


Said = Callable[..., Any]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], workspace: Path) -> Said:
    """Run a command in the workspace, and return its JSON value."""

    def call(*arguments: str | Path) -> Any:
        capsys.readouterr()
        run(["--json", "--date", "2026-03-16", "--by", "陶映雪", *map(str, arguments)])
        return json.loads(capsys.readouterr().out)

    return call
