"""Judging a bag by the four qualities of DA/T 70-2018, from the bag alone: 真实性, 完整性, 可用性, 安全性.

The standard's text was not at hand: the qualities and what belongs to each are as DOMAIN.md 8 lists them. What cannot
be judged here is named as not judged.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeAlias

from docgen.archive import elements, formats
from docgen.archive.bag import PAYLOAD
from docgen.archive.faults import (
    BagContradicts,
    BagIncomplete,
    BagUnreadable,
    BagUnsafe,
    BagUnusable,
    ChainBroken,
)
from docgen.archive.inventory import GONE, NAME, Filed, FileIn, Inventory, inventory_of
from docgen.archive.names import CHAIN, COPY, HEAD, LIFE_ROLE, METADATA, OFD, ORIGINAL, PDF, RECORD
from docgen.archive.reading import Contents, NotThere, Progress, read_bag
from docgen.archive.shares import shares
from docgen.dataclass import dataclass
from docgen.errors import Advice, DocgenError
from docgen.files import StrangeFile, on_one_line, reason_of
from docgen.standard.forms.serial import issue
from docgen.standard.wording.text import official_date

_START: Final = "0" * 64
_MADE: Final = (METADATA, LIFE_ROLE)
"""Roles of files that docgen made for the bag; they are data, not documents."""
QUICK: Final = "没有逐个打开，按归档时的检测结果（档案包目录所载）"
NOT_JUDGED: Final = (
    "PDF/A-2b 只核对了文件自己的声明和字体是否嵌入，没有用专门的检验软件（如 veraPDF）检验",
    "电子签名的证书是否有效没有检验",
    "没有查毒",
)


class Quality(StrEnum):
    """The four qualities."""

    AUTHENTIC = "真实性"
    COMPLETE = "完整性"
    USABLE = "可用性"
    SAFE = "安全性"


@dataclass(frozen=True)
class Check:
    """One check: of which quality, what was checked, how many things, what is wrong, what is to be known."""

    quality: Quality
    what: str
    count: int
    faults: tuple[DocgenError, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def result(self) -> str:
        """Return the result in a word."""
        return f"{len(self.faults)}处不符" if self.faults else "有说明" if self.notes else "合格"


@dataclass(frozen=True)
class Judgement:
    """What was found of a bag.

    Args:
        folder: of the bag.
        inventory: what it says of itself; None where that cannot be read.
        checks: in the order of the qualities.
        files, size: how many files were hashed, and their bytes.
        digest: SHA-256 of the payload's manifest.
    """

    folder: Path
    inventory: Inventory | None
    checks: tuple[Check, ...]
    files: int
    size: int
    digest: str

    @property
    def faults(self) -> tuple[DocgenError, ...]:
        """Return everything that is wrong."""
        return tuple(each for check in self.checks for each in check.faults)

    @property
    def advices(self) -> tuple[Advice, ...]:
        """Return what should be known although nothing is wrong."""
        return tuple(Advice("archive-note", each) for check in self.checks for each in check.notes)


@dataclass
class _Found:
    """What is found document by document; `believed` says how many files were not opened."""

    believed: int = 0
    contradicting: list[DocgenError] = field(default_factory=list)
    lacking: list[DocgenError] = field(default_factory=list)
    unusable: list[DocgenError] = field(default_factory=list)
    unsafe: list[DocgenError] = field(default_factory=list)
    opened: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    bare: list[str] = field(default_factory=list)

    def add(self, other: _Found) -> None:
        """Add what was found of further documents."""
        self.believed += other.believed
        self.opened += other.opened
        self.claims += other.claims
        for name in ("contradicting", "lacking", "unusable", "unsafe", "bare"):
            getattr(self, name).extend(getattr(other, name))


Among: TypeAlias = Callable[[Callable[[range], _Found], Sequence[range]], Iterable[_Found]]
"""Does a work for each share of the documents and gives what came of it in their order: `map`, or several processes."""


def judge_bag(
    folder: Path, progress: Progress | None = None, *, quick: bool = False, among: Among = map
) -> Judgement:
    """Judge a bag.

    Args:
        folder: of the bag.
        progress: is told how many files are hashed and documents are judged, of how many.
        quick: whether what the bag says was found of its files when it was built is believed of those whose digest is
            as it was; they are not opened, and the judgement says so.
        among: by whom documents are judged.

    Raises:
        NotABag: there is no bag.
        BagUnreadable: the disk went away meanwhile.
        PdfReaderMissing: PDFs cannot be opened here.
    """
    formats.need_reader()
    contents = read_bag(folder, progress)
    try:
        return _judged_contents(contents, progress, quick=quick, among=among)
    except OSError as fault:  # each file was read a moment ago, or is not asked for again
        raise BagUnreadable(on_one_line(folder), reason_of(fault)) from fault


def _judged_contents(
    contents: Contents, progress: Progress | None, *, quick: bool, among: Among
) -> Judgement:
    """Return what is found of a bag whose files have been read. Raises OSError."""
    inventory, broken = _inventory(contents)
    if inventory is None:
        checks = (*_of_files(contents), Check(Quality.COMPLETE, "档案包目录", 0, broken))
        return _judgement(contents, None, checks)
    recorded, chain = _chain(contents, inventory)
    found, count = _Found(), len(inventory.filed)

    def judged(share: range) -> _Found:
        part = _Found()
        for each in share:
            _judge_document(contents, inventory.filed[each], recorded, part, quick=quick)
        return part

    parts = shares(count)
    for share, part in zip(parts, among(judged, parts), strict=True):
        found.add(part)
        if progress:
            progress(len(contents.listed) + share.stop, len(contents.listed) + count)
    checks = (*_of_files(contents), *_of_documents(inventory, chain, found), *_of_numbers(inventory))
    order = list(Quality)
    return _judgement(contents, inventory, sorted(checks, key=lambda each: order.index(each.quality)))


def _judgement(contents: Contents, inventory: Inventory | None, checks: Iterable[Check]) -> Judgement:
    return Judgement(
        contents.folder, inventory, tuple(checks), len(contents.lying), contents.size, contents.digest
    )


def _inventory(contents: Contents) -> tuple[Inventory | None, tuple[DocgenError, ...]]:
    try:
        return inventory_of(contents.bytes_of(NAME)), ()
    except (StrangeFile, ValueError):
        return None, (BagIncomplete(f"{PAYLOAD}/{NAME}", "读不出来，不知道包里应有哪些公文"),)


def _of_files(contents: Contents) -> Iterator[Check]:
    yield Check(Quality.AUTHENTIC, "文件与清单的摘要一致", len(contents.listed), tuple(contents.altered))
    yield Check(Quality.COMPLETE, "清单与实有文件一致", len(contents.lying), tuple(contents.missing))
    yield Check(Quality.SAFE, "没有通到包外的路径、链接", len(contents.lying), tuple(contents.unsafe))


def _of_documents(inventory: Inventory, chain: Sequence[DocgenError], found: _Found) -> Iterator[Check]:
    count = len(inventory.filed)
    yield Check(Quality.AUTHENTIC, "登记链首尾相接，末端与登记相同", inventory.entries, tuple(chain))
    unread = ("没有与正本的文字对照",) if found.believed else ()
    yield Check(Quality.AUTHENTIC, "元数据与公文内容、登记一致", count, tuple(found.contradicting), unread)
    yield Check(Quality.COMPLETE, "每件的应有材料、元数据、办理经过", count, tuple(found.lacking))
    claims = "、".join(f"PDF/A-{name.lower()}：{total}个" for name, total in sorted(found.claims.items()))
    believed = (f"{found.believed}个文件{QUICK}",) if found.believed else ()
    notes = ((f"文件自称：{claims}",) if claims else ()) + (*believed, *found.bare, *NOT_JUDGED[:1])
    yield Check(
        Quality.USABLE, "文件能打开，格式、页数相符，字体嵌入", found.opened, tuple(found.unusable), notes
    )
    safe = (*believed, *NOT_JUDGED[1:])
    yield Check(Quality.SAFE, "没有宏、脚本、外部引用", found.opened, tuple(found.unsafe), safe)


def _of_numbers(inventory: Inventory) -> Iterator[Check]:
    """Yield whether every number of the year is accounted for; what was left out on purpose is told, not blamed."""
    gone = tuple(
        BagIncomplete(each.number, each.reason) for each in inventory.counted if each.standing == GONE
    )
    left = [each for each in inventory.counted if each.is_open and each.standing != GONE]
    notes = tuple(f"没有归入本包：{each.number}，{each.reason}" for each in left)
    total = sum(each.last - each.first + 1 for each in inventory.counted)
    yield Check(Quality.COMPLETE, "文号都有去向", total, gone, notes)


def _chain(contents: Contents, inventory: Inventory) -> tuple[dict[str, set[int]], list[DocgenError]]:
    """Return the digests that entries record with the documents they are about, and what is wrong with the chain."""
    recorded: dict[str, set[int]] = {}
    previous, seq = _START, 0
    try:
        place = contents.place_of(f"{RECORD}/{CHAIN}")
        with place.open(encoding="utf-8", errors="surrogatepass") as lines:
            for line in lines:
                seq += 1
                said = json.loads(line)
                body, digest = said["body"], said["digest"]
                hashed = hashlib.sha256(f"{previous}\n{body}".encode("utf-8", "surrogatepass")).hexdigest()
                entry = json.loads(body)
                if hashed != digest or entry["seq"] != seq:
                    return recorded, [ChainBroken(seq, "与前一条不相接")]
                for each in entry["files"]:
                    recorded.setdefault(each["sha256"], set()).add(entry["document"])
                previous = digest
        head = json.loads(contents.bytes_of(f"{RECORD}/{HEAD}"))
        ends = (head["seq"], head["digest"]) == (seq, previous) == (inventory.entries, inventory.head)
    except (StrangeFile, ValueError, KeyError, TypeError, RecursionError):
        return recorded, [ChainBroken(seq, "读不出来")]
    return recorded, [] if ends else [ChainBroken(seq, "是最后一条，却与链末端.json 或档案包目录不同")]


def _judge_document(
    contents: Contents, filed: Filed, recorded: dict[str, set[int]], found: _Found, *, quick: bool
) -> None:
    name = on_one_line(f"{filed.number}《{filed.title}》")
    roles = [each.role for each in filed.files]
    for needed in dict.fromkeys((ORIGINAL, PDF, METADATA, LIFE_ROLE, *filed.needed)):
        if needed not in roles:
            found.lacking.append(BagIncomplete(name, f"缺{needed}"))
    for each in filed.files:
        if f"{PAYLOAD}/{each.path}" not in contents.listed:
            found.lacking.append(BagIncomplete(name, f"{on_one_line(each.path)} 不在清单中"))
            continue
        if contents.listed[f"{PAYLOAD}/{each.path}"] != each.sha256:
            found.contradicting.append(
                BagContradicts(name, f"{on_one_line(each.path)} 的摘要与档案包目录不同")
            )
        if each.role in (*_MADE, PDF, OFD, COPY):
            continue
        if filed.document not in recorded.get(each.sha256, ()):
            found.contradicting.append(
                BagContradicts(name, f"{on_one_line(each.path)} 没有登记过，或登记的是别的内容")
            )
    words = _judge_files(contents, filed, name, found, quick=quick)
    _judge_words(contents, filed, name, words, found)


def _judge_files(contents: Contents, filed: Filed, name: str, found: _Found, *, quick: bool) -> str | None:
    """Judge the files of a document; return the words of its original, None where they cannot be read."""
    words = None
    copied = {each.made_from for each in filed.files if each.role == COPY}
    for each in filed.files:
        if each.role in _MADE:
            continue
        try:
            judged = _judged(contents, each, found, quick=quick)
        except NotThere:
            continue  # told as missing or unreadable
        found.opened += 1
        if each.role == ORIGINAL and words is None:
            words = _words(judged)
        shown = on_one_line(f"{PAYLOAD}/{each.path}")
        found.unusable += [BagUnusable(shown, one) for one in judged.unusable]
        found.unsafe += [BagUnsafe(shown, one) for one in judged.unsafe]
        if judged.format in formats.WITH_PDF and each.path not in copied:
            found.unusable.append(BagUnusable(shown, "是不宜长期保存的格式，旁边没有它的 PDF"))
        if judged.bare:
            words = f"没有嵌入字体：{on_one_line('、'.join(judged.bare))}"
            if each.role in (PDF, COPY):
                found.unusable.append(BagUnusable(shown, words))
            else:
                found.bare.append(f"{shown} {words}（来件照原样归入）")
        if judged.claim:
            found.claims[judged.claim] += 1
        _judge_pages(each, judged.pages, name, found)
    return words


def _judged(contents: Contents, file: FileIn, found: _Found, *, quick: bool) -> formats.Judged:
    """Judge a file, or believe what was found of it. Raises NotThere, and OSError where it can be read no longer."""
    place = contents.place_of(file.path)
    if not (quick and file.format and contents.listed[f"{PAYLOAD}/{file.path}"] == file.sha256):
        return formats.judge_as(file.role, place)
    found.believed += 1
    return formats.Judged(file.format, file.pages, bare=list(file.bare), claim=file.claim)


def _words(judged: formats.Judged) -> str | None:
    try:
        return elements.words_in(judged.parts) if judged.parts else None
    except elements.NoWord:
        return None  # told as unusable


def _judge_pages(file: FileIn, pages: int | None, name: str, found: _Found) -> None:
    if file.pages is not None and pages is not None and pages != file.pages:
        found.unusable.append(
            BagContradicts(name, f"{on_one_line(file.path)} 有{pages}页，档案包目录写{file.pages}页")
        )


def _judge_words(contents: Contents, filed: Filed, name: str, words: str | None, found: _Found) -> None:
    """Compare what is said of a document with its own words: number, title, date; and with its metadata."""
    for said, of_bag in _metadata(contents, filed):
        if said != of_bag:
            found.contradicting.append(
                BagContradicts(name, on_one_line(f"元数据写“{said}”，档案包目录写“{of_bag}”"))
            )
    if words is None:
        return
    if not _shows_number(words, "".join(filed.number.split())):
        found.contradicting.append(BagContradicts(name, "正本里没有这个文号"))
    if "".join(filed.title.split()) not in words:
        found.contradicting.append(BagContradicts(name, "正本里没有这个标题"))
    if _day(filed) not in words:
        found.contradicting.append(BagContradicts(name, "正本里没有这个成文日期"))


def _shows_number(words: str, number: str) -> bool:
    """Whether a document shows its number; a serial (期刊) shows its issue instead, and no number of its series."""
    if number in words:
        return True
    series, _, serial = number.rpartition("〕")
    return bool(series) and f"{series}〕" not in words and issue(serial.removesuffix("号")) in words


def _day(filed: Filed) -> str:
    """Return the date of a document as it and its metadata write it; what is no date is shown nowhere."""
    try:
        return official_date(date.fromisoformat(filed.dated))
    except ValueError:
        return filed.dated or "没有日期"


def _metadata(contents: Contents, filed: Filed) -> Iterator[tuple[Any, str]]:
    path = next(
        (each.path for each in filed.files if each.role == METADATA and each.path.endswith(".json")), ""
    )
    try:
        said = json.loads(contents.bytes_of(path)) if path else {}
    except (StrangeFile, ValueError, RecursionError):
        return
    if isinstance(said, dict):
        yield said.get("发文字号"), filed.number
        yield said.get("标题"), filed.title
        yield said.get("成文日期"), _day(filed)
        yield said.get("文种"), filed.kind
