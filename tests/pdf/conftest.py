"""A small document, LibreOffice or a reason why not, and a program that stands for it and misbehaves when asked."""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from docgen.pdf.faults import NoLibreOffice
from docgen.pdf.libreoffice import find_soffice
from docgen.standard.build.parts import Body
from docgen.standard.forms.letter import Letter, build

_SCRIPT = """#!{python} -SE
import os, signal, sys, time
out = sys.argv[sys.argv.index("--outdir") + 1]
files = sys.argv[sys.argv.index("--outdir") + 2:]
with open({log!r}, "a") as log:
    log.write(f"{{len(files) - 1}}\\n")
for number, path in enumerate(files):
    with open(path, "rb") as file:
        words = file.read()
    once = path.endswith(".docx") and b"ONCE" in words and not os.path.exists({once!r})
    if once:
        open({once!r}, "w").close()
    if b"HANG" in words:
        os.execvp("sleep", ["sleep", {sleep!r}])
    if b"CRASH" in words and (once or b"ONCE" not in words):
        print("terminate called")
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGKILL)
    if b"STOP" in words and once:
        break
    if b"SLOW" in words:
        time.sleep(0.2)
    if b"PASS" in words:
        print("no export filter")
        continue
    with open(os.path.join(out, os.path.basename(path).rpartition(".")[0] + ".pdf"), "wb") as pdf:
        pdf.write(b"%PDF-1.4 " + words + b" %%EOF")
"""


class Standin:
    """The program, what it was called for, and whether it still runs."""

    def __init__(self, folder: Path) -> None:
        self.path, self._log = folder / "soffice", folder / "calls.txt"
        self.sleep = f"98765.{abs(hash(folder)) % 10**9}"
        words = {"log": str(self._log), "once": str(folder / "once"), "sleep": self.sleep}
        self.write(_SCRIPT.format(python=sys.executable, **words))

    def write(self, script: str) -> None:
        """Let it be another program."""
        self.path.write_text(script)
        self.path.chmod(0o755)

    @property
    def calls(self) -> list[int]:
        """How many files it was given by each call."""
        return [int(each) for each in self._log.read_text().split()]

    @property
    def runs(self) -> bool:
        """Whether one that hangs is there."""
        return any(self.sleep.encode() in each for each in command_lines())


def command_lines() -> Iterator[bytes]:
    """Yield the command lines of all processes."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it ended meanwhile
            yield path.read_bytes()


def docx(path: Path, words: str = "") -> Path:
    """Write a document of so many words."""
    office = "http://schemas.openxmlformats.org/"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{office}package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{office}package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{office}officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{office}wordprocessingml/2006/main"><w:body><w:p><w:r>'
        f"<w:t>{words}</w:t></w:r></w:p></w:body></w:document>",
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "告知函 一.docx"
    path.write_bytes(build(Letter((Body("澄湖县㎡喆2026年"),))))
    return path


@pytest.fixture
def libreoffice() -> None:
    try:
        find_soffice()
    except NoLibreOffice as fault:
        if os.environ.get("CI") == "true":
            pytest.fail(str(fault))
        pytest.skip(str(fault))


@pytest.fixture
def standin(tmp_path, monkeypatch) -> Standin:
    """A program in LibreOffice's place, with profiles of its own."""
    folder = tmp_path / "standin"
    folder.mkdir()
    made = Standin(folder)
    monkeypatch.setenv("DOCGEN_SOFFICE", str(made.path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return made


@pytest.fixture
def documents(tmp_path) -> Callable[[dict[str, str]], list[Path]]:
    """Documents by name, each of the words given."""
    return lambda named: [docx(tmp_path / f"{name}.docx", words) for name, words in named.items()]


@pytest.fixture
def processes() -> Callable[[], list[bytes]]:
    """The command lines of all processes."""
    if not Path("/proc/self/cmdline").exists():
        pytest.skip("looks for processes in /proc")
    return lambda: list(command_lines())
