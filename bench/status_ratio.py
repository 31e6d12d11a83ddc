"""The picture of a day (`docgen status`) over 2,000 projects, beside reading their sheets.

    python bench/status_ratio.py [--rounds 5] [--json]

Both run in one process, by turns; the picture reads the sheets itself.
"""

from __future__ import annotations

import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Final

from big_workspace import build
from finding import AT_MOST, Finding, parser, tell, versions_of
from timing import interleaved, ratio_of, spread, timed

from docgen.office.desk import Desk, People
from docgen.office.status import overview
from docgen.workspace import Workspace

_NOTICES: Final = 6000  # of as many projects and approvals as the aim speaks of
_DAY: Final = date(2026, 3, 16)


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--rounds", type=int, default=5)
    options = command.parse_args()
    with tempfile.TemporaryDirectory() as place:
        projects, approvals = build(Path(place) / "big", _NOTICES)
        workspace = Workspace.find(Path(place) / "big")
        desk = Desk.at(workspace, People("陶映雪", "bench"), _DAY, lambda: datetime.now().astimezone())
        works = {"reading": timed(workspace.read), "status": timed(lambda: overview(desk))}
        taken = interleaved(works, options.rounds)
    found = Finding(
        "status", f"docgen status over {projects:,} projects and {approvals:,} approvals", "reading their sheets",
        ratio_of(taken["status"], taken["reading"]), AT_MOST, 1.3,
        {name: spread(seconds) for name, seconds in taken.items()},
    )  # fmt: skip
    tell([found], versions_of("python-calamine", "pydantic"), as_json=options.json)


if __name__ == "__main__":
    main()
