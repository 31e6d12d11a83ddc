"""The checker of documents with the settings of the workspace around, and its log as a file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from docgen import __version__
from docgen.errors import DocgenError
from docgen.files import write_whole
from docgen.lint.batch import Checked, check_all
from docgen.lint.checker import STANDARD, Report, Settings
from docgen.lint.findings import Finding
from docgen.lint.recognition.layout import FORM_NAMES, Form
from docgen.lint.rule import SEVERITY_NAMES, Severity
from docgen.opc.guard import bytes_of

__all__ = [
    "FORMS",
    "FORM_NAMES",
    "SEVERITY_NAMES",
    "Checked",
    "Finding",
    "Report",
    "Severity",
    "annotate",
    "is_log",
    "lint",
    "with_mended",
    "write_log",
]

_CONFIG: Final = "docgen.toml"  # as in workspace.py, which takes long to load
_TABLE: Final = re.compile(rb"^\s*\[?\s*[\"']?lint\b", re.MULTILINE | re.IGNORECASE)
AUTOMATIC: Final = "auto"
FORMS: Final = (AUTOMATIC, *(each.value for each in Form))
"""By which form a document is checked: the one it is found to have, or one that is named."""


def lint(paths: Sequence[Path], form: str, around: Path) -> Iterator[Checked]:
    """Check files, and every Word file below folders, each as the iterator comes to it.

    Args:
        paths: files and folders.
        form: one of `FORMS`.
        around: the workspace around this folder switches rules off and sets tolerances, where there is one.
    """
    return check_all(paths, None if form == AUTOMATIC else Form(form), _settings(around))


def with_mended(checked: Checked, form: str, around: Path) -> Checked:
    """Return what came of a file with which findings `format` would mend: those that its document has no more.

    The document is laid out in memory, as `format` does it, and nothing is written.

    Args:
        checked: What came of the file.
        form: The form by which it was checked, one of `FORMS`.
        around: The folder whose workspace has the settings.
    """
    if checked.report is None:
        return checked
    from docgen.office.formatting import asked_of
    from docgen.reform.formatting import Given, formatted, read_draft

    path = Path(checked.path)
    wanted = None if form == AUTOMATIC else Form(form)
    asked = asked_of(Given(form=wanted), around)
    try:
        draft = read_draft(bytes_of(path, checked.path), checked.path)
        found = formatted(draft, asked.given, asked.look, asked.seal, asked.rules)
    except DocgenError as fault:
        return replace(checked, report=replace(checked.report, mended=frozenset(), unmended=str(fault)))
    left = Counter(map(_told, found.report.findings))
    mended = []
    for each in checked.report.findings:
        if left[_told(each)]:
            left[_told(each)] -= 1
        else:
            mended.append(each)
    return replace(checked, report=replace(checked.report, mended=frozenset(mended)))


def _told(finding: Finding) -> tuple[str, str]:
    """Return by what a finding is known again in another layout: its rule and what it found."""
    return finding.rule.id, finding.found


def _settings(around: Path) -> Settings:
    """Return the workspace's settings of the checker; the standard's where there are none.

    A `docgen.toml` that says nothing of the checker is not validated: that would take longer than the checking.
    """
    if around.is_dir() and not _names_lint(around.absolute()):
        return STANDARD
    from docgen.workspace import Workspace

    given = Workspace.find(around).settings.lint
    return Settings(frozenset(given.off), given.tolerance)


def _names_lint(folder: Path) -> bool:
    """Whether the nearest `docgen.toml` from a folder upward has a table of the checker; False without one."""
    found = (each / _CONFIG for each in (folder, *folder.parents) if (each / _CONFIG).is_file())
    nearest = next(found, None)
    try:
        return nearest is not None and bool(_TABLE.search(nearest.read_bytes()))
    except OSError:  # reading the settings says why
        return True


def annotate(checked: Sequence[Checked], folder: Path) -> Iterator[Path | DocgenError]:
    """Yield a copy of each checked document with what was found as comments, or why there is none.

    No file is overwritten: a copy whose name is taken gets a number.

    Args:
        checked: What came of the documents; those that were not read have no copy.
        folder: Where the copies go.
    """
    from docgen.lint.annotate import annotated
    from docgen.office.keeping import kept

    for each in checked:
        if each.report is None:
            continue
        source = Path(each.path)
        try:
            data = annotated(bytes_of(source, each.path), each.path, each.report.findings)
            yield kept(folder, source.stem, data, source)[0]
        except DocgenError as fault:
            yield fault


def is_log(path: Path) -> bool:
    """Whether a file is an earlier log of the checker, or of another one in the same format."""
    return path.is_file() and b"sarif" in path.read_bytes()[:400]


def write_log(path: Path, checked: Sequence[Checked]) -> None:
    """Write what was found as SARIF 2.1.0. Raises CannotWrite."""
    from docgen.lint.sarif import sarif

    write_whole(path, sarif(checked, __version__).encode("utf-8", "replace"))
