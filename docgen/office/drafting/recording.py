"""Recording drafts: what was made is put in its place and entered in the register, in one transaction."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from os.path import isfile
from pathlib import Path
from typing import Any

from docgen.dataclass import dataclass
from docgen.digests import Digests, sha256
from docgen.documents.frame.drafts import Draft
from docgen.durable import unbroken
from docgen.errors import DocgenError
from docgen.files import Staging, read_regular, set_aside, staged
from docgen.office.drafting.drafts import Made, Outcome, untouchable
from docgen.office.drafting.making import Job, Result, Written
from docgen.register.books import Books
from docgen.register.document import Document
from docgen.register.duties import Doing
from docgen.register.life import DRAFT, REPLACE, State
from docgen.register.record import Deed, FileRole, FileSeen
from docgen.register.store import Register
from docgen.standard.wording.text import official_date
from docgen.workspace import Workspace


class Recorder:
    """Records the results of a job.

    Args:
        workspace: where.
        register: the workspace's register.
        job: what was made.
        doing: who drafts, on which day, and why a document is replaced.
        seen: the latest document of each key as it was when the job was planned.
    """

    def __init__(
        self, workspace: Workspace, register: Register, job: Job, doing: Doing, seen: dict[str, int]
    ) -> None:
        self._workspace, self._register, self._job, self._doing = workspace, register, job, doing
        self._seen = seen
        self._olds: dict[str, Document] = {}

    def record(self, results: Sequence[Result]) -> list[Made | DocgenError]:
        """Put files in their places and record them, all or none, and return what became of each draft.

        A hand-edited file is moved aside first. What somebody else signed or replaced meanwhile is left alone, and
        what somebody else drafted alike meanwhile is not recorded again. A Ctrl-C waits until all is recorded.

        Raises:
            CannotWrite: the operating system refuses.
            Problems: a document that was to be replaced has been replaced, voided or archived meanwhile.
            DocgenError: the register cannot be written.
        """
        to_write = {each.place: each.written for each in results if each.written}
        if not to_write:
            return [self._told(each) for each in results]
        with unbroken(), self._register.writing() as books, staged() as staging:
            known = books.latest([self._job.drafts[place].key for place in to_write])
            self._olds = self._as_they_stand(books) if self._job.olds else {}
            return [
                self._entered(each, each.written, known, books, staging) if each.written else self._told(each)
                for each in results
            ]

    def _as_they_stand(self, books: Books) -> dict[str, Document]:
        """Return the documents to be replaced as they are now: others took steps while drafts were made."""
        from docgen.office.life.finding import refuse_to_replace

        found = books.documents(each.id for each in self._job.olds.values())
        refuse_to_replace(books, found)
        return {each.key: each for each in found}

    def _told(self, result: Result) -> Made | DocgenError:
        draft = self._job.drafts[result.place]
        return result.fault or Made(draft, result.outcome, result.path, id=result.id)

    def _entered(
        self, result: Result, written: Written, known: dict[str, Document], books: Books, staging: Staging
    ) -> Made | DocgenError:
        """Stage a file and add its entries to the books, unless its document was signed or made meanwhile."""
        draft = self._job.drafts[result.place]
        last, old = known.get(draft.key), self._olds.get(draft.key)
        taken = None if old else self._taken(last, draft.earlier)
        if taken:
            return taken
        living = last if last and last.state.is_draft else None
        shown, template = self._workspace.shown(result.path), self._job.template.digest
        if living and self._is_newer(living) and _is_same(living, draft, written, (shown, template)):
            return self._left(result, written, living, staging)
        number = living.id if living else books.next_document()
        staging.take_over([(written.lies, result.path)])
        kept = self._set_aside(result.path, living, written)
        outcome = Outcome.RENEWED if living else result.outcome
        made = Made(draft, outcome, result.path, kept, old, number)
        drawn = _Drawn(made, shown, written.digests, written.size, template, written.data_digest)
        books.add(*_deeds(drawn, number, last, self._doing))
        return made

    def _taken(self, last: Document | None, earlier: int | None) -> DocgenError | None:
        """Return why a draft may not be recorded: somebody took its document on since the job was planned."""
        if last is None or last.state.is_draft or last.state.is_over:
            return None
        newer = last.id == earlier or last.id != self._seen.get(last.key)
        return untouchable(last) if newer else None

    def _is_newer(self, living: Document) -> bool:
        """Whether somebody recorded something of a draft since the job was planned."""
        planned = self._job.known.get(living.id)
        return planned is None or planned.entry != living.entry

    def _left(self, result: Result, written: Written, living: Document, staging: Staging) -> Made:
        """Leave a draft as somebody else recorded it meanwhile; a file that is gone again is put back."""
        draft, outcome = self._job.drafts[result.place], Outcome.UNCHANGED
        if not result.path.is_file():
            staging.take_over([(written.lies, result.path)])
        elif _is_other(result.path, (living.sha256,)):
            outcome = Outcome.EDITED
        return Made(draft, outcome, result.path, id=living.id)

    def _set_aside(self, path: Path, known: Document | None, written: Written) -> tuple[Path, ...]:
        """Move away what is not docgen's own in a draft's place (hand edits) and what was made of the old draft.

        Returns:
            where the moved files are now.
        """
        last = self._workspace.root / known.path if known else path
        ours = (known.sha256 if known else "", written.digests.sha256)
        edited = [each for each in dict.fromkeys((last, path)) if _is_other(each, ours)]
        stem = os.path.splitext(last)[0]  # noqa: PTH122  # a path's own way takes ten times as long
        pictures = [Path(each) for each in (f"{stem}.pdf", f"{stem}.png") if isfile(each)]  # noqa: PTH113  # likewise
        kept = tuple(set_aside(each) for each in (*edited, *pictures))
        if last != path:
            last.unlink(missing_ok=True)
        return kept


@dataclass(frozen=True)
class _Drawn:
    """A draft that has been rendered.

    Args:
        made: the draft and its place.
        path: the place as the register writes it.
        digests, size: of the file.
        template_digest: of the template it was rendered with.
        data_digest: of the data it shows.
    """

    made: Made
    path: str
    digests: Digests
    size: int
    template_digest: str
    data_digest: str


def _is_other(path: Path, digests: Iterable[str]) -> bool:
    return path.is_file() and sha256(read_regular(path)) not in digests


def _is_same(living: Document, draft: Draft, written: Written, of: tuple[str, str]) -> bool:
    """Whether the register has a draft already: the same bytes in the same place, of the same data and template."""
    on_record = (living.path, living.template_digest, living.sha256, living.data_digest, living.made_for)
    return on_record == (*of, written.digests.sha256, written.data_digest, draft.made_for)


def _deeds(drawn: _Drawn, number: int, last: Document | None, doing: Doing) -> Iterator[Deed]:
    """Yield what is recorded of a draft.

    Args:
        drawn: the draft.
        number: the document's id.
        last: the latest document of the same key, which is the same one when it is still a draft.
        doing: who drafts, on which day, and why a document is replaced.
    """
    made, actor = drawn.made, doing.actor
    if made.replaces:
        old = made.replaces
        yield Deed(
            REPLACE.name, doing.day, actor.name, actor.unit, old.id, old.state, old.state, doing.remark,
            changes=(old.change(replaced_by=number),), held=actor.held,
        )  # fmt: skip
    living = last if last and last.state.is_draft else None
    file = FileSeen(FileRole.DRAFT, drawn.path, drawn.digests.sha256, drawn.digests.sm3, drawn.size)
    gone = (
        (("file", living.path, {"role": FileRole.WITHDRAWN}),) if living and living.path != drawn.path else ()
    )
    row = ("document", number, _row(drawn, living, doing) | _beginnings(made, last, living))
    yield Deed(
        DRAFT.name, doing.day, actor.name, actor.unit, number, living.state if living else None, State.DRAFTED,
        made.outcome.value, (file,), (row, *gone, file.change(number)), actor.held,
    )  # fmt: skip


def _row(drawn: _Drawn, living: Document | None, doing: Doing) -> dict[str, Any]:
    draft = drawn.made.draft
    return {
        "title": draft.title,
        "subject": draft.subject,
        "addressee": draft.addressee,
        "receivers": draft.receivers,
        "copies_to": draft.copies_to,
        "annexes": draft.annexes,
        "made_for": draft.made_for,
        "state": State.DRAFTED,
        "day": max(doing.day, living.day if living else doing.day).isoformat(),
        "dated": doing.day.isoformat(),
        "path": drawn.path,
        "sha256": drawn.digests.sha256,
        "sm3": drawn.digests.sm3,
        "template_digest": drawn.template_digest,
        "data_digest": drawn.data_digest,
        "number_place": draft.number_place,
        "date_place": draft.date_place or official_date(doing.day),
        "drafter": doing.actor.name,
    }


def _beginnings(made: Made, last: Document | None, living: Document | None) -> dict[str, Any]:
    """Return what only a new document gets, and what one drafted again loses."""
    if living:
        return {"reviewer": "", "countersigners": "", "reason": ""}
    return {
        "key": made.draft.key,
        "kind": made.draft.kind,
        "edition": last.edition + 1 if last else 1,
        "replaces": made.replaces.id if made.replaces else None,
    }
