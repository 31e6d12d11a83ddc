"""Judging a bag by the four qualities of DA/T 70-2018, from the bag alone: 真实性, 完整性, 可用性, 安全性.

The standard's text was not at hand: the qualities and what belongs to each are as DOMAIN.md 8 lists them. What cannot
be judged here is named as not judged.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeAlias

from docgen.archive import formats
from docgen.archive.bag import PAYLOAD
from docgen.archive.documents import Found, Judge
from docgen.archive.faults import (
    BagIncomplete,
    BagUnreadable,
    ChainBroken,
)
from docgen.archive.inventory import GONE, NAME, Inventory, inventory_of
from docgen.archive.names import CHAIN, HEAD, RECORD
from docgen.archive.reading import Contents, Progress, read_bag
from docgen.archive.shares import shares
from docgen.dataclass import dataclass
from docgen.errors import Advice, DocgenError
from docgen.files import StrangeFile, on_one_line, reason_of

_START: Final = "0" * 64
QUICK: Final = "没有逐个打开，按归档时的检测结果（档案包目录所载）"
NOT_JUDGED: Final = (
    "PDF/A-2b 只核对了文件自己的声明和字体是否嵌入，没有用专门的检验软件（如 veraPDF）检验",
    "电子签名的证书是否有效没有检验",
    "没有查毒",
)


class Quality(StrEnum):
    """The four qualities (四性) of DA/T 70-2018, in its order."""

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


Among: TypeAlias = Callable[[Callable[[range], Found], Sequence[range]], Iterable[Found]]
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
    found, count, judge = Found(), len(inventory.filed), Judge(contents, recorded, quick)

    def judged(share: range) -> Found:
        part = Found()
        for each in share:
            part.add(judge.judged(inventory.filed[each]))
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


def _of_documents(inventory: Inventory, chain: Sequence[DocgenError], found: Found) -> Iterator[Check]:
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
