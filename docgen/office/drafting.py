"""Drafting: what is asked for becomes files in `out/` and rows in the register, or a list of what is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Final, TypeVar

from docgen.documents.catalogue import kind_of
from docgen.documents.kind import Asked, Draft, Kind
from docgen.errors import NOT_ALLOWED, Advice, DocgenError, Problems
from docgen.files import set_aside, staged
from docgen.model.records import Records
from docgen.office.people import People
from docgen.office.templates import load
from docgen.register.store import DRAFTED, Entry, Register
from docgen.render.template import Template
from docgen.workspace import Workspace

T = TypeVar("T")

DRAFTS: Final = "草稿"


class AlreadySigned(DocgenError):
    """A draft was asked for whose document is signed already."""

    code: ClassVar[str] = "document-signed"
    exit_code: ClassVar[int] = NOT_ALLOWED

    title: str
    addressee: str
    state: str
    path: str

    @property
    def what(self) -> str:
        """Name the document and its state."""
        return f"致{self.addressee}的《{self.title}》（{self.path}）已{self.state}，不再改动"

    @property
    def remedy(self) -> str:
        """Name the command that replaces it."""
        return "确需更换请用 docgen doc replace。"


class Outcome(StrEnum):
    """What became of a draft that was asked for."""

    NEW = "新拟"
    RENEWED = "更新"
    UNCHANGED = "未变"
    EDITED = "未变，保留手工修改"


@dataclass(frozen=True)
class Request:
    """A draft command: the selection as the user wrote it.

    Args:
        command: the command's name (notice).
        projects, units: numbers, names or parts of names.
        everything: all that can be made.
        force: make a draft again although its data have not changed.
        dry_run: say what would be made, and make nothing.
    """

    command: str
    projects: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    everything: bool = False
    force: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class Made:
    """A draft and what became of it; `kept` is where what stood in its place is now."""

    draft: Draft
    outcome: Outcome
    path: Path
    kept: tuple[Path, ...] = ()


@dataclass
class Drafted:
    """What a draft command did: `faults` are of subjects that were left out and of signed documents."""

    made: list[Made] = field(default_factory=list)
    faults: list[DocgenError] = field(default_factory=list)
    skipped: list[Advice] = field(default_factory=list)
    advices: list[Advice] = field(default_factory=list)


class Drafter:
    """Drafts documents for one call of a command.

    Args:
        workspace: where.
        register: the workspace's register.
        people: who acts and who records.
        today: the date of documents and rules.
        now: gives the time of entries in the register.
    """

    def __init__(
        self,
        workspace: Workspace,
        register: Register,
        people: People,
        today: date,
        now: Callable[[], datetime],
    ) -> None:
        self.workspace, self.people, self.today, self._now = workspace, people, today, now
        self._register = register

    def draft(self, request: Request) -> Drafted:
        """Draft what is asked for.

        Everything is computed and rendered before any file is written. A draft whose data and template are those
        of its last drafting is left as it is, hand edits included.

        Raises:
            Problems: the sheets, the selection or the template have faults; nothing was written then. Only with
                `everything` the faults of some projects do not keep the others from being drafted.
            DocgenError: a single fault of the same kinds, of files or of the register.
        """
        kind, records = kind_of(request.command), self._records()
        asked = self._asked(records, request)
        drafting = kind.drafts(records, asked)
        if drafting.faults and not (request.everything and drafting.drafts):
            raise Problems(tuple(drafting.faults))
        template = load(self.workspace, kind)
        known = self._register.latest([each.key for each in drafting.drafts])
        before = _Before(kind, records, asked, known)
        plan = [self._plan(each, before, template, force=request.force) for each in drafting.drafts]
        drafted = Drafted([], list(drafting.faults), drafting.skipped, drafting.advices)
        drafted.faults += [each for each in plan if isinstance(each, DocgenError)]
        made = [each for each in plan if isinstance(each, Made)]
        drafted.made = made if request.dry_run else self._write(made, template)
        return drafted

    def _records(self) -> Records:
        reading = self.workspace.read()
        if reading.records is None:
            raise Problems(reading.faults)
        return reading.records

    def _asked(self, records: Records, request: Request) -> Asked:
        """Find the named projects and units, reporting all unknown names at once."""
        faults: list[DocgenError] = []
        projects = tuple(_found(records.find_project, request.projects, faults))
        units = tuple(_found(records.find_unit, request.units, faults))
        Problems.raise_any(faults)
        return Asked(self.today, projects, units, request.everything, self.workspace.look)

    def _plan(
        self, draft: Draft, before: _Before, template: Template, *, force: bool
    ) -> Made | AlreadySigned:
        """Say what will become of a draft, or why it may not be touched."""
        entry = before.known.get(draft.key)
        path = self._path(draft)
        if entry is None:
            return Made(draft, Outcome.NEW, path)
        if not entry.is_draft:
            return AlreadySigned(entry.title, entry.addressee, entry.state, entry.path)
        last = self.workspace.root / entry.path
        digests = (before.digest(draft), template.digest)
        same = digests == (entry.data_digest, entry.template_digest) and last.is_file()
        if force or not same:
            return Made(draft, Outcome.RENEWED, path)
        untouched = _digest(last) == entry.file_digest
        return Made(draft, Outcome.UNCHANGED if untouched else Outcome.EDITED, last)

    def _path(self, draft: Draft) -> Path:
        return self.workspace.out / str(self.today.year) / draft.kind / DRAFTS / f"{draft.file_name}.docx"

    def _write(self, planned: Sequence[Made], template: Template) -> list[Made]:
        """Render and write what is new or renewed, then record it; a hand-edited file is moved aside first."""
        to_make = [each for each in planned if each.outcome in (Outcome.NEW, Outcome.RENEWED)]
        rendered = _rendered(to_make, template)
        known = self._register.latest([each.draft.key for each in to_make])
        with staged() as staging:
            for each, data in zip(to_make, rendered, strict=True):
                staging.add(each.path, data)
            kept = {
                each.draft.key: self._set_aside(each, known.get(each.draft.key), data)
                for each, data in zip(to_make, rendered, strict=True)
            }
        self._register.record(
            self._entry(each, template, data) for each, data in zip(to_make, rendered, strict=True)
        )
        return [replace(each, kept=kept.get(each.draft.key, ())) for each in planned]

    def _set_aside(self, made: Made, entry: Entry | None, data: bytes) -> tuple[Path, ...]:
        """Move away what is not docgen's own in a draft's place (hand edits) and what was made of the old draft.

        Returns:
            where the moved files are now.
        """
        last = self.workspace.root / entry.path if entry else made.path
        ours = (entry.file_digest if entry else "", _sha256(data))
        edited = [
            path for path in dict.fromkeys((last, made.path)) if path.is_file() and _digest(path) not in ours
        ]
        pictures = [path for suffix in (".pdf", ".png") if (path := last.with_suffix(suffix)).is_file()]
        kept = tuple(set_aside(path) for path in (*edited, *pictures))
        if last != made.path:
            last.unlink(missing_ok=True)
        return kept

    def _entry(self, made: Made, template: Template, data: bytes) -> Entry:
        draft = made.draft
        return Entry(
            key=draft.key,
            kind=draft.kind,
            title=draft.title,
            subject=draft.subject,
            addressee=draft.addressee,
            state=DRAFTED,
            dated=self.today,
            path=self.workspace.shown(made.path),
            template_digest=template.digest,
            data_digest=draft.data_digest(),
            file_digest=_sha256(data),
            actor=self.people.actor,
            recorder=self.people.recorder,
            recorded_at=self._now().isoformat(timespec="seconds"),
        )


class _Before:
    """The digests that drafts would have on the day they were last drafted.

    A draft is the same when its data are the same; that a day has gone by does not make it another.
    """

    def __init__(self, kind: Kind, records: Records, asked: Asked, known: dict[str, Entry]) -> None:
        self._kind, self._records, self._asked, self.known = kind, records, asked, known
        self._days: dict[date, dict[str, str]] = {}

    def digest(self, draft: Draft) -> str:
        """Return the digest of a draft as of the date of its last drafting."""
        entry = self.known.get(draft.key)
        if entry is None or entry.dated == self._asked.today:
            return draft.data_digest()
        return self._on(entry.dated).get(draft.key, "")

    def _on(self, day: date) -> dict[str, str]:
        if day not in self._days:
            drafting = self._kind.drafts(self._records, replace(self._asked, today=day))
            self._days[day] = {each.key: each.data_digest() for each in drafting.drafts}
        return self._days[day]


def _rendered(planned: Sequence[Made], template: Template) -> list[bytes]:
    """Render all drafts, reporting all faults of all of them at once."""
    faults: list[DocgenError] = []
    done: list[bytes] = []
    for each in planned:
        try:
            done.append(template.render(each.draft.context))
        except DocgenError as fault:
            faults.append(fault)
    Problems.raise_any({str(each): each for each in faults}.values())
    return done


def _found(find: Callable[[str], T], names: Iterable[str], faults: list[DocgenError]) -> Iterator[T]:
    for name in dict.fromkeys(names):
        try:
            yield find(name)
        except DocgenError as fault:
            faults.append(fault)


def _digest(path: Path) -> str:
    return _sha256(path.read_bytes())


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
