"""Files written whole or not at all: several are staged beside their places, then all put there.

A staged file is complete and on the disk before any place is touched, so that a full disk or a killed process
leaves what was there before. When one of several cannot be put in its place, those already there are taken back.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import ClassVar, Final

from docgen.errors import OUTSIDE_FAILED, DocgenError

_REASONS: Final = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "磁盘是只读的",
    errno.EACCES: "没有权限，或文件正被其他程序打开",
    errno.EPERM: "没有权限，或文件正被其他程序打开",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EEXIST: "路径中有一段是文件，不是文件夹",
    errno.ENOENT: "路径不存在",
    errno.EXDEV: "不在同一个磁盘上",
    errno.EBUSY: "文件正被其他程序使用",
    errno.EIO: "磁盘读写出错",
    errno.EISDIR: "同名的文件夹已存在",
}


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
    return CannotWrite(str(path), reason_of(fault))


def reason_of(fault: OSError) -> str:
    """Return in Chinese why the operating system refuses."""
    code = fault.errno or 0
    return _REASONS.get(code) or f"系统拒绝（{errno.errorcode.get(code, code)}）"


class Staging:
    """Files on their way: `add` writes each beside its place, `staged` puts all of them there at the end."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Path, Path]] = []
        self._replaced: list[tuple[Path, Path | None]] = []

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
        """Put every staged file in its place; when one cannot be, take back those before it.

        Raises:
            CannotWrite: the operating system refuses.
        """
        for temporary, path in self._waiting:
            try:
                self._put(temporary, path)
            except OSError as fault:
                self._take_back()
                raise cannot_write(path, fault) from fault

    def _put(self, temporary: Path, path: Path) -> None:
        former = _second_name(path, temporary.with_suffix(".old")) if len(self._waiting) > 1 else None
        with suppress(OSError):  # file systems that know no modes
            temporary.chmod(_usual_mode())
        temporary.replace(path)
        self._replaced.append((path, former))

    def _take_back(self) -> None:
        for path, former in reversed(self._replaced):
            with suppress(OSError):
                if former:
                    former.replace(path)
                else:
                    path.unlink()
        self._replaced.clear()

    def drop(self) -> None:
        """Remove everything that lies beside the places."""
        for temporary, _ in self._waiting:
            temporary.unlink(missing_ok=True)
            temporary.with_suffix(".old").unlink(missing_ok=True)
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


ASIDE: Final = "留存"
"""The folder, beside a file, to which it is moved before another takes its place."""


def set_aside(path: Path) -> Path:
    """Move a file into the folder `ASIDE` beside it, under a name not yet taken there, and return where it is now.

    Raises:
        CannotWrite: the operating system refuses.
    """
    folder = path.parent / ASIDE
    try:
        folder.mkdir(exist_ok=True)
        place = _free_name(path, folder)
        try:
            path.replace(place)
        except OSError:
            place.unlink()
            raise
    except OSError as fault:
        raise cannot_write(folder, fault) from fault
    return place


def _free_name(path: Path, folder: Path) -> Path:
    """Take a name in a folder by an empty file, so that nobody else takes it meanwhile."""
    for number in count(1):
        place = folder / f"{path.stem}.{number}{path.suffix}"
        with suppress(FileExistsError):
            place.touch(exist_ok=False)
            return place
    raise AssertionError  # the count has no end


def _second_name(path: Path, other: Path) -> Path | None:
    """Keep what is at a path under another name too, as a copy where there are no links; None when there is nothing."""
    if not path.exists():
        return None
    try:
        os.link(path, other)
    except OSError:
        shutil.copy2(path, other)
    return other


def _usual_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
