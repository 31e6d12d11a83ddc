"""Where the files of a workspace may lie: in its folder or in `out`, wherever symbolic links lead."""

from __future__ import annotations

from pathlib import Path

from docgen.files import CannotWrite, lies_within
from docgen.workspace import Workspace


def bounds(workspace: Workspace) -> tuple[Path, ...]:
    """Return the folders of which one holds every recorded file; `out` itself may be a link to another disk."""
    return workspace.root, workspace.out


def refuse_outside(workspace: Workspace, folder: Path) -> None:
    """Refuse to write into a folder that a link takes elsewhere. Raises CannotWrite."""
    if not lies_within(folder, bounds(workspace)):
        raise CannotWrite(workspace.shown(folder), "是通向工作区之外的链接")
