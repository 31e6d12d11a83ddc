"""Where the register of a workspace is: its SQLite file, or the database its settings name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from docgen.register.engines import without_password
from docgen.register.store import Register
from docgen.workspace import Workspace


def register_of(workspace: Workspace, recorder: str, now: Callable[[], datetime]) -> Register:
    """Return the register of a workspace.

    Args:
        workspace: whose.
        recorder: who types entries in.
        now: gives the time of recording.
    """
    url = workspace.settings.register_at.url
    if url:
        return Register(url, without_password(url), recorder, now)
    path = workspace.register_path
    return Register(path, workspace.shown(path), recorder, now)
