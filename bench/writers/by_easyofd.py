"""OFDs of PDFs by easyofd, each page a picture; the last line says processor seconds, bytes, files.

python by_easyofd.py FOLDER

easyofd's other way writes the text without the fonts, which shows as the reader's own fonts make it.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
import time
from pathlib import Path

from easyofd.ofd import OFD


def main(folder: Path) -> None:
    pdfs = [each.read_bytes() for each in sorted(folder.glob("*.pdf"))]
    _made(pdfs[0])
    start = time.process_time()
    made = list(map(_made, pdfs))
    print(time.process_time() - start, sum(map(len, made)), len(made), flush=True)


def _made(pdf: bytes) -> bytes:
    """Return an OFD, made in an empty folder: easyofd puts its parts into where one stands, and leaves the folder."""
    with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):
        made: bytes = OFD().pdf2ofd(pdf)
        return made


if __name__ == "__main__":
    main(Path(sys.argv[1]))
