"""What steps do to files: signing makes the final document, voiding takes a draft out of the way.

Signing fills number and date into the very file that was reviewed, hand edits included. The document then lies in a
folder of its own, `out/<year>/<kind>/<number>/`, beside a copy of what was put before the signatory. The draft is
taken away when all is recorded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from docgen.digests import digests_of, sha256
from docgen.errors import NOT_ALLOWED, Advice, DocgenError
from docgen.files import CannotWrite, Staging, set_aside
from docgen.marks.marks import Wording, fill_marks
from docgen.model.names import file_name_of
from docgen.office.drafting.drafts import DRAFTS
from docgen.office.life.checks import Case, Grounds
from docgen.register import life
from docgen.register.books import Books
from docgen.register.document import Document
from docgen.register.life import State
from docgen.register.numbering import Numberer, Series, voided
from docgen.register.record import Change, Deed, FileRole, FileSeen
from docgen.register.refusals import SealTooEarly
from docgen.rooms import UNFINISHED
from docgen.standard.build.blocks import DATE_MARK, NUMBER_MARK
from docgen.standard.forms.serial import ISSUE, issue
from docgen.standard.wording.text import official_date

if TYPE_CHECKING:
    from types import TracebackType


class FolderTaken(DocgenError):
    """The folder of a number that is to be given holds a document that nobody recorded."""

    code = "number-folder-taken"
    exit_code = NOT_ALLOWED
    says = "{folder} 里已有公文，登记库里却没有这个文号"
    advises = "登记库可能是旧的备份：请先恢复最新的登记库，或核实后把这个文件夹移到别处，再办理签发。"

    folder: str


class NumberOfOthers(DocgenError):
    """A number would be given that its issuer has given already: the founding document has a later one of the code."""

    code = "number-of-others"
    exit_code = NOT_ALLOWED
    says = "{document}要编{number}，设立文件已经是{founding}，这个号多半给过别的公文"
    advises = (
        "这个代字的号由印发机关给：请先由负责人按它的登记簿登记起号"
        "（docgen doc number start {kind} 起号），再签发。"
    )

    document: str
    number: str
    founding: str
    kind: str


class Signing:
    """The files of one call of a step; a context that puts them in place when it ends well.

    Args:
        books: the register, in its transaction.
        grounds: workspace and sheets; who, when, why.
        reserved: take numbers reserved earlier.
    """

    def __init__(self, books: Books, grounds: Grounds, *, reserved: bool = False) -> None:
        self._books, self._doing = books, grounds.doing
        self._workspace, self._inside, self._records = grounds.workspace, grounds.inside, grounds.records
        self._numberer = Numberer(books, grounds.doing.day, reserved=reserved)
        self._staging = Staging()
        self._leaving: list[tuple[Path, str]] = []
        self._left_over: list[Path] = []
        self._last_seal: int | None = None
        self.advices: list[Advice] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._staging.settle()
        finally:
            self._staging.drop()

    def sign(self, case: Case) -> list[Deed]:
        """Sign and number a document: fill in its number and date, and put it in its folder.

        Raises:
            NumberTooEarly, NoneReserved, NumberOfOthers: the number cannot be given.
            Problems: the places to fill are not in the file.
            CannotWrite: the operating system refuses.
        """
        document, day = case.document, self._doing.day
        series = Series(self._records.number_code(document.kind) or _code_of(document), day.year)
        serial, giving = self._numberer.use(series, document.id)
        number = series.text(serial)
        founding = self._records.mechanism.founding_number
        if series.has_passed(serial, founding):
            raise NumberOfOthers(document.name, number, founding, document.kind)
        wording = {
            NUMBER_MARK: Wording(
                document.number_place, issue(serial) if document.number_place == ISSUE else number
            ),
            DATE_MARK: Wording(document.date_place, official_date(day)),
        }
        data = fill_marks(
            case.data, {mark: each for mark, each in wording.items() if each.drafted}, document.path
        )
        final, submitted = self._place(case, number, data)
        if document.dated != day:
            self.advices.append(_redated(document, number))
        signed = case.deed(
            life.SIGN.name, self._doing.remark,
            document.change(state=State.SIGNED, day=day.isoformat(), signatory=self._doing.actor.name),
        )  # fmt: skip
        return [
            signed,
            self._numbered(document, number, giving, final, submitted),
            *self._superseded(document, number),
        ]

    def void(self, case: Case) -> Iterator[Change]:
        """Yield what voiding changes besides the document: its number stays with the reason, its draft goes."""
        document = case.document
        if document.number:
            yield voided(document.number.removesuffix("号"), self._doing.remark)
        elif document.state.is_unsigned:
            self._leaving.append((self._workspace.root / document.path, ""))
            yield "file", document.path, {"role": FileRole.WITHDRAWN}

    def seal_serial(self) -> int:
        """Return the next number of the year's seal register.

        Raises:
            SealTooEarly: the seal was used on a later day already.
        """
        if self._last_seal is None:
            last = self._books.last_sealed_on(self._doing.day.year)
            if last > self._doing.day.isoformat():
                raise SealTooEarly(last, self._doing.day.isoformat())
            self._last_seal = self._books.last_seal_serial(self._doing.day.year)
        self._last_seal += 1
        return self._last_seal

    @property
    def leaves_something(self) -> bool:
        """Whether drafts are to be taken away once all is recorded."""
        return bool(self._leaving or self._left_over)

    def clear_away(self, books: Books) -> None:
        """Take away drafts that are recorded elsewhere now; what somebody changed meanwhile is moved aside.

        A place that another draft has taken since is left alone. Those that an earlier call was kept from taking
        away, because it was killed, are moved aside. What the operating system refuses now is done by a later call:
        the step itself is recorded.
        """
        taken = {self._workspace.root / row.id for row in books.files(FileRole.DRAFT)}
        with suppress(OSError, CannotWrite):
            for path, digest in self._leaving:
                if path in taken:
                    continue
                for each in (path, path.with_suffix(".pdf"), path.with_suffix(".png")):
                    if not each.is_file():
                        continue
                    if digest and each == path and sha256(path.read_bytes()) == digest:
                        path.unlink()
                    else:
                        set_aside(each)
            for path in self._left_over:
                if path.is_file() and path not in taken:
                    set_aside(path)

    def look_for_left_over(self) -> None:
        """Find drafts that are recorded as taken away and still lie in their old place, but for those of this call."""
        leaving = {path for path, _ in self._leaving}
        for row in self._books.files_at(list(self._drafts_lying()), FileRole.WITHDRAWN):
            path = self._workspace.root / row.id
            if path not in leaving and path.is_file() and sha256(path.read_bytes()) == row.sha256:
                self._left_over.append(path)

    def _drafts_lying(self) -> Iterator[str]:
        """Yield what lies in the folders of drafts: few files, where those ever taken away are many."""
        for folder in self._workspace.out.glob(f"*/*/{DRAFTS}"):
            shown = self._workspace.shown(folder)
            with suppress(OSError):
                yield from (f"{shown}/{each.name}" for each in folder.iterdir())

    def _place(self, case: Case, number: str, data: bytes) -> tuple[FileSeen, FileSeen]:
        """Stage the signed document and what was put before the signatory, and return both as recorded."""
        document, seen = case.document, case.seen
        assert seen is not None  # noqa: S101  # the table says that the file is needed
        year = str(self._doing.day.year)
        folder = self._workspace.out / year / document.kind / file_name_of(number)
        self._inside.refuse_outside(folder)
        former = self._workspace.root / document.path
        final, submitted = folder / former.name, folder / f"{FileRole.SUBMITTED}{former.suffix}"
        self._empty(folder, {final.name: data, submitted.name: case.data})
        self._leaving.append((former, document.sha256))
        for path, content in ((final, data), (submitted, case.data)):
            self._staging.add(path, content)
        digests, shown = digests_of(data), self._workspace.shown
        return (
            FileSeen(FileRole.FINAL, shown(final), digests.sha256, digests.sm3, len(data)),
            replace(seen, role=FileRole.SUBMITTED, path=shown(submitted)),
        )

    def _empty(self, folder: Path, coming: Mapping[str, bytes]) -> None:
        """Move aside what a call that was broken off left in the folder of a number that is only now given.

        Raises:
            FolderTaken: it is not certain that it was left so.
            CannotWrite: the operating system refuses.
        """
        found = sorted(filter(Path.is_file, folder.iterdir())) if folder.is_dir() else []
        strange = [
            each
            for each in found
            if not each.name.startswith(UNFINISHED)
            and (each.name not in coming or each.read_bytes() != coming[each.name])
        ]
        if strange and not self._was_broken_off(folder):
            raise FolderTaken(self._workspace.shown(folder))
        for each in strange:
            kept = self._workspace.shown(set_aside(each))
            self.advices.append(Advice("left-over", f"中断的操作留下的文件已移到 {kept}"))
        for each in found:
            if each.name.startswith(UNFINISHED):
                each.unlink(missing_ok=True)

    def _was_broken_off(self, folder: Path) -> bool:
        """Whether a signing that left files in a folder recorded nothing.

        So it is when what was put before the signatory is a draft that still lies, or one that the register knows
        and that went another way since: it was drawn up anew, withdrawn, or signed under another number.
        """
        submitted = next(folder.glob(f"{FileRole.SUBMITTED}.*"), None)
        if submitted is None:
            return True  # a signing puts both files there, or recorded none
        digest = sha256(submitted.read_bytes())
        drafts = self._books.files(FileRole.DRAFT, sha256=digest)
        if drafts:
            return any((self._workspace.root / row.id).is_file() for row in drafts)
        return bool(self._books.entries_with(digest))

    def _numbered(
        self, document: Document, number: str, giving: Change, final: FileSeen, submitted: FileSeen
    ) -> Deed:
        actor, day = self._doing.actor, self._doing.day
        row = document.change(
            state=State.NUMBERED, number=number, dated=day.isoformat(), path=final.path,
            sha256=final.sha256, sm3=final.sm3,
        )  # fmt: skip
        files = (final.change(document.id), submitted.change(document.id))
        return Deed(
            life.NUMBER.name, day, actor.name, actor.unit, document.id, State.SIGNED, State.NUMBERED, number,
            (final, submitted), (row, giving, *files, ("file", document.path, {"role": FileRole.WITHDRAWN})),
            actor.held,
        )  # fmt: skip

    def _superseded(self, document: Document, number: str) -> Iterator[Deed]:
        """Yield that the document which the signed one replaces is no longer in force."""
        olds = self._books.documents([document.replaces]) if document.replaces else []
        for old in olds:
            if old.state not in life.SUPERSEDE.before:
                continue
            actor, day = self._doing.actor, max(self._doing.day, old.day)
            row = old.change(state=State.REPLACED, day=day.isoformat(), reason=f"由{number}替换")
            yield Deed(
                life.SUPERSEDE.name, day, actor.name, actor.unit, old.id, old.state, State.REPLACED,
                f"由{number}替换", (), (row,), actor.held,
            )  # fmt: skip


def _code_of(document: Document) -> str:
    """Return what a serial is numbered under where the sheet 文种 gives no 机关代字: its own name."""
    return document.kind if document.number_place == ISSUE else ""


def _redated(document: Document, number: str) -> Advice:
    return Advice(
        "date-moved",
        f"{number} 拟稿日期是{official_date(document.dated)}，成文日期改为签发当天；文中时限按拟稿日期计算，请核对",
    )
