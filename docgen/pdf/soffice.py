"""LibreOffice: where it is, and one running call of it, which ends with all it started whenever docgen does."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from docgen.dataclass import dataclass
from docgen.pdf.faults import NoLibreOffice
from docgen.pdf.profiles import Profile
from docgen.pdf.source import is_workbook

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
_ARCHIVAL_OPTIONS: Final = _PDF_OPTIONS | {"SelectPdfVersion": {"type": "long", "value": "2"}}
_ARCHIVAL: Final = json.dumps(_ARCHIVAL_OPTIONS, separators=(",", ":"))
_ANY_FILTER: Final = "pdf"  # LibreOffice takes the one of each file's program: workbooks have another
_DYING_SECONDS: Final = 5


@dataclass(frozen=True)
class Output:
    """What LibreOffice makes of a file: the ending of its name, filters for texts and for workbooks, its last bytes."""

    ending: str
    filter: str
    workbooks: str
    last: bytes


PDF: Final = Output(".pdf", _PDF_FILTER, _ANY_FILTER, b"%%EOF")
PDF_A: Final = Output(
    ".pdf", f"pdf:writer_pdf_Export:{_ARCHIVAL}", f"pdf:calc_pdf_Export:{_ARCHIVAL}", b"%%EOF"
)
"""PDF/A-2b, for archives (ISO 19005-2)."""
WORD: Final = Output(".docx", "docx:MS Word 2007 XML", "docx:MS Word 2007 XML", b"PK\x05\x06")
_SIGNALLED: Final = 128
_ASKS_FOR_RESTART: Final = 79
_FIRST: Final = "start.txt"
_TAIL: Final = 300
_IS_WINDOWS: Final = sys.platform == "win32"

# LibreOffice is given a shell of its own that waits for docgen's end of a pipe to close, and then ends the whole
# group of processes: so a docgen that was killed leaves no LibreOffice behind.
_GUARDED: Final = (
    "/bin/sh",  # also where PATH names other places only
    "-c",
    'exec 3<&0 </dev/null; (read -r word <&3; kill -9 0) & exec 3<&-; "$@"; code=$?; kill -9 $!; exit $code',
    "sh",
)


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


class Call:
    """One call of LibreOffice that converts files, as a context: at its end nothing of it runs any more.

    Args:
        program: LibreOffice.
        profile: the profile it works with; thrown away if the call had to be ended.
        sources: the files, each named by its number.
        place: a folder not yet made, for the results and for what LibreOffice says and lays down.
        fontconfig: the configuration of fonts.
        output: what is made of each file.
    """

    def __init__(  # noqa: PLR0913, PLR0917  what a call is made of
        self,
        program: Path,
        profile: Profile,
        sources: Sequence[Path],
        place: Path,
        fontconfig: Path,
        output: Output = PDF,
    ) -> None:
        self._profile, self._place, self._output = profile, place, output
        (place / "tmp").mkdir(parents=True)
        first = place / _FIRST
        first.write_text("docgen\n", encoding="ascii")
        with (place / "log.txt").open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 (the program found above, files of our own)
                [
                    *(() if _IS_WINDOWS else _GUARDED),
                    *_command(program, profile, (first, sources), place, output),
                ],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=_surroundings(place / "tmp", fontconfig),
                start_new_session=not _IS_WINDOWS,
                pass_fds=[profile.lock.fileno()] if profile.lock and not _IS_WINDOWS else (),
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        ended_well = self._process.poll() is not None and not self.crashed
        if not ended_well:
            self._end()
        if not (ended_well and self.started):
            self._profile.renew()
        if self._process.stdin:
            self._process.stdin.close()

    def wait(self, seconds: float) -> bool:
        """Wait so long at most; return whether the call has ended."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def pdf(self, source: Path) -> Path | None:
        """Return what was made of a file if it is there and whole."""
        path = self._place / f"{source.stem}{self._output.ending}"
        return path if _is_whole(path, self._output.last) else None

    def begun(self) -> set[str]:
        """Return the stems of the files of which something is made, whole or not yet: cheaper than asking for each."""
        return {each.stem for each in self._place.glob(f"*{self._output.ending}")}

    @property
    def started(self) -> bool:
        """Whether LibreOffice has got to work: a line of text, which it is given before the files, is a PDF."""
        return self.pdf(self._place / _FIRST) is not None

    @property
    def crashed(self) -> bool:
        """Whether the call ended by itself and not well; later versions also end with 1 when a file has failed."""
        code = self._process.returncode or 0
        return code < 0 or code > _SIGNALLED or code == _ASKS_FOR_RESTART

    def said(self) -> str:
        """Return the end of what LibreOffice said, but for its remark that there is no Java."""
        lines = (self._place / "log.txt").read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(each for each in lines if "javaldx" not in each).strip()[-_TAIL:]

    def memory(self) -> int:
        """Return the bytes of memory that the call's processes hold; 0 where the system does not tell."""
        return sum(map(_resident, _group(self._process.pid)))

    def _end(self) -> None:
        """End the whole group; it holds nothing else."""
        if sys.platform == "win32":
            self._process.kill()
        else:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        deadline = time.monotonic() + _DYING_SECONDS
        while _group(self._process.pid) and time.monotonic() < deadline:
            time.sleep(0.01)


def _command(
    program: Path, profile: Profile, files: tuple[Path, Sequence[Path]], place: Path, output: Output
) -> list[str]:
    first, sources = files
    return [
        str(program),
        f"-env:UserInstallation={profile.folder.resolve().as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        output.workbooks if any(map(is_workbook, sources)) else output.filter,
        "--outdir",
        str(place),
        str(first),
        *map(str, sources),
    ]


def _surroundings(temporary: Path, fontconfig: Path) -> dict[str, str]:
    return {
        **os.environ,
        "FONTCONFIG_FILE": str(fontconfig),
        "SAL_USE_VCLPLUGIN": "svp",
        "TMPDIR": str(temporary),
        "TMP": str(temporary),
        "TEMP": str(temporary),
    }


def _is_whole(path: Path, last: bytes) -> bool:
    """Whether a file was written to its end."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 32))
            return last in file.read()
    except OSError:
        return False


def _group(leader: int) -> list[Path]:
    """Return the folders in /proc of the living processes of a group."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):  # it ended meanwhile
            # The name, in brackets, may hold anything; behind it stand state, parent and group.
            state, _, group = (path / "stat").read_text(errors="replace").rpartition(")")[2].split()[:3]
            if group == str(leader) and state not in "XZ":
                found.append(path)
    return found


def _resident(process: Path) -> int:
    try:
        pages = int((process / "statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
