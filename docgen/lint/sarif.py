"""Findings as SARIF 2.1.0, the format editors and build servers read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from docgen.lint.batch import Checked
from docgen.lint.findings import Finding
from docgen.lint.rule import Rule, Severity
from docgen.lint.rules import RULES

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def sarif(checked: Iterable[Checked], version: str) -> str:
    """Return a SARIF log of what was checked.

    Args:
        checked: What came of each file.
        version: The program's version.
    """
    rules = [_rule(rule) for rule in RULES]
    driver = {"name": "docgen lint", "version": version, "rules": rules}
    files = list(checked)
    results = [
        _result(each.path, finding) for each in files if each.report for finding in each.report.findings
    ]
    broken = [_broken(each) for each in files if each.fault]
    called = {"executionSuccessful": not broken, "toolExecutionNotifications": broken}
    run = {"tool": {"driver": driver}, "results": results, "invocations": [called]}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _rule(rule: Rule) -> Mapping[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": f"{rule.element}：{rule.checks}"},
        "help": {"text": rule.mend},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"clause": rule.clause},
    }


def _result(path: str, finding: Finding) -> Mapping[str, Any]:
    place = {"artifactLocation": {"uri": _uri(path)}}
    said = {"name": finding.place, "kind": "element"}
    return {
        "ruleId": finding.rule.id,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.place}：{finding.message}。{finding.rule.mend}"},
        "locations": [{"physicalLocation": place, "logicalLocations": [said]}],
        "properties": {"paragraph": finding.paragraph},
    }


def _broken(checked: Checked) -> Mapping[str, Any]:
    place = {"physicalLocation": {"artifactLocation": {"uri": _uri(checked.path)}}}
    return {"level": "error", "message": {"text": str(checked.fault)}, "locations": [place]}


def _uri(path: str) -> str:
    """Return a path as a reference of RFC 3986: relative as given, or a `file:` URI."""
    given = Path(path)
    return given.as_uri() if given.is_absolute() else quote(given.as_posix())
