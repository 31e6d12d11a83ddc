"""Recording what came back: cells of the office's sheets, and the files attached to the documents they answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docgen.dataclass import dataclass
from docgen.errors import Advice, DocgenError, Problems
from docgen.model.fields import fields_of
from docgen.office.desk import Desk
from docgen.office.life.attachments import attach_once
from docgen.office.replies.reading import CellEdit, Reply
from docgen.office.round.applying import write_plan
from docgen.office.round.plan import Plan, Written, make_books, try_books
from docgen.office.round.planning import has_cell_of_its_own, raw_or_none
from docgen.office.round.store import REPLIES
from docgen.register.record import FileRole
from docgen.sheets.round.faults import ColumnGone
from docgen.sheets.round.said import key_of, said
from docgen.sheets.writing.in_place import Edit


class RepliesDiffer(DocgenError):
    """Two forms say different things of one cell."""

    code = "reply-differs"
    says = "{at}「{label}」：几份回复说法不同，其中一份写的是“{said}”"
    advises = "请核实后只读取其中一份。"

    at: str
    label: str
    said: str


@dataclass(frozen=True)
class Recorded:
    """What was recorded.

    Args:
        folder: where log, former workbooks and files are; None where no cell was to be written.
        cells: how many were written.
        attached: ids of the documents to which files were attached.
        advices: what should be known.
    """

    folder: Path | None
    cells: int
    attached: tuple[int, ...]
    advices: tuple[Advice, ...]


def record(desk: Desk, replies: Sequence[Reply]) -> Recorded:
    """Write what forms say into the sheets, all or nothing, and attach each to the document it answers.

    Raises:
        Problems: a form has faults, two forms disagree on a cell, or the sheets would not take what they say.
        SheetsMoved, CannotWrite: the workbooks were saved meanwhile, or the operating system refuses.
    """
    Problems.raise_any(fault for each in replies for fault in each.faults)
    plan = planned(desk, replies)
    files = [(each.path, _unit(each)) for each in replies]
    written = write_plan(desk, plan, files, (REPLIES, REPLIES)) if plan.books else None
    attached, advices = _attached(desk, replies)
    return Recorded(written.folder if written else None, len(plan.written), attached, advices)


def planned(desk: Desk, replies: Sequence[Reply]) -> Plan:
    """Return what forms without faults would write.

    Raises:
        Problems: two forms disagree on a cell, or the sheets would not take what they say.
    """
    plan = Plan()
    for reply in replies:
        for edit in reply.edits:
            _plan(plan, reply, edit)
    make_books(plan, desk.workspace.data)
    if plan.books and not plan.faults:
        try_books(plan, desk)
    Problems.raise_any(plan.faults)
    return plan


def _unit(reply: Reply) -> str:
    return reply.document.addressee if reply.document else ""


def _plan(plan: Plan, reply: Reply, edit: CellEdit) -> None:
    record, spec = edit.record, edit.spec
    origin, new = record.origin, said(edit.value, spec)
    if origin is None or not has_cell_of_its_own(origin, spec.name):
        plan.faults.append(ColumnGone(reply.path.name, "", spec.label, new, record.sheet))
        return
    at = origin.place(spec.name)
    if any(each.at == at and each.new != new for each in plan.written):
        plan.faults.append(RepliesDiffer(at, spec.label, new))
        return
    plan.put(origin, spec.name, Edit(raw_or_none(edit.value, spec), header=spec.header))
    key = key_of(record, {each.name: each for each in fields_of(type(record))}, type(record).unique[0])
    old, file = said(getattr(record, spec.name), spec), reply.path.name
    plan.written.append(
        Written(record.sheet, key, spec.name, spec.label, old, new, _unit(reply), file, "", at)
    )


def _attached(desk: Desk, replies: Sequence[Reply]) -> tuple[tuple[int, ...], tuple[Advice, ...]]:
    """Attach the files, each once; one with nothing in it, or for a document not signed yet, is not, which is said."""
    ids: list[int] = []
    advices: list[Advice] = []
    for each in replies:
        if each.document is None:
            continue
        if not each.values:
            words = f"{each.path.name} 没有填，不算答复，没有存；答复写在别处的，请用 docgen doc attach 存到公文下面"
            advices.append(Advice("reply-blank-not-attached", words))
            continue
        try:
            if attach_once(desk, str(each.document.id), each.path, FileRole.REPLY):
                ids.append(each.document.id)
            else:
                words = f"{each.path.name} 已经存在{each.document.name}下面，没有再存"
                advices.append(Advice("reply-attached-before", words))
        except DocgenError as fault:
            advices.append(Advice("reply-not-attached", f"{each.path.name} 没有存到公文下面：{fault}"))
    return tuple(ids), tuple(advices)
