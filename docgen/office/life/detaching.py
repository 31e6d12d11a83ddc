"""Setting an attachment aside that was attached by mistake or cannot be archived: recorded with its reason, kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from docgen.dataclass import dataclass
from docgen.errors import WRONG_USE, DocgenError, Problems
from docgen.model.faults import AmbiguousName
from docgen.model.names import matching
from docgen.office.desk import Desk
from docgen.office.life.attachments import refuse_now
from docgen.office.life.finding import named
from docgen.office.life.orders import ATTACHABLE
from docgen.office.life.recording import recording
from docgen.register.document import Document
from docgen.register.life import DETACH, DETACH_ARCHIVED
from docgen.register.record import Deed, FileRole, FileSeen
from docgen.register.refusals import NoReason

_NOUN = "附件"
_ROLES = frozenset(each.value for each in (*ATTACHABLE, FileRole.SIGNED_PDF))


class NoSuchAttachment(DocgenError):
    """A document has no attachment of a name."""

    code = "attachment-unknown"
    exit_code = WRONG_USE
    says = "{document}没有“{asked}”这个附件"
    advises = "请用 docgen doc show 查看它的附件，写文件名或其中一部分；停用过的不再列入。"

    document: str
    asked: str


@dataclass(frozen=True)
class Detached:
    """What was set aside: attachments of a document, where they lie still."""

    document: Document
    paths: tuple[str, ...]


def detach(desk: Desk, asked: str, files: Sequence[str], remark: str, *, archived: bool = False) -> Detached:
    """Set attachments of a document aside: they stay where they lie and are verified, but count no more.

    Args:
        desk: where, by whom and on which day.
        asked: the document.
        files: names of attachments, or parts of them.
        remark: the reason.
        archived: whether the document is archived; the next version of its bag is then without them.

    Raises:
        NoReason: none is given.
        Problems: names that mean none of the document's attachments, or several.
        WrongState: the document is not signed, or archived, or not archived.
        TooEarly, NotYet: the day is not right.
    """
    step = DETACH_ARCHIVED if archived else DETACH
    if not remark:
        raise NoReason(step.name)
    with recording(desk, step, remark) as (books, doing):
        (document,) = named(books, [asked])
        refuse_now(document, doing, step)
        attached = [each for each in books.files(document=document.id) if each.role in _ROLES]
        rows = _meant(document, files, attached)
        seen = tuple(FileSeen(FileRole.SET_ASIDE, row.id, row.sha256, row.sm3, row.size) for row in rows)
        changes = (
            document.change(day=doing.day.isoformat()),
            *(("file", row.id, {"role": FileRole.SET_ASIDE.value}) for row in rows),
        )
        words = f"{'、'.join(f'{row.role} {PurePosixPath(row.id).name}' for row in rows)}：{remark}"
        books.add(
            Deed(
                step.name, doing.day, doing.actor.name, doing.actor.unit, document.id, document.state,
                document.state, words, seen, changes, doing.actor.held,
            )
        )  # fmt: skip
    return Detached(document, tuple(row.id for row in rows))


def _meant(document: Document, files: Sequence[str], attached: Sequence[Any]) -> list[Any]:
    """Return the rows of the attachments that are meant, each once. Raises Problems."""
    found: dict[str, Any] = {}
    faults: list[DocgenError] = []
    candidates = [(row, (row.id, PurePosixPath(row.id).name)) for row in attached]
    for name in files:
        meant = matching(name, candidates)
        if len(meant) > 1:
            faults.append(AmbiguousName(_NOUN, name, tuple(row.id for row in meant)))
        elif not meant:
            faults.append(NoSuchAttachment(document.name, name))
        else:
            found[meant[0].id] = meant[0]
    Problems.raise_any(faults)
    return list(found.values())
