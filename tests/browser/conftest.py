"""A real browser: Debian's Chromium, started once, or a reason why there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from docgen.documents.facts import Facts
from docgen.office.board.chart import Chart
from docgen.office.board.drawing import chart_of
from docgen.office.board.page import page_of
from docgen.workspace import Workspace

REPOSITORY = Path(__file__).parent.parent.parent
VIEWER = REPOSITORY / ".venv" / "viewer" / "package"
"""A viewer of OFDs that others wrote, which `make tools` fetches."""
collect_ignore = [] if VIEWER.is_dir() else ["test_ofd_viewer.py"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def missing() -> str:
    """Return what the tests lack; empty for nothing."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "playwright: run pip install '.[dev]'"
    return "" if any(map(shutil.which, NAMES)) else "Chromium: run make tools"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium without a window, the same for all tests; its event loop ends with them, as others run their own."""
    if lacking := missing():
        if os.environ.get("CI") == "true":
            pytest.fail(f"needs {lacking}")
        pytest.skip(f"needs {lacking}")
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, NAMES)))
    with sync_playwright() as playing:
        started = playing.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def chart() -> Chart:
    """The wall chart of the sample workspace."""
    from datetime import date

    records = Workspace.find(REPOSITORY).read().records
    assert records is not None
    return chart_of(Facts(records, date(2026, 3, 16)))


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Open a chart as a page in a window of 1440 by 900; `scripted=False` for a browser without scripts."""
    contexts = []

    def show(chart: Chart, *, scripted: bool = True) -> Any:
        path = tmp_path / "图.html"
        path.write_bytes(page_of(chart))
        context = browser.new_context(
            viewport={"width": 1440, "height": 900}, java_script_enabled=scripted, offline=True
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(path.as_uri())
        return page

    yield show
    for each in contexts:
        each.close()
