"""Takes the manual's picture of the wall chart, `docs/挂图作战.png`, in Chromium; `python docs/picture.py`.

It is taken again when the page has changed; no test compares it, since letters differ from machine to machine.
"""

from __future__ import annotations

import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from docgen.documents.facts import Facts
from docgen.office.board.drawing import chart_of
from docgen.office.board.page import page_of
from docgen.workspace import Workspace

FOLDER = Path(__file__).parent
_COLOURS = 256
SIZE = {"width": 1440, "height": 860}


def main() -> None:
    """Take the picture of the sample workspace's chart."""
    records = Workspace.find(FOLDER.parent).read().records
    if records is None:
        raise SystemExit("the sample workspace has faults")
    page = page_of(chart_of(Facts(records, date(2026, 3, 16))))
    with sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        window = browser.new_page(viewport=SIZE)
        window.set_content(page.decode())
        taken = window.screenshot()
        browser.close()
    Image.open(BytesIO(taken)).convert("RGB").quantize(_COLOURS).save(FOLDER / "挂图作战.png", optimize=True)


if __name__ == "__main__":
    main()
