"""Whether a PDF opens, has its fonts in it, and holds nothing that runs or fetches.

Pages are counted by pypdfium2 (extra `preview`). Actions are looked for in the file's objects, those packed into object
streams included. What a stream holds is compressed and has the letters of an action by chance once in some twenty
megabytes: a find within a stream counts only where the bytes around it are text.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

from docgen.archive.fonts import all_held

Data: TypeAlias = bytes | mmap.mmap
_SCRIPT: Final = "脚本"
_ACTIVE: Final = {
    _SCRIPT: ((b"/JavaScript", b"/JS"), re.compile(rb"/(?:JavaScript|JS)\b")),
    "启动程序的动作": ((b"/Launch",), re.compile(rb"/Launch\b")),
    "嵌入的多媒体": ((b"/RichMedia", b"/Movie", b"/Sound"), re.compile(rb"/(?:RichMedia|Movie|Sound)\b")),
    "打开时执行的动作": (
        (b"/OpenAction",), re.compile(rb"/OpenAction\s*<<[^>]*/S\s*/(?!GoTo\b)"),
    ),
    "通到外部文件或网址的动作": (
        (b"/GoToR", b"/SubmitForm", b"/ImportData"), re.compile(rb"/(?:GoToR|SubmitForm|ImportData)\b"),
    ),
}  # fmt: skip
"""What is looked for, by its name: letters that are searched for first, which is fast, and the pattern that decides."""
_STREAM: Final = re.compile(rb">>\s*stream\r?\n")
_END: Final = b"endstream"
_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_BINARY: Final = re.compile(rb"[^\t\n\f\r -~]")
_AROUND: Final = 24
_CLAIM: Final = re.compile(
    rb"pdfaid:part(?:>|=['\"])\s*(\d).{0,200}?pdfaid:conformance(?:>|=['\"])\s*([A-Z])", re.DOTALL
)
_SMALL: Final = 16 * 2**20
_MOST_OBJECTS: Final = 128 * 2**20
_MOST_INFLATED: Final = 64 * 2**20


@dataclass
class Pdf:
    """What was found of a PDF.

    Args:
        pages: how many; None where it does not open.
        unusable: why it does not open, or not everywhere.
        unsafe: what runs, or fetches something.
        bare: names of fonts in which text is set and that it does not hold.
        claim: the level of PDF/A it claims, as 2B; empty for none.
    """

    pages: int | None = None
    unusable: list[str] = field(default_factory=list)
    unsafe: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    claim: str = ""


def pages_of(path: Path) -> int | None:
    """Return how many pages a PDF has; None where it does not open. Raises OSError."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return None
    try:
        return len(document)
    finally:
        document.close()


def judge(path: Path, *, fonts: bool = True) -> Pdf:
    """Judge a PDF by its content.

    Args:
        path: of the file.
        fonts: whether its fonts are looked at too.

    Raises:
        OSError: the operating system refuses.
    """
    import pypdfium2

    found = Pdf()
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as fault:
        locked = "assword" in str(fault)
        found.unusable.append("设了打开密码，打不开" if locked else "不是完整的 PDF，打不开")
        return found
    try:
        found.pages = len(document)
        if not found.pages:
            found.unusable.append("没有页")
        scripted = pypdfium2.raw.FPDFDoc_GetJavaScriptActionCount(document) > 0
        with _content(path) as data:
            if (objects := _all_objects(data)) is None:
                found.unusable.append("结构太大，没有检查里面有没有脚本；请重新扫描或转换")
                return found
            if fonts and not all_held(objects):
                found.bare = sorted(_not_embedded(document))
            _judge_bytes(data, objects, found, scripted=scripted)
    finally:
        document.close()
    return found


@contextmanager
def _content(path: Path) -> Iterator[Data]:
    """Give a file's bytes; those of a large one are not all in memory at a time."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size <= _SMALL:
            yield file.read()
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            yield mapped


def _all_objects(data: Data) -> bytes | None:
    """Return what lies outside the streams, with names as they are read; None where that is too much."""
    found, size = [], 0
    for each in _objects(data):
        found.append(each)
        size += len(each)
        if size > _MOST_OBJECTS:
            return None
    return _plain(b"\n".join(found))


def _judge_bytes(data: Data, objects: bytes, found: Pdf, *, scripted: bool) -> None:
    claim = _CLAIM.search(data)
    found.claim = f"{claim[1].decode()}{claim[2].decode()}" if claim else ""
    for name, (letters, pattern) in _ACTIVE.items():
        if (scripted and name == _SCRIPT) or _holds(objects, data, letters, pattern):
            found.unsafe.append(f"里面有{name}")


def _holds(objects: bytes, data: Data, letters: tuple[bytes, ...], pattern: re.Pattern[bytes]) -> bool:
    """Whether a pattern is in the objects, or anywhere in the file where the bytes around are text."""
    if any(each in objects for each in letters) and pattern.search(objects):
        return True
    if all(data.find(each) < 0 for each in letters):
        return False
    return any(_is_text_at(data, each) for each in pattern.finditer(data))


def _is_text_at(data: Data, found: re.Match[bytes]) -> bool:
    return not _BINARY.search(data, max(0, found.start() - _AROUND), found.end() + _AROUND)


def _objects(data: Data) -> Iterator[bytes]:
    """Yield what lies outside the streams of a PDF, and what its object streams hold (ISO 32000-1, 7.5.7)."""
    last = 0
    for each in _STREAM.finditer(data):
        if each.start() < last:
            continue
        head = data[last : each.start()]
        yield head
        end = data.find(_END, each.end())
        last = len(data) if end < 0 else end
        if b"/ObjStm" in _plain(head[head.rfind(b" obj") + 1 :]):
            yield _unpacked(data[each.end() : last])
    yield data[last:]


def _plain(text: bytes) -> bytes:
    """Return objects with the names as they are read: #4A is J (ISO 32000-1, 7.3.5)."""
    return _ESCAPE.sub(lambda each: bytes.fromhex(each[1].decode()), text) if b"#" in text else text


def _unpacked(body: bytes) -> bytes:
    """Return what an object stream holds; nothing where it cannot be unpacked."""
    try:
        return zlib.decompressobj().decompress(body, _MOST_INFLATED)
    except zlib.error:
        return b""


def _not_embedded(document: Any) -> set[str]:
    """Return the names of the fonts in which text is set and that the file does not hold."""
    from pypdfium2 import raw

    bare: set[str] = set()
    seen: set[int] = set()
    for page in document:
        for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(each)
            address = ctypes.addressof(font.contents) if font else 0
            if address and address not in seen and raw.FPDFFont_GetIsEmbedded(font) == 0:
                bare.add(_name_of(font))
            seen.add(address)
        page.close()
    return bare


def _name_of(font: Any) -> str:
    from pypdfium2 import raw

    room = ctypes.create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(font, room, len(room))
    return room.value.decode("utf-8", "replace") or "没有名字的字体"
