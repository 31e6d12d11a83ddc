"""Conforming documents and single defects for the tests of the checker."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest

from docgen.lint.checker import Report, check
from docgen.lint.reading.document import read
from docgen.lint.reading.model import Doc
from docgen.lint.rule import Severity

sys.path.insert(0, str(Path(__file__).parent))

from lint_builders import PLAIN  # stands beside this file
from lint_neutral import NEUTRAL
from lint_own import OWN
from lint_programs import PROGRAMS, Saved
from lint_seeds import SEEDS
from lint_shapes import SHAPED
from lint_unusual import UNUSUAL
from lint_whole_seeds import WHOLE_SEEDS

ALL_SEEDS = (*SEEDS, *WHOLE_SEEDS)
HABITS = {**NEUTRAL, **SHAPED}
SAVED: tuple[Saved, ...] = (lambda data: data, *PROGRAMS.values())
"""How the documents with defects are saved, in turn: as they were written, and as other programs do it."""
CONFORMING: dict[str, Callable[[], bytes]] = {**PLAIN, **UNUSUAL, **OWN}


@cache
def document(name: str) -> bytes:
    return CONFORMING[name]()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give `seed` every defect, and `conforming` the name of every conforming document."""
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", ALL_SEEDS, ids=str)
    if "habit" in metafunc.fixturenames:
        metafunc.parametrize("habit", HABITS)
    if "conforming" in metafunc.fixturenames:
        metafunc.parametrize("conforming", CONFORMING)


@pytest.fixture
def made() -> Callable[[str], bytes]:
    """A conforming document by its name."""
    return document


@cache
def planted_document(seed: Any) -> bytes:
    return bytes(seed.planted(document(seed.base)))


@pytest.fixture
def planted() -> Callable[[Any], bytes]:
    """The document a defect is put into, with the defect; made once for all tests."""
    return planted_document


@cache
def read_document(seed: Any) -> Doc:
    saved = SAVED[ALL_SEEDS.index(seed) % len(SAVED)]
    return read(saved(planted_document(seed)), "文件.docx")


@pytest.fixture
def planted_doc() -> Callable[[Any], Doc]:
    """The document with a defect as the checker reads it, saved by one program or another; read once for all tests."""
    return read_document


@pytest.fixture
def kept(made: Callable[[str], bytes]) -> Callable[[str], bytes]:
    """A document after a change that breaks no rule, by the habit's name."""

    def changed(habit: str) -> bytes:
        base, change = HABITS[habit]
        document = docx.Document(io.BytesIO(made(base)))
        change(document)
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()

    return changed


@pytest.fixture
def seeds() -> tuple[object, ...]:
    """All defects."""
    return ALL_SEEDS


@pytest.fixture
def grave() -> Callable[[bytes], list[str]]:
    """The rules of the errors and warnings found in a document."""

    def found(data: bytes) -> list[str]:
        report: Report = check(data, "文件.docx")
        return [each.rule.id for each in report.findings if each.severity is not Severity.HINT]

    return found
