"""Files written whole or not at all: several are staged beside their places, then all put there.

A staged file is complete and on the disk before any place is touched, so that a full disk or a killed process
leaves what was there before. When one of several cannot be put in its place, those already there are taken back.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from docgen.durable import BINARY, sync, synced
from docgen.errors import OUTSIDE_FAILED, DocgenError

if TYPE_CHECKING:
    from docgen.rooms import Room

_REASONS: Final = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "磁盘是只读的",
    errno.EACCES: "没有权限，或文件正被其他程序打开",
    errno.EPERM: "没有权限，或文件正被其他程序打开",
    errno.ENAMETOOLONG: "文件名或路径太长",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EEXIST: "路径中有一段是文件，不是文件夹",
    errno.ENOENT: "路径不存在",
    errno.EXDEV: "不在同一个磁盘上",
    errno.EBUSY: "文件正被其他程序使用",
    errno.EIO: "磁盘读写出错",
    errno.EISDIR: "同名的文件夹已存在",
    errno.ELOOP: "符号链接绕成了圈",
    errno.ENXIO: "不是普通文件",
}

_AT_HAND: Final = getattr(os, "O_NONBLOCK", 0)  # not on Windows; no waiting for a pipe's writer
_BLOCK: Final = 2**20
_MANY: Final = 64  # files from which on they are brought to the disk together


class CannotWrite(DocgenError):
    """The operating system refuses to write a file."""

    code = "write-failed"
    exit_code = OUTSIDE_FAILED
    says = "写不进 {path}：{reason}"
    advises = "请处理后重试；原有文件没有改动。"

    path: str
    reason: str


def cannot_write(path: Path, fault: OSError) -> CannotWrite:
    """Return an operating system's refusal as a fault in Chinese."""
    return CannotWrite(str(path), reason_of(fault))


def reason_of(fault: OSError) -> str:
    """Return in Chinese why the operating system refuses."""
    if isinstance(fault, StrangeFile):
        return str(fault.strerror)
    code = fault.errno or 0
    return _REASONS.get(code) or f"系统拒绝（{errno.errorcode.get(code, code)}）"


class StrangeFile(OSError):
    """What lies at a path is not read: a pipe, a device, too much, or elsewhere; `strerror` says it in Chinese."""


MOST_BYTES: Final = 200 * 2**20


def read_regular(path: Path, most: int = MOST_BYTES, *, within: Sequence[Path] = ()) -> bytes:
    """Return the bytes of a regular file; never waits for a pipe, and never reads without end.

    Args:
        path: of the file.
        most: bytes that are read at all.
        within: folders of which one has to hold the file, wherever symbolic links lead; none for anywhere.

    Raises:
        StrangeFile: it is no regular file, too large, or lies elsewhere (ENXIO, EISDIR, EFBIG, EXDEV); or its name
            cannot be one (EILSEQ).
        OSError: the operating system refuses.
    """
    with _regular(path, within) as handle:
        expected = os.fstat(handle).st_size
        with open(handle, "rb", closefd=False) as file:
            data = file.read(min(expected, most) + 1)  # room is made for as much as is asked for
            data += file.read(most + 1 - len(data)) if len(data) > expected else b""
    if len(data) > most:
        shown = f"{most // 2**20} MB" if most >= 2**20 else f"{most // 2**10} KB"
        raise StrangeFile(errno.EFBIG, f"超过 {shown}", str(path))
    return data


def blocks_of(path: Path, *, within: Sequence[Path] = ()) -> Iterator[bytes]:
    """Yield the bytes of a regular file of any size in blocks, as `read_regular` reads a small one.

    Raises:
        OSError: as `read_regular` says.
    """
    with _regular(path, within) as handle:
        while block := os.read(handle, _BLOCK):
            yield block


@contextmanager
def _regular(path: Path, within: Sequence[Path]) -> Iterator[int]:
    """Open a regular file."""
    try:
        if within and not lies_within(path, within):
            raise StrangeFile(errno.EXDEV, "是通向工作区之外的链接", str(path))
        handle = os.open(path, os.O_RDONLY | _AT_HAND | BINARY)
    except ValueError as fault:  # a NUL in its name
        raise StrangeFile(errno.EILSEQ, "文件名里有不能用的字符", repr(path)) from fault
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            code = errno.EISDIR if stat.S_ISDIR(mode) else errno.ENXIO
            raise StrangeFile(code, "不是普通文件", str(path))
        yield handle
    finally:
        os.close(handle)


def lies_within(path: Path, folders: Iterable[Path]) -> bool:
    """Whether a path leads into one of some folders, all symbolic links followed; a loop of them leads nowhere."""
    real = Path(os.path.realpath(path))
    return any(real.is_relative_to(os.path.realpath(each)) for each in folders)


def on_one_line(path: Path | str) -> str:
    """Return a path as a message may show it: on one line, whatever characters the name has."""
    return "".join(
        each if each.isprintable() or each == "\u3000" else each.encode("unicode_escape").decode("ascii")
        for each in str(path)
    )


class Staging:
    """Files on their way: `add` writes each beside its place, `settle` puts all of them there at the end.

    Many are brought to the disk at once, which a file system does ten times faster than one after the other.
    """

    def __init__(self) -> None:
        self._rooms: dict[Path, Room] = {}
        self._waiting: list[OnItsWay] = []
        self._secured = 0
        self._replaced: list[tuple[Path, Path | None]] = []

    def add(self, path: Path, data: bytes) -> None:
        """Write a file's bytes beside its place; folders are made as needed.

        Raises:
            CannotWrite: the operating system refuses.
        """
        try:
            temporary = self._room(path.parent).place()
            self._waiting.append((temporary, path))
            _write(temporary, data)
        except OSError as fault:
            raise cannot_write(path, fault) from fault

    def copy(self, path: Path, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Write what is read in blocks beside a file's place, and yield each block when it is written.

        Raises:
            CannotWrite: the operating system refuses.
            OSError: the blocks cannot be read.
        """
        try:
            temporary = self._room(path.parent).place()
            self._waiting.append((temporary, path))
            handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | BINARY, 0o666)
        except OSError as fault:
            raise cannot_write(path, fault) from fault
        with os.fdopen(handle, "wb") as file:
            for block in blocks:
                try:
                    file.write(block)
                    file.flush()
                except OSError as fault:
                    raise cannot_write(path, fault) from fault
                yield block

    def reserve(self, path: Path) -> Path:
        """Return where a file may be written beside its place by somebody else, who then is to `take_over` it.

        Raises:
            CannotWrite: the operating system refuses.
        """
        try:
            return self._room(path.parent).place()
        except OSError as fault:
            raise cannot_write(path, fault) from fault

    def hand_over(self) -> list[OnItsWay]:
        """Bring what was added to the disk, and return it for another process to `take_over` and settle.

        The files stay beside their places until they are settled, or until this staging drops what it has written.

        Raises:
            CannotWrite: the operating system refuses.
        """
        self._secure()
        handed, self._waiting, self._secured = self._waiting, [], 0
        return handed

    def take_over(self, handed: Iterable[OnItsWay]) -> None:
        """Take files that another staging has handed over, before anything is added."""
        self._waiting[:0] = took = list(handed)
        self._secured += len(took)

    def settle(self) -> None:
        """Put every staged file in its place; when one cannot be, take back those before it.

        Raises:
            CannotWrite: the operating system refuses.
        """
        self._secure()
        for temporary, path in self._waiting:
            try:
                self._put(temporary, path)
            except BaseException as fault:
                self._take_back()
                if isinstance(fault, OSError):
                    raise cannot_write(path, fault) from fault
                raise
        folders = dict.fromkeys(path.parent for _, path in self._waiting)
        if len(folders) < _MANY or not folders.keys() <= self._rooms.keys() or not self._is_on_disk():
            for folder in folders:
                sync(folder, os.O_RDONLY)  # some systems refuse it for folders, and need it not

    def drop(self) -> None:
        """Remove everything that lies beside the places."""
        settled = len(self._replaced) == len(self._waiting)
        left = [former for _, former in self._replaced if former]
        if not settled:
            left = [each for way, _ in self._waiting for each in (way, way.with_suffix(".old"))]
        for each in left:
            with suppress(OSError):  # a disk that has become read-only; that it has is said already
                each.unlink(missing_ok=True)
        self._waiting.clear()
        self._replaced.clear()
        self._secured = 0
        for room in dict.fromkeys(self._rooms.values()):
            room.leave()
        self._rooms.clear()

    def _room(self, folder: Path) -> Room:
        """Return the room for files on their way into a folder: in it, or beside it where it is made for them."""
        if folder not in self._rooms:
            from docgen.rooms import Room, sweep

            is_new = not folder.is_dir()
            folder.mkdir(parents=True, exist_ok=True)
            if not is_new and not any(folder.iterdir()):
                sweep(folder.parent)  # of a process that was killed when it had made the folder
            self._rooms[folder] = self._room(folder.parent) if is_new else Room(folder)
        return self._rooms[folder]

    def _secure(self) -> None:
        """Bring every file to the disk."""
        waiting = self._waiting[self._secured :]
        together = len(waiting) >= _MANY and self._is_on_disk()
        ways = [] if together else waiting
        for (_, path), refusal in zip(ways, synced([way for way, _ in ways]), strict=True):
            if refusal:
                raise cannot_write(path, refusal) from refusal
        self._secured = len(self._waiting)

    def _is_on_disk(self) -> bool:
        """Bring all to the disk by one call for each file system, asked of the room that was there before all files."""
        first: dict[int | None, Room] = {}
        for room in self._rooms.values():
            first.setdefault(room.file_system, room)
        return all(room.is_on_disk() for room in first.values())

    def _put(self, temporary: Path, path: Path) -> None:
        former = _second_name(path, temporary.with_suffix(".old")) if len(self._waiting) > 1 else None
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


OnItsWay: TypeAlias = tuple[Path, Path]
"""Where a file lies now, and its place."""


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | BINARY, 0o666)
    try:
        written = os.write(handle, data)
        while written < len(data):  # two gigabytes at a time, and less where the disk is nearly full
            written += os.write(handle, memoryview(data)[written:])
    finally:
        os.close(handle)


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
    """Move a file or folder into the folder `ASIDE` beside it, under a name not yet taken; return where it is now.

    Raises:
        CannotWrite: the operating system refuses.
    """
    folder = path.parent / ASIDE
    try:
        folder.mkdir(exist_ok=True)
        place = _free_name(path, folder)
        try:
            if place.is_dir():
                place.rmdir()  # no folder replaces another on Windows
            path.replace(place)
        except OSError:
            place.unlink(missing_ok=True)
            raise
    except OSError as fault:
        raise cannot_write(folder, fault) from fault
    return place


def _free_name(path: Path, folder: Path) -> Path:
    """Take a name in a folder by an empty file or folder, so that nobody else takes it meanwhile."""
    is_folder = path.is_dir() and not path.is_symlink()
    for number in count(1):
        place = folder / f"{path.stem}.{number}{path.suffix}"
        with suppress(FileExistsError):
            place.mkdir() if is_folder else place.touch(exist_ok=False)
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
