"""What tests of whole documents share: drafting by command, what a file says, its whole life, and the lint of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Docgen = Callable[..., Any]


def drafted(docgen: Docgen, *arguments: str) -> list[dict[str, Any]]:
    """Draft, and return what the command made."""
    ran = docgen("--json", *arguments)
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)["documents"]
    return found


def words_of(path: str | Path) -> str:
    """Return all that a document says: its paragraphs, then its tables' cells, a line each."""
    import docx

    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def assert_clean(docgen: Docgen, *paths: str | Path) -> None:
    """Check that the lint has neither error nor warning for any of some documents."""
    found = json.loads(docgen("--json", "lint", *map(str, paths)).out)["files"]
    wrong = [each for file in found for each in file["findings"] if each["severity"] != "hint"]
    assert wrong == []


def assert_whole_life(docgen: Docgen, sealed: bool = True) -> None:
    """Review and sign all drafts, seal them where they carry a seal, and verify."""
    assert docgen("--by", "方知远", "doc", "review", "--all").code == 0
    signed = docgen("--by", "万里舟", "doc", "sign", "--all")
    assert signed.code == 0, signed.err
    if sealed:
        assert docgen("--by", "万里舟", "seal", "mandate", "add").code == 0
        assert docgen("seal", "request", "--all", "--copies", "3").code == 0
        assert docgen("--by", "万里舟", "seal", "approve", "--all").code == 0
        assert docgen("--by", "范雨桐", "seal", "apply", "--all").code == 0
    verified = docgen("verify")
    assert verified.code == 0, verified.out + verified.err
