"""Reading a bag of anybody: which files it lists, which lie there, and whether each is the one that was written.

Nothing outside the bag is read, whatever its manifests and links say; a file is hashed in blocks. No listing, name or
link of a bag is trusted.
"""

from __future__ import annotations

import errno
import hashlib
import mmap
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from docgen.archive.bag import (
    BLOCK,
    DECLARATION,
    DECLARATION_NAME,
    INFO_NAME,
    MANIFEST,
    PAYLOAD,
    TAG_MANIFEST,
    unescaped,
)
from docgen.archive.faults import (
    BagFileAltered,
    BagFileMissing,
    BagFileUnlisted,
    BagFileUnread,
    BagNameAlike,
    BagPathUnsafe,
    BagUnreadable,
    ManifestWrong,
    NotABag,
)
from docgen.errors import DocgenError
from docgen.files import StrangeFile, on_one_line, read_regular, reason_of

_LINE: Final = re.compile(r"([0-9a-f]{64})  (\S.*)")
_UNSAFE: Final = re.compile(r"(^[/\\~])|(^[A-Za-z]:)|\\|\0")
_RESERVED: Final = re.compile(
    r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?|.*[<>:\"|?*\x00-\x1f].*|.*[. ]"
)
_MOST_MANIFEST: Final = 512 * 2**20
_TAGS: Final = frozenset((DECLARATION_NAME, INFO_NAME, MANIFEST, TAG_MANIFEST))
_AT_HAND: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)

_GONE: Final = frozenset(
    (errno.EIO, errno.ENODEV, errno.ESTALE, errno.ENOTCONN, errno.ETIMEDOUT, errno.ENOENT, errno.ENOTDIR)
)
"""How the system refuses where a disk or a share was there and is no more."""

Progress = Callable[[int, int], None]


@dataclass
class Contents:
    """What a bag holds.

    Args:
        folder: of the bag.
        listed: the digest of each listed file, by its path in the bag.
        lying: the files that lie there.
        altered: everything that is wrong with content or names, as 真实性 has it.
        missing: everything that is missing or too much, as 完整性 has it.
        unsafe: what leads out of the bag, as 安全性 has it.
        size: bytes that were hashed.
        digest: the SHA-256 of the payload's manifest, which the register notes of a bag.
        unread: files that lie there and could not be read, which `altered` tells.
    """

    folder: Path
    listed: dict[str, str] = field(default_factory=dict)
    lying: set[str] = field(default_factory=set)
    altered: list[DocgenError] = field(default_factory=list)
    missing: list[DocgenError] = field(default_factory=list)
    unsafe: list[DocgenError] = field(default_factory=list)
    size: int = 0
    digest: str = ""
    unread: set[str] = field(default_factory=set)

    @property
    def faults(self) -> tuple[DocgenError, ...]:
        """Return all that is wrong."""
        return (*self.altered, *self.missing, *self.unsafe)

    def place_of(self, path: str) -> Path:
        """Return where a file of the payload is, by its path there.

        What a bag says of itself is not trusted: only regular files that its manifest lists are opened.

        Raises:
            NotThere: it is no such file, or could not be read, which is told.
        """
        name = f"{PAYLOAD}/{path}"
        if name not in self.lying or name not in self.listed or name in self.unread:
            raise NotThere(errno.ENOENT, "没有列出，或者读不出来", name)
        return self.folder / name

    def bytes_of(self, path: str) -> bytes:
        """Return the bytes of a file of the payload.

        Raises:
            StrangeFile: it is no such file, or too large.
            OSError: it can be read no longer.
        """
        return read_regular(self.place_of(path))


class NotThere(StrangeFile):
    """A bag has no such file, or it cannot be read; either is told as a fault of the bag."""


def read_bag(folder: Path, progress: Progress | None = None) -> Contents:
    """Read a bag and hash each of its files.

    Args:
        folder: of the bag.
        progress: is told how many files are done, of how many.

    Raises:
        NotABag: there is no bag.
        BagUnreadable: the disk went away meanwhile.
    """
    _refuse_none(folder)
    found = Contents(folder)
    tags = _manifest(found, TAG_MANIFEST, found.altered)
    payload = _manifest(found, MANIFEST, found.altered)
    found.listed = payload | tags
    _judge_tags(found, tags, payload)
    found.lying = set(_lying(found))
    _compare(found)
    _hash_all(found, progress)
    _name_alike(found)
    return found


def _refuse_none(folder: Path) -> None:
    shown = on_one_line(folder)
    try:
        if not folder.is_dir():
            raise NotABag(shown, "没有这个文件夹" if not os.path.lexists(folder) else "不是文件夹")
        for name in (DECLARATION_NAME, MANIFEST, TAG_MANIFEST):
            if not os.path.lexists(folder / name):
                raise NotABag(shown, f"里面没有 {name}")
    except OSError as fault:
        raise BagUnreadable(shown, reason_of(fault)) from fault


def _refused(folder: Path, name: str, fault: OSError) -> BagFileUnread:
    """Return what it means for one file that the system refuses it. Raises BagUnreadable: nothing can be read there."""
    if _is_gone(folder):
        raise BagUnreadable(on_one_line(folder), reason_of(fault)) from fault
    return BagFileUnread(on_one_line(name), reason_of(fault))


def _is_gone(folder: Path) -> bool:
    """Whether not even the smallest file of a bag can be read, past what the system remembers of the disk."""
    try:
        handle = os.open(folder / DECLARATION_NAME, os.O_RDONLY | _AT_HAND | getattr(os, "O_DIRECT", 0))
        with os.fdopen(handle, "rb", buffering=0) as file, mmap.mmap(-1, mmap.PAGESIZE) as room:
            file.readinto(room)
    except OSError as fault:
        return fault.errno in _GONE
    return False


def _judge_tags(found: Contents, tags: Mapping[str, str], payload: Mapping[str, str]) -> None:
    for name in sorted(_TAGS - set(tags) - {TAG_MANIFEST}):
        found.altered.append(ManifestWrong(TAG_MANIFEST, 0, f"之后缺 {name}"))
    for name in payload:
        if not name.startswith(f"{PAYLOAD}/"):
            found.unsafe.append(
                BagPathUnsafe(on_one_line(name), f"写在 {MANIFEST} 里，却不在 {PAYLOAD} 文件夹中")
            )
    try:
        declared = _bytes(found.folder / DECLARATION_NAME, 4096)
    except OSError as fault:
        found.altered.append(_refused(found.folder, DECLARATION_NAME, fault))
        return
    if declared != DECLARATION:
        found.altered.append(ManifestWrong(DECLARATION_NAME, 1, "不是档案包的版本声明"))


def _bytes(path: Path, most: int) -> bytes:
    handle = os.open(path, os.O_RDONLY | _AT_HAND)
    with os.fdopen(handle, "rb") as file:
        return file.read(most)


def _manifest(found: Contents, name: str, faults: list[DocgenError]) -> dict[str, str]:
    """Return what a manifest lists; a line that docgen does not write so is a fault, and left out."""
    try:
        text = _bytes(found.folder / name, _MOST_MANIFEST).decode("utf-8")
    except OSError as fault:
        faults.append(_refused(found.folder, name, fault))
        return {}
    except UnicodeDecodeError:
        faults.append(ManifestWrong(name, 1, "起不是 UTF-8 文字"))
        return {}
    if name == MANIFEST:
        found.digest = hashlib.sha256(text.encode()).hexdigest()
    lines = text.split("\n")
    if lines.pop():
        faults.append(ManifestWrong(name, len(lines) + 1, "没有写完"))
    listed: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        path = unescaped(match[2]) if match else ""
        if not match:
            faults.append(ManifestWrong(name, number, "不是“摘要  文件”的写法"))
        elif path in listed:
            faults.append(ManifestWrong(name, number, f"又列了一次 {on_one_line(path)}"))
        elif _leads_out(path):
            found.unsafe.append(BagPathUnsafe(on_one_line(path), f"（{name} 第{number}行）通到档案包以外"))
        else:
            listed[path] = match[1]
    return listed


def _leads_out(path: str) -> bool:
    return bool(_UNSAFE.search(path)) or any(each in ("", ".", "..") for each in path.split("/"))


def _lying(found: Contents) -> Iterator[str]:
    """Yield the paths of the regular files in a bag; links and the like are faults, and never followed."""
    waiting = [("", str(found.folder))]
    while waiting:
        above, folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                lying = sorted(entries, key=lambda each: each.name)
        except OSError as fault:
            found.altered.append(_refused(found.folder, above or ".", fault))
            continue
        for each in lying:
            name = f"{above}{each.name}"
            if each.is_symlink():
                found.unsafe.append(BagPathUnsafe(on_one_line(name), "是符号链接，可能通到档案包以外"))
            elif each.is_dir(follow_symlinks=False):
                waiting.append((f"{name}/", each.path))
            elif each.is_file(follow_symlinks=False):
                yield name
            else:
                found.unsafe.append(BagPathUnsafe(on_one_line(name), "不是普通文件"))


def _compare(found: Contents) -> None:
    """Say what is listed and not there, and what is there and not listed, with what has likely happened."""
    missing = [each for each in found.listed if each not in found.lying]
    extra = sorted(found.lying - set(found.listed) - {TAG_MANIFEST})
    alike = {_plain(each): each for each in extra}
    digests = {each: digest for each in extra if (digest := _digest_or_none(found, each))}
    by_digest = {digest: each for each, digest in digests.items()}
    for each in missing:
        other = alike.get(_plain(each)) or by_digest.get(found.listed[each])
        how = "写法" if other and _plain(other) == _plain(each) else "名字"
        likely = f"；{on_one_line(other)} 内容与它相同，可能改了{how}" if other else ""
        found.missing.append(BagFileMissing(on_one_line(each), likely))
    listed = {digest: each for each, digest in found.listed.items()}
    for each in extra:
        same = listed.get(digests.get(each, ""))
        likely = f"；内容与 {on_one_line(same)} 相同" if same else ""
        found.missing.append(BagFileUnlisted(on_one_line(each), likely))


def _digest_or_none(found: Contents, name: str) -> str | None:
    try:
        return _digest(found.folder, name)[0]
    except OSError:
        return None


def _hash_all(found: Contents, progress: Progress | None) -> None:
    there = [each for each in found.listed if each in found.lying]
    for done, name in enumerate(there, 1):
        try:
            digest, size = _digest(found.folder, name)
        except OSError as fault:
            found.altered.append(_refused(found.folder, name, fault))
            found.unread.add(name)
            continue
        found.size += size
        if digest != found.listed[name]:
            found.altered.append(BagFileAltered(on_one_line(name), digest, found.listed[name]))
        if progress:
            progress(done, len(there))


def _digest(folder: Path, name: str) -> tuple[str, int]:
    """Return SHA-256 and size of a file, read in blocks. Raises OSError."""
    handle = os.open(f"{folder}/{name}", os.O_RDONLY | _AT_HAND)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(5, "no regular file")
        digest, size = hashlib.sha256(), 0
        while block := os.read(handle, BLOCK):
            digest.update(block)
            size += len(block)
    finally:
        os.close(handle)
    return digest.hexdigest(), size


def _name_alike(found: Contents) -> None:
    """Say which names are one on systems that do not tell case or ways of writing apart, and which Windows refuses."""
    seen: dict[str, str] = {}
    for each in sorted(found.lying | set(found.listed)):
        if (other := seen.setdefault(_plain(each), each)) != each and _both_there(found, each, other):
            found.altered.append(BagNameAlike(on_one_line(each), on_one_line(other)))
    for each in sorted(found.lying):
        if any(_RESERVED.fullmatch(part) for part in each.split("/")):
            found.unsafe.append(BagPathUnsafe(on_one_line(each), "的名字在 Windows 上不能用"))


def _both_there(found: Contents, one: str, other: str) -> bool:
    return {one, other} <= found.lying or {one, other} <= set(found.listed)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
