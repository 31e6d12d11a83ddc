"""The signed documents of the register as drafting looks at them: plain records, read when something asks for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import partial

from docgen.documents.identity import MadeFor
from docgen.documents.issued import Issued, Paper, PaperState
from docgen.register.books import Books
from docgen.register.document import Document
from docgen.register.life import ATTACH
from docgen.register.record import FileRole
from docgen.register.store import Register


def issued_of(register: Register, without: Collection[int] = ()) -> Issued:
    """Return the signed documents of a register.

    Args:
        register: it is read when the documents are first needed, which for most kinds is never.
        without: ids of documents that are to be replaced: their successors do not speak of them as in force.
    """
    return Issued(partial(_read, register, without))


def _read(register: Register, without: Collection[int]) -> Iterator[Paper]:
    with register.reading() as books:
        documents, replies = books.numbered(), replies_in(books)
    yield from (paper_of(each, replies.get(each.id)) for each in documents if each.id not in without)


def replies_in(books: Books) -> dict[int, date]:
    """Return the documents to which a reply (复函) is attached and not set aside, each with the day of the first."""
    found: dict[int, date] = {}
    aside = {row.id for row in books.files(FileRole.SET_ASIDE)}
    for entry in books.taken(ATTACH.name):
        deed = entry.deed
        if deed.document is not None and any(
            each.role == FileRole.REPLY and each.path not in aside for each in deed.files
        ):
            found[deed.document] = min(deed.day, found.get(deed.document, deed.day))
    return found


def paper_of(document: Document, replied: date | None) -> Paper:
    """Return a signed document as documents speak of it, with the day of its first reply; None for none."""
    made_for = MadeFor.read(document.made_for)
    copies = (document.copies_issued, document.copies_sealed, document.copies_asked)
    return Paper(
        document.id,
        document.kind,
        document.title,
        document.number,
        document.dated,
        PaperState(document.state.value),
        _names(document.receivers or document.addressee),
        _names(document.copies_to),
        next((each for each in copies if each), None),
        document.signatory,
        made_for.things if made_for else (),
        replied,
    )


def _names(written: str) -> tuple[str, ...]:
    return tuple(filter(None, written.split("、")))
