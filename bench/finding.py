"""What a benchmark found: a ratio beside its aim, printed for people or, with `--json`, as one JSON object.

The object has `rows`, one for each ratio (name, what, against, ratio, bound, aim, met, figures, note), and `versions`
of the programs measured. A row whose ratio is null was not measured; its note says why.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

AT_LEAST: Final = "at least"
AT_MOST: Final = "at most"


@dataclass(frozen=True)
class Finding:
    """One ratio.

    Args:
        name: a slug.
        what: what docgen does.
        against: what it is compared with.
        ratio: None when it could not be measured.
        bound: AT_LEAST or AT_MOST.
        aim: the number that the ratio should reach or stay below.
        figures: what the ratio was made of, by words for people.
        note: what a reader must know of it.
    """

    name: str
    what: str
    against: str
    ratio: float | None
    bound: str
    aim: float
    figures: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None when nothing was measured."""
        if self.ratio is None:
            return None
        return self.ratio >= self.aim if self.bound == AT_LEAST else self.ratio <= self.aim

    def row(self) -> dict[str, Any]:
        """Return the finding as JSON has it."""
        return {
            "name": self.name,
            "what": self.what,
            "against": self.against,
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "bound": self.bound,
            "aim": self.aim,
            "met": self.met,
            "figures": dict(self.figures),
            "note": self.note,
        }


def parser(doc: str | None) -> argparse.ArgumentParser:
    """Return a command line with `--json`, described by the docstring of a script."""
    made = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--json", action="store_true", help="print one JSON object")
    return made


def tell(findings: Iterable[Finding], versions: Mapping[str, str], *, as_json: bool) -> None:
    """Print what was found."""
    rows = [each.row() for each in findings]
    if as_json:
        print(json.dumps({"rows": rows, "versions": dict(versions)}, ensure_ascii=False, indent=2))
        return
    for row in rows:
        print(f"{row['what']}, against {row['against']}")
        for label, value in row["figures"].items():
            print(f"    {label}: {value}")
        print(f"    ratio {row['ratio']}, aim {row['bound']} {row['aim']}: {verdict(row)}")
        if row["note"]:
            print(f"    {row['note']}")


def verdict(row: Mapping[str, Any]) -> str:
    """Return in words whether a row's aim is met."""
    return {True: "met", False: "missed", None: "not measured"}[row.get("met")]


def versions_of(*packages: str) -> dict[str, str]:
    """Return the installed versions of packages; those not installed are left out."""
    found = {}
    for each in packages:
        try:
            found[each] = version(each)
        except PackageNotFoundError:
            continue
    return found
