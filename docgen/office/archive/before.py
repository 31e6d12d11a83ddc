"""What was archived of a year before: as the record says, as the last bag at hand has it; and what is new since."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from docgen.archive.bag import PAYLOAD
from docgen.archive.inventory import NAME, Inventory, inventory_of
from docgen.dataclass import dataclass
from docgen.office.archive.gathering import Case, Gathered
from docgen.register.life import DETACH_ARCHIVED, OPENNESS, SUPPLEMENT
from docgen.register.record import Entry

_TOLD: Final = frozenset(each.name for each in (SUPPLEMENT, DETACH_ARCHIVED, OPENNESS))
_REMARK: Final = re.compile(
    r"档号 (?P<code>\S+)；第(?P<version>\d+)版；登记至第(?P<last>\d+)条；清单摘要 (?P<digest>\w+)"
)


def remark_of(code: str, inventory: Inventory, digest: str) -> str:
    """Return the remark of an entry about archiving, which `Before.of` reads.

    Args:
        code: 档号 of the document.
        inventory: of the bag.
        digest: of the bag's manifest.
    """
    return f"档号 {code}；第{inventory.version}版；登记至第{inventory.entries}条；清单摘要 {digest}"


@dataclass(frozen=True)
class Before:
    """What was archived of the year before: codes given, the last version, its last entry, its manifest's digest."""

    codes: Mapping[int, str]
    version: int
    last: int
    digest: str

    @classmethod
    def of(cls, archived: Sequence[Entry]) -> Before:
        """Return what the entries about archiving say, each in its remark."""
        codes: dict[int, str] = {}
        version, last, digest = 0, 0, ""
        for entry in archived:
            found = _REMARK.search(entry.deed.remark)
            if found and entry.deed.document is not None:
                codes[entry.deed.document] = found["code"]
                if int(found["version"]) >= version:
                    version, last, digest = int(found["version"]), int(found["last"]), found["digest"]
        return cls(codes, version, last, digest)


@dataclass(frozen=True)
class Earlier:
    """The version of the year's bag before, where it is at hand: its folder, and what it says of itself."""

    folder: Path
    inventory: Inventory

    @classmethod
    def found(cls, folders: Sequence[Path], names: Sequence[str]) -> Earlier | None:
        """Return the first of the bags that lies in one of the folders."""
        for place in (folder / name for name in names for folder in folders):
            try:
                return cls(place, inventory_of((place / PAYLOAD / NAME).read_bytes()))
            except (OSError, ValueError):
                continue
        return None


def changes_since(gathered: Gathered, before: Before) -> Iterator[str]:
    """Yield in words what is new since the version before; nothing of the first."""
    if not before.version:
        return
    new = [each for each in gathered.cases if each.document.id not in before.codes]
    later = {each.document.id: {one.deed.step for one in _since(each, before)} for each in gathered.cases}
    known = [each for each in gathered.cases if each.document.id in before.codes and later[each.document.id]]
    added = [each for each in known if SUPPLEMENT.name in later[each.document.id]]
    aside = [each for each in known if DETACH_ARCHIVED.name in later[each.document.id]]
    marked = [each for each in known if OPENNESS.name in later[each.document.id]]
    other = [each for each in known if not later[each.document.id] & _TOLD]
    gone = [each for each in gathered.lacking if each.document.id in before.codes]
    for words, cases in (
        ("新归档", new),
        ("补充了材料", added),
        ("停用了材料", aside),
        ("重定了开放标识", marked),
        ("另有登记", other),
        ("上一版有、这一版没有归入", gone),
    ):
        if cases:
            yield f"{words}{len(cases)}件：{'、'.join(each.document.number for each in cases)}"


def is_news(case: Case, before: Before) -> bool:
    """Whether a document is archived by this bag: for the first time, or with what was recorded since."""
    return case.document.id not in before.codes or bool(_since(case, before))


def _since(case: Case, before: Before) -> list[Entry]:
    """Return what was recorded of a document since the version before."""
    return [each for each in case.life if each.seq > before.last]
