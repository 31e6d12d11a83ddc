"""Making drafts: each is compared with its last drafting, and what is new or changed is rendered and written.

What is made lies beside its place until it is recorded (`recording.py`). All that is returned of a draft is small and
can be sent between processes: thousands are made in portions, by several processes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from docgen.digests import Digests, digests_of, sha256
from docgen.documents.kind import Asked, Context, Digester, Draft, Kind
from docgen.errors import DocgenError
from docgen.files import Staging, read_regular, sweep
from docgen.model.records import Records
from docgen.office.bounds import refuse_outside
from docgen.office.drafting.drafts import DRAFTS, Outcome, untouchable
from docgen.register.document import Document
from docgen.register.store import Register
from docgen.template.template import Template
from docgen.workspace import Workspace


@dataclass(frozen=True)
class Job:
    """What is to be made.

    Args:
        kind: of the drafts.
        records: the sheets.
        asked: what for, and on which day.
        template: of the kind.
        drafts: the drafts in their order; elsewhere one is known by its place among them.
        force: make a draft again although its data have not changed.
        dry_run: make nothing.
        olds: the signed documents to be replaced, by key; their drafts are new whatever the register has.
    """

    kind: Kind
    records: Records
    asked: Asked
    template: Template
    drafts: Sequence[Draft]
    force: bool = False
    dry_run: bool = False
    olds: Mapping[str, Document] = field(default_factory=dict)


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
        untouchable: whether that is because the document may not be drafted any more.
    """

    place: int
    outcome: Outcome
    path: Path
    id: int | None = None
    written: Written | None = None
    fault: DocgenError | None = None
    untouchable: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether nothing went wrong; that a document may not be drafted any more is no failure."""
        return self.fault is None or self.untouchable

    def lying_at(self, place: Path) -> Result:
        """Return the result with the place where its file lies."""
        return replace(self, written=replace(self.written, lies=place)) if self.written else self


class Maker:
    """Makes the drafts of a job. What it has written it keeps until it leaves.

    Args:
        workspace: where.
        register: the workspace's register.
        job: what to make.
    """

    def __init__(self, workspace: Workspace, register: Register, job: Job) -> None:
        self._workspace, self._register, self.job = workspace, register, job
        self._before, self._digester = _Before(job), Digester()
        self._staging = Staging()

    def make(self, portion: range) -> list[Result]:
        """Make the drafts at some places.

        Raises:
            CannotWrite: the operating system refuses.
            DocgenError: the register cannot be read.
        """
        for folder in dict.fromkeys(self._place(self.job.drafts[each]).parent for each in portion):
            refuse_outside(self._workspace, folder)
        made = [each if isinstance(each, Result) else self._made(each) for each in self.plan(portion)]
        lying = (lies for lies, _ in self._staging.hand_over())
        return [each.lying_at(next(lying)) if each.written else each for each in made]

    def leave(self) -> None:
        """Remove what was written and not put in its place."""
        self._staging.drop()
        for folder in dict.fromkeys(self._place(each).parent for each in self.job.drafts[:1]):
            sweep(folder)  # of workers that died

    def plan(self, portion: range) -> list[Planned | Result]:
        """Say what is to become of some drafts; what needs no more work is a result already."""
        drafts = [self.job.drafts[place] for place in portion]
        with self._register.reading() as books:
            known = books.latest([each.key for each in drafts])
        return [
            self._planned(place, draft, known.get(draft.key))
            for place, draft in zip(portion, drafts, strict=True)
        ]

    def _planned(self, place: int, draft: Draft, known: Document | None) -> Planned | Result:
        path = self._place(draft)
        if known is None or known.state.is_over or draft.key in self.job.olds:
            return self._to_make(Planned(place, Outcome.NEW, path), draft)
        if not known.state.is_draft:
            return Result(
                place, Outcome.UNCHANGED, path, known.id, fault=untouchable(known), untouchable=True
            )
        last = self._workspace.root / known.path
        digests = (self._before.digest(draft, known), self.job.template.digest)
        same = digests == (known.data_digest, known.template_digest) and last.is_file()
        if self.job.force or not same:
            return self._to_make(Planned(place, Outcome.RENEWED, path, known.id), draft)
        untouched = sha256(read_regular(last)) == known.sha256
        return Result(place, Outcome.UNCHANGED if untouched else Outcome.EDITED, last, known.id)

    def _place(self, draft: Draft) -> Path:
        year = str(self.job.asked.today.year)
        return self._workspace.out / year / draft.kind / DRAFTS / f"{draft.file_name}.docx"

    def _to_make(self, planned: Planned, draft: Draft) -> Planned | Result:
        if self.job.dry_run:
            return Result(planned.place, planned.outcome, planned.path, planned.id)
        context = draft.context
        return replace(planned, context=context, data_digest=self._digester.digest(context))

    def _made(self, planned: Planned) -> Result:
        """Render and write a draft; a fault of its data or of the template's is its result."""
        try:
            data = self.job.template.render(planned.context or {})
        except DocgenError as fault:
            return result_of(planned, fault)
        self._staging.add(planned.path, data)
        return result_of(planned, Written(planned.path, digests_of(data), len(data), planned.data_digest))


def result_of(planned: Planned, came: Written | DocgenError) -> Result:
    """Return the result of a plan that was carried out, or could not be."""
    done = Result(planned.place, planned.outcome, planned.path, planned.id)
    return replace(done, fault=came) if isinstance(came, DocgenError) else replace(done, written=came)


class _Before:
    """The digests that drafts would have on the day they were last drafted.

    A draft is the same when its data are the same; that a day has gone by does not make it another.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._days: dict[date, dict[str, Draft]] = {}
        self._digester = Digester()

    def digest(self, draft: Draft, known: Document) -> str:
        """Return the digest of a draft as of the date of its last drafting."""
        if known.dated == self._job.asked.today:
            return self._digester.digest(draft.context)
        then = self._on(known.dated).get(draft.key)
        return self._digester.digest(then.context) if then else ""

    def _on(self, day: date) -> dict[str, Draft]:
        if day not in self._days:
            drafting = self._job.kind.drafts(self._job.records, replace(self._job.asked, today=day))
            self._days[day] = {each.key: each for each in drafting.drafts}
        return self._days[day]
