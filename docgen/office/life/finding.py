"""Finding documents of the register: lists, the life of one, and those meant by id, number, key or part of a title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from docgen.dataclass import dataclass
from docgen.errors import WRONG_USE, DocgenError, Problems
from docgen.model.faults import AmbiguousName, UnknownName
from docgen.model.names import matching, nearest_of_each, plain
from docgen.office.desk import Desk
from docgen.register.books import Books
from docgen.register.document import Document
from docgen.register.life import REPLACE, SIGN, STEPS, State, Step
from docgen.register.mandate import Mandate
from docgen.register.record import Entry, FileSeen
from docgen.register.refusals import AlreadyReplaced, NoReason, WrongState
from docgen.workspace import Workspace

__all__ = [
    "Document",
    "Entry",
    "FileSeen",
    "NoDocuments",
    "Story",
    "UnknownDocument",
    "Wanted",
    "chosen",
    "documents",
    "named",
    "refuse_to_replace",
    "replaceable",
    "story",
    "story_of",
]

_ID: Final = re.compile("([0-9]{1,9})(?:号草稿)?")
_NUMBER: Final = re.compile(r"(.*\D)?([0-9]+)号")


class UnknownDocument(UnknownName):
    """No document of the register has the asked id, number or title."""

    code = "document-unknown"
    exit_code = WRONG_USE
    advises = "请用 docgen doc list 查看登记号、文号和标题。"


class NoDocuments(DocgenError):
    """A step was asked for without saying for which documents."""

    code = "documents-missing"
    exit_code = WRONG_USE
    says = "没有说明对哪些公文办理{step}"
    advises = "请写公文的登记号、文号或标题的一部分（可写多个），或用 --all；登记号用 docgen doc list 查看。"

    step: str


@dataclass(frozen=True)
class Wanted:
    """Which documents a list is to show; None and empty for all.

    Args:
        state: in this state.
        kind: of this kind.
        year: dated in this year.
    """

    state: State | None = None
    kind: str = ""
    year: int | None = None

    def includes(self, document: Document) -> bool:
        """Whether a document has the state, kind and year that are asked for; what is not asked for does not matter."""
        return (
            self.state in (None, document.state)
            and self.kind in ("", document.kind)
            and self.year in (None, document.dated.year)
        )


@dataclass(frozen=True)
class Story:
    """The life of a document: its entries, the steps that may follow, and the documents it is linked with."""

    document: Document
    entries: tuple[Entry, ...]
    next_steps: tuple[str, ...]
    replaces: Document | None
    replaced_by: Document | None
    mandate: Mandate | None


def documents(desk: Desk, wanted: Wanted) -> list[Document]:
    """Return the documents of the register that are wanted, in the order of their ids. Raises UnknownKind."""
    with desk.register.reading() as books:
        everyone = books.documents()
    if wanted.kind and all(each.kind != wanted.kind for each in everyone):
        _refuse_unknown(wanted.kind, desk.workspace.catalogue.titles, everyone)
    return [each for each in everyone if wanted.includes(each)]


def _refuse_unknown(kind: str, titles: Iterable[str], on_record: Iterable[Document]) -> None:
    """Refuse a kind that docgen does not draft and never has. Raises UnknownKind."""
    from docgen.documents.declared.catalogue import UnknownKind

    known = dict.fromkeys((*titles, *(each.kind for each in on_record)))
    if kind not in known:
        raise UnknownKind(kind, tuple(known))


def story(desk: Desk, asked: str) -> Story:
    """Return the life of one document. Raises UnknownName, AmbiguousName (in Problems)."""
    with desk.register.reading() as books:
        found = story_of(books, asked)
    if is_for_signing(desk.workspace, found.document):
        return found
    return replace(found, next_steps=tuple(each for each in found.next_steps if each != SIGN.name))


def is_for_signing(workspace: Workspace, document: Document) -> bool:
    """Whether documents of a kind are signed: forms that others fill in are not."""
    declared = workspace.catalogue.titled(document.kind)
    return declared is None or declared.signed


def story_of(books: Books, asked: str) -> Story:
    """Return the life of one document. Raises Problems for a name that means none or several."""
    (document,) = named(books, [asked])
    linked = {
        each.id: each for each in books.documents(filter(None, (document.replaces, document.replaced_by)))
    }
    mandate = next((each for each in books.mandates() if each.id == document.mandate), None)
    return Story(
        document,
        tuple(books.life_of(document.id)),
        document.next_steps,
        linked.get(document.replaces or 0),
        linked.get(document.replaced_by or 0),
        mandate,
    )


def replaceable(books: Books, asked: Sequence[str], remark: str) -> list[Document]:
    """Return the documents to be replaced.

    Raises:
        NoReason: no remark gives the reason.
        Problems: names that mean none or several, documents not signed or over, or that have a living successor.
    """
    if not remark:
        raise NoReason(REPLACE.name)
    found = named(books, asked)
    refuse_to_replace(books, found)
    return found


def refuse_to_replace(books: Books, documents: Iterable[Document]) -> None:
    """Refuse documents that are not signed or are over, or that have a living successor. Raises Problems."""
    Problems.raise_any(fault for each in documents for fault in _not_replaceable(books, each))


def _not_replaceable(books: Books, document: Document) -> Iterator[DocgenError]:
    """Yield why a document may not be replaced: it is not signed or over, or has a living successor."""
    if document.state not in REPLACE.before:
        yield WrongState(document.name, document.state.value, REPLACE.name, document.next_steps)
    for later in books.documents([document.replaced_by]) if document.replaced_by else ():
        if later.state is not State.VOID:
            yield AlreadyReplaced(document.name, later.name)


def chosen(books: Books, asked: Sequence[str], everything: bool, step: Step) -> list[Document]:
    """Return the documents asked for, each once, in the order of their ids.

    Args:
        books: the register.
        asked: ids, numbers, keys or parts of titles.
        everything: all documents in a state that the step leads on from.
        step: for which they are wanted.

    Raises:
        NoDocuments: neither names nor everything.
        Problems: names that mean none or several.
    """
    if everything:
        states = [
            state
            for each in STEPS
            if each.name == step.name
            for state in each.before
            if state is not each.after
        ]
        return books.in_states(states)
    if not asked:
        raise NoDocuments(step.name)
    return sorted({each.id: each for each in named(books, asked)}.values(), key=lambda each: each.id)


def named(books: Books, asked: Iterable[str]) -> list[Document]:
    """Return the documents of the given names in their order.

    A bare number is the id that lists show; `12号草稿` too; `12号` or `〔2026〕12号` is the end of a document number,
    and never a part of a longer one.

    Raises:
        Problems: names that mean none or several.
    """
    names = list(dict.fromkeys(each.strip() for each in asked))
    ids = {name: int(found[1]) for name in names if (found := _ID.fullmatch(plain(name)))}
    by_id = {each.id: each for each in books.documents(ids.values())}
    everyone = books.documents() if len(ids) < len(names) else []
    found_ones: list[Document] = []
    faults: list[DocgenError] = []
    for name in names:
        try:
            found_ones.append(by_id[ids[name]] if ids.get(name) in by_id else _found(name, everyone))
        except DocgenError as fault:
            faults.append(fault)
    Problems.raise_any(faults)
    return found_ones


def _found(name: str, among: Sequence[Document]) -> Document:
    """Return the one document that a name means. Raises UnknownDocument, AmbiguousName."""
    wanted = plain(name)
    if _NUMBER.fullmatch(wanted):
        meant = [each for each in among if _ends_so(plain(each.number), wanted)]
    else:
        meant = [each for each in among if each.key == name]
        meant = meant or matching(name, [(each, each.link_names) for each in among])
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise AmbiguousName(Document.noun, name, tuple(_listed(each) for each in meant))
    raise UnknownDocument(Document.noun, name, nearest_of_each(name, [each.link_names for each in among]))


def _ends_so(number: str, wanted: str) -> bool:
    """Whether a number ends with the words, not in the middle of its serial."""
    before = number[: -len(wanted)]
    return bool(number) and number.endswith(wanted) and not (before[-1:].isdigit() and wanted[:1].isdigit())


def _listed(document: Document) -> str:
    return f"登记号{document.id} {document.name}（{document.state.value}）"
