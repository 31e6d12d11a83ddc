"""Looking at the recorded files of a year: where they are, and whether a bag takes them; each once."""

from __future__ import annotations

from dataclasses import field, replace
from pathlib import Path
from typing import TypeAlias

from docgen.archive import formats
from docgen.dataclass import dataclass
from docgen.files import reason_of
from docgen.office.archive.known import Known, key_of
from docgen.office.bounds import Inside
from docgen.workspace import Workspace

Judged: TypeAlias = dict[tuple[str, str], formats.Judged]
"""What was found of files, by path and digest."""


@dataclass(frozen=True)
class Lying:
    """A recorded file of a document: its role, path below the workspace, digests, size, its format once looked at."""

    role: str
    path: str
    sha256: str
    sm3: str
    size: int
    format: str = ""

    @property
    def needs_pdf(self) -> bool:
        """Whether a PDF/A of it goes into the bag beside it."""
        return self.format in formats.WITH_PDF


@dataclass(frozen=True)
class Looked:
    """A file with its format, why it is not there as it was recorded, and why no bag takes it."""

    file: Lying
    gone: str = ""
    unfit: tuple[str, ...] = ()


@dataclass(frozen=True)
class Looking:
    """Looks at the recorded files of a workspace, each once."""

    workspace: Workspace
    judged: Judged
    known: Known
    inside: Inside
    demanded: dict[str, tuple[str, ...] | None] = field(default_factory=dict)

    def at(self, file: Lying) -> Looked:
        """Return what is found of a file."""
        path, shown = self.workspace.root / file.path, f"{file.role} {file.path}"
        try:
            if not self.inside.holds(path):
                return Looked(file, f"{shown} 是通向工作区之外的链接")
            if path.stat().st_size != file.size:
                return Looked(file, f"{shown} 与登记的不同（docgen verify 会列出）")
            found = self._found(file, path)
            why = tuple(f"{shown} {each}" for each in found.refusals)
            return Looked(replace(file, format=found.format), unfit=why)
        except FileNotFoundError:
            return Looked(file, f"{shown} 不见了")
        except OSError as fault:
            return Looked(file, f"{shown} 读不出来：{reason_of(fault)}")

    def _found(self, file: Lying, path: Path) -> formats.Judged:
        """Return what is found of a file's content, once known without opening it."""
        key = (file.path, file.sha256)
        if key not in self.judged:
            known = self.known.get(key_of(file.role, path, file.sha256))
            self.judged[key] = known or replace(formats.judge_as(file.role, path), parts={})
        return self.judged[key]
