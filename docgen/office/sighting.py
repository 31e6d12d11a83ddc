"""Which document of the register a file is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from docgen.dataclass import dataclass
from docgen.digests import digests_in, grouped
from docgen.errors import NOT_VERIFIED, DocgenError
from docgen.files import MOST_BYTES, blocks_of, read_regular, reason_of
from docgen.ofd.origin import source_of
from docgen.office.desk import Desk
from docgen.office.kind_folders import Unreadable, shown_of
from docgen.pdf.origin import origin_of
from docgen.register.books import Books
from docgen.register.document import Document
from docgen.register.record import Entry, FileRole
from docgen.workspace import Workspace


class NotOurs(DocgenError):
    """A file that was asked about is none that the register knows."""

    code = "verify-not-ours"
    exit_code = NOT_VERIFIED
    says = "{path} 不是登记过的任何文件（摘要 {in_groups}）{hint}"

    path: str
    digest: str
    hint: str

    @property
    def in_groups(self) -> str:
        """Return the digest as people compare it."""
        return grouped(self.digest)


@dataclass(frozen=True)
class Sighting:
    """Where the register knows a file from.

    Args:
        path: the file that was asked about.
        sha256: its digest.
        document: the document it belongs to.
        entries: the entries that recorded it, the first one first.
        role: what it was to the document.
        current: whether it is what the register holds now.
        printed: the SHA-256 of the recorded file that it says it is the PDF of; then the rest is about that file.
    """

    path: Path
    sha256: str
    document: Document
    entries: tuple[Entry, ...]
    role: str
    current: bool
    printed: str = ""


def sight(desk: Desk, paths: Sequence[Path]) -> list[Sighting | DocgenError]:
    """Say of each file which document of the register it is, or why it is none.

    Several documents are named for files of the same bytes; `NotOurs` stands for a file that the register does not
    know, `Unreadable` for one that cannot be read.
    """
    seen: list[Sighting | DocgenError] = []
    with desk.register.reading() as books:
        for path in paths:
            try:
                seen += _sighted(desk.workspace, books, path)
            except DocgenError as fault:
                seen.append(fault)
    return seen


def _sighted(workspace: Workspace, books: Books, path: Path) -> list[Sighting]:
    """Return which document a file is of, and since when the register knows it; several when they have the same bytes.

    Raises:
        NotOurs: the register does not know it.
        Unreadable: it cannot be read.
    """
    shown = shown_of(workspace, path)
    try:
        large = path.stat().st_size > MOST_BYTES
        digest = digests_in(blocks_of(path))[0].sha256
        data = (
            b"" if large else read_regular(path)
        )  # only a scan is so large, and that says nothing of itself
    except OSError as fault:
        reason = "这是文件夹，请写其中的文件" if path.is_dir() else reason_of(fault)
        raise Unreadable(shown, reason) from fault
    source = printed_of(data)
    if found := _known(path, digest, digest, books):
        return found
    if source and (found := _known(path, digest, source, books)):
        return [replace(each, printed=source) for each in found]
    raise NotOurs(shown, digest, _hint(data, shown, books))


def printed_of(data: bytes) -> str:
    """Return the SHA-256 of the document that a PDF or OFD says it was made of; empty for any other file."""
    return origin_of(data) or source_of(data)


def _known(path: Path, own: str, digest: str, books: Books) -> list[Sighting]:
    """Return the documents that have, or had, a file with a digest; `own` is that of the file asked about."""
    known = [each for each in books.entries_with(digest) if _holds(each, digest)]
    if not known:
        return []
    current = {row.document for row in books.files(sha256=digest) if row.role != FileRole.WITHDRAWN}
    found = []
    for document in books.documents({each.deed.document or 0 for each in known}):
        entries = tuple(each for each in known if each.deed.document == document.id)
        role = next(each.role for each in entries[-1].deed.files if each.sha256 == digest)
        found.append(Sighting(path, own, document, entries, role, document.id in current))
    return found


def _holds(entry: Entry, digest: str) -> bool:
    return any(each.sha256 == digest for each in entry.deed.files)


def _hint(data: bytes, shown: str, books: Books) -> str:
    """Return what a file that is not known says of itself: the number in it, and what the register has for that."""
    from docgen.marks.marks import read_marks
    from docgen.standard.build.blocks import NUMBER_MARK

    if source := printed_of(data):
        return f"；它由没有登记过的文件转换而来（那个文件的摘要 {grouped(source)}）"
    try:
        number = read_marks(data, shown).get(NUMBER_MARK, "")
    except DocgenError:
        return ""
    known = [each for each in books.documents() if each.number and each.number == number]
    if not known:
        return f"，文中文号是“{number}”" if number else ""
    return f"，文中文号“{number}”属于{known[0].name}，但内容与登记的不同"
