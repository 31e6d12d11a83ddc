"""What a rule of the checker is: its words stand in its declaration, its judge beside it in `rules/`.

Severities: an error breaks GB/T 9704-2012; a warning breaks what it recommends, GB/T 15834, GB/T 15835 or settled
practice, or is something left over; a hint is for a person to weigh.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from docgen.dataclass import dataclass


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


SEVERITY_NAMES: Final = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.HINT: "提示"}
MARKS: Final = "GB/T 15834"
"""Punctuation, as the source of a rule."""
NUMERALS: Final = "GB/T 15835"
PRACTICE: Final = "惯例"
REGULATION: Final = "公文处理工作条例"
LEFT_OVER: Final = "遗留"
"""The source of rules about what editing leaves behind."""


@dataclass(frozen=True)
class Rule:
    """A rule.

    Args:
        id: Its stable name, by which it is switched off.
        clause: The clause of GB/T 9704-2012, or the other source.
        severity: How grave a breach is.
        element: The element it speaks of.
        checks: What is checked, in Chinese.
        mend: How a breach is mended, in Chinese.
        reason: Why the rule is there, in Chinese.
        wrong: An example of a breach.
        right: The same when it is mended.
        tolerance: How far a measure may be off, in `unit`; None when nothing is measured.
        unit: The unit of the tolerance.
        follows: Rules of whose breach this one is a consequence: of the same element in the same paragraph, of another
            anywhere.
        of_whole: Whether it asks for a part of a whole document, which an annex in a file of its own has not.
    """

    id: str
    clause: str
    severity: Severity
    element: str
    checks: str
    mend: str
    reason: str
    wrong: str
    right: str
    tolerance: float | None = None
    unit: str = ""
    follows: tuple[str, ...] = ()
    of_whole: bool = False
