"""The wall chart of 2,000 projects: its size, the time to make it beside reading the sheets, the time of a filter.

    python bench/board.py [--projects 2000] [--rounds 5] [--json]

The workspace is that of `big_workspace.py`. Reading is of the sheets that the chart needs. Times are processor time,
which other work on the machine stretches less than the time that passes. A filter's is that of the page's thread in
Chromium, from the change of a field to the end of the frame that shows it; each of several filters is set and cleared
in turn, and the slowest counts, each by its least time of the rounds.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from big_workspace import build
from finding import AT_MOST, Finding, parser, tell, versions_of
from timing import Seconds, interleaved, ratio_of, spread, timed

from docgen.documents.facts import Facts
from docgen.model.approval import Approval
from docgen.model.records import Records
from docgen.office.board.drawing import chart_of
from docgen.office.board.making import NEEDED
from docgen.office.board.page import page_of
from docgen.workspace import Workspace

TODAY: Final = date(2026, 3, 16)
MOST_MB: Final = 2.0
MOST_TIMES: Final = 1.0
MOST_SECONDS: Final = 0.1
NOTICES_A_PROJECT: Final = 3.06  # of the sample's projects, by which `big_workspace.py` counts
FILTERS: Final = ("u=1", "m=r", "l=0", "i=2", "q=水库")
CHANGE: Final = """async change => {
    const [name, value] = change.split("="), field = document.forms[0].elements[name], start = performance.now();
    field.value = value;
    field.dispatchEvent(new Event("input", {bubbles: true}));
    await new Promise(shown => requestAnimationFrame(() => setTimeout(shown)));
    return performance.now() - start;
}"""


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--projects", type=int, default=2000)
    command.add_argument("--rounds", type=int, default=5)
    options = command.parse_args()
    with tempfile.TemporaryDirectory() as place:
        found = _findings(Path(place), options.projects, options.rounds)
    tell(found, versions_of("jinja2", "playwright"), as_json=options.json)


def _findings(folder: Path, projects: int, rounds: int) -> list[Finding]:
    (folder / "workspace").mkdir()
    count, approvals = build(folder / "workspace", round(projects * NOTICES_A_PROJECT))
    workspace = Workspace.find(folder / "workspace")
    records = workspace.read(*NEEDED).records
    if records is None or len(records.of(Approval)) != approvals:
        raise SystemExit("the workspace has faults")
    page = _page(records)
    path = folder / "board.html"
    path.write_bytes(page)
    what = f"wall chart of {count:,} projects with {approvals:,} approvals"
    return [_size(what, page), _time(what, workspace, records, rounds), _filter(what, path, rounds)]


def _page(records: Records) -> bytes:
    return page_of(chart_of(Facts(records, TODAY)))


def _size(what: str, page: bytes) -> Finding:
    size = len(page) / 1e6
    figures = {"page": f"{len(page):,} bytes"}
    return Finding("board-size", f"{what}, its size", "a limit of 2 MB", size, AT_MOST, MOST_MB, figures)


def _time(what: str, workspace: Workspace, records: Records, rounds: int) -> Finding:
    taken = interleaved(
        {
            "making": timed(lambda: _page(records), time.process_time),
            "reading": timed(lambda: workspace.read(*NEEDED), time.process_time),
        },
        rounds,
    )
    figures = {"chart and page": spread(taken["making"]), "reading the sheets": spread(taken["reading"])}
    ratio = ratio_of(taken["making"], taken["reading"])
    return Finding("board-time", f"{what}, made", "reading its sheets", ratio, AT_MOST, MOST_TIMES, figures)


def _filter(what: str, path: Path, rounds: int) -> Finding:
    program = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        program = None
    if program is None:
        return _told(what, None, {}, "Chromium or playwright is not installed.")
    with sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(path.as_uri())
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        worked: Seconds = {}
        passed: Seconds = {}
        for each in FILTERS * rounds:
            for change in (each, each.partition("=")[0] + "="):  # set, and cleared
                before = _work(session)
                passed.setdefault(change, []).append(page.evaluate(CHANGE, change) / 1000)
                worked.setdefault(change, []).append(_work(session) - before)
        version = browser.version
        browser.close()
    slowest = max(worked, key=lambda each: min(worked[each]))
    figures = {
        each: f"{min(worked[each]) * 1000:.0f} ms ({min(passed[each]) * 1000:.0f} ms)" for each in worked
    }
    note = (
        "In brackets the time that passed; u unit, m light, l level, i industry, q words; empty: cleared. "
        f"Chromium {version}."
    )
    return _told(what, min(worked[slowest]) / MOST_SECONDS, figures, note)


def _work(session: Any) -> float:
    """Return the seconds for which a page's thread has worked since it was opened."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(each["value"]) for each in metrics if each["name"] == "TaskDuration")


def _told(what: str, ratio: float | None, figures: Mapping[str, str], note: str) -> Finding:
    return Finding("board-filter", f"{what}, filtered", "100 ms", ratio, AT_MOST, 1.0, figures, note)


if __name__ == "__main__":
    main()
