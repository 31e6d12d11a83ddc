"""Drafts of anybody made into conforming documents: which files, where the results go, many at once."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docgen.dataclass import dataclass
from docgen.errors import WRONG_USE, DocgenError
from docgen.files import CannotWrite, lies_within, reason_of
from docgen.lint.checker import STANDARD as STRICT
from docgen.lint.checker import Report, Settings
from docgen.lint.recognition.layout import FORM_NAMES, Form
from docgen.lint.rule import Severity
from docgen.office.desk import is_in_workspace
from docgen.office.keeping import kept
from docgen.office.pool import Pool, cores
from docgen.opc.faults import CannotOpen, DamagedFile
from docgen.opc.guard import bytes_of
from docgen.reform.changes import Change, Kind
from docgen.reform.formatting import ENDINGS, Given, formatted, read_draft
from docgen.reform.reading.converted import refuse_lost
from docgen.reform.reading.word import read_word
from docgen.standard.measures import page
from docgen.standard.measures.look import STANDARD, Look

if TYPE_CHECKING:
    from datetime import date

    from docgen.reform.draft import Draft
    from docgen.reform.paper import Paper
    from docgen.standard.measures.lengths import Length

__all__ = [
    "FORMS",
    "FORM_NAMES",
    "Change",
    "Done",
    "Formatting",
    "Given",
    "Kind",
    "NoDrafts",
    "Report",
    "Severity",
    "as_drafts",
    "asked_of",
    "form_named",
    "given",
    "reformat",
]

AUTOMATIC: Final = "auto"
FORMS: Final = (AUTOMATIC, *(each.value for each in Form if each is not Form.SLIP))
"""Of which form a draft is: the one it is found to have, or one that is named."""
OTHERS: Final = (".doc", ".wps", ".odt", ".rtf")
"""The endings of files that LibreOffice reads."""
KNOWN: Final = (*ENDINGS, *OTHERS)
_ADDED: Final = "（规范版）"
_FEW: Final = 6


class NoDrafts(DocgenError):
    """A folder holds no draft."""

    code = "format-no-files"
    says = "{path} 里没有可以整理的文稿"
    advises = "可以整理的文件：{endings}。"

    path: str
    endings: tuple[str, ...]


class TargetInSource(DocgenError):
    """The results of a folder would lie among its drafts, and would be taken for drafts the next time."""

    code = "format-target-in-source"
    exit_code = WRONG_USE
    says = "{path} 里的文稿不能整理到它自己里面（--to {folder}）：下次会把结果当成原稿再整理"
    advises = "请把 --to 改到这个文件夹以外；要放在原稿旁边，不写 --to。"

    path: str
    folder: str


@dataclass(frozen=True)
class Formatting:
    """What is asked of all drafts of one call; `seal` is the diameter of the seal."""

    given: Given
    look: Look = STANDARD
    rules: Settings = STRICT
    seal: Length = page.SEAL_DIAMETER


@dataclass(frozen=True)
class Done:
    """What came of one draft.

    Args:
        source: The draft.
        target: The document; None if none was written.
        same: Whether it was there already, the same byte for byte.
        form: Its form.
        title: Its title on one line.
        changes: What was changed.
        report: What the checker finds in the document.
        fault: Why there is none.
    """

    source: Path
    target: Path | None = None
    same: bool = False
    form: Form = Form.GENERAL
    title: str = ""
    changes: tuple[Change, ...] = ()
    report: Report | None = None
    fault: DocgenError | None = None


@dataclass(frozen=True)
class _Job:
    """A draft to be formatted.

    Args:
        source: the file.
        folder, name: where to, without ending.
        word: what LibreOffice made of a file that is none of docgen's own formats.
        fault: why it cannot be read.
    """

    source: Path
    folder: Path
    name: str
    word: Path | None = None
    fault: DocgenError | None = None


@dataclass(frozen=True)
class _Made:
    """A document laid out: its bytes, what was recognised, what was mended, what is told of it."""

    document: bytes
    paper: Paper
    changes: tuple[Change, ...]
    report: Report


def given(form: str, **said: object) -> Given:
    """Return what is said of documents beside their drafts; `form` is one of `FORMS`."""
    return replace(Given(), form=form_named(form), **said)  # type: ignore[arg-type]


def form_named(form: str) -> Form | None:
    """Return one of `FORMS`; None for the one that is found."""
    return None if form == AUTOMATIC else Form(form)


def reformat(
    paths: Sequence[Path],
    to: Path | None,
    asked: Formatting,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Iterator[Done]:
    """Make a conforming document of each draft, and of every draft below folders; one that fails stops no other.

    A draft's own file is only read, and no file is overwritten: a result whose name is taken gets a number.

    Args:
        paths: Files and folders.
        to: Where the documents go, those of a folder under their paths below it; beside each draft when None.
        asked: What is asked of all of them.
        progress: Is told how many are done, of how many.
    """
    jobs: list[_Job] = []
    for path in _without_results(paths):
        if to is not None and path.is_dir() and lies_within(to, [path]):
            yield Done(path, fault=TargetInSource(str(path), str(to)))
            continue
        found = list(_jobs(path, to))
        jobs += found
        if not found:
            yield Done(path, fault=NoDrafts(str(path), KNOWN))
    with tempfile.TemporaryDirectory(prefix="docgen-", ignore_cleanup_errors=True) as place:
        yield from _all(_converted(jobs, Path(place)), asked, progress)


def _all(jobs: Sequence[_Job], asked: Formatting, progress: Callable[[int, int], None]) -> Iterator[Done]:
    processes = min(cores(), max(1, len(jobs) // _FEW))
    pool: Pool[_Job, _Made | DocgenError] = Pool(lambda job: _made(job, asked), processes, lambda: None)
    with pool:
        for place, (job, made) in enumerate(zip(jobs, pool.results(jobs), strict=True), start=1):
            yield _kept(job, made)
            progress(place, len(jobs))


def _converted(jobs: Sequence[_Job], place: Path) -> list[_Job]:
    """Return jobs with the files of other word processors made .docx in a folder, or with why they are not."""
    others = [at for at, job in enumerate(jobs) if job.source.suffix.lower() in OTHERS]
    made = list(jobs)
    if not others:
        return made
    from docgen.pdf.libreoffice import to_word

    try:
        for each in to_word([jobs[at].source for at in others], place):
            at = others[each.place]
            found = each.result
            fault = found if isinstance(found, DocgenError) else None
            made[at] = replace(jobs[at], word=None if isinstance(found, DocgenError) else found, fault=fault)
    except DocgenError as fault:
        for at in others:
            made[at] = replace(made[at], fault=made[at].fault or (None if made[at].word else fault))
    return made


def asked_of(given: Given, around: Path, of_kind: tuple[str, date] | None = None) -> Formatting:
    """Return what is asked of documents, the looks and rules of the workspace around a folder with it.

    Args:
        given: What is said of the documents.
        around: The folder.
        of_kind: A kind and a day: what the workspace gives to its documents of that day stands where drafts say
            nothing.

    Raises:
        UnknownKind, FormNotTyped, Problems: as `heading.heading_of`.
        DocgenError: the workspace's settings cannot be read, or a kind was named and there is none.
    """
    if of_kind is None and not is_in_workspace(around):
        return Formatting(given)
    from docgen.workspace import Workspace

    workspace = Workspace.find(around)
    settings = workspace.settings
    rules = Settings(frozenset(settings.lint.off), settings.lint.tolerance)
    asked = Formatting(given, settings.layout.look, rules)
    if of_kind is None:
        return asked
    from docgen.office.heading import heading_of

    heading = heading_of(workspace, *of_kind)
    return replace(asked, given=replace(given, otherwise=heading.said), seal=heading.seal)


def _jobs(path: Path, to: Path | None) -> Iterator[_Job]:
    if not path.is_dir():
        beside = to is None or to.resolve() == path.parent.resolve()
        yield _Job(path, to or path.parent, path.stem + _ADDED if beside else path.stem)
        return
    for each in sorted(path.rglob("*")):
        if _is_draft(each):
            folder = each.parent if to is None else to / each.parent.relative_to(path)
            yield _Job(each, folder, each.stem if to else each.stem + _ADDED)


def _without_results(paths: Sequence[Path]) -> list[Path]:
    """Return paths without the results of an earlier call whose drafts are among them too, as `format 稿/*` names."""
    drafts = {(each.parent, each.stem) for each in paths}
    return [each for each in paths if not (_is_result(each) and (each.parent, _drafted(each)) in drafts)]


def _is_result(path: Path) -> bool:
    return path.stem.rstrip("0123456789").endswith(_ADDED)


def _drafted(result: Path) -> str:
    """Return the name of the draft that a result was made of."""
    return result.stem.rstrip("0123456789").removesuffix(_ADDED)


def _is_draft(path: Path) -> bool:
    """Whether a file below a folder is a draft: no lock file, and no result of an earlier call."""
    hidden = path.name.startswith(("~$", ".")) or _is_result(path)
    return path.suffix.lower() in KNOWN and not hidden and path.is_file()


def _made(job: _Job, asked: Formatting) -> _Made | DocgenError:
    draft = _draft(job)
    if isinstance(draft, DocgenError):
        return draft
    try:
        found = formatted(draft, asked.given, asked.look, asked.seal, asked.rules)
    except DocgenError as fault:
        return fault
    except (RecursionError, MemoryError):
        return DamagedFile(str(job.source))
    return _Made(found.document, found.paper, found.changes, found.report)


def _draft(job: _Job) -> Draft | DocgenError:
    """Return the draft in a file, or why it cannot be read."""
    path = str(job.source)
    if job.fault is not None:
        return job.fault
    try:
        if job.word is not None:
            word = bytes_of(job.word, path)
            refuse_lost(bytes_of(job.source, path), word, path)
            return read_word(word, path)
        return read_draft(bytes_of(job.source, path), path, lambda name: _beside(job.source, name))
    except DocgenError as fault:
        return fault
    except OSError as fault:
        return CannotOpen(path, reason_of(fault))
    except (RecursionError, MemoryError):
        return DamagedFile(path)


def as_drafts(paths: Sequence[Path]) -> Iterator[tuple[Path, Draft | DocgenError]]:
    """Yield files, and every draft below folders, each with what is in it or why it cannot be read."""
    jobs: list[_Job] = []
    for path in paths:
        found = list(_jobs(path, None))
        jobs += found
        if not found:
            yield path, NoDrafts(str(path), KNOWN)
    with tempfile.TemporaryDirectory(prefix="docgen-", ignore_cleanup_errors=True) as place:
        for job in _converted(jobs, Path(place)):
            yield job.source, _draft(job)


def _beside(draft: Path, name: str) -> bytes | None:
    """Return the bytes of a picture that lies beside a draft or below its folder."""
    folder = draft.parent.resolve()
    place = (folder / name).resolve()
    if not place.is_relative_to(folder) or not place.is_file():
        return None
    return bytes_of(place, str(place))


def _kept(job: _Job, made: _Made | DocgenError) -> Done:
    if isinstance(made, DocgenError):
        return Done(job.source, fault=made)
    try:
        target, same = kept(job.folder, job.name, made.document, job.source)
    except CannotWrite as fault:
        return Done(job.source, fault=fault)
    report = replace(made.report, path=str(target))
    return Done(job.source, target, same, made.paper.form, "".join(made.paper.title), made.changes, report)
