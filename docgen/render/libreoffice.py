"""LibreOffice as the maker of PDFs: where it is, and one call for many files.

Each call has a profile and a fontconfig file of its own in a temporary folder, so that it neither meets a
LibreOffice the user has open nor depends on his settings. Files are converted from temporary copies.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from docgen.errors import DocgenError, Problems
from docgen.render.fonts import write_fontconfig
from docgen.render.pdf_faults import ConversionFailed, ConversionTimedOut, NoLibreOffice

START_SECONDS: Final = 90
FILE_SECONDS: Final = 15
BATCH: Final = 120
"""Files in one call: LibreOffice 7.4 was seen to end at the 244th."""
_USUAL_PLACES: Final = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
_PDF_OPTIONS: Final = {"IsSkipEmptyPages": {"type": "boolean", "value": "false"}}
_PDF_FILTER: Final = f"pdf:writer_pdf_Export:{json.dumps(_PDF_OPTIONS, separators=(',', ':'))}"
_OVERFLOW: Final = re.compile(rb'<w:overflowPunct(?:\s+w:val="([^"]*)")?\s*/>')
_OFF: Final = frozenset({b"0", b"false", b"off"})


def find_soffice() -> Path:
    """Return LibreOffice's program: `DOCGEN_SOFFICE`, else from PATH, else from the usual places.

    Raises:
        NoLibreOffice: if it is nowhere, or `DOCGEN_SOFFICE` names nothing that runs.
    """
    named = os.environ.get("DOCGEN_SOFFICE", "")
    candidates = (named,) if named else ("soffice", "libreoffice", *_USUAL_PLACES)
    for candidate in candidates:
        found = shutil.which(candidate)
        if found:
            return Path(found)
    raise NoLibreOffice(named)


def convert(documents: Sequence[Path], workplace: Path) -> list[Path]:
    """Convert .docx files in as few calls as may be; return the PDFs, in a temporary folder, in the same order.

    The files themselves are only read.

    Raises:
        NoLibreOffice: if it is not installed.
        ConversionTimedOut: if a call takes longer than 90 s and 15 s a file.
        ConversionFailed: if a file gives no PDF (`Problems` if several).
    """
    program = find_soffice()
    pdfs: list[Path] = []
    for start in range(0, len(documents), BATCH):
        place = workplace / f"{start:05}"
        pdfs += _convert_batch(program, documents[start : start + BATCH], place)
    return pdfs


def _convert_batch(program: Path, documents: Sequence[Path], workplace: Path) -> list[Path]:
    sources, results = workplace / "docx", workplace / "pdf"
    for folder in (workplace, sources, results):
        folder.mkdir()
    copies = [_copy(path, sources / f"{place:05}.docx") for place, path in enumerate(documents)]
    said = _call(program, copies, workplace, tuple(map(str, documents)))
    pdfs = [results / f"{copy.stem}.pdf" for copy in copies]
    _refuse_missing(documents, pdfs, said)
    return pdfs


def _refuse_missing(documents: Sequence[Path], pdfs: Sequence[Path], said: str) -> None:
    faults: list[DocgenError] = [
        ConversionFailed(str(document), said)
        for document, pdf in zip(documents, pdfs, strict=True)
        if not pdf.is_file()
    ]
    if len(faults) == 1:
        raise faults[0]
    Problems.raise_any(faults)


def _copy(document: Path, copy: Path) -> Path:
    """Copy a .docx with `overflowPunct` turned round, which LibreOffice 7.4 reads inverted."""
    try:
        with zipfile.ZipFile(document) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                content = source.read(name)
                target.writestr(name, _OVERFLOW.sub(_flip, content) if name.endswith(".xml") else content)
    except (OSError, zipfile.BadZipFile) as fault:
        raise ConversionFailed(str(document), str(fault)) from fault
    return copy


def _flip(found: re.Match[bytes]) -> bytes:
    return b'<w:overflowPunct w:val="%d"/>' % ((found[1] or b"1") in _OFF)


def _call(program: Path, copies: Sequence[Path], workplace: Path, names: tuple[str, ...]) -> str:
    profile = (workplace / "profile").as_uri()
    command = [
        str(program),
        f"-env:UserInstallation={profile}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        _PDF_FILTER,
        "--outdir",
        str(workplace / "pdf"),
        *map(str, copies),
    ]
    seconds = START_SECONDS + FILE_SECONDS * len(copies)
    surroundings = {
        **os.environ,
        "FONTCONFIG_FILE": str(write_fontconfig(workplace)),
        "SAL_USE_VCLPLUGIN": "svp",
    }
    log = workplace / "log.txt"
    with log.open("wb") as output:
        _wait(
            subprocess.Popen(  # noqa: S603 (the program found above, files of our own)
                command,
                stdout=output,
                stderr=output,
                env=surroundings,
                start_new_session=sys.platform != "win32",
            ),
            seconds,
            names,
        )
    return log.read_text(encoding="utf-8", errors="replace").strip()[-300:]


def _wait(process: subprocess.Popen[bytes], seconds: int, names: tuple[str, ...]) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise ConversionTimedOut(names, seconds) from None
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice and the program it started; its group holds nothing else."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
