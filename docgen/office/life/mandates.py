"""Mandates for the seal on behalf: what the sheet proposes, granting, ending, and how each stands today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from docgen.documents.declared.catalogue import Catalogue, UnknownKind
from docgen.errors import Problems
from docgen.model.kind_row import KindRow
from docgen.model.records import Records, find
from docgen.office.desk import Desk
from docgen.office.life.recording import recording
from docgen.office.people import office_records
from docgen.register import mandates as kept
from docgen.register.books import Books
from docgen.register.life import END, GRANT
from docgen.register.mandate import Mandate
from docgen.register.mandates import Terms

__all__ = ["Mandate", "Standing", "Terms", "end", "grant", "mandates", "proposed_terms", "standing"]


class Standing(StrEnum):
    """Whether new steps may rest on a mandate."""

    ENDED = "已终止"
    IN_FORCE = "有效"
    NOT_YET = "未生效"
    EXPIRED = "已到期"


def standing(mandate: Mandate, today: date) -> Standing:
    """Return how a mandate stands today; one that was ended serves none, whatever its last day."""
    if mandate.ended_by:
        return Standing.ENDED
    if mandate.in_force(today):
        return Standing.IN_FORCE
    return Standing.NOT_YET if today < mandate.start else Standing.EXPIRED


def mandates(desk: Desk) -> list[Mandate]:
    """Return all mandates on record, ended ones too, in the order in which they were given."""
    with desk.register.reading() as books:
        return books.mandates()


def proposed_terms(desk: Desk) -> Terms:
    """Return the mandate that the mechanism's own sheet describes, for commands to start from."""
    mechanism = office_records(desk.workspace).mechanism
    stamping = mechanism.stamping_unit
    return Terms(
        title=mechanism.founding_title,
        number=mechanism.founding_number,
        clause=mechanism.seal_clause or "",
        principal=mechanism.office,
        stamping_unit=stamping.name if stamping else "",
        start=mechanism.founding_date,
    )


def grant(desk: Desk, terms: Terms, remark: str = "") -> Mandate:
    """Record a mandate and return it.

    Raises:
        UnknownKind, UnknownName, AmbiguousName: of kinds, of the stamping unit, of the actor.
        MandateUnsound: it does not hold together.
        NotLeading: somebody else than a leader is named as who decided it.
    """
    records = office_records(desk.workspace)
    _refuse_unknown_kinds(records, desk.workspace.catalogue, terms.kinds)
    if terms.stamping_unit:
        terms = replace(terms, stamping_unit=records.find_unit(terms.stamping_unit).name)
    with recording(desk, GRANT, remark) as (books, doing):
        return _of_id(books, kept.grant(books, terms, doing))


def end(desk: Desk, asked: str, remark: str) -> Mandate:
    """End a mandate from now on, and return it. Raises NoReason, MandateEnded, NotLeading, names' faults."""
    with recording(desk, END, remark) as (books, doing):
        mandate = find(Mandate.noun, asked, books.mandates(), lambda each: f"{each.id} {each.basis}")
        kept.end(books, mandate, doing)
        return _of_id(books, mandate.id)


def _of_id(books: Books, number: int) -> Mandate:
    return next(each for each in books.mandates() if each.id == number)


def _refuse_unknown_kinds(records: Records, catalogue: Catalogue, asked: Sequence[str]) -> None:
    """Refuse kinds that neither docgen drafts nor the sheet of number codes has. Raises Problems."""
    coded = (each.kind for each in records.of(KindRow))
    known = tuple(dict.fromkeys((*catalogue.titles, *coded)))
    Problems.raise_any(UnknownKind(each, known) for each in asked if each not in known)
