"""5,000 slips (`docgen slip --all`) beside as many notices, a document each, in processor time.

    python bench/slip_ratio.py [--rounds 2] [--json]

Both commands run as their users run them, each a process of its own in a new workspace (big_workspace.py) in memory,
with its workers. Fewer approvals are late than are owed, so that slips need more sheets than notices: reading them is
measured here and left out, and the rest is told by document.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Final

from big_workspace import build
from finding import AT_MOST, Finding, parser, tell, versions_of
from timing import in_memory, interleaved, of_children, ratio_of, spread, timed

from docgen.workspace import Workspace

_DAY: Final = "2026-03-16"
_NOTICES: Final = {"notice": 5_000, "slip": 18_000}
"""How many notices the sheets are made for, so that each command drafts some 5,000 documents of its kind."""
_COMMAND: Final = ("-m", "docgen", "-q", "--date", _DAY)


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--rounds", type=int, default=2)
    options = command.parse_args()
    with in_memory() as place:
        found = _found(Path(place), options.rounds)
    tell([found], versions_of("python-calamine", "pydantic", "lxml"), as_json=options.json)


def _found(place: Path, rounds: int) -> Finding:
    read, made, fresh = {}, dict.fromkeys(_NOTICES, 0), count()
    for name, wanted in _NOTICES.items():
        build(place / name, wanted)
        workspace = Workspace.find(place / name)
        read[name] = min(timed(workspace.read, time.process_time)() for _ in range(3))

    def drafting(name: str) -> Callable[[], float]:
        def run() -> float:
            folder = place / str(next(fresh))
            shutil.copytree(place / name, folder)
            start = of_children()
            subprocess.run([sys.executable, *_COMMAND, "-C", str(folder), name, "--all"], check=True)
            taken = of_children() - start - read[name]
            made[name] = sum(1 for _ in (folder / "out").rglob("*.docx"))
            shutil.rmtree(folder)
            return taken / made[name]

        return run

    taken = interleaved({name: drafting(name) for name in _NOTICES}, rounds)
    return Finding(
        "slips", f"{made['slip']:,} slips, each with its own type and room to write",
        f"{made['notice']:,} notices, by the document", ratio_of(taken["slip"], taken["notice"]), AT_MOST, 1.0,
        {f"a {name}": spread(seconds, 1000, "ms") for name, seconds in taken.items()},
    )  # fmt: skip


if __name__ == "__main__":
    main()
