"""Attaching files to signed documents: scans of the sealed copy, replies, receipts, PDFs signed with a certificate."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from docgen.dataclass import dataclass
from docgen.digests import Digests, digests_in
from docgen.errors import WRONG_USE, Advice, DocgenError, Problems
from docgen.files import (
    MOST_BYTES,
    Staging,
    blocks_of,
    on_one_line,
    read_regular,
    reason_of,
    set_aside,
    staged,
)
from docgen.model.names import file_name_of
from docgen.office.bounds import Inside, refuse_outside
from docgen.office.desk import Desk
from docgen.office.life.checks import altered_since, file_of, row_for
from docgen.office.life.finding import named
from docgen.office.life.recording import recording
from docgen.register.books import Books
from docgen.register.document import Document
from docgen.register.duties import Doing
from docgen.register.life import ATTACH, SUPPLEMENT, Step
from docgen.register.record import Deed, FileRole, FileSeen
from docgen.register.refusals import FileGone, TooEarly, WrongState
from docgen.workspace import Workspace

if TYPE_CHECKING:
    from docgen.pdf.signature import Certificate

FOLDER: Final = "附件"
_MOST_BYTES: Final = 2**20  # of a certificate
_MOST_ATTACHED: Final = 2**31 - 1  # what the register's column of sizes holds on every database


_WAY_OUT: Final = "请另登记一份 PDF，再用 docgen doc detach 停用这一份"


class CannotAttach(DocgenError):
    """A file cannot be attached."""

    code = "attachment-unreadable"
    exit_code = WRONG_USE
    says = "{path} 不能作为附件：{reason}"
    advises = "请核对文件后重试。"

    path: str
    reason: str


@dataclass(frozen=True)
class Attached:
    """A file attached to a document, where its copy lies, and what should be known of it."""

    document: Document
    path: Path
    advice: Advice | None = None


def attach(desk: Desk, asked: str, files: Sequence[Path], role: FileRole, remark: str) -> list[Attached]:
    """Attach copies of files to a document.

    Raises:
        Problems: of CannotAttach: files that cannot be read, are empty or too large, are no sound scans, are
            attached to the document in this role already, or say that they were made of another document; what
            is a mere attachment (附件) may be another document.
        WrongState: the document is not signed yet, or archived.
        TooEarly, NotYet: the day is not right.
    """
    return _added(desk, _Adding(asked, role, remark, ATTACH), files)


def attach_once(desk: Desk, asked: str, file: Path, role: FileRole) -> Attached | None:
    """Attach a copy of a file, as `attach`; None where the document has it in that role already."""
    return next(iter(_added(desk, _Adding(asked, role, "", ATTACH, once=True), [file])), None)


def supplement(desk: Desk, asked: str, files: Sequence[Path], role: FileRole, remark: str) -> list[Attached]:
    """Attach copies of files to an archived document; the next version of its bag holds them.

    Raises:
        Problems: of CannotAttach: files that cannot be read, are empty or too large, are no sound scans, or are
            attached to the document in this role already.
        WrongState: the document is not archived.
        TooEarly, NotYet: the day is not right.
    """
    return _added(desk, _Adding(asked, role, remark, SUPPLEMENT), files)


@dataclass(frozen=True)
class _Adding:
    """What files are added as: to which document, in what role and why; `once` leaves out those that it has."""

    asked: str
    role: FileRole
    remark: str
    step: Step
    once: bool = False


def _added(desk: Desk, adding: _Adding, files: Sequence[Path]) -> list[Attached]:
    step, role = adding.step, adding.role
    advices = dict(zip(files, _judged(role, files), strict=True))
    with recording(desk, step, adding.remark) as (books, doing), staged() as staging:
        (document,) = named(books, [adding.asked])
        if adding.once:
            files = [each for each in files if not _has(books, document, role, each)]
        if not files:
            return []
        refuse_now(document, doing, step)
        if not document.number:  # a draft that was voided
            raise WrongState(document.name, document.state.value, step.doing, document.next_steps)
        seen, taken, faults = [], set[str](), list[CannotAttach]()
        there = {each.sha256: each.id for each in books.files(role, document=document.id)}
        for path in files:
            place = _free_place(desk.workspace, document, _name(role, path), books, taken)
            digests, size = _copied(staging, place, path)
            if digests.sha256 in there:
                why = f"同一个文件已经登记为它的{role.value}（{PurePosixPath(there[digests.sha256]).name}），不用再登记"
                faults.append(CannotAttach(on_one_line(str(path)), why))
            if role is not FileRole.ATTACHMENT and (other := _printed_of_another(books, document, path)):
                why = f"它是由{other}转换成的，不会是这一件的{role.value}"
                faults.append(CannotAttach(on_one_line(str(path)), why))
            there[digests.sha256] = desk.workspace.shown(place)
            seen.append(FileSeen(role, desk.workspace.shown(place), digests.sha256, digests.sm3, size))
        Problems.raise_any(faults)
        books.add(_deed(document, doing, tuple(seen), step))
    return [
        Attached(document, desk.workspace.root / each.path, advices[path])
        for each, path in zip(seen, files, strict=True)
    ]


def _printed_of_another(books: Books, document: Document, path: Path) -> str:
    """Return the name of the document of which a PDF or OFD says that it was made, where it is another one on record.

    Raises:
        CannotAttach: it cannot be read.
    """
    from docgen.office.sighting import printed_of

    try:
        source = "" if path.stat().st_size > MOST_BYTES else printed_of(read_regular(path))
    except OSError as fault:
        raise CannotAttach(on_one_line(str(path)), reason_of(fault)) from fault
    owners = {row.document for row in books.files(sha256=source)} if source else set[int]()
    if not owners or document.id in owners:
        return ""
    return next((each.name for each in books.documents(owners)), "")


def _has(books: Books, document: Document, role: FileRole, path: Path) -> bool:
    """Whether a file is attached to a document in a role. Raises CannotAttach."""
    try:
        digest = digests_in(blocks_of(path))[0].sha256
    except OSError as fault:
        raise CannotAttach(on_one_line(str(path)), reason_of(fault)) from fault
    return bool(books.files(role, document=document.id, sha256=digest))


def sign_pdfs(desk: Desk, asked: Sequence[str], certificate: Path, password: str) -> list[Attached]:
    """Convert documents to PDF, sign each with a certificate, and attach it to its document.

    Raises:
        Problems: names that mean none or several, or files that are gone or not as they were recorded.
        WrongState: a document is not signed yet, or no longer in force.
        SignerMissing, BadCertificate: the certificate cannot be used.
        DocgenError: LibreOffice cannot, the PDF cannot be signed, or a document takes no attachments now.
    """
    ready = _certificate_at(certificate, password)
    with desk.register.reading() as books:
        documents = named(books, asked)
    for each in documents:
        row_for(each, ATTACH)
        if each.state.is_over:
            raise WrongState(each.name, each.state.value, "做签名PDF", each.next_steps)
    sources = _as_recorded(desk.workspace, documents)
    remark = f"证书：{ready.holder}，指纹 {ready.fingerprint}"
    attached: list[Attached] = []
    with tempfile.TemporaryDirectory(prefix="docgen-", ignore_cleanup_errors=True) as place:
        for each, source in zip(documents, sources, strict=True):
            made = _signed_pdf(each, source, ready, Path(place))
            attached += attach(desk, str(each.id), [made], FileRole.SIGNED_PDF, remark)
    return attached


def _as_recorded(workspace: Workspace, documents: Sequence[Document]) -> list[bytes]:
    """Return the documents' files, each as its last step recorded it: nothing else is signed for. Raises Problems."""
    inside, files = Inside(workspace), list[bytes]()
    faults: list[DocgenError] = []
    for each in documents:
        try:
            data, seen = file_of(inside, each, ATTACH)
        except FileGone as fault:
            faults.append(fault)
            continue
        faults += altered_since(each, seen, ATTACH)
        files.append(data)
    Problems.raise_any(faults)
    return files


def _signed_pdf(document: Document, source: bytes, certificate: Certificate, place: Path) -> Path:
    from docgen.pdf.convert import to_pdf

    folder = place / str(document.id)
    folder.mkdir()
    docx = folder / PurePosixPath(document.path).name
    docx.write_bytes(source)
    (made,) = to_pdf([docx], folder)
    signed = folder / f"{file_name_of(document.number)}.pdf"
    signed.write_bytes(certificate.sign(made.read_bytes(), f"印发{document.number}", document.path))
    return signed


def _certificate_at(path: Path, password: str) -> Certificate:
    """Return the certificate in a PKCS#12 file. Raises SignerMissing, BadCertificate."""
    from docgen.pdf.signature import BadCertificate, Certificate

    try:
        data = read_regular(path)
    except OSError as fault:
        raise BadCertificate(on_one_line(path), reason_of(fault)) from fault
    if len(data) > _MOST_BYTES:
        raise BadCertificate(on_one_line(path), "文件过大，不是证书")
    return Certificate(data, password, on_one_line(path))


def _judged(role: FileRole, files: Sequence[Path]) -> list[Advice | None]:
    """Return what should be known of each file. Raises Problems: those that cannot be attached."""
    advices: list[Advice | None] = []
    faults: list[DocgenError] = []
    for path in files:
        try:
            advices.append(_advice(role, path))
        except CannotAttach as fault:
            faults.append(fault)
    Problems.raise_any(faults)
    return advices


def _advice(role: FileRole, path: Path) -> Advice | None:
    """Return why a file cannot be archived as it is; a scan must be one that can. Raises CannotAttach."""
    shown = on_one_line(str(path))
    try:
        first = next(blocks_of(path), b"")
        size = path.stat().st_size
        if not first:
            raise CannotAttach(shown, "是空文件")
        if size > _MOST_ATTACHED:
            raise CannotAttach(
                shown, f"有 {size / 2**30:.1f} GB，超过 2 GB；请分成几个文件，或降低扫描的分辨率"
            )
        refusals = _refusals(role, path)
    except OSError as fault:
        gone = isinstance(fault, FileNotFoundError)
        raise CannotAttach(shown, "没有这个文件" if gone else reason_of(fault)) from fault
    if refusals and role is FileRole.SCAN:
        raise CannotAttach(shown, "；".join(refusals))
    if not refusals:
        return None
    return Advice(
        "attachment-not-for-archive", f"{shown} 已登记，但归档时不能归入：{'；'.join(refusals)}；{_WAY_OUT}"
    )


def _refusals(role: FileRole, path: Path) -> tuple[str, ...]:
    """Return why no bag takes a file; nothing of a PDF where there is no reader for it. Raises OSError."""
    from docgen.archive import formats

    try:
        return formats.judge_as(role.value, path, fonts=False).refusals
    except ImportError:
        return ()


def _copied(staging: Staging, place: Path, source: Path) -> tuple[Digests, int]:
    """Copy a file beside its place, hashing it meanwhile. Raises CannotAttach, CannotWrite."""
    try:
        return digests_in(staging.copy(place, blocks_of(source)))
    except OSError as fault:
        raise CannotAttach(on_one_line(str(source)), reason_of(fault)) from fault


def refuse_now(document: Document, doing: Doing, step: Step) -> None:
    """Refuse to attach to a document that takes none. Raises WrongState, TooEarly."""
    row_for(document, step)
    if doing.day < document.day:
        raise TooEarly(document.name, step.doing, doing.day.isoformat(), document.day.isoformat())


def _name(role: FileRole, source: Path) -> tuple[str, str]:
    """Return stem and suffix of the copy of a file."""
    return file_name_of(f"{role}-{source.stem}"), source.suffix.lower()


def _free_place(
    workspace: Workspace, document: Document, name: tuple[str, str], books: Books, taken: set[str]
) -> Path:
    """Return a place for a copy in the document's folder that no recorded file has.

    What lies there unrecorded, from a call that was broken off, is moved aside.
    """
    folder = (workspace.root / document.path).parent / FOLDER
    refuse_outside(workspace, folder)
    stem, suffix = name
    count = 0
    while True:
        count += 1
        place = folder / (stem + (f"（{count}）" if count > 1 else "") + suffix)
        shown = workspace.shown(place)
        if shown not in taken and not books.knows_file(shown):
            taken.add(shown)
            if place.exists():
                set_aside(place)
            return place


def _deed(document: Document, doing: Doing, seen: tuple[FileSeen, ...], step: Step) -> Deed:
    changes = (
        document.change(day=doing.day.isoformat()),
        *(each.change(document.id) for each in seen),
    )
    return Deed(
        step.name, doing.day, doing.actor.name, doing.actor.unit, document.id, document.state, document.state,
        doing.remark, seen, changes, doing.actor.held,
    )  # fmt: skip
