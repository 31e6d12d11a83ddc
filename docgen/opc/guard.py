"""What is refused before any part is unpacked: bytes that are no package, and packages no word processor writes."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from docgen.files import read_regular, reason_of
from docgen.opc.faults import (
    CannotOpen,
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    HasMacros,
    NotADocx,
    OldWordFile,
    TooLarge,
)

MOST_FILE: Final = 64 * 2**20
MOST_BYTES: Final = 200 * 2**20  # unpacked, all members together
MOST_XML: Final = 48 * 2**20  # unpacked, all XML parts together
MOST_PART: Final = 16 * 2**20  # unpacked, one XML part
MOST_MEMBERS: Final = 4096
LONGEST_NAME: Final = 999
DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, struct.error, OSError,
    OverflowError, LookupError, MemoryError,
)  # fmt: skip
"""What zipfile raises for damaged or exotically packed files."""
_PACKED: Final = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
"""How members may be packed (ISO/IEC 29500-2, annex B.3); zipfile cannot unpack others in bounded memory."""
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")


def bytes_of(source: Path, path: str) -> bytes:
    """Return a file's bytes; never waits for a pipe, and never reads a device without end.

    Raises:
        CannotOpen: the operating system refuses, or it is no regular file.
        TooLarge: it is too large to look at.
    """
    try:
        size = source.stat().st_size
        if size > MOST_FILE:
            raise TooLarge(path, f"{size / 2**20:.0f} MB，最多 {_mb(MOST_FILE)}")
        return read_regular(source, MOST_FILE)
    except OSError as fault:
        reason = "这是文件夹" if source.is_dir() else reason_of(fault)
        if isinstance(fault, FileNotFoundError):
            reason = "文件不存在"
        raise CannotOpen(path, reason) from None


def refuse_strangers(data: bytes, path: str) -> None:
    """Raise a FileFault for what is no zip file, saying what it is, and for a file that is too large to look at."""
    if not data:
        raise EmptyFile(path)
    if data.startswith(_OLE):
        raise (EncryptedFile if _ENCRYPTED_STREAM in data else OldWordFile)(path)
    if not data.startswith(b"PK"):
        raise NotADocx(path)
    if len(data) > MOST_FILE:
        raise TooLarge(path, f"{len(data) / 2**20:.0f} MB，最多 {_mb(MOST_FILE)}")


def refuse_odd(members: Sequence[zipfile.ZipInfo], path: str) -> None:
    """Raise a FileFault for a package whose directory lists what none should hold; nothing is unpacked."""
    _refuse_large(members, path)
    names = {each.filename for each in members}
    if len(names) < len(members) or any(len(name) > LONGEST_NAME for name in names):
        raise DamagedFile(path)
    if any(each.flag_bits & 1 for each in members):
        raise EncryptedFile(path)
    if any(each.compress_type not in _PACKED for each in members):
        raise DamagedFile(path)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise HasMacros(path)


def _refuse_large(members: Sequence[zipfile.ZipInfo], path: str) -> None:
    xml = [each.file_size for each in members if is_xml(each.filename)]
    if len(members) > MOST_MEMBERS:
        raise TooLarge(path, f"含 {len(members)} 个成员，最多 {MOST_MEMBERS} 个")
    if max(xml, default=0) > MOST_PART:
        raise TooLarge(path, f"有的部件解压后超过 {_mb(MOST_PART)}")
    if sum(xml) > MOST_XML:
        raise TooLarge(path, f"文字部件解压后超过 {_mb(MOST_XML)}")
    if sum(each.file_size for each in members) > MOST_BYTES:
        raise TooLarge(path, f"解压后超过 {_mb(MOST_BYTES)}")


def refuse_large_part(content: bytes, path: str, part: str) -> None:
    """Raise TooLarge for XML under a name that does not look like XML."""
    if len(content) > MOST_PART:
        raise TooLarge(path, f"{part} 解压后超过 {_mb(MOST_PART)}")


def is_xml(name: str) -> bool:
    """Whether a member's name is that of an XML part."""
    return name.lower().endswith((".xml", ".rels"))


def _mb(limit: int) -> str:
    return f"{limit // 2**20} MB"
