"""Run all benchmarks and write docs/benchmarks.md; what cannot be measured stands there with its reason.

python bench/run.py [--only NAME]... [--to FILE.md]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from finding import AT_LEAST, verdict, versions_of

HERE: Final = Path(__file__).parent
PAGE: Final = HERE.parent / "docs" / "benchmarks.md"
SCRIPTS: Final[Mapping[str, str]] = {
    "render_ratio.py": "documents of one template",
    "write_ratio.py": "documents written to files",
    "batch_ratio.py": "10,000 notices with register",
    "slip_ratio.py": "5,000 slips beside notices",
    "table_ratio.py": "a table of 10,000 rows",
    "pdf_ratio.py": "PDF of 200 documents",
    "ofd_ratio.py": "OFD of 40 documents",
    "read_ratio.py": "20,000 rows read and validated",
    "collect_ratio.py": "200 returned workbooks collected",
    "export_memory.py": "memory of large ledgers",
    "status_ratio.py": "the picture of a day over 2,000 projects",
    "bulletin_ratio.py": "a monthly bulletin over 2,000 projects",
    "verify_ratio.py": "100,000 register entries verified",
    "life_ratio.py": "the whole life of 10,000 notices",
    "archive_ratio.py": "a year archived, its bag verified",
    "start_up.py": "start-up",
    "board.py": "the wall chart of 2,000 projects",
    "lint_speed.py": "the checker",
    "format_ratio.py": "drafts laid out",
}
"""The scripts in the order of the page, with what each measures."""
_PATIENCE: Final = 900
Row = dict[str, Any]


def main() -> int:
    options = _options()
    rows: list[Row] = []
    versions: dict[str, str] = {}
    for script, what in SCRIPTS.items():
        if options.only and script not in options.only and Path(script).stem not in options.only:
            continue
        start = time.perf_counter()
        found, used = _measured(script, what)
        print(f"{script}  {time.perf_counter() - start:.0f} s", flush=True)
        for row in found:
            print(f"    {row['what']}: {_ratio(row)} (aim {_aim(row)}, {verdict(row)})", flush=True)
        rows += found
        versions |= used
    options.to.write_text(page(rows, versions), "utf-8")
    print(f"written to {options.to}")
    return int(any(row.get("failed") for row in rows))


def _options() -> argparse.Namespace:
    command = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    command.add_argument("--only", action="append", help="a script's name; may be repeated")
    command.add_argument("--to", type=Path, default=PAGE, help="where the page goes")
    return command.parse_args()


def _measured(script: str, what: str) -> tuple[list[Row], dict[str, str]]:
    """Run a script; return its rows and versions, or one row that says why there are none."""
    if not (HERE / script).is_file():
        return [_unmeasured(script, what, "There is no such benchmark yet.")], {}
    try:
        done = subprocess.run(
            [sys.executable, str(HERE / script), "--json"],
            capture_output=True, text=True, timeout=_PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return [_failed(script, what, f"Not done after {_PATIENCE} s.")], {}
    try:
        said = json.loads(done.stdout)
    except json.JSONDecodeError:
        print(done.stderr, file=sys.stderr)
        return [_failed(script, what, "It failed; the run said why.")], {}
    rows = said if isinstance(said, list) else said.get("rows", [said])
    return [_complete(row, script, what) for row in rows], _versions_in(said)


def _versions_in(said: Any) -> dict[str, str]:
    return dict(said.get("versions", {})) if isinstance(said, dict) else {}


def _complete(row: Row, script: str, what: str) -> Row:
    return _unmeasured(script, what, "") | row


def _unmeasured(script: str, what: str, why: str) -> Row:
    return {
        "name": Path(script).stem, "what": what, "against": "", "ratio": None, "bound": "", "aim": "", "met": None,
        "figures": {}, "note": why,
    }  # fmt: skip


def _failed(script: str, what: str, why: str) -> Row:
    return _unmeasured(script, what, why) | {"failed": True}


def page(rows: Iterable[Row], versions: Mapping[str, str]) -> str:
    """Return docs/benchmarks.md."""
    rows = list(rows)
    missed = ("", *(HERE / "missed.md").read_text("utf-8").splitlines())
    return "\n".join(
        (*_OPENING, *_table(rows), *missed, *_details(rows), *_machine(), *_versions(versions), "")
    )


_OPENING: Final = (
    "# Benchmarks",
    "",
    "Written by `make bench`; do not edit. Every row is a ratio from one run on one machine: docgen and what it is",
    "compared with take turns, and the least time of each counts (at start-up the median), so that a slow moment of",
    "the machine does not decide. Before times count, the outputs are compared: the same text for the documents of",
    "other programs, the same bytes for the batch. Each program is used as its own manual says, its template read",
    "once where there is a way to.",
    "",
)


def _table(rows: Iterable[Row]) -> Iterator[str]:
    yield "| what | against | aim | measured | |"
    yield "|---|---|---|---|---|"
    for row in rows:
        yield f"| {row['what']} | {row['against']} | {_aim(row)} | {_ratio(row)} | {verdict(row)} |"


def _details(rows: Iterable[Row]) -> Iterator[str]:
    yield from ("", "## Figures", "", "Times are the least of the rounds, the median in brackets.", "")
    for row in rows:
        against = f", against {row['against']}" if row["against"] else ""
        yield f"- **{row['what']}**{against}: ratio {_ratio(row)}"
        yield from (f"    - {label}: {value}" for label, value in row["figures"].items())
        if row["note"]:
            yield f"    - {row['note']}"


def _machine() -> Iterator[str]:
    yield from ("", "## Machine", "")
    yield f"- processor: {_processor()}, {os.cpu_count()} cores"
    if memory := _memory():
        yield f"- memory: {memory:.0f} GB"
    yield f"- system: {platform.system()}, Python {platform.python_version()}"
    yield f"- date: {datetime.now(UTC):%Y-%m-%d}"


def _versions(versions: Mapping[str, str]) -> Iterator[str]:
    yield from ("", "## Versions", "")
    everything = {**versions_of("docgen"), **versions}
    yield ", ".join(f"{name} {number}" for name, number in sorted(everything.items(), key=_by_name))


def _by_name(pair: tuple[str, str]) -> str:
    return pair[0].casefold()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _memory() -> float | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    except (AttributeError, ValueError, OSError):
        return None


def _aim(row: Row) -> str:
    if isinstance(row["aim"], str):
        return row["aim"]
    return f"{'≥' if row['bound'] == AT_LEAST else '≤'} {row['aim']:g}"


def _ratio(row: Row) -> str:
    ratio = row["ratio"]
    if ratio is None:
        return "—"
    return f"{ratio:.0f}" if ratio >= 20 else f"{ratio:.2f}"


if __name__ == "__main__":
    raise SystemExit(main())
