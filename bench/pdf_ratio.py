"""PDFs of 200 letters by `docgen pdf`, beside LibreOffice's own `--convert-to`: one call for all, and one for each.

    python bench/pdf_ratio.py [--count 200] [--each 20] [--rounds 3] [--json]

The letters are the sample workspace's notices, again and again. The command runs as its users run it. LibreOffice
works with the same substitute fonts and with a profile that it has used before. One call for each is so slow that
only some of the letters (`--each`, evenly taken) are converted so, and the time of all is reckoned from them. Before
times count, hanzi, letters and digits of every PDF are counted and compared; not punctuation and order, since
LibreOffice hangs punctuation into the margin where the document says not to, and docgen keeps it from that.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Final

import pypdfium2
from finding import AT_LEAST, Finding, parser, tell, versions_of
from letters import NOTICE, notices
from timing import Seconds, interleaved, ratio_of, spread, timed

from docgen.pdf.faults import NoLibreOffice
from docgen.pdf.fonts import write_fontconfig
from docgen.pdf.soffice import find_soffice
from docgen.template.template import compile as compile_template

AGAINST_EACH: Final = 6.0
AGAINST_ALL: Final = 0.85
_MOST: Final = 240  # LibreOffice 7.4 ends, without a word, after the 245th file of a call


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--count", type=int, default=200)
    command.add_argument("--each", type=int, default=20)
    command.add_argument("--rounds", type=int, default=3)
    options = command.parse_args()
    if not 1 <= options.count <= _MOST:
        command.error(f"--count is from 1 to {_MOST}")
    with tempfile.TemporaryDirectory() as place:
        found = _findings(Path(place), options.count, min(options.each, options.count), options.rounds)
    tell(found, versions_of("lxml") | _libreoffice(), as_json=options.json)


def _findings(folder: Path, documents: int, each: int, rounds: int) -> list[Finding]:
    if not _libreoffice():
        return _told({}, documents, each)
    files = _written(folder / "letters", documents)
    some = files[:: max(1, documents // each)][:each]
    program, fresh = _LibreOffice(folder), (folder / str(number) for number in count())
    program.convert(files[:1], folder / "first")
    taken = interleaved(
        {
            "docgen": timed(lambda: _docgen(files, next(fresh))),
            "all": timed(lambda: program.convert(files, next(fresh))),
            "each": timed(lambda: _one_by_one(program, some, folder / "each")),
        },
        rounds,
    )
    _need_same(folder / "0", folder / "1", documents)
    taken["each"] = [seconds / len(some) * documents for seconds in taken["each"]]
    return _told(taken, documents, len(some))


def _one_by_one(program: _LibreOffice, files: Sequence[Path], folder: Path) -> None:
    for each in files:
        program.convert([each], folder)


def _told(taken: Seconds, documents: int, each: int) -> list[Finding]:
    what = f"PDF of {documents} letters"
    note = "" if taken else "LibreOffice is not installed."
    figures = {}
    if taken:
        figures = {
            "docgen pdf": spread(taken["docgen"]),
            "one call for all": spread(taken["all"]),
            "one call each": f"{spread(taken['each'])}, reckoned from {each} a round",
        }

    def found(name: str, against: str, key: str, aim: float) -> Finding:
        ratio = ratio_of(taken[key], taken["docgen"]) if taken else None
        return Finding(name, what, against, ratio, AT_LEAST, aim, figures, note)

    return [
        found("pdf-each", "LibreOffice called for each", "each", AGAINST_EACH),
        found("pdf-all", "LibreOffice called once for all", "all", AGAINST_ALL),
    ]


class _LibreOffice:
    """LibreOffice as its manual says, with a profile that stays and the substitute fonts."""

    def __init__(self, folder: Path) -> None:
        self._command = [
            str(find_soffice()),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
        ]
        self._surroundings = {
            **os.environ, "FONTCONFIG_FILE": str(write_fontconfig(folder)), "SAL_USE_VCLPLUGIN": "svp",
        }  # fmt: skip

    def convert(self, files: list[Path], to: Path) -> None:
        command = [*self._command, "--convert-to", "pdf", "--outdir", str(to), *map(str, files)]
        subprocess.run(command, env=self._surroundings, capture_output=True, check=True)


def _docgen(files: list[Path], to: Path) -> None:
    command = [sys.executable, "-m", "docgen", "-q", "pdf", "--to", str(to), *map(str, files)]
    subprocess.run(command, check=True)


def _libreoffice() -> dict[str, str]:
    """Return LibreOffice's version; nothing where there is none."""
    try:
        program = find_soffice()
    except NoLibreOffice:
        return {}
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return {"LibreOffice": said.split()[1]}


def _written(folder: Path, documents: int) -> list[Path]:
    folder.mkdir()
    template = compile_template(NOTICE.read_bytes(), NOTICE.name)
    files = []
    for number, context in enumerate(notices(documents)):
        files.append(folder / f"{number:03}.docx")
        files[-1].write_bytes(template.render(context))
    return files


def _need_same(ours: Path, theirs: Path, documents: int) -> None:
    """End the run unless both have made all PDFs, with the same characters."""
    made = sorted(each.name for each in ours.glob("*.pdf"))
    if len(made) != documents or made != sorted(each.name for each in theirs.glob("*.pdf")):
        raise SystemExit(f"{documents} letters, {len(made)} PDFs by docgen, other ones by LibreOffice")
    for name in made:
        if _characters(ours / name) != _characters(theirs / name):
            raise SystemExit(f"{name} has other characters")


def _characters(pdf: Path) -> Counter[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = (page.get_textpage().get_text_range() for page in document)
        return Counter(each for text in texts for each in text if each.isalnum())
    finally:
        document.close()


if __name__ == "__main__":
    main()
