"""Where the files of a workspace may lie: in its folder or in `out`, wherever symbolic links lead."""

from __future__ import annotations

from pathlib import Path

from docgen.files import CannotWrite, lies_within, read_regular
from docgen.workspace import Workspace


def bounds(workspace: Workspace) -> tuple[Path, ...]:
    """Return the folders of which one holds every recorded file; `out` itself may be a link to another disk."""
    return workspace.root, workspace.out


def refuse_outside(workspace: Workspace, folder: Path) -> None:
    """Refuse to write into a folder that a link takes elsewhere. Raises CannotWrite."""
    Inside(workspace).refuse_outside(folder)


class Inside:
    """Tells what lies in a workspace. Where a folder leads is asked once, so it serves one command alone."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._bounds = workspace, bounds(workspace)
        self._known: dict[Path, bool] = {}

    def holds(self, path: Path) -> bool:
        """Whether a file or folder lies in the workspace, all links followed.

        Raises:
            OSError: the operating system refuses.
        """
        if path not in self._known:
            plain = not path.is_symlink() and ".." not in path.parts and path.parent != path
            follows = path not in self._bounds and plain
            self._known[path] = self.holds(path.parent) if follows else lies_within(path, self._bounds)
        return self._known[path]

    def place(self, path: str) -> Path:
        """Return where a file lies whose path the register holds."""
        return self._workspace.root / path

    def read(self, path: Path) -> bytes:
        """Return the bytes of a file of the workspace. Raises OSError, as `read_regular` says."""
        return read_regular(path) if self.holds(path) else read_regular(path, within=self._bounds)

    def refuse_outside(self, folder: Path) -> None:
        """Refuse to write into a folder that a link takes elsewhere. Raises CannotWrite."""
        if not self.holds(folder):
            raise CannotWrite(self._workspace.shown(folder), "是通向工作区之外的链接")
