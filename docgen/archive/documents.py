"""A document of a bag judged: whether all that belongs to it is there, can be opened, is safe, and says the same."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import Any, Final

from docgen.archive import elements, formats
from docgen.archive.bag import PAYLOAD
from docgen.archive.faults import BagContradicts, BagIncomplete, BagUnsafe, BagUnusable
from docgen.archive.inventory import Filed, FileIn
from docgen.archive.names import COPY, LIFE_ROLE, METADATA, OFD, ORIGINAL, PDF
from docgen.archive.reading import Contents, NotThere
from docgen.dataclass import dataclass
from docgen.errors import DocgenError
from docgen.files import StrangeFile, on_one_line
from docgen.standard.forms.serial import issue
from docgen.standard.wording.text import official_date

_MADE: Final = (METADATA, LIFE_ROLE)
"""Roles of files that docgen made for the bag; they are data, not documents."""
_UNRECORDED: Final = (*_MADE, PDF, OFD, COPY)
"""Roles of files that no entry records, because they are made when the bag is built."""


@dataclass
class Found:
    """What is found document by document.

    Args:
        believed: how many files were not opened.
        contradicting, lacking, unusable, unsafe: what is wrong.
        opened: how many files were opened or believed.
        claims: how many files claim each level of PDF/A.
        bare: which files of others show text in fonts that they do not hold.
    """

    believed: int = 0
    contradicting: list[DocgenError] = field(default_factory=list)
    lacking: list[DocgenError] = field(default_factory=list)
    unusable: list[DocgenError] = field(default_factory=list)
    unsafe: list[DocgenError] = field(default_factory=list)
    opened: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    bare: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        """Add what was found of further documents."""
        self.believed += other.believed
        self.opened += other.opened
        self.claims += other.claims
        for name in ("contradicting", "lacking", "unusable", "unsafe", "bare"):
            getattr(self, name).extend(getattr(other, name))


@dataclass(frozen=True)
class Judge:
    """Judges the documents of a bag.

    Args:
        contents: of the bag.
        recorded: the documents that entries record each digest with.
        quick: whether what the bag says of its files is believed of those whose digest is as it was.
    """

    contents: Contents
    recorded: Mapping[str, set[int]]
    quick: bool

    def judged(self, filed: Filed) -> Found:
        """Return what is found of a document. Raises OSError where a file can be read no longer."""
        found = Found()
        name = on_one_line(f"{filed.number}《{filed.title}》")
        found.lacking += _lacking(filed, name)
        self._compare_digests(filed, name, found)
        words = None
        for each in filed.files:
            if each.role in _MADE:
                continue
            try:
                judged = self._opened(each, found)
            except NotThere:
                continue  # told as missing or unreadable
            _add_file(each, judged, filed, found)
            if each.role == ORIGINAL and words is None:
                words = _words(judged)
            if each.pages is not None and judged.pages is not None and judged.pages != each.pages:
                said = f"{on_one_line(each.path)} 有{judged.pages}页，档案包目录写{each.pages}页"
                found.unusable.append(BagContradicts(name, said))
        found.contradicting += (BagContradicts(name, each) for each in self._contradictions(filed, words))
        return found

    def _compare_digests(self, filed: Filed, name: str, found: Found) -> None:
        """Find files that are not on the manifest, or others than the bag's list or the record has."""
        for each in filed.files:
            shown, listed = on_one_line(each.path), self.contents.listed.get(f"{PAYLOAD}/{each.path}")
            if listed is None:
                found.lacking.append(BagIncomplete(name, f"{shown} 不在清单中"))
                continue
            if listed != each.sha256:
                found.contradicting.append(BagContradicts(name, f"{shown} 的摘要与档案包目录不同"))
            is_on_record = filed.document in self.recorded.get(each.sha256, ())
            if each.role not in _UNRECORDED and not is_on_record:
                found.contradicting.append(BagContradicts(name, f"{shown} 没有登记过，或登记的是别的内容"))

    def _opened(self, file: FileIn, found: Found) -> formats.Judged:
        """Judge a file, or believe what was found of it. Raises NotThere, and OSError where it cannot be read."""
        place = self.contents.place_of(file.path)
        now = self.contents.listed.get(f"{PAYLOAD}/{file.path}")
        if not (self.quick and file.format and now == file.sha256):
            return formats.judge_as(file.role, place)
        found.believed += 1
        return formats.as_packed(file)

    def _contradictions(self, filed: Filed, words: str | None) -> Iterator[str]:
        """Yield where a document is another than its metadata or its own words say: number, title, date.

        Args:
            filed: the document as the bag's list has it.
            words: of its original; None where they cannot be read.
        """
        for said, listed in _metadata(self.contents, filed):
            if said != listed:
                yield on_one_line(f"元数据写“{said}”，档案包目录写“{listed}”")
        if words is None:
            return
        if not _shows_number(words, "".join(filed.number.split())):
            yield "正本里没有这个文号"
        if "".join(filed.title.split()) not in words:
            yield "正本里没有这个标题"
        if _day(filed) not in words:
            yield "正本里没有这个成文日期"


def _lacking(filed: Filed, name: str) -> Iterator[BagIncomplete]:
    roles = [each.role for each in filed.files]
    for needed in dict.fromkeys((ORIGINAL, PDF, METADATA, LIFE_ROLE, *filed.needed)):
        if needed not in roles:
            yield BagIncomplete(name, f"缺{needed}")


def _add_file(file: FileIn, judged: formats.Judged, filed: Filed, found: Found) -> None:
    """Note whether a file can be used and is safe."""
    found.opened += 1
    shown = on_one_line(f"{PAYLOAD}/{file.path}")
    found.unusable += [BagUnusable(shown, one) for one in judged.unusable]
    found.unsafe += [BagUnsafe(shown, one) for one in judged.unsafe]
    copied = {each.made_from for each in filed.files if each.role == COPY}
    if judged.format in formats.WITH_PDF and file.path not in copied:
        found.unusable.append(BagUnusable(shown, "是不宜长期保存的格式，旁边没有它的 PDF"))
    if judged.bare:
        bare = f"没有嵌入字体：{on_one_line('、'.join(judged.bare))}"
        if file.role in (PDF, COPY):
            found.unusable.append(BagUnusable(shown, bare))
        else:
            found.bare.append(f"{shown} {bare}（来件照原样归入）")
    if judged.claim:
        found.claims[judged.claim] += 1


def _words(judged: formats.Judged) -> str | None:
    try:
        return elements.words_in(judged.parts) if judged.parts else None
    except elements.NoWord:
        return None  # told as unusable


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
    """Yield what the metadata of a document say, each with what the bag's list says."""
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
