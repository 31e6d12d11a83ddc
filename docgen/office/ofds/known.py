"""What the register knows of files that become OFDs: which document each is, its metadata, its attachments."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.digests import sha256
from docgen.errors import NOT_VERIFIED, DocgenError
from docgen.files import read_regular, reason_of
from docgen.ofd.package import About, Attachment
from docgen.office import metadata
from docgen.office.bounds import bounds
from docgen.office.desk import Desk
from docgen.office.ofds.about import about, parts_of, read_in
from docgen.office.people import office_records
from docgen.register.document import Document
from docgen.register.record import FileRole

_SHOWN: Final = frozenset(
    each.value for each in (FileRole.DRAFT, FileRole.SUBMITTED, FileRole.FINAL, FileRole.SCAN, FileRole.SIGNED_PDF)
)  # fmt: skip
"""The recorded files that show the document itself; a reply or an attachment is another one."""


class AttachmentDiffers(DocgenError):
    """A recorded attachment is not as it was recorded, or cannot be read."""

    code = "ofd-attachment-differs"
    exit_code = NOT_VERIFIED
    says = "{file} 没有转换成 OFD：它的附件 {attachment} {reason}"
    advises = "请用 docgen verify 核对；不带附件的，加 --no-attachments。"

    file: str
    attachment: str
    reason: str


@dataclass(frozen=True)
class Known:
    """A file's document as the register has it.

    Args:
        document: which.
        original: its Word file, which tells what the register does not hold.
        attachments: path and SHA-256 of the attachments on record, the paths below the workspace.
        fonds: 全宗号; empty where it is not settled.
        level: 发布层次.
        is_claim: whether the file is none on record, but says that it was made of one; anybody can write that.
    """

    root: Path
    document: Document
    original: Path
    attachments: tuple[tuple[str, str], ...]
    fonds: str
    level: str
    is_claim: bool

    def about(self, file: str, source: str, within: tuple[Path, ...], *, attached: bool) -> About:
        """Return what the OFD of a file says.

        Args:
            file: how messages name it.
            source: the SHA-256 of the document it is made of.
            within: the folders that hold the workspace's files.
            attached: whether the recorded attachments go into it.

        Raises:
            AttachmentDiffers: a recorded attachment is not as it was recorded.
        """
        data = self._original(within)
        known = metadata.of_registered(self.document, data, self.fonds, self.level)
        files = [self._attachment(file, each, within) for each in self.attachments] if attached else []
        return about(known, parts_of(read_in(self.original)) if data else (), source, files)

    def _original(self, within: tuple[Path, ...]) -> bytes:
        """Return the document's own file; nothing where it is not as it was recorded: then the register alone tells."""
        try:
            data = read_regular(self.original, within=within)
        except OSError:
            return b""
        return data if sha256(data) == self.document.sha256 else b""

    def _attachment(self, file: str, recorded: tuple[str, str], within: tuple[Path, ...]) -> Attachment:
        path, digest = recorded
        try:
            data = read_regular(self.root / path, within=within)
        except OSError as fault:
            raise AttachmentDiffers(file, path, f"读不出来：{reason_of(fault)}") from fault
        if sha256(data) != digest:
            raise AttachmentDiffers(file, path, "与登记的不同")
        return Attachment(Path(path).name, data)


class Register:
    """The documents of a workspace's register by the digests of the files that show them."""

    def __init__(self, desk: Desk) -> None:
        """Read them. Raises DocgenError where the register cannot be read."""
        self.within = bounds(desk.workspace)
        self._root = desk.workspace.root
        said = desk.workspace.settings.archive
        self._fonds = said.fonds or ""
        self._desk = desk
        self._rows: dict[int, list[Any]] = {}
        self._shown: dict[str, int] = {}
        with desk.register.reading() as books:
            for row in books.files():
                self._rows.setdefault(row.document, []).append(row)
                if row.role in _SHOWN:
                    self._shown.setdefault(row.sha256, row.document)
            self._documents = {each.id: each for each in books.documents(set(self._shown.values()))}

    def find(self, digest: str, claimed: str) -> Known | None:
        """Return the document that a file shows; None where it is none of the register's.

        Args:
            digest: its SHA-256.
            claimed: the SHA-256 of the document that it says it was made of; empty when it says none.
        """
        is_claim = digest not in self._shown
        own = self._shown.get(claimed if is_claim else digest)
        if own is None:
            return None
        document = self._documents[own]
        files: Mapping[str, str] = {
            row.id: row.sha256 for row in self._rows[own] if row.role == FileRole.ATTACHMENT.value
        }
        original = self._root / document.path
        recorded = tuple(sorted(files.items()))
        return Known(self._root, document, original, recorded, self._fonds, self._level, is_claim)

    @cached_property
    def _level(self) -> str:
        """Return 发布层次: as settled, else that of the mechanism; empty where the sheets do not say."""
        if settled := self._desk.workspace.settings.archive.level:
            return settled
        try:
            return f"{office_records(self._desk.workspace).mechanism.level}"
        except DocgenError:
            return ""
