"""The signed documents of the register as drafting looks at them: plain records, read when something asks for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from docgen.documents.identity import MadeFor
from docgen.documents.issued import Issued, Paper, PaperState
from docgen.register.document import Document
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
        documents = books.numbered()
    yield from (paper_of(each) for each in documents if each.id not in without)


def paper_of(document: Document) -> Paper:
    """Return a signed document as documents speak of it."""
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
    )


def _names(written: str) -> tuple[str, ...]:
    return tuple(filter(None, written.split("、")))
