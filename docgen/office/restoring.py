"""A workspace made again from a backup, in a place where nothing is yet; a damaged backup is refused as a whole."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import datetime
from pathlib import Path, PurePosixPath

from docgen.dataclass import dataclass
from docgen.errors import WRONG_USE, DocgenError, Problems
from docgen.files import Staging, cannot_write, on_one_line, read_regular, reason_of
from docgen.office.backups import INSIDE, LIST, CopyDiffers, copied, differing
from docgen.office.desk import Desk, People, workspace_at
from docgen.office.verification import Verified, verify, verify_copy
from docgen.register.copies import JSON_NAME, opened
from docgen.workspace import CONFIG, FolderNotEmpty, Workspace


class NoBackup(DocgenError):
    """A folder is no backup, or one whose writing was broken off."""

    code = "backup-unknown"
    exit_code = WRONG_USE
    says = "{path} 不是完整的备份：{reason}"
    advises = "请写 docgen backup 做成的文件夹；中断的备份没有清单，不能用。"

    path: str
    reason: str


class NoAddress(DocgenError):
    """The settings in a backup do not hold the database's address as it was to be replaced."""

    code = "restore-address"
    exit_code = WRONG_USE
    says = "备份里的登记库{kind}，--url 用不上"
    advises = "只有登记库在 PostgreSQL 上的备份可以用 --url 换一个空的库。"

    kind: str


@dataclass(frozen=True)
class Restored:
    """A workspace that was restored; `verified` is what verifying it found."""

    folder: Path
    files: int
    made: str
    verified: Verified


@dataclass(frozen=True)
class _Contents:
    """The list of a backup: path → digest of each file, the register's path, when it was made, what was wrong then.

    `head` is the last entry's number and digest.
    """

    made: str
    register: str
    problems: tuple[str, ...]
    head: tuple[int, str]
    files: Mapping[str, str] = field(default_factory=dict)


def restore(source: Path, to: Path, now: Callable[[], datetime], url: str = "") -> Restored:
    """Make a workspace from a backup.

    Args:
        source: the backup.
        to: a folder that is not there yet, or is empty.
        now: gives the time.
        url: of an empty database for a register that was in one; empty for the one that the settings name.

    Raises:
        FolderNotEmpty: there is something in the folder already.
        NoBackup, NoAddress: it is none, or holds no such register.
        Problems: what is damaged in it; nothing was made then.
        RegisterTaken: the database has a register already.
        CannotWrite: the operating system refuses.
    """
    source, to = (Path(os.path.normpath(each.absolute())) for each in (source, to))
    if os.path.lexists(to) and (not to.is_dir() or any(to.iterdir())):
        raise FolderNotEmpty(on_one_line(to))
    contents = _contents(source)
    if url and contents.register != JSON_NAME:
        raise NoAddress("是文件，不在数据库里" if contents.register else "是空的")
    Problems.raise_any((*differing(source, contents.files), *_unlisted(source, contents)))
    staging = Staging()
    try:
        made = staging.reserve(to)
        _copy(source, contents, made, url)
        _refuse_damaged(source, contents, made)
        if home := _desk_in(made, now).register.home:
            home.settle(to)
        _put(source, contents, made, to, now)
    except OSError as fault:
        raise cannot_write(to, fault) from fault
    finally:
        staging.drop()
    found = verify(_desk_in(to, now))
    return Restored(to, len(contents.files), contents.made, found)


def _contents(source: Path) -> _Contents:
    """Read the list of a backup. Raises NoBackup."""
    shown = on_one_line(source)
    try:
        said = json.loads(read_regular(source / LIST))
        files = {str(each["path"]): str(each["sha256"]) for each in said["files"]}
        made = datetime.fromisoformat(str(said["made"])).isoformat(timespec="seconds")
        head = int(said["entries"]), str(said["head"])
        contents = _Contents(made, str(said["register"]), tuple(said["problems"]), head, files)
    except FileNotFoundError as fault:
        raise NoBackup(shown, f"里面没有 {LIST}") from fault
    except OSError as fault:
        raise NoBackup(shown, f"{LIST} 读不出来（{reason_of(fault)}）") from fault
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise NoBackup(shown, f"{LIST} 被改动过，读不懂") from fault
    unsafe = [each for each in (*files, contents.register) if each and not _is_within(each)]
    if unsafe or (contents.register and contents.register not in files):
        raise NoBackup(shown, f"{LIST} 被改动过，读不懂")
    return contents


def _is_within(name: str) -> bool:
    """Whether a path of the list is one and stays in the backup."""
    try:
        os.fsencode(name)
    except UnicodeEncodeError:  # half a character
        return False
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and "\0" not in name


def _unlisted(source: Path, contents: _Contents) -> Iterator[DocgenError]:
    """Yield files in the copied workspace that are not on the list."""
    for base, _, names in os.walk(source / INSIDE):
        for each in names:
            name = (Path(base) / each).relative_to(source).as_posix()
            if name not in contents.files:
                yield CopyDiffers(on_one_line(name), "不在清单上，是另外放进去的")


def _copy(source: Path, contents: _Contents, made: Path, url: str) -> None:
    """Copy the files of the workspace, and compare what was written with the list. Raises Problems."""
    for base, _, _ in os.walk(source / INSIDE):
        (made / Path(base).relative_to(source / INSIDE)).mkdir()
    inside = {
        each: Path(each).relative_to(INSIDE) for each in contents.files if each.startswith(f"{INSIDE}/")
    }
    faults = []
    for name, place in inside.items():
        digest, _ = copied(source / name, made / place)
        if digest != contents.files[name]:
            faults.append(CopyDiffers(on_one_line(name), "与写入时的摘要不符"))
    Problems.raise_any(faults)
    if url:
        _settle(made / CONFIG, url)


def _settle(settings: Path, url: str) -> None:
    """Write another address of the database into the settings. Raises NoAddress."""
    former = workspace_at(settings.parent).settings.register_at.url
    text = settings.read_text("utf-8-sig")
    if not former or text.count(json.dumps(former, ensure_ascii=False)) != 1:
        raise NoAddress("的地址在 docgen.toml 里的写法认不出来")
    quoted = json.dumps(former, ensure_ascii=False), json.dumps(url, ensure_ascii=False)
    settings.write_text(text.replace(*quoted), encoding="utf-8")


def _refuse_damaged(source: Path, contents: _Contents, made: Path) -> None:
    """Refuse a backup whose record ends elsewhere than its list says, or is wrong where it was not. Raises Problems."""
    if not contents.register:
        return
    workspace = Workspace(made, workspace_at(made).settings)
    with opened(source / contents.register) as connection:
        found = verify_copy(workspace, connection)
    faults: list[DocgenError] = [each for each in found.faults if each.code not in contents.problems]
    if found.head != contents.head:
        number = contents.head[0]
        how = f"记到第{found.head[0]}条，与清单所写的登记链末端（第{number}条）不符，不是备份时的那一份"
        faults.append(CopyDiffers(contents.register, how))
    Problems.raise_any(faults)


def _put(source: Path, contents: _Contents, made: Path, to: Path, now: Callable[[], datetime]) -> None:
    """Give the workspace its name, and fill its database when the register is in one."""
    if contents.register != JSON_NAME:
        _rename(made, to)
        return
    register = _desk_in(made, now).register
    try:
        with register.filling(source / JSON_NAME):
            _rename(made, to)
    except BaseException:
        if not made.exists():  # the database refused at the very end
            shutil.rmtree(to)
        raise


def _rename(made: Path, to: Path) -> None:
    """Put a whole workspace in its place; into a folder that is there, in which one may stand, its settings last."""
    if not to.exists():
        made.rename(to)
        return
    for each in sorted(made.iterdir(), key=lambda path: path.name == CONFIG):
        each.rename(to / each.name)
    made.rmdir()


def _desk_in(folder: Path, now: Callable[[], datetime]) -> Desk:
    return Desk.at(workspace_at(folder), People("", ""), now().date(), now)
