"""The programs docgen is compared with: installed on the side, each started once as a process that writes on demand.

They lie in `bench/.peers/` (not under version control), Python's in an environment of their own, Node's in a folder.
One that cannot be installed is left out, with the reason.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / ".peers"
WRITERS: Final = Path(__file__).parent / "writers"
NODE_PACKAGES: Final = {"docxtemplater": "3.71.0", "easy-template-x": "7.2.8", "pizzip": "3.2.0"}
PYTHON_PACKAGES: Final = {"docx-mailmerge2": "1.0.3"}
OFD_PACKAGES: Final = {"easyofd": "20260427"}
_PATIENCE: Final = 300
_NOTE: Final = "installed.json"


class NotThere(Exception):
    """A peer cannot be used here; the argument says why."""


@dataclass
class Writer:
    """A running program that writes documents; see writers/serve.py."""

    name: str
    process: subprocess.Popen[str]

    def make(self, count: int) -> float:
        """Let it write so many documents in memory; return the seconds."""
        return float(self._asked(f"make {count}"))

    def document(self, number: int, folder: Path) -> bytes:
        """Return one of its documents."""
        path = folder / f"{self.name}-{number}.docx"
        self._asked(f"keep {number} {path}")
        return path.read_bytes()

    def wait(self) -> None:
        """Wait until it is ready."""
        self._answer()

    def _asked(self, line: str) -> str:
        stream = self.process.stdin
        if stream is None:
            raise AssertionError
        stream.write(line + "\n")
        stream.flush()
        return self._answer()

    def _answer(self) -> str:
        stream = self.process.stdout
        line = stream.readline() if stream else ""
        if not line:
            raise NotThere(f"{self.name} ended before it answered")
        return line.strip()


@contextmanager
def started(commands: Mapping[str, list[str]]) -> Iterator[dict[str, Writer]]:
    """Give running writers by name; all are ended with the block."""
    environment = {**os.environ, "NODE_PATH": str(FOLDER / "node" / "node_modules")}
    writers = {
        name: Writer(name, subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        ))
        for name, command in commands.items()
    }  # fmt: skip
    try:
        for each in writers.values():
            each.wait()
        yield writers
    finally:
        for each in writers.values():
            each.process.kill()
            each.process.communicate()


def own(script: str) -> list[str]:
    """Return the start of a command for a writer in docgen's own environment."""
    return [sys.executable, str(WRITERS / script)]


def aside(script: str, folder: str = "python", packages: Mapping[str, str] = PYTHON_PACKAGES) -> list[str]:
    """Return the start of a command for a writer in an environment of its peers' own. Raises NotThere."""
    home = FOLDER / folder
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = [f"{name}=={version}" for name, version in packages.items()]
    if not _is_installed(home, wanted):
        _run([sys.executable, "-m", "venv", str(home)])
        _run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted])
        _note(home, wanted)
    return [str(python), str(WRITERS / script)]


def node(script: str) -> list[str]:
    """Return the start of a command for a writer under Node. Raises NotThere."""
    runner, npm = shutil.which("node"), shutil.which("npm")
    if runner is None or npm is None:
        raise NotThere("Node and npm are not on this machine")
    home = FOLDER / "node"
    wanted = [f"{name}@{version}" for name, version in NODE_PACKAGES.items()]
    if not _is_installed(home, wanted):
        home.mkdir(parents=True, exist_ok=True)
        _run(
            [
                npm,
                "install",
                "--prefix",
                str(home),
                "--no-audit",
                "--no-fund",
                "--no-save",
                "--silent",
                *wanted,
            ]
        )
        _note(home, wanted)
    return [runner, str(WRITERS / script)]


def installed() -> dict[str, str]:
    """Return the versions of the peers that are installed, and of Node if some need it."""
    found = dict(PYTHON_PACKAGES) if (FOLDER / "python" / _NOTE).is_file() else {}
    if (FOLDER / "node" / _NOTE).is_file() and (runner := shutil.which("node")):
        said = subprocess.run([runner, "--version"], capture_output=True, text=True, check=True).stdout
        found |= NODE_PACKAGES | {"Node": said.strip("v \n")}
    return found


def _is_installed(home: Path, wanted: list[str]) -> bool:
    note = home / _NOTE
    return note.is_file() and json.loads(note.read_text("utf-8")) == wanted


def _note(home: Path, wanted: list[str]) -> None:
    (home / _NOTE).write_text(json.dumps(wanted), "utf-8")


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)
    except (OSError, subprocess.SubprocessError) as fault:
        raise NotThere(f"could not be installed ({Path(command[0]).name}: {type(fault).__name__})") from fault
