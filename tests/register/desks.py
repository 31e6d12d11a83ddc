"""An office at its desk, with people who each do their part, so that tests can tell its story in few words."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from docgen.errors import DocgenError, Problems
from docgen.model.fields import Record
from docgen.office import desk as office_desk
from docgen.office.desk import People
from docgen.office.drafting.drafter import draft
from docgen.office.drafting.drafts import Request
from docgen.office.life import mandates
from docgen.office.life.finding import Story, Wanted, documents, story
from docgen.office.life.orders import Order
from docgen.office.life.steps import Stepped, take
from docgen.office.verification import Verified, verify
from docgen.register import life
from docgen.register.document import Document
from docgen.register.life import State, Step
from docgen.register.mandate import Mandate
from docgen.sheets.reading.reader import Reading
from docgen.workspace import Workspace

REPOSITORY = Path(__file__).parent.parent.parent
on_sqlite = pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
"""Marks what does not depend on the database: it is tried on one."""
NOW = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
DAY = date(2026, 3, 16)
DRAFTER, REVIEWER, SIGNATORY, KEEPER = "陶映雪", "方知远", "万里舟", "范雨桐"
SECOND_CLERK, OUTSIDER = "褚云帆", "高岩松"
STAMPING_UNIT = "澄湖县发展和改革委员会"
USUALLY = {
    life.REVIEW: REVIEWER,
    life.COUNTERSIGN: REVIEWER,
    life.SIGN: SIGNATORY,
    life.APPROVE: SIGNATORY,
    life.REFUSE: SIGNATORY,
    life.APPLY: KEEPER,
    life.RETURN: REVIEWER,
    life.VOID: SIGNATORY,
}
TO_THE_SEAL = (life.REVIEW, life.SIGN, life.REQUEST, life.APPROVE, life.APPLY)
WAYS: dict[State, tuple[Step, ...]] = {
    State.DRAFTED: (),
    State.RETURNED: (life.REVIEW, life.RETURN),
    State.REVIEWED: (life.REVIEW,),
    State.COUNTERSIGNED: (life.REVIEW, life.COUNTERSIGN),
    State.NUMBERED: TO_THE_SEAL[:2],
    State.REQUESTED: TO_THE_SEAL[:3],
    State.APPROVED: TO_THE_SEAL[:4],
    State.SEALED: TO_THE_SEAL,
    State.ISSUED: (*TO_THE_SEAL, life.ISSUE),
    State.ARCHIVED: (*TO_THE_SEAL, life.ISSUE, life.ARCHIVE),
    State.VOID: (life.REVIEW, life.SIGN, life.VOID),
}
"""By which steps a document comes into a state."""


_READ: dict[frozenset[tuple[str, int, int]], Reading] = {}


class Unchanging(Workspace):
    """A workspace whose sheets nobody changes: all that have the sample's share what was read of them once."""

    def read(self, *wanted: type[Record]) -> Reading:
        del wanted
        seen = ((each.name, each.stat()) for each in self.data.iterdir())
        sheets = frozenset((name, at.st_size, at.st_mtime_ns) for name, at in seen)
        if sheets not in _READ:
            _READ[sheets] = super().read()
        return _READ[sheets]


@dataclass
class Desk:
    """An office; each step is taken by whoever usually takes it, on `day`."""

    root: Path
    day: date = DAY
    now: datetime = NOW
    sheets_change: bool = False

    @property
    def workspace(self) -> Workspace:
        return (Workspace if self.sheets_change else Unchanging).find(self.root)

    def office(self, by: str = DRAFTER, day: date | None = None) -> office_desk.Desk:
        """Return the desk as one person's call of a command has it."""
        return office_desk.Desk.at(self.workspace, People(by, "clerk"), day or self.day, lambda: self.now)

    def draft(
        self, *projects: str, by: str = DRAFTER, day: date | None = None, **more: Any
    ) -> list[Document]:
        """Draft notices on projects, or on all of them, and return what stands in the register."""
        request = Request("notice", projects=projects, everything=not projects, **more)
        drafted = draft(self.office(by, day), request)
        assert drafted.made
        return self.documents()

    def take(
        self,
        step: Step,
        documents: Iterable[int] | int | None = None,
        *,
        by: str | None = None,
        day: date | None = None,
        **more: Any,
    ) -> Stepped:
        """Take a step for documents, for all that wait for it when none are named."""
        who = by or USUALLY.get(step, DRAFTER)
        ids = (documents,) if isinstance(documents, int) else documents
        asked: dict[str, Any] = {"everything": True} if ids is None else {"documents": tuple(map(str, ids))}
        if step is life.REQUEST:
            more = {"copies": 3} | more
        if life.Need.REASON in step.needs:
            more = {"remark": "按要求办理"} | more
        return take(self.office(who, day), Order(step, **asked, **more))

    def lead(self, ids: Sequence[int], state: State) -> None:
        """Lead documents from their drafts into a state."""
        for step in WAYS[state]:
            self.take(step, ids)

    def grant(self, **terms: Any) -> Mandate:
        """Record the mandate that the mechanism's sheet describes."""
        office = self.office(SIGNATORY)
        return mandates.grant(office, replace(mandates.proposed_terms(office), **terms))

    def documents(self) -> list[Document]:
        return documents(self.office(), Wanted())

    def document(self, number: int) -> Document:
        return self.story(number).document

    def story(self, number: int) -> Story:
        return story(self.office(), str(number))

    def file(self, number: int) -> Path:
        return self.root / self.document(number).path

    def verify(self, head: str = "") -> Verified:
        return verify(self.office(), head)

    def entries(self) -> int:
        return self.verify().entries


def make_desk(root: Path, place: Path | str, day: date = DAY) -> Desk:
    """Make an office with the sample's sheets, whose register is at a place."""
    root.mkdir(parents=True)
    for name in ("data", "templates"):
        shutil.copytree(REPOSITORY / name, root / name, ignore=shutil.ignore_patterns("~$*", "留存"))
    where = f'register = "{place.name}"' if isinstance(place, Path) else ""
    url = f'[register]\nurl = "{place}"\n' if isinstance(place, str) else ""
    (root / "docgen.toml").write_text(f"version = 1\n[folders]\n{where}\n{url}", encoding="utf-8")
    return Desk(root, day)


def copy_desk(desk: Desk, root: Path) -> Desk:
    """Copy an office whose register is a file, as it stands."""
    shutil.copytree(desk.root, root)
    return Desk(root, desk.day, desk.now)


def change_person(desk: Desk, number: int, **values: Any) -> None:
    """Change a row of the people sheet, by its columns."""
    book = openpyxl.load_workbook(desk.root / "data" / "人员.xlsx")
    sheet = book["人员"]
    headers = {cell.value: cell.column for cell in sheet[2]}
    row = next(row for row in range(3, sheet.max_row + 1) if sheet.cell(row, 1).value == number)
    for header, value in values.items():
        sheet.cell(row, headers[header]).value = value
    book.save(desk.root / "data" / "人员.xlsx")
    desk.sheets_change = True


def refused(desk: Desk, step: Step, document: int, **more: Any) -> tuple[str, ...]:
    """Try a step that must be refused, and change nothing; return why."""
    before = desk.story(document)
    with pytest.raises(DocgenError) as fault:
        desk.take(step, document, **more)
    assert desk.story(document) == before
    return faults_of(fault.value)


def ready_to_request(desk: Desk) -> int:
    document = desk.draft("3")[0].id
    desk.take(life.REVIEW, document)
    desk.take(life.SIGN, document)
    return document


def faults_of(fault: DocgenError) -> tuple[str, ...]:
    """Return the codes of the faults that a refusal gathers."""
    found = fault.faults if isinstance(fault, Problems) else (fault,)
    return tuple(dict.fromkeys(each.code for each in found))


def fault_of(fault: DocgenError) -> DocgenError:
    """Return the first of the faults that a refusal gathers."""
    return fault.faults[0] if isinstance(fault, Problems) else fault


def edit_text(path: Path, old: str, new: str) -> None:
    """Change words of a document by hand, as a clerk does in a word processor."""
    opened = docx.Document(str(path))
    for paragraph in opened.paragraphs:
        if old in paragraph.text:
            for run in paragraph.runs:
                run.text = run.text.replace(old, new)
    opened.save(str(path))
