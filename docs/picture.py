"""Takes the pictures of the manual: the wall chart, the morning's page, page 1 of each kind, what a unit is handed.

    python docs/picture.py

They are taken again when what they show has changed; no test compares them, since letters differ from machine to
machine. Chromium, LibreOffice and the fonts that docgen installs are needed.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from datetime import date
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Final

import pypdfium2
from kinds import DAY, EXAMPLES
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from docgen.documents.facts import Facts
from docgen.office.board.drawing import chart_of
from docgen.office.board.page import page_of
from docgen.workspace import Workspace

FOLDER: Final = Path(__file__).parent
_MANY: Final = 256
_FEW: Final = 32
_WINDOW: Final = (1440, 860)
_TERMINAL: Final = (1000, 1000)
_WIDE: Final = (1180, 490)
_COLUMNS: Final = {_TERMINAL: 112, _WIDE: 130}
"""Columns of letters that a window is wide."""
_DOTS: Final = 1
"""Pixels a point: a page is 595 wide."""


def main() -> None:
    """Take all pictures from the sample workspace."""
    ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "办公室"
        _run(FOLDER.parent, "init", str(root), "--example", "a")
        _draw_kinds(root)
        _draw_return(root)
        altered = _draw_archive(Path(name))
        with sync_playwright() as playing:
            browser = playing.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            _photograph(browser, _board(root), _WINDOW, _MANY, "挂图作战")
            for said, window, picture in (
                (_run(root, "status"), _TERMINAL, "主任看情况"),
                (altered, _WIDE, "档案包被改动"),
            ):
                _photograph(browser, _terminal(said, _COLUMNS[window]), window, _FEW, picture)
            browser.close()


def _run(root: Path, *arguments: str, by: str = "陶映雪") -> str:
    """Run docgen in a workspace on the examples' day, and return what it said."""
    command = (sys.executable, "-m", "docgen", "--date", DAY, "--by", by, *arguments)
    here = {**os.environ, "PYTHONPATH": str(FOLDER.parent)}
    return subprocess.run(command, cwd=root, env=here, check=True, capture_output=True, text=True).stdout


def _draw_kinds(root: Path) -> None:
    """Draw page 1 of the example of each kind."""
    pictures = FOLDER / "文种" / "图"
    pictures.mkdir(parents=True, exist_ok=True)
    for title, arguments in EXAMPLES.items():
        _run(root, *shlex.split(arguments), "--pdf")
        page = pypdfium2.PdfDocument(_newest(root / "out"))[0]
        _keep(page.render(scale=_DOTS).to_pil().convert("RGB"), _FEW, pictures / f"{title}.png")


def _draw_return(root: Path) -> None:
    """Draw what a unit is handed: the first sheet, and the first page of its approvals."""
    _run(root, "sheets", "hand-out", "--period", "2026-03中旬", "--to", "下发", "--unit", "县水利局")
    (book,) = (root / "下发").glob("*.xlsx")  # beside it lies how to fill it in
    soffice = ("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(root / "下发"), str(book))
    subprocess.run(soffice, check=True, capture_output=True)
    document = pypdfium2.PdfDocument(book.with_suffix(".pdf"))
    for page, scale, shown, name in ((0, 1.2, 0.52, "填报表-说明"), (1, 1.2, 0.42, "填报表-手续")):
        picture = document[page].render(scale=scale).to_pil().convert("RGB")
        wide, high = picture.size
        _keep(picture.crop((0, int(high * 0.07), wide, int(high * shown))), _FEW, FOLDER / f"{name}.png")


def _draw_archive(place: Path) -> str:
    """Draw the first page of what an archivist looks at: what became of each number, report, form of the handover.

    Returns:
        what `archive verify` says of the bag after a document was changed, another renamed and a file added.
    """
    root = place / "归档"
    _run(FOLDER.parent, "init", str(root), "--example", "a")
    with (root / "docgen.toml").open("a", encoding="utf-8") as file:
        file.write('\n[archive]\nfonds = "J001"\nfonds_name = "澄湖县重大项目联审联批工作机制"\n')
    _run(root, "notice", "--project", "3")
    _run(root, "minutes", "--all")
    drafted = ("1", "2", "3", "4", "5", "6")
    _run(root, "seal", "mandate", "add", "--clause", "第二条第（三）项", by="万里舟")
    _run(root, "doc", "review", *drafted, by="方知远")
    _run(root, "doc", "sign", *drafted, by="万里舟")
    _run(root, "doc", "void", "4", "--remark", "与澄联审办函〔2026〕3号重复", by="万里舟")
    _run(root, "seal", "request", "1", "2", "3", "--copies", "3")
    _run(root, "seal", "approve", "1", "2", "3", by="万里舟")
    _run(root, "seal", "apply", "1", "2", "3", "--copies", "3", by="范雨桐")
    _run(root, "doc", "issue", "1", "2", "3", "5", "6", "--copies", "3")
    scan = root / "盖章件.pdf"
    Image.new("RGB", (300, 420), "white").save(scan)
    for each in ("1", "2"):
        scan.write_bytes(scan.read_bytes() + f"%{each}\n".encode())
        _run(root, "doc", "attach", each, str(scan), "--role", "扫描件")
    _run(root, "archive", "build", "--year", "2026", "--leave-out")
    (bag,) = (root / "归档").iterdir()
    _run(root, "archive", "verify", str(bag), "--report", "四性检测报告.docx")
    _run(root, "archive", "handover", str(bag), "--to", "移交")
    receipt = root / "移交" / "电子档案移交与接收登记表.docx"
    for paper in (bag / "data" / "归档核对表.docx", root / "四性检测报告.docx", receipt):
        soffice = ("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(root), str(paper))
        subprocess.run(soffice, check=True, capture_output=True)
        page = pypdfium2.PdfDocument(root / f"{paper.stem}.pdf")[0].render(scale=1.2).to_pil().convert("RGB")
        _keep(page.crop((0, 0, page.width, int(page.height * 0.62))), _FEW, FOLDER / f"{paper.stem}.png")
    return _altered(bag, root / "抽查")


def _newest(folder: Path) -> Path:
    return max(folder.rglob("*.pdf"), key=lambda each: each.stat().st_mtime_ns)


def _board(root: Path) -> str:
    records = Workspace.find(root).read().records
    if records is None:
        raise SystemExit("the sample workspace has faults")
    return page_of(chart_of(Facts(records, date.fromisoformat(DAY)))).decode()


def _altered(bag: Path, place: Path) -> str:
    """Return what an auditor reads who verifies a copy of a bag in which somebody meddled."""
    copy = shutil.copytree(bag, place / bag.name)
    original, printed = next(copy.rglob("正本.docx")), next(copy.rglob("正本.pdf"))
    original.write_bytes(original.read_bytes() + b" ")
    printed.rename(printed.with_name("旧.pdf"))
    command = (sys.executable, "-m", "docgen", "archive", "verify", bag.name)
    here = {**os.environ, "PYTHONPATH": str(FOLDER.parent)}
    told = subprocess.run(
        command, cwd=place, env=here, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ).stdout
    return f"$ docgen archive verify {bag.name}\n{told}"


def _cut(line: str, columns: int) -> list[str]:
    """Return a line in pieces as a terminal of so many columns shows it."""
    pieces, width = [""], 0
    for each in line:
        wide = 2 if "\u2e80" <= each <= "\uffe6" else 1
        if width + wide > columns:
            pieces, width = [*pieces, ""], 0
        pieces[-1] += each
        width += wide
    return pieces


def _terminal(said: str, columns: int) -> str:
    """Return a page that shows words as a terminal of so many columns does, each hanzi two columns wide."""
    said = "\n".join(piece for line in said.splitlines() for piece in _cut(line, columns))
    style = "pre{margin:0;padding:16px;font:14px/1.5 monospace}b{display:inline-block;width:2ch;font-weight:normal}"
    wide = re.sub("[\u2e80-\uffe6]", lambda found: f"<b>{found[0]}</b>", escape(said))
    return f"<style>{style}</style><pre>{wide}</pre>"


def _photograph(browser: Browser, page: str, size: tuple[int, int], colours: int, name: str) -> None:
    window = browser.new_page(viewport={"width": size[0], "height": size[1]})
    window.set_content(page)
    _keep(Image.open(BytesIO(window.screenshot())).convert("RGB"), colours, FOLDER / f"{name}.png")


def _keep(picture: Image.Image, colours: int, to: Path) -> None:
    picture.quantize(colours).save(to, optimize=True)


if __name__ == "__main__":
    main()
