"""A .docx as a zip package: read with suspicion, written the same every time.

Members that rendering does not change are copied as they lie, compressed, behind headers made once; they come
first, `[Content_Types].xml` before all. Changed members are deflated behind them. All dates are 1980-01-01, so that
the same input gives the same bytes.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from docgen.render.faults import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    FileFault,
    HasMacros,
    NotADocx,
    OldWordFile,
    TooLarge,
)

MOST_BYTES: Final = 200 * 1024 * 1024  # unpacked, all members together
MOST_XML: Final = 32 * 1024 * 1024  # unpacked, one part
MOST_MEMBERS: Final = 4096
CONTENT_TYPES: Final = "[Content_Types].xml"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_LEVEL: Final = 4  # zlib: within a few percent of 6 in size, half the time
_LOCAL: Final = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END: Final = struct.Struct("<4sHHHHLLH")
_DATE: Final = (1 << 5) | 1  # 1980-01-01 in MS-DOS form
_UTF8: Final = 0x800
_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, struct.error, OSError,
    OverflowError, LookupError, MemoryError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A member as it is stored: its name, its compressed bytes and how, the checksum and size of its content."""

    name: str
    stored: bytes
    method: int
    crc: int
    size: int


def read(data: bytes, template: str) -> dict[str, bytes]:
    """Return the content of every member by name.

    Raises:
        FileFault: if the bytes are no sound, unencrypted package without macros within the limits.
    """
    _refuse_strangers(data, template)
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _refuse_odd(package.infolist(), template)
            return {each.filename: package.read(each) for each in package.infolist() if not each.is_dir()}
    except _DAMAGE:
        raise DamagedFile(template) from None


def _refuse_strangers(data: bytes, template: str) -> None:
    if not data:
        raise EmptyFile(template)
    if data.startswith(_OLE):
        raise _ole(data)(template)
    if not data.startswith(b"PK"):
        raise NotADocx(template)


def _ole(data: bytes) -> type[FileFault]:
    return EncryptedFile if _ENCRYPTED_STREAM in data else OldWordFile


def _refuse_odd(members: Sequence[zipfile.ZipInfo], template: str) -> None:
    if len(members) > MOST_MEMBERS:
        raise TooLarge(template, f"含 {len(members)} 个成员，最多 {MOST_MEMBERS} 个")
    if sum(each.file_size for each in members) > MOST_BYTES:
        raise TooLarge(template, f"解压后超过 {MOST_BYTES // 1024 // 1024} MB")
    if any(each.file_size > MOST_XML for each in members if each.filename.endswith((".xml", ".rels"))):
        raise TooLarge(template, f"有的部件解压后超过 {MOST_XML // 1024 // 1024} MB")
    if len({each.filename for each in members}) < len(members) or any(
        len(each.filename) > 999 for each in members
    ):
        raise DamagedFile(template)
    if any(each.flag_bits & 1 for each in members):
        raise EncryptedFile(template)
    if any(each.filename.lower().endswith("vbaproject.bin") for each in members):
        raise HasMacros(template)


def deflated(name: str, content: bytes, level: int = _LEVEL) -> Member:
    """Compress a member."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    stored = packer.compress(content) + packer.flush()
    return Member(name, stored, zipfile.ZIP_DEFLATED, zlib.crc32(content), len(content))


class Package:
    """The members that stay the same, laid out once; `with_changed` adds the others."""

    __slots__ = ("_body", "_count", "_directory")

    def __init__(self, members: Iterable[Member]) -> None:
        body, directory = bytearray(), bytearray()
        self._count = 0
        for member in sorted(members, key=lambda each: (each.name != CONTENT_TYPES, each.name)):
            directory += _central(member, len(body))
            body += _local(member) + member.stored
            self._count += 1
        self._body, self._directory = bytes(body), bytes(directory)

    def with_changed(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the whole package, the changed contents by member name."""
        pieces, directory, offset = [self._body], [self._directory], len(self._body)
        for name, content in changed.items():
            member = deflated(name, content)
            header = _local(member)
            pieces += [header, member.stored]
            directory.append(_central(member, offset))
            offset += len(header) + len(member.stored)
        entries, count = b"".join(directory), self._count + len(changed)
        return b"".join([*pieces, entries, _END.pack(b"PK\5\6", 0, 0, count, count, len(entries), offset, 0)])


def static_members(data: bytes, contents: Mapping[str, bytes], changed: Iterable[str]) -> list[Member]:
    """Return the members of `data` that are not changed, as they lie.

    Members packed in a way that Word does not read are packed anew.
    """
    left_out = set(changed)
    with zipfile.ZipFile(BytesIO(data)) as package:
        kept = [
            each for each in package.infolist() if each.filename in contents and each.filename not in left_out
        ]
    return [_as_it_lies(data, each, contents[each.filename]) for each in kept]


def _as_it_lies(data: bytes, info: zipfile.ZipInfo, content: bytes) -> Member:
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return deflated(info.filename, content)
    name, extra = struct.unpack_from("<HH", data, info.header_offset + 26)
    start = info.header_offset + _LOCAL.size + name + extra
    stored = data[start : start + info.compress_size]
    return Member(info.filename, stored, info.compress_type, zlib.crc32(content), len(content))


def _flags(name: bytes) -> int:
    return 0 if name.isascii() else _UTF8


def _local(member: Member) -> bytes:
    name = member.name.encode()
    return (
        _LOCAL.pack(
            b"PK\3\4",
            20,
            _flags(name),
            member.method,
            0,
            _DATE,
            member.crc,
            len(member.stored),
            member.size,
            len(name),
            0,
        )
        + name
    )


def _central(member: Member, offset: int) -> bytes:
    name = member.name.encode()
    return (
        _CENTRAL.pack(
            b"PK\1\2", 20, 20, _flags(name), member.method, 0, _DATE, member.crc, len(member.stored), member.size,
            len(name), 0, 0, 0, 0, 0, offset,
        )
        + name
    )  # fmt: skip
