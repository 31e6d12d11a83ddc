"""Whether a PDF opens, has its fonts in it, and holds nothing that runs or fetches.

Pages are counted by pypdfium2 (extra `preview`). Actions are looked for in the file's objects, those packed into object
streams included. What a stream holds is compressed and has the letters of an action by chance once in some twenty
megabytes: a find within a stream counts only where the bytes around it are text.
"""

from __future__ import annotations

import ctypes
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from docgen.archive.fonts import all_held
from docgen.archive.windows import Windows

Data: TypeAlias = bytes | Windows
_SCRIPT: Final = "脚本"
_WHOLE: Final = rb"\b"
_ACTIVE: Final = {
    _SCRIPT: {b"/JavaScript": _WHOLE, b"/JS": _WHOLE},
    "启动程序的动作": {b"/Launch": _WHOLE},
    "嵌入的多媒体": {b"/RichMedia": _WHOLE, b"/Movie": _WHOLE, b"/Sound": _WHOLE},
    "打开时执行的动作": {b"/OpenAction": rb"\s*<<[^>]*/S\s*/(?!GoTo\b)"},
    "通到外部文件或网址的动作": {b"/GoToR": _WHOLE, b"/SubmitForm": _WHOLE, b"/ImportData": _WHOLE},
}
"""What is looked for, by what it is called: names of PDF, and how each goes on."""
_PATTERNS: Final = {
    letters: (name, re.compile(re.escape(letters) + rest))
    for name, sought in _ACTIVE.items()
    for letters, rest in sought.items()
}
"""What is looked for by its letters."""
_BEGINS: Final = re.compile(b"|".join(sorted(_PATTERNS)))
"""The letters of all of them: sought in one pass over every file."""
_HIDDEN: Final = re.compile(rb"[^\s/<>\[\](){}%]*#[0-9A-Fa-f]{2}[^\s/<>\[\](){}%]*")
_TELLING: Final = (
    *(each[1:] for sought in _ACTIVE.values() for each in sought),
    *(b"GoTo", b"Font", b"ObjStm", b"Encrypt", b"Type", b"Subtype"),
)
"""What a name has that somebody looks for, here or in `fonts`; `_SHORT` ones are read in any case."""
_SHORT: Final = 3
_LONGEST_NAME: Final = 1000
"""Bytes of a name as it is written; more than 127 that it means are not allowed (ISO 32000-1, annex C)."""
_MANY: Final = 500
"""More written names than this are read in one pass over all of the text."""
_BEGIN: Final = b"stream"
_END: Final = b"endstream"
_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_BINARY: Final = re.compile(rb"[^\t\n\f\r -~]")
_AROUND: Final = 24
_NEAR: Final = 64
"""Within how many bytes before `stream` its dictionary ends."""
_CLAIMED: Final = b"pdfaid:part"
_CLAIM: Final = re.compile(
    rb"pdfaid:part(?:>|=['\"])\s*(\d).{0,200}?pdfaid:conformance(?:>|=['\"])\s*([A-Z])", re.DOTALL
)
_SPAN: Final = 100
"""Bytes between the ends of an element that says the level."""
_LONGEST_CLAIM: Final = 1000
_LONGEST_ACTION: Final = 64 * 2**10
"""Bytes of a dictionary that is looked into where it begins at the end of what is in memory."""
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
    with _content(path) as data:
        try:
            document = pypdfium2.PdfDocument(data if isinstance(data, bytes) else path)
        except pypdfium2.PdfiumError as fault:
            _read_through(data)
            locked = "assword" in str(fault)
            found.unusable.append("设了打开密码，打不开" if locked else "不是完整的 PDF，打不开")
            return found
        try:
            _judge_opened(document, data, found, fonts=fonts)
        finally:
            document.close()
    return found


def _judge_opened(document: Any, data: Data, found: Pdf, *, fonts: bool) -> None:
    from pypdfium2 import raw

    found.pages = len(document)
    if not found.pages:
        found.unusable.append("没有页")
    if raw.FPDF_GetSecurityHandlerRevision(document) >= 0:  # it opens, but its texts lie there encrypted
        found.unusable.append("设了权限密码，内容是加密的")
    scripted = raw.FPDFDoc_GetJavaScriptActionCount(document) > 0
    if (objects := _all_objects(data)) is None:
        found.unusable.append("结构太大，没有检查里面有没有脚本；请重新扫描或转换")
        return
    if fonts and not all_held(objects):
        found.bare = sorted(_not_embedded(document))
    _judge_bytes(data, objects, found, scripted=scripted)


@contextmanager
def _content(path: Path) -> Iterator[Data]:
    """Give a file's bytes; those of a large one are not all in memory at a time."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size <= _SMALL:
            yield file.read()
            return
    with path.open("rb", buffering=0) as file:
        yield Windows(file, os.fstat(file.fileno()).st_size)


def _pieces(data: Data) -> Iterator[tuple[bytes, int, int]]:
    """Yield what to seek in, and from where to where a find may begin."""
    if isinstance(data, bytes):
        yield data, 0, len(data)
    else:
        yield from data.pieces(_AROUND, _LONGEST_ACTION)


def _read_through(data: Data) -> None:
    """Read all of a file that does not open: where its disk has gone, that is why. Raises OSError."""
    for _ in _pieces(data):
        pass


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
    place = data.rfind(_CLAIMED)  # what was added last counts, and it lies near the end
    claim = _CLAIM.search(data[max(0, place - _SPAN) : place + _LONGEST_CLAIM]) if place >= 0 else None
    found.claim = f"{claim[1].decode()}{claim[2].decode()}" if claim else ""
    active = {_SCRIPT} if scripted else set[str]()
    active.update(name for name, _ in _active(objects))
    for piece, first, stop in _pieces(data):
        active.update(
            name
            for name, each in _active(piece)
            if name not in active and first <= each.start() < stop and _is_text_at(piece, each)
        )
    found.unsafe += [f"里面有{name}" for name in _ACTIVE if name in active]


def _active(text: bytes) -> Iterator[tuple[str, re.Match[bytes]]]:
    """Yield what is looked for and where it is."""
    for each in _BEGINS.finditer(text):
        name, pattern = _PATTERNS[each[0]]
        if found := pattern.match(text, each.start()):
            yield name, found


def _is_text_at(text: bytes, found: re.Match[bytes]) -> bool:
    return not _BINARY.search(text, max(0, found.start() - _AROUND), found.end() + _AROUND)


def _objects(data: Data) -> Iterator[bytes]:
    """Yield what lies outside the streams of a PDF, and what its object streams hold (ISO 32000-1, 7.5.7)."""
    last, place = 0, data.find(_BEGIN)
    while place >= 0:
        after = place + len(_BEGIN)
        if data[max(last, place - _NEAR) : place].rstrip().endswith(b">>") and data[after : after + 2].lstrip(
            b"\r"
        ).startswith(b"\n"):
            head = data[last:place]
            yield head
            end = data.find(_END, after)
            last = len(data) if end < 0 else end
            if b"/ObjStm" in _plain(head[head.rfind(b" obj") + 1 :]):
                yield _unpacked(data[after:last].lstrip(b"\r\n"))
            after = last + len(_END)
        place = data.find(_BEGIN, after)
    yield data[last:]


def _plain(text: bytes) -> bytes:
    """Return objects with the names as they are read: #4A is J (ISO 32000-1, 7.3.5).

    Those that say nothing to anybody stay as they are: styles of a tagged PDF, thousands of them.
    """
    hidden = set(_hidden(text))
    if len(hidden) > _MANY:
        return _read(text)
    for each in sorted(hidden, key=len, reverse=True):
        read = _name_read(each)
        if len(read) <= _SHORT or any(telling in read for telling in _TELLING):
            text = text.replace(b"/" + each, b"/" + read)
    return text


def _hidden(text: bytes) -> Iterator[bytes]:
    """Yield the names that have a character written by its number, without their slash."""
    place = text.find(b"#")
    while place >= 0:
        start = text.rfind(b"/", max(0, place - _LONGEST_NAME), place)
        found = _HIDDEN.match(text, start + 1) if start >= 0 else None
        if found:
            yield found[0]
        place = text.find(b"#", max(place + 1, found.end() if found else 0))


@lru_cache(maxsize=4096)
def _name_read(name: bytes) -> bytes:
    """Return a name as it is read: the same styles come again in every document."""
    return _read(name)


def _read(text: bytes) -> bytes:
    return _ESCAPE.sub(lambda code: bytes.fromhex(code[1].decode()), text)


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
