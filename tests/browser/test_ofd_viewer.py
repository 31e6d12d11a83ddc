"""OFDs in a viewer that others wrote, ofd.js in Chromium: it shows pages as the PDF's and finds their words."""

from __future__ import annotations

import base64
import importlib.util
import io
import re
import zipfile
from pathlib import Path
from typing import Any, Final

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from docgen.ofd.making import ofd_of

pytestmark = pytest.mark.browser

ROOT: Final = Path(__file__).parents[2]
VIEWER: Final = ROOT / ".venv" / "viewer" / "package" / "lib" / "ofd.umd.min.js"
SPEC = importlib.util.spec_from_file_location("ofd_pdfs_for_viewer", ROOT / "tests" / "ofd" / "pdfs.py")
assert SPEC is not None
assert SPEC.loader is not None
pdfs = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(pdfs)
WIDTH: Final = 794
"""Dots of an A4 page's width at 96 to an inch, of which ofd.js takes a little for its margins."""
SHOW: Final = """async ([ofd, fonts, width]) => {
    const bytes = (words) => Uint8Array.from(atob(words), (each) => each.charCodeAt(0));
    for (const [name, data] of fonts) {
        document.fonts.add(await new FontFace(name, bytes(data)).load());
    }
    document.body.style.margin = 0;
    return await new Promise((done, failed) => window.ofd.parseOfdDocument({
        ofd: new File([bytes(ofd)], 'a.ofd'),
        success(found) {
            for (const page of window.ofd.renderOfd(width, found[0])) {
                page.style.margin = 0;
                document.body.appendChild(page);
            }
            setTimeout(() => done(document.body.textContent), 200);
        },
        fail: failed,
    }));
}"""
CONTENT: Final = " ".join(f"q {each} Q" for each in (
    pdfs.TEXT,
    "1 0 0 rg BT /F1 50 Tf 100 300 Td (Large) Tj ET",
    "0.2 0.4 0.8 rg 100 100 200 150 re f 300 550 100 100 re f",
    "8 w 50 400 m 300 700 500 100 550 600 c S 3 w 40 50 m 500 50 l S",
    "350 100 200 150 re W n /S sh",
))  # fmt: skip
"""Words, areas, lines, and a shading, which is a picture in an OFD."""


def fonts_of(ofd: bytes) -> list[tuple[str, str]]:
    """The fonts in an OFD by the names it gives them, for a viewer that does not take them out itself."""
    with zipfile.ZipFile(io.BytesIO(ofd)) as package:
        said = package.read("Doc_0/PublicRes.xml").decode()
        found = re.findall(r'FamilyName="([^"]+)".*?<ofd:FontFile>([^<]+)<', said)
        return [(name, base64.b64encode(package.read(f"Doc_0/Res/{file}")).decode()) for name, file in found]


def test_a_viewer_of_others_shows_a_page_as_the_pdf_s(browser: Any) -> None:
    pdf = pdfs.pdf(CONTENT, media="0 0 595.276 841.89")
    ofd = ofd_of(pdf)
    page = browser.new_page(viewport={"width": WIDTH, "height": 1123})
    try:
        page.set_content("<body></body>")
        page.add_script_tag(path=str(VIEWER))
        words = page.evaluate(SHOW, [base64.b64encode(ofd).decode(), fonts_of(ofd), WIDTH])
        shown = Image.open(io.BytesIO(page.locator("body > div").first.screenshot())).convert("L")
    finally:
        page.close()
    document = pypdfium2.PdfDocument(pdf)
    expected = document[0].render(scale=96 / 72).to_pil().convert("L").resize(shown.size)
    document.close()
    blurred = [each.filter(ImageFilter.GaussianBlur(5)) for each in (shown, expected)]
    assert blurred[1].getextrema()[0] < 250  # something is there to be seen
    assert ImageChops.difference(*blurred).getextrema()[1] < 60
    assert "Notice2026-3Large" in "".join(words.split())
