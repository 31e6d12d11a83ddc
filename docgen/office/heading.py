"""What the workspace knows of the head and end of a kind's documents, for drafts that were typed without them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from docgen.dataclass import dataclass
from docgen.documents.declared.kind import Kind
from docgen.documents.facts import Facts
from docgen.documents.frame.issuing import head_of
from docgen.errors import WRONG_USE, DocgenError
from docgen.lint.recognition.layout import Form
from docgen.model.records import Records
from docgen.office.people import office_records
from docgen.reform.formatting import Given
from docgen.reform.shape import NAMES
from docgen.standard.measures.lengths import Length
from docgen.workspace import Workspace

_FORMS: Final = {name: form for form, name in NAMES.items()}
_ISSUED: Final = (Form.MINUTES, Form.SERIAL)


class FormNotTyped(DocgenError):
    """Documents of a kind have a form that no typed draft can be given: a form to be filled in, or a list."""

    code = "format-kind-unfit"
    exit_code = WRONG_USE
    says = "{kind}是{form}，不能由文稿排成"
    advises = "请用 docgen draft {kind} 生成；文稿要排成公文的，换一个文种，或用 --form 写明格式。"

    kind: str
    form: str


@dataclass(frozen=True)
class Heading:
    """What a kind gives to the documents that are typed: `said` where a draft says nothing itself, the seal's size."""

    said: Given
    seal: Length


def form_of(kind: Kind) -> Form | None:
    """Return the form of a kind's documents as the checker calls it; None for lists."""
    return _FORMS.get(kind.form.name)


def heading_of(workspace: Workspace, asked: str, today: date, records: Records | None = None) -> Heading:
    """Return what the documents of a kind have in head and end, whatever they are about.

    Args:
        workspace: where.
        asked: the kind's Chinese name or its command.
        today: the date of the documents.
        records: the sheets of the mechanism; read when None.

    Raises:
        UnknownKind: there is none of the name.
        FormNotTyped: no typed draft can be one.
        Problems: faults of the declaration or of the sheets.
    """
    known = records or office_records(workspace)
    kind = workspace.catalogue.bound(asked, known)
    form = form_of(kind)
    if form is None or form is Form.SLIP:
        raise FormNotTyped(kind.title, "清单" if form is None else "表单")
    head = head_of(kind, Facts(known, today, workspace.look))
    said = Given(
        form=form, mark=head.mark, number=head.number, signatories=head.signatories, signature=head.signature,
        date=head.date, copies="，".join(head.copies), sealed=kind.is_signed,
    )  # fmt: skip
    organ = head.printer or head.organ
    if form in _ISSUED:
        printer, printed = (organ, head.date) if form is Form.MINUTES else ("", "")
        said = replace(said, date="", issued=(organ, head.date), printer=printer, printed=printed)
    elif form is not Form.LETTER:
        said = replace(said, printer=organ)
    return Heading(said, head.seal)
