"""What the heads of all documents of a kind have on a day, before it is known what each is for."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.documents.declared.kind import Kind
from docgen.documents.facts import Facts
from docgen.documents.faults import NeededValue, NumberCodeMissing
from docgen.documents.labels.signature import places_in, signature_names
from docgen.errors import DocgenError
from docgen.model.values import SealWording
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


def head_faults(kind: Kind, facts: Facts) -> Iterator[DocgenError]:
    """Yield what every document of a kind needs of the office's own sheets and does not find there."""
    mechanism = facts.mechanism
    if kind.is_numbered and not kind.code:
        yield NumberCodeMissing(kind.title, "编")
    if (
        kind.is_signed
        and kind.issuer is None
        and mechanism.stamping_unit is None
        and mechanism.seal_wording is not SealWording.OWN_SEAL
    ):
        place = mechanism.cell_of("stamping_unit")
        yield NeededValue(place, "代章单位", "办公室", kind.title)
