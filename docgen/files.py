"""Files written whole or not at all: several are staged beside their places, then all put there.

A staged file is complete and on the disk before any place is touched, so that a full disk or a killed process
leaves what was there before.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from docgen.errors import OUTSIDE_FAILED, DocgenError

_REASONS: Final = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "磁盘是只读的",
    errno.EACCES: "没有写入权限，或文件正被其他程序打开",
    errno.EPERM: "没有写入权限，或文件正被其他程序打开",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EISDIR: "同名的文件夹已存在",
}


@dataclass(eq=False)
class CannotWrite(DocgenError):
    """The operating system refuses to write a file."""

    code: ClassVar[str] = "write-failed"
    exit_code: ClassVar[int] = OUTSIDE_FAILED

    path: str
    reason: str

    @property
    def what(self) -> str:
        """Name the file and the reason."""
        return f"写不进 {self.path}：{self.reason}"

    @property
    def remedy(self) -> str:
        """Say what to look at."""
        return "请处理后重试；原有文件没有改动。"


def cannot_write(path: Path, fault: OSError) -> CannotWrite:
    """Return an operating system's refusal as a fault in Chinese."""
    return CannotWrite(str(path), _REASONS.get(fault.errno or 0, fault.strerror or str(fault)))


class Staging:
    """Files on their way: `add` writes each beside its place, `staged` puts all of them there at the end."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Path, Path]] = []

    def add(self, path: Path, data: bytes) -> None:
        """Write a file's bytes to the disk beside its place; folders are made as needed.

        Raises:
            CannotWrite: the operating system refuses.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".docgen-", suffix=".tmp")
            self._waiting.append((Path(name), path))
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as fault:
            raise cannot_write(path, fault) from fault

    def settle(self) -> None:
        """Put every staged file in its place. Raises CannotWrite when one cannot be replaced."""
        while self._waiting:
            temporary, path = self._waiting[0]
            try:
                temporary.chmod(_usual_mode())
                temporary.replace(path)
            except OSError as fault:
                raise cannot_write(path, fault) from fault
            self._waiting.pop(0)

    def drop(self) -> None:
        """Remove what is still staged."""
        for temporary, _ in self._waiting:
            temporary.unlink(missing_ok=True)
        self._waiting.clear()


@contextmanager
def staged() -> Iterator[Staging]:
    """Give a staging whose files are put in place when the block ends well, and dropped when it does not."""
    staging = Staging()
    try:
        yield staging
        staging.settle()
    finally:
        staging.drop()


def write_whole(path: Path, data: bytes) -> None:
    """Write one file whole or not at all. Raises CannotWrite."""
    with staged() as staging:
        staging.add(path, data)


def set_aside(path: Path, folder: Path) -> Path:
    """Move a file into a folder under a name not yet taken there, and return where it is now.

    Raises:
        CannotWrite: the operating system refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        number = 1
        while (place := folder / f"{path.stem}.{number}{path.suffix}").exists():
            number += 1
        path.rename(place)
    except OSError as fault:
        raise cannot_write(path, fault) from fault
    return place


def _usual_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
