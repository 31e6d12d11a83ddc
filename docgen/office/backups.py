"""A whole copy of a workspace while others work: register, documents, sheets, templates, settings.

What changes least is copied first, while others go on. Then, under the register's lock, so that nobody records a step
or puts a file in its place, the register is copied together with what has changed since. The copy is read again and
verified as a workspace of its own before it gets its name; a folder without its list (`LIST`) is no backup.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from docgen import __version__
from docgen.dataclass import dataclass
from docgen.errors import NOT_VERIFIED, OUTSIDE_FAILED, WRONG_USE, Advice, DocgenError, Problems
from docgen.files import Staging, StrangeFile, cannot_write, lies_within, on_one_line, reason_of
from docgen.office.desk import Desk
from docgen.office.round.store import FOLDER as ROUNDS
from docgen.office.snapshots import FOLDER as SNAPSHOTS
from docgen.office.verification import Verified, verify_copy
from docgen.register.binding import NAME as ID_NAME
from docgen.register.copies import JSON_NAME, copy_to, opened
from docgen.register.databases import is_frozen
from docgen.register.witness import NAME as WITNESS_NAME
from docgen.rooms import UNFINISHED
from docgen.workspace import BAGS, CONFIG, OWN_SHEETS, Workspace

LIST: Final = "备份清单.json"
"""What a backup holds: written last."""
INSIDE: Final = "工作区"
"""The folder of a backup that holds the workspace."""
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)
"""What is refused for the copy alone, and for every file after the first."""
_LOCKS: Final = ("~$", ".~")
_OF_DATABASE: Final = ("", "-wal", "-shm", "-journal")
"""What the names of SQLite's files of a register end with; the register is copied by SQLite."""
_STRANGE: Final = (
    (stat.S_ISDIR, "是通向文件夹的链接"),
    (stat.S_ISFIFO, "是管道"),
    (stat.S_ISSOCK, "是套接字"),
    (stat.S_ISCHR, "是设备"),
    (stat.S_ISBLK, "是设备"),
)
_BLOCK: Final = 2**20


class BackupThere(DocgenError):
    """A backup was to be written where something is already."""

    code = "backup-place-taken"
    exit_code = WRONG_USE
    says = "{path} 已经存在，备份不覆盖任何东西"
    advises = "请用 --to 写一个还没有的文件夹名，例如带上日期。"

    path: str


class BackupWithin(DocgenError):
    """A backup was to be written into a folder that it copies."""

    code = "backup-within"
    exit_code = WRONG_USE
    says = "备份不能放在要备份的文件夹里：{path}"
    advises = "请放到工作区以外，最好是另一台电脑或移动硬盘。"

    path: str


class FolderElsewhere(DocgenError):
    """A folder of the workspace lies outside it, so that a copy of the workspace would not be whole."""

    code = "backup-folder-elsewhere"
    exit_code = OUTSIDE_FAILED
    says = "{path} 不在工作区文件夹里，备份不完整，没有做"
    advises = "请把它移到工作区里，并在 docgen.toml 的 [folders] 中改正。"

    path: str


class NotCopied(DocgenError):
    """A file cannot be read, so that the copy would not be whole."""

    code = "backup-not-copied"
    exit_code = OUTSIDE_FAILED
    says = "{path} 没有备份成：{reason}"
    advises = "没有留下备份。请处理后重试。"

    path: str
    reason: str


class CopyDiffers(DocgenError):
    """A file of a backup is not what was written, or is missing, or is not on its list."""

    code = "backup-damaged"
    exit_code = NOT_VERIFIED
    says = "备份中的 {path} {how}"
    advises = "这份备份不能用，请换一份。"

    path: str
    how: str


@dataclass(frozen=True)
class Backup:
    """A backup that was written and verified.

    Args:
        folder: where.
        files: how many it holds, with the register and without the list.
        size: bytes of these files.
        verified: what verifying the copy found: of the record itself, since the files are as they were read.
        left_out: names in the workspace's folder that were not copied.
    """

    folder: Path
    files: int
    size: int
    verified: Verified
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class _Copied:
    """A file as it was copied; `mark` tells whether it has changed since."""

    sha256: str
    size: int
    mark: tuple[int, int, int]


def backup(desk: Desk, to: Path, *, bags: bool = True) -> Backup:
    """Copy a workspace.

    Args:
        desk: of the workspace.
        to: a folder that is not there yet.
        bags: whether the archive's bags are copied too.

    Raises:
        BackupThere, BackupWithin, FolderElsewhere: it cannot be written there, or not as a whole.
        Problems: files that cannot be read (NotCopied), or that differ when they are read again (CopyDiffers).
        CannotWrite: the operating system refuses.
    """
    to = Path(os.path.normpath(to.absolute()))
    sources = _sources(desk.workspace, bags=bags)
    _refuse(desk.workspace, sources, to)
    staging = Staging()
    try:
        made = staging.reserve(to)
        copy = _Copy(desk.workspace, sources, made)
        copy.take()
        register = _with_register(desk, copy)
        found = _verified(copy, register)
        listed = _listed(copy, register)
        left = tuple(_left_out(desk.workspace, sources))
        _write_list(copy, register, listed, found, desk.now())
        made.rename(to)
    except OSError as fault:
        raise cannot_write(to, fault) from fault
    finally:
        staging.drop()
    return Backup(to, len(listed), sum(each["size"] for each in listed), found, left)


def _sources(workspace: Workspace, *, bags: bool) -> tuple[Path, ...]:
    """Return the folders and files that are copied as they lie."""
    return (
        workspace.root / CONFIG,
        workspace.data,
        workspace.docx_templates.parent,
        workspace.kinds,
        workspace.root / OWN_SHEETS,
        workspace.root / SNAPSHOTS,
        workspace.root / ROUNDS,
        workspace.out,
        workspace.witness_folders[0] / WITNESS_NAME,
        workspace.root / ID_NAME,
        *((workspace.root / BAGS,) if bags else ()),
    )


def _left_out(workspace: Workspace, sources: tuple[Path, ...]) -> Iterator[str]:
    """Yield what lies in the workspace's folder and is not copied, hidden files and those of programs at work apart."""
    taken = {Path(os.path.normpath(each)).relative_to(workspace.root).parts[0] for each in sources}
    register = Path(os.path.normpath(workspace.register_path)).relative_to(workspace.root).parts[0]
    for each in sorted(workspace.root.iterdir()):
        is_register = each.name.startswith(register) and not workspace.settings.register_at.url
        if each.name not in taken and not is_register and not each.name.startswith((".", *_LOCKS)):
            yield on_one_line(each.name)


def _refuse(workspace: Workspace, sources: tuple[Path, ...], to: Path) -> None:
    if os.path.lexists(to):
        raise BackupThere(on_one_line(to))
    if lies_within(to, [each for each in sources if each.is_dir()]):
        raise BackupWithin(on_one_line(to))
    for each in (*sources, workspace.register_path):
        if not Path(os.path.normpath(each)).is_relative_to(workspace.root):
            raise FolderElsewhere(on_one_line(each))


@dataclass
class _Copy:
    """The copy of a workspace's files, brought up to date by each `take`.

    Args:
        workspace: that is copied.
        sources: its folders and files.
        made: the folder of the backup, which is made.
        files: what was copied, by the path below the workspace.
    """

    workspace: Workspace
    sources: tuple[Path, ...]
    made: Path
    files: dict[str, _Copied] = field(default_factory=dict)

    @property
    def inside(self) -> Path:
        """Return the folder of the copied workspace."""
        return self.made / INSIDE

    def take(self) -> None:
        """Copy what is new or has changed, and take away what is gone.

        Raises:
            Problems: files that cannot be read.
            OSError: there is no room for the copy.
        """
        for each in filter(Path.is_dir, self.sources):
            (self.inside / each.relative_to(self.workspace.root)).mkdir(parents=True, exist_ok=True)
        there = {each.relative_to(self.workspace.root).as_posix(): each for each in self._lying()}
        faults: list[DocgenError] = []
        for name, path in there.items():
            try:
                self._copy(name, path)
            except FileNotFoundError:  # closed or moved meanwhile
                there = {other: each for other, each in there.items() if other != name}
            except OSError as fault:
                if fault.errno in _NO_ROOM:
                    raise
                faults.append(NotCopied(on_one_line(name), reason_of(fault)))
        Problems.raise_any(faults)
        for name in set(self.files) - set(there):
            del self.files[name]
            (self.inside / name).unlink()

    def _copy(self, name: str, path: Path) -> None:
        found = path.stat()
        mark = (found.st_size, found.st_mtime_ns, found.st_ino)
        if not stat.S_ISREG(found.st_mode):
            words = (words for is_such, words in _STRANGE if is_such(found.st_mode))
            raise StrangeFile(errno.ENXIO, f"{next(words, '不是普通文件')}，不能备份", str(path))
        if name in self.files and self.files[name].mark == mark:
            return
        target = self.inside / name
        target.parent.mkdir(parents=True, exist_ok=True)
        self.files[name] = _Copied(*copied(path, target), mark)

    def _lying(self) -> Iterator[Path]:
        refused: list[OSError] = []
        apart = self._of_database()
        for source in self.sources:
            if not source.is_dir():
                yield from (source,) if source.exists() else ()
                continue
            for base, folders, files in os.walk(source, onerror=refused.append):
                folders[:] = [each for each in folders if not each.startswith(UNFINISHED)]
                links = [each for each in folders if Path(base, each).is_symlink()]
                names = (each for each in (*files, *links) if not each.startswith(_LOCKS))
                paths = (Path(base, each) for each in names)
                yield from (each for each in paths if os.path.normpath(each) not in apart)
        Problems.raise_any(NotCopied(on_one_line(each.filename), reason_of(each)) for each in refused)

    def _of_database(self) -> set[str]:
        """Return the paths of the register's own files; none when it lies in a database."""
        if self.workspace.settings.register_at.url:
            return set()
        return {os.path.normpath(f"{self.workspace.register_path}{each}") for each in _OF_DATABASE}


def copied(source: Path, target: Path) -> tuple[str, int]:
    """Copy a file to a place that it has not been copied to yet or is copied to again; return its SHA-256 and size."""
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as reading, target.open("wb") as writing:
        while block := reading.read(_BLOCK):
            digest.update(block)
            writing.write(block)
            size += len(block)
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest(), size


def _with_register(desk: Desk, copy: _Copy) -> str:
    """Copy the register, and the files as they are with it; return its path below the backup, empty for none."""
    with desk.register.reading(though_gone=True) as books:
        if books.last_entry() is None:
            copy.take()
            return ""
    place = desk.register.place
    name = desk.workspace.register_path.relative_to(desk.workspace.root) if isinstance(place, Path) else None
    register = Path(INSIDE) / name if name else Path(JSON_NAME)
    frozen = isinstance(place, Path) and is_frozen(place)  # nobody can write there who could be kept out
    with desk.register.reading() if frozen else desk.register.writing(unwitnessed=True) as books:
        copy.take()
        (copy.made / register).parent.mkdir(parents=True, exist_ok=True)
        copy_to(copy.made / register, place, books.connection)
    return register.as_posix()


def _verified(copy: _Copy, register: str) -> Verified:
    """Read the copy again, and verify it as a workspace. Raises Problems."""
    Problems.raise_any(differing(copy.inside, {name: each.sha256 for name, each in copy.files.items()}))
    workspace = Workspace(copy.inside, copy.workspace.settings)
    if not register:
        return Verified((), (Advice("backup-no-register", "还没有登记，备份里没有登记库"),), 0, 0, (0, ""))
    with opened(copy.made / register) as connection:
        return verify_copy(workspace, connection)


def differing(folder: Path, listed: Mapping[str, str]) -> Iterator[DocgenError]:
    """Yield the files below a folder that do not have the listed digests."""
    for name, digest in listed.items():
        try:
            found = digest_of(folder / name)
        except OSError as fault:
            gone = isinstance(fault, FileNotFoundError)
            yield CopyDiffers(on_one_line(name), "不见了" if gone else f"读不出来：{reason_of(fault)}")
            continue
        if found != digest:
            yield CopyDiffers(on_one_line(name), "与写入时的摘要不符")


def digest_of(path: Path) -> str:
    """Return a file's SHA-256. Raises OSError, StrangeFile for what is no regular file."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise StrangeFile(errno.ENXIO, "不是普通文件", str(path))
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _listed(copy: _Copy, register: str) -> list[dict[str, Any]]:
    """Return what the list says of each file."""
    files: list[dict[str, Any]] = [
        {"path": f"{INSIDE}/{name}", "sha256": each.sha256, "size": each.size}
        for name, each in sorted(copy.files.items())
    ]
    if register:
        path = copy.made / register
        files.append({"path": register, "sha256": digest_of(path), "size": path.stat().st_size})
    return files


def _write_list(
    copy: _Copy, register: str, listed: list[dict[str, Any]], found: Verified, at: datetime
) -> None:
    said: dict[str, Any] = {
        "docgen": __version__,
        "made": at.isoformat(timespec="seconds"),
        "workspace": copy.workspace.root.name,
        "register": register,
        "entries": found.head[0],
        "head": found.head[1],
        "problems": sorted({each.code for each in found.faults}),
        "files": listed,
    }
    with (copy.made / LIST).open("x", encoding="utf-8", errors="backslashreplace") as file:  # as JSON escapes
        file.write(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    for folder in (copy.made, copy.inside):
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)
