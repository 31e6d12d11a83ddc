"""What lies in a bag and under which names: documents with all that belongs to them, papers, the record."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from docgen.archive import elements, formats, papers
from docgen.archive.bag import BagWriter, Differs, read
from docgen.archive.differences import differences
from docgen.archive.inventory import NAME, Filed, FileIn, Inventory, name_of
from docgen.archive.names import (
    CHAIN,
    CHECKER,
    COPY,
    DOCUMENTS,
    HEAD,
    LIFE_ROLE,
    LISTS,
    METADATA,
    OFD,
    ORIGINAL,
    PDF,
    READ_ME,
    RECORD,
    REPORT,
)
from docgen.archive.shares import shares
from docgen.dataclass import dataclass
from docgen.errors import DocgenError, Problems
from docgen.files import on_one_line
from docgen.model.names import file_name_of
from docgen.ofd.package import Attachment
from docgen.office import metadata
from docgen.office.archive.faults import NotComplete, PrintUnfit
from docgen.office.archive.gathering import Case, Gathered
from docgen.office.archive.known import key_of
from docgen.office.archive.looking import Lying
from docgen.office.archive.prints import Prints
from docgen.office.papers.ledgers import SUFFIXES, Suffix, ledger_bytes
from docgen.office.pool import among
from docgen.register.document import Document
from docgen.register.record import Entry, FileRole
from docgen.standard.build.ledger import Ledger
from docgen.workspace import Workspace

Progress = Callable[[int, int], None]
_LINES: Final = 1000
"""Entries of the chain that are written at once."""
_JSON: Final = json.JSONEncoder(ensure_ascii=False)
_RECORDED: Final = "归入的公文和各文号的去向没有变，另有登记（见登记链）"
_EXPLAINS: Final = """\
{name}

本档案包按 BagIt（RFC 8493）组织：manifest-sha256.txt 列出 data 文件夹中每个文件的 SHA-256 摘要。
data/归档核对表：本年度每个文号的去向，没有归入的写明原因。
data/文件：每件公文一个文件夹，名称是档号；里面有正本、PDF、扫描件、复函、回执、元数据和办理经过。
data/目录：归档文件目录、封面、备考表、著录表。
data/登记：登记链（每行一条，body 是登记原文）和链末端。

不用 docgen 也能核对：在 data/登记 文件夹里运行 python3 核对.py（只需 Python 3）。方法如下：
一、逐个计算文件的 SHA-256，与 manifest-sha256.txt 比较。
二、从 64 个 0 开始，依次计算“前一条的摘要、换行、body”的 SHA-256，应等于各条的 digest；最后一条应与链末端.json 相同。
"""


@dataclass(frozen=True)
class Packed:
    """A bag: its folder where it is written, what it says of itself, its manifest's digest, bytes of its payload."""

    folder: Path | None
    inventory: Inventory
    digest: str
    size: int


@dataclass
class _Share:
    """Documents that were packed together: by which writer, as the inventory has them, and what was wrong."""

    bag: BagWriter
    filed: list[Filed] = field(default_factory=list)
    faults: list[DocgenError] = field(default_factory=list)


@dataclass(frozen=True)
class Packing:
    """How a year is packed.

    Args:
        workspace: where its files are.
        gathered: the year as the register has it.
        codes: 档号 by document.
        version: of the bag.
        changes: what is new since the version before, in words.
        earlier: the version before, where it is at hand and more may be new.
        told: documents of which `changes` says already why they differ from it.
    """

    workspace: Workspace
    gathered: Gathered
    codes: Mapping[int, str]
    version: int
    changes: tuple[str, ...] = ()
    earlier: Inventory | None = None
    told: frozenset[int] = frozenset()

    def name_of(self, version: int) -> str:
        """Return the name of the bag of a version."""
        return name_of(self.gathered.series, version)

    def pack(
        self,
        folder: Path | None,
        prints: Prints,
        chain: Iterable[tuple[str, str]],
        today: date,
        progress: Progress | None,
    ) -> Packed:
        """Write the bag into a new folder; without one its digests are worked out, and nothing is written.

        Raises:
            Problems: files that are not as they are on record, or cannot be converted.
            Unread: a file that was there a moment ago cannot be read.
            OSError, CannotWrite: the operating system refuses.
        """
        bag = BagWriter(folder)
        filed = self._documents(bag, prints.of(self.gathered.cases, progress), progress)
        last, digest = self.gathered.last
        inventory = self._inventory(filed, last, digest)
        lists = list(itertools.product(self._papers(inventory), SUFFIXES))
        for ((name, _), suffix), data in zip(lists, self._made(lists), strict=True):
            bag.write(f"{name}{suffix}", data)
        self._record(bag, chain, inventory)
        bag.write(NAME, inventory.as_json())
        info = (
            ("Source-Organization", self.gathered.organ),
            ("External-Identifier", inventory.name),
            (
                "External-Description",
                f"{self.gathered.series.fonds_name}{self.gathered.series.year}年归档公文",
            ),
            ("Bagging-Date", today.isoformat()),
        )
        return Packed(folder, inventory, bag.close(info), bag.size)

    def _documents(
        self, bag: BagWriter, pdfs: Mapping[str, tuple[Path, str]], progress: Progress | None
    ) -> list[Filed]:
        """Put the documents with all that is filed with them into the bag. Raises Problems."""
        filed, faults, count = list[Filed](), list[DocgenError](), len(self.gathered.cases)
        parts = shares(count)
        for share, part in zip(parts, among(partial(self._share, bag.folder, pdfs), parts), strict=True):
            bag.take(part.bag)
            filed += part.filed
            faults += part.faults
            if progress:
                progress(share.stop, count)
        Problems.raise_any(faults)
        return filed

    def _share(self, folder: Path | None, pdfs: Mapping[str, tuple[Path, str]], share: range) -> _Share:
        """Pack some of the documents; another process may have come to no end with them."""
        part = _Share(BagWriter(folder))
        for case in map(self.gathered.cases.__getitem__, share):
            part.bag.clear(f"{DOCUMENTS}/{self.codes[case.document.id]}")
            try:
                part.filed.append(self._document(part.bag, case, pdfs))
            except Differs:
                named = f"{case.document.number}《{case.document.title}》"
                part.faults.append(NotComplete(named, "文件与登记的不同（docgen verify 会列出）"))
            except PrintUnfit as fault:
                part.faults.append(fault)
        return part

    def _inventory(self, filed: Sequence[Filed], last: int, digest: str) -> Inventory:
        codes, gathered = {each.number: each.code for each in filed}, self.gathered
        counted = tuple(
            replace(each, archived=codes[each.number]) if each.number in codes else each
            for each in gathered.counted
        )
        made = Inventory(gathered.series, self.version, gathered.organ, last, digest, tuple(filed), counted)
        more = differences(self.earlier, made, self.told) if self.earlier else ()
        changes = (*self.changes, *more) or ((_RECORDED,) if self.version > 1 else ())
        return replace(made, changes=changes)

    def _papers(self, inventory: Inventory) -> Iterator[tuple[str, Ledger]]:
        yield REPORT, papers.reconciliation(inventory)
        for retention in dict.fromkeys(each.retention for each in inventory.filed):
            for make in (papers.cover, papers.catalogue, papers.box_note):
                ledger = make(inventory, retention)
                yield f"{LISTS}/{_NAMES[make.__name__]}（{retention}）", ledger
        yield f"{LISTS}/著录表", papers.description(inventory)

    def _made(self, lists: Sequence[tuple[tuple[str, Ledger], Suffix]]) -> Iterable[bytes]:
        """Return the file of each list; short ones are made one after the other."""
        faces = self.workspace.look.faces

        def made(number: int) -> bytes:
            (_, ledger), suffix = lists[number]
            return ledger_bytes(ledger, suffix, faces)

        several = len(shares(len(self.gathered.cases))) > 1
        return (among if several else map)(made, range(len(lists)))

    def _record(self, bag: BagWriter, chain: Iterable[tuple[str, str]], inventory: Inventory) -> None:
        from docgen.archive import standalone

        lines = (f"{_JSON.encode({'body': body, 'digest': digest})}\n" for body, digest in chain)
        blocks = iter(lambda: "".join(itertools.islice(lines, _LINES)), "")
        bag.fill(f"{RECORD}/{CHAIN}", (each.encode("utf-8", "surrogatepass") for each in blocks))
        head = {"seq": inventory.entries, "digest": inventory.head}
        bag.write(f"{RECORD}/{HEAD}", f"{_JSON.encode(head)}\n".encode())
        bag.write(f"{RECORD}/{CHECKER}", Path(standalone.__file__).read_bytes())
        bag.write(READ_ME, _EXPLAINS.format(name=inventory.name).encode())

    def _document(self, bag: BagWriter, case: Case, pdfs: Mapping[str, tuple[Path, str]]) -> Filed:
        """Pack a document with all that belongs to it. Raises Differs for a file that is not as recorded."""
        document, code = case.document, self.codes[case.document.id]
        folder = f"{DOCUMENTS}/{code}"
        files = [one for each in case.files for one in self._copied(bag, each, folder, pdfs)]
        said = self._elements(document, case)
        if self.workspace.settings.archive.ofd:
            data = self._ofd(case, pdfs[case.original.sha256][0], said)
            files.append(FileIn(OFD, *bag.write(f"{folder}/{ORIGINAL}.ofd", data)))
        for suffix, data in ((".json", _json(said)), (".xml", elements.as_xml(said, code))):
            files.append(FileIn(METADATA, *bag.write(f"{folder}/{METADATA}{suffix}", data)))
        files.append(
            FileIn(
                LIFE_ROLE,
                *bag.write(f"{folder}/{LIFE_ROLE}.json", _lines(map(_told, case.life))),
            )
        )
        pages = next((each.pages or 0 for each in files if each.role == PDF), 0)
        return Filed(
            code, document.id, document.number, document.title, document.kind, document.dated.isoformat(),
            document.issued_on, _author(said) or self.gathered.organ, said["密级和保密期限"], case.retention,
            case.openness, _history(case), pages, case.needed, tuple(files),
            _remark(case), document.addressee,
        )  # fmt: skip

    def _copied(
        self, bag: BagWriter, file: Lying, folder: str, pdfs: Mapping[str, tuple[Path, str]]
    ) -> Iterator[FileIn]:
        """Pack a file, and its PDF/A where it has one.

        Raises:
            Differs: it is not as recorded.
            PrintUnfit: no bag takes the PDF that was made of it.
        """
        source = self.workspace.root / file.path
        is_original = file.role == FileRole.FINAL.value
        name = file_name_of(file.role if is_original else source.stem)
        path, digest, size = bag.copy(source, f"{folder}/{name}{source.suffix.lower()}", file.sha256)
        yield _file_in(file.role, (path, digest, size), self.gathered.judged[file.path, file.sha256])
        if is_original or file.needs_pdf:
            pdf, expected = pdfs[file.sha256]
            made = bag.copy(pdf, f"{folder}/{name}.pdf", expected)
            role, made_from = (PDF, "") if is_original else (COPY, path)
            found = self.gathered.known.get(key_of(role, pdf, made[1])) or formats.judge_as(role, pdf)
            if why := (*found.refusals, *found.bare):
                raise PrintUnfit(file.path, "、".join(why))
            yield _file_in(role, made, found, made_from)

    def _ofd(self, case: Case, pdf: Path, said: Mapping[str, str]) -> bytes:
        """Return a document's OFD, made of its PDF, with its metadata and the parts of its text."""
        from docgen.ofd.making import ofd_of
        from docgen.office.ofds.about import about, parts_of, read_in

        parts = parts_of(read_in(self.workspace.root / case.original.path))
        files = [
            Attachment(Path(each.path).name, b"".join(read(self.workspace.root / each.path)))
            for each in case.files
            if each.role == FileRole.ATTACHMENT.value
        ]
        return ofd_of(
            b"".join(read(pdf)), about(said, parts, case.original.sha256, files), case.original.path
        )

    def _elements(self, document: Document, case: Case) -> dict[str, str]:
        data = b"".join(read(self.workspace.root / case.original.path))
        return metadata.of_registered(document, data, self.gathered.series.fonds, self.gathered.level)


def _author(said: Mapping[str, str]) -> str:
    """Return 责任者: the organs that signed, without one that only stamped on their behalf; empty where none did."""
    signed = said["发文机关或签发人署名"].split("；")
    return "、".join(each for each in signed if not each.endswith(_ON_BEHALF))


def _file_in(role: str, made: tuple[str, str, int], found: formats.Judged, made_from: str = "") -> FileIn:
    """Return a file with what was found of it, for whoever does not open it again."""
    return FileIn(role, *made, found.pages, made_from, found.format, found.claim, tuple(found.bare))


_ON_BEHALF: Final = "（代章）"
_NAMES: Final = {"cover": "封面", "catalogue": "归档文件目录", "box_note": "备考表"}


def _json(said: Mapping[str, str]) -> bytes:
    """Return texts by name as JSON, a line each."""
    lines = ",\n".join(f" {_JSON.encode(name)}: {_JSON.encode(text)}" for name, text in said.items())
    return f"{{\n{lines}\n}}\n".encode()


def _lines(said: Iterable[Any]) -> bytes:
    """Return a list as JSON, a line each."""
    lines = ",\n".join(map(_JSON.encode, said))
    return f"[\n{lines}\n]\n".encode()


def _told(entry: Entry) -> dict[str, Any]:
    """Return an entry of a life in words that need no knowledge of the record."""
    deed = entry.deed
    return {
        "条号": entry.seq, "登记时间": entry.at, "日期": deed.day.isoformat(), "步骤": deed.step,
        "原状态": deed.before, "现状态": deed.after, "办理人": deed.actor, "单位": deed.unit,
        "职务": deed.held.post if deed.held else "", "机制职务": list(deed.held.roles) if deed.held else [],
        "登记人": entry.recorder, "说明": deed.remark,
        "文件": [{"类别": each.role, "路径": each.path, "SHA-256": each.sha256} for each in deed.files],
        "摘要": entry.digest,
    }  # fmt: skip


def _history(case: Case) -> str:
    """Return 沿革: what became of a document after it was issued, and what it replaced."""
    document = case.document
    said = [f"{document.issued_on}印发"] if document.issued_on else []
    if document.reason:
        said.append(f"{document.state.value}：{document.reason}")
    said += [
        f"{each.deed.day.isoformat()}{each.deed.step}" for each in case.life if each.deed.step == "归档后补充"
    ]
    return "；".join(said)


def _remark(case: Case) -> str:
    return on_one_line(f"印发后被替换：{case.document.reason}") if case.document.reason else ""
