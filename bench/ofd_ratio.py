"""OFDs of 40 letters: processor time beside that of their PDFs and of another writer's, size beside the PDFs'.

    python bench/ofd_ratio.py [--count 40] [--rounds 3] [--json]

The letters are the sample workspace's notices, again and again. The PDFs are made by `docgen pdf` with one LibreOffice;
processor time counts that of the processes it starts. Before times count, the hanzi, letters and digits of each OFD,
read by ofdkit, are compared with the PDF's. easyofd (Apache-2.0, needs PyMuPDF under the AGPL) draws each page as a
picture without text; it is installed on the side, or left out with the reason.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import count
from pathlib import Path
from typing import Final

import ofdkit
import pypdfium2
from finding import AT_MOST, Finding, parser, tell, versions_of
from letters import NOTICE, notices
from peers import FOLDER, OFD_PACKAGES, NotThere, aside
from timing import Seconds, interleaved, ratio_of, spread, timed

from docgen.ofd.making import ofd_of
from docgen.pdf.convert import make_pdfs
from docgen.pdf.faults import NoLibreOffice
from docgen.pdf.soffice import find_soffice
from docgen.template.template import compile as compile_template

AGAINST_PDF: Final = 1.0
SIZE: Final = 2.0
AGAINST_PEER: Final = 1.0


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--count", type=int, default=40)
    command.add_argument("--rounds", type=int, default=3)
    options = command.parse_args()
    with tempfile.TemporaryDirectory() as place:
        found = _findings(Path(place), options.count, options.rounds)
    tell(found, versions_of("pypdfium2", "fonttools", "ofdkit") | OFD_PACKAGES, as_json=options.json)


def _findings(folder: Path, documents: int, rounds: int) -> list[Finding]:
    what = f"OFD of {documents} letters"
    try:
        find_soffice()
    except NoLibreOffice:
        note = "LibreOffice is not installed."
        return [Finding("ofd-time", what, "their PDFs", None, AT_MOST, AGAINST_PDF, note=note)]
    letters = _written(folder / "letters", documents)
    fresh = (folder / str(number) for number in count())
    pdfs = _printed(letters, next(fresh))
    read = [each.read_bytes() for each in pdfs]
    made = [ofd_of(each) for each in read]
    _need_same(folder, pdfs, made)
    taken = interleaved(
        {
            "pdf": timed(lambda: _printed(letters, next(fresh)), _processor),
            "ofd": timed(lambda: [ofd_of(each) for each in read], _processor),
        },
        rounds,
    )
    sizes = (sum(map(len, made)), sum(map(len, read)))
    return [*_told(what, taken, sizes), _beside_peer(what, taken, pdfs[0].parent)]


def _told(what: str, taken: Seconds, sizes: tuple[int, int]) -> list[Finding]:
    seconds = {
        "docgen ofd, of PDFs at hand": spread(taken["ofd"]),
        "docgen pdf, of the documents": spread(taken["pdf"]),
    }
    kilobytes = {"OFD": f"{sizes[0] / 1024:.0f} KB", "PDF": f"{sizes[1] / 1024:.0f} KB"}
    ratio = ratio_of(taken["ofd"], taken["pdf"])
    against = "the making of their PDFs (processor time)"
    return [
        Finding("ofd-time", what, against, ratio, AT_MOST, AGAINST_PDF, seconds),
        Finding("ofd-size", what, "their PDFs (bytes)", sizes[0] / sizes[1], AT_MOST, SIZE, kilobytes),
    ]


def _beside_peer(what: str, taken: Seconds, pdfs: Path) -> Finding:
    against = "easyofd, pages as pictures (processor time)"
    try:
        command = aside("by_easyofd.py", "ofd", OFD_PACKAGES)
        said = subprocess.run(
            [*command, str(pdfs)], cwd=FOLDER, capture_output=True, text=True, check=True
        ).stdout
    except (NotThere, subprocess.CalledProcessError) as fault:
        return Finding("ofd-peer", what, against, None, AT_MOST, AGAINST_PEER, note=f"{fault}")
    seconds, size, _ = said.splitlines()[-1].split()
    figures = {
        "docgen ofd, of PDFs at hand": spread(taken["ofd"]),
        "easyofd": f"{float(seconds):.2f} s, {int(size) / 1024:.0f} KB, no text",
    }
    ratio = min(taken["ofd"]) / float(seconds)
    return Finding("ofd-peer", what, against, ratio, AT_MOST, AGAINST_PEER, figures)


def _processor() -> float:
    """Return the processor seconds of this process and of those it has started and seen end."""
    used = os.times()
    return time.process_time() + used.children_user + used.children_system


def _written(folder: Path, documents: int) -> list[Path]:
    folder.mkdir()
    template = compile_template(NOTICE.read_bytes(), NOTICE.name)
    files = []
    for number, context in enumerate(notices(documents)):
        files.append(folder / f"{number:03}.docx")
        files[-1].write_bytes(template.render(context))
    return files


def _printed(letters: list[Path], folder: Path) -> list[Path]:
    folder.mkdir()
    pdfs = make_pdfs({each: folder / f"{each.stem}.pdf" for each in letters}, workers=1)
    if pdfs.faults:
        sys.exit(str(pdfs.faults[0]))
    return pdfs.made


def _need_same(folder: Path, pdfs: list[Path], made: list[bytes]) -> None:
    """End the run unless another reader finds the PDF's characters in each OFD."""
    path = folder / "one.ofd"
    for pdf, ofd in zip(pdfs, made, strict=True):
        path.write_bytes(ofd)
        if _counted(ofdkit.extract_text(path)) != _counted(_text(pdf)):
            sys.exit(f"{pdf.name} has other characters")


def _text(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _counted(text: str) -> Counter[str]:
    return Counter(each for each in text if each.isalnum())


if __name__ == "__main__":
    main()
