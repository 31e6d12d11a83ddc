"""Is everything that was recorded still as it was: the record itself, and every file it speaks of."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docgen.digests import digests_of, grouped, sha256
from docgen.documents.catalogue import kinds
from docgen.errors import NOT_VERIFIED, Advice, DocgenError
from docgen.files import ASIDE, UNFINISHED, reason_of
from docgen.office.drafts import DRAFTS, GONE
from docgen.office.issued_pdf import SIGNED_PDF
from docgen.register.audit import audit
from docgen.register.books import Books
from docgen.register.document import Document
from docgen.register.life import State
from docgen.register.record import Entry
from docgen.render.pdf_signature import SignerMissing, signatures_of
from docgen.workspace import Workspace

PAPERS: Final = "单据"
"""The folder of printed forms, which are no part of the record."""
_LOCKS: Final = ("~$", ".~", UNFINISHED)
_UNSIGNED: Final = tuple(each.value for each in State if each.is_unsigned)


class FileAltered(DocgenError):
    """A recorded file is not as it was."""

    code = "verify-file-altered"
    exit_code = NOT_VERIFIED
    says = "{path}（{document}的{role}）被改动：现在的摘要是 {found}，登记的是 {expected}"
    advises = "请从备份恢复登记时的文件；并查明是谁改动的。"

    path: str
    document: str
    role: str
    found: str
    expected: str


class FileMissing(DocgenError):
    """A recorded file is not there, or cannot be read."""

    code = "verify-file-missing"
    exit_code = NOT_VERIFIED
    says = "{path}（{document}的{role}）{reason}"
    advises = "请从备份恢复这个文件；被移动或改名的，请移回原处。"

    path: str
    document: str
    role: str
    reason: str


class SignatureBroken(DocgenError):
    """A signed PDF's signature does not hold."""

    code = "verify-signature-broken"
    exit_code = NOT_VERIFIED
    says = "{path}（{document}）的电子签名不成立：{reason}"
    advises = "请与签名人核对，用原来的签名文件替换。"

    path: str
    document: str
    reason: str


class FileUnknown(DocgenError):
    """A file lies among recorded ones that was never recorded."""

    code = "verify-file-unknown"
    exit_code = NOT_VERIFIED
    says = "{path} 放在公文的文件夹里，但没有登记过"
    advises = "属于这件公文的，请用 docgen doc attach 登记；中断的操作留下的，重新办理那一步就会移开；否则请移到别处。"

    path: str


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


class RecordGone(DocgenError):
    """Documents are there, but nothing at all is on record: the register was removed or is another, empty one."""

    code = "verify-record-gone"
    exit_code = NOT_VERIFIED
    says = "{out} 里有公文，登记库里却没有任何登记：登记库被删除、移走，或换成了空的"
    advises = "请从备份恢复登记库，再运行 docgen verify；恢复以前不要登记新的内容。"

    out: str


class Unreadable(DocgenError):
    """A file that was asked about cannot be read."""

    code = "verify-unreadable"
    exit_code = NOT_VERIFIED
    says = "{path} 无法核对：{reason}"
    advises = "请核对文件名和路径。"

    path: str
    reason: str


class EntryUnknown(DocgenError):
    """An entry was asked for whose number is not in the record, as when entries are missing at its end."""

    code = "verify-entry-unknown"
    exit_code = NOT_VERIFIED
    says = "登记只到第{last}条，没有第{seq}条"
    advises = "请核对打印件上的条号；条号没有抄错的，说明末尾有条目被删除，请保全现场，用备份核对。"

    seq: int
    last: int


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
    """

    path: Path
    sha256: str
    document: Document
    entries: tuple[Entry, ...]
    role: str
    current: bool


@dataclass(frozen=True)
class Verified:
    """What verifying found: faults, what is only to be known, and how much was looked at."""

    faults: tuple[DocgenError, ...]
    advices: tuple[Advice, ...]
    entries: int
    files: int
    head: tuple[int, str]


def verify_all(workspace: Workspace, books: Books, head: str = "") -> Verified:
    """Check the record and every recorded file.

    Args:
        workspace: where the files are.
        books: the register.
        head: the digest of a head printed earlier, empty for none.
    """
    audited = audit(books.connection, head)
    found: list[DocgenError | Advice] = []
    count = 0
    for each in _files(workspace, audited.tables):
        count += 1
        found += [each] if each else []
    found += _unknown(workspace, audited.tables["file"])
    if not audited.entries and any(workspace.out.rglob("*.docx")):
        found.append(RecordGone(workspace.shown(workspace.out)))
    faults = [*audited.findings, *(each for each in found if isinstance(each, DocgenError))]
    advices = tuple(each for each in found if isinstance(each, Advice))
    return Verified(tuple(faults), advices, audited.entries, count, audited.head)


def sight(workspace: Workspace, books: Books, path: Path) -> Sighting:
    """Return which document a file is of, and since when the register knows it.

    Raises:
        NotOurs: the register does not know it.
        Unreadable: it cannot be read.
    """
    shown = _shown(workspace, path)
    try:
        data = path.read_bytes()
    except OSError as fault:
        reason = "这是文件夹，请写其中的文件" if path.is_dir() else reason_of(fault)
        raise Unreadable(shown, reason) from fault
    digest = sha256(data)
    known = [each for each in books.entries_with(digest) if _holds(each, digest)]
    if not known:
        raise NotOurs(shown, digest, _hint(data, shown, books))
    last = known[-1]
    (document,) = books.documents([last.deed.document or 0])
    role = next(each.role for each in last.deed.files if each.sha256 == digest)
    rows = {row.sha256 for row in books.files() if row.document == document.id and row.role != GONE}
    return Sighting(path, digest, document, tuple(known), role, digest in rows)


def _shown(workspace: Workspace, path: Path) -> str:
    """Return a path on one line of a message, whatever characters its name has."""
    shown = workspace.shown(path)
    return shown if shown.isprintable() else shown.encode("unicode_escape").decode("ascii")


def _holds(entry: Entry, digest: str) -> bool:
    return any(each.sha256 == digest for each in entry.deed.files)


def _hint(data: bytes, shown: str, books: Books) -> str:
    """Return what a file that is not known says of itself: the number in it, and what the register has for that."""
    from docgen.render.marks import read_marks
    from docgen.standard.blocks import NUMBER_MARK

    try:
        number = read_marks(data, shown).get(NUMBER_MARK, "")
    except DocgenError:
        return ""
    known = [each for each in books.documents() if each.number and each.number == number]
    if not known:
        return f"，文中文号是“{number}”" if number else ""
    return f"，文中文号“{number}”属于{known[0].name}，但内容与登记的不同"


def _files(
    workspace: Workspace, tables: dict[str, dict[Any, dict[str, Any]]]
) -> Iterator[DocgenError | Advice | None]:
    """Yield for each recorded file what is wrong with it, None when nothing is."""
    for path, row in tables["file"].items():
        if row.get("role") == GONE or not _is_sound(path, row):  # what is not sound, the audit has found
            continue
        document = tables["document"].get(row["document"], {})
        name = document.get("number") or f"{row['document']}号公文"
        fault = _compared(workspace.root / path, path, row, name)
        if fault and document.get("state") in _UNSIGNED:
            yield Advice("draft-altered", f"{fault.what}；还没有签发，可以改稿，改后请重新核稿")
        else:
            yield fault


def _is_sound(path: Any, row: dict[str, Any]) -> bool:
    words = (path, row.get("role"), row.get("sha256"), row.get("sm3"))
    return isinstance(row.get("document"), int) and all(isinstance(each, str) for each in words)


def _compared(place: Path, path: str, row: dict[str, Any], name: str) -> DocgenError | None:
    try:
        data = place.read_bytes()
    except OSError as fault:
        gone = isinstance(fault, FileNotFoundError)
        return FileMissing(path, name, row["role"], "不见了" if gone else f"读不出来：{reason_of(fault)}")
    now = digests_of(data)
    if now.sha256 != row["sha256"]:
        return FileAltered(path, name, row["role"], now.sha256, row["sha256"])
    if row["sm3"] and now.sm3 and now.sm3 != row["sm3"]:
        return FileAltered(path, name, row["role"], now.sm3, row["sm3"])
    return _signature_fault(data, path, name) if row["role"] == SIGNED_PDF else None


def _signature_fault(data: bytes, path: str, name: str) -> DocgenError | None:
    try:
        found = signatures_of(data)
    except SignerMissing as missing:
        return missing
    if not found:
        return SignatureBroken(path, name, "里面没有签名")
    if all(each.intact and each.whole for each in found):
        return None
    return SignatureBroken(path, name, "签名之后文件被改动或添加过内容")


def _unknown(workspace: Workspace, known: dict[Any, dict[str, Any]]) -> Iterator[DocgenError]:
    """Yield the files that lie in the folders of kinds of documents, drafts apart, and were never recorded."""
    kept = {path for path, row in known.items() if row.get("role") != GONE}
    for kind in (each.title for each in kinds()):
        for folder in sorted(workspace.out.glob(f"[0-9][0-9][0-9][0-9]/{glob.escape(kind)}")):
            for place in sorted(folder.rglob("*")):
                if _is_passing(place.relative_to(folder)) or not (place.is_file() or place.is_symlink()):
                    continue
                if workspace.shown(place) not in kept:
                    yield FileUnknown(workspace.shown(place))


def _is_passing(path: Path) -> bool:
    """Whether a file is none of the record's: kept aside, a printed form, or a lock of a word processor."""
    aside: Sequence[str] = (ASIDE, PAPERS, DRAFTS)
    return path.name.startswith(_LOCKS) or any(
        part in aside or part.startswith(UNFINISHED) for part in path.parts
    )
