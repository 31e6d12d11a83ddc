"""Snapshots as documents of past periods are made from them: the sheets of a day, and their figures.

Reading a snapshot costs what reading the sheets does, and a bulletin compares with one: its figures are kept in the
user's cache, under the snapshot's digest and what they were computed with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property, partial
from typing import Any

from docgen.cache import keep, recall, stamp_of
from docgen.dataclass import dataclass
from docgen.documents.identity import MadeFor
from docgen.documents.past import Past
from docgen.documents.periods import Told, stored
from docgen.errors import Advice, DocgenError
from docgen.model.mechanism import Holiday
from docgen.model.records import Records
from docgen.office.desk import Desk
from docgen.office.snapshots import Snapshot, digest_of, records_of, snapshots, taken_on
from docgen.office.snapshots import keep as keep_sheets
from docgen.register.document import Document
from docgen.rules.figures import Figures, figures_of, read, written
from docgen.rules.workdays import WorkCalendar
from docgen.workspace import Workspace


def past_of(workspace: Workspace) -> Past:
    """Return the states of the sheets that were kept; they are looked for when something first asks for them."""
    return Past(partial(_states, workspace))


def _states(workspace: Workspace) -> Iterator[KeptState]:
    return (KeptState(workspace, each) for each in snapshots(workspace))


@dataclass(frozen=True)
class KeptState:
    """The sheets of a snapshot, read when something asks for them."""

    workspace: Workspace
    snapshot: Snapshot

    @property
    def day(self) -> date:
        """Return the day for which they were kept."""
        return self.snapshot.day

    @cached_property
    def taken(self) -> date:
        """Return the day on which they were so, which may be later. Raises SnapshotDamaged."""
        return taken_on(self.workspace, self.snapshot)

    @cached_property
    def records(self) -> Records:
        """Return the sheets, in the record types of today. Raises SnapshotDamaged, Problems."""
        return records_of(self.workspace, self.snapshot, self.workspace.schema)

    @cached_property
    def figures(self) -> Figures:
        """Return their figures. Raises as `records`."""
        name, stamp = f"figures-{digest_of(self.snapshot)}", _stamp()
        known = recall(name, stamp)
        if known is not None:
            return read(known)
        found = figures_of(self.records, self.taken, WorkCalendar(self.records.of(Holiday)))
        keep(name, stamp, written(found))
        return found

    def __getstate__(self) -> dict[str, Any]:
        """Leave what was read behind."""
        return {"workspace": self.workspace, "snapshot": self.snapshot}


def keep_told(desk: Desk, documents: Iterable[Document]) -> Iterator[Advice]:
    """Keep the sheets of the periods that documents to be issued tell of, where nothing was kept yet, and say so.

    That the sheets cannot be kept is said and stops no issue.
    """
    told = (found for each in documents for found in _told(each))
    for period in dict.fromkeys(each.period for each in told):
        if past_of(desk.workspace).at_end_of(period):
            continue
        try:
            kept = keep_sheets(desk, period if period.end <= desk.today else None)
        except DocgenError as fault:
            yield Advice("snapshot-not-kept", f"没有能保存{period.name}的快照，下期不能比较：{fault}")
            continue
        path = desk.workspace.shown(kept.snapshot.path)
        yield Advice("snapshot-kept", f"数据表的快照已保存到 {path}，下期据此比较")


def _told(document: Document) -> tuple[Told, ...]:
    made_for = MadeFor.read(document.made_for)
    return stored(made_for.things) if made_for else ()


def _stamp() -> str:
    """Return what changes with docgen and the calendar; empty where it cannot be known."""
    stamps = (stamp_of("docgen", "rules", "model", "sheets"), stamp_of("holidays", "countries"))
    return "-".join(stamps) if all(stamps) else ""
