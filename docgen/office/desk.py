"""What every service of the office needs at hand: the workspace, its register, who acts, the day, the clock."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.dataclass import dataclass
from docgen.errors import NOT_VERIFIED, Advice, DocgenError
from docgen.workspace import CONFIG, Workspace

if TYPE_CHECKING:
    from docgen.register.store import Register
    from docgen.register.upgrading import Upgraded
    from docgen.register.witness import Place

__all__ = [
    "Desk",
    "People",
    "RecordGone",
    "Workspace",
    "has_signed",
    "is_in_workspace",
    "record_gone",
    "register_of",
    "workspace_at",
]


class RecordGone(DocgenError):
    """Documents are there, but nothing at all is on record: the register was removed or is another, empty one."""

    code = "verify-record-gone"
    exit_code = NOT_VERIFIED
    says = "{out} 里有公文，登记库里却没有任何登记：登记库被删除、移走，或换成了空的"
    advises = "请从备份恢复登记库，再运行 docgen verify；恢复以前不要登记新的内容。"

    out: str


@dataclass(frozen=True)
class People:
    """Who acts and who records: on paper one person acts, another types it in.

    Args:
        actor: a name or login; the recorder's where nobody was named.
        recorder: the account that types it in.
        said: whether somebody was named.
    """

    actor: str
    recorder: str
    said: bool = True


@dataclass(frozen=True)
class Desk:
    """One call's view of the office; services are functions on it.

    Args:
        workspace: where.
        register: the workspace's register.
        people: who acts and who records.
        today: the date of documents and rules.
        now: gives the time of entries in the register.
    """

    workspace: Workspace
    register: Register
    people: People
    today: date
    now: Callable[[], datetime]

    @classmethod
    def at(
        cls,
        workspace: Workspace,
        people: People,
        today: date,
        now: Callable[[], datetime],
        tell: Callable[[Upgraded | Advice], None] = lambda _: None,
    ) -> Desk:
        """Return the desk of a workspace with the register its settings name; `tell` as in `register_of`."""
        return cls(workspace, register_of(workspace, people.recorder, now, tell), people, today, now)


def workspace_at(folder: Path) -> Workspace:
    """Open the nearest workspace from a folder upward; see `Workspace.find`."""
    return Workspace.find(folder)


def is_in_workspace(folder: Path) -> bool:
    """Whether a folder is a workspace or lies in one: it, or one above it, has a docgen.toml."""
    start = folder.absolute()
    return any((each / CONFIG).is_file() for each in (start, *start.parents))


def register_of(
    workspace: Workspace,
    recorder: str,
    now: Callable[[], datetime],
    tell: Callable[[Upgraded | Advice], None],
) -> Register:
    """Return the register of a workspace: its SQLite file, or the database its settings name.

    Args:
        workspace: whose.
        recorder: who types entries in.
        now: gives the time of recording.
        tell: is told when a register of an earlier version has been upgraded, and what is amiss with its witnesses.
    """
    from docgen.register.backup import FOLDER
    from docgen.register.binding import Home
    from docgen.register.databases import without_password
    from docgen.register.store import Around, Register

    url = workspace.settings.register_at.url
    path = workspace.register_path
    place, shown = (url, without_password(url)) if url else (path, workspace.shown(path))

    def may_found() -> None:
        """Refuse to begin a register anew beside documents that were signed: numbers would be given twice."""
        if has_signed(workspace):
            raise RecordGone(workspace.shown(workspace.out))

    around = Around(
        may_found,
        tell=tell,
        say=tell,
        witnesses=_witnesses(workspace),
        backups=workspace.root / FOLDER,
        home=Home(workspace.root, lambda: os.urandom(8).hex(), is_shared=bool(url)),
    )
    return Register(place, shown, recorder, now, around)


def record_gone(workspace: Workspace) -> RecordGone | None:
    """Return that a workspace has signed documents and no register; a server's is known to be there or not when asked.

    A command that reads the register says so itself. This is for those that do not.
    """
    is_there = bool(workspace.settings.register_at.url) or workspace.register_path.exists()
    return None if is_there or not has_signed(workspace) else RecordGone(workspace.shown(workspace.out))


def has_signed(workspace: Workspace) -> bool:
    """Whether documents lie in a workspace that were signed and so have numbers."""
    from docgen.register.record import FileRole

    return any(workspace.out.glob(f"*/*/*/{FileRole.SUBMITTED}.docx"))


def _witnesses(workspace: Workspace) -> tuple[Place, ...]:
    """Return where the register's head is witnessed; in a folder that others may share, by the workspace's name."""
    from docgen.register.witness import NAME, Place

    beside, *elsewhere = workspace.witness_folders
    paths = (beside / NAME, *(each / f"{workspace.root.name}-{NAME}" for each in elsewhere))
    return tuple(Place(each, workspace.shown(each), each != paths[0]) for each in paths)
