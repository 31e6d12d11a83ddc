"""Where the register of a workspace is: its SQLite file, or the database its settings name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from docgen.errors import NOT_VERIFIED, DocgenError
from docgen.register.backup import FOLDER
from docgen.register.engines import without_password
from docgen.register.store import Around, Register
from docgen.register.upgrading import Upgraded
from docgen.workspace import Workspace


class RecordGone(DocgenError):
    """Documents are there, but nothing at all is on record: the register was removed or is another, empty one."""

    code = "verify-record-gone"
    exit_code = NOT_VERIFIED
    says = "{out} 里有公文，登记库里却没有任何登记：登记库被删除、移走，或换成了空的"
    advises = "请从备份恢复登记库，再运行 docgen verify；恢复以前不要登记新的内容。"

    out: str


def register_of(
    workspace: Workspace,
    recorder: str,
    now: Callable[[], datetime],
    tell: Callable[[Upgraded], None] = lambda _: None,
) -> Register:
    """Return the register of a workspace.

    Args:
        workspace: whose.
        recorder: who types entries in.
        now: gives the time of recording.
        tell: is told when a register of an earlier version has been upgraded.
    """
    url = workspace.settings.register_at.url
    path = workspace.register_path
    place, shown = (url, without_password(url)) if url else (path, workspace.shown(path))

    def may_found() -> None:
        """Refuse to begin a register anew beside documents that were signed: numbers would be given twice."""
        if any(workspace.out.glob("*/*/*/送签稿.docx")):
            raise RecordGone(workspace.shown(workspace.out))

    return Register(place, shown, recorder, now, Around(may_found, tell, workspace.root / FOLDER))
