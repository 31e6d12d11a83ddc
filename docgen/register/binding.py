"""To which workspace a register belongs: an id in the workspace, and in the record.

The id lies in a file at the top of the workspace, so that it goes wherever the workspace goes. The entry that founds,
upgrades or adopts the register says it; the last one counts. The file has two lines: the id, and in which folder it
was written. By the second one a copy is told from a workspace that was moved: where a copy is, the other one still is.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from docgen.dataclass import dataclass
from docgen.files import on_one_line, read_regular, reason_of, write_whole
from docgen.register.databases import Connection
from docgen.register.faults import RegisterOfAnother, RegisterShared, WorkspaceIdUnreadable
from docgen.register.life import WITNESS
from docgen.register.record import FOUNDED, UPGRADED
from docgen.register.schema import ENTRY
from docgen.register.tables import places

NAME: Final = "工作区编号.txt"
"""The file with the id, at the top of a workspace."""
BINDING: Final = frozenset({FOUNDED, UPGRADED, WITNESS.name})
"""The steps whose entries may say to which workspace the register belongs."""
_ID: Final = re.compile("[0-9a-f]{16}")


def bound_to(connection: Connection) -> str:
    """Return the id of the workspace that a register belongs to; empty while nothing was said of it."""
    steps = sorted(BINDING)
    wanted = ENTRY.reading("body", where=f"step IN {places(steps)}", order="seq DESC")
    for (body,) in connection.whatever(wanted, steps):
        with suppress(ValueError, TypeError, AttributeError):  # `verify` says which entry is not as it was
            if found := json.loads(body).get("workspace"):
                return on_one_line(str(found))
    return ""


@dataclass(frozen=True)
class Home:
    """The workspace of a register.

    Args:
        root: its folder.
        new: gives an id that no other workspace has: 16 hexadecimal digits.
        is_shared: whether a copy of the workspace leads to the same register, since it lies in a database.
    """

    root: Path
    new: Callable[[], str]
    is_shared: bool

    def refuse_another(self, connection: Connection, shown: str) -> None:
        """Refuse a register that belongs to another workspace, or to that of which this one is a copy.

        Args:
            connection: to the register.
            shown: the register as messages write it.

        Raises:
            RegisterOfAnother, RegisterShared: it does.
        """
        bound = bound_to(connection)
        if not bound:
            return
        own, how = self._read()
        if own != bound:
            raise RegisterOfAnother(shown, bound, NAME, how)
        original = self._original() if self.is_shared else None
        if original:
            raise RegisterShared(shown, on_one_line(original))

    def id(self) -> str:
        """Return the id, a new one where there is none yet.

        Raises:
            WorkspaceIdUnreadable: what lies there is none.
            CannotWrite: the operating system refuses.
        """
        if not os.path.lexists(self._path):
            self._write(self.new())
        own, how = self._read()
        if not own:
            raise WorkspaceIdUnreadable(NAME, how)
        return own

    def id_to_adopt(self) -> str:
        """Return the id with which a leader adopts a register: a new one for a copy, or where there is none.

        Raises:
            CannotWrite: the operating system refuses.
        """
        own, _ = self._read()
        if not own or self._original():
            self._write(self.new())
        return self._read()[0]

    def settle(self, root: Path) -> None:
        """Note that the workspace is to stand in a folder by itself, restored from a backup."""
        own, _ = self._read()
        if own:
            self._write(own, root)

    @property
    def _path(self) -> Path:
        return self.root / NAME

    def _read(self) -> tuple[str, str]:
        """Return the id, empty for none, and in Chinese how the file is."""
        try:
            lines = read_regular(self._path).decode("utf-8-sig", "replace").split()
        except OSError as fault:
            gone = isinstance(fault, FileNotFoundError)
            return "", "不在" if gone else f"读不出来（{reason_of(fault)}）"
        if not lines or not _ID.fullmatch(lines[0]):
            return "", "里面不是编号"
        return lines[0], f"写的是 {lines[0]}"

    def _original(self) -> Path | None:
        """Return the workspace of which this one is a copy; None when it is none."""
        with suppress(OSError, ValueError):
            _, _, said = self._path.read_text("utf-8-sig").partition("\n")
            other = Home(Path(said.strip()), self.new, self.is_shared)
            is_elsewhere = bool(said.strip()) and not other._path.samefile(self._path)  # its own class
            return other.root if is_elsewhere and other._read()[0] == self._read()[0] else None
        return None

    def _write(self, own: str, root: Path | None = None) -> None:
        write_whole(self._path, f"{own}\n{root or self.root}\n".encode("utf-8", "surrogateescape"))
