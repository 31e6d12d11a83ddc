"""Finding what contains some words: documents of the register, and rows of the sheets with a name of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.errors import WRONG_USE, DocgenError
from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.changes import ListChange
from docgen.model.fields import Record, fields_of
from docgen.model.meeting import Decision, Meeting
from docgen.model.names import plain
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.supervision import Supervision
from docgen.office.desk import Desk
from docgen.office.life.finding import Wanted, documents
from docgen.office.round.store import collections
from docgen.register.document import Document

_SHEETS: Final[tuple[type[Record], ...]] = (Project, Bottleneck, Meeting, Decision, Supervision, ListChange)
_NAMING: Final = 3
"""So many cells name a row that has no name."""
_STATE: Final = "状态"
"""The column that says how a row of a sheet of the workspace's own stands."""
DOCUMENT: Final = "公文"
RETURNED: Final = "报回"


class NoWords(DocgenError):
    """Nothing was given to look for."""

    code = "words-missing"
    exit_code = WRONG_USE
    says = "没有写要找的词"
    advises = "例：docgen find 水土保持；写几个词的，要都有才列出。"


@dataclass(frozen=True)
class Found:
    """Something that contains the words.

    Args:
        kind: the sheet, 报回 for what a unit's return changed, or 公文.
        key: by which it is named on a command line.
        name: what it is.
        state: how it stands; empty where it has none.
        cell: the row, as messages write it; the path of a document.
    """

    kind: str
    key: str
    name: str
    state: str
    cell: str


def find(desk: Desk, words: Sequence[str]) -> tuple[Found, ...]:
    """Return what contains all of some words, whatever their width, case and blanks; rows first, then documents.

    A row of any record type that the workspace declares itself is looked through as well.

    Raises:
        NoWords: there are none.
        Problems: the sheets have faults.
    """
    wanted = [each for each in map(plain, words) if each]
    if not wanted:
        raise NoWords
    records = desk.workspace.records()
    rows = (*_rows(records, wanted), *_approvals(records, wanted))
    papers = (
        Found(DOCUMENT, str(each.id), each.name, each.state.value, each.path)
        for each in documents(desk, Wanted())
        if _has(_said_of(each), wanted)
    )
    return (*rows, *_returned(desk, wanted), *papers)


def _returned(desk: Desk, wanted: Sequence[str]) -> Iterator[Found]:
    """Yield what collected returns have changed, with who said so in which file."""
    for collected in collections(desk.workspace):
        state = "已撤回" if not collected.stands else f"{collected.log['day']}写入"
        for each in collected.log["changes"]:
            about = f"{each['sheet']} {' '.join(each['key'])}「{each['label']}」"
            said = f"{about}：{each['old'] or '（空）'} → {each['new'] or '（空）'}（{each['unit']}，{each['file']}）"
            if _has(said, wanted):
                yield Found(RETURNED, str(collected.log["period"]), said, state, str(each["at"]))


def _rows(records: Records, wanted: Sequence[str]) -> Iterator[Found]:
    for record in (*_SHEETS, *records.schema.own):
        names = [each.name for each in fields_of(record)]
        for each in records.of(record):
            if _has(" ".join(_said(getattr(each, name)) for name in (*names, "extra")), wanted):
                yield Found(
                    record.sheet, _key(each), _name(each, wanted), _state(each), each.cell_of(names[0])
                )


def _approvals(records: Records, wanted: Sequence[str]) -> Iterator[Found]:
    """Yield the approvals that contain the words; their project's name is none of theirs: it finds the project."""
    names = [each.name for each in fields_of(Approval) if each.name != "project"]
    for each in records.of(Approval):
        said = " ".join(_said(getattr(each, name)) for name in names)
        if _has(f"{said} {each.unit.short_name}", wanted):
            told = f"{each.project.name}（第{each.project.number}号）{each.item.name}，{each.unit.short_name}"
            yield Found(
                Approval.sheet, str(each.project.number), told, each.state.value, each.cell_of("item")
            )


def _has(text: str, wanted: Sequence[str]) -> bool:
    folded = plain(text)
    return all(each in folded for each in wanted)


def _said(value: Any) -> str:
    """Return the words of a value: of a record it links to the name, of a choice its word, of several all."""
    if value is None:
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple | list):
        return " ".join(map(_said, value))
    if isinstance(value, dict):
        return " ".join(map(_said, value.values()))
    return str(getattr(value, "name", None) or getattr(value, "value", None) or value)


def _key(record: Any) -> str:
    return str(record.link_names[0]) if hasattr(record, "link_names") else ""


def _name(record: Record, wanted: Sequence[str]) -> str:
    """Return what a row is: its name, else some of its cells, those first that hold words looked for."""
    if named := getattr(record, "name", None):
        return str(named)
    cells = (_said(getattr(record, each.name)) for each in fields_of(type(record)))
    telling = [each for each in cells if each and each not in (_key(record), _state(record))]
    holding = [each for each in telling if any(word in plain(each) for word in wanted)]
    return "，".join([*holding, *(each for each in telling if each not in holding)][:_NAMING])


def _state(record: Any) -> str:
    stands = next(filter(None, (getattr(record, name, None) for name in ("state", "kind", _STATE))), None)
    return str(getattr(stands, "value", "") or "")


def _said_of(document: Document) -> str:
    told = (
        document.number,
        document.title,
        document.subject,
        document.addressee,
        document.receivers,
        document.kind,
    )
    return " ".join((*told, document.annexes, document.copies_to, document.made_for))
