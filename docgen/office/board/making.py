"""The wall chart of a workspace as a file; what a person has changed or put in its place is moved aside, never lost."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from docgen.dataclass import dataclass
from docgen.documents.facts import Facts
from docgen.errors import WRONG_USE, Advice, DocgenError, Problems
from docgen.files import read_regular, reason_of, set_aside, staged
from docgen.model.approval import Approval
from docgen.model.item import Item
from docgen.model.mechanism import DeadlineRule, Holiday, Mechanism
from docgen.model.member import Member
from docgen.model.project import Project
from docgen.model.unit import Unit
from docgen.office.board.chart import Chart, Mark
from docgen.office.board.drawing import chart_of
from docgen.office.board.page import is_untouched, page_of
from docgen.office.desk import Desk
from docgen.office.papers.places import reason_against
from docgen.rules.rates import Rate

SUFFIXES: Final = (".html", ".htm")
NEEDED: Final = (Unit, Member, Mechanism, DeadlineRule, Holiday, Item, Project, Approval)
"""The sheets of which the chart is made; faults of others do not matter."""
FOLDER: Final = "挂图作战"
"""The folder below `out` in which a day's chart is written, under that day's name."""


class BoardPlaceTaken(DocgenError):
    """The wall chart was to be written where other things lie: documents on record, data sheets, templates."""

    code = "board-place-taken"
    exit_code = WRONG_USE
    says = "挂图作战不能写到 {path}：{reason}"
    advises = "请换一个文件夹。"

    path: str
    reason: str


@dataclass(frozen=True)
class Made:
    """A wall chart that was written.

    Args:
        chart: what it shows.
        path: where it is.
        size: in bytes.
        kept: where the file is that was there before; None when there was none, or one that docgen had made.
        advices: what should be known of the days that were counted.
    """

    chart: Chart
    path: Path
    size: int
    kept: Path | None
    advices: tuple[Advice, ...]

    @property
    def lights(self) -> Mapping[str, int]:
        """Return how many approvals of the final list stand so, by what the page calls it."""
        return {mark.words: count for mark in Mark if (count := self.chart.lights[mark])}

    @property
    def rates(self) -> tuple[Rate, Rate]:
        """Return the rates of the final list by project and by approval."""
        return self.chart.by_project, self.chart.by_approval


def make(desk: Desk, path: Path | None = None) -> Made:
    """Write the wall chart of the desk's day.

    Args:
        desk: where, and on which day.
        path: the file; that day's in `out` when None.

    Raises:
        Problems: the sheets of projects and approvals, or those they link to, have faults.
        BoardPlaceTaken: it would lie among documents on record, data sheets or templates.
        CannotWrite: the operating system refuses.
    """
    own = desk.workspace.out / FOLDER
    place = path or own / f"{desk.today}.html"
    if reason := reason_against(desk.workspace, place, own=(own,)):
        raise BoardPlaceTaken(desk.workspace.shown(place), reason)
    reading = desk.workspace.read(*NEEDED)
    if reading.records is None:
        raise Problems(reading.faults)
    facts = Facts(reading.records, desk.today)
    chart = chart_of(facts)
    data = page_of(chart)
    kept = _write(place, data)
    return Made(chart, place, len(data), kept, (*facts.calendar.advices(), *_none_final(chart)))


def _none_final(chart: Chart) -> tuple[Advice, ...]:
    if chart.final:
        return ()
    words = "项目表中没有清单阶段为“终稿”的项目，合计和办结率都是空的；其他阶段的项目列在图中"
    return (Advice("board-no-final", words),)


def _write(path: Path, data: bytes) -> Path | None:
    """Put the page in its place and return where the file is now that was there before and is not docgen's."""
    found = _found(path)
    if found == data:
        return None
    with staged() as staging:
        staging.add(path, data)
        staging.take_over(staging.hand_over())  # on the disk before the earlier one is moved
        return set_aside(path) if found is not None and not is_untouched(found) else None


def _found(path: Path) -> bytes | None:
    """Return what a file at a path holds; nothing of docgen's, where it cannot be read; None when there is none."""
    if not path.exists():
        return None
    try:
        return read_regular(path)
    except OSError as fault:
        return reason_of(fault).encode()
