"""The files that the record speaks of: is each still as it was, and what else lies in the folders of documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final, TypeAlias

from docgen.digests import digests_in
from docgen.errors import NOT_VERIFIED, Advice, DocgenError
from docgen.files import blocks_of, on_one_line, read_regular, reason_of
from docgen.office.archive.faults import BagAltered
from docgen.office.bounds import bounds
from docgen.office.kind_folders import found_in, shown_of
from docgen.office.papers.names import PAPERS, printed_forms
from docgen.pdf.signature import SignerMissing, signatures_of
from docgen.register.life import State
from docgen.register.record import FileRole
from docgen.workspace import Workspace

Tables: TypeAlias = Mapping[str, Mapping[Any, Mapping[str, Any]]]
"""What follows from the entries on record: table → key → columns. Where entries were altered, of any type."""
Recorded: TypeAlias = Callable[[], Collection[str]]
"""Reads which paths are on record now."""
MOST_NAMED: Final = 20
"""How many files or documents a message names at the most."""
_ATTACHED: Final = (FileRole.SCAN, FileRole.REPLY, FileRole.RECEIPT, FileRole.ATTACHMENT, FileRole.SIGNED_PDF)
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


def recorded(workspace: Workspace, tables: Tables) -> Iterator[DocgenError | Advice | None]:
    """Yield for each recorded file what is wrong with it, None when nothing is."""
    for path, row in tables["file"].items():
        if row.get("role") == FileRole.WITHDRAWN or not _is_sound(path, row):
            continue  # what is not sound, the audit has found
        if row["role"] == FileRole.BAG:
            yield from _bag(workspace, path, row)
            continue
        document = tables["document"].get(row["document"], {})
        fault = _compared(workspace, path, row, name_of(tables, row))
        if fault and document.get("state") in _UNSIGNED:
            yield Advice("draft-altered", f"{fault.what}；还没有签发，可以改稿，改后请重新核稿")
        else:
            yield fault


def _bag(workspace: Workspace, path: str, row: Mapping[str, Any]) -> Iterator[DocgenError | Advice | None]:
    """Yield what is wrong with a bag on record; one that was taken elsewhere is only told."""
    from docgen.archive.faults import NotABag
    from docgen.archive.reading import read_bag

    folder = (workspace.root / path).parent
    shown = workspace.shown(folder)
    if not folder.exists():
        yield Advice(
            "archive-bag-elsewhere",
            f"档案包 {shown} 不在原处；已经移交或另存的，请在存放处用 docgen archive verify 核对",
        )
        return
    try:
        found = read_bag(folder)
    except NotABag as fault:
        yield BagAltered(shown, fault.reason)
        return
    wrong = [each.what for each in found.faults]
    if found.digest != row["sha256"]:
        wrong.insert(0, "清单不是登记的那一份")
    yield from (BagAltered(shown, each) for each in wrong[:MOST_NAMED])
    yield None


def _is_sound(path: Any, row: Mapping[str, Any]) -> bool:
    words = (path, row.get("role"), row.get("sha256"), row.get("sm3"))
    return isinstance(row.get("document"), int) and all(isinstance(each, str) for each in words)


def _compared(workspace: Workspace, path: str, row: Mapping[str, Any], name: str) -> DocgenError | None:
    place = workspace.root / path
    try:
        now, _ = digests_in(blocks_of(place, within=bounds(workspace)))
        data = read_regular(place, within=bounds(workspace)) if row["role"] == FileRole.SIGNED_PDF else b""
    except OSError as fault:
        gone = isinstance(fault, FileNotFoundError)
        reason = "不见了" if gone else f"读不出来：{reason_of(fault)}"
        return FileMissing(on_one_line(path), name, row["role"], reason)
    path = on_one_line(path)
    if now.sha256 != row["sha256"]:
        return FileAltered(path, name, row["role"], now.sha256, row["sha256"])
    if row["sm3"] and now.sm3 and now.sm3 != row["sm3"]:
        return FileAltered(path, name, row["role"], now.sm3, row["sm3"])
    return _signature_fault(data, path, name) if row["role"] == FileRole.SIGNED_PDF else None


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


def unrecorded(workspace: Workspace, tables: Tables, now: Recorded) -> Iterator[DocgenError | Advice]:
    """Yield what lies in the folders of kinds of documents, drafts apart, and was never recorded.

    Args:
        workspace: whose folders.
        tables: what was on record a moment ago.
        now: reads it anew, where something strange lies there.
    """
    kept = {path for path, row in tables["file"].items() if row.get("role") != FileRole.WITHDRAWN}
    # Kinds that are declared no more count too: their documents are on record.
    on_record = (str(row.get("kind")) for row in tables["document"].values())
    found = found_in(workspace, {*workspace.catalogue.titles, *on_record})
    strange = [each for each in found.strange if workspace.shown(each) not in kept]
    since = now() if strange else kept  # a document may have been signed since the record was read
    yield from found.faults
    for each in strange:
        if workspace.shown(each) not in since:
            yield FileUnknown(shown_of(workspace, each))
    printed = printed_forms(tables["document"])
    passing = [
        shown_of(workspace, each)
        for each in found.passing
        if workspace.shown(each) not in kept and not (each.parent.name == PAPERS and each.name in printed)
    ]
    if passing:
        more = f"……共{len(passing)}个" if len(passing) > MOST_NAMED else ""
        words = f"公文的文件夹里还有没有登记的文件（留存、单据或临时文件）：{'、'.join(passing[:MOST_NAMED])}{more}"
        yield Advice("files-beside", f"{words}；它们不在登记之列，请核对该不该留在那里")


def attached_twice(tables: Tables) -> Iterator[Advice]:
    """Say which file was attached more than once."""
    places: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for path, row in tables["file"].items():
        if _is_sound(path, row) and row["role"] in _ATTACHED:
            places.setdefault(row["sha256"], []).append((path, row))
    for same in places.values():
        if len(same) > 1:
            named = "；".join(
                f"{name_of(tables, row)}的{row['role']}（{on_one_line(path)}）" for path, row in same
            )
            yield Advice("file-attached-twice", f"同一个文件登记了{len(same)}次，请核对是否放错：{named}")


def name_of(tables: Tables, row: Mapping[str, Any]) -> str:
    """Return what messages call the document of a row: its number, else that of the register."""
    document = tables["document"].get(row["document"], {})
    return str(document.get("number") or f"{row['document']}号公文")
