"""How long docgen takes to start, beside bare imports in the same run; medians of fresh processes by turns.

python bench/start_up.py [--runs 15] [--json]

Times are of the processor. What libraries answered is kept in a folder of the run's own, filled before times count.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from finding import AT_MOST, Finding, parser, tell, versions_of
from timing import interleaved, of_children, spread, timed

_DOCGEN: Final = (sys.executable, "-m", "docgen")
_CLICK: Final = (sys.executable, "-c", "import click")
_PARTS: Final = (sys.executable, "-c", "import lxml.etree, jinja2, pydantic, python_calamine")
_HELP: Final = (*_DOCGEN, "--help")
_NOTICE: Final = (*_DOCGEN, "-q", "notice", "--project", "3", "--force")
_LIST: Final = (*_DOCGEN, "-q", "doc", "list")
_PAGE: Final = "page.docx"
_LINT: Final = (*_DOCGEN, "-q", "lint", _PAGE)
_ROWS: Final = (
    ("start-help", "docgen --help", "python -c 'import click'", 2, "help", "click"),
    (
        "start-notice", "docgen notice --project 3", "importing lxml, jinja2, pydantic and python-calamine", 4.5,
        "notice", "parts",
    ),
    (
        "start-list", "docgen doc list", "importing lxml, jinja2, pydantic and python-calamine", 3, "list", "parts",
    ),
    (
        "start-lint", "docgen lint, one page", "importing lxml, jinja2, pydantic and python-calamine", 3,
        "lint", "parts",
    ),
)  # fmt: skip


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--runs", type=int, default=15)
    options = command.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "workspace"
        _run((*_DOCGEN, "-q", "init", str(place), "--example", "a"), Path(folder))
        _run(_NOTICE, place)
        drafted = sorted((place / "out").rglob("*.docx"))
        shutil.copyfile(drafted[0], place / _PAGE)
        works = {
            name: timed(partial(_run, command, place), of_children)
            for name, command in {
                "click": _CLICK, "help": _HELP, "parts": _PARTS, "notice": _NOTICE, "list": _LIST,
                "lint": _LINT,
            }.items()
        }  # fmt: skip
        interleaved(works, 1)  # warms the caches
        taken = interleaved(works, options.runs)
    found = [
        Finding(
            name, what, against, median(taken[ours]) / median(taken[theirs]), AT_MOST, aim,
            {what: spread(taken[ours], 1000, "ms", 0), against: spread(taken[theirs], 1000, "ms", 0)},
        )
        for name, what, against, aim, ours, theirs in _ROWS
    ]  # fmt: skip
    tell(found, versions_of("click", "pydantic", "jinja2", "lxml", "python-calamine"), as_json=options.json)


def _run(command: Sequence[str], place: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept["DOCGEN_CACHE"] = str(place / ".cache")
    subprocess.run(
        command, cwd=place, check=True, capture_output=True, env=kept
    )  # installed, it has bytecode


if __name__ == "__main__":
    main()
