"""Making drafts: each is compared with its last drafting, and what is new or changed is rendered and written.

What is made lies beside its place until it is recorded (`recording.py`). All that is returned of a draft is small and
can be sent between processes: thousands are made in portions, by several processes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import partial
from hashlib import sha256 as sha256_of
from pathlib import Path
from typing import Any, Final, Protocol

from docgen.dataclass import dataclass
from docgen.digests import AlikeFiles, Digests, sha256
from docgen.documents.declared.kind import Kind
from docgen.documents.frame.drafting import needed
from docgen.documents.frame.drafts import Draft, marked
from docgen.documents.labels.views import Tree, canonical
from docgen.errors import DocgenError, Problems
from docgen.files import Staging, read_regular
from docgen.office.bounds import refuse_outside
from docgen.office.drafting.drafts import DRAFTS, Outcome
from docgen.opc.changing import Change, Changing
from docgen.register.document import Document
from docgen.rooms import sweep
from docgen.standard.build.fitting import fit_tables, is_asked
from docgen.standard.measures.look import STANDARD, Look
from docgen.template.faults import TooMuchWork
from docgen.workspace import Workspace

Context = Mapping[str, Any]
_MOST_ENDLESS: Final = 2  # drafts that ask for too much work before a batch is given up


class Rendered(Protocol):
    """What renders drafts: a compiled template, or what makes the workbook of a list."""

    @property
    def digest(self) -> str:
        """Return what tells it from any other."""

    def fields(self) -> Sequence[str]:
        """Return the names it shows."""

    def render(self, context: Context, *, finish: Change | None = None) -> bytes:
        """Return the file that shows a context, its parts finished before they are packed."""


@dataclass(frozen=True)
class Job:
    """What is to be made.

    Args:
        kind: of the drafts.
        today: the date of the documents.
        template: of the kind, compiled; `template_bytes` as it lies, empty for a list.
        tree: what the template shows.
        drafts: the drafts in their order; elsewhere one is known by its place among them.
        known: the unsigned documents that drafts make anew, by id.
        force: make a draft again although its data have not changed.
        dry_run: write nothing.
        olds: the signed documents to be replaced, by key.
        look: the settings of the workspace's documents.
    """

    kind: Kind
    today: date
    template: Rendered
    template_bytes: bytes
    tree: Tree
    drafts: Sequence[Draft]
    known: Mapping[int, Document] = field(default_factory=dict)
    force: bool = False
    dry_run: bool = False
    olds: Mapping[str, Document] = field(default_factory=dict)
    look: Look = STANDARD

    @property
    def finish(self) -> Change:
        """Return what is done to the parts of each document after rendering."""
        finish = partial(self.kind.form.finish, look=self.look)
        fitted = bool(self.template_bytes) and is_asked(self.template_bytes)  # a list has no template
        return partial(_fitted, finish=finish) if fitted else finish


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to become of a draft.

    Args:
        place: of the draft.
        outcome: what will become of it.
        path: where its file is to be.
        id: the document's, when it is known already.
        context: what it shows, when it is to be made.
        data_digest: of the context.
    """

    place: int
    outcome: Outcome
    path: Path
    id: int | None = None
    context: Context | None = None
    data_digest: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was made: where it lies until it is recorded, its digests and size, and its data's digest."""

    lies: Path
    digests: Digests
    size: int
    data_digest: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a draft: a file, a fault, or neither when nothing was to be made.

    Args:
        place: of the draft.
        outcome: what became of it, or was to become.
        path: where its file is to be.
        id: the document's, when it was known before.
        written: the file.
        fault: why there is none.
    """

    place: int
    outcome: Outcome
    path: Path
    id: int | None = None
    written: Written | None = None
    fault: DocgenError | None = None

    @property
    def is_sound(self) -> bool:
        """Whether nothing went wrong."""
        return self.fault is None

    def lying_at(self, place: Path) -> Result:
        """Return the result with the place where its file lies."""
        if self.written is None:
            return self
        written = Written(place, self.written.digests, self.written.size, self.written.data_digest)
        return Result(self.place, self.outcome, self.path, self.id, written, self.fault)


class Maker:
    """Makes the drafts of a job. What it has written it keeps until it leaves.

    Args:
        workspace: where.
        job: what to make.
        taken: the places of other unsigned documents, which a draft's file must not take.
    """

    def __init__(self, workspace: Workspace, job: Job, taken: Mapping[str, int]) -> None:
        self._workspace, self.job, self._taken = workspace, job, taken
        self._finish = job.finish
        self._folder = workspace.out / str(job.today.year) / job.kind.title / DRAFTS
        self._folder_shown = workspace.shown(self._folder)
        self._staging = Staging()
        self._digests = AlikeFiles()
        self._endless = 0

    def make(self, portion: range) -> list[Result]:
        """Make the drafts at some places.

        Raises:
            CannotWrite: the operating system refuses.
            TooMuchWork: if the template, or a text of the kind, asks for it again and again.
        """
        refuse_outside(self._workspace, self._folder)
        made = [each if isinstance(each, Result) else self._made(each) for each in self.plan(portion)]
        lying = (lies for lies, _ in self._staging.hand_over())
        return [each.lying_at(next(lying)) if each.written else each for each in made]

    def leave(self) -> None:
        """Remove what was written and not put in its place."""
        self._staging.drop()
        for each in (self._folder, self._folder.parent):  # of workers that died
            sweep(each)

    def plan(self, portion: range) -> list[Planned | Result]:
        """Say what is to become of some drafts; what needs no more work is a result already."""
        return [self._planned(place, self.job.drafts[place]) for place in portion]

    def _planned(self, place: int, draft: Draft) -> Planned | Result:
        path, job = self._place(draft), self.job
        known = job.known.get(draft.earlier or 0)
        if known is None:
            return self._to_make(Planned(place, Outcome.NEW, path), draft)
        last = self._workspace.root / known.path
        if job.force or not (last.is_file() and self._is_same(draft, known)):
            return self._to_make(Planned(place, Outcome.RENEWED, path, known.id), draft)
        untouched = sha256(read_regular(last)) == known.sha256
        return Result(place, Outcome.UNCHANGED if untouched else Outcome.EDITED, last, known.id)

    def _is_same(self, draft: Draft, known: Document) -> bool:
        """Whether a draft shows what it showed on the day of its last drafting; that a day goes by makes no other.

        A list says how things stand on its day: it is compared as of today.
        """
        if known.template_digest != self.job.template.digest or known.made_for != draft.made_for:
            return False
        try:
            day = self.job.today if self.job.kind.is_list else known.dated
            return digest_of(draft.compute(day, self.job.tree)) == known.data_digest
        except DocgenError:
            return False

    def _place(self, draft: Draft) -> Path:
        name = f"{draft.file_name}{draft.suffix}"
        other = self._taken.get(f"{self._folder_shown}/{name}")
        if other is None or other == draft.earlier:
            return self._folder / name
        return self._folder / f"{marked(draft.file_name, draft.key)}{draft.suffix}"

    def _to_make(self, planned: Planned, draft: Draft) -> Planned | Result:
        try:
            context = draft.compute(self.job.today, self.job.tree)
        except DocgenError as fault:
            return self._refused(planned, fault, draft)
        digest = digest_of(context)
        return Planned(planned.place, planned.outcome, planned.path, planned.id, context, digest)

    def _made(self, planned: Planned) -> Result:
        """Render and write a draft; a fault of its data or of the template's is its result."""
        draft = self.job.drafts[planned.place]
        try:
            data = self.job.template.render(planned.context or {}, finish=self._finish)
        except DocgenError as fault:
            return self._refused(planned, fault, draft)
        if self.job.dry_run:
            return Result(planned.place, planned.outcome, planned.path, planned.id)
        self._staging.add(planned.path, data)
        written = Written(planned.path, self._digests.digests_of(data), len(data), planned.data_digest)
        return result_of(planned, written)

    def _refused(self, planned: Planned, fault: DocgenError, draft: Draft) -> Result:
        """Return the result of a draft that cannot be made.

        Raises:
            TooMuchWork: if that was so for several: the next ones would take as long, and end as they did.
        """
        if isinstance(fault, TooMuchWork):
            self._endless += 1
            if self._endless > _MOST_ENDLESS:
                raise fault
        return result_of(planned, with_needs(fault, draft))


def _fitted(parts: Changing, finish: Change) -> None:
    """Fit the tables of a document to their contents, and finish it."""
    fit_tables(parts)
    finish(parts)


def with_needs(fault: DocgenError, draft: Draft) -> DocgenError:
    """Return a fault in which each gap says who needs the value."""
    if isinstance(fault, Problems):
        return Problems(tuple(needed(each, draft.needs, draft.kind) for each in fault.faults))
    return needed(fault, draft.needs, draft.kind)


def digest_of(context: Context) -> str:
    """Return the SHA-256 of what a document shows; equal digests mean an equal draft."""
    return sha256_of(canonical(context).encode("utf-8", "surrogatepass")).hexdigest()


def result_of(planned: Planned, came: Written | DocgenError) -> Result:
    """Return the result of a plan that was carried out, or could not be."""
    written, fault = (None, came) if isinstance(came, DocgenError) else (came, None)
    return Result(planned.place, planned.outcome, planned.path, planned.id, written, fault)
