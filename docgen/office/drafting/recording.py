"""Recording drafts: what was made is put in its place and entered in the register, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from docgen.digests import sha256
from docgen.errors import DocgenError
from docgen.files import Staging, read_regular, set_aside, staged
from docgen.office.drafting.draft_deeds import Drawn, deeds_of
from docgen.office.drafting.drafts import Made, untouchable
from docgen.office.drafting.interrupt import unbroken
from docgen.office.drafting.making import Job, Result, Written
from docgen.register.books import Books
from docgen.register.document import Document
from docgen.register.duties import Doing
from docgen.register.store import Register
from docgen.workspace import Workspace


class Recorder:
    """Records the results of a job.

    Args:
        workspace: where.
        register: the workspace's register.
        job: what was made.
        doing: who drafts, on which day, and why a document is replaced.
    """

    def __init__(self, workspace: Workspace, register: Register, job: Job, doing: Doing) -> None:
        self._workspace, self._register, self._job, self._doing = workspace, register, job, doing

    def record(self, results: Sequence[Result]) -> list[Made | DocgenError]:
        """Put files in their places and record them, all or none, and return what became of each draft.

        A hand-edited file is moved aside first. What somebody else signed meanwhile is left alone. A Ctrl-C waits
        until all is recorded.

        Raises:
            CannotWrite: the operating system refuses.
            DocgenError: the register cannot be written.
        """
        to_write = {each.place: each.written for each in results if each.written}
        if not to_write:
            return [self._told(each) for each in results]
        with unbroken(), self._register.writing() as books, staged() as staging:
            known = books.latest([self._job.drafts[place].key for place in to_write])
            return [
                self._entered(each, each.written, known, books, staging) if each.written else self._told(each)
                for each in results
            ]

    def _told(self, result: Result) -> Made | DocgenError:
        draft = self._job.drafts[result.place]
        return result.fault or Made(draft, result.outcome, result.path, id=result.id)

    def _entered(
        self, result: Result, written: Written, known: dict[str, Document], books: Books, staging: Staging
    ) -> Made | DocgenError:
        """Stage a file and add its entries to the books, unless its document was signed meanwhile."""
        draft = self._job.drafts[result.place]
        last, old = known.get(draft.key), self._job.olds.get(draft.key)
        if last and not old and not (last.state.is_draft or last.state.is_over):
            return untouchable(last)
        living = last if last and last.state.is_draft else None
        number = living.id if living else books.next_document()
        staging.take_over([(written.lies, result.path)])
        kept = self._set_aside(result.path, living, written)
        made = Made(draft, result.outcome, result.path, kept, old, number)
        shown, template = self._workspace.shown(made.path), self._job.template.digest
        drawn = Drawn(made, shown, written.digests, written.size, template, written.data_digest)
        books.add(*deeds_of(drawn, number, last, self._doing))
        return made

    def _set_aside(self, path: Path, known: Document | None, written: Written) -> tuple[Path, ...]:
        """Move away what is not docgen's own in a draft's place (hand edits) and what was made of the old draft.

        Returns:
            where the moved files are now.
        """
        last = self._workspace.root / known.path if known else path
        ours = (known.sha256 if known else "", written.digests.sha256)
        edited = [each for each in dict.fromkeys((last, path)) if _is_other(each, ours)]
        pictures = [each for suffix in (".pdf", ".png") if (each := last.with_suffix(suffix)).is_file()]
        kept = tuple(set_aside(each) for each in (*edited, *pictures))
        if last != path:
            last.unlink(missing_ok=True)
        return kept


def _is_other(path: Path, digests: Iterable[str]) -> bool:
    return path.is_file() and sha256(read_regular(path)) not in digests
