"""The checker: a file in, its form and the findings out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from docgen.lint.findings import Finding, Seen
from docgen.lint.reading.document import read
from docgen.lint.reading.model import Doc
from docgen.lint.recognition.layout import Form
from docgen.lint.recognition.recognise import recognise
from docgen.lint.rule import Severity
from docgen.lint.rules import JUDGES


@dataclass(frozen=True)
class Settings:
    """What a workspace changes: rules switched off, tolerances by rule."""

    off: frozenset[str] = frozenset()
    tolerances: Mapping[str, float] = field(default_factory=dict)


STANDARD: Final = Settings()


@dataclass(frozen=True)
class Report:
    """What the checker says about a file.

    Args:
        path: Its name.
        form: Its form, as found or as given.
        kind: Its 文种; empty when its title names none.
        findings: In the order of the document.
    """

    path: str
    form: Form
    kind: str
    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """Return how many findings are of a severity."""
        return sum(each.severity is severity for each in self.findings)

    def groups(self) -> list[tuple[Finding, ...]]:
        """Return the findings with those of one rule that say the same together, at the place of the first."""
        found: dict[tuple[str, str, str], list[Finding]] = {}
        for each in self.findings:
            found.setdefault((each.rule.id, each.found, each.expected), []).append(each)
        return [tuple(each) for each in found.values()]


def check(data: bytes | Path, path: str, form: Form | None = None, settings: Settings = STANDARD) -> Report:
    """Check a document.

    Args:
        data: The file, or its bytes.
        path: Its name in messages.
        form: Its form; found from the document when None.
        settings: Rules switched off and tolerances changed.

    Raises:
        FileFault: it is no .docx that can be read within the limits.
    """
    return judged(read(data, path), path, form, settings)


def judged(doc: Doc, path: str, form: Form | None = None, settings: Settings = STANDARD) -> Report:
    """Check a document that has been read. Args as of `check`."""
    layout = recognise(doc, form)
    seen = Seen(doc, layout, settings.tolerances)
    found = [each for judge in JUDGES for each in judge(seen) if each.rule.id not in settings.off]
    ordered = sorted(dict.fromkeys(found), key=lambda each: each.paragraph)
    return Report(path, layout.form, layout.kind, tuple(ordered))
