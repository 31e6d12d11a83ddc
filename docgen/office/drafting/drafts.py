"""What a draft command takes and gives, and why it may leave a document alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from enum import StrEnum
from pathlib import Path
from typing import Final

from docgen.dataclass import dataclass
from docgen.documents.frame.drafts import Draft, Earlier, Living
from docgen.documents.identity import MadeFor
from docgen.errors import NOT_ALLOWED, WRONG_USE, Advice, DocgenError, Problems
from docgen.register.document import Document

DRAFTS: Final = "草稿"


class AlreadySigned(DocgenError):
    """A draft was asked for whose document is signed already."""

    code = "document-signed"
    exit_code = NOT_ALLOWED
    is_problem = False
    says = "致{addressee}的《{title}》（{path}）已{state}，不再改动"
    advises = "确需更换请用 docgen doc replace。"

    title: str
    addressee: str
    state: str
    path: str


class UnderReview(DocgenError):
    """A draft was asked for whose document is being reviewed."""

    code = "document-under-review"
    exit_code = NOT_ALLOWED
    is_problem = False
    says = "致{addressee}的《{title}》（{path}）已{state}，正在等待签发，不重新起草"
    advises = "要重新起草的，请先用 docgen doc return 退回。"

    title: str
    addressee: str
    state: str
    path: str


class UnfitOption(DocgenError):
    """What a kind is made for cannot be selected by an option."""

    code = "option-unfit"
    exit_code = WRONG_USE
    says = "{kind}不能用 {option} 选"
    advises = "可用的有：{known}。"

    kind: str
    option: str
    known: tuple[str, ...]

    @property
    def remedy(self) -> str:
        """Say by which options it can be; where by none, that none is needed."""
        return super().remedy if self.known else "请不写这个选项。"


class ListMadeHere(DocgenError):
    """A list was to be made by a cluster."""

    code = "list-made-here"
    exit_code = WRONG_USE
    says = "{kind}是清单，只在本机生成，不能交给一组机器去做"
    advises = "请去掉 --scheduler、--to。"

    kind: str


class DraftsAlike(DocgenError):
    """Several drafts of one command would be one document in the register."""

    code = "drafts-alike"
    says = "{kind}：{subjects} 会写成同一件，分不开"
    advises = "请核对数据表中它们的代码、编号、名称，改成各不相同的再起草。"

    kind: str
    subjects: tuple[str, ...]


class NotMade(DocgenError):
    """Drafts that could not be made from their data and template, while others of the same command were."""

    code = "draft-not-made"
    says = "{reason}（没有做成：{shown}）"

    reason: str
    documents: tuple[str, ...]

    @property
    def shown(self) -> str:
        """Name some of them, and say how many they are."""
        named = "；".join(self.documents[:_NAMED])
        return named if len(self.documents) <= _NAMED else f"{named}……共{len(self.documents)}件"


_NAMED: Final = 3


class WrittenByHand(DocgenError):
    """A document that somebody wrote was to be made anew from the data."""

    code = "document-by-hand"
    exit_code = NOT_ALLOWED
    says = "{document} 是手工拟写的，不能按数据另拟"
    advises = "请把改好的文稿用 docgen doc take 文件 --kind {kind} --replaces 文号 --remark 原因 登记。"

    document: str
    kind: str


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
        kind: the command's name (notice) or the kind's Chinese name.
        projects, units, meetings, items: numbers, names or parts of names.
        periods: as people write them: 2026-W03, 2026-01上旬.
        documents: ids, numbers or parts of titles.
        texts: files with texts that are to be issued.
        overdue: only what is late.
        everything: all that can be made.
        force: make a draft again although its data have not changed.
        dry_run: say what would be made, and make nothing.
        workers: how many processes make them; 0 for as many as pay.
        scheduler: the address of a cluster that makes them instead; empty for none.
        to: the URL to which the cluster's workers write; empty for the workspace's folder, shared with them.
    """

    kind: str
    projects: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    overdue: bool = False
    everything: bool = False
    force: bool = False
    dry_run: bool = False
    workers: int = 0
    scheduler: str = ""
    to: str = ""

    @property
    def names_some(self) -> bool:
        """Whether what is asked for is named, so that it is made as a whole or not at all."""
        return not (self.everything or (self.overdue and not (self.projects or self.meetings or self.items)))


@dataclass(frozen=True, slots=True)
class Made:
    """A draft and what became of it.

    Args:
        draft: the draft.
        outcome: what became of it.
        path: where its file is.
        kept: where what stood in its place is now.
        replaces: its signed predecessor.
        id: its number in the register; None while it has none.
    """

    draft: Draft
    outcome: Outcome
    path: Path
    kept: tuple[Path, ...] = ()
    replaces: Document | None = None
    id: int | None = None


@dataclass
class Drafted:
    """What a draft command did: `faults` are of subjects that were left out and of signed documents."""

    made: list[Made] = field(default_factory=list)
    faults: list[DocgenError] = field(default_factory=list)
    skipped: list[Advice] = field(default_factory=list)
    advices: list[Advice] = field(default_factory=list)

    def add(self, other: Drafted) -> None:
        """Add what was done for another kind; what is to be known of both is said once."""
        self.made += other.made
        self.faults += other.faults
        self.skipped += other.skipped
        self.advices += [each for each in other.advices if each not in self.advices]


def refuse_alike(drafts: Iterable[Draft]) -> None:
    """Raise Problems: several drafts have one key, and so would be one document."""
    keyed: dict[str, list[Draft]] = {}
    for each in drafts:
        keyed.setdefault(each.key, []).append(each)
    Problems.raise_any(
        DraftsAlike(same[0].kind, tuple(each.subject for each in same))
        for same in keyed.values()
        if len(same) > 1
    )


def untouchable(document: Document) -> DocgenError:
    """Return why a document is not drafted anew."""
    fault = UnderReview if document.state.is_unsigned else AlreadySigned
    return fault(document.title, document.addressee, document.state.value, document.path)


def is_by_hand(document: Document) -> bool:
    """Whether somebody wrote a document, so that no data make it anew."""
    made_for = MadeFor.read(document.made_for)
    return made_for is not None and made_for.is_by_hand


def earlier_of(document: Document) -> Earlier | None:
    """Return a document of the register as the frame looks at it; None for one that is over."""
    made_for = MadeFor.read(document.made_for)
    if made_for is None or document.state.is_over:
        return None
    living = (
        Living.DRAFT
        if document.state.is_draft
        else Living.REVIEW
        if document.state.is_unsigned
        else Living.SIGNED
    )
    replaces = document.replaces is not None
    return Earlier(document.id, document.key, living, document.dated, made_for, document, replaces)
