"""What lies in the folders of kinds of documents and may be the record's."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from docgen.dataclass import dataclass
from docgen.errors import NOT_VERIFIED, DocgenError
from docgen.files import ASIDE, on_one_line, reason_of
from docgen.model.names import file_name_of
from docgen.office.drafting.drafts import DRAFTS
from docgen.office.papers.names import PAPERS
from docgen.rooms import UNFINISHED
from docgen.workspace import Workspace

LOCKS: Final = ("~$", ".~")
"""How the names of the small files begin that a word processor lays beside a document that it has open."""
_LOCK_BYTES: Final = 1024  # a word processor writes who has the file open: no document is as small
_ON_ITS_WAY: Final = re.compile(r"[0-9]+\.(new|old)")
_YEAR: Final = re.compile("[0-9]{4}")


class Unreadable(DocgenError):
    """A file that was asked about cannot be read."""

    code = "verify-unreadable"
    exit_code = NOT_VERIFIED
    says = "{path} 无法核对：{reason}"
    advises = "请核对文件名和路径。"

    path: str
    reason: str


def shown_of(workspace: Workspace, path: Path) -> str:
    """Return a path on one line of a message, whatever characters its name has."""
    return on_one_line(workspace.shown(path))


@dataclass(frozen=True)
class Found:
    """What lies in the folders of kinds of documents, drafts apart.

    Args:
        strange: what may be the record's, links to folders too.
        passing: what docgen and word processors lay down beside the record: printed forms, what was moved aside, locks,
            files on their way.
        faults: what cannot be listed.
    """

    strange: tuple[Path, ...]
    passing: tuple[Path, ...]
    faults: tuple[Unreadable, ...]


def found_in(workspace: Workspace, kinds: Collection[str]) -> Found:
    """Return what lies in the folders of kinds of documents."""
    refused: list[OSError] = []
    strange: list[Path] = []
    passing: list[Path] = []
    for folder in _kind_folders(workspace.out, kinds, refused):
        for base, folders, files in os.walk(folder, onerror=refused.append):
            links = [each for each in folders if Path(base, each).is_symlink()]
            for path in (Path(base, each) for each in (*files, *links)):
                if path.relative_to(folder).parts[0] != DRAFTS or len(path.relative_to(folder).parts) == 1:
                    (passing if _is_passing(path, folder) else strange).append(path)
    faults = (
        Unreadable(shown_of(workspace, Path(each.filename)), f"文件夹列不出来（{reason_of(each)}）")
        for each in refused
    )
    return Found(tuple(sorted(strange)), tuple(sorted(passing)), tuple(faults))


def _kind_folders(out: Path, kinds: Collection[str], refused: list[OSError]) -> Iterator[Path]:
    try:
        years = sorted(each for each in out.iterdir() if _YEAR.fullmatch(each.name)) if out.exists() else []
    except OSError as fault:
        refused.append(fault)
        return
    for year in years:
        yield from (
            folder for each in sorted(kinds) if each and (folder := year / file_name_of(each)).exists()
        )


def _is_passing(path: Path, folder: Path) -> bool:
    """Whether a file in the folder of a kind is none of the record's.

    Such are printed forms, what was moved aside, the small locks of word processors, and files on their way.
    """
    *above, name = path.relative_to(folder).parts
    if above and (above[0] == PAPERS or ASIDE in above):
        return True
    if above and above[-1].startswith(UNFINISHED):
        return _ON_ITS_WAY.fullmatch(name) is not None
    try:
        return name.startswith(LOCKS) and path.lstat().st_size <= _LOCK_BYTES and not path.is_symlink()
    except OSError:  # closed meanwhile
        return True
