"""Many files at once: folders are searched, and an unreadable file does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from docgen.dataclass import dataclass
from docgen.errors import DocgenError
from docgen.files import reason_of
from docgen.lint.checker import STANDARD, Report, Settings, check
from docgen.lint.recognition.layout import Form
from docgen.opc.faults import CannotOpen, DamagedFile

_KINDS: Final = (".docx", ".docm", ".doc")


class NoDocuments(DocgenError):
    """A folder given to the checker holds no .docx."""

    code = "lint-no-files"
    says = "{path} 里没有 .docx 文件"

    path: str


@dataclass(frozen=True)
class Checked:
    """What came of one file: a report, or the fault that kept it from being read."""

    path: str
    report: Report | None
    fault: DocgenError | None


def check_all(
    paths: Sequence[Path], form: Form | None = None, settings: Settings = STANDARD
) -> Iterator[Checked]:
    """Check files, and every Word file below folders, each as the iterator comes to it."""
    for path in paths:
        if not _is_folder(path):
            yield _checked(path, form, settings)
            continue
        found = documents_in(path)
        if not found:
            yield Checked(str(path), None, NoDocuments(str(path)))
        for each in found:
            yield _checked(each, form, settings)


def documents_in(folder: Path) -> list[Path]:
    """Return the Word files below a folder by name, without the lock files of open documents."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in _KINDS and path.is_file())
    return sorted(path for path in found if not path.name.startswith(("~$", ".")))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # opening it as a file says why
        return False


def _checked(path: Path, form: Form | None, settings: Settings) -> Checked:
    try:
        if path.exists() and not path.is_file():
            return Checked(str(path), None, CannotOpen(str(path), "不是普通文件"))
        return Checked(str(path), check(path, str(path), form, settings), None)
    except DocgenError as fault:
        return Checked(str(path), None, fault)
    except OSError as fault:
        return Checked(str(path), None, CannotOpen(str(path), reason_of(fault)))
    except (RecursionError, MemoryError):
        return Checked(str(path), None, DamagedFile(str(path)))
