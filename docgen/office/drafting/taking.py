"""Documents that somebody wrote enter the register as drafts: numbered, signed and sealed like those that are made.

The file is copied as it is, byte for byte. What it is about is said beside it by the options of the draft commands;
where nothing is said, it covers nothing. It is known again by its title: the same one taken anew takes the place
of its draft; one whose title was put right says which draft it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.digests import sha256
from docgen.documents.declared.kind import Kind
from docgen.documents.facts import Facts
from docgen.documents.frame.drafts import Asked, Draft
from docgen.documents.frame.selected import identities_of
from docgen.documents.identity import MadeFor, Thing, made_by_hand
from docgen.documents.labels.views import Tree
from docgen.errors import NOT_ALLOWED, WRONG_USE, Advice, DocgenError, Problems
from docgen.lint.checker import Settings
from docgen.model.names import file_name_of, plain
from docgen.model.records import Records
from docgen.office.desk import Desk
from docgen.office.drafting.drafts import Drafted, Made, Request, is_by_hand, untouchable
from docgen.office.drafting.issued import issued_of
from docgen.office.drafting.making import Job, Maker, digest_of
from docgen.office.drafting.recording import Recorder
from docgen.office.drafting.retitled import NotThatDraft, draft_titled, key_for, refuse_retitled
from docgen.office.drafting.selecting import asked_for
from docgen.office.drafting.typed import Typed, names_of, read_typed, units_of
from docgen.office.heading import Heading, heading_of
from docgen.office.life.finding import named, refuse_to_replace
from docgen.office.past import past_of
from docgen.office.people import drafter_on, office_records
from docgen.opc.changing import Change
from docgen.register.books import Books
from docgen.register.document import Document
from docgen.register.duties import Doing
from docgen.register.life import DRAFT, REPLACE
from docgen.register.refusals import NoReason
from docgen.standard.wording.text import official_date

_FILE: Final = "文稿"


class OnRecord(DocgenError):
    """The file is one of the register's own."""

    code = "take-on-record"
    exit_code = NOT_ALLOWED
    says = "{path} 已经是登记过的 {document}（{state}）"
    advises = "不用再登记；改过的草稿直接核稿即可，以改过的为准。"

    path: str
    document: str
    state: str


class TakenAndSigned(DocgenError):
    """The file has been entered before, and its document is signed."""

    code = "take-signed"
    exit_code = NOT_ALLOWED
    says = "{path} 登记过了：就是 {document}，已{state}，不再改动"
    advises = "要换的，把改好的文稿加 --replaces {id} --remark 原因 登记。"

    path: str
    document: str
    state: str
    id: int


class MadeForNothing(DocgenError):
    """Nothing of what a kind is made for fits all that was selected."""

    code = "take-made-for-nothing"
    exit_code = WRONG_USE
    says = "{kind}：按所选的项目、单位、会议等，没有找到它涉及的事项"
    advises = "请核对 --project、--unit 等选项；不涉及具体事项的，都不写。"

    kind: str


class OtherKind(DocgenError):
    """A document would replace one of another kind."""

    code = "take-other-kind"
    exit_code = NOT_ALLOWED
    says = "{document}是{theirs}，不能用{ours}替换"
    advises = "请把 --kind 写成{theirs}，或核对 --replaces。"

    document: str
    theirs: str
    ours: str


@dataclass(frozen=True)
class Taking:
    """What is asked.

    Args:
        path: the file.
        selected: of which kind it is, and what it is about; its `force` and `dry_run` hold too.
        replaces: the signed document it replaces, as people name it; empty for none.
        reason: why that is replaced.
        again: the draft that it is, where its title has been changed; empty for the one of its title.
        offered: the options by which the command selects, for what it says of others.
    """

    path: Path
    selected: Request
    replaces: str = ""
    reason: str = ""
    again: str = ""
    offered: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Place:
    """Where a document goes in the register: its key, the draft that it makes anew, the document that it replaces."""

    key: str
    earlier: Document | None = None
    replaces: Document | None = None

    @property
    def is_new(self) -> bool:
        """Whether the register has no document of it."""
        return self.earlier is None and self.replaces is None


@dataclass(frozen=True)
class _AsItIs:
    """Stands where a template stands: gives the file itself."""

    data: bytes
    digest: str = ""

    def fields(self) -> Sequence[str]:
        """Return no names: it shows none."""
        return ()

    def render(self, context: Mapping[str, Any], *, finish: Change | None = None) -> bytes:
        """Return the file."""
        del context, finish
        return self.data


def take(desk: Desk, asked: Taking) -> Drafted:
    """Enter a document that somebody wrote as a draft.

    Raises:
        UnknownKind, FormNotTyped: there is no such kind, or no typed document can be one.
        NotWord, FileFault, DraftFault: the file cannot be a draft, or not be read.
        UnderReview, TakenAndSigned, OnRecord: the register has it already.
        OtherTitle, NotThatDraft: it may be, or is said to be, another draft than it can be.
        NoReason, WrongState, AlreadyReplaced, OtherKind: the other document may not be replaced by it.
        MadeForNothing: nothing fits the selection.
        Problems: faults of the document, the sheets or the selection.
        CannotWrite: the operating system refuses.
    """
    request = asked.selected
    records = desk.workspace.records() if _selects(request) else office_records(desk.workspace)
    kind = desk.workspace.catalogue.bound(request.kind, records)
    heading = heading_of(desk.workspace, kind.title, desk.today, records)
    typed, things = _read(desk, asked, kind, heading, records)
    with desk.register.reading() as books:
        known = books.of_kind(kind.title)
        _refuse_own(desk, asked.path, typed, known)
        place = _place(books, asked, kind, typed, known)
    if place.is_new and not request.force:
        refuse_retitled(desk.workspace, typed, known, desk.workspace.shown(asked.path.absolute()))
    if place.replaces and not things:
        made_for = MadeFor.read(place.replaces.made_for)
        things = made_for.things if made_for else ()
    draft = _draft(typed, kind, place, things, records)
    doing = Doing(drafter_on(desk, records, REPLACE if place.replaces else DRAFT), desk.today, asked.reason)
    made = _Entering(desk, kind, typed, place, known).enter(draft, request, doing)
    return Drafted([made], advices=list(_advices(typed, heading, desk.today, things, kind)))


def _selects(request: Request) -> bool:
    return request.names_some and any(
        (request.projects, request.units, request.meetings, request.items, request.periods, request.documents)
    )


def _read(
    desk: Desk, asked: Taking, kind: Kind, heading: Heading, records: Records
) -> tuple[Typed, tuple[Thing, ...]]:
    """Return the document and what it covers. Raises what is wrong with either, together."""
    facts = Facts(records, desk.today, desk.workspace.look, issued_of(desk.register), past_of(desk.workspace))
    selection, faults = None, list[DocgenError]()
    try:
        if _selects(asked.selected):
            selection = asked_for(asked.selected, kind, facts, desk.register, asked.offered)
    except DocgenError as fault:
        faults += fault.faults if isinstance(fault, Problems) else [fault]
    lint, shown = desk.workspace.settings.lint, desk.workspace.shown(asked.path.absolute())
    try:
        typed = read_typed(asked.path, shown, kind, heading, Settings(frozenset(lint.off), lint.tolerance))
    except DocgenError as fault:
        found = fault.faults if isinstance(fault, Problems) else (fault,)
        raise (Problems((*found, *faults)) if faults else fault) from None
    Problems.raise_any(faults)
    return typed, _things(typed, kind, selection, facts) if selection else ()


def _things(typed: Typed, kind: Kind, asked: Asked, facts: Facts) -> tuple[Thing, ...]:
    """Return what a document covers: of what was selected, that which concerns its addressees, as far as some do."""
    to = asked.units or units_of(typed.paper.addressees or typed.paper.moved, facts.records)
    found = identities_of(kind, replace(asked, units=to), facts)
    found = found or (() if asked.units else identities_of(kind, asked, facts))
    if not found:
        raise MadeForNothing(kind.title)
    return found


def _refuse_own(desk: Desk, path: Path, typed: Typed, known: Sequence[Document]) -> None:
    """Refuse a file that the register holds itself. Raises OnRecord."""
    shown, digest = desk.workspace.shown(path.absolute()), sha256(typed.data)
    for each in known:
        if not each.state.is_over and (
            each.path == shown or (each.sha256 == digest and not is_by_hand(each))
        ):
            raise OnRecord(shown, each.name, each.state.value)


def _place(books: Books, asked: Taking, kind: Kind, typed: Typed, known: Sequence[Document]) -> _Place:
    """Return where a document goes in the register."""
    if asked.replaces:
        return _successor(books, asked, kind)
    if asked.again:
        return _retitled(books, asked, kind)
    key = key_for(kind.title, typed.title, known)
    last = draft_titled(typed.title, known)
    if last is None or last.state.is_over:
        return _Place(key)
    if last.state.is_draft:
        return _Place(last.key, earlier=last)
    if last.state.is_unsigned:
        raise untouchable(last)
    if last.data_digest == digest_of(_shown(typed)):
        raise TakenAndSigned(str(asked.path), last.name, last.state.value, last.id)
    return _Place(key)


def _retitled(books: Books, asked: Taking, kind: Kind) -> _Place:
    """Return the place of a draft that a file is said to be, whatever the title of either."""
    (known,) = named(books, [asked.again])
    if known.kind != kind.title:
        raise OtherKind(known.name, known.kind, kind.title)
    if not (known.state.is_draft and is_by_hand(known)):
        raise NotThatDraft(known.name, known.state.value)
    return _Place(known.key, earlier=known)


def _successor(books: Books, asked: Taking, kind: Kind) -> _Place:
    """Return the place of a document that replaces another: a draft that does so already is made anew."""
    (old,) = named(books, [asked.replaces])
    if old.kind != kind.title:
        raise OtherKind(old.name, old.kind, kind.title)
    for later in books.documents([old.replaced_by]) if old.replaced_by else ():
        if later.state.is_draft and is_by_hand(later):
            return _Place(old.key, earlier=later)
    if not asked.reason:
        raise NoReason(REPLACE.name)
    refuse_to_replace(books, [old])
    return _Place(old.key, replaces=old)


def _shown(typed: Typed) -> Mapping[str, str]:
    """Return what the register's digest of a document's data is of: the file itself."""
    return {_FILE: sha256(typed.data)}


def _draft(typed: Typed, kind: Kind, place: _Place, things: tuple[Thing, ...], records: Records) -> Draft:
    paper = typed.paper
    short, full = names_of(paper.addressees or paper.moved, records)
    _, copies = names_of(paper.copies, records)
    about = "、".join(dict.fromkeys(each[0].name for each in things))

    def compute(_day: date, _tree: Tree) -> Mapping[str, Any]:
        return _shown(typed)

    return Draft(
        kind=kind.title,
        key=place.key,
        made_for=made_by_hand(typed.title, things, kind.year_kept(records.mechanism)).written,
        subject=about or typed.title,
        addressee="、".join(short),
        title=typed.title,
        file_name=file_name_of(typed.title),
        suffix=kind.form.suffix,
        number_place=typed.number_place,
        compute=compute,
        receivers="、".join(full),
        copies_to="、".join(copies),
        annexes="、".join(paper.annexes),
        earlier=place.earlier.id if place.earlier else None,
        date_place=typed.date_place,
    )


@dataclass(frozen=True)
class _Entering:
    """A document on its way into the register: `known` are those of its kind, `place` is where it goes there."""

    desk: Desk
    kind: Kind
    typed: Typed
    place: _Place
    known: Sequence[Document]

    def enter(self, draft: Draft, request: Request, doing: Doing) -> Made:
        """Put the file in its place and record it."""
        job, workspace = self._job(draft, request), self.desk.workspace
        maker = Maker(workspace, job, {each.path: each.id for each in self.known if each.state.is_unsigned})
        seen = {each.key: each.id for each in self.known}
        try:
            results = maker.make(range(1))
            (came,) = Recorder(workspace, self.desk.register, job, doing, seen).record(results)
        finally:
            maker.leave()
        if isinstance(came, DocgenError):
            raise came
        return came

    def _job(self, draft: Draft, request: Request) -> Job:
        olds = {self.place.key: self.place.replaces} if self.place.replaces else {}
        known = {} if olds else {each.id: each for each in self.known}
        return Job(
            self.kind, self.desk.today, _AsItIs(self.typed.data), b"", {}, [draft], known,
            force=request.force, dry_run=request.dry_run, olds=olds, look=self.desk.workspace.look,
        )  # fmt: skip


def _advices(
    typed: Typed, heading: Heading, today: date, things: Sequence[Thing], kind: Kind
) -> Iterator[Advice]:
    if heading.said.mark and plain(typed.mark) != plain(heading.said.mark):
        words = f"发文机关标志写的是“{typed.mark}”，{kind.title}用的是“{heading.said.mark}”，请核对"
        yield Advice("taken-mark", words)
    if plain(typed.date_place) != plain(official_date(today)):
        yield Advice("taken-date", f"成文日期现在写的是{typed.date_place}，签发时改为签发当天")
    if not things and kind.options:
        options = "、".join(f"--{each}" for each in kind.options)
        words = f"没有写明涉及哪些事项；要记的，加 {options} 再登记一次，这些事项就不会再起草{kind.title}"
        yield Advice("taken-for-nothing", words)
