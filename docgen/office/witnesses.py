"""The witnesses of the register: what each has noted, and beginning them again by a recorded command."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from docgen.dataclass import dataclass
from docgen.errors import NOT_ALLOWED, OUTSIDE_FAILED, DocgenError
from docgen.files import CannotWrite, cannot_write, on_one_line
from docgen.office.desk import Desk
from docgen.office.life.recording import recording
from docgen.register.binding import bound_to
from docgen.register.databases import Connection
from docgen.register.faults import RegisterOfAnother, RegisterShared
from docgen.register.life import WITNESS
from docgen.register.refusals import NoReason
from docgen.register.witness import Seen, begin_again, judge, kept, told_by

__all__ = ["Begun", "NothingToBegin", "Seen", "begin", "witnesses"]


class NothingToBegin(DocgenError):
    """Witnesses were to be begun, and all are there and agree with the record, or are out of reach."""

    code = "witness-nothing-to-begin"
    exit_code = NOT_ALLOWED
    says = "没有要建立的见证：能读到的都在，并且与登记相符"
    advises = "可以用 docgen witness list 查看。"


class NotSetAside(DocgenError):
    """What lies in the place of a witness cannot be moved, so that none can be begun there."""

    code = "witness-not-set-aside"
    exit_code = OUTSIDE_FAILED
    says = "{path} 移不到“留存”：{reason}"
    advises = "重新建立已记入登记，见证还没有写。请人工把它移走，再执行一次 docgen witness begin。"

    path: str
    reason: str


@dataclass(frozen=True)
class Begun:
    """A witness that was begun; `former` is where the one before it is now."""

    path: Path
    former: Path | None


def witnesses(desk: Desk) -> list[Seen]:
    """Return what each witness has noted, compared with the record."""
    told = [(each, told_by(each)) for each in desk.register.watch.places]
    with desk.register.reading(though_gone=True) as books:
        return [judge(books.connection, *each) for each in told]


def begin(desk: Desk, remark: str, *, adopt: bool = False) -> list[Begun]:
    """Begin the witnesses that were never begun, are missing, or contradict the record; those there are kept aside.

    A register that belongs to no workspace yet belongs to this one afterwards.

    Args:
        desk: whose.
        remark: the reason.
        adopt: whether one that belongs to another workspace does too.

    Raises:
        NoReason: no remark gives the reason.
        NothingToBegin: there are none such, and the register belongs to this workspace.
        RegisterOfAnother, RegisterShared: it belongs to another and is not to be adopted.
        NotLeading: somebody else than a leader is named as who decided it.
        NotSetAside, CannotWrite: the operating system refuses; the record says that they were to be begun.
    """
    if not remark:
        raise NoReason(WITNESS.name)
    with recording(desk, WITNESS, remark, unwitnessed=True, adopted=adopt) as (books, doing):
        own = _to_be_bound(desk, books.connection, adopt=adopt)
        seen = [judge(books.connection, each, told_by(each)) for each in desk.register.watch.places]
        wrong = [each for each in seen if each.is_to_be_begun]
        if not wrong and not own:
            raise NothingToBegin
        faults = (fault.what for each in wrong for fault in each.faults)
        said = "；".join((remark, *faults))
        files = tuple(kept(each.place) for each in wrong)
        books.add(replace(doing.deed(WITNESS, said), files=files, workspace=own))
        books.flush()
        head = books.head
    begun = []
    for each in wrong:
        try:
            begun.append(Begun(each.place.path, begin_again(each.place, head, desk.now())))
        except CannotWrite as fault:
            raise NotSetAside(on_one_line(each.place.path), fault.reason) from fault
        except OSError as fault:
            raise cannot_write(each.place.path, fault) from fault
    return begun


def _to_be_bound(desk: Desk, connection: Connection, *, adopt: bool) -> str:
    """Return the id of the workspace that the register is to belong to from now on; empty when it does already."""
    home = desk.register.home
    if home is None:
        return ""
    if not bound_to(connection):
        return home.id()
    try:
        home.refuse_another(connection, "")
    except (RegisterOfAnother, RegisterShared):
        return home.id_to_adopt() if adopt else ""
    return ""
