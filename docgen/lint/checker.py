"""The checker: a file in, its form and the findings out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Final

from docgen.dataclass import dataclass
from docgen.lint.findings import Finding, Seen
from docgen.lint.reading.document import read
from docgen.lint.reading.model import Doc
from docgen.lint.recognition.layout import Form, Layout
from docgen.lint.recognition.recognise import recognise
from docgen.lint.rule import Rule, Severity
from docgen.lint.rules import JUDGES


@dataclass(frozen=True)
class Settings:
    """What a workspace changes: rules switched off, tolerances by rule."""

    off: frozenset[str] = frozenset()
    tolerances: Mapping[str, float] = field(default_factory=dict)


STANDARD: Final = Settings()


@dataclass(frozen=True)
class Cause:
    """Findings of one rule that say the same, and those of other rules that follow from them."""

    findings: tuple[Finding, ...]
    followers: tuple[Finding, ...]


def _follows(finding: Finding, cause: Finding) -> bool:
    if cause.rule.id not in finding.rule.follows:
        return False
    return finding.rule.element != cause.rule.element or finding.paragraph == cause.paragraph


@dataclass(frozen=True)
class Report:
    """What the checker says about a file.

    Args:
        path: Its name.
        form: Its form, as found or as given.
        kind: Its 文种; empty when its title names none.
        findings: In the order of the document.
        mended: Those that are gone when the document is laid out; None when that was not asked.
        unmended: Why it cannot be laid out; empty where it can.
    """

    path: str
    form: Form
    kind: str
    findings: tuple[Finding, ...]
    mended: frozenset[Finding] | None = None
    unmended: str = ""

    def count(self, severity: Severity) -> int:
        """Return how many findings are of a severity."""
        return sum(each.severity is severity for each in self.findings)

    def causes(self) -> list[Cause]:
        """Return the findings by what caused them: first those from which others follow, then the others.

        Those of one rule that say the same are one, at the place of the first.
        """
        alike: dict[tuple[str, str, str], list[Finding]] = {}
        followers: dict[Finding, list[Finding]] = {}
        for each in self.findings:
            cause = self._cause_of(each)
            if cause:
                followers.setdefault(cause, []).append(each)
            else:
                alike.setdefault((each.rule.id, each.found, each.expected), []).append(each)
        found = [
            Cause(tuple(same), tuple(one for each in same for one in followers.get(each, ())))
            for same in alike.values()
        ]
        return sorted(found, key=lambda each: not each.followers)

    def _cause_of(self, finding: Finding) -> Finding | None:
        """Return the finding from which one follows, the first of those that follow from none; None for none."""
        cause = next((each for each in self.findings if _follows(finding, each)), None)
        return (self._cause_of(cause) or cause) if cause else None


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


def _is_asked(rule: Rule, layout: Layout, settings: Settings) -> bool:
    return rule.id not in settings.off and not (rule.of_whole and layout.alone)


def judged(doc: Doc, path: str, form: Form | None = None, settings: Settings = STANDARD) -> Report:
    """Check a document that has been read. Args as of `check`."""
    layout = recognise(doc, form)
    seen = Seen(doc, layout, settings.tolerances)
    found = [each for judge in JUDGES for each in judge(seen) if _is_asked(each.rule, layout, settings)]
    ordered = sorted(dict.fromkeys(found), key=lambda each: each.paragraph)
    return Report(path, layout.form, layout.kind, tuple(ordered))
