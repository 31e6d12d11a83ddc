"""The catalogue of a year's bag, written again for those who only want the list (归档文件目录, DA/T 22-2015)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from docgen.archive import papers
from docgen.archive.bag import PAYLOAD
from docgen.archive.inventory import NAME, Inventory, inventory_of
from docgen.dataclass import dataclass
from docgen.errors import NOT_ALLOWED, DocgenError
from docgen.office.archive.gathering import series_of
from docgen.office.archive.judged import written
from docgen.office.desk import Desk
from docgen.workspace import BAGS


class NoBag(DocgenError):
    """The year has no bag where it is looked for."""

    code = "archive-no-bag"
    exit_code = NOT_ALLOWED
    says = "{folder} 里没有{year}年的档案包"
    advises = "请先运行 docgen archive build --year {year}；放在别处的，用 --from 指明文件夹。"

    folder: str
    year: int


@dataclass(frozen=True)
class Catalogue:
    """What a year's latest bag says, its documents by code, and the files that were written of it."""

    inventory: Inventory
    files: tuple[Path, ...]


def catalogue(desk: Desk, year: int, source: Path | None, to: Path | None) -> Catalogue:
    """Return the catalogue of a year's latest bag; written as workbooks and documents into a folder if one is given.

    Raises:
        NoBag: there is none.
        PaperThere, CannotWrite: the files cannot be written.
    """
    folder = source or desk.workspace.root / BAGS
    series = series_of(desk, year)
    start = f"{series.fonds}-{series.category}-{year}-第"
    bags = [(_version(each, start), each) for each in folder.glob(f"{start}*版")] if folder.is_dir() else []
    for _, bag in sorted(bags, reverse=True):
        try:
            inventory = inventory_of((bag / PAYLOAD / NAME).read_bytes())
        except (OSError, ValueError):
            continue
        ordered = replace(inventory, filed=tuple(papers.by_code(inventory)))
        return Catalogue(ordered, _files(inventory, bag, to) if to else ())
    raise NoBag(desk.workspace.shown(folder), year)


def _version(bag: Path, start: str) -> int:
    words = bag.name.removeprefix(start).removesuffix("版")
    return int(words) if words.isdecimal() else 0


def _files(inventory: Inventory, bag: Path, to: Path) -> tuple[Path, ...]:
    retentions = dict.fromkeys(each.retention for each in inventory.filed)
    made = {f"归档文件目录（{each}）": papers.catalogue(inventory, each) for each in retentions}
    return written(
        {to / f"{name}{suffix}": each for name, each in made.items() for suffix in (".docx", ".xlsx")}, bag
    )
