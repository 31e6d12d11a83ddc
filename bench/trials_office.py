"""An office for the trials of the record: a workspace with a register, people who do their part, a varied record."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from docgen.office import backups, restoring, witnesses
from docgen.office.desk import Desk, People
from docgen.office.drafting import drafter
from docgen.office.drafting.drafts import Request
from docgen.office.drafting.taking import Taking
from docgen.office.drafting.taking import take as take_typed
from docgen.office.formatting import asked_of
from docgen.office.life import duties, mandates, numbers
from docgen.office.life.attachments import attach
from docgen.office.life.finding import Wanted, documents
from docgen.office.life.orders import Order
from docgen.office.life.steps import take
from docgen.office.verification import Verified, verify
from docgen.reform.formatting import Given, formatted, read_draft
from docgen.register import life
from docgen.register.document import Document
from docgen.register.life import Need, State, Step
from docgen.register.record import FileRole
from docgen.register.witness import NAME
from docgen.sheets.reading.reader import Reading
from docgen.workspace import Workspace

REPOSITORY: Final = Path(__file__).parent.parent
DAY: Final = date(2026, 3, 16)
NOW: Final = datetime(2026, 3, 16, 9, 30, tzinfo=UTC)
DRAFTER, REVIEWER, SIGNATORY, KEEPER = "陶映雪", "方知远", "万里舟", "范雨桐"
_BY: Final = {
    life.REVIEW: REVIEWER, life.COUNTERSIGN: REVIEWER, life.RETURN: REVIEWER, life.SIGN: SIGNATORY,
    life.APPROVE: SIGNATORY, life.REFUSE: SIGNATORY, life.APPLY: KEEPER, life.VOID: SIGNATORY,
}  # fmt: skip
_WAY: Final = (life.REVIEW, life.SIGN, life.REQUEST, life.APPROVE, life.APPLY, life.ISSUE)
_LEADS_TO: Final = (
    State.DRAFTED, State.REVIEWED, State.NUMBERED, State.REQUESTED, State.APPROVED, State.SEALED, State.ISSUED,
)  # fmt: skip
_KIND, _OTHER_KIND = "告知函", "催办函"
_READ: dict[str, Reading] = {}


class _Unchanging(Workspace):
    """A workspace whose sheets are the sample's: they are read once for all trials."""

    def read(self, *_: Any) -> Reading:
        if "sample" not in _READ:
            _READ["sample"] = super().read()
        return _READ["sample"]


@dataclass
class Office:
    """A workspace; each step is taken by whoever usually takes it. With `sheets_change` the sheets are read anew."""

    root: Path
    sheets_change: bool = False
    now: datetime = NOW

    @classmethod
    def make(cls, root: Path, url: str = "", witness: Path | None = None) -> Office:
        """Make one with the sample's sheets, its register in a file or at a URL, and perhaps a second witness."""
        root.mkdir(parents=True)
        for name in ("data", "templates"):
            shutil.copytree(REPOSITORY / name, root / name, ignore=shutil.ignore_patterns("~$*", "留存"))
        lines = [f'url = "{url}"'] * bool(url) + [f'witness = "{witness}"'] * bool(witness)
        settings = "version = 1\n" + "".join(
            f"{each}\n" for each in (["[register]", *lines] if lines else ())
        )
        (root / "docgen.toml").write_text(settings, encoding="utf-8")
        return cls(root)

    def desk(self, by: str = DRAFTER) -> Desk:
        """Return the desk as one person's command has it."""
        workspace = (Workspace if self.sheets_change else _Unchanging).find(self.root)
        return Desk.at(workspace, People(by, "clerk"), DAY, lambda: self.now)

    @property
    def register(self) -> Path:
        """Return the register's file."""
        return self.desk().workspace.register_path

    @property
    def is_on_a_server(self) -> bool:
        """Whether its register is in a database of a server."""
        return bool(self.desk().workspace.settings.register_at.url)

    def verify(self, head: str = "") -> Verified:
        """Verify all."""
        return verify(self.desk(), head)

    def documents(self, state: State | None = None) -> list[Document]:
        """Return the documents, of one state or all."""
        found = documents(self.desk(), Wanted())
        return [each for each in found if state in (None, each.state)]

    def digests(self) -> list[str]:
        """Return the digests of all entries, in their order."""
        with self.desk().register.reading() as books:
            rows = books.connection.rows("SELECT digest FROM entry ORDER BY seq")
            return [str(digest) for (digest,) in rows]

    def draft(self, *projects: str, force: bool = False) -> None:
        """Draft notices on projects, or on all."""
        request = Request("notice", projects=projects, everything=not projects, force=force, workers=1)
        drafter.draft(self.desk(), request)

    def replace(self, *ids: int) -> None:
        """Draft what takes the place of signed documents."""
        drafter.replace(self.desk(), [str(each) for each in ids], "原文有误")

    def take(self, step: Step, *ids: int, by: str = "") -> None:
        """Take a step for documents."""
        more: dict[str, Any] = {"copies": 3} if step is life.REQUEST else {}
        if Need.REASON in step.needs:
            more["remark"] = "按要求办理"
        who = by or _BY.get(step, DRAFTER)
        take(self.desk(who), Order(step, tuple(map(str, ids)), **more))

    def lead(self, state: State, ids: Iterable[int]) -> None:
        """Lead drafts into a state of the usual way."""
        for step in _WAY[: _LEADS_TO.index(state)]:
            self.take(step, *ids)

    def take_mandate(self) -> None:
        """Record a mandate for the seal."""
        _grant(self)

    def one(self, state: State) -> int:
        """Return a letter in a state; one is led there when there is none. What somebody typed is left alone."""
        if found := [each for each in self.documents(state) if each.kind == _KIND]:
            return found[0].id
        fresh = [each for each in self.documents(State.DRAFTED) if each.kind == _KIND][-1].id
        self.lead(state, [fresh])
        return fresh


@dataclass(frozen=True)
class Deed:
    """A command that writes.

    Args:
        name: of the command.
        do: does it for a document; the same call again takes it up where it was broken off.
        state: in which the document has to be; None for a command about none.
        before: what has to be done first.
        tells: codes that verifying may tell of what was done before, while the deed is not done.
    """

    name: str
    do: Callable[[Office, int], object]
    state: State | None = None
    before: Callable[[Office], object] = lambda _: None
    tells: frozenset[str] = frozenset()


def _attach(office: Office, document: int) -> None:
    scan = office.root.parent / "回执.pdf"
    scan.write_bytes(b"%PDF-1.7 " + os.urandom(2000))
    attach(office.desk(), str(document), [scan], FileRole.RECEIPT, "")


def _typed(office: Office) -> Path:
    """Return where a document lies that somebody wrote and laid out, as `docgen format --kind` does."""
    return office.root.parent / "来稿.docx"


def _type(office: Office) -> None:
    """Write a document of a title that none before has."""
    text = f"关于做好第{len(office.documents())}批审批衔接的通知\n县住建局：\n请办结{len(office.documents())}项。\n"
    asked = asked_of(Given(), office.root, ("通报", DAY))
    laid = formatted(read_draft(text.encode(), "稿.txt"), asked.given, asked.look, asked.seal, asked.rules)
    _typed(office).write_bytes(laid.document)


def _take_typed(office: Office, _: int) -> None:
    take_typed(office.desk(), Taking(_typed(office), Request("通报")))


def _grant(office: Office, _: int = 0) -> None:
    head = office.desk(SIGNATORY)
    number = f"澄政办发〔2026〕{len(mandates.mandates(head)) + 1}号"
    mandates.grant(head, replace(mandates.proposed_terms(head), number=number))


def _end(office: Office, _: int) -> None:
    head = office.desk(SIGNATORY)
    last = [each for each in mandates.mandates(head) if not each.ended_by][-1]
    mandates.end(head, str(last.id), "授权已收回")


def _reserve(office: Office, _: int = 0) -> None:
    numbers.reserve(office.desk(), _KIND, 2, "集中签发")


def _void_number(office: Office, _: int) -> None:
    reserved = [each for each in numbers.numbers(office.desk()) if each.state == "预留"]
    numbers.void(office.desk(), [str(reserved[0].id)], "不用了")


def _start(office: Office, _: int) -> None:
    numbers.start(office.desk(SIGNATORY), _OTHER_KIND, 5, "前4号见纸质登记簿", _free_year(office))


def _free_year(office: Office) -> int:
    return max([2030, *(each.year for each in numbers.numbers(office.desk()) if each.year < 2090)]) + 1


def _duty(office: Office, _: int = 0, *, loosened: bool) -> None:
    duties.set_duty(office.desk(SIGNATORY), life.Duty.KNOWN_APPLICANT.value, "试行期间", loosened=loosened)


def _witness(office: Office, _: int) -> None:
    witnesses.begin(office.desk(SIGNATORY), "误删，已与打印的登记簿核对")


def _backup(office: Office, _: int = 0) -> None:
    backups.backup(office.desk(), backup_of(office))


def _restore(office: Office, _: int) -> None:
    restoring.restore(backup_of(office), office.root.parent / "恢复", lambda: NOW)


def backup_of(office: Office) -> Path:
    """Return where the office's backup goes."""
    return office.root.parent / "备份"


def _fresh_backup(office: Office) -> None:
    for name in ("备份", "恢复"):
        shutil.rmtree(office.root.parent / name, ignore_errors=True)


def _backed_up(office: Office) -> None:
    _fresh_backup(office)
    _backup(office)


_STEPS: Final[Mapping[str, tuple[Step, State]]] = {
    "doc review": (life.REVIEW, State.DRAFTED),
    "doc countersign": (life.COUNTERSIGN, State.REVIEWED),
    "doc sign": (life.SIGN, State.REVIEWED),
    "doc return": (life.RETURN, State.REVIEWED),
    "doc issue": (life.ISSUE, State.SEALED),
    "doc archive": (life.ARCHIVE, State.ISSUED),
    "doc void": (life.VOID, State.NUMBERED),
    "seal request": (life.REQUEST, State.NUMBERED),
    "seal approve": (life.APPROVE, State.REQUESTED),
    "seal refuse": (life.REFUSE, State.REQUESTED),
    "seal apply": (life.APPLY, State.APPROVED),
}


def _step(step: Step, office: Office, document: int) -> None:
    office.take(step, document)


def _lose_some_drafts(office: Office) -> None:
    for each in office.documents(State.DRAFTED)[:3]:
        (office.root / each.path).unlink()


DEEDS: Final[tuple[Deed, ...]] = (
    Deed("notice", lambda office, _: office.draft(),
         before=_lose_some_drafts),
    Deed("notice --force", lambda office, _: office.draft("4", force=True)),
    *(Deed(name, partial(_step, step), state) for name, (step, state) in _STEPS.items()),
    Deed("doc void (draft)", lambda office, number: office.take(life.VOID_UNSIGNED, number, by=DRAFTER), State.DRAFTED),
    Deed("doc replace", lambda office, number: office.replace(number), State.NUMBERED),
    Deed("doc attach", _attach, State.NUMBERED),
    Deed("doc take", _take_typed, before=_type),
    Deed("doc number start", _start),
    Deed("doc number reserve", _reserve),
    Deed("doc number void", _void_number, before=_reserve),
    Deed("doc number give-back", lambda office, _: numbers.give_back(office.desk(), _KIND, None, "多留了"),
         before=_reserve),
    Deed("doc loosen", partial(_duty, loosened=True)),
    Deed("doc tighten", partial(_duty, loosened=False)),
    Deed("seal mandate add", _grant),
    Deed("seal mandate end", _end, before=_grant),
    Deed("witness begin", _witness, before=lambda office: (office.root / NAME).unlink(),
         tells=frozenset({"witness-missing"})),
    Deed("backup", _backup, before=_fresh_backup),
    Deed("restore", _restore, before=_backed_up),
)  # fmt: skip
"""All kinds of commands that write."""


def varied_record(office: Office) -> None:
    """Do some of everything, so that every table has rows and every step has been taken."""
    office.draft(*map(str, range(1, 13)))
    _grant(office)
    (office.root / NAME).unlink()
    _witness(office, 0)
    ids = [each.id for each in office.documents()]
    groups = [ids[start::12] for start in range(12)]
    for state, group in zip((*_LEADS_TO[1:], State.ISSUED), groups, strict=False):
        office.lead(state, group)
    office.take(life.ARCHIVE, *groups[6])
    for group, steps in zip(groups[7:11], _ASIDE, strict=True):
        for step in steps:
            office.take(step, *group)
    office.replace(*groups[5][:2])
    successors = [each.id for each in office.documents(State.DRAFTED)[-2:]]
    office.lead(State.NUMBERED, successors)
    for document in (*groups[5], *groups[4]):
        _attach(office, document)
    for deed in DEEDS:
        if deed.name.startswith(("doc number", "doc loosen", "seal mandate")):
            deed.before(office)
            deed.do(office, 0)


_ASIDE: Final = (
    (life.REVIEW, life.COUNTERSIGN),
    (life.REVIEW, life.RETURN),
    (life.REVIEW, life.SIGN, life.VOID),
    (life.REVIEW, life.SIGN, life.REQUEST, life.REFUSE),
)
"""Ways that lead not straight to the seal."""
