"""What the register is told of a draft: its drafting, and on the document it is to replace that it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docgen.digests import Digests
from docgen.office.drafting.drafts import GONE, Made
from docgen.register.document import Document
from docgen.register.duties import Doing
from docgen.register.life import DRAFT, REPLACE, State
from docgen.register.record import Deed, FileSeen
from docgen.standard.wording.text import official_date


@dataclass(frozen=True)
class Drawn:
    """A draft that has been rendered.

    Args:
        made: the draft and its place.
        path: the place as the register writes it.
        digests, size: of the file.
        template_digest: of the template it was rendered with.
        data_digest: of the data it shows.
    """

    made: Made
    path: str
    digests: Digests
    size: int
    template_digest: str
    data_digest: str


def deeds_of(drawn: Drawn, number: int, last: Document | None, doing: Doing) -> Iterator[Deed]:
    """Yield what is recorded of a draft.

    Args:
        drawn: the draft.
        number: the document's id.
        last: the latest document of the same key, which is the same one when it is still a draft.
        doing: who drafts, on which day, and why a document is replaced.
    """
    made, actor = drawn.made, doing.actor
    if made.replaces:
        old = made.replaces
        yield Deed(
            REPLACE.name, doing.day, actor.name, actor.unit, old.id, old.state, old.state, doing.remark,
            changes=(old.change(replaced_by=number),),
        )  # fmt: skip
    living = last if last and last.state.is_draft else None
    file = FileSeen("草稿", drawn.path, drawn.digests.sha256, drawn.digests.sm3, drawn.size)
    gone = (("file", living.path, {"role": GONE}),) if living and living.path != drawn.path else ()
    row = ("document", number, _row(drawn, living, doing) | _beginnings(made, last, living))
    yield Deed(
        DRAFT.name, doing.day, actor.name, actor.unit, number, living.state if living else None, State.DRAFTED,
        made.outcome.value, (file,), (row, *gone, file.change(number)),
    )  # fmt: skip


def _row(drawn: Drawn, living: Document | None, doing: Doing) -> dict[str, Any]:
    draft = drawn.made.draft
    return {
        "title": draft.title,
        "subject": draft.subject,
        "addressee": draft.addressee,
        "receivers": draft.receivers,
        "copies_to": draft.copies_to,
        "annexes": draft.annexes,
        "state": State.DRAFTED,
        "day": max(doing.day, living.day if living else doing.day).isoformat(),
        "dated": doing.day.isoformat(),
        "path": drawn.path,
        "sha256": drawn.digests.sha256,
        "sm3": drawn.digests.sm3,
        "template_digest": drawn.template_digest,
        "data_digest": drawn.data_digest,
        "number_place": draft.number_place,
        "date_place": official_date(doing.day),
        "drafter": doing.actor.name,
    }


def _beginnings(made: Made, last: Document | None, living: Document | None) -> dict[str, Any]:
    """Return what only a new document gets, and what one drafted again loses."""
    if living:
        return {"reviewer": "", "countersigners": "", "reason": ""}
    return {
        "key": made.draft.key,
        "kind": made.draft.kind,
        "edition": last.edition + 1 if last else 1,
        "replaces": made.replaces.id if made.replaces else None,
    }
