"""A monthly bulletin (`docgen bulletin`) over 2,000 projects, beside reading their sheets, in processor time.

    python bench/bulletin_ratio.py [--rounds 5] [--json]

Both run in one process, by turns. The bulletin reads the sheets itself, compares with the snapshot of the month before
(whose figures were worked out when it was kept), and is rendered and recorded whole. In January nothing is late yet; in
March every late approval and every one that comes due stands in the annexes, 2,700 rows of a table.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final

from big_workspace import build
from finding import AT_MOST, Finding, parser, tell, versions_of
from timing import interleaved, ratio_of, spread, timed

from docgen.office.desk import Desk, People
from docgen.office.drafting.drafter import draft
from docgen.office.drafting.drafts import Request
from docgen.office.past import past_of
from docgen.office.snapshots import keep
from docgen.rules.periods import read_period
from docgen.workspace import Workspace

_NOTICES: Final = 6000  # of as many projects and approvals as the aim speaks of
_MONTHS: Final = {
    "bulletin": ("2026-01", date(2026, 1, 28), "nothing late"),
    "bulletin-annexes": ("2026-03", date(2026, 3, 16), "2,700 rows in annexes"),
}


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--rounds", type=int, default=5)
    options = command.parse_args()
    with tempfile.TemporaryDirectory() as place:
        counted = build(Path(place) / "big", _NOTICES)
        workspace = Workspace.find(Path(place) / "big")
        found = list(_found(workspace, counted, options.rounds))
    tell(found, versions_of("python-calamine", "pydantic"), as_json=options.json)


def _found(workspace: Workspace, counted: tuple[int, int], rounds: int) -> Iterator[Finding]:
    for name, (month, day, about) in _MONTHS.items():
        desk = Desk.at(workspace, People("陶映雪", "bench"), day, lambda: datetime.now().astimezone())
        before = read_period(month).before
        if before.end < day:
            keep(desk, before)
        for state in past_of(workspace).all:
            state.figures  # noqa: B018  kept in the cache
        request = Request("通报", periods=(month,), force=True, workers=1)
        works = {
            "reading": timed(workspace.read, time.process_time),
            "bulletin": timed(partial(draft, desk, request), time.process_time),
        }
        taken = interleaved(works, rounds)
        projects, approvals = counted
        yield Finding(
            name, f"a monthly bulletin over {projects:,} projects and {approvals:,} approvals, {about}",
            "reading their sheets", ratio_of(taken["bulletin"], taken["reading"]), AT_MOST, 1.5,
            {each: spread(seconds) for each, seconds in taken.items()},
        )  # fmt: skip


if __name__ == "__main__":
    main()
