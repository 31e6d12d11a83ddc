"""What the heads of all documents of a kind have on a day, before it is known what each is for."""

from __future__ import annotations

from docgen.documents.facts import Facts
from docgen.documents.kind import Kind
from docgen.documents.signature import places_in, signature_names
from docgen.standard.forms.form import Head
from docgen.standard.forms.serial import ISSUE
from docgen.standard.measures.lengths import Mm
from docgen.standard.wording.text import official_date


def common_head(kind: Kind, facts: Facts) -> Head:
    """Return what the heads of all documents of a kind have on a day."""
    key = ("head", kind.title)
    if key not in facts.kept:
        mechanism = facts.mechanism
        facts.kept[key] = Head(
            organ=mechanism.office,
            title="",
            number=number_place(kind, facts),
            date=official_date(facts.today),
            keep=(*places_in(mechanism.place), mechanism.projects),
            signature=signature_names(mechanism) if kind.is_signed else (),
            seal=Mm(mechanism.seal_diameter),
            printer=mechanism.office,
        )
    head: Head = facts.kept[key]
    return head


def number_place(kind: Kind, facts: Facts) -> str:
    """Return what stands where signing will fill in the number; empty for kinds without."""
    if kind.form.by_issue:
        return ISSUE if kind.is_numbered else ""
    return f"{kind.code}〔{facts.today.year}〕　号" if kind.is_numbered else ""
