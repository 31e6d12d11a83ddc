"""Whether a document says again what another one of its kind has said: then one of the two is one too many.

Drafting leaves out what reviewed and signed documents cover, on the day of drafting. Between drafting and signing
another draft of the same things may have gone its way, made one by one where this one is combined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from operator import attrgetter

from docgen.documents.declared import again as repeating
from docgen.documents.identity import Known, MadeFor, Sought, Thing
from docgen.errors import DocgenError
from docgen.office.life.checks import Grounds
from docgen.register import life
from docgen.register.books import Books
from docgen.register.document import Document
from docgen.register.life import Step
from docgen.register.refusals import SaidAgain

_Covers = Callable[[Document], bool]


def said_again(
    grounds: Grounds, books: Books, documents: Sequence[Document], step: Step
) -> Iterator[DocgenError]:
    """Yield the documents to be reviewed or signed whose things another document covers on the day.

    Documents of the same call count as reviewed or signed. What a document replaces does not count.
    """
    if step not in (life.REVIEW, life.SIGN):
        return
    asked = [each for each in documents if each.state in step.before]
    for kind in dict.fromkeys(each.kind for each in asked):
        covers = _covers(grounds, kind)
        if covers:
            yield from said_among(books, [each for each in asked if each.kind == kind], covers)


def _covers(grounds: Grounds, kind: str) -> _Covers | None:
    """Return whether a document keeps its things covered; None when nothing declares the kind any more."""
    from docgen.documents.facts import Facts

    with suppress(DocgenError):
        again = grounds.workspace.catalogue.bound(kind, grounds.records).again
        day, facts = grounds.doing.day, Facts(grounds.records, grounds.doing.day)
        now = repeating.Moment(day, facts.mechanism.year)
        return lambda each: repeating.covers(
            again, _moment_of(each), now, facts.calendar, signed=not each.state.is_unsigned
        )
    return None


def said_among(books: Books, asked: Sequence[Document], covers: _Covers) -> Iterator[SaidAgain]:
    """Yield the documents of one kind whose things another covers; only those that may share a thing are read whole.

    Args:
        books: the register.
        asked: the documents to be reviewed or signed.
        covers: whether a document keeps its things covered.
    """
    ids = {each.id for each in asked}
    rows = books.made_for(asked[0].kind)
    before = {number: replaces for number, replaces, _ in rows}
    sought = Sought(each.made_for for each in asked)
    near = {number for number, _, made_for in rows if sought.may_be_in(made_for)}
    there = [*(each for each in asked if each.id in near), *books.documents(near - ids)]
    counted = [
        each for each in sorted(there, key=attrgetter("id"))
        if not each.state.is_over and (each.id in ids or not each.state.is_draft) and covers(each)
    ]  # fmt: skip
    known = Known((thing, each) for each in counted for thing in _things(each))
    by_id = {each.id: each for each in counted}
    for document in asked:
        replaced = set(_chain(document, before))
        found: dict[int, list[str]] = {}
        for thing in _things(document):
            for other in known.find(thing):
                is_other = other.id < document.id or (other.id > document.id and other.id not in ids)
                if is_other and other.id not in replaced:
                    found.setdefault(other.id, []).append("、".join(each.words for each in thing))
        for number, words in sorted(found.items()):
            other = by_id[number]
            yield SaidAgain(document.name, other.name, other.state.value, words[0], len(words))


def _moment_of(document: Document) -> repeating.Moment:
    made_for = MadeFor.read(document.made_for)
    return repeating.Moment(document.dated, made_for.year if made_for else 0)


def _things(document: Document) -> Sequence[Thing]:
    made_for = MadeFor.read(document.made_for)
    return made_for.things if made_for else ()


def _chain(document: Document, before: dict[int, int | None]) -> Iterator[int]:
    """Yield the ids of the documents that one replaces, and those before them."""
    last = document.replaces
    while last:
        yield last
        last = before.get(last)
