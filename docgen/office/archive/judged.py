"""Judging a bag, and what is printed of it: the report, the papers of a handover. No workspace is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from docgen.archive import papers
from docgen.archive.faults import NotABag
from docgen.archive.judging import Judgement, judge_bag
from docgen.dataclass import dataclass
from docgen.errors import WRONG_USE, DocgenError, Problems
from docgen.files import lies_within, on_one_line, staged
from docgen.office.papers.ledgers import SUFFIXES, ledger_bytes
from docgen.office.pool import among
from docgen.standard.build.ledger import Ledger

T = TypeVar("T")
Progress = Callable[[int, int], None]


class PaperThere(DocgenError):
    """A paper is to be written where a file is already, or into the bag itself."""

    code = "archive-paper-taken"
    exit_code = WRONG_USE
    says = "{path} {reason}，没有写"
    advises = "请换一个文件名，或放到别的文件夹。"

    path: str
    reason: str


@dataclass(frozen=True)
class Handover:
    """The papers of a handover, and what was found of the bag."""

    files: tuple[Path, ...]
    judgement: Judgement


def judge(folder: Path, progress: Progress | None = None, *, quick: bool = False) -> Judgement:
    """Judge a bag, whose files are opened by as many processes as the machine has cores; see `judge_bag`."""
    return judge_bag(folder, progress, quick=quick, among=map if quick else among)


def write_report(judgement: Judgement, path: Path, day: date) -> Path:
    """Write the report of a bag as .docx or .xlsx.

    Raises:
        PaperThere: a file is there, or the path lies in the bag.
        CannotWrite: the operating system refuses.
    """
    said = f"{day.year}年{day.month}月{day.day}日"
    (made,) = written({path: papers.report(judgement, said)}, judgement.folder)
    return made


def handover(folder: Path, to: Path, progress: Progress | None = None) -> Handover:
    """Write the transfer list and the form that both sides sign, from a bag.

    Raises:
        NotABag, BagUnreadable: there is no bag, or it cannot be read.
        Problems: it is not whole; such a bag is not handed over.
        PaperThere, CannotWrite: the papers cannot be written there.
    """
    judgement = judge(folder, progress)
    Problems.raise_any(judgement.faults)
    if judgement.inventory is None:
        raise NotABag(on_one_line(folder), "里面没有档案包目录")
    made = {
        "电子档案移交目录": papers.transfer_list(judgement.inventory),
        "电子档案移交与接收登记表": papers.receipt(judgement.inventory, judgement),
    }
    targets = {to / f"{name}{suffix}": ledger for name, ledger in made.items() for suffix in SUFFIXES}
    return Handover(written(targets, folder), judgement)


def written(ledgers: Mapping[Path, Ledger], bag: Path) -> tuple[Path, ...]:
    """Write ledgers about a bag as their paths' endings say. Raises PaperThere, CannotWrite."""
    for path in ledgers:
        if lies_within(path, (bag,)):
            raise PaperThere(on_one_line(path), "在档案包里面，档案包不能再放东西")
        if path.exists():
            raise PaperThere(on_one_line(path), "已经存在")
        if path.suffix.lower() not in SUFFIXES:
            raise PaperThere(on_one_line(path), "不是 .docx 或 .xlsx 文件名")
    with staged() as staging:
        for path, ledger in ledgers.items():
            suffix = SUFFIXES[path.suffix.lower() == ".xlsx"]
            staging.add(path, ledger_bytes(ledger, suffix))
    return tuple(ledgers)
