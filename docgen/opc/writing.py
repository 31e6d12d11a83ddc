"""A .docx written the same every time.

Members that do not change are copied as they lie, compressed, behind headers made once; they come first,
`[Content_Types].xml` before all. Changed members are deflated behind them. All dates are 1980-01-01, so that the
same input gives the same bytes.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Final

from docgen.dataclass import dataclass
from docgen.opc.reading import CONTENT_TYPES, read

_LEVEL: Final = 3  # zlib: some percent larger than 6, a third of the time
_LOCAL: Final = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END: Final = struct.Struct("<4sHHHHLLH")
_DATE: Final = (1 << 5) | 1  # 1980-01-01 in MS-DOS form
_UTF8: Final = 0x800


@dataclass(frozen=True, slots=True)
class Member:
    """A member as it is stored: its name, its compressed bytes and how, the checksum and size of its content."""

    name: str
    stored: bytes
    method: int
    crc: int
    size: int


def with_changed(data: bytes, changed: Mapping[str, bytes], path: str) -> bytes:
    """Return a package with some parts changed or added; the others are copied as they lie.

    Args:
        data: the package.
        changed: contents by the name of the part.
        path: what messages call the file.

    Raises:
        FileFault: the data are no sound package.
    """
    return Package(static_members(data, read(data, path), changed)).with_changed(changed)


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

    def with_changed(self, changed: Mapping[str, bytes], packed: Sequence[Member] = ()) -> bytes:
        """Return the whole package: the changed contents by member name, and behind them members that are packed."""
        pieces, directory, offset = [self._body], [self._directory], len(self._body)
        members = [*(deflated(name, content) for name, content in changed.items()), *packed]
        for member in members:
            header = _local(member)
            pieces += [header, member.stored]
            directory.append(_central(member, offset))
            offset += len(header) + len(member.stored)
        entries, count = b"".join(directory), self._count + len(members)
        return b"".join([*pieces, entries, _END.pack(b"PK\5\6", 0, 0, count, count, len(entries), offset, 0)])


def deflated(name: str, content: bytes) -> Member:
    """Return a part, packed, as a member of a package."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    stored = packer.compress(content) + packer.flush()
    return Member(name, stored, zipfile.ZIP_DEFLATED, zlib.crc32(content), len(content))


def static_members(data: bytes, contents: Mapping[str, bytes], changed: Iterable[str]) -> list[Member]:
    """Return the members of `data`, unpacked as `contents`, that are not changed, as they lie."""
    left_out = set(changed)
    with zipfile.ZipFile(BytesIO(data)) as package:
        kept = [
            each for each in package.infolist() if each.filename in contents and each.filename not in left_out
        ]
    return as_they_lie(data, kept)


def as_they_lie(data: bytes, members: Iterable[zipfile.ZipInfo]) -> list[Member]:
    """Return members of `data` that were unpacked, so that their checksums and sizes are right."""
    return [_as_it_lies(data, each) for each in members]


def _as_it_lies(data: bytes, info: zipfile.ZipInfo) -> Member:
    name, extra = struct.unpack_from("<HH", data, info.header_offset + 26)
    start = info.header_offset + _LOCAL.size + name + extra
    stored = data[start : start + info.compress_size]
    return Member(info.filename, stored, info.compress_type, info.CRC, info.file_size)


def _local(member: Member) -> bytes:
    return _LOCAL.pack(b"PK\3\4", 20, *_described(member)) + member.name.encode()


def _central(member: Member, offset: int) -> bytes:
    entry = _CENTRAL.pack(b"PK\1\2", 20, 20, *_described(member), 0, 0, 0, 0, offset)
    return entry + member.name.encode()


def _described(member: Member) -> tuple[int, ...]:
    """Return what both headers of a member say of it, from its flags to the length of its extra field."""
    name = member.name.encode()
    flags = 0 if name.isascii() else _UTF8
    return flags, member.method, 0, _DATE, member.crc, len(member.stored), member.size, len(name), 0
