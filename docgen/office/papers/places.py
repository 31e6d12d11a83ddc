"""Where an office's own prints may be written: not among documents on record, data sheets or templates."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from docgen.files import lies_within
from docgen.workspace import Workspace


def reason_against(
    workspace: Workspace, path: Path, *, own: Sequence[Path] = (), recorded: Iterable[str] = ()
) -> str:
    """Return why a file is not to be written at a path; empty when it may be.

    Args:
        workspace: where.
        path: of the file.
        own: folders below `out` that are for such files.
        recorded: paths of files on record, below the workspace; their folders are taken.
    """
    folder = Path(os.path.realpath(path.parent))
    if lies_within(folder, (workspace.data,)):
        return "这个文件夹只放数据表"
    if lies_within(folder, (workspace.docx_templates.parent,)):
        return "这个文件夹只放模板"
    folders = (os.path.realpath((workspace.root / each).parent) for each in recorded)
    among = lies_within(folder, (workspace.out,)) and not lies_within(folder, own)
    if among or str(folder) in folders:
        return "这个文件夹只放登记过的公文"
    return "同名的是一个不通向文件的链接" if path.is_symlink() and not path.is_file() else ""
