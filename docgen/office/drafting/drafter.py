"""Drafting: what is asked for becomes files in `out/` and rows in the register, or a list of what is wrong.

All that was asked for by `--all` is made and recorded in groups, so that a command that is broken off has done the
groups before; what was named one by one is made as a whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

from docgen.documents.catalogue import kind_of, kind_titled
from docgen.documents.kind import Asked
from docgen.errors import DocgenError, Problems
from docgen.model.records import Records
from docgen.office.desk import Desk, People
from docgen.office.drafting.crew import Crew, cores
from docgen.office.drafting.drafts import Drafted, Made, NotMade, NotNeededAnyMore, Request
from docgen.office.drafting.making import Job, Maker, Result
from docgen.office.drafting.recording import Recorder
from docgen.office.people import drafter_on
from docgen.office.templates import load
from docgen.register.document import Document
from docgen.register.duties import Doing
from docgen.register.store import Register
from docgen.workspace import Workspace

if TYPE_CHECKING:
    from docgen.office.drafting.clustering import Abroad

T = TypeVar("T")
Progress = Callable[[int, int], None]

_PORTION: Final = 100  # drafts that a process makes at a time
_GROUP: Final = 500  # drafts recorded in one transaction
_WORTH_A_WORKER: Final = 250  # drafts from which on another process is started


class Drafter:
    """Drafts documents for one call of a command.

    Args:
        workspace: where.
        register: the workspace's register.
        people: who acts and who records.
        today: the date of documents and rules.
    """

    def __init__(self, workspace: Workspace, register: Register, people: People, today: date) -> None:
        self.workspace, self.people, self.today = workspace, people, today
        self._register = register

    def draft(self, request: Request, progress: Progress | None = None) -> Drafted:
        """Draft what is asked for.

        A draft whose data and template are those of its last drafting is left as it is, hand edits included. With
        `everything` faults of some drafts do not keep the others from being made; otherwise everything is computed
        and rendered before any file is in its place.

        Args:
            request: what to draft.
            progress: is told how many are done and recorded, of how many.

        Raises:
            Problems: the sheets, the selection or the template have faults; nothing was written then.
            DocgenError: a single fault of the same kinds, of files or of the register.
        """
        kind, records = kind_of(request.command), self._records()
        asked = self._asked(records, request)
        drafting = kind.drafts(records, asked)
        if drafting.faults and not (request.everything and drafting.drafts):
            raise Problems(tuple(drafting.faults))
        template = load(self.workspace, kind)
        job = Job(
            kind, records, asked, template, drafting.drafts, force=request.force, dry_run=request.dry_run
        )
        drafted = Drafted([], list(drafting.faults), drafting.skipped, drafting.advices)
        doing = Doing(drafter_on(records, self.people.actor, self.today), self.today)
        self._carry_out(job, doing, drafted, request, progress or _unseen)
        return drafted

    def replace(self, documents: Sequence[Document], reason: str) -> Drafted:
        """Draft a successor of each signed document, from today's data, and link both.

        The documents stay in force until their successors are signed.

        Raises:
            NotNeededAnyMore: the sheets no longer call for one of them.
            Problems, DocgenError: as `draft`.
        """
        records = self._records()
        drafted = Drafted()
        for title in dict.fromkeys(each.kind for each in documents):
            kind = kind_titled(title)
            olds = {each.key: each for each in documents if each.kind == title}
            asked = Asked(self.today, everything=True, look=self.workspace.look)
            drafting = kind.drafts(records, asked)
            drafts = [each for each in drafting.drafts if each.key in olds]
            missing = olds.keys() - {each.key for each in drafts}
            Problems.raise_any(NotNeededAnyMore(olds[key].name, title) for key in sorted(missing))
            job = Job(kind, records, asked, load(self.workspace, kind), drafts, olds=olds)
            doing = Doing(drafter_on(records, self.people.actor, self.today), self.today, reason)
            self._carry_out(job, doing, drafted, Request(""), _unseen)
            drafted.advices += drafting.advices
        return drafted

    def _carry_out(
        self, job: Job, doing: Doing, drafted: Drafted, request: Request, progress: Progress
    ) -> None:
        """Make and record the drafts of a job, and gather what became of them."""
        maker = Maker(self.workspace, self._register, job)
        recorder = Recorder(self.workspace, self._register, job, doing)
        count, failed = len(job.drafts), _Failed(job)
        portions = [range(start, min(start + _PORTION, count)) for start in range(0, count, _PORTION)]
        done = 0
        try:
            with self._makers(maker, request, len(portions)) as makers:
                for group in _groups(makers.results(portions), _GROUP if request.everything else count):
                    failed.note(group, everything=request.everything)
                    came = recorder.record([each for each in group if each.is_sound])
                    drafted.made += [each for each in came if isinstance(each, Made)]
                    drafted.faults += [each for each in came if isinstance(each, DocgenError)]
                    done += len(group)
                    progress(done, count)
        finally:
            maker.leave()
        drafted.faults += failed.faults()

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

    def _makers(self, maker: Maker, request: Request, portions: int) -> Crew[range, list[Result]] | Abroad:
        """Return who makes the drafts: a cluster, or as many processes as pay."""
        if request.scheduler and not request.dry_run:
            from docgen.office.drafting.clustering import Abroad

            return Abroad(self.workspace, maker, request.scheduler, request.to)
        worth = max(1, len(maker.job.drafts) // _WORTH_A_WORKER)
        return Crew(maker.make, min(request.workers or cores(), worth, portions or 1), maker.leave)


def draft(desk: Desk, request: Request, progress: Progress | None = None) -> Drafted:
    """Draft what is asked for; see `Drafter.draft`."""
    return Drafter(desk.workspace, desk.register, desk.people, desk.today).draft(request, progress)


def replace(desk: Desk, asked: Sequence[str], remark: str) -> Drafted:
    """Draft successors of signed documents; see `Drafter.replace`.

    Raises:
        NoReason: no remark gives the reason.
        WrongState, AlreadyReplaced: a document may not be replaced.
    """
    from docgen.office.life.finding import replaceable

    with desk.register.reading() as books:
        documents = replaceable(books, asked, remark)
    return Drafter(desk.workspace, desk.register, desk.people, desk.today).replace(documents, remark)


class _Failed:
    """The drafts that could not be made, by what was wrong."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._by_fault: dict[str, list[str]] = {}

    def note(self, results: Iterable[Result], *, everything: bool) -> None:
        """Note which of some drafts failed. Raises Problems unless the others are to be made all the same."""
        failed = [each for each in results if not each.is_sound]
        if not everything:
            Problems.raise_any({str(each.fault): each.fault for each in failed if each.fault}.values())
        for each in failed:
            draft = self._job.drafts[each.place]
            documents = self._by_fault.setdefault(str(each.fault).rstrip("。"), [])
            documents.append(f"{draft.subject}，致{draft.addressee}")

    def faults(self) -> Iterator[NotMade]:
        """Yield one fault for each thing that was wrong."""
        for reason, documents in self._by_fault.items():
            yield NotMade(reason, tuple(documents))


def _unseen(_done: int, _of: int) -> None:
    """Take no notice of how far something is."""


def _groups(portions: Iterable[Sequence[Result]], size: int) -> Iterator[list[Result]]:
    """Put portions together until there are so many results."""
    gathered: list[Result] = []
    for each in portions:
        gathered += each
        if len(gathered) >= size:
            yield gathered
            gathered = []
    if gathered:
        yield gathered


def _found(find: Callable[[str], T], names: Iterable[str], faults: list[DocgenError]) -> Iterator[T]:
    for name in dict.fromkeys(names):
        try:
            yield find(name)
        except DocgenError as fault:
            faults.append(fault)
