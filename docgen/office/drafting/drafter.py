"""Drafting: what is asked for becomes files in `out/` and rows in the register, or a list of what is wrong.

All that was asked for by `--all` is made and recorded in groups, so that a command that is broken off has done the
groups before; what was named one by one is made as a whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Final

from docgen.dataclass import dataclass
from docgen.documents.declared.kind import Kind
from docgen.documents.facts import Facts
from docgen.documents.faults import NeededBySeveral, NeededValue, ThingGone
from docgen.documents.frame.drafting import drafts, replacements
from docgen.documents.frame.drafts import Draft, Earlier
from docgen.documents.identity import MadeFor, Thing
from docgen.documents.labels.views import tree_of
from docgen.errors import Advice, DocgenError, Problems
from docgen.model.records import Records
from docgen.office.desk import Desk
from docgen.office.drafting.drafts import (
    Drafted,
    ListMadeHere,
    Made,
    NotMade,
    Outcome,
    Request,
    WrittenByHand,
    earlier_of,
    is_by_hand,
    refuse_alike,
    untouchable,
)
from docgen.office.drafting.issued import issued_of
from docgen.office.drafting.making import Job, Maker, Rendered, Result
from docgen.office.drafting.recording import Recorder
from docgen.office.drafting.selecting import asked_for, parted
from docgen.office.drafting.texts import given_texts, issued_texts
from docgen.office.past import past_of
from docgen.office.people import drafter_on
from docgen.office.pool import Pool, cores
from docgen.office.templates import bytes_of, load, placed, renew
from docgen.register.books import Books
from docgen.register.document import Document
from docgen.register.duties import Doing
from docgen.register.life import DRAFT, REPLACE

if TYPE_CHECKING:
    from docgen.office.drafting.clustering import ClusterRun
    from docgen.workspace import Workspace

Progress = Callable[[int, int], None]

_COPIES: Final = "抄送"
_NAMED: Final = 5  # documents that a message about many names
_PORTION: Final = 100  # drafts that a process makes at a time
_GROUP: Final = 500  # drafts recorded in one transaction
_WORTH_A_WORKER: Final = 250  # drafts from which on another process is started


def draft(desk: Desk, request: Request, progress: Progress | None = None) -> Drafted:
    """Draft what is asked for.

    A draft whose data and template are those of its last drafting is left as it is, hand edits included. With
    `everything` faults of some drafts do not keep the others from being made; otherwise everything is computed
    and rendered before any file is in its place.

    Args:
        desk: where, who, and on which day.
        request: what to draft.
        progress: is told how many are done and recorded, of how many.

    A command of several kinds drafts each of them that is made for what is asked; with `everything` a kind that cannot
    be drafted at all (without 机关代字) does not keep the others from being made.

    Raises:
        UnknownKind: there is no such kind.
        Problems: the sheets, the selection or the template have faults; nothing was written then.
        DocgenError: a single fault of the same kinds, of files or of the register.
    """
    records, drafted, refused = desk.workspace.records(), Drafted(), list[DocgenError]()
    kinds = parted(request, desk.workspace.catalogue, records)
    for kind, asked in kinds:
        try:
            drafted.add(_draft(desk, kind, asked, records, progress or _unseen))
        except DocgenError as fault:
            refused.append(fault)
            if request.names_some:
                break
    if len(refused) == len(kinds) or (refused and not drafted.made):
        raise (
            refused[0]
            if len(refused) == 1
            else Problems(tuple(each for one in refused for each in _flat(one)))
        )
    drafted.faults += [each for one in refused for each in _flat(one)]
    return drafted


def _draft(desk: Desk, kind: Kind, request: Request, records: Records, progress: Progress) -> Drafted:
    """Draft what is asked for of one kind."""
    with desk.register.reading() as books:
        known = _Known(books, kind.title)
    texts = given_texts(desk.workspace, records.mechanism, request.texts) if request.texts else ()
    issued, past = issued_of(desk.register), past_of(desk.workspace)
    facts = Facts(records, desk.today, desk.workspace.look, issued, past, texts=texts)
    drafting = drafts(kind, facts, asked_for(request, kind, facts, desk.register), known.earlier)
    if drafting.faults and not (drafting.drafts and not request.names_some):
        raise Problems(tuple(drafting.faults))
    refuse_alike(drafting.drafts)
    drafted = Drafted([], list(drafting.faults), drafting.skipped, drafting.advices)
    _tell_covered(drafting.covered, drafted, request)
    drafted.advices += _renewed(desk, kind)
    doing = Doing(drafter_on(desk, records, DRAFT), desk.today)
    _Work(desk, kind, drafting.drafts, known, doing, request, records).carry_out(drafted, progress)
    drafted.advices += _narrowed(drafted, known, request)
    return drafted


def _narrowed(drafted: Drafted, known: _Known, request: Request) -> Iterator[Advice]:
    """Yield the drafts that cover less than before, because only some of their things were selected."""
    for each in (
        drafted.made if request.projects or request.meetings or request.items or request.overdue else ()
    ):
        before, now = (
            MadeFor.read(known.documents[each.draft.earlier].made_for) if each.draft.earlier else None,
            MadeFor.read(each.draft.made_for),
        )
        if before and now and len(now.things) < len(before.things) and each.outcome is Outcome.RENEWED:
            yield Advice(
                "draft-narrowed",
                f"{each.draft.earlier}号草稿原来写{len(before.things)}项，这次只选了其中{len(now.things)}项，"
                "没有选到的已不在里面；要写全，请不加 --project、--meeting、--item、--overdue 再运行一次",
            )


def replace(desk: Desk, asked: Sequence[str], reason: str) -> Drafted:
    """Draft a successor of each signed document for the things it covers, from today's data, and link both.

    The documents stay in force until their successors are signed.

    Raises:
        NoReason: no reason is given.
        Problems: a document was written by somebody (WrittenByHand): no data make it anew.
        WrongState, AlreadyReplaced: a document may not be replaced.
        Problems: a document's thing is in no sheet any more (ThingGone); else as `draft`.
        DocgenError: as `draft`.
    """
    from docgen.office.life.finding import replaceable

    with desk.register.reading() as books:
        documents = replaceable(books, asked, reason)
    Problems.raise_any(WrittenByHand(each.name, each.kind) for each in documents if is_by_hand(each))
    records, catalogue = desk.workspace.records(), desk.workspace.catalogue
    drafted, doing = Drafted(), Doing(drafter_on(desk, records, REPLACE), desk.today, reason)
    for title in dict.fromkeys(each.kind for each in documents):
        kind = catalogue.bound(title, records)
        olds = {each.key: each for each in documents if each.kind == title}
        with desk.register.reading() as books:
            known = _Known(books, title)
        issued = issued_of(desk.register, frozenset(each.id for each in documents))
        texts = issued_texts(desk.workspace, records.mechanism, olds.values())
        past = past_of(desk.workspace)
        facts = Facts(records, desk.today, desk.workspace.look, issued, past, texts=texts)
        made, gone = replacements(kind, facts, list(filter(None, map(earlier_of, olds.values()))))
        Problems.raise_any(ThingGone(each.document.name, _words_of(things)) for each, things in gone)
        _Work(desk, kind, made, known, doing, Request(""), records, olds).carry_out(drafted, _unseen)
    return drafted


class _Known:
    """What the register knows of a kind when its drafts are planned.

    Args:
        books: the register.
        title: the kind.
    """

    def __init__(self, books: Books, title: str) -> None:
        documents = books.of_kind(title)
        self.documents = {each.id: each for each in documents}
        self.earlier = [each for each in map(earlier_of, documents) if each]
        self.seen = {each.key: each.id for each in documents}
        self.taken = {each.path: each.id for each in documents if each.state.is_unsigned}


def _words_of(things: Sequence[Thing]) -> str:
    """Return how things are named of which some component may still be there: 项目“甲”、单位“乙”这一项."""
    named = ["、".join(each.words for each in thing) for thing in things[:_NAMED]]
    count = "一" if len(things) == 1 else str(len(things))
    return f"{'；'.join(named)}{'等' if len(things) > _NAMED else ''}这{count}项"


def _renewed(desk: Desk, kind: Kind) -> Iterator[Advice]:
    """Renew a template that an earlier version shipped, and say so."""
    found = renew(desk.workspace, kind)
    if found:
        path, kept = (desk.workspace.shown(each) for each in found if each)
        words = f"模板 {path} 是旧版本随附的，没有改动过，已换成新的；原来的移到 {kept}"
        yield Advice("template-renewed", words)


def _tell_covered(covered: Sequence[Earlier], drafted: Drafted, request: Request) -> None:
    """Say which documents there are already: one by one where they were named, else how many, and some of them."""
    if request.names_some:
        drafted.faults += [untouchable(each.document) for each in covered]
    elif covered:
        numbers = [each.document.number or f"{each.document.id}号草稿" for each in covered[:_NAMED]]
        more = "等" if len(covered) > _NAMED else ""
        words = f"{len(covered)}件已核稿或签发，其中的事项未再起草：{'、'.join(numbers)}{more}"
        drafted.skipped.append(Advice("already-made", words))


@dataclass(frozen=True)
class _Work:
    """Drafts of one kind to be made and recorded; `olds` are the documents to be replaced, by key."""

    desk: Desk
    kind: Kind
    drafts: Sequence[Draft]
    known: _Known
    doing: Doing
    request: Request
    records: Records
    olds: Mapping[str, Document] = field(default_factory=dict)

    def carry_out(self, drafted: Drafted, progress: Progress) -> None:
        """Make and record the drafts, and gather what became of them."""
        desk, job, named = self.desk, self._job(), self.request.names_some
        drafted.advices += _unprinted_copies(job)
        maker = Maker(desk.workspace, job, self.known.taken)
        recorder = Recorder(desk.workspace, desk.register, job, self.doing, self.known.seen)
        count, failed, done = len(job.drafts), _Failed(job, desk.workspace), 0
        portions = [range(start, min(start + _PORTION, count)) for start in range(0, count, _PORTION)]
        try:
            with self._makers(maker, len(portions)) as makers:
                for results in _groups(makers.results(portions), count if named else _GROUP):
                    failed.note(results, named=named)
                    came = recorder.record([each for each in results if each.is_sound])
                    drafted.made += [each for each in came if isinstance(each, Made)]
                    drafted.faults += [each for each in came if isinstance(each, DocgenError)]
                    done += len(results)
                    progress(done, count)
        finally:
            maker.leave()
        drafted.faults += failed.faults()

    def _job(self) -> Job:
        workspace, request = self.desk.workspace, self.request
        template, lying = self._template()
        return Job(
            self.kind, self.desk.today, template, lying, tree_of(template.fields()),
            self.drafts, {} if self.olds else self.known.documents,
            force=request.force, dry_run=request.dry_run, olds=self.olds, look=workspace.look,
        )  # fmt: skip

    def _template(self) -> tuple[Rendered, bytes]:
        """Return what renders the drafts, and the file it is compiled from; of a list there is none."""
        if self.kind.is_list:
            from docgen.office.drafting.lists import Sheet

            if self.request.scheduler:
                raise ListMadeHere(self.kind.title)
            return Sheet(self.kind), b""
        workspace = self.desk.workspace
        return load(workspace, self.kind, self.records), bytes_of(workspace, self.kind)

    def _makers(self, maker: Maker, portions: int) -> Pool[range, list[Result]] | ClusterRun:
        """Return who makes the drafts: a cluster, or as many processes as pay."""
        request = self.request
        if request.scheduler and not request.dry_run:
            from docgen.office.drafting.clustering import ClusterRun

            return ClusterRun(self.desk.workspace, maker, request.scheduler, request.to)
        worth = max(1, len(maker.job.drafts) // _WORTH_A_WORKER)
        return Pool(maker.make, min(request.workers or cores(), worth, portions or 1), maker.leave)


def _unprinted_copies(job: Job) -> Iterator[Advice]:
    """Say that a template made before its form had a place for copies does not name who gets them."""
    title = job.kind.title
    if (
        _COPIES in job.kind.form.slots
        and _COPIES not in job.tree
        and any(each.copies_to for each in job.drafts)
    ):
        words = (
            f"{title}有抄送单位，模板中没有“{_COPIES}”这个字段，印不出来；"
            f"请补上，或用 docgen template rebuild {title} 恢复随附的模板"
        )
        yield Advice("copies-unprinted", words)


class _Failed:
    """The drafts that could not be made, by what was wrong."""

    def __init__(self, job: Job, workspace: Workspace) -> None:
        self._job = job
        self._workspace = workspace
        self._by_fault: dict[str, list[str]] = {}
        self._gaps: dict[tuple[str, ...], list[DocgenError]] = {}

    def note(self, results: Iterable[Result], *, named: bool) -> None:
        """Note which of some drafts failed. Raises Problems when they were named, and so are made as a whole."""
        failed = [each for each in results if not each.is_sound]
        if named:
            faults = (fault for each in failed for fault in self._faults(each))
            Problems.raise_any({str(each): each for each in faults}.values())
        for each in failed:
            for fault in self._faults(each):
                self._note(fault, self._job.drafts[each.place])

    def _faults(self, result: Result) -> Iterator[DocgenError]:
        """Yield what was wrong with a draft, of a wording by its lines."""
        for each in _flat(result.fault) if result.fault else ():
            yield placed(each, self._workspace, self._job.kind)

    def _note(self, fault: DocgenError, draft_: Draft) -> None:
        if fault.code in _OF_SHEETS:  # it names the cell and who needs it
            self._gaps.setdefault(_missing(fault), []).append(fault)
        else:
            documents = self._by_fault.setdefault(str(fault).rstrip("。"), [])
            documents.append(
                f"{draft_.subject}，致{draft_.addressee}" if draft_.addressee else draft_.subject
            )

    def faults(self) -> Iterator[DocgenError]:
        """Yield one fault for each thing that was wrong."""
        yield from (_for_all(each) for each in self._gaps.values())
        for reason, documents in self._by_fault.items():
            yield NotMade(reason, tuple(documents))


def _missing(fault: DocgenError) -> tuple[str, ...]:
    """Return what is missing, whoever needs it."""
    if isinstance(fault, NeededValue):
        return fault.code, fault.place, fault.label, fault.kind
    return fault.code, str(fault)


def _for_all(faults: Sequence[DocgenError]) -> DocgenError:
    """Return one fault for those that documents have in common: a gap that different ones need says how many."""
    first = faults[0]
    if isinstance(first, NeededValue) and len(set(map(str, faults))) > 1:
        return NeededBySeveral(first.place, first.label, len(faults), first.kind)
    return first


_OF_SHEETS: Final = frozenset(("value-needed", "post-not-held", "receiver-role-vacant"))


def _flat(fault: DocgenError) -> Iterator[DocgenError]:
    if isinstance(fault, Problems):
        for each in fault.faults:
            yield from _flat(each)
    else:
        yield fault


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
